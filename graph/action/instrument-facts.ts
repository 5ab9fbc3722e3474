import { scheduledEvents } from '../../db/stores/events.ts';
import { coverageOf, rulesInForce } from '../../db/stores/reference.ts';
import type { Executor } from '../../db/client.ts';
import { type Fact, type InstrumentFacts, known, missing } from '../../desk/gates/snapshot.ts';
import { type Instant, plusDays, type TradingDate } from '../../desk/time.ts';
import { readContract } from '../../desk/options/contract-symbol.ts';
import { isStoredPrice, storedPriceStands } from '../../desk/market/stored-price.ts';
import type { Quote } from '../../desk/market/types.ts';
import type { MarketView } from '../../tools/services.ts';
import type { SymbolHistory } from '../../tools/symbol-history.ts';

/** How far around today scheduled events are read: the longest blackout a mandate may set, with room. Past ones count with negative days. */
const eventHorizonDays = 60;
const factOf = <T>(value: T | null | undefined, source: string, asOf: Instant, otherwise: string): Fact<T> => (value == null ? missing(otherwise) : known(value, source, asOf));

/** What is stored about symbols beside their prices: scheduled events, what of the calendar of results is covered, price bands. */
export async function instrumentReference(executor: Executor, { symbols, market }: { symbols: readonly string[]; market: MarketView }) {
  const [now, today] = [market.now(), market.today()];
  const [events, covered, bands] = await Promise.all([
    scheduledEvents(executor, { symbols, from: plusDays(today, -eventHorizonDays), to: plusDays(today, eventHorizonDays), asOf: now }),
    coverageOf(executor, 'scheduled_event'), rulesInForce(executor, { rule: 'PRICE_BAND_PERCENT', symbols, date: today, asOf: now }),
  ]);
  return { events, covered: covered.filter((row) => row.from <= today && today <= row.to), bands };
}

/** What the gates may know of each symbol, each value with its source and age. */
export function instrumentFacts(input: { symbols: readonly string[]; market: MarketView; history: ReadonlyMap<string, SymbolHistory>; reference: Awaited<ReturnType<typeof instrumentReference>>; bannedSymbols: readonly string[] }): Record<string, InstrumentFacts> {
  const { market, reference: { events, covered, bands } } = input;
  const now = market.now();
  const today = market.today();
  const calendar = market.calendar();
  const entries = input.symbols.map((symbol): [string, InstrumentFacts] => {
    const listed = market.contract(symbol) ?? null;
    const record = listed ?? market.symbols().get(symbol);
    const sector = market.symbols().get(readContract(symbol)?.underlying ?? symbol)?.sector;
    const kind = market.symbols().get(symbol)?.kind;
    const quote = market.quote(symbol);
    const features = input.history.get(symbol)?.features ?? null;
    const asOf = features ? (calendar.session(features.asOf)?.close ?? now) : now;
    const coverage = covered.find((row) => row.symbol === '' || row.symbol === symbol);
    return [symbol, {
      symbol, lotSize: record?.lotSize ?? 1, tickSize: record?.tickSize ?? ('0.05' as InstrumentFacts['tickSize']), freezeQuantity: listed?.freezeQuantity ?? null, ...(kind === undefined ? {} : { settles: kind === 'INDEX' ? 'CASH' as const : 'PHYSICAL' as const }),
      priceBand: bandOf(bands.get(symbol), quote?.previousClose, now),
      sector: factOf(sector, 'symbol master', now, 'no source names its sector'),
      marketCap: missing('no source gives the market capitalisation'),
      quote: !record ? missing('no list of the exchange names this symbol') : quote ? known({ last: quote.last, bid: quote.bid, ask: quote.ask, previousClose: quote.previousClose, spreadFrom: quote.spreadFrom, ...(isStoredPrice(quote) ? { stands: storedPriceStands({ at: quote.at, now, calendar }) } : {}) }, market.label(), ageCountsFrom(quote, market)) : missing('no price is known'),
      averageDailyVolume20: factOf(features?.averageDailyVolume20, 'daily bars', asOf, 'fewer than 20 sessions of volume are known'),
      regime: features?.volatilityRegime && features.liquidityRegime ? known({ volatility: features.volatilityRegime, liquidity: features.liquidityRegime }, 'features', asOf) : missing('the history is too short for a regime'),
      scheduledEvents: {
        covered: coverage !== undefined,
        coverageNote: coverage ? `${coverage.source} covers ${coverage.from} to ${coverage.to}` : 'no results calendar covers this day',
        events: events.filter((event) => event.symbol === symbol).map((event) => ({
          date: event.date, kind: event.kind, purpose: event.purpose,
          // Past the calendar's end nobody knows the trading days between; weekdays are then the nearest honest count.
          tradingDaysAway: calendar.covers(event.date) && calendar.covers(today) ? calendar.daysBetween(today, event.date) : weekdaysBetween(today, event.date),
        })),
      },
      banned: known(input.bannedSymbols.includes(symbol), 'settings', now),
    }];
  });
  return Object.fromEntries(entries);
}

function weekdaysBetween(from: TradingDate, to: TradingDate): number {
  if (to < from) return -weekdaysBetween(to, from);
  let count = 0;
  for (let day = plusDays(from, 1); day <= to; day = plusDays(day, 1)) if (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) count += 1;
  return count;
}

/** The day's band around the previous close; a symbol "without band" has none, which is known. */
function bandOf(percent: string | undefined, previousClose: number | null | undefined, asOf: Instant): InstrumentFacts['priceBand'] {
  const share = Number(percent);
  if (percent === undefined || !Number.isFinite(share)) return missing('no price band was published for this symbol');
  if (previousClose == null) return missing('the previous close is not known');
  return known({ low: previousClose * (1 - share / 100), high: previousClose * (1 + share / 100) }, 'trading rules', asOf);
}

/**
 * From when a price ages. A replay of daily bars knows a price at the open and one at the close and none in between: the
 * latest of them is as fresh as that world can be, and counts as of now. Every other quote is as old as it is.
 */
function ageCountsFrom(quote: Quote, market: MarketView): Instant {
  if (market.kind !== 'replay' || quote.spreadFrom !== 'bars') return quote.at;
  const now = market.now();
  const calendar = market.calendar();
  const today = calendar.session(market.today());
  const before = calendar.previous(market.today());
  const latest = today && now >= today.open ? (now >= today.close ? today.close : today.open) : before ? (calendar.session(before)?.close ?? null) : null;
  return latest !== null && quote.at >= latest ? now : quote.at;
}
