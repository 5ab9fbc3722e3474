import type { SymbolName } from '../../desk/market/types.ts';
import type { SymbolLinker } from '../linking/link-symbols.ts';

/** Names that a source gives as company names: each becomes a symbol, or stays on the list of the unlinked. */
export function linkNames(names: readonly string[], linker?: SymbolLinker): { symbols: SymbolName[]; unlinkedNames: string[] } {
  const symbols: SymbolName[] = [];
  const unlinkedNames: string[] = [];
  for (const name of names) {
    if (name === '') continue;
    const resolved = linker?.resolve(name);
    if (resolved?.kind === 'one') symbols.push(resolved.symbol);
    else unlinkedNames.push(name);
  }
  return { symbols, unlinkedNames };
}

/** Companies that free text speaks of. */
export function linkText(text: string, linker?: SymbolLinker): { symbols: SymbolName[]; unlinkedNames: string[] } {
  const linked = linker?.link(text);
  return { symbols: linked?.symbols ?? [], unlinkedNames: linked?.unlinked.map(({ name }) => name) ?? [] };
}
