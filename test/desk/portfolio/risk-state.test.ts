import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdingVolatilityPercent } from '../../../desk/portfolio/holding-volatility.ts';
import { type AccountPulse, lossStreak, type RiskHolding, riskState, winStreak } from '../../../desk/portfolio/risk-state.ts';
import { tradingDate } from '../../../desk/time.ts';

const day = tradingDate('2024-06-03');
const next = tradingDate('2024-06-04');
const holding = (changes: Partial<RiskHolding> = {}): RiskHolding => ({ symbol: 'INFY', sector: 'Software', quantity: 10, costMinor: 10_000_00, last: 1000, stop: 950, openedToday: true, ...changes });
const pulse = (changes: Partial<AccountPulse> = {}): AccountPulse => ({ cashMinor: 90_000_00, contributedMinor: 1_00_000_00, holdings: [holding()], realisedTodayMinor: 0, expectedMinor: 0, ...changes });
const memoryOf = (state: ReturnType<typeof riskState>, on = day) => ({ day: on, pnlMinor: state.pnlMinor, dayStartPnlMinor: state.dayStartPnlMinor, peakPnlMinor: state.peakPnlMinor, dailyMaxDrawdownMinor: state.dailyMaxDrawdownMinor });

describe('the risk of an account', () => {
  it('is what it could lose to its stops, against equity and sectors', () => {
    expect(riskState({ pulse: pulse(), memory: null, day })).toMatchObject({ equityMinor: 1_00_000_00, pnlMinor: 0, totalOpenRiskMinor: 500_00, dailyNewRiskMinor: 500_00, unrealisedMinor: 0, openPositions: 1, sectorExposures: { Software: 10 }, drawdownMinor: 0, drawdownPercent: 0, missing: [] });
  });

  it('falls from the highest profit, and starts each day where the last one ended', () => {
    const up = riskState({ pulse: pulse({ holdings: [holding({ last: 1200 })] }), memory: null, day });
    const down = riskState({ pulse: pulse({ holdings: [holding({ last: 900 })] }), memory: memoryOf(up), day });
    expect(down).toMatchObject({ pnlMinor: -1_000_00, peakPnlMinor: 2_000_00, drawdownMinor: 3_000_00, dailyMaxDrawdownMinor: 3_000_00 });
    expect(down.drawdownPercent).toBeCloseTo((3_000 / 1_02_000) * 100, 10);
    const morning = riskState({ pulse: pulse({ holdings: [holding({ last: 900, openedToday: false })] }), memory: memoryOf(down), day: next });
    expect(morning).toMatchObject({ dayStartPnlMinor: -1_000_00, dailyMaxDrawdownMinor: 0, drawdownMinor: 3_000_00, dailyNewRiskMinor: 0, dayStartEquityMinor: 99_000_00 });
  });

  it('does not move when money comes or goes', () => {
    fc.assert(fc.property(fc.integer({ min: 500, max: 1500 }), fc.integer({ min: -50_000_00, max: 50_000_00 }), fc.integer({ min: 500, max: 1500 }), (first, money, second) => {
      const before = memoryOf(riskState({ pulse: pulse({ holdings: [holding({ last: first })] }), memory: null, day }));
      const at = (moved: number) => riskState({ pulse: pulse({ cashMinor: 90_000_00 + moved, contributedMinor: 1_00_000_00 + moved, holdings: [holding({ last: second })] }), memory: before, day });
      for (const key of ['pnlMinor', 'dayStartPnlMinor', 'peakPnlMinor', 'drawdownMinor', 'dailyMaxDrawdownMinor'] as const) expect(at(money)[key], key).toBe(at(0)[key]);
    }), { seed: 3, numRuns: 200 });
  });

  it('is not known where a price, the cash or a bound is missing, and says which', () => {
    expect(riskState({ pulse: pulse({ holdings: [holding({ last: null })] }), memory: null, day })).toMatchObject({ equityMinor: null, pnlMinor: null, drawdownMinor: null, drawdownPercent: null, totalOpenRiskMinor: null, missing: ['no price is known for INFY'] });
    expect(riskState({ pulse: pulse({ cashMinor: null }), memory: null, day })).toMatchObject({ equityMinor: null, missing: ['the account has no ledger entries'] });
    expect(riskState({ pulse: pulse({ holdings: [holding({ quantity: -10, stop: null })] }), memory: null, day })).toMatchObject({ totalOpenRiskMinor: null, missing: ['INFY is short without a stop: its risk has no bound'] });
    expect(riskState({ pulse: pulse({ holdings: [holding({ stop: null })] }), memory: null, day }).totalOpenRiskMinor).toBe(10_000_00);
  });

  it('keeps its peak over a reading that could not be made', () => {
    const up = memoryOf(riskState({ pulse: pulse({ holdings: [holding({ last: 1200 })] }), memory: null, day }));
    const blind = riskState({ pulse: pulse({ holdings: [holding({ last: null })] }), memory: up, day });
    expect(blind.peakPnlMinor).toBe(2_000_00);
    expect(riskState({ pulse: pulse(), memory: memoryOf(blind), day }).drawdownMinor).toBe(2_000_00);
  });
});

describe('streaks', () => {
  it.each<[number[], number, number]>([[[], 0, 0], [[-1, -2, 3, -4], 2, 0], [[5, 1, -1], 0, 2], [[0, -1], 0, 0], [[-1, -1], 2, 0]])('of %j are %d losses and %d wins', (results, losses, wins) => {
    expect([lossStreak(results), winStreak(results)]).toEqual([losses, wins]);
  });
});

describe('the volatility of what is held', () => {
  const wave = Array.from({ length: 21 }, (_, i) => 100 + (i % 2));
  it('is nothing without holdings, grows with the weight, and cancels against its opposite', () => {
    expect(holdingVolatilityPercent({ weights: new Map(), closes: new Map() })).toBe(0);
    const at = (weight: number): number => holdingVolatilityPercent({ weights: new Map([['A', weight]]), closes: new Map([['A', wave]]) }) ?? 0;
    expect(at(1)).toBeGreaterThan(10);
    expect(at(0.5)).toBeCloseTo(at(1) / 2, 8);
    expect(holdingVolatilityPercent({ weights: new Map([['A', 1], ['B', -1]]), closes: new Map([['A', wave], ['B', wave]]) })).toBeCloseTo(0, 8);
  });
  it('is not known from too short a past', () => {
    expect(holdingVolatilityPercent({ weights: new Map([['A', 1], ['B', 1]]), closes: new Map([['A', wave], ['B', [1, 2]]]) })).toBeNull();
    expect(holdingVolatilityPercent({ weights: new Map([['A', 1]]), closes: new Map() })).toBeNull();
  });
});
