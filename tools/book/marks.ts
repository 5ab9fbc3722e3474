import { intradayBarsOn, lastBars } from '../../db/stores/bars.ts';
import { dateIn, type Instant, plusDays } from '../../desk/time.ts';
import type { ToolServices } from '../services.ts';
import type { Moment } from './moment.ts';

/** What a symbol is worth at a moment. `previousClose` is that of the session before the moment's date; null where nobody knows. */
export interface Mark { last: number; previousClose: number | null; at: Instant; source: 'quote' | 'daily bar' | 'intraday bar' }

/** Marks by symbol; a symbol that nobody has a price of is not in the map. */
export async function marksOf({ database, market }: ToolServices, { symbols, moment }: { symbols: readonly string[]; moment: Moment }): Promise<Map<string, Mark>> {
  const marks = new Map<string, Mark>();
  if (symbols.length === 0) return marks;
  if (moment.now) {
    for (const symbol of symbols) {
      const quote = market.quote(symbol);
      if (!quote || !(quote.last > 0)) continue;
      // A quote of an earlier day: nothing has traded today, so the last price is the previous close.
      const today = dateIn(quote.at, market.zone) === moment.date;
      marks.set(symbol, { last: quote.last, previousClose: today ? quote.previousClose : quote.last, at: quote.at, source: 'quote' });
    }
    return marks;
  }
  const daily = await lastBars(database.orm, { symbols, asOf: moment.asOf });
  const before = await lastBars(database.orm, { symbols, asOf: moment.asOf, onOrBefore: plusDays(moment.date, -1) });
  for (const [symbol, bar] of daily) {
    const closedToday = bar.date === moment.date;
    const at = market.calendar().session(bar.date)?.close ?? moment.asOf;
    marks.set(symbol, { last: bar.close, previousClose: closedToday ? (bar.previousClose ?? before.get(symbol)?.close ?? null) : bar.close, at, source: 'daily bar' });
  }
  for (const symbol of symbols) {
    if (daily.get(symbol)?.date === moment.date) continue;
    const bar = (await intradayBarsOn(database.orm, { from: plusDays(moment.date, -1), to: plusDays(moment.date, 1), symbol, asOf: moment.asOf })).filter((each) => dateIn(each.start, market.zone) === moment.date).at(-1);
    if (bar) marks.set(symbol, { last: bar.close, previousClose: before.get(symbol)?.close ?? null, at: bar.start, source: 'intraday bar' });
  }
  return marks;
}
