import { z } from 'zod';
import { returnsOfEquity, riskMetrics as metricsOf } from '../desk/portfolio/risk-metrics.ts';
import { ToolError, defineTool } from './define.ts';

const Numbers = z.array(z.number()).max(200_000);
const Input = z.object({
  returns: Numbers.optional().describe('fractions of one period: 0.01 is 1 %'),
  equity: Numbers.optional().describe('worth at the end of each period, the start included; instead of returns'),
  benchmark: Numbers.optional().describe('of the same kind and length: returns beside returns, levels beside equity'),
  periodsPerYear: z.number().positive().max(1_000_000).default(252),
  confidence: z.number().gt(0.5).lt(1).default(0.95),
  riskFreeRate: z.number().gt(-1).lt(10).default(0).describe('a year, as a fraction'),
});
const Figure = z.number().nullable();
const Output = z.object({
  sharpe: Figure, sortino: Figure, calmar: Figure,
  maxDrawdown: Figure.describe('fraction, zero or negative'),
  volatility: Figure.describe('fraction a year'),
  beta: Figure, alpha: Figure.describe('fraction a year, compound'),
  var: z.object({ historical: Figure, parametric: Figure, cornishFisher: Figure }).describe('loss of one period as a positive fraction'),
  expectedShortfall: Figure.describe('loss of one period as a positive fraction'),
  winRate: Figure.describe('share of periods with a gain, 0–1'),
  totalReturn: Figure, annualReturn: Figure, observations: z.int(),
});

/**
 * Risk and performance of a series. Definitions and their source (empyrical): `desk/portfolio/risk-metrics.ts`, value at risk:
 * `desk/portfolio/value-at-risk.ts`. A figure that cannot be known is null.
 * Errors: `INPUT_MISSING`, `INPUT_AMBIGUOUS` (both returns and equity), `RETURN_INVALID` (below −1 or beyond a billion), `EQUITY_INVALID` (not positive),
 * `LENGTH_MISMATCH` (benchmark).
 */
export const riskMetrics = defineTool({
  name: 'risk_metrics',
  purpose: 'Sharpe, Sortino, Calmar, drawdown, volatility, beta, alpha, value at risk, expected shortfall and win rate of returns or equity that you give',
  effect: 'read',
  permission: 'market:read',
  input: Input,
  output: Output,
  run: async (_context, { returns, equity, benchmark, ...parameters }) => {
    if (returns && equity) throw new ToolError('INPUT_AMBIGUOUS', 'Give either returns or equity, not both.', 'equity');
    const given = returns ?? equity;
    if (!given) throw new ToolError('INPUT_MISSING', 'Give returns or equity.', 'returns');
    if (benchmark && benchmark.length !== given.length) {
      throw new ToolError('LENGTH_MISMATCH', `The benchmark has ${benchmark.length} values, the series ${given.length}.`, 'benchmark');
    }
    const read = (values: readonly number[], field: string): number[] => (equity ? readEquity(values, field) : readReturns(values, field));
    return metricsOf({
      returns: read(given, equity ? 'equity' : 'returns'),
      ...(benchmark ? { benchmark: read(benchmark, 'benchmark') } : {}),
      ...parameters,
    });
  },
});

function readReturns(values: readonly number[], field: string): number[] {
  const wrong = values.findIndex((value) => value < -1 || value > 1e9);
  if (wrong >= 0) throw new ToolError('RETURN_INVALID', `A return lies between −1 (all is lost) and a billion, as a fraction: ${values[wrong]}.`, `${field}[${wrong}]`);
  return [...values];
}

function readEquity(values: readonly number[], field: string): number[] {
  const wrong = values.findIndex((value) => value <= 0);
  if (wrong >= 0) throw new ToolError('EQUITY_INVALID', `Equity must be positive, not ${values[wrong]}.`, `${field}[${wrong}]`);
  return returnsOfEquity(values);
}
