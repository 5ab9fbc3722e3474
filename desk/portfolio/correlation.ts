import type { SymbolName } from '../market/types.ts';
import { covariance, deviation } from './moments.ts';

/** Pearson's correlation, −1 to 1; null where a series does not vary. */
export function correlation(a: readonly number[], b: readonly number[]): number | null {
  const together = covariance(a, b);
  const [spreadA, spreadB] = [deviation(a), deviation(b)];
  if (together === null || !spreadA || !spreadB) return null;
  return Math.max(-1, Math.min(1, together / (spreadA * spreadB)));
}

export interface CorrelationMatrix {
  symbols: SymbolName[];
  /** Symmetric, 1 on the diagonal; null where two symbols share fewer than `leastShared` sessions or one does not move. */
  values: (number | null)[][];
}

/** Correlation of daily returns. All series run over the same sessions; null marks a session without a return, which is left out pair by pair. */
export function correlationMatrix(series: readonly { symbol: SymbolName; returns: readonly (number | null)[] }[], leastShared = 20): CorrelationMatrix {
  const values = series.map(() => new Array<number | null>(series.length).fill(null));
  series.forEach((a, i) => {
    values[i]![i] = 1;
    for (let j = i + 1; j < series.length; j++) {
      const b = series[j]!;
      if (a.returns.length !== b.returns.length) throw new RangeError(`${a.symbol} and ${b.symbol} run over different sessions`);
      const [left, right]: [number[], number[]] = [[], []];
      a.returns.forEach((x, k) => {
        const y = b.returns[k]!;
        if (x !== null && y !== null) { left.push(x); right.push(y); }
      });
      const shared = left.length < leastShared ? null : correlation(left, right);
      values[i]![j] = shared;
      values[j]![i] = shared;
    }
  });
  return { symbols: series.map(({ symbol }) => symbol), values };
}
