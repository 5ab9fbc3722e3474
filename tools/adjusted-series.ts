import type { Executor } from '../db/client.ts';
import { type AdjustedBar, adjustBars } from '../desk/market/corporate-actions.ts';
import type { SeriesBreak } from '../desk/market/detect-actions.ts';
import { knownActions } from '../desk/market/known-actions.ts';
import type { CorporateAction, DailyBar, TradingCalendar } from '../desk/market/types.ts';
import type { Instant, TradingDate } from '../desk/time.ts';
import type { ReadingMoment } from './as-of.ts';
import { companyActions, companyBars } from './company-bars.ts';

export interface AdjustedSeries {
  printed: DailyBar[];
  /** The same bars in the prices of the reading moment. */
  bars: AdjustedBar[];
  actions: CorporateAction[]; breaks: SeriesBreak[];
  /** The first bar that may be compared with the last one; null without bars. */
  comparableFrom: TradingDate | null;
}

/** Prices of one symbol from a day on, as known at the reading moment, with the splits, bonuses, rights and demergers between them. */
export async function adjustedSeries(executor: Executor, { symbol, from, moment, calendar }: { symbol: string; from: TradingDate; moment: ReadingMoment; calendar: TradingCalendar }): Promise<AdjustedSeries> {
  const printed = await companyBars(executor, { symbol, from, to: moment.date, asOf: moment.asOf });
  const published = printed.length > 0 ? await companyActions(executor, { symbol, asOf: moment.asOf }) : [];
  return adjustSeries({ printed, published, moment, calendar });
}

/** Printed bars of one symbol (ascending dates) in the prices of the moment. Published actions win over those read off the bars. */
export function adjustSeries({ printed, published, moment, calendar }: { printed: DailyBar[]; published: readonly CorporateAction[]; moment: ReadingMoment; calendar: TradingCalendar }): AdjustedSeries {
  const knownAt = (date: TradingDate): Instant => { const close = calendar.session(date)?.close ?? moment.asOf; return close > moment.asOf ? moment.asOf : close; };
  const known = knownActions({ bars: printed, published, calendar, knownAt });
  const { actions } = known;
  const explained = (date: TradingDate): boolean => known.published.some((action) => action.exDate === date && action.factor !== 1);
  const breaks = known.breaks.filter((gap) => !explained(gap.date));
  const lastBreak = breaks.filter((gap) => !gap.comparable).at(-1);
  return { printed, bars: adjustBars(printed, actions, moment.asOf), actions, breaks, comparableFrom: lastBreak?.date ?? printed[0]?.date ?? null };
}
