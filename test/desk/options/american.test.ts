import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceAmerican } from '../../../desk/options/american.ts';
import { dividendsAhead } from '../../../desk/options/discrete-dividends.ts';
import { priceOption } from '../../../desk/options/price.ts';
import { sharedJson, sharedPresent, skipNote } from '../market/shared.ts';
import { type ReferenceRow, termsOf } from './references.ts';

const premium = (changed: object) => {
  const { price, europeanPrice } = priceAmerican({ type: 'put', underlying: 100, strike: 100, timeYears: 1, rate: 0.05, dividendYield: 0.05, volatility: 0.25, ...changed });
  return price - europeanPrice;
};
const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const ordinary = fc.record({
  type: fc.constantFrom('call' as const, 'put' as const), underlying: between(60, 140), strike: fc.constant(100), timeYears: between(0.02, 2),
  rate: between(0, 0.12), dividendYield: between(0, 0.08), volatility: between(0.08, 0.9),
});

describe('American exercise', () => {
  it('has the premium that Andersen and Lake print, within 1e-5 of the strike', () => {
    expect(Math.abs(premium({}) - 0.106952702747)).toBeLessThan(1e-3);
    expect(Math.abs(premium({ rate: 0.075 }) - 0.36711123)).toBeLessThan(1e-3);
  });

  it('is within 1e-4 of the strike of a tree of 20,000 steps over ten years (23.0000)', () => {
    const { price } = priceAmerican({ type: 'put', underlying: 100, strike: 120, timeYears: 10, rate: 0.1, dividendYield: 0.03, volatility: 0.25 });
    expect(Math.abs(price - 23.0000)).toBeLessThan(0.012);
  });

  it.skipIf(!sharedPresent)(`agrees with Ju’s printed approximations as far as these are good${skipNote}`, () => {
    const { american_ju_exact: rows } = sharedJson('refs/options_haug_quantlib.json') as { american_ju_exact: ReferenceRow[] };
    for (const row of rows) expect(Math.abs(priceAmerican(termsOf(row)).price - row.price)).toBeLessThan(row.T < 1 ? 0.02 : 0.08);
  });

  it('is never worth less than European exercise, nor than exercising now', () => {
    fc.assert(fc.property(ordinary, (terms) => {
      const { price, europeanPrice, exerciseNow } = priceAmerican(terms, 100);
      const now = Math.max(0, terms.type === 'call' ? terms.underlying - 100 : 100 - terms.underlying);
      expect(price).toBeGreaterThanOrEqual(Math.max(europeanPrice, now));
      expect(europeanPrice).toBe(priceOption({ ...terms, model: 'bsm' }).price);
      if (exerciseNow) expect(price).toBeCloseTo(now, 6);
    }), { numRuns: 60 });
  });

  it('is not used on a call without dividends, nor on a put without interest', () => {
    fc.assert(fc.property(ordinary, (terms) => {
      const call = priceAmerican({ ...terms, type: 'call', dividendYield: 0 });
      const put = priceAmerican({ ...terms, type: 'put', rate: 0 });
      expect(call.price - call.europeanPrice).toBeLessThan(5e-3);
      expect(put.price - put.europeanPrice).toBeLessThan(5e-3);
    }), { numRuns: 40 });
  });

  it('makes a call on the spot a put on the strike, with rate and yield changing places', () => {
    fc.assert(fc.property(ordinary, ({ type: _, ...terms }) => {
      const call = priceAmerican({ ...terms, type: 'call' }).price;
      const put = priceAmerican({ ...terms, type: 'put', underlying: terms.strike, strike: terms.underlying, rate: terms.dividendYield, dividendYield: terms.rate }).price;
      expect(Math.abs(call - put)).toBeLessThan(2e-4 * terms.strike);
    }), { numRuns: 40 });
  });

  it('takes what is deep in the money at once, and pays at expiry', () => {
    expect(priceAmerican({ type: 'put', underlying: 20, strike: 100, timeYears: 1, rate: 0.08, volatility: 0.2 })).toMatchObject({ price: 80, exerciseNow: true });
    expect(priceAmerican({ type: 'call', underlying: 108, strike: 100, timeYears: 0, rate: 0.08, volatility: 0.2 })).toMatchObject({ price: 8, exerciseNow: true });
    expect(() => priceAmerican({ type: 'put', underlying: 20, strike: 100, timeYears: 1, rate: 0.08, volatility: 100 })).toThrow(RangeError);
  });
});

describe('cash dividends', () => {
  const dividends = [{ timeYears: 2 / 12, amount: 0.5 }, { timeYears: 5 / 12, amount: 0.5 }];
  const terms = { type: 'call', underlying: 40, strike: 40, timeYears: 0.5, rate: 0.09, volatility: 0.3, dividends } as const;

  it('are taken off the spot at what they are worth now (Hull’s example: 0.9742 and a European call of 3.67)', () => {
    expect(dividendsAhead({ dividends, rate: 0.09, at: 0, until: 0.5 })).toBeCloseTo(0.9742, 3);
    expect(priceAmerican(terms).europeanPrice).toBeCloseTo(3.67, 2);
    expect(dividendsAhead({ dividends, rate: 0.09, at: 0.2, until: 0.4 })).toBe(0);
  });

  it('make early exercise of a call worth at least the better of waiting and exercising just before the last', () => {
    const { price, europeanPrice } = priceAmerican(terms);
    const beforeLast = priceAmerican({ ...terms, timeYears: 5 / 12 - 1e-9 }).europeanPrice;
    expect(beforeLast).toBeCloseTo(3.52, 2);
    expect(price).toBeGreaterThan(Math.max(europeanPrice, beforeLast) - 1e-4);
    expect(price).toBeLessThan(priceAmerican({ ...terms, dividends: [] }).price);
  });

  it('cannot be worth more than the share', () => {
    expect(() => priceAmerican({ ...terms, dividends: [{ timeYears: 0.1, amount: 50 }] })).toThrow(RangeError);
  });
});
