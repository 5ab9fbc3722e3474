import { sha256 } from '../canonical.ts';

/**
 * A number in [0, 1) that depends on nothing but the seed and the parts, so a run can be repeated and orders do not
 * disturb one another's luck.
 */
export const seededUnit = (seed: number | string, ...parts: readonly (string | number)[]): number =>
  Number.parseInt(sha256([seed, ...parts].join('\u0000')).slice(0, 12), 16) / 2 ** 48;
