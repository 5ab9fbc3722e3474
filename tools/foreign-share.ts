import { foreignBars, foreignSpan } from '../db/stores/published.ts';
import type { DailyBar } from '../desk/market/types.ts';
import { plusDays, type TradingDate } from '../desk/time.ts';
import type { ReadingMoment } from './as-of.ts';
import type { ToolContext } from './define.ts';

/** A share of the US whose daily bars are stored, as printed: no actions of it are. */
export interface ForeignShare { symbol: string; span: { exchange: 'US'; from: TradingDate; to: TradingDate; sessions: number } }

/** The share of the US that a symbol means; null where the desk's own exchange has one of that name, or no bar of it is stored. */
export async function foreignShare({ services: { market, database: { orm } } }: ToolContext, name: string, moment: ReadingMoment): Promise<ForeignShare | null> {
  const symbol = name.trim().toUpperCase().replace(/\.US$/, '');
  if (market.symbols().has(symbol)) return null;
  const span = await foreignSpan(orm, { symbol, asOf: moment.asOf });
  return span && { symbol, span };
}

/** A step of one day beyond these is taken for a split: no move of a day is told across it. */
const [leastStep, mostStep] = [0.6, 1.7];
/** A period's change counts from the close before it; no exchange is closed for longer. */
const daysBefore = 14;

/** The last bar from `first` on whose step from the one before looks like a split; -1 without one. */
export const splitAt = (bars: readonly { close: number }[], first = 1): number => bars.findLastIndex((bar, at) => { const step = at >= first ? bar.close / (bars[at - 1]?.close ?? bar.close) : 1; return step < leastStep || step > mostStep; });

/** Its bars of a stretch with the close before them, from the last step on that looks like a split; `brokenAt` is the day of that step. */
export async function foreignStretch({ services: { database: { orm } } }: ToolContext, { symbol, span }: ForeignShare, { from, to, sessions, moment }: { from: TradingDate | null; to: TradingDate; sessions: number | null; moment: ReadingMoment }): Promise<{ bars: DailyBar[]; base: DailyBar | null; brokenAt: TradingDate | null }> {
  const start = from ? plusDays(from, -daysBefore) : plusDays(to < span.to ? to : span.to, -(Math.ceil((sessions ?? 1) * 1.6) + daysBefore));
  const stored = await foreignBars(orm, { exchange: span.exchange, symbol, from: start, to, asOf: moment.asOf });
  const first = sessions === null ? stored.findIndex(({ date }) => from === null || date >= from) : Math.max(0, stored.length - sessions);
  if (first < 0) return { bars: [], base: null, brokenAt: null };
  const broken = splitAt(stored, Math.max(1, first));
  return { bars: stored.slice(Math.max(first, broken)), base: broken >= first ? null : (stored[first - 1] ?? null), brokenAt: broken < first ? null : (stored[broken]?.date ?? null) };
}
