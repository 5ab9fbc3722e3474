import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { belowHigh, maxDrawdown } from '../../../desk/portfolio/drawdown.ts';
import { shape } from '../../../desk/portfolio/moments.ts';
import { inverseNormal } from '../../../desk/portfolio/normal.ts';
import { returnsOfEquity, riskMetrics } from '../../../desk/portfolio/risk-metrics.ts';
import { expectedShortfall, valueAtRisk } from '../../../desk/portfolio/value-at-risk.ts';
import { componentVar } from '../../../desk/portfolio/component-var.ts';
import { sharedJson, sharedPresent, skipNote } from '../market/shared.ts';

interface VarReference { historical: { linear: number }; historical_es_mean_r_le_var_linear: number; parametric: number; z: number; cornish_fisher: number }
interface Anchor { f: string; s?: string; b?: string; returns?: number[]; cutoff?: number; required?: number; v: number | string; tol?: number }
interface Reference {
  portfolio_returns: number[]; benchmark_returns: number[]; metrics: Record<string, number | null>; var: Record<string, VarReference>;
  portfolio_parametric: { weights_usd: number[]; daily_sigma: number[]; corr: number[][]; confidence: number; sigma_usd: number; var_usd: number; marginal_var: number[]; component_var: number[]; undiversified_var: number };
  empyrical_anchors: { series: Record<string, (number | null)[]>; expected: Anchor[] };
}
const close = (actual: number | null, expected: number | null, label: string, tolerance = 1e-9) =>
  expect(Math.abs(actual! - expected!) / Math.max(1e-9, Math.abs(expected!)), label).toBeLessThan(tolerance);

describe.skipIf(!sharedPresent)(`risk metrics equal their references${skipNote}`, () => {
  const reference = sharedPresent ? (sharedJson('refs/risk.json') as Reference) : (null as never);
  const run = (extra = {}) => riskMetrics({ returns: reference.portfolio_returns, benchmark: reference.benchmark_returns, ...extra });

  it('for performance, drawdown, beta and alpha', () => {
    const m = run();
    const expected = reference.metrics;
    const pairs: [keyof typeof m, string][] = [
      ['totalReturn', 'total_return'], ['annualReturn', 'cagr_252'], ['volatility', 'ann_vol'], ['sharpe', 'sharpe_rf0'], ['sortino', 'sortino_rf0'], ['calmar', 'calmar'],
      ['maxDrawdown', 'max_drawdown'], ['beta', 'beta'], ['alpha', 'alpha_ann_compound'], ['winRate', 'win_rate'],
    ];
    for (const [key, name] of pairs) close(m[key] as number, expected[name]!, name);
    close(run({ riskFreeRate: 0.03 }).sharpe, expected.sharpe_rf3pct_simple!, 'sharpe over a risk-free rate');
    const { peak, trough, recovery } = maxDrawdown(reference.portfolio_returns);
    expect([peak, trough, recovery]).toEqual([expected.max_dd_peak_index, expected.max_dd_trough_index, expected.max_dd_recovery_index]);
    const form = shape(reference.portfolio_returns)!;
    close(form.skewness, expected.skew_pop!, 'skewness');
    close(form.excessKurtosis, expected.excess_kurt_pop!, 'kurtosis');
  });

  it.each(['0.95', '0.975', '0.99'])('for losses at %s', (level) => {
    const confidence = Number(level);
    const expected = reference.var[level]!;
    const got = run({ confidence });
    close(inverseNormal(1 - confidence), expected.z, 'z', 1e-13);
    close(got.var.historical, expected.historical.linear, 'historical');
    close(got.var.parametric, expected.parametric, 'parametric');
    close(got.var.cornishFisher, expected.cornish_fisher, 'Cornish–Fisher');
    close(got.expectedShortfall, expected.historical_es_mean_r_le_var_linear, 'shortfall');
  });

  it('for value at risk by holding', () => {
    const p = reference.portfolio_parametric;
    const got = componentVar({ values: p.weights_usd, deviations: p.daily_sigma, correlations: p.corr, confidence: p.confidence })!;
    close(got.deviation, p.sigma_usd, 'sigma');
    close(got.valueAtRisk, p.var_usd, 'VaR');
    close(got.undiversified, p.undiversified_var, 'undiversified');
    got.marginal.forEach((m, i) => { close(m, p.marginal_var[i]!, 'marginal'); });
    got.component.forEach((c, i) => { close(c, p.component_var[i]!, 'component'); });
  });

  it('and empyrical’s own test values', () => {
    const { series, expected } = reference.empyrical_anchors;
    const field: Record<string, (m: ReturnType<typeof riskMetrics>) => number | null> = {
      max_drawdown: (m) => m.maxDrawdown, annual_volatility: (m) => m.volatility, sharpe: (m) => m.sharpe, sortino: (m) => m.sortino,
      beta: (m) => m.beta, alpha_ann_compound: (m) => m.alpha,
    };
    let checked = 0;
    for (const { f, s, b, returns, v, tol } of expected) {
      const read = field[f];
      if (!read) continue;
      const own = returns ?? series[s!]!.filter((value): value is number => value !== null);
      const benchmark = b === undefined ? undefined : (series.negative!.slice(-own.length) as number[]);
      const got = read(riskMetrics({ returns: own, ...(benchmark ? { benchmark } : {}) }));
      checked++;
      if (v === 'inf') expect(got, `${f} ${s}`).toBeNull();
      else if (v === 0) expect(got).toBe(0);
      else close(got, v as number, `${f} ${s}`, tol ?? 1e-8);
    }
    expect(checked).toBeGreaterThan(12);
  });
});

