import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { SymbolResolver } from '../../../agents/grammar/symbols.ts';
import type { SymbolRecord } from '../../../desk/market/types.ts';
import { decimal } from '../../../desk/decimal.ts';
import { createSymbolLinker } from '../../../feeds/linking/link-symbols.ts';

const file = new URL('../../../../shared/data/05_symbol_master/EQUITY_L.csv.gz', import.meta.url);
export const wholeMarketIsThere = existsSync(file);

/** Every symbol that NSE lists, and two indices. */
export function wholeMarket(): SymbolResolver {
  const listed = gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(1).map((line) => line.split(','))
    // The list is from after the demerger; the paraphrases speak of the company before it.
    .filter(([symbol]) => symbol !== 'TMPV').map(([symbol, name]) => [symbol === 'TMCV' ? 'TATAMOTORS' : symbol, name]);
  const records: SymbolRecord[] = [...listed, ['NIFTY', 'Nifty 50'], ['BANKNIFTY', 'Nifty Bank']]
    .map(([symbol = '', name = '']) => ({ symbol, name, exchange: 'NSE', kind: name.startsWith('Nifty') ? 'INDEX' : 'EQUITY', lotSize: 1, tickSize: decimal('0.05'), aliases: [] }));
  const names = new Map(records.map(({ symbol, name }) => [symbol, name]));
  const named = (symbol: string) => ({ symbol, name: names.get(symbol) ?? symbol });
  const linker = createSymbolLinker(records);
  return {
    resolve(name) {
      const found = linker.resolve(name);
      if (found.kind === 'one') return { kind: 'one', ...named(found.symbol) };
      return found.kind === 'ambiguous' ? { kind: 'ambiguous', candidates: found.candidates.map(named) } : { kind: 'unknown', near: found.near.map(named) };
    },
  };
}
