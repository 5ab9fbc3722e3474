type Side<Row> = { call: Row | null; put: Row | null };
/** Calls and puts of a chain by strike, ascending; `near` picks those about a price. */
export function byStrike<Row extends { strike: number; type: 'call' | 'put' }>(rows: readonly Row[], input: { near: number | null; count: number }): ({ strike: number } & Side<Row>)[] {
  const found = new Map<number, Side<Row>>();
  for (const row of rows) {
    const both = found.get(row.strike) ?? { call: null, put: null };
    both[row.type] = row;
    found.set(row.strike, both);
  }
  const all = [...found].map(([strike, both]) => ({ strike, ...both })).sort((a, b) => a.strike - b.strike);
  const { near } = input;
  if (near === null || all.length <= input.count) return all.slice(0, input.count);
  const at = all.findIndex(({ strike }) => strike >= near);
  const middle = at === -1 ? all.length - 1 : at;
  const from = Math.max(0, Math.min(all.length - input.count, middle - Math.floor(input.count / 2)));
  return all.slice(from, from + input.count);
}
/** The strike that is nearest to a price. */
export const nearest = (strikes: readonly number[], price: number | null): number | null =>
  price === null ? null : strikes.reduce<number | null>((best, strike) => (best === null || Math.abs(strike - price) < Math.abs(best - price) ? strike : best), null);
