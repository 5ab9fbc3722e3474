import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CashFlow, moneyWeightedReturn } from '../../../desk/portfolio/money-weighted.ts';
import { type Valuation, timeWeightedReturn } from '../../../desk/portfolio/time-weighted.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';

const start = tradingDate('2024-01-01');
const flow = (day: number, amount: number): CashFlow => ({ date: plusDays(start, day), amount });
const rate = (flows: CashFlow[]) => {
  const result = moneyWeightedReturn(flows);
  if (!result.ok) throw new Error(result.code);
  return result.annualRate;
};

describe('money-weighted return', () => {
  it('equals the worked example of spreadsheets’ XIRR', () => {
    const dated = (date: string, amount: number) => ({ date: tradingDate(date), amount });
    expect(rate([dated('2008-01-01', -10000), dated('2008-03-01', 2750), dated('2008-10-30', 4250), dated('2009-02-15', 3250), dated('2009-04-01', 2750)])).toBeCloseTo(0.373362535, 8);
  });

  it('of one deposit is its growth, a year', () => {
    expect(rate([flow(0, -100), flow(365, 110)])).toBeCloseTo(0.1, 12);
    expect(rate([flow(0, -100), flow(730, 81)])).toBeCloseTo(-0.1, 12);
    expect(moneyWeightedReturn([flow(0, -100), flow(1, 105)])).toMatchObject({ ok: true, totalReturn: expect.closeTo(0.05, 12) });
  });

  it('is the rate at which money that grew steadily was paid in and out', () => {
    const deposits = fc.array(fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 1, max: 100_000 })), { minLength: 1, maxLength: 30 });
    fc.assert(fc.property(deposits, fc.double({ min: -0.9, max: 3, noNaN: true }), (list, annual) => {
      const end = 1600;
      const worth = list.reduce((sum, [day, amount]) => sum + amount * (1 + annual) ** ((end - day) / 365), 0);
      expect(rate([...list.map(([day, amount]) => flow(day, -amount)), flow(end, worth)])).toBeCloseTo(annual, 8);
    }));
  });

  it('does not care for the order or the currency of flows', () => {
    const flows = [flow(0, -100), flow(40, -50), flow(200, 30), flow(300, 140)];
    expect(rate(flows.toReversed().map(({ date, amount }) => ({ date, amount: amount * 83.2 })))).toBeCloseTo(rate(flows), 12);
  });

  it('says that several rates fit instead of choosing one', () => {
    const result = moneyWeightedReturn([flow(0, -100), flow(365, 230), flow(730, -132)]);
    expect(result).toMatchObject({ ok: false, code: 'SEVERAL_RATES' });
    if (!result.ok && result.code === 'SEVERAL_RATES') {
      expect(result.annualRates).toHaveLength(2);
      expect(result.annualRates[0]).toBeCloseTo(0.1, 9);
      expect(result.annualRates[1]).toBeCloseTo(0.2, 9);
    }
  });

  it('says why where there is none', () => {
    expect(moneyWeightedReturn([])).toEqual({ ok: false, code: 'NO_SIGN_CHANGE' });
    expect(moneyWeightedReturn([flow(0, -100), flow(10, 0)])).toEqual({ ok: false, code: 'NO_SIGN_CHANGE' });
    expect(moneyWeightedReturn([flow(0, -100), flow(0, 105)])).toEqual({ ok: false, code: 'NO_TIME_BETWEEN' });
    expect(moneyWeightedReturn([flow(0, -1), flow(365, 2), flow(730, -2)])).toEqual({ ok: false, code: 'NO_RATE_FOUND' });
    expect(() => moneyWeightedReturn([flow(0, Number.NaN), flow(1, 1)])).toThrow('not an amount');
  });
});

const valuation = (day: number, value: number, netFlow = 0): Valuation => ({ date: plusDays(start, day), value, netFlow });

describe('time-weighted return', () => {
  it('does not count a deposit as a gain', () => {
    const result = timeWeightedReturn({ valuations: [valuation(0, 100), valuation(1, 110), valuation(2, 1110, 1000), valuation(3, 999)] });
    expect(result).toMatchObject({ ok: true, totalReturn: expect.closeTo(1.1 * 0.9 - 1, 12) });
  });

  it('lets the day’s money share the day’s result or not', () => {
    const valuations = [valuation(0, 100), valuation(1, 220, 100)];
    expect(timeWeightedReturn({ valuations })).toMatchObject({ totalReturn: expect.closeTo(0.1, 12) });
    expect(timeWeightedReturn({ valuations, flowTiming: 'end' })).toMatchObject({ totalReturn: expect.closeTo(0.2, 12) });
  });

  it('is what the keeper earned, whatever came in and went out', () => {
    const days = fc.array(fc.tuple(fc.double({ min: -0.1, max: 0.1, noNaN: true }), fc.integer({ min: 0, max: 500 })), { minLength: 1, maxLength: 40 });
    fc.assert(fc.property(days, (list) => {
      let value = 1000;
      const valuations = [valuation(0, value), ...list.map(([change, deposit], i) => {
        value = (value + deposit) * (1 + change);
        return valuation(i + 1, value, deposit);
      })];
      const earned = list.reduce((growth, [change]) => growth * (1 + change), 1) - 1;
      expect(timeWeightedReturn({ valuations })).toMatchObject({ ok: true, totalReturn: expect.closeTo(earned, 9) });
    }));
  });

  it('has no value without capital or without two valuations', () => {
    expect(timeWeightedReturn({ valuations: [valuation(0, 100)] })).toEqual({ ok: false, code: 'TOO_FEW_VALUATIONS', date: null });
    expect(timeWeightedReturn({ valuations: [valuation(0, 0), valuation(1, 10)] })).toEqual({ ok: false, code: 'NO_CAPITAL', date: '2024-01-02' });
    expect(timeWeightedReturn({ valuations: [valuation(0, 0), valuation(1, 10, 10)] })).toMatchObject({ ok: true, totalReturn: 0 });
  });
});
