import type { FeedRecord } from '../define.ts';
import { instant, plusDays } from '../../desk/time.ts';
import { companyNews } from './company-news.ts';
import { liveSession, marketCapCrore, newLife } from './company-life.ts';
import type { CompanyLife } from './company-life.ts';
import { declaredWithResults } from './corporate-actions.ts';
import { dailyBar } from './daily-bar.ts';
import { FIRST_HISTORY_SESSION, HISTORY_SESSIONS, closeMs, openMs, sessionsFrom } from './exchange-days.ts';
import { createFactors } from './factors.ts';
import { indexDay } from './index-day.ts';
import { marketNews, sectorNews } from './market-news.ts';
import type { NewsItem } from './news-item.ts';
import { resultsNews } from './results-news.ts';
import { randomStream } from './random.ts';
import { createResultsCalendar } from './results-calendar.ts';
import type { SessionPlan, SessionTimes } from './session-plan.ts';
import { COMPANIES, INDEX_BASE, TICKS_PER_RUPEE, symbolRecord } from './universe.ts';
import type { Company } from './universe.ts';

export const SIMULATOR_SOURCE = 'simulator';
/** The first session that is played, counted from the first of history. */
export const FIRST_LIVE_DAY = HISTORY_SESSIONS;
/** How far ahead a schedule is looked for: farther than anyone gives notice. */
const SCHEDULE_AHEAD_DAYS = 30;
const MINUTE_MS = 60_000;

/** Results that become known between the last close and this close, with what the board declares beside them. */
function resultsToday({
  seed,
  life,
  day,
  times,
  due,
  declaredOn,
}: {
  seed: number;
  life: CompanyLife;
  day: number;
  times: SessionTimes;
  due: { minute: number | null };
  declaredOn: SessionPlan['date'];
}): { news: NewsItem[]; actions: FeedRecord[] } {
  const { company } = life;
  const knownMs =
    due.minute === null
      ? times.previousCloseMs + randomStream(seed, 'results-evening', company.symbol, day).integer(30, 180) * MINUTE_MS
      : times.openMs + due.minute * MINUTE_MS;
  const news = [resultsNews({ seed, company, day, knownMs, minute: due.minute, marketCapCrore: marketCapCrore(life) })];
  const declared = declaredWithResults({
    seed,
    company,
    day,
    date: declaredOn,
    knownMs,
    priceRupees: life.close / TICKS_PER_RUPEE,
    faceValue: life.faceValue,
  });
  if (!declared) return { news, actions: [] };
  life.declared.push(declared);
  return { news: [...news, declared.news], actions: [{ type: 'corporate_action', action: declared.action, source: SIMULATOR_SOURCE }] };
}

/**
 * The simulated world, session after session without end, from the first of history. A pure function of seed and companies:
 * whoever walks it gets the same sessions.
 */
export function* walkSessions({
  seed,
  companies = COMPANIES,
}: {
  seed: number;
  companies?: readonly Company[];
}): Generator<SessionPlan, never> {
  const sectors = [...new Set(companies.map(({ sector }) => sector))];
  const factors = createFactors({ seed, sectors });
  const resultsCalendar = createResultsCalendar({ seed, companies });
  const lives = companies.map(newLife);
  let indexClose = INDEX_BASE * TICKS_PER_RUPEE;
  let previous = sessionsFrom(FIRST_HISTORY_SESSION, -1);

  for (let day = 0; ; day++) {
    const date = sessionsFrom(previous, 1);
    const times: SessionTimes = { previousCloseMs: closeMs(previous), openMs: openMs(date), closeMs: closeMs(date) };
    const factorDay = factors.next(day);
    const weights = lives.map(marketCapCrore);
    const timed: { knownMs: number; record: FeedRecord }[] = [];
    const note = (item: NewsItem): void => {
      timed.push({ knownMs: item.knownMs, record: { type: 'event', event: item.event } });
    };

    for (const { knownMs, event } of resultsCalendar.announcedBy({
      knownBy: times.closeMs,
      through: plusDays(date, SCHEDULE_AHEAD_DAYS),
    })) {
      timed.push({ knownMs, record: { type: 'scheduled_event', event, source: SIMULATOR_SOURCE } });
    }
    const market = marketNews({ seed, day, times });
    if (market) note(market);
    const sectorJumps = new Map(
      sectors.map((sector) => {
        const symbols = companies.filter((company) => company.sector === sector).map(({ symbol }) => symbol);
        const item = sectorNews({ seed, day, times, sector, symbols });
        if (item) note(item);
        return [sector, item?.jump ?? 0];
      }),
    );

    const stocks = lives.map((life, companyIndex) => {
      const { company } = life;
      const due = resultsCalendar.reporting({ companyIndex, date, previous });
      const results = due
        ? resultsToday({ seed, life, day, times, due, declaredOn: due.minute === null ? previous : date })
        : { news: [], actions: [] };
      const news = [
        ...results.news,
        ...companyNews({
          seed,
          company,
          companyIndex,
          day,
          times,
          marketCapCrore: marketCapCrore(life),
          reportsInSession: due?.minute != null,
        }),
      ];
      news.forEach(note);
      for (const record of results.actions) timed.push({ knownMs: results.news[0]?.knownMs ?? times.openMs, record });
      const factorJump = company.beta * (market?.jump ?? 0) + (sectorJumps.get(company.sector) ?? 0);
      const { stock, splitTo } = liveSession({ life, seed, day, date, factors: factorDay, factorJump, news });
      if (splitTo !== null) {
        timed.push({
          knownMs: times.openMs,
          record: { type: 'symbol', symbol: symbolRecord(company, splitTo), knownAt: instant(times.openMs), source: SIMULATOR_SOURCE },
        });
      }
      return stock;
    });

    const index = indexDay({ seed, day, previousClose: indexClose, stocks, weights, factors: factorDay });
    indexClose = index.shape.close;
    timed.sort((a, b) => a.knownMs - b.knownMs);
    const knownAt = instant(times.closeMs);
    for (const stock of [...stocks, index]) {
      timed.push({ knownMs: times.closeMs, record: { type: 'daily_bar', bar: dailyBar(stock, date), knownAt, source: SIMULATOR_SOURCE } });
    }
    yield { day, date, times, regime: factorDay.regime, stocks: [...stocks, index], records: timed };
    previous = date;
  }
}
