import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureHolds } from '../../desk/signature.ts';

const [mine, other] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
const signed = (text: string, by = mine) => ({ text, signature: sign(null, Buffer.from(text, 'utf8'), by.privateKey), publicKey: mine.publicKey });

describe('a signature that held before', () => {
  it('holds again, and lets nothing else through with it: no other text, signature or key', () => {
    const good = signed('buy ₹1,00,000 of ALPHA');
    for (let time = 0; time < 3; time += 1) {
      expect(signatureHolds(good)).toBe(true);
      expect(signatureHolds({ ...good, text: `${good.text} ` })).toBe(false);
      expect(signatureHolds({ ...good, signature: signed('sell', mine).signature })).toBe(false);
      expect(signatureHolds({ ...good, signature: good.signature.map((byte, n) => (n === 63 ? byte ^ 1 : byte)) })).toBe(false);
      expect(signatureHolds({ ...good, publicKey: other.publicKey })).toBe(false);
      expect(signatureHolds({ ...good, signature: signed(good.text, other).signature })).toBe(false);
      expect(signatureHolds({ ...good, signature: new Uint8Array(0) })).toBe(false);
    }
  });

  it('is told from others after more of them than are kept', () => {
    const texts = Array.from({ length: 1500 }, (_, n) => signed(`order ${n}`));
    expect(texts.every(signatureHolds)).toBe(true);
    expect(texts.every(signatureHolds)).toBe(true);
    expect(texts.some((each, n) => signatureHolds({ ...each, text: `order ${n + 1}` }))).toBe(false);
  });
});
