import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ToolContext } from '../../tools/define.ts';
import { riskMetrics } from '../../tools/risk-metrics.ts';
import { sharedJson, sharedPresent, skipNote } from '../desk/market/shared.ts';

const call = async (input: z.input<typeof riskMetrics.input>) => riskMetrics.output.parse(await riskMetrics.run({} as ToolContext, riskMetrics.input.parse(input)));

describe('the risk_metrics tool', () => {
  it.skipIf(!sharedPresent)(`equals the reference values${skipNote}`, async () => {
    const reference = sharedJson('refs/risk.json') as { portfolio_returns: number[]; benchmark_returns: number[]; metrics: Record<string, number>; var: Record<string, { cornish_fisher: number }> };
    const got = await call({ returns: reference.portfolio_returns, benchmark: reference.benchmark_returns, confidence: 0.99 });
    expect(got).toMatchObject({
      sharpe: expect.closeTo(reference.metrics.sharpe_rf0!, 10), sortino: expect.closeTo(reference.metrics.sortino_rf0!, 10), maxDrawdown: expect.closeTo(reference.metrics.max_drawdown!, 10),
      beta: expect.closeTo(reference.metrics.beta!, 10), alpha: expect.closeTo(reference.metrics.alpha_ann_compound!, 10), winRate: 0.51, var: { cornishFisher: expect.closeTo(reference.var['0.99']!.cornish_fisher, 10) },
    });
  });

  it('reads the same from equity as from the returns between', async () => {
    const [equity, benchmark] = [[100, 110, 99, 120], [50, 51, 50, 52]];
    const between = (levels: number[]) => levels.slice(1).map((value, i) => value / levels[i]! - 1);
    expect(await call({ equity, benchmark })).toEqual(await call({ returns: between(equity), benchmark: between(benchmark) }));
    expect((await call({ equity })).maxDrawdown).toBeCloseTo(-0.1, 12);
  });

  it('gives null for what cannot be known', async () => {
    expect(await call({ returns: [] })).toMatchObject({ observations: 0, sharpe: null, maxDrawdown: null, winRate: null, var: { historical: null } });
    expect(await call({ returns: [0.01, 0.02] })).toMatchObject({ beta: null, alpha: null, sortino: null, calmar: null });
    expect(await call({ equity: [100] })).toMatchObject({ observations: 0, volatility: null });
  });

  it('uses the periods of a year that it is told', async () => {
    const returns = [0.01, -0.02, 0.03, 0.005];
    const [daily, monthly] = [await call({ returns }), await call({ returns, periodsPerYear: 12 })];
    expect(daily.volatility! / monthly.volatility!).toBeCloseTo(Math.sqrt(21), 12);
  });

  it.each([
    [{}, 'INPUT_MISSING', 'returns'], [{ returns: [0.1], equity: [1] }, 'INPUT_AMBIGUOUS', 'equity'], [{ returns: [0.1, -1.5] }, 'RETURN_INVALID', 'returns[1]'],
    [{ equity: [100, 0] }, 'EQUITY_INVALID', 'equity[1]'], [{ returns: [0.1, 0.2], benchmark: [0.1] }, 'LENGTH_MISMATCH', 'benchmark'], [{ equity: [1, 2], benchmark: [1, -2] }, 'EQUITY_INVALID', 'benchmark[1]'],
  ])('refuses %j', async (input, code, field) => {
    await expect(call(input)).rejects.toMatchObject({ name: 'ToolError', code, field });
  });

  it('does not accept a confidence in percent, nor returns that are no numbers', () => {
    for (const input of [{ returns: [0.1], confidence: 95 }, { returns: [Number.NaN] }, { returns: [null] }, { returns: [0.1], periodsPerYear: 0 }]) expect(riskMetrics.input.safeParse(input).success).toBe(false);
    expect(JSON.stringify(z.toJSONSchema(riskMetrics.input, { io: 'input' }))).toContain('"confidence"');
  });
});
