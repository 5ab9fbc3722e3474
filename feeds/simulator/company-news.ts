import type { Company } from './universe.ts';
import { COMPANY_HEADLINES } from './headlines.ts';
import type { Headline } from './headlines.ts';
import { fillHeadline } from './headline-text.ts';
import { newsItem } from './news-item.ts';
import type { NewsItem } from './news-item.ts';
import { hasTurn } from './news-roster.ts';
import { randomStream } from './random.ts';
import type { RandomStream } from './random.ts';
import type { SessionTimes } from './session-plan.ts';

/** Chance of a filing outside the company's turn, per session; it comes in the evening before or in the early morning. */
const EXTRA_CHANCE = 0.03;
/** News of the day comes between these minutes of the session. */
const TURN_MINUTES = [6, 330] as const;
const MINUTE_MS = 60_000;

const bySector = new Map<string, readonly Headline[]>();
function headlinesOf(sector: string): readonly Headline[] {
  const known = bySector.get(sector) ?? COMPANY_HEADLINES.filter(({ sectors }) => sectors?.includes(sector) ?? true);
  bySector.set(sector, known);
  return known;
}

/** A moment between the last close and this open when filings are made: the evening after the one, or the hour before the other. */
export function overnightMs(stream: RandomStream, { previousCloseMs, openMs }: SessionTimes): number {
  const evening = previousCloseMs + stream.integer(20, 240) * MINUTE_MS;
  const morning = openMs - stream.integer(10, 75) * MINUTE_MS;
  return stream.next() < 0.6 ? evening : morning;
}

/** The filings of one company that become known between the last close and this close, results apart. */
export function companyNews({
  seed,
  company,
  companyIndex,
  day,
  times,
  marketCapCrore,
  reportsInSession,
}: {
  seed: number;
  company: Company;
  companyIndex: number;
  day: number;
  times: SessionTimes;
  marketCapCrore: number;
  /** Results come during this session, so other news comes before it: a session has one jump a company. */
  reportsInSession: boolean;
}): NewsItem[] {
  const stream = randomStream(seed, 'news', company.symbol, day);
  const filing = (minute: number | null): NewsItem => {
    const headline = stream.pickWeighted(headlinesOf(company.sector));
    const percent = stream.between(...headline.jumpPercent);
    const size = Math.abs(percent) || 0.5;
    const text = fillHeadline(
      headline,
      {
        name: company.name,
        crore: (marketCapCrore * size * headline.croreShare * stream.between(0.7, 1.4)) / 100,
        percent: 4 + 2 * size + stream.between(0, 4),
      },
      stream,
    );
    return newsItem({
      headline: { eventType: headline.type, priority: headline.priority },
      source: 'simulated-exchange',
      text,
      symbols: [company.symbol],
      knownMs: minute === null ? overnightMs(stream, times) : times.openMs + minute * MINUTE_MS,
      jump: percent / 100,
      minute,
    });
  };
  const items: NewsItem[] = [];
  if (stream.next() < EXTRA_CHANCE) items.push(filing(null));
  if (hasTurn({ seed, companyIndex, day })) items.push(filing(reportsInSession ? null : stream.integer(...TURN_MINUTES)));
  return items;
}
