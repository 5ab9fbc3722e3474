/** Bars as columns, oldest first. All columns have the same length and hold finite numbers. */
export interface BarColumns { open: Float64Array; high: Float64Array; low: Float64Array; close: Float64Array; volume: Float64Array }

/** A series of `length` warm-up values: an indicator writes `NaN` where it has too little history. */
export const warmUpSeries = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

/** @throws RangeError when `period` is not a whole number of at least `least`. */
export function requirePeriod(period: number, least = 1): void {
  if (!Number.isInteger(period) || period < least) throw new RangeError(`period must be a whole number of at least ${least}, not ${period}`);
}

/** @throws RangeError when the columns differ in length or hold NaN or an infinity: a gap would spread silently through every later value. */
export function requireFinite(...columns: Float64Array[]): void {
  const length = columns[0]?.length ?? 0;
  for (const column of columns) {
    if (column.length !== length) throw new RangeError(`columns differ in length: ${column.length} and ${length}`);
    // x − x is 0 for every finite x and NaN otherwise, so one sum tells for the whole column.
    let zero = 0;
    for (let i = 0; i < column.length; i++) { const x = column[i]!; zero += x - x; }
    if (zero !== 0) throw new RangeError(`not a finite number at ${column.findIndex((x) => !Number.isFinite(x))}`);
  }
}

/** Running sums are rebuilt from the window after this many bars, so that rounding never builds up. */
export const rebuildEvery = (period: number): number => Math.max(512, 8 * period);
