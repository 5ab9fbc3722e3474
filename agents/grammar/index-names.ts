import type { Resolution, SymbolResolver } from './symbols.ts';
import { wordTable } from '../../desk/market/word-table.ts';

/** What may follow “nifty” and makes it another index, as it is said. */
const kinds = [
  'it', 'auto', 'pharma', 'fmcg', 'metal', 'metals', 'realty', 'media', 'energy', 'infra', 'infrastructure', 'commodities', 'healthcare', 'consumption', 'consumer durables', 'oil and gas', 'oil & gas', 'psu bank', 'psu banks', 'private bank', 'private banks', 'financial services', 'services sector',
  'midcap', 'midcap 50', 'midcap 100', 'midcap 150', 'midcap select', 'smallcap', 'smallcap 50', 'smallcap 100', 'smallcap 250', 'microcap 250', 'largemidcap 250', 'midsmallcap 400', 'next 50', 'total market', 'cpse', 'mnc', 'pse', 'defence', 'alpha 50', 'high beta 50', 'low volatility 50', 'fin service',
].map((name) => ({ name, words: name.split(' ') })).toSorted((a, b) => b.words.length - a.words.length);
const sameAs: Readonly<Record<string, string>> = wordTable({ metals: 'metal', infra: 'infrastructure', 'oil and gas': 'oil & gas', 'psu banks': 'psu bank', 'private banks': 'private bank', 'fin service': 'financial services' });

/**
 * “Nifty IT”, “nifty midcap 100”: an index of its own and never the Nifty, whether its prices are known or not.
 * `it` counts only where it ends the name for certain: “nifty it close”, not “nifty, is it up”.
 */
export function indexNameAt(words: readonly string[], at: number, resolver: SymbolResolver): { resolution: Resolution; length: number } | null {
  if (words[at] !== 'nifty' && words[at] !== 'cnx') return null;
  const found = kinds.find((kind) => kind.words.every((word, k) => words[at + 1 + k] === word));
  if (!found) return null;
  const name = `NIFTY ${(sameAs[found.name] ?? found.name).toUpperCase()}`;
  const resolution = resolver.resolve(name);
  return { resolution: resolution.kind === 'one' && resolution.symbol !== 'NIFTY' ? resolution : { kind: 'one', symbol: name, name }, length: 1 + found.words.length };
}
