import type { ChainStrike, OptionQuote } from '../../desk/options/chain.ts';
import { type ChainSnapshot, analyseSnapshot, comparableVolatility, pricedContracts } from '../../desk/options/stored-chain.ts';
import type { OptionType } from '../../desk/options/terms.ts';
import type { Exchange } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';
import { indexNamed } from './indices.ts';

export interface ToldContract {
  underlying: string;
  asOf: Instant;
  knownAt: Instant;
  spot: number | null;
  spotPreviousClose?: number | null;
  expiry: TradingDate;
  strike: number;
  type: OptionType;
  lotSize: number | null;
  quote: OptionQuote;
}

interface Collected {
  first: ToldContract;
  knownAt: Instant;
  expiries: Map<TradingDate, { lotSize: number | null; strikes: Map<number, { call: OptionQuote | null; put: OptionQuote | null }> }>;
}

/** Gathers the contracts of a file into chains: one for each underlying and moment, since a forward needs all its strikes at once. */
export function createChainCollector(kind: {
  source: string;
  exchange: Exchange;
  pricedFrom: ChainSnapshot['pricedFrom'];
  openInterestUnit: ChainSnapshot['openInterestUnit'];
}) {
  const chains = new Map<string, Collected>();
  return {
    /** Takes one contract, or says in a sentence why not. */
    add(told: ToldContract): string | null {
      const { strike, quote } = told;
      if (!(strike > 0)) return `The strike is not above zero: ${strike}.`;
      for (const [name, value] of Object.entries(quote)) {
        if (typeof value === 'number' && name !== 'openInterestChange' && !(value >= 0 && Number.isFinite(value)))
          return `The ${name} is not a number from zero up: ${value}.`;
      }
      const key = `${told.underlying}|${told.asOf}`;
      let chain = chains.get(key);
      if (!chain) chains.set(key, (chain = { first: told, knownAt: told.knownAt, expiries: new Map() }));
      let expiry = chain.expiries.get(told.expiry);
      if (!expiry) chain.expiries.set(told.expiry, (expiry = { lotSize: told.lotSize, strikes: new Map() }));
      const at = expiry.strikes.get(strike) ?? { call: null, put: null };
      if (at[told.type] !== null) return `The ${strike} ${told.type} of ${told.expiry} was told already in this file.`;
      expiry.strikes.set(strike, { ...at, [told.type]: quote });
      return null;
    },
    records: (): FeedRecord[] =>
      [...chains.values()].flatMap(({ first, knownAt, expiries }): FeedRecord[] => {
        const snapshot: ChainSnapshot = {
          underlying: first.underlying,
          exchange: kind.exchange,
          asOf: first.asOf,
          spot: first.spot,
          ...(first.spotPreviousClose == null ? {} : { spotPreviousClose: first.spotPreviousClose }),
          pricedFrom: kind.pricedFrom,
          openInterestUnit: kind.openInterestUnit,
          expiries: [...expiries]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([expiry, { lotSize, strikes }]) => ({
              expiry,
              lotSize,
              strikes: [...strikes].sort(([a], [b]) => a - b).map(([strike, sides]): ChainStrike => ({ strike, ...sides })),
            })),
        };
        const index = indexNamed(first.underlying);
        // No list names the indices: their first chain brings the symbol along.
        return [
          chainRecord(snapshot, { knownAt, source: kind.source }),
          ...(index ? [{ type: 'symbol' as const, symbol: index, knownAt, source: kind.source }] : []),
        ];
      }),
  };
}

/** A chain with all that its own prices imply, as it is stored. */
export function chainRecord(snapshot: ChainSnapshot, { knownAt, source }: { knownAt: Instant; source: string }): FeedRecord {
  const analysis = analyseSnapshot(snapshot);
  return {
    type: 'option_chain',
    snapshot,
    contracts: pricedContracts(snapshot, analysis),
    comparableVolatility: comparableVolatility(analysis),
    knownAt,
    source,
  };
}
