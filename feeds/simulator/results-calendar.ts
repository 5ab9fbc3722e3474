import type { TradingDate } from '../../desk/time.ts';
import { FIRST_HISTORY_SESSION } from './exchange-days.ts';
import { resultsSeason, seasonOf } from './results-season.ts';
import type { ResultsDate } from './results-season.ts';
import type { Company } from './universe.ts';

interface ResultsCalendar {
  /** Dates that became public by then and were not asked for before, in the order in which they did. */
  announcedBy(until: { knownBy: number; through: TradingDate }): ResultsDate[];
  /** The company's results that reach the market between the last close and this one: in session today, or yesterday evening. */
  reporting(session: { companyIndex: number; date: TradingDate; previous: TradingDate }): ResultsDate | null;
}

/** The results dates of all companies, season after season, as the walk through the sessions reaches them. */
export function createResultsCalendar({ seed, companies }: { seed: number; companies: readonly Company[] }): ResultsCalendar {
  const reached = new Set<string>();
  let unannounced: ResultsDate[] = [];
  const byCompanyAndDate = new Map<string, ResultsDate>();

  const reach = (date: TradingDate): void => {
    const { year, quarter } = seasonOf(date);
    if (reached.has(`${year}/${quarter}`)) return;
    reached.add(`${year}/${quarter}`);
    // Dates before the world begins are nobody's news.
    const season = resultsSeason({ seed, companies, year, quarter }).filter(({ date: reports }) => reports >= FIRST_HISTORY_SESSION);
    for (const due of season) byCompanyAndDate.set(`${due.companyIndex}/${due.date}`, due);
    unannounced.push(...season);
    unannounced.sort((a, b) => a.knownMs - b.knownMs || a.companyIndex - b.companyIndex);
  };
  reach(FIRST_HISTORY_SESSION);

  return {
    announcedBy({ knownBy, through }) {
      reach(through);
      const announced = unannounced.filter(({ knownMs }) => knownMs <= knownBy);
      unannounced = unannounced.filter(({ knownMs }) => knownMs > knownBy);
      return announced;
    },
    reporting({ companyIndex, date, previous }) {
      const today = byCompanyAndDate.get(`${companyIndex}/${date}`);
      if (today && today.minute !== null) return today;
      const yesterday = byCompanyAndDate.get(`${companyIndex}/${previous}`);
      return yesterday && yesterday.minute === null ? yesterday : null;
    },
  };
}
