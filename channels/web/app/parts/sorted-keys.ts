type Cell = string | number | null;
export interface Order {
  column: string;
  descending: boolean;
}
const compare = (a: Cell, b: Cell): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a ?? '').localeCompare(String(b ?? ''), 'en', { numeric: true });

/** Row keys in the order asked for; what is not known comes last either way, equals stay as they came. */
export function sortedKeys(rows: readonly { key: string; cell: Cell }[], descending: boolean): string[] {
  return rows
    .map((row, index) => ({ ...row, index }))
    .sort((a, b) => {
      if (a.cell === null || b.cell === null) return a.cell === b.cell ? a.index - b.index : a.cell === null ? 1 : -1;
      return (descending ? compare(b.cell, a.cell) : compare(a.cell, b.cell)) || a.index - b.index;
    })
    .map(({ key }) => key);
}
/** While a pointer is over the rows they keep their places: who left goes, who is new stands at the end. */
export function heldKeys(before: readonly string[], now: readonly string[]): string[] {
  const there = new Set(now);
  const kept = before.filter((key) => there.has(key));
  const known = new Set(kept);
  return [...kept, ...now.filter((key) => !known.has(key))];
}
