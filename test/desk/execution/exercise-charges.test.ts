import { describe, expect, it } from 'vitest';
import { decimal } from '../../../desk/decimal.ts';
import { exerciseTaxMinor } from '../../../desk/execution/exercise-charges.ts';
import { tradingDate } from '../../../desk/time.ts';

const tax = (change: Partial<Parameters<typeof exerciseTaxMinor>[0]> = {}) => exerciseTaxMinor({ exchange: 'NSE', date: tradingDate('2025-08-07'), quantity: 75, settlementPrice: 24_600, worth: decimal('300'), ...change });

describe('the tax on an option that is exercised', () => {
  it.each([
    // 300 × 75 × 0.125 % = 28.13; since April 2026 0.15 % = 33.75; before September 2019 on the settlement price: 24,600 × 75 × 0.125 % = 2,306.25.
    ['2025-08-07', 28_00], ['2026-03-31', 28_00], ['2026-04-01', 34_00], ['2019-09-01', 28_00], ['2019-08-31', 2_306_00],
  ])('is that of the law of %s', (date, minor) => expect(tax({ date: tradingDate(date) })).toBe(minor));

  it('is paid by who holds it and nobody else, on what is in the money, in India', () => {
    expect(tax({ quantity: -75 })).toBe(0);
    expect(tax({ worth: decimal('0') })).toBe(0);
    expect(tax({ exchange: 'US' })).toBe(0);
  });
  it('is not known before its first table', () => expect(tax({ date: tradingDate('2008-05-31') })).toBeNull());
});
