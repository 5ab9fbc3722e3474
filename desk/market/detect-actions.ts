import type { Instant, TradingDate } from '../time.ts';
import { likeliestRatio } from './action-ratios.ts';
import type { CorporateAction, DailyBar, SymbolName, TradingCalendar } from './types.ts';

/** Two neighbouring bars between which prices may not be compared, or only with care. */
export interface SeriesBreak {
  symbol: SymbolName;
  /** The first bar after the break. */
  date: TradingDate;
  /**
   * `SESSIONS_MISSING`: the symbol was absent (another series, suspension, missing files), so a move or an action may hide there.
   * `UNEXPLAINED_GAP`: the opening lies where no trading day can lead, and no ratio explains it surely: a demerger, a special
   * dividend, rights, or an action in between two ratios.
   */
  reason: 'SESSIONS_MISSING' | 'UNEXPLAINED_GAP';
  /** First price after over last price before. */
  ratio: number;
  /** Sessions without a bar, when the calendar knows them. */
  missingSessions: number | null;
  /** False: history before this bar must not be used with what follows. */
  comparable: boolean;
}

export interface DetectedActions { actions: CorporateAction[]; breaks: SeriesBreak[] }

/** NSE keeps a share within 20 % of its base price, and reopens the band in steps where it has derivatives; ticks round a little. */
const LOWEST_HONEST_OPENING = 0.795;
const HIGHEST_HONEST_OPENING = 1.6;
/** A posterior below this is reported as a break, not as an action. */
const LEAST_PROBABILITY = 0.85;
const LONGEST_BRIDGED_ABSENCE = 5;
const LONGEST_UNQUESTIONED_MS = 7 * 86_400_000;
/** An adjusted previous close states its ratio up to the rounding of prices. */
const STATED_RATIO_TOLERANCE = 0.01;

/**
 * Splits and bonuses of one symbol, read off its printed bars (ascending dates).
 *
 * NSE's daily files print the previous close as it was, even on ex-dates, so an action shows as an opening far outside the price
 * band; where a file does carry an adjusted previous close, that exact ratio is used. A previous close that differs from the
 * last bar's close without fitting a ratio means that sessions are missing. What is not sure becomes a break. Prices cannot tell
 * a demerger that halves the price from a 1:1 bonus: a published action always goes before a detected one (`mergeActions`).
 * @throws RangeError when the bars are not of one symbol in ascending order of dates.
 */
export function detectCorporateActions({ bars, calendar, knownAt }: {
  bars: readonly DailyBar[]; calendar: TradingCalendar | null;
  /** When the ex-date's bar became known: that session's close. */
  knownAt: (exDate: TradingDate) => Instant;
}): DetectedActions {
  const found: DetectedActions = { actions: [], breaks: [] };
  for (let i = 1; i < bars.length; i++) {
    const [before, bar] = [bars[i - 1]!, bars[i]!];
    if (bar.symbol !== before.symbol || bar.date <= before.date) throw new RangeError(`bars out of order at ${bar.symbol} ${bar.date}`);
    const missingSessions = sessionsMissing(calendar, before.date, bar.date);
    const step = explainStep(before, bar, missingSessions);
    if (step.type === 'action') {
      const { kind, subject, factor } = step;
      found.actions.push({ symbol: bar.symbol, exDate: bar.date, kind, subject, factor, basis: 'detected', knownAt: knownAt(bar.date) });
    } else if (step.type === 'break') {
      const { reason, ratio, comparable } = step;
      found.breaks.push({ symbol: bar.symbol, date: bar.date, reason, ratio, missingSessions, comparable });
    }
  }
  return found;
}

/** Sessions strictly between two dates; null when no calendar knows the way. */
function sessionsMissing(calendar: TradingCalendar | null, before: TradingDate, date: TradingDate): number | null {
  if (!calendar?.covers(before)) return null;
  let missing = 0;
  for (let day = calendar.next(before); day !== null; day = calendar.next(day)) {
    if (day >= date) return missing;
    missing++;
  }
  return null;
}

type Step =
  | { type: 'none' }
  | { type: 'action'; kind: CorporateAction['kind']; subject: string; factor: number }
  | { type: 'break'; reason: SeriesBreak['reason']; ratio: number; comparable: boolean };

function explainStep(before: DailyBar, bar: DailyBar, missingSessions: number | null): Step {
  const base = bar.previousClose ?? before.close;
  const move = base / before.close;
  const moved = Math.abs(move - 1) > 1e-6;
  // Without a calendar a weekend with holidays on both sides is the longest absence that needs no explanation.
  const absent = missingSessions ?? (Date.parse(bar.date) - Date.parse(before.date) > LONGEST_UNQUESTIONED_MS ? Number.POSITIVE_INFINITY : 0);
  if (absent > LONGEST_BRIDGED_ABSENCE) return { type: 'break', reason: 'SESSIONS_MISSING', ratio: move, comparable: false };
  if (moved && !honest(move)) {
    const stated = absent === 0 ? likeliestRatio(move)?.ratio : undefined;
    if (stated && Math.abs(Math.log(move / stated.factor)) <= STATED_RATIO_TOLERANCE) return { type: 'action', ...stated };
    return { type: 'break', reason: 'SESSIONS_MISSING', ratio: move, comparable: false };
  }
  const gap = bar.open / base;
  if (honest(gap)) return absent > 0 || moved ? { type: 'break', reason: 'SESSIONS_MISSING', ratio: move, comparable: true } : { type: 'none' };
  const verdict = likeliestRatio(gap);
  if (!verdict || verdict.probability < LEAST_PROBABILITY) return { type: 'break', reason: 'UNEXPLAINED_GAP', ratio: gap, comparable: false };
  return { type: 'action', ...verdict.ratio };
}

const honest = (gap: number): boolean => gap >= LOWEST_HONEST_OPENING && gap <= HIGHEST_HONEST_OPENING;
