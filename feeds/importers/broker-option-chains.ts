import type { OptionQuote } from '../../desk/options/chain.ts';
import { type Instant, instant } from '../../desk/time.ts';
import { createChainCollector } from './chain-collector.ts';
import { type LoadingImporter, type ParsedRow, type Sniff, refused } from './define.ts';
import { indexNamed } from './indices.ts';
import { type JsonRecord, rawOf, textOf } from './json-records.ts';
import { latestExpiryFrom, undatedMoment } from './nse-option-chain.ts';
import { readBelievableDate } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

const number = (record: JsonRecord | null, key: string): number | null => (typeof record?.[key] === 'number' ? record[key] : null);
const part = (record: JsonRecord | null, key: string): JsonRecord | null => {
  const value = record?.[key];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonRecord) : null;
};
const document = (head: Sniff): JsonRecord => (head.json?.root === 'object' ? (head.json.document as JsonRecord) : {});

/**
 * Upstox, `GET /v2/option/chain`: one expiry, open interest in units of the underlying. The answer carries no time of its own: it counts
 * from the close of the day in its name, else from the day of the import, and its source says so.
 */
export const upstoxOptionChain: LoadingImporter = {
  kind: 'upstox_option_chain',
  loads: true,
  recognise: (head) => head.json?.recordKeys.includes('strike_price') === true && head.json.recordKeys.includes('underlying_key'),
  async *rows(_source, head, { today }) {
    const { at: asOf, source } = undatedMoment(head.name, 'upstox-option-chain', today);
    const chains = createChainCollector({ source, exchange: 'NSE', pricedFrom: 'QUOTES', openInterestUnit: 'SHARES' });
    const entries = (document(head).data ?? []) as JsonRecord[];
    const read = (row: JsonRecord): string | null => {
      const named = textOf(row, 'underlying_key').split('|').at(-1) ?? '';
      const underlying = indexNamed(named)?.symbol ?? named;
      if (!NSE_SYMBOL.test(underlying)) return `underlying_key names no symbol: "${named.slice(0, 40)}".`;
      const expiry = readBelievableDate(textOf(row, 'expiry'), 'expiry', latestExpiryFrom(today) as typeof today);
      if ('reason' in expiry) return expiry.reason;
      const sides = (
        [
          ['call', part(row, 'call_options')],
          ['put', part(row, 'put_options')],
        ] as const
      ).filter(([, side]) => side !== null);
      if (sides.length === 0) return 'The row has neither call nor put.';
      for (const [type, side] of sides) {
        const market = part(side, 'market_data');
        const [openInterest, before] = [number(market, 'oi'), number(market, 'prev_oi')];
        const quote: OptionQuote = {
          bid: number(market, 'bid_price'),
          ask: number(market, 'ask_price'),
          last: number(market, 'ltp'),
          at: null,
          volume: number(market, 'volume'),
          openInterest,
          openInterestChange: openInterest === null || before === null ? null : openInterest - before,
          bidSize: number(market, 'bid_qty'),
          askSize: number(market, 'ask_qty'),
        };
        const problem = chains.add({
          underlying,
          asOf,
          knownAt: asOf,
          spot: number(row, 'underlying_spot_price'),
          expiry: expiry.date,
          strike: number(row, 'strike_price') ?? Number.NaN,
          type,
          lotSize: null,
          quote,
        });
        if (problem !== null) return problem;
      }
      return null;
    };
    yield entries.map((row, i): ParsedRow => {
      const problem = read(row);
      return problem === null ? { line: i + 1, records: [] } : refused(i + 1, problem, rawOf(row));
    });
    yield [{ line: entries.length, records: chains.records() }];
  },
};

const OCC = /^([A-Z]{1,6})(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/;
const inUnits = (contracts: number | null): number | null => (contracts === null ? null : contracts * 100);
const momentOf = (text: string): Instant | null => (Number.isNaN(Date.parse(text)) ? null : instant(text));

/** Alpaca, `GET /v1beta1/options/snapshots/{underlying}`: contracts by their OCC names, each quote with its time. The chain is as of the latest of these. */
export const alpacaOptionChain: LoadingImporter = {
  kind: 'alpaca_option_chain',
  loads: true,
  recognise: (head) => Object.keys(part(document(head), 'snapshots') ?? {}).some((key) => OCC.test(key)),
  async *rows(_source, head) {
    const entries = Object.entries(part(document(head), 'snapshots') ?? {}) as [string, JsonRecord][];
    const times = entries.map(([, row]) => momentOf(textOf(part(row, 'latestQuote') ?? {}, 't'))).filter((time) => time !== null);
    const asOf = times.reduce<Instant | null>((latest, time) => (latest === null || time > latest ? time : latest), null);
    const chains = createChainCollector({
      source: 'alpaca-option-chain',
      exchange: 'US',
      pricedFrom: 'QUOTES',
      openInterestUnit: 'CONTRACTS',
    });
    const read = (name: string, row: JsonRecord): string | null => {
      const match = OCC.exec(name);
      if (!match) return `Not the name of a contract: "${name.slice(0, 40)}".`;
      if (asOf === null) return 'No quote of the chain carries a time.';
      const [, underlying, year, month, day, right, strike] = match as unknown as [string, string, string, string, string, string, string];
      const expiry = readBelievableDate(`20${year}-${month}-${day}`, 'expiry', '2099-12-31' as Parameters<typeof readBelievableDate>[2]);
      if ('reason' in expiry) return expiry.reason;
      const [quoted, trade, daily] = [part(row, 'latestQuote'), part(row, 'latestTrade'), part(row, 'dailyBar')];
      return chains.add({
        underlying,
        asOf,
        knownAt: asOf,
        spot: null,
        expiry: expiry.date,
        strike: Number(strike) / 1000,
        type: right === 'C' ? 'call' : 'put',
        lotSize: 100,
        quote: {
          bid: number(quoted, 'bp'),
          ask: number(quoted, 'ap'),
          last: number(trade, 'p'),
          at: momentOf(textOf(quoted ?? {}, 't')),
          volume: number(daily, 'v'),
          openInterest: number(row, 'openInterest'),
          openInterestChange: null,
          // In contracts of a hundred.
          bidSize: inUnits(number(quoted, 'bs')),
          askSize: inUnits(number(quoted, 'as')),
          previousClose: number(part(row, 'prevDailyBar'), 'c'),
        },
      });
    };
    yield entries.map(([name, row], i): ParsedRow => {
      const problem = read(name, row);
      return problem === null ? { line: i + 1, records: [] } : refused(i + 1, problem, `${name}: ${rawOf(row)}`);
    });
    yield [{ line: entries.length, records: chains.records() }];
  },
};
