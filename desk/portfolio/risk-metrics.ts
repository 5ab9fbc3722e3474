import { maxDrawdown } from './drawdown.ts';
import { covariance, deviation, mean } from './moments.ts';
import { type ValueAtRisk, expectedShortfall, valueAtRisk } from './value-at-risk.ts';

export interface RiskMetrics {
  observations: number;
  totalReturn: number | null;
  /** Compound growth a year. */
  annualReturn: number | null;
  /** Standard deviation a year. */
  volatility: number | null;
  sharpe: number | null; sortino: number | null; calmar: number | null;
  /** Zero or negative. */
  maxDrawdown: number | null;
  beta: number | null;
  /** Compound, a year. */
  alpha: number | null;
  var: ValueAtRisk;
  expectedShortfall: number | null;
  /** Share of periods with a return above zero, 0–1. */
  winRate: number | null;
}

/** A period's return beyond this is an error in the data. */
const LARGEST_RETURN = 1e9;

/**
 * Risk and performance of periodic returns (fractions of one period; fractions come back, nothing is in percent).
 *
 * Definitions are those of empyrical (github.com/quantopian/empyrical, `stats.py`), to which the reference values agree:
 * - deviations with n − 1; a year has `periodsPerYear` periods; the risk-free rate is spread evenly over them;
 * - Sharpe = mean excess / deviation × √periods; Sortino = mean excess / downside × √periods, where downside is the root of the
 *   mean over ALL periods of min(excess, 0)²;
 * - drawdown from an equity of 1 before the first return; Calmar = annual return / |drawdown|;
 * - beta = cov(excess, benchmark excess) / var(benchmark excess); alpha = (1 + mean(excess − beta × benchmark excess))^periods − 1;
 * - value at risk and expected shortfall of one period as positive losses, see `value-at-risk.ts`.
 * Null: too few returns, no benchmark, or a divisor of zero. A ratio is never infinite.
 * @throws RangeError for a return below −1 (all is lost) or no number, series of different length, or parameters out of range.
 */
export function riskMetrics({ returns, benchmark, periodsPerYear = 252, confidence = 0.95, riskFreeRate = 0 }: {
  returns: readonly number[]; benchmark?: readonly number[]; periodsPerYear?: number; confidence?: number; riskFreeRate?: number;
}): RiskMetrics {
  for (const series of [returns, benchmark ?? []]) {
    const wrong = series.findIndex((value) => !(value >= -1 && value <= LARGEST_RETURN));
    if (wrong >= 0) throw new RangeError(`not a return at ${wrong}: ${series[wrong]}`);
  }
  if (!(periodsPerYear > 0 && periodsPerYear < Number.POSITIVE_INFINITY)) throw new RangeError(`periods a year: ${periodsPerYear}`);
  const observations = returns.length;
  const freeRate = riskFreeRate / periodsPerYear;
  const excess = returns.map((value) => value - freeRate);
  const root = Math.sqrt(periodsPerYear);
  const spread = deviation(returns);
  const downside = observations === 0 ? null : Math.sqrt(excess.reduce((sum, value) => sum + Math.min(value, 0) ** 2, 0) / observations);
  const growth = returns.reduce((product, value) => product * (1 + value), 1);
  const annualReturn = observations === 0 ? null : finite(growth ** (periodsPerYear / observations) - 1);
  const depth = observations === 0 ? null : maxDrawdown(returns).depth;
  return {
    observations,
    totalReturn: observations === 0 ? null : finite(growth - 1),
    annualReturn,
    volatility: spread === null ? null : spread * root,
    sharpe: spread ? (mean(excess) / spread) * root : null,
    sortino: downside && observations > 1 ? (mean(excess) / downside) * root : null,
    calmar: annualReturn !== null && depth ? annualReturn / Math.abs(depth) : null,
    maxDrawdown: depth,
    ...againstBenchmark({ excess, benchmark: benchmark?.map((value) => value - freeRate), periodsPerYear }),
    var: valueAtRisk(returns, confidence),
    expectedShortfall: expectedShortfall(returns, confidence),
    winRate: observations === 0 ? null : returns.filter((value) => value > 0).length / observations,
  };
}

function againstBenchmark({ excess, benchmark, periodsPerYear }: { excess: readonly number[]; benchmark: readonly number[] | undefined; periodsPerYear: number }): Pick<RiskMetrics, 'beta' | 'alpha'> {
  if (!benchmark) return { beta: null, alpha: null };
  const together = covariance(excess, benchmark);
  const spread = deviation(benchmark);
  if (together === null || !spread) return { beta: null, alpha: null };
  const beta = together / spread ** 2;
  const alphaOfPeriod = mean(excess) - beta * mean(benchmark);
  // A loss of more than everything cannot be compounded.
  return { beta, alpha: alphaOfPeriod < -1 ? null : finite((1 + alphaOfPeriod) ** periodsPerYear - 1) };
}

/** Compounding a few huge returns overflows; then nothing sensible can be said. */
const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/**
 * Returns from one equity value to the next.
 * @throws RangeError when a value is not positive: a return on nothing has no meaning.
 */
export function returnsOfEquity(equity: readonly number[]): number[] {
  equity.forEach((value, i) => { if (!(value > 0 && value < Number.POSITIVE_INFINITY)) throw new RangeError(`equity must be positive, not ${value} at ${i}`); });
  return equity.slice(1).map((value, i) => value / equity[i]! - 1);
}
