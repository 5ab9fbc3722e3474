import type * as real from '../../../db/uuid.ts';

let state = 1;
/** Starts the row of identities over; the same seed gives the same ones. */
export function seedIdentities(seed: number): void { state = (seed * 2654435761 + 0x9e3779b9) >>> 0 || 1; }
function next32(): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = state;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** Version 7 as the desk makes them, of a seed instead of the machine's randomness. */
export const uuidv7: typeof real.uuidv7 = (atMs) => {
  const time = hex(Math.floor(atMs), 12);
  const [a, b, c] = [next32(), next32(), next32()];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a & 0xfff, 3)}-${hex(0x8000 | (b & 0x3fff), 4)}-${hex(b >>> 16, 4)}${hex(c, 8)}`;
};
export const isUuid: typeof real.isUuid = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
