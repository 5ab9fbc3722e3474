import { describe, expect, it } from 'vitest';
import type { StructureLeg } from '../../../../desk/options/structures/legs.ts';
import { scanRanges, spanMargin } from '../../../../desk/options/structures/span-margin.ts';
import { tradingDate } from '../../../../desk/time.ts';
import { sharedJson, sharedPresent, skipNote } from '../../market/shared.ts';

interface Case { name: string; spot: number; r: number; price_scan_range: number; vol_scan_range: number; lot: number; scenario_losses_per_unit: number[]; worst_scenario: number;
  scan_risk_per_unit: number; net_option_value_per_unit: number; exposure_2pct_per_unit: number; total_span_minus_nov_plus_exposure_lot: number;
  legs: { kind: 'fut' | 'call' | 'put'; K: number; T: number; iv: number; qty: number }[] }

const legsOf = ({ legs, lot, spot }: Case): StructureLeg[] => legs.map(({ kind, K, T, iv, qty }): StructureLeg =>
  kind === 'fut' ? { kind: 'underlying', quantity: qty * lot, price: spot } : { kind, quantity: qty * lot, price: 12.5, strike: K, expiry: tradingDate('2025-08-28'), timeYears: T, volatility: iv, dividendYield: 0 });
const margin = (each: Case) => spanMargin(legsOf(each), { spot: each.spot, rate: each.r, priceScanRange: each.price_scan_range, volatilityScanRange: each.vol_scan_range, exposureShare: 0.02 });

describe.skipIf(!sharedPresent)(`the margin against reference scenarios${skipNote}`, () => {
  const { cases } = sharedPresent ? (sharedJson('refs/margin_span_nse.json') as { cases: Case[] }) : { cases: [] };
  it.each(cases.map((each) => [each.name, each] as const))('of a %s is theirs, scenario by scenario', (_, each) => {
    const got = margin(each);
    got.scenarioLosses.forEach((loss, i) => expect(loss / each.lot).toBeCloseTo(each.scenario_losses_per_unit[i]!, 7));
    expect(got).toMatchObject({
      scanRisk: expect.closeTo(each.scan_risk_per_unit * each.lot, 5), netOptionValue: expect.closeTo(each.net_option_value_per_unit * each.lot, 5),
      exposure: expect.closeTo(each.exposure_2pct_per_unit * each.lot, 5), total: expect.closeTo(each.total_span_minus_nov_plus_exposure_lot, 4), worstScenario: each.worst_scenario,
    });
  });
  it('of a condor is less than that of its legs alone, by the benefit of its wings', () => {
    const condor = margin(cases.find(({ name }) => name === 'iron_condor')!);
    const strangle = margin(cases.find(({ name }) => name === 'short_strangle')!);
    expect(condor.hedgeBenefit).toBeGreaterThan(strangle.total - condor.total);
    expect(condor.total + condor.hedgeBenefit).toBeCloseTo(condor.standalone, 6);
  });
});

describe('the margin', () => {
  it('of an option held is nothing: it is paid for', () => {
    const call: StructureLeg = { kind: 'call', quantity: 75, price: 100, strike: 24_000, expiry: tradingDate('2025-08-28'), timeYears: 0.05, volatility: 0.13, dividendYield: 0 };
    expect(spanMargin([call], { spot: 24_000, rate: 0.065, priceScanRange: 2232, volatilityScanRange: 0.04, exposureShare: 0.02 })).toMatchObject({ total: 0, exposure: 0, hedgeBenefit: 0 });
  });
  it('scans an index over 9.3 % and 4 points at least, a share over 14.2 % and 10', () => {
    expect(scanRanges({ spot: 24_000, dailyDeviation: 0.008, annualVolatility: 0.12, isIndex: true })).toEqual({ priceScanRange: expect.closeTo(2232, 9), volatilityScanRange: 0.04, exposureShare: 0.02 });
    expect(scanRanges({ spot: 1000, dailyDeviation: 0.01, annualVolatility: 0.2, isIndex: false })).toEqual({ priceScanRange: expect.closeTo(142, 9), volatilityScanRange: 0.1, exposureShare: 0.035 });
    expect(scanRanges({ spot: 24_000, dailyDeviation: 0.02, annualVolatility: 0.3, isIndex: true })).toEqual({ priceScanRange: expect.closeTo(24_000 * 0.16970562748, 4), volatilityScanRange: 0.075, exposureShare: 0.02 });
  });
});
