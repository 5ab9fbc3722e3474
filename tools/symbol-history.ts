import type { Executor } from '../db/client.ts';
import { dailySeries } from '../db/stores/bars.ts';
import { corporateActions } from '../db/stores/reference.ts';
import { adjustBars, type AdjustedBar } from '../desk/market/corporate-actions.ts';
import { featuresOf } from '../desk/market/features.ts';
import { knownActions } from '../desk/market/known-actions.ts';
import type { CorporateAction, DailyBar, FeatureSet, TradingCalendar } from '../desk/market/types.ts';
import type { Instant } from '../desk/time.ts';

/** Sessions that go into features: a year of volatility ranks and their warm-up. */
export const featureSessions = 290;

/** A symbol's bars in today's prices, and the features of the last session. */
export interface SymbolHistory { bars: AdjustedBar[]; features: FeatureSet | null }

/** Adjusted bars and features of each symbol, of what was known at `asOf`. Published splits win over those read off the bars. */
export async function histories(executor: Executor, input: { symbols: readonly string[]; asOf: Instant; calendar: TradingCalendar; sessions?: number }): Promise<Map<string, SymbolHistory>> {
  if (input.symbols.length === 0) return new Map();
  const series = await dailySeries(executor, { symbols: input.symbols, asOf: input.asOf, sessions: input.sessions ?? featureSessions });
  const published = await corporateActions(executor, input);
  return new Map([...series].map(([symbol, bars]) => [symbol, historyOf({ ...input, symbol, bars, published })]));
}

/** The same from what was read: `published` may hold other symbols' actions. */
export function historyOf({ symbol, bars, published, asOf, calendar }: { symbol: string; bars: readonly DailyBar[]; published: readonly CorporateAction[]; asOf: Instant; calendar: TradingCalendar }): SymbolHistory {
  const { actions, breaks } = knownActions({ bars, published: published.filter((action) => action.symbol === symbol), calendar, knownAt: (date) => calendar.session(date)?.open ?? asOf });
  const features = featuresOf(bars, { actions, breaks });
  return { bars: adjustBars(bars, actions, asOf), features: features.at(-1) ?? null };
}
