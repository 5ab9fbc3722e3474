import type { SymbolName, SymbolRecord } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import { SYMBOL_RENAMES } from './symbol-renames.ts';

/** Names that one company gave up and another may bear now: older prices under them are not the new bearer's. */
const passedOn: ReadonlySet<SymbolName> = new Set(SYMBOL_RENAMES.map(({ former }) => former));

/**
 * Records that count from the first price on where that is before the day of listing: a share may be permitted to trade for years before
 * the exchange lists it (NESTLEIND was, until August 2023). `firsts`: the first day with a price, by symbol.
 */
export const sinceFirstTrade = (records: readonly SymbolRecord[], firsts: ReadonlyMap<SymbolName, TradingDate>): SymbolRecord[] =>
  records.map((record) => {
    const first = firsts.get(record.symbol);
    return first === undefined || record.listedOn === undefined || first >= record.listedOn || passedOn.has(record.symbol) ? record : { ...record, listedOn: first };
  });
