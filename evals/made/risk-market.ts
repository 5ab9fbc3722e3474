import { decimal } from '../../desk/decimal.ts';
import type { DailyBar, Quote } from '../../desk/market/types.ts';
import { at } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { madeQuote, sessionsBefore, today, tradingDayFrom, zone } from './made-desk.ts';
import { pricePath } from './price-path.ts';

const SESSIONS = 200;
const dates = sessionsBefore(SESSIONS);

interface RiskShare { symbol: string; sector: string | null; /** Last close, rupees, on which its history ends exactly. */ price: number; volume: number; /** Daily changes from the second session on; absent: noise of 1 % a day without a direction. */ changes?: readonly number[]; listedSessions?: number; resultsIn?: number; kind?: 'INDEX' }

/** Closes of a share before they are brought to its last price: the shape of its history. */
const noise = (symbol: string): number[] => pricePath({ symbol, dates, base: 1000, volume: 1, path: [{ sessions: SESSIONS, drift: 0, noise: 1, volume: 1 }] }).map(({ close }) => close);
const changesOf = (closes: readonly number[]): number[] => closes.slice(1).map((close, n) => close / (closes[n] ?? close) - 1);
const market = changesOf(noise('MARKET'));
const twins = changesOf(noise('TWINS'));

/** Shares whose sectors, volumes and tails are known by construction, so that every limit and figure can be worked out on paper. */
export const riskShares: readonly RiskShare[] = [
  { symbol: 'RKTECH1', sector: 'Technology', price: 1000, volume: 1_000_000 }, { symbol: 'RKTECH2', sector: 'Technology', price: 500, volume: 1_000_000 }, { symbol: 'RKBANK', sector: 'Banks', price: 2000, volume: 500_000 },
  { symbol: 'RKSTEEL', sector: 'Metals', price: 250, volume: 2_000_000 }, { symbol: 'RKFMCG', sector: 'Consumer', price: 400, volume: 1_000_000 }, { symbol: 'RKTINY', sector: 'Textiles', price: 100, volume: 20_000 },
  { symbol: 'RKSMALL', sector: 'Paper', price: 20, volume: 60_000 }, { symbol: 'RKNOSEC', sector: null, price: 600, volume: 1_000_000 },
  { symbol: 'RKEVENT1', sector: 'Cement', price: 800, volume: 1_000_000, resultsIn: 1 }, { symbol: 'RKEVENT4', sector: 'Sugar', price: 800, volume: 1_000_000, resultsIn: 4 },
  { symbol: 'RKTWIN1', sector: 'Energy', price: 1000, volume: 1_000_000, changes: twins }, { symbol: 'RKTWIN2', sector: 'Transport', price: 500, volume: 1_000_000, changes: twins },
  // Every tenth day 3 % down, the others a third of a percent up.
  { symbol: 'RKTAIL', sector: 'Telecom', price: 1000, volume: 1_000_000, changes: market.map((_, n) => (n % 10 === 4 ? -0.03 : 0.01 / 3)) },
  { symbol: 'RKBETA', sector: 'Realty', price: 1000, volume: 1_000_000, changes: market.map((change) => 1.5 * change) },
  { symbol: 'RKNEW', sector: 'Media', price: 300, volume: 1_000_000, listedSessions: 30 }, { symbol: 'NIFTY', sector: null, price: 24_000, volume: 0, changes: market, kind: 'INDEX' },
];

/** Whole history as printed, ending on the price; fine enough that a change is what it is said to be. */
function barsOf({ symbol, price, volume, changes, listedSessions }: RiskShare): DailyBar[] {
  const closes = [price];
  for (const change of (changes ?? changesOf(noise(symbol))).toReversed()) closes.unshift((closes[0] ?? price) / (1 + change));
  const fine = (value: number): number => Math.round(value * 10_000) / 10_000;
  return closes.map((close, n): DailyBar => {
    const open = n === 0 ? close : (closes[n - 1] ?? close);
    return { symbol, date: dates[n] ?? today, open: fine(open), high: fine(Math.max(open, close)), low: fine(Math.min(open, close)), close: fine(close), volume };
  }).slice(listedSessions === undefined ? 0 : -listedSessions);
}

const knownAt = at(dates[0] ?? today, '09:00', zone);
export const riskMarketFacts = (): FeedRecord[] => riskShares.flatMap((share): FeedRecord[] => [
  { type: 'symbol', symbol: { symbol: share.symbol, exchange: 'NSE', name: `${share.symbol} Ltd`, kind: share.kind ?? 'EQUITY', lotSize: 1, tickSize: decimal('0.05'), aliases: [], ...(share.sector === null ? {} : { sector: share.sector }) }, knownAt, source: 'made' },
  ...barsOf(share).map((bar): FeedRecord => ({ type: 'daily_bar', bar, knownAt: at(bar.date, '15:30', zone), source: 'made' })),
  ...(share.resultsIn === undefined ? [] : [{ type: 'scheduled_event', event: { symbol: share.symbol, date: tradingDayFrom(today, share.resultsIn), kind: 'RESULTS', purpose: 'Quarterly results', knownAt: at(tradingDayFrom(today, -8), '17:00', zone) }, source: 'made' } satisfies FeedRecord]),
]);

export interface QuoteChange { spreadPercent?: number | undefined; ageMinutes?: number | undefined; none?: boolean | undefined }
/** What every share is quoted at now, but for what a case says. */
export const riskQuotes = (changes: Readonly<Record<string, QuoteChange>>): Map<string, Quote> => new Map(riskShares.flatMap(({ symbol, price }): [string, Quote][] => {
  const { none, ...change } = changes[symbol] ?? {};
  return none === true ? [] : [[symbol, madeQuote({ symbol, close: price, ...change })]];
}));
