import { type ToolContext, ToolError } from './define.ts';
import { sectorNamed } from './sector-names.ts';

/** Tells a sector's or industry's members; nobody's sector is an error that lists what there is. */
export function membersOf(context: ToolContext, said: string): { label: string; has: (symbol: string) => boolean } {
  const records = [...context.services.market.symbols().values()];
  const found = sectorNamed(said, records);
  if (found) return { label: found.label, has: (symbol) => found.symbols.has(symbol) };
  const sectors = [...new Set(records.flatMap((record) => (record.sector ? [record.sector] : [])))].sort();
  throw new ToolError('NO_SUCH_SECTOR', sectors.length > 0 ? `I know no sector “${said}”. Sectors: ${sectors.join(', ')}.` : 'no source names the sector of any symbol', 'sector');
}
