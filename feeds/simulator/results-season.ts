import type { ScheduledEvent } from '../../desk/market/types.ts';
import { instant, plusDays, tradingDate } from '../../desk/time.ts';
import type { TradingDate } from '../../desk/time.ts';
import { momentMs, onOrAfter } from './exchange-days.ts';
import { randomStream } from './random.ts';
import type { Company } from './universe.ts';

/** When a company reports a quarter, and when the date becomes public: always more than ten days ahead. */
export interface ResultsDate {
  companyIndex: number;
  event: ScheduledEvent;
  date: TradingDate;
  knownMs: number;
  /** Minute of the session at which the results come; null: in the evening after it. */
  minute: number | null;
}

const SEASON_DAYS = [11, 44] as const;
const NOTICE_DAYS = [12, 19] as const;
const QUARTER_ENDED = ['December', 'March', 'June', 'September'];

/** Results of all companies for the quarter before `quarter` (0 to 3) of `year`, in the season that follows it. */
export function resultsSeason({
  seed,
  companies,
  year,
  quarter,
}: {
  seed: number;
  companies: readonly Company[];
  year: number;
  quarter: number;
}): ResultsDate[] {
  const seasonStart = tradingDate(`${year}-${String(1 + 3 * quarter).padStart(2, '0')}-01`);
  const purpose = `Financial results for the quarter ended ${QUARTER_ENDED[quarter]} ${quarter === 0 ? year - 1 : year}`;
  return companies.map((company, companyIndex) => {
    const stream = randomStream(seed, 'results', company.symbol, year, quarter);
    const date = onOrAfter(plusDays(seasonStart, stream.integer(...SEASON_DAYS)));
    const knownMs = momentMs(plusDays(date, -stream.integer(...NOTICE_DAYS)), '17:30');
    const minute = stream.next() < 0.5 ? stream.integer(200, 340) : null;
    return {
      companyIndex,
      date,
      knownMs,
      minute,
      event: { symbol: company.symbol, date, kind: 'RESULTS', purpose, knownAt: instant(knownMs) },
    };
  });
}

/** The season of a date: seasons begin with the calendar's quarters. */
export const seasonOf = (date: TradingDate): { year: number; quarter: number } => ({
  year: Number(date.slice(0, 4)),
  quarter: Math.floor((Number(date.slice(5, 7)) - 1) / 3),
});
