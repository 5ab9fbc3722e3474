import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalClearance, type ClearanceBody, clearanceExpiry, clearanceRefusal, keyIdOf, signClearance, verifyClearance } from '../../../desk/actions/clearance.ts';
import { clientOrderIdFor } from '../../../desk/actions/client-order-id.ts';
import { actionDigest } from '../../../desk/actions/digest.ts';
import { intentsFor } from '../../../desk/actions/intents.ts';
import { instant, plusMinutes } from '../../../desk/time.ts';
import { accountId, anyAction, enterAction, judge, now, passingSnapshot, personId } from '../gates/fixtures.ts';

const actionId = '01900000-0000-7000-8000-0000000000d1';
const keys = generateKeyPairSync('ed25519');
const others = generateKeyPairSync('ed25519');
const action = enterAction({ bracket: { stop: '1450', target: '1600', trail: { distance: '20' } } });
const digest = actionDigest(action);
const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const body = (overrides: Partial<ClearanceBody> = {}): ClearanceBody => ({
  schema: 1, actionId, actionDigest: digest, reportDigest: hex('report'), snapshotDigest: hex('snapshot'), confirmationId: '01900000-0000-7000-8000-0000000000d2', approvedBy: [personId], accountId,
  issuedAt: now, expiresAt: plusMinutes(now, 2), intents: intentsFor({ actionId, actionDigest: digest, action, snapshot: passingSnapshot(), report: judge(action) }), ...overrides,
});
const signed = signClearance(body(), keys.privateKey);

describe('a clearance', () => {
  it('verifies with the public key and gives back what was signed', () => {
    expect(verifyClearance({ ...signed, publicKey: keys.publicKey })).toEqual({ ok: true, body: body() });
    expect(signed.text).toBe(canonicalClearance(body()));
  });
  it('is the same for the same content', () => {
    expect(signClearance(body(), keys.privateKey)).toEqual(signed);
  });
  it('does not verify with another key', () => {
    expect(verifyClearance({ ...signed, publicKey: others.publicKey })).toEqual({ ok: false, code: 'BAD_SIGNATURE' });
  });
  it('does not verify once a single character is another', () => {
    fc.assert(fc.property(fc.nat(signed.text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (place, character) => {
      fc.pre(signed.text[place] !== character);
      const text = signed.text.slice(0, place) + character + signed.text.slice(place + 1);
      expect(verifyClearance({ text, signature: signed.signature, publicKey: keys.publicKey }).ok).toBe(false);
    }), { numRuns: 300 });
  });
  it.each(['', 'nonsense', 'AAAA', `${signed.signature}\n`, signed.signature.replace(/=+$/, ''), Buffer.alloc(64).toString('base64')])('does not verify with the signature %j', (signature) => {
    expect(verifyClearance({ text: signed.text, signature, publicKey: keys.publicKey })).toEqual({ ok: false, code: 'BAD_SIGNATURE' });
  });
  it('is not believed in another form or shape, even when that is signed', async () => {
    const { sign } = await import('node:crypto');
    const forms: [string, string][] = [[JSON.stringify(body(), null, 1), 'NOT_CANONICAL'], ['{"schema":1}', 'MALFORMED'], ['not json', 'MALFORMED'], [signed.text.replace('"schema":1', '"schema":2'), 'MALFORMED']];
    for (const [text, code] of forms) {
      const signature = sign(null, Buffer.from(text), keys.privateKey).toString('base64');
      expect(verifyClearance({ text, signature, publicKey: keys.publicKey })).toEqual({ ok: false, code });
    }
  });
  it('is made with an Ed25519 private key and from a whole body only', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(() => signClearance(body(), rsa.privateKey)).toThrow('Ed25519');
    expect(() => signClearance(body(), keys.publicKey)).toThrow('Ed25519');
    expect(() => signClearance(body({ actionDigest: 'short' }), keys.privateKey)).toThrow();
    expect(verifyClearance({ ...signed, publicKey: rsa.publicKey }).ok).toBe(false);
  });
  it('names its key', () => {
    expect(keyIdOf(keys.publicKey)).toMatch(/^[0-9a-f]{16}$/);
    expect(keyIdOf(keys.publicKey)).not.toBe(keyIdOf(others.publicKey));
  });
  it('may be used once, in its time, for its action', () => {
    const use = (overrides: object = {}) => clearanceRefusal({ body: body(), actionDigest: digest, now, usedAt: null, ...overrides })?.code ?? null;
    expect(use()).toBeNull();
    expect(use({ now: instant('2024-06-03T05:01:59.999Z') })).toBeNull();
    expect(use({ now: plusMinutes(now, 2) })).toBe('EXPIRED');
    expect(use({ now: plusMinutes(now, -1) })).toBe('NOT_YET');
    expect(use({ usedAt: now })).toBe('USED');
    expect(use({ actionDigest: hex('other') })).toBe('OTHER_ACTION');
  });
  it('lives two minutes, and until the close where the entry waits for its price', () => {
    const waits = enterAction({ onlyIf: { comparison: 'ABOVE', price: '1510' } });
    const close = instant('2024-06-03T10:00:00Z');
    expect(clearanceExpiry({ action, issuedAt: now, sessionClosesAt: close })).toBe(plusMinutes(now, 2));
    expect(clearanceExpiry({ action: waits, issuedAt: now, sessionClosesAt: close })).toBe(close);
    expect(clearanceExpiry({ action: waits, issuedAt: now, sessionClosesAt: null })).toBe(plusMinutes(now, 2));
    expect(clearanceExpiry({ action: waits, issuedAt: close, sessionClosesAt: close })).toBe(plusMinutes(close, 2));
    expect(clearanceExpiry({ action: anyAction({ kind: 'pause' }), issuedAt: now, sessionClosesAt: close })).toBe(plusMinutes(now, 2));
  });
});

describe('client order ids', () => {
  /** Base32 the long way round: a big number in base 32. */
  const slow = (text: string): string => {
    let number = BigInt(`0x${hex(text)}`) >> 156n;
    let id = '';
    for (let place = 0; place < 20; place += 1) { id = 'abcdefghijklmnopqrstuvwxyz234567'[Number(number % 32n)] + id; number /= 32n; }
    return id;
  };
  it('are the first hundred bits of the digest in base32, at most twenty letters and digits', () => {
    fc.assert(fc.property(fc.uuid(), fc.string(), (id, leg) => {
      expect(clientOrderIdFor(id, leg)).toBe(slow(`${id}\n${leg}`));
      expect(clientOrderIdFor(id, leg)).toMatch(/^[a-z2-7]{20}$/);
    }));
  });
  it('differ by action and by leg', () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => [clientOrderIdFor(`action-${index}`, 'entry'), clientOrderIdFor(`action-${index}`, 'stop')]).flat();
    expect(new Set(ids).size).toBe(10_000);
  });
  it('never change, for orders at the broker carry them', () => {
    expect(clientOrderIdFor(actionId, 'entry')).toBe(slow(`${actionId}\nentry`));
    expect(clientOrderIdFor('00000000-0000-0000-0000-000000000000', 'entry')).toBe('434bqh4pigsld6kpk36q');
  });
});
