import type { Decimal } from '../../desk/decimal.ts';
import type { Quote, SymbolName } from '../../desk/market/types.ts';
import type { OptionQuote } from '../../desk/options/chain.ts';
import { type Contract, type ListedContract, readContract } from '../../desk/options/contract-symbol.ts';
import { markQuote } from '../../desk/options/quote-marks.ts';
import { type ChainSnapshot, staleAfterMs } from '../../desk/options/stored-chain.ts';
import { epochMs, type TradingDate } from '../../desk/time.ts';
import type { ContractSizes, KnownChain } from './replay-history.ts';

/** Options of one date of a replay, as the stored chains tell them at a moment of it. */
export interface StoredOptions {
  /** Moments at which a chain becomes known. */
  readonly stops: readonly number[];
  quote(symbol: SymbolName, atMs: number): Quote | null;
  contract(symbol: SymbolName, atMs: number): ListedContract | null;
  /** What the latest chain printed as the price of its underlying; null where none did. */
  spot(underlying: SymbolName, atMs: number): Pick<ChainSnapshot, 'spot' | 'spotPreviousClose' | 'asOf'> | null;
}

/** A closing price is quoted this far on either side of it, at least a tick: closes carry no spread. */
const HALF_SPREAD_OF_CLOSE = 0.005;
/** Size at the top where the source tells none: this share of the day's volume, as for shares (`modelled-spread.ts`), at least one lot. */
const SIZE_SHARE = 1 / 1500;

/** The later one; of one moment that with bids and offers, as the store takes it (`chainKnown`). */
const beats = (a: KnownChain, b: KnownChain): boolean =>
  a.snapshot.asOf !== b.snapshot.asOf ? a.snapshot.asOf > b.snapshot.asOf : a.snapshot.pricedFrom !== b.snapshot.pricedFrom ? a.snapshot.pricedFrom > b.snapshot.pricedFrom : a.source < b.source;

/** @param chains of one date and the latest before it, in any order. @param sizes where a chain does not say its lots. */
export function storedOptions({ date, chains, sizes }: { date: TradingDate; chains: readonly KnownChain[]; sizes: ReadonlyMap<SymbolName, ContractSizes> }): StoredOptions {
  const byUnderlying = Map.groupBy(chains, ({ snapshot }) => snapshot.underlying);
  const latest = (underlying: SymbolName, atMs: number): KnownChain | null => {
    let found: KnownChain | null = null;
    for (const chain of byUnderlying.get(underlying) ?? []) if (epochMs(chain.knownAt) <= atMs && (found === null || beats(chain, found))) found = chain;
    return found;
  };
  /** The contract's row in the latest chain, on a day on which it still lives. */
  const rowOf = (symbol: SymbolName, atMs: number): { contract: Contract; snapshot: ChainSnapshot; quote: OptionQuote; listed: ListedContract | null } | null => {
    const contract = readContract(symbol);
    const snapshot = contract && contract.expiry >= date ? latest(contract.underlying, atMs)?.snapshot : undefined;
    const expiry = snapshot?.expiries.find((each) => each.expiry === contract?.expiry);
    const quote = expiry?.strikes.find(({ strike }) => strike === contract?.strike)?.[contract?.type ?? 'call'];
    if (!contract || !snapshot || !expiry || !quote) return null;
    const size = sizes.get(contract.underlying);
    const lotSize = expiry.lotSize ?? size?.lotSize ?? null;
    const listed = lotSize === null ? null : {
      exchange: snapshot.exchange, lotSize, tickSize: (snapshot.exchange === 'US' ? '0.01' : '0.05') as Decimal,
      freezeQuantity: size?.freezeQuantity ?? null, settles: size?.settles ?? 'PHYSICAL' as const,
    };
    return { contract, snapshot, quote, listed };
  };

  return {
    stops: chains.map(({ knownAt }) => epochMs(knownAt)),
    contract: (symbol, atMs) => rowOf(symbol, atMs)?.listed ?? null,
    quote(symbol, atMs) {
      const row = rowOf(symbol, atMs);
      return row ? quoteOf(symbol, row) : null;
    },
    spot: (underlying, atMs) => latest(underlying, atMs)?.snapshot ?? null,
  };
}

const toTick = (price: number, tick: number, way: 'up' | 'down'): number => Math.round((way === 'up' ? Math.ceil(price / tick - 1e-9) : Math.floor(price / tick + 1e-9)) * tick * 100) / 100;

function quoteOf(symbol: SymbolName, { snapshot, quote, listed }: { snapshot: ChainSnapshot; quote: OptionQuote; listed: ListedContract | null }): Quote | null {
  const { asOf, pricedFrom } = snapshot;
  const closes = pricedFrom === 'CLOSES';
  const tick = Number(listed?.tickSize ?? 0.05);
  const { marks } = markQuote(quote, { asOf, staleAfterMs, pricedFrom });
  if (closes && marks.length > 0) return null;
  const close = quote.last ?? 0;
  const half = Math.max(tick, close * HALF_SPREAD_OF_CLOSE);
  const bid = closes ? Math.max(tick, toTick(close - half, tick, 'down')) : (quote.bid ?? 0);
  const ask = closes ? toTick(close + half, tick, 'up') : (quote.ask ?? 0);
  const price = lastOf({ last: quote.last, bid, ask });
  if (price === null) return null;
  const lotSize = listed?.lotSize ?? 1;
  const units = Math.max(0, quote.volume ?? 0) * lotSize;
  const modelled = Math.max(lotSize, Math.floor((units * SIZE_SHARE) / lotSize) * lotSize);
  return {
    symbol, at: quote.at !== null && quote.at < asOf ? quote.at : asOf, ...price, bid, ask,
    bidSize: bid > 0 ? (quote.bidSize ?? modelled) : 0, askSize: ask > 0 ? (quote.askSize ?? modelled) : 0,
    volume: units, open: null, high: null, low: null, previousClose: quote.previousClose != null && quote.previousClose > 0 ? quote.previousClose : null, spreadFrom: closes ? 'close' : 'snapshot',
  };
}

/** The last trade; where the chain tells none, what is quoted, and as that. Null where there is nothing. */
function lastOf({ last, bid, ask }: { last: number | null; bid: number; ask: number }): Pick<Quote, 'last' | 'lastFrom'> | null {
  if (last !== null && last > 0) return { last };
  if (bid > 0 && ask > 0) return { last: (bid + ask) / 2, lastFrom: 'middle' };
  return bid > 0 ? { last: bid, lastFrom: 'bid' } : ask > 0 ? { last: ask, lastFrom: 'ask' } : null;
}
