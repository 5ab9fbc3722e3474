import { mergeActions } from './corporate-actions.ts';
import { detectCorporateActions, type SeriesBreak } from './detect-actions.ts';
import { withMeasuredFactors } from './measured-factors.ts';
import type { CorporateAction, DailyBar, TradingCalendar } from './types.ts';
import type { Instant, TradingDate } from '../time.ts';

/** A published action with a factor near the gap explains it: history on both sides can then be compared. */
const explainedWithin = Math.log(1.25);
const nearbyMs = 3 * 86_400_000;

const explains = ({ exDate, factor }: CorporateAction, gap: SeriesBreak): boolean =>
  factor !== 1 && Math.abs(Date.parse(exDate) - Date.parse(gap.date)) <= nearbyMs && Math.abs(Math.log(gap.ratio / factor)) <= explainedWithin;

/**
 * All that changes the prices of one symbol's printed bars (ascending dates): what was published, with the factors of rights and demergers
 * measured, before what the prices show by themselves; and the breaks that neither explains.
 * @throws RangeError when the bars are not of one symbol in ascending order of dates.
 */
export function knownActions({ bars, published, calendar, knownAt }: { bars: readonly DailyBar[]; /** Of this symbol. */ published: readonly CorporateAction[]; calendar: TradingCalendar | null; /** When what a date's bar shows became known. */ knownAt: (date: TradingDate) => Instant }): { actions: CorporateAction[]; published: CorporateAction[]; breaks: SeriesBreak[] } {
  const detected = detectCorporateActions({ bars, calendar, knownAt });
  const measured = withMeasuredFactors(published, bars);
  return { actions: mergeActions(measured, detected.actions), published: measured, breaks: detected.breaks.filter((gap) => gap.reason !== 'UNEXPLAINED_GAP' || !measured.some((action) => explains(action, gap))) };
}
