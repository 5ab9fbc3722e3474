import { dailyBars } from '../db/stores/bars.ts';
import { eventsOfTypes, scheduledEvents } from '../db/stores/events.ts';
import { corporateActions } from '../db/stores/reference.ts';
import { type Instant, dateIn, plusDays, type TradingDate } from '../desk/time.ts';
import { adjustSeries } from './adjusted-series.ts';
import type { ReadingMoment } from './as-of.ts';
import type { ToolContext } from './define.ts';

/** The first close after results against the last close before them. */
export interface ResultsMove { resultsOn: TradingDate; session: TradingDate; movePercent: number; /** `published`: by the time of the filing; `scheduled`: by the listed day, from its close to the next. */ basis: 'published' | 'scheduled' }
export interface ResultsMoves { moves: ResultsMove[]; count: number; lowestPercent: number | null; highestPercent: number | null; medianSizePercent: number | null }

const yearsBack = 3;
const sameResultsDays = 12;

/** How the price took the last results, of what was known at the moment; newest first. */
export async function resultsMoves({ services: { market, database: { orm } } }: ToolContext, { symbol, moment, most }: { symbol: string; moment: ReadingMoment; most: number }): Promise<ResultsMoves> {
  const from = plusDays(moment.date, -366 * yearsBack);
  const filings = await eventsOfTypes(orm, { types: ['EARNINGS'], symbols: [symbol], asOf: moment.asOf, limit: 200 });
  const listed = (await scheduledEvents(orm, { symbols: [symbol], from, to: plusDays(moment.date, -1), asOf: moment.asOf })).filter((event) => event.kind === 'RESULTS');
  // A listed day stands for itself; the filing of about that day, when there is one, tells the hour.
  const occasions: { date: TradingDate; at: Instant | null }[] = listed.map((event) => ({ date: event.date, at: null }));
  for (const filing of filings.toReversed()) {
    const date = dateIn(filing.happenedAt, market.zone);
    if (date < from) continue;
    const near = occasions.find((each) => Math.abs(Date.parse(each.date) - Date.parse(date)) <= sameResultsDays * 86_400_000);
    if (!near) { if (listed.length === 0) occasions.push({ date, at: filing.happenedAt }); } else if (near.at === null && Math.abs(Date.parse(near.date) - Date.parse(date)) <= 2 * 86_400_000) { near.at = filing.happenedAt; near.date = date; }
  }
  const printed = await dailyBars(orm, { symbol, from: plusDays(from, -10), to: moment.date, asOf: moment.asOf });
  const { bars, breaks } = adjustSeries({ printed, published: await corporateActions(orm, { symbols: [symbol], asOf: moment.asOf }), moment, calendar: market.calendar() });
  const closedBy = (date: TradingDate): Instant | null => market.calendar().session(date)?.close ?? null;
  const moves = occasions.sort((a, b) => (a.date < b.date ? 1 : -1)).flatMap((occasion): ResultsMove[] => {
    const after = bars.findIndex((bar) => { const close = closedBy(bar.date); return occasion.at !== null && close !== null ? close > occasion.at : bar.date > occasion.date; });
    const [base, reaction] = [bars[after - 1], bars[after]];
    // The session has to follow the results closely, and no break may lie in between.
    if (!base || !reaction || Date.parse(reaction.date) - Date.parse(occasion.date) > 6 * 86_400_000 || breaks.some((gap) => gap.date === reaction.date && !gap.comparable)) return [];
    return [{ resultsOn: occasion.date, session: reaction.date, movePercent: 100 * (reaction.close / base.close - 1), basis: occasion.at === null ? 'scheduled' : 'published' }];
  }).slice(0, most);
  const sizes = moves.map((move) => Math.abs(move.movePercent)).sort((a, b) => a - b);
  const [low, high] = [sizes[Math.floor((sizes.length - 1) / 2)], sizes[Math.floor(sizes.length / 2)]];
  return {
    moves, count: moves.length, lowestPercent: moves.length > 0 ? Math.min(...moves.map((move) => move.movePercent)) : null, highestPercent: moves.length > 0 ? Math.max(...moves.map((move) => move.movePercent)) : null,
    medianSizePercent: low === undefined || high === undefined ? null : (low + high) / 2,
  };
}
