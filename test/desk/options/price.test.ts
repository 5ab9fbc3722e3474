import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceMany } from '../../../desk/options/price-many.ts';
import { priceOption } from '../../../desk/options/price.ts';
import { type OptionTerms, type OptionValue, optionColumns, setRow, valueColumns } from '../../../desk/options/terms.ts';
import { sharedJson, sharedPresent, skipNote } from '../market/shared.ts';
import { type ReferenceRow, referenceRows, termsOf } from './references.ts';
import { anyOption } from './any-option.ts';

const FIGURES = [['price', 'price'], ['delta', 'delta'], ['gamma', 'gamma'], ['vega', 'vega'], ['theta', 'thetaPerYear'], ['rho', 'rho'], ['vanna', 'vanna'], ['vomma', 'vomma']] as const;
/** Below this a double has fewer digits. */
const SUBNORMAL = 1e-290;

/** The largest relative difference over all figures of the rows. */
function worst(rows: readonly ReferenceRow[]): number {
  let most = 0;
  for (const row of rows) {
    const value = priceOption(termsOf(row));
    for (const [theirs, ours] of FIGURES) {
      const want = row[theirs];
      const off = Math.abs(want) < SUBNORMAL ? Math.abs(value[ours] - want) : Math.abs(value[ours] / want - 1);
      most = Math.max(most, Number.isNaN(off) ? Number.POSITIVE_INFINITY : off);
    }
  }
  return most;
}

describe.skipIf(!sharedPresent)(`prices and greeks against 120-digit values${skipNote}`, () => {
  it('agree to 1e-12 on a thousand ordinary options on a spot', () => {
    expect(worst(referenceRows('options_mp_random2000.json'))).toBeLessThan(1e-12);
  });
  it('agree to 1e-12 on ordinary options on a forward', () => {
    expect(worst(referenceRows('options_black76_mp500.json'))).toBeLessThan(1e-12);
  });
  it('agree to 1e-12 in the wings, a minute before expiry, at tiny and huge volatility, over decades', () => {
    expect(worst(referenceRows('options_mp_extreme500.json'))).toBeLessThan(1e-12);
  });
  it('have their limits at expiry and without volatility', () => {
    const { limits } = sharedJson('refs/options_mp_extreme500.json') as { limits: (ReferenceRow & { delta: number | null; gamma: number | null })[] };
    for (const row of limits) {
      const value = priceOption(termsOf(row));
      expect(value.price).toBeCloseTo(row.price, 12);
      if (row.delta !== null) expect(value.delta).toBeCloseTo(row.delta, 14);
      expect(value.gamma).toBe(0);
      expect(value.vega).toBe(0);
      for (const figure of Object.values(value)) expect(Number.isFinite(figure)).toBe(true);
    }
  });
  it('agree with the published figures of Haug and QuantLib to the digits printed', () => {
    const haug = sharedJson('refs/options_haug_quantlib.json') as { european_prices: (ReferenceRow & { tol: number })[]; european_greeks: (ReferenceRow & { tol: number; greek: string; value: number })[] };
    for (const row of haug.european_prices) expect(Math.abs(priceOption(termsOf(row)).price - row.price)).toBeLessThanOrEqual(row.tol);
    const names: Record<string, keyof OptionValue> = { delta: 'delta', gamma: 'gamma', vega: 'vega', theta: 'thetaPerYear', 'theta per day': 'thetaPerDay', rho: 'rho' };
    let compared = 0;
    for (const row of haug.european_greeks) {
      const name = names[row.greek];
      if (name === undefined) continue;
      compared++;
      expect(Math.abs(priceOption(termsOf(row))[name] - row.value)).toBeLessThanOrEqual(row.tol);
    }
    expect(compared).toBeGreaterThan(5);
  });
});

