import type { SymbolName, SymbolRecord } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import { groupCompanies } from './companies.ts';
import { linkText, type LinkedText } from './link-text.ts';
import { indexNames } from './name-index.ts';
import { resolveName, type Resolution } from './resolve-name.ts';

export interface SymbolLinker {
  /** The companies a text speaks of; what is not certain is listed, never guessed. */
  link(text: string): LinkedText;
  /** The one symbol that a name given on its own means, or the candidates, or look-alikes. */
  resolve(name: string): Resolution;
  /** When the share was listed, where a list says so. */
  listedOn(symbol: SymbolName): TradingDate | undefined;
}

/**
 * Links names to symbols. `asOf` gives the symbols of that day (`Zomato` is ZOMATO before April 2025, ETERNAL after);
 * without it the latest ones. Pure: the same symbols and text give the same answer.
 *
 * @example createSymbolLinker(symbols).resolve('tata consultancy') // { kind: 'one', symbol: 'TCS' }
 */
export function createSymbolLinker(symbols: readonly SymbolRecord[], { asOf }: { asOf?: TradingDate } = {}): SymbolLinker {
  const index = indexNames(groupCompanies(symbols, asOf));
  const listed = new Map(symbols.flatMap(({ symbol, listedOn }) => (listedOn ? [[symbol, listedOn] as const] : [])));
  return { link: (text) => linkText(index, text), resolve: (name) => resolveName(index, name), listedOn: (symbol) => listed.get(symbol) };
}
