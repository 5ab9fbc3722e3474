/** The deepest fall of an equity curve. Indices count periods: 0 is the start, i is after i returns. */
export interface Drawdown {
  /** Fraction, zero or negative. */
  depth: number;
  peak: number; trough: number;
  /** When the peak was reached again; null while it has not been. */
  recovery: number | null;
}

/** Drawdown of a curve that starts at 1 before the first return. Values are fractions of one period. */
export function maxDrawdown(returns: readonly number[]): Drawdown {
  const deepest: Drawdown = { depth: 0, peak: 0, trough: 0, recovery: 0 };
  let equity = 1;
  let high = 1;
  let highAt = 0;
  let deepestHigh = 1;
  returns.forEach((value, i) => {
    equity *= 1 + value;
    if (deepest.recovery === null && equity >= deepestHigh) deepest.recovery = i + 1;
    if (equity > high) { high = equity; highAt = i + 1; return; }
    const depth = equity / high - 1;
    if (depth < deepest.depth) {
      Object.assign(deepest, { depth, peak: highAt, trough: i + 1, recovery: null });
      deepestHigh = high;
    }
  });
  return deepest;
}

/** How far below its high the curve stands after each return: fractions, zero at a high. The first is the start. */
export function belowHigh(returns: readonly number[]): number[] {
  let [equity, high] = [1, 1];
  return [0, ...returns.map((value) => {
    equity *= 1 + value;
    high = Math.max(high, equity);
    return equity / high - 1;
  })];
}
