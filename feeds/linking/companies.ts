import type { SymbolName, SymbolRecord } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import { ALIASES } from './aliases.ts';
import { LAST_SESSIONS, SYMBOL_RENAMES } from './symbol-renames.ts';

/** One company (or index): every symbol it has traded under and every name it goes by. */
export interface Company {
  /** The symbol to use on the linker's day. */
  symbol: SymbolName;
  symbols: SymbolName[];
  /** Registered names, present and former. */
  names: string[];
  /** Names that people use, from the curated table. */
  aliases: string[];
}

/**
 * Groups symbol records into companies: a rename and a shared ISIN join them. `asOf` picks the symbol that the share
 * traded under that day; without it the latest one counts.
 */
export function groupCompanies(all: readonly SymbolRecord[], asOf?: TradingDate): Company[] {
  const records = all.filter(({ symbol, listedOn }) => {
    const last = LAST_SESSIONS[symbol];
    if (asOf && listedOn && listedOn > asOf) return false;
    return last === undefined || (asOf !== undefined && asOf <= last);
  });
  const bySymbol = new Map(records.map((record) => [record.symbol, record]));
  const parent = new Map<SymbolName, SymbolName>();
  const root = (symbol: SymbolName): SymbolName => {
    const up = parent.get(symbol);
    return up === undefined || up === symbol ? symbol : root(up);
  };
  const join = (a: SymbolName, b: SymbolName): void => { parent.set(root(a), root(b)); };
  for (const { former, current } of SYMBOL_RENAMES) if (bySymbol.has(former) || bySymbol.has(current)) join(former, current);
  const byIsin = new Map<string, SymbolName>();
  for (const { isin, symbol } of records) {
    if (!isin) continue;
    const other = byIsin.get(isin);
    if (other) join(symbol, other);
    byIsin.set(isin, symbol);
  }

  const groups = new Map<SymbolName, SymbolRecord[]>();
  for (const record of records) {
    const key = root(record.symbol);
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  return [...groups.entries()].map(([key, members]) => {
    const renames = SYMBOL_RENAMES.filter(({ former }) => root(former) === key);
    const symbols = [...new Set([...members.map(({ symbol }) => symbol), ...renames.flatMap(({ former, current }) => [former, current])])];
    return {
      symbol: symbolOn(members, renames, asOf), symbols,
      names: [...new Set(members.flatMap(({ name, aliases }) => [name, ...aliases]))],
      aliases: symbols.flatMap((symbol) => ALIASES[symbol] ?? []),
    };
  });
}

/** The symbol of the day; only symbols that a record exists for are used. */
function symbolOn(members: readonly SymbolRecord[], renames: readonly { former: SymbolName; current: SymbolName; from: TradingDate | null }[], asOf?: TradingDate): SymbolName {
  const known = new Set(members.map(({ symbol }) => symbol));
  const dated = renames.filter(({ from }) => from !== null).sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  if (asOf) {
    const ahead = dated.find(({ from }) => from !== null && asOf < from);
    if (ahead && known.has(ahead.former)) return ahead.former;
  }
  const latest = dated.at(-1)?.current;
  if (latest && known.has(latest)) return latest;
  // The exchange's own list gives the listing day; symbols from older lists have none.
  return (members.find(({ listedOn }) => listedOn !== undefined) ?? members.at(-1) ?? members[0])?.symbol ?? '';
}
