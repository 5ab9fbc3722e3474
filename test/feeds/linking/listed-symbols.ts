import type { SymbolRecord } from '../../../desk/market/types.ts';
import { imported, sharedFile } from '../importers/shared-files.ts';
import { createMemorySink } from '../importers/memory-sink.ts';

/** The symbols of the real lists and indices, as an import puts them together. */
export async function listedSymbols(): Promise<SymbolRecord[]> {
  const sink = createMemorySink();
  await imported(sharedFile('05_symbol_master'), sink);
  await imported(sharedFile('02_index_daily'), sink);
  return sink.all('symbol').map(({ symbol }) => symbol);
}
