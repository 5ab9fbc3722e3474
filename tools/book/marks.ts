import { intradayBarsOn, lastBars } from '../../db/stores/bars.ts';
import { contractPrices } from '../../db/stores/contract-prices.ts';
import type { LastFrom } from '../../desk/market/last-price.ts';
import { isStoredPrice, storedPriceStands } from '../../desk/market/stored-price.ts';
import { dateIn, type Instant, plusDays } from '../../desk/time.ts';
import type { ToolServices } from '../services.ts';
import { contractsAmong } from './contracts-among.ts';
import type { Moment } from './moment.ts';

/** What a symbol is worth at a moment. `previousClose` is that of the session before the moment's date; null where nobody knows. */
export interface Mark { last: number; /** What `last` is where no trade is known; null: a trade. */ lastFrom: LastFrom | null; previousClose: number | null; at: Instant; source: 'quote' | 'daily bar' | 'intraday bar' | 'option chain' }

/** Marks by symbol; a symbol that nobody has a price of is not in the map. */
export async function marksOf({ database, market }: ToolServices, { symbols, moment }: { symbols: readonly string[]; moment: Moment }): Promise<Map<string, Mark>> {
  const marks = new Map<string, Mark>();
  if (symbols.length === 0) return marks;
  if (moment.now) {
    for (const symbol of symbols) {
      const quote = market.quote(symbol);
      if (!quote || !(quote.last > 0)) continue;
      // A quote of an earlier day: nothing has traded today, so the last price is the previous close. Of a stored price that another session has overtaken nobody knows.
      const today = dateIn(quote.at, market.zone) === moment.date;
      const overtaken = isStoredPrice(quote) && !storedPriceStands({ at: quote.at, now: moment.asOf, calendar: market.calendar() });
      marks.set(symbol, { last: quote.last, lastFrom: quote.lastFrom ?? null, previousClose: today ? quote.previousClose : overtaken ? null : quote.last, at: quote.at, source: 'quote' });
    }
    return marks;
  }
  const daily = await lastBars(database.orm, { symbols, asOf: moment.asOf });
  const before = await lastBars(database.orm, { symbols, asOf: moment.asOf, onOrBefore: plusDays(moment.date, -1) });
  for (const [symbol, bar] of daily) {
    const closedToday = bar.date === moment.date;
    const at = market.calendar().session(bar.date)?.close ?? moment.asOf;
    marks.set(symbol, { last: bar.close, lastFrom: null, previousClose: closedToday ? (bar.previousClose ?? before.get(symbol)?.close ?? null) : bar.close, at, source: 'daily bar' });
  }
  for (const symbol of symbols) {
    if (daily.get(symbol)?.date === moment.date) continue;
    const bar = (await intradayBarsOn(database.orm, { from: plusDays(moment.date, -1), to: plusDays(moment.date, 1), symbol, asOf: moment.asOf })).filter((each) => dateIn(each.start, market.zone) === moment.date).at(-1);
    if (bar) marks.set(symbol, { last: bar.close, lastFrom: null, previousClose: before.get(symbol)?.close ?? null, at: bar.start, source: 'intraday bar' });
  }
  // Options have no bars: what the latest stored chain told of them. An earlier one stands for a close only until another session has opened.
  const calendar = market.calendar();
  const told = Map.groupBy(await contractPrices(database.orm, { contracts: contractsAmong(symbols.filter((symbol) => !marks.has(symbol))), from: plusDays(moment.date, -15), asOf: moment.asOf, zone: market.zone }), ({ symbol }) => symbol);
  for (const [symbol, prices] of told) {
    const latest = prices.at(-1);
    if (!latest) continue;
    const sessionBefore = calendar.covers(moment.date) ? calendar.previous(moment.date) : null;
    const ofToday = latest.previousClose ?? prices.find(({ date }) => date === sessionBefore)?.close ?? null;
    const previousClose = latest.date === moment.date ? ofToday : storedPriceStands({ at: latest.at, now: moment.asOf, calendar }) ? latest.close : null;
    marks.set(symbol, { last: latest.close, lastFrom: latest.lastFrom, previousClose, at: latest.at, source: 'option chain' });
  }
  return marks;
}
