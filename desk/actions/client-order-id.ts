import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const length = 20;

/**
 * The name under which one leg of one action is known at the broker: the same for ever, so a repeated send is the same
 * order and a lost answer can be looked up. Twenty letters and digits, the most that an Upstox or Kite tag takes.
 *
 * Base32 of SHA-256, cut to 20 characters, is 100 bits. With n orders the chance that any two share a name is about
 * n² / 2¹⁰¹: for a thousand million orders 10¹⁸ / 2.5·10³⁰ ≈ 4·10⁻¹³. The database refuses a second one on top.
 */
export function clientOrderIdFor(actionId: string, leg: string): string {
  const digest = createHash('sha256').update(`${actionId}\n${leg}`, 'utf8').digest();
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
    if (text.length === length) break;
  }
  return text;
}