/** Whole basis points: returns so small that their squares vanish are no returns. */
const returns = fc.array(fc.integer({ min: -2000, max: 2000 }).map((points) => points / 10_000), { minLength: 2, maxLength: 80 });

describe('risk metrics', () => {
  it('order losses: shortfall is no smaller than historical value at risk, and a higher confidence loses no less', () => {
    fc.assert(fc.property(returns, (r) => {
      expect(expectedShortfall(r, 0.95)!).toBeGreaterThanOrEqual(valueAtRisk(r, 0.95).historical! - 1e-15);
      expect(valueAtRisk(r, 0.99).historical!).toBeGreaterThanOrEqual(valueAtRisk(r, 0.95).historical! - 1e-15);
    }));
  });

  it('scale as they should: twice the position has the same Sharpe and win rate and twice the volatility, beta and loss', () => {
    fc.assert(fc.property(returns, returns, (a, b) => {
      const length = Math.min(a.length, b.length);
      const [own, benchmark] = [a.slice(0, length), b.slice(0, length)];
      const [one, two] = [riskMetrics({ returns: own, benchmark }), riskMetrics({ returns: own.map((x) => 2 * x), benchmark })];
      expect(two.winRate).toBe(one.winRate);
      for (const [got, want] of [[two.sharpe, one.sharpe], [two.sortino, one.sortino], [two.volatility, one.volatility && 2 * one.volatility], [two.beta, one.beta && 2 * one.beta], [two.var.historical, 2 * one.var.historical!]] as const) {
        if (want === null) expect(got).toBeNull(); else expect(got).toBeCloseTo(want, 9);
      }
    }));
  });

  it('keep drawdown between −1 and 0 and equal to the worst fall between any two points', () => {
    fc.assert(fc.property(returns, (r) => {
      const equity = [1];
      for (const x of r) equity.push(equity.at(-1)! * (1 + x));
      let worst = 0;
      for (let i = 0; i < equity.length; i++) for (let j = i; j < equity.length; j++) worst = Math.min(worst, equity[j]! / equity[i]! - 1);
      const { depth, peak, trough, recovery } = maxDrawdown(r);
      expect(depth).toBeCloseTo(worst, 12);
      expect(equity[trough]! / equity[peak]! - 1).toBeCloseTo(depth, 12);
      if (recovery !== null) expect(equity[recovery]!).toBeGreaterThanOrEqual(equity[peak]! * (1 - 1e-12));
    }));
  });

  it('have beta 1 and alpha 0 against themselves', () => {
    fc.assert(fc.property(returns, (r) => {
      const { beta, alpha, volatility } = riskMetrics({ returns: r, benchmark: r });
      if (volatility === 0) { expect(beta).toBeNull(); return; }
      expect(beta).toBeCloseTo(1, 9);
      expect(alpha).toBeCloseTo(0, 9);
    }));
  });

  it('are null, never infinite and never zero, where they cannot be known', () => {
    expect(riskMetrics({ returns: [] })).toEqual({
      observations: 0, totalReturn: null, annualReturn: null, volatility: null, sharpe: null, sortino: null, calmar: null, maxDrawdown: null, beta: null, alpha: null,
      var: { historical: null, parametric: null, cornishFisher: null }, expectedShortfall: null, winRate: null,
    });
    expect(riskMetrics({ returns: [0.01] })).toMatchObject({ sharpe: null, sortino: null, volatility: null, calmar: null, maxDrawdown: 0, winRate: 1, var: { historical: -0.01, parametric: null } });
    expect(riskMetrics({ returns: new Array(30).fill(0.01), benchmark: new Array(30).fill(0.02) })).toMatchObject({ sharpe: null, volatility: 0, sortino: null, calmar: null, beta: null, alpha: null });
    fc.assert(fc.property(fc.array(fc.constantFrom(-1, -0.5, 0, 0.5, 1e9), { maxLength: 12 }), (r) => {
      const { var: loss, ...rest } = riskMetrics({ returns: r, benchmark: r });
      for (const value of [...Object.values(rest), ...Object.values(loss)]) expect(value === null || Number.isFinite(value)).toBe(true);
    }));
  });

  it('refuse what is no return, and parameters out of range', () => {
    for (const wrong of [Number.NaN, -1.01, 2e9, Number.POSITIVE_INFINITY]) expect(() => riskMetrics({ returns: [0.01, wrong] })).toThrow('not a return at 1');
    expect(() => riskMetrics({ returns: [0.01, 0.02], benchmark: [0.01] })).toThrow('differ in length');
    for (const confidence of [0, 0.5, 1, 95, Number.NaN]) expect(() => riskMetrics({ returns: [0.01, 0.02], confidence })).toThrow('confidence');
    expect(() => riskMetrics({ returns: [0.01], periodsPerYear: 0 })).toThrow('periods a year');
  });

  it('read returns off equity, which must be positive', () => {
    expect(returnsOfEquity([100, 110, 99])).toEqual([0.10000000000000009, -0.09999999999999998]);
    expect(returnsOfEquity([100])).toEqual([]);
    expect(() => returnsOfEquity([100, 0, 5])).toThrow('not 0 at 1');
  });

  it('have a normal quantile that is odd and grows', () => {
    fc.assert(fc.property(fc.double({ min: 1e-12, max: 0.5, noNaN: true }), fc.double({ min: 1e-12, max: 0.5, noNaN: true }), (p, q) => {
      expect(inverseNormal(1 - p)).toBeCloseTo(-inverseNormal(p), 3);
      if (p < q) expect(inverseNormal(p)).toBeLessThanOrEqual(inverseNormal(q));
    }));
    // Abramowitz and Stegun, table 26.1: the quantile at Φ(−5) = 2.866515719e-7.
    expect(inverseNormal(2.8665157187919391e-7)).toBeCloseTo(-5, 12);
    for (const p of [0, 1, -0.1, Number.NaN]) expect(() => inverseNormal(p)).toThrow(RangeError);
  });
});

describe('how far below its high a curve stands', () => {
  it('is never above zero, and is deepest where the worst drawdown is', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { maxLength: 60 }), (returns) => {
        const below = belowHigh(returns);
        expect(below).toHaveLength(returns.length + 1);
        expect(Math.max(...below)).toBeLessThanOrEqual(0);
        expect(Math.min(...below)).toBeCloseTo(maxDrawdown(returns).depth, 12);
      }),
    );
  });
});
