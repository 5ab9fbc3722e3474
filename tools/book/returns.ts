import { z } from 'zod';
import { belowHigh, maxDrawdown } from '../../desk/portfolio/drawdown.ts';
import { moneyWeightedReturn } from '../../desk/portfolio/money-weighted.ts';
import { riskMetrics } from '../../desk/portfolio/risk-metrics.ts';
import { timeWeightedReturn } from '../../desk/portfolio/time-weighted.ts';
import type { TradingDate } from '../../desk/time.ts';
import { type DayEnd, knownDays } from './day-ends.ts';

/** The index that people measure against. */
export const benchmarkSymbol = 'NIFTY';
/** Fewer daily returns than this say nothing about risk. */
export const fewestReturns = 20;

const Figure = z.number().nullable();
/** Percentages are numbers like 1.5; ratios plain. `reason` says why figures are null. */
export const Returns = z.object({
  timeWeightedPercent: Figure, moneyWeightedPercent: Figure.describe('over the whole period'),
  moneyWeightedAnnualPercent: Figure.describe('a year; only from a year on'),
  benchmark: z.object({ symbol: z.string(), name: z.string(), percent: Figure }),
  /** The deepest fall from a high, zero or negative; `date`: its lowest day. */
  drawdown: z.object({ percent: z.number(), from: z.string(), date: z.string() }).nullable(),
  underwater: z.array(z.object({ date: z.string(), percent: z.number() })).describe('by day, how far below its high the return stood; zero or negative'),
  sharpe: Figure, sortino: Figure, calmar: Figure, volatilityPercent: Figure, beta: Figure, alphaPercent: Figure,
  days: z.int(), reasons: z.array(z.string()),
});
export type Returns = z.infer<typeof Returns>;

interface Benchmark { symbol: string; name: string; closeOn: (date: TradingDate) => number | null }

const percent = (fraction: number): number => Number((fraction * 100).toFixed(6));
const whyNoReturn = { TOO_FEW_VALUATIONS: 'There is no full day to measure a return over.', NO_CAPITAL: 'There was no money in it to measure a return on.' } as const;

/** Returns and risk of daily worth, against an index over the same days. Pure. */
export function returnsOf(ends: readonly DayEnd[], benchmark: Benchmark): Returns {
  const days = knownDays(ends);
  const reasons = new Set<string>();
  const unpriced = new Set(ends.flatMap((day) => day.unpriced));
  if (unpriced.size > 0) reasons.add(`Days on which no price of ${[...unpriced].join(', ')} is known are left out.`);
  const weighted = timeWeightedReturn({ valuations: days });
  if (!weighted.ok) reasons.add(whyNoReturn[weighted.code]);
  const returns = weighted.ok ? weighted.returns : [];
  const closes = days.map(({ date }) => benchmark.closeOn(date));
  const [firstClose, lastClose] = [closes[0] ?? null, closes.at(-1) ?? null];
  const against = firstClose === null || lastClose === null || days.length < 2 ? null : lastClose / firstClose - 1;
  if (against === null) reasons.add(`No prices of ${benchmark.name} are known over these days.`);
  return {
    timeWeightedPercent: weighted.ok ? percent(weighted.totalReturn) : null, ...moneyWeighted(days),
    benchmark: { symbol: benchmark.symbol, name: benchmark.name, percent: against === null ? null : percent(against) },
    drawdown: drawdownOf(days, returns), underwater: underwaterOf(days, returns), ...ratios(returns.map(({ value }) => value), closes, reasons), days: returns.length, reasons: [...reasons],
  };
}

function moneyWeighted(days: readonly { date: TradingDate; value: number; netFlow: number }[]): Pick<Returns, 'moneyWeightedPercent' | 'moneyWeightedAnnualPercent'> {
  const [first, ...rest] = days;
  const last = days.at(-1);
  if (!first || !last || rest.length === 0) return { moneyWeightedPercent: null, moneyWeightedAnnualPercent: null };
  // Flows of a day are there from its open, as for the time-weighted return: they count as put in at the end of the day before.
  const flows = [{ date: first.date, amount: -first.value }, ...rest.map(({ netFlow }, index) => ({ date: days[index]?.date ?? first.date, amount: -netFlow })), { date: last.date, amount: last.value }];
  const result = moneyWeightedReturn(flows);
  const years = (Date.parse(last.date) - Date.parse(first.date)) / (365 * 86_400_000);
  return { moneyWeightedPercent: result.ok ? percent(result.totalReturn) : null, moneyWeightedAnnualPercent: result.ok && years >= 1 ? percent(result.annualRate) : null };
}

function drawdownOf(days: readonly { date: TradingDate }[], returns: readonly { value: number }[]): Returns['drawdown'] {
  if (returns.length === 0) return null;
  const { depth, peak, trough } = maxDrawdown(returns.map(({ value }) => value));
  const [from, date] = [days[peak]?.date, days[trough]?.date];
  return from && date ? { percent: percent(depth), from, date } : null;
}

function underwaterOf(days: readonly { date: TradingDate }[], returns: readonly { value: number }[]): Returns['underwater'] {
  const depths = belowHigh(returns.map(({ value }) => value));
  return returns.length === 0 ? [] : days.flatMap(({ date }, at) => (depths[at] === undefined ? [] : [{ date, percent: percent(depths[at]) }]));
}

function ratios(returns: readonly number[], closes: readonly (number | null)[], reasons: Set<string>): Pick<Returns, 'sharpe' | 'sortino' | 'calmar' | 'volatilityPercent' | 'beta' | 'alphaPercent'> {
  if (returns.length < fewestReturns) {
    reasons.add(`Sharpe, Sortino, Calmar, volatility, beta and alpha need ${fewestReturns} daily returns; there ${returns.length === 1 ? 'is 1' : `are ${returns.length}`}.`);
    return { sharpe: null, sortino: null, calmar: null, volatilityPercent: null, beta: null, alphaPercent: null };
  }
  const known = closes.filter((close) => close !== null);
  const index = known.length === closes.length ? known.slice(1).map((close, i) => close / (known[i] ?? close) - 1) : null;
  const metrics = riskMetrics({ returns, ...(index ? { benchmark: index } : {}) });
  const inPercent = (fraction: number | null): number | null => (fraction === null ? null : percent(fraction));
  return { sharpe: metrics.sharpe, sortino: metrics.sortino, calmar: metrics.calmar, volatilityPercent: inPercent(metrics.volatility), beta: metrics.beta, alphaPercent: inPercent(metrics.alpha) };
}
