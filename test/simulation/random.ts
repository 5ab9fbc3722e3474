/** Numbers of a seed (mulberry32): the same seed gives the same ones. */
export interface Random {
  /** In [0, 1). */
  unit(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(among: readonly T[]): T;
  /** One of them, by its weight. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T;
}

export function randomOf(seed: number): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const between = (least: number, most: number): number => least + Math.floor(unit() * (most - least + 1));
  return {
    unit, between, chance: (probability) => unit() < probability,
    pick(among) {
      const found = among[between(0, among.length - 1)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
      const entries = Object.entries(weights) as [T, number][];
      let left = unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) { left -= weight; if (left < 0) return name; }
      return entries[0]![0];
    },
  };
}
