/**
 * Seeded random numbers in named streams. A stream belongs to a path such as (seed, 'company', 'MERUBANK', 17), so what one
 * symbol draws never shifts what another draws, and a day can be drawn without drawing the days before it.
 * Generator: xoshiro128** 1.1 (Blackman and Vigna, 2018); normal deviates by Marsaglia's polar method.
 */

/** Scrambles 32 bits so that every input bit reaches every output bit (the finaliser of MurmurHash3). */
function scramble(bits: number): number {
  let h = bits | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 32 bits of a text (FNV-1a). */
export function textKey(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/** A number in [0, 1) that is a pure function of its keys: for values wanted at random moments, such as a quote's size. */
export function unitHash(a: number, b: number, c: number): number {
  return scramble(scramble(scramble(a ^ 0x9e3779b9) ^ b) ^ c) / 2 ** 32;
}

const rotateLeft = (bits: number, by: number): number => (bits << by) | (bits >>> (32 - by));

export class RandomStream {
  private s0: number;
  private s1: number;
  private s2: number;
  private s3: number;
  private spareNormal: number | null = null;

  constructor(seed: number, path: readonly (string | number)[]) {
    // Two independent 32-bit keys: with one, a few ten thousand streams would collide now and then.
    let first = scramble(seed ^ 0x2545f491);
    let second = scramble(seed ^ 0x6c8e9cf5);
    for (const part of path) {
      const key = typeof part === 'number' ? part : textKey(part);
      first = scramble(first ^ key);
      second = scramble(Math.imul(second, 0x9e3779b1) + key);
    }
    this.s0 = first;
    this.s1 = second;
    this.s2 = scramble(first + 0x9e3779b9);
    // Never all zero, the one state that the generator cannot leave.
    this.s3 = scramble(second + 0x7f4a7c15) | 1;
  }

  /** In [0, 1), 32 bits of resolution. */
  next(): number {
    const drawn = Math.imul(rotateLeft(Math.imul(this.s1, 5), 7), 9) >>> 0;
    const shifted = this.s1 << 9;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= shifted;
    this.s3 = rotateLeft(this.s3, 11);
    return drawn / 2 ** 32;
  }

  /** Standard normal. */
  normal(): number {
    if (this.spareNormal !== null) {
      const spare = this.spareNormal;
      this.spareNormal = null;
      return spare;
    }
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.spareNormal = y * scale;
      return x * scale;
    }
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  /** A whole number in [low, high]. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** @throws RangeError when the list is empty. */
  pick<T>(list: readonly T[]): T {
    const picked = list[this.integer(0, list.length - 1)];
    if (picked === undefined) throw new RangeError('nothing to pick from');
    return picked;
  }

  /** One of the list, each as likely as its weight says. @throws RangeError when the list is empty. */
  pickWeighted<T extends { weight: number }>(list: readonly T[]): T {
    let left = this.next() * list.reduce((sum, item) => sum + item.weight, 0);
    for (const item of list) {
      left -= item.weight;
      if (left < 0) return item;
    }
    return this.pick(list.slice(-1));
  }
}

export const randomStream = (seed: number, ...path: (string | number)[]): RandomStream => new RandomStream(seed, path);
