import { z } from 'zod';
import type { DailyBar } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import { RandomStream } from '../../feeds/simulator/random.ts';

/**
 * Sessions that behave alike. `drift` and `noise` are the mean and the deviation of the daily change of the close, in percent, which the sessions drawn have exactly (an odd one stands on the drift);
 * `gap` is how far the first of them opens from the close before, in percent; `volume` multiplies the share's own.
 */
export const PathPart = z.strictObject({ sessions: z.int().min(1).max(400), drift: z.number(), noise: z.number().min(0), volume: z.number().positive().default(1), gap: z.number().min(-95).max(100).optional() });
export type PathPart = z.infer<typeof PathPart>;

/**
 * So many normal draws with deviation 1 that come in pairs, each followed by its opposite: the closes stay by the line that the drift draws, so what is said of a path in words
 * (its range, its rise over 20 sessions) is true of its bars. An odd last one is 0.
 */
function pairedDraws(count: number, draw: () => number): number[] {
  const halves = Array.from({ length: Math.floor(count / 2) }, draw);
  const deviation = Math.sqrt(halves.reduce((sum, value) => sum + value * value, 0) / Math.max(1, halves.length));
  return [...halves.flatMap((value) => (deviation > 0 ? [value / deviation, -value / deviation] : [0, 0])), ...(count % 2 === 1 ? [0] : [])];
}

const paise = (price: number): number => Math.max(0.05, Math.round(price * 100) / 100);

/** Daily bars of one share along `path`, one session a date; the same for the same symbol and path. `dates` and the path are equally long. */
export function pricePath({ symbol, dates, base, volume, path }: { symbol: string; dates: readonly TradingDate[]; base: number; volume: number; path: readonly PathPart[] }): DailyBar[] {
  const stream = new RandomStream(1, ['evals', symbol]);
  const draw = (): number => stream.normal();
  const bars: DailyBar[] = [];
  let close = base;
  for (const { sessions, drift, noise, volume: times, gap } of path) {
    for (const [n, change] of pairedDraws(sessions, draw).entries()) {
      const date = dates[bars.length];
      if (date === undefined) throw new RangeError(`the path of ${symbol} is longer than ${dates.length} sessions`);
      const before = close;
      const open = paise(n === 0 && gap !== undefined ? before * (1 + gap / 100) : before * (1 + (0.2 * noise * draw()) / 100));
      close = paise((n === 0 && gap !== undefined ? open : before) * (1 + (drift + noise * change) / 100));
      const wick = (): number => (Math.abs(draw()) * noise * 0.3) / 100;
      bars.push({ symbol, date, open, high: paise(Math.max(open, close) * (1 + wick())), low: paise(Math.min(open, close) * (1 - wick())), close, volume: Math.max(1, Math.round(volume * times * (1 + 0.15 * Math.tanh(draw())))) });
    }
  }
  if (bars.length !== dates.length) throw new RangeError(`the path of ${symbol} has ${bars.length} sessions, not ${dates.length}`);
  return bars;
}

/** The path behind a long quiet beginning, so that all of it has `sessions`. */
export function afterQuiet(path: readonly PathPart[], { sessions, noise = 1.4 }: { sessions: number; noise?: number }): PathPart[] {
  const quiet = sessions - path.reduce((sum, part) => sum + part.sessions, 0);
  if (quiet < 0) throw new RangeError(`the path has ${-quiet} sessions too many`);
  return quiet === 0 ? [...path] : [{ sessions: quiet, drift: 0, noise, volume: 1 }, ...path];
}
