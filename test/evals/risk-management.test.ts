import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GateReport } from '../../desk/gates/define.ts';
import { openRiskBench, type RiskBench } from '../../evals/made/risk-bench.ts';
import { shippedLimits } from '../../evals/made/made-desk.ts';
import { dataset } from '../../evals/suite.ts';
import { judgeReading, judgeRisk, judgeTrips, judgeVerdict, RiskCase } from '../../evals/suites/risk-management.ts';

const cases = dataset('risk-management', RiskCase);
const caseNamed = (id: string): RiskCase => { const found = cases.find((each) => each.id === id); if (!found) throw new Error(`no case ${id}`); return found; };

describe('the cases of risk', () => {
  it('are forty or more, each once, with blocks, passes, exits, switches and readings among them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    const verdicts = Map.groupBy(cases.filter((each) => each.expect !== undefined), (each) => each.expect?.verdict);
    expect(Math.min(verdicts.get('pass')?.length ?? 0, verdicts.get('block')?.length ?? 0)).toBeGreaterThanOrEqual(12);
    expect(cases.filter(({ family }) => family === 'protective').length).toBeGreaterThanOrEqual(10);
    expect(cases.filter(({ trips }) => trips !== undefined).length).toBeGreaterThanOrEqual(6);
    expect(cases.filter(({ reads }) => reads !== undefined).length).toBeGreaterThanOrEqual(6);
  });
});

describe('the scorers of risk', () => {
  const line = (id: string, severity: 'BLOCK' | 'WARN', passed: boolean) => ({ id, severity, passed });
  const report = (checks: object[], counterfactuals: object[] = []): GateReport => ({ checks, counterfactuals } as unknown as GateReport);
  it('catch a block too many, one too few, a silent warning, and another size or price than what would pass', () => {
    const blocked = report([line('exposure', 'BLOCK', false), line('liquidity', 'BLOCK', true)], [{ checkId: 'exposure', nearest: { change: 'quantity', quantity: 90 }, sentence: '' }]);
    expect(judgeVerdict({ verdict: 'block', by: ['exposure'] }, blocked)).toBeNull();
    expect(judgeVerdict({ verdict: 'pass' }, blocked)).toBe('blocked by exposure, not by nothing');
    expect(judgeVerdict({ verdict: 'block', by: ['liquidity'] }, blocked)).toBe('blocked by exposure, not by liquidity');
    expect(judgeVerdict({ verdict: 'block', by: ['exposure'] }, report([line('exposure', 'BLOCK', true)]))).toBe('blocked by nothing, not by exposure');
    expect(judgeVerdict({ verdict: 'block', by: ['exposure'], largest: 100 }, blocked)).toBe('told 90 as what passes, not 100');
    expect(judgeVerdict({ verdict: 'block', by: ['exposure'], price: 11 }, blocked)).toBe('told no price as what passes, not 11');
    expect(judgeVerdict({ verdict: 'pass', warns: ['stale_data'] }, report([line('stale_data', 'BLOCK', true)]))).toBe('no warning of stale_data');
  });
  it('catch a figure that is off, and zero where nothing is known', () => {
    const output = { beta: 0.95, lines: [{ percent: 0 }] };
    expect(judgeReading([{ path: 'beta', is: 0.9, within: 0.06 }], output)).toBeNull();
    expect(judgeReading([{ path: 'beta', is: 0.9, within: 0.01 }, { path: 'lines.0.percent', is: null, within: 0 }, { path: 'none.here', is: 1, within: 9 }], output)).toBe('beta is 0.95, not 0.9; lines.0.percent is 0, not null; none.here is undefined, not 1');
  });
  it('catch a switch that stayed silent and one that tripped for nothing', () => {
    expect(judgeTrips([], [])).toBeNull();
    expect(judgeTrips(['MAX_DAILY_LOSS'], [])).toBe('tripped nothing, not MAX_DAILY_LOSS');
    expect(judgeTrips([], ['LOSS_STREAK'])).toBe('tripped LOSS_STREAK, not nothing');
  });
});

describe('cases of risk on a desk', () => {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });
  let bench: RiskBench;
  beforeAll(async () => { bench = await openRiskBench(); });
  afterAll(() => bench.desk.close());
  const planted = (id: string, change: Partial<RiskCase>, as: string): RiskCase => ({ ...caseNamed(id), ...change, id: as });

  it('are right on the desk as it is', async () => {
    for (const id of ['rk-004', 'rk-032', 'rk-047', 'rk-055']) expect([id, await judgeRisk(bench, caseNamed(id))]).toEqual([id, null]);
  });
  it('catch a limit that is wider than the catalogue has it', async () => {
    const [limits, wide] = [bench.desk.gates.limits, { ...shippedLimits, maxSectorExposure: 0.5 }];
    bench.desk.gates.limits = () => wide;
    const holds = caseNamed('rk-004');
    expect(await judgeRisk(bench, planted('rk-004', { account: { ...holds.account, mandate: { maxSectorExposurePercent: 100 } } }, 'rk-904'))).toBe('blocked by nothing, not by exposure');
    bench.desk.gates.limits = limits;
  });
  it('catch an exit that needs what is not there, a loss that trips nothing, and a tail that is read too small', async () => {
    expect(await judgeRisk(bench, planted('rk-032', { exit: undefined, reduce: { symbol: 'RKTECH1', quantity: 101 } }, 'rk-932'))).toBe('blocked by position_covers, not by nothing');
    expect(await judgeRisk(bench, planted('rk-048', { trips: ['MAX_DAILY_LOSS'] }, 'rk-948'))).toBe('tripped nothing, not MAX_DAILY_LOSS');
    const tail = caseNamed('rk-055');
    expect(await judgeRisk(bench, planted('rk-055', { account: { ...tail.account, holds: [{ symbol: 'RKTAIL', quantity: 200, price: 1000, stop: 900 }] } }, 'rk-955'))).toMatch(/^valueAtRisk\.historicalPercent is 0\.(?:6|59)/);
  });
});
