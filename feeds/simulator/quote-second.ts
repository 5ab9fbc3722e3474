import { unitHash } from './random.ts';

/** A minute's prices in ticks, from the price path. */
export interface Minute {
  open: number;
  high: number;
  low: number;
  close: number;
}

/** Keys under which values of one second are drawn, so that they do not repeat one another. */
const HIGH_AT = 1;
const LOW_AT = 2;
const NOISE = 3;

/**
 * The last price at a second of a minute, in ticks: a pure function of the minute's bar and the second, so it can be asked for at
 * any moment in any order. Second 0 is the open, second 59 the close; high and low are touched at one second each, and nothing is outside them.
 * @param key tells symbols and minutes apart.
 */
export function priceAtSecond({ minute, second, key }: { minute: Minute; second: number; key: number }): number {
  const { open, high, low, close } = minute;
  if (second <= 0) return open;
  if (second >= 59) return close;
  const highAt = 4 + Math.floor(unitHash(key, 0, HIGH_AT) * 50);
  const drawnLow = 4 + Math.floor(unitHash(key, 0, LOW_AT) * 50);
  const lowAt = drawnLow === highAt ? drawnLow + 1 : drawnLow;
  if (second === highAt) return high;
  if (second === lowAt) return low;

  const firstAt = Math.min(highAt, lowAt);
  const first = highAt < lowAt ? high : low;
  const secondAt = Math.max(highAt, lowAt);
  const then = highAt < lowAt ? low : high;
  const [fromAt, from, toAt, to] =
    second < firstAt ? [0, open, firstAt, first] : second < secondAt ? [firstAt, first, secondAt, then] : [secondAt, then, 59, close];
  const straight = from + ((to - from) * (second - fromAt)) / (toAt - fromAt);
  const noise = (unitHash(key, second, NOISE) - 0.5) * 0.35 * (high - low);
  return Math.min(high, Math.max(low, Math.round(straight + noise)));
}

/** Highest and lowest last price of the minute's seconds up to this one. */
export function rangeThroughSecond({ minute, second, key }: { minute: Minute; second: number; key: number }): {
  high: number;
  low: number;
} {
  let high = minute.open;
  let low = minute.open;
  for (let s = 1; s <= Math.min(59, second); s++) {
    const price = priceAtSecond({ minute, second: s, key });
    high = Math.max(high, price);
    low = Math.min(low, price);
  }
  return { high, low };
}