describe('pricing', () => {
  it('keeps put–call parity to rounding', () => {
    fc.assert(fc.property(anyOption(), (terms) => {
      const [call, put] = [priceOption({ ...terms, type: 'call' }), priceOption({ ...terms, type: 'put' })];
      const carried = terms.model === 'black76' ? terms.rate : (terms.dividendYield ?? 0);
      const [asset, cash] = [terms.underlying * Math.exp(-carried * terms.timeYears), terms.strike * Math.exp(-terms.rate * terms.timeYears)];
      expect(Math.abs(call.price - put.price - (asset - cash))).toBeLessThanOrEqual(4e-15 * (asset + cash));
      for (const same of ['gamma', 'vega', 'vanna', 'vomma'] as const) expect(call[same]).toBe(put[same]);
    }));
  });

  it('stays within no-arbitrage bounds, rises with volatility, and is convex in the strike', () => {
    fc.assert(fc.property(anyOption(), (terms) => {
      const carried = terms.model === 'black76' ? terms.rate : (terms.dividendYield ?? 0);
      const [asset, cash] = [terms.underlying * Math.exp(-carried * terms.timeYears), terms.strike * Math.exp(-terms.rate * terms.timeYears)];
      const price = (changed: Partial<OptionTerms> = {}) => priceOption({ ...terms, ...changed }).price;
      const rounding = 1e-14 * (asset + cash);
      const intrinsic = terms.type === 'call' ? asset - cash : cash - asset;
      expect(price()).toBeGreaterThanOrEqual(Math.max(0, intrinsic) - rounding);
      expect(price()).toBeLessThanOrEqual((terms.type === 'call' ? asset : cash) + rounding);
      expect(price({ volatility: terms.volatility * 1.1 })).toBeGreaterThanOrEqual(price() - rounding);
      expect(price({ strike: terms.strike * 0.9 }) + price({ strike: terms.strike * 1.1 })).toBeGreaterThanOrEqual(2 * price() - 4 * rounding);
    }));
  });

  it('on a spot equals that on its forward', () => {
    fc.assert(fc.property(anyOption(), (terms) => {
      const { rate, dividendYield = 0, timeYears, underlying } = terms;
      const spot = priceOption({ ...terms, model: 'bsm' }).price;
      const forward = priceOption({ ...terms, model: 'black76', underlying: underlying * Math.exp((rate - dividendYield) * timeYears) }).price;
      expect(Math.abs(spot - forward)).toBeLessThanOrEqual(1e-13 * (underlying + terms.strike));
    }));
  });

  it('of many is that of each', () => {
    fc.assert(fc.property(fc.array(anyOption(), { minLength: 1, maxLength: 20 }), (options) => {
      for (const model of ['bsm', 'black76'] as const) {
        const columns = optionColumns(model, options.length);
        options.forEach((terms, row) => setRow(columns, row, terms));
        const values = priceMany(columns);
        options.forEach((terms, row) => {
          const { thetaPerDay, ...one } = priceOption({ ...terms, model });
          expect(Object.fromEntries(Object.entries(values).map(([name, column]) => [name, column[row]]))).toEqual(one);
          expect(thetaPerDay).toBe(one.thetaPerYear / 365);
        });
      }
    }), { numRuns: 30 });
  });

  it('prices only the rows that it is told to', () => {
    const columns = optionColumns('bsm', 3);
    for (let row = 0; row < 3; row++) setRow(columns, row, { type: 'put', underlying: 100, strike: 90 + row, timeYears: 1, rate: 0.05, volatility: 0.2 });
    const { price } = priceMany(columns, valueColumns(3), 1, 2);
    expect([price[0], price[2]]).toEqual([0, 0]);
    expect(price[1]).toBeGreaterThan(0);
  });

  it('gives NaN, never a price, for what is no option', () => {
    const terms: OptionTerms = { model: 'bsm', type: 'call', underlying: 100, strike: 100, timeYears: 1, rate: 0.05, volatility: 0.2 };
    for (const wrong of [{ volatility: Number.NaN }, { volatility: -0.2 }, { timeYears: -1 }, { underlying: Number.NaN }, { rate: Number.NaN }, { strike: Number.NaN }]) {
      expect(priceOption({ ...terms, ...wrong }).price).toBeNaN();
    }
  });

  it('of a worthless underlying is the discounted strike for a put and nothing for a call', () => {
    const terms = { model: 'bsm', underlying: 0, strike: 100, timeYears: 1, rate: 0.05, volatility: 0.2 } as const;
    expect(priceOption({ ...terms, type: 'put' }).price).toBeCloseTo(100 * Math.exp(-0.05), 12);
    expect(priceOption({ ...terms, type: 'call' }).price).toBe(0);
  });
});
