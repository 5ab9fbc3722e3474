import type { OptionQuote } from '../../desk/options/chain.ts';
import type { Instant } from '../../desk/time.ts';
import { createChainCollector } from './chain-collector.ts';
import { type LoadingImporter, type ParsedRow, refused } from './define.ts';
import { type JsonRecord, rawOf, textOf } from './json-records.ts';
import { dateInName, readBelievableDate, readMoment } from './read-date.ts';
import { barKnownAt } from './special-sessions.ts';
import { NSE_SYMBOL, undatedFromToday } from './symbol-record.ts';

/** Listed options reach farther than any other date of the exchange. */
const YEARS_AHEAD = 6;
export const latestExpiryFrom = (today: string): string => `${Number(today.slice(0, 4)) + YEARS_AHEAD}${today.slice(4)}`;

const number = (record: JsonRecord, key: string): number | null => (typeof record[key] === 'number' ? record[key] : null);
/** A field under its present name or the one that the page had before late 2025. */
const either = (record: JsonRecord, now: string, before: string): number | null => number(record, now) ?? number(record, before);
const part = (record: unknown, key: string): JsonRecord | null => {
  const value = (record as JsonRecord | undefined)?.[key];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonRecord) : null;
};

/** When a page without a time is as of: the close of the day in its name, else the day of the import. */
export function undatedMoment(
  name: string,
  source: string,
  today: Parameters<typeof undatedFromToday>[2],
): { at: Instant; source: string } {
  const day = dateInName(name);
  const dated = undatedFromToday(day, source, today);
  return { at: day ? barKnownAt(day) : dated.knownAt, source: dated.source };
}

const quoteOf = (side: JsonRecord): OptionQuote => ({
  bid: either(side, 'buyPrice1', 'bidprice'),
  ask: either(side, 'sellPrice1', 'askPrice'),
  last: number(side, 'lastPrice'),
  at: null,
  volume: number(side, 'totalTradedVolume'),
  openInterest: number(side, 'openInterest'),
  openInterestChange: number(side, 'changeinOpenInterest'),
  ...sizes(side),
  ...closeBefore(side),
});
/** The page counts orders in units of the underlying. */
const sizes = (side: JsonRecord): Pick<OptionQuote, 'bidSize' | 'askSize'> => ({ bidSize: either(side, 'buyQuantity1', 'bidQty'), askSize: either(side, 'sellQuantity1', 'askQty') });
function closeBefore(side: JsonRecord): Pick<OptionQuote, 'previousClose'> {
  const [last, change] = [number(side, 'lastPrice'), number(side, 'change')];
  return last === null || last === 0 || change === null || last - change <= 0 ? {} : { previousClose: Math.round((last - change) * 100) / 100 };
}

/** Orders come in whole lots, so over hundreds of them the greatest common divisor is the lot; some order is for just one. */
const FEWEST_SIZES = 300;
const FEWEST_OF_ONE_LOT = 3;
export function lotOfSizes(quantities: readonly number[]): number | null {
  const whole = quantities.filter((quantity) => Number.isInteger(quantity) && quantity > 0);
  if (whole.length < FEWEST_SIZES) return null;
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const lot = whole.reduce(divisor);
  return lot > 1 && whole.filter((quantity) => quantity === lot).length >= FEWEST_OF_ONE_LOT ? lot : null;
}
const SIZES = ['bidQty', 'askQty', 'buyQuantity1', 'sellQuantity1', 'totalBuyQuantity', 'totalSellQuantity'];
const expiryIn = (row: JsonRecord, side: JsonRecord): string => textOf(row, 'expiryDate') || textOf(row, 'expiryDates') || textOf(side, 'expiryDate');
function lotsByExpiry(entries: readonly unknown[]): Map<string, number | null> {
  const quantities = new Map<string, number[]>();
  for (const entry of entries) {
    for (const side of [part(entry, 'CE'), part(entry, 'PE')]) {
      if (!side) continue;
      const expiry = expiryIn(entry as JsonRecord, side);
      const found = quantities.get(expiry) ?? [];
      quantities.set(expiry, found);
      for (const key of SIZES) found.push(number(side, key) ?? 0);
    }
  }
  return new Map([...quantities].map(([expiry, found]) => [expiry, lotOfSizes(found)]));
}

/** The page behind NSE's option chain: every expiry, open interest in contracts, sizes in units of the underlying, from which the lot of an expiry follows. `filtered` repeats the nearest expiry and is not read. */
export const nseOptionChain: LoadingImporter = {
  kind: 'nse_option_chain',
  loads: true,
  recognise: ({ json }) => json?.root === 'object' && Array.isArray(part(json.document, 'records')?.expiryDates),
  async *rows(_source, head, { today }) {
    const records = part(head.json?.document, 'records') ?? {};
    const undated = undatedMoment(head.name, 'nse-option-chain', today);
    const asOf = readMoment(textOf(records, 'timestamp')) ?? undated.at;
    const chains = createChainCollector({
      source: textOf(records, 'timestamp') === '' ? undated.source : 'nse-option-chain',
      exchange: 'NSE',
      pricedFrom: 'QUOTES',
      openInterestUnit: 'CONTRACTS',
    });
    const entries = Array.isArray(records.data) ? (records.data as unknown[]) : [];
    const lots = lotsByExpiry(entries);
    const rows = entries.map((entry, i): ParsedRow => {
      const row = part({ entry }, 'entry');
      if (!row) return refused(i + 1, 'Entry is not a record.', JSON.stringify(entry) ?? '');
      const problem = readRow(row);
      return problem === null ? { line: i + 1, records: [] } : refused(i + 1, problem, rawOf(row));
    });
    function readRow(row: JsonRecord): string | null {
      const sides = (
        [
          ['call', part(row, 'CE')],
          ['put', part(row, 'PE')],
        ] as const
      ).filter(([, side]) => side !== null);
      if (sides.length === 0) return 'The row has neither call nor put.';
      for (const [type, side] of sides as ['call' | 'put', JsonRecord][]) {
        const underlying = textOf(side, 'underlying');
        if (!NSE_SYMBOL.test(underlying)) return `underlying is not a symbol: "${underlying.slice(0, 40)}".`;
        const expiry = readBelievableDate(
          expiryIn(row, side),
          'expiryDate',
          latestExpiryFrom(today) as typeof today,
        );
        if ('reason' in expiry) return expiry.reason;
        const spot = number(records, 'underlyingValue') ?? number(side, 'underlyingValue');
        const problem = chains.add({
          underlying,
          asOf,
          knownAt: asOf,
          spot: spot !== null && spot > 0 ? spot : null,
          spotPreviousClose: number(part(records, 'index') ?? {}, 'previousClose'),
          expiry: expiry.date,
          strike: number(row, 'strikePrice') ?? Number.NaN,
          type,
          lotSize: lots.get(expiryIn(row, side)) ?? null,
          quote: quoteOf(side),
        });
        if (problem !== null) return problem;
      }
      return null;
    }
    yield rows;
    yield [{ line: entries.length, records: chains.records() }];
  },
};
