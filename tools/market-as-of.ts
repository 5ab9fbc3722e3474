import type { SymbolRecord } from '../desk/market/types.ts';
import { dateIn, type Instant } from '../desk/time.ts';
import type { MarketView } from './services.ts';

/** The market without the symbols that became known after `asOf`. Its calendar is the exchange's own, which is public ahead. */
export function marketAsOf(market: MarketView, asOf: Instant): MarketView {
  const known = (symbol: string): boolean => { const from = market.symbols().get(symbol)?.knownAt; return from === undefined || from <= asOf; };
  let kept: { of: ReadonlyMap<string, SymbolRecord>; symbols: ReadonlyMap<string, SymbolRecord> } | null = null;
  return {
    get kind() { return market.kind; }, zone: market.zone,
    label: () => market.label(), now: () => market.now(), today: () => market.today(), calendar: () => market.calendar(),
    quote: (symbol) => (known(symbol) ? market.quote(symbol) : null),
    chain: (underlying) => (known(underlying) ? market.chain(underlying) : null), contract: (symbol) => market.contract(symbol),
    symbols() {
      const all = market.symbols();
      if (kept?.of === all) return kept.symbols;
      const symbols = new Map([...all].filter(([symbol]) => known(symbol)));
      kept = { of: all, symbols };
      return symbols;
    },
    resolve(name, on = dateIn(asOf, market.zone)) {
      const found = market.resolve(name, on);
      if (found.kind === 'one') return known(found.symbol) ? found : { kind: 'unknown', near: [] };
      const left = (found.kind === 'ambiguous' ? found.candidates : found.near).filter(({ symbol }) => known(symbol));
      const [only] = left;
      if (found.kind === 'unknown') return { ...found, near: left };
      return left.length === 1 && only ? { kind: 'one', ...only } : left.length === 0 ? { kind: 'unknown', near: [] } : { kind: 'ambiguous', candidates: left };
    },
  };
}
