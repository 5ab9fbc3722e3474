import type { SymbolRecord } from '../desk/market/types.ts';
import { dateIn, type Instant, type TradingDate, type Zone } from '../desk/time.ts';

/** The symbols with the sectors of a moment; of null, those that lists named last. */
export type SymbolsAsOf = (asOf: Instant | null) => ReadonlyMap<string, SymbolRecord>;
const KEPT_DAYS = 4;

/**
 * Lists move companies from one sector to another over the years, and a list that comes in later must not change what was known
 * before it. So a symbol that dated lists name has the sector of the last one that was in force and known on the day; before the
 * first of them it has none. A symbol that no dated list names keeps the sector of its own record. Lists hold from a midnight on, so
 * one map serves a day.
 */
export function createSymbolsAsOf({ records, sectors, zone }: { records: readonly SymbolRecord[]; sectors: ReadonlyMap<string, readonly { from: TradingDate; knownAt: Instant; sector: string }[]>; zone: Zone }): SymbolsAsOf {
  const days = new Map<string, ReadonlyMap<string, SymbolRecord>>();
  return (asOf) => {
    const date = asOf === null ? null : dateIn(asOf, zone);
    const kept = days.get(date ?? '');
    if (kept) return kept;
    const made = new Map(records.map((record) => {
      const told = sectors.get(record.symbol);
      if (told === undefined) return [record.symbol, record];
      const inForce = told.findLast(({ from, knownAt }) => date === null || (from <= date && dateIn(knownAt, zone) <= date));
      const { sector: _first, ...rest } = record;
      return [record.symbol, inForce ? { ...rest, sector: inForce.sector } : rest];
    }));
    days.set(date ?? '', made);
    for (const oldest of days.keys()) if (days.size > KEPT_DAYS) days.delete(oldest);
    return made;
  };
}
