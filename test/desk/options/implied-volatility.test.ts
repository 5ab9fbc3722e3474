import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { impliedVolatility, impliedVolatilityMany } from '../../../desk/options/implied-volatility.ts';
import { priceMany } from '../../../desk/options/price-many.ts';
import { priceOption } from '../../../desk/options/price.ts';
import { optionColumns, setRow } from '../../../desk/options/terms.ts';
import { totalDeviation } from '../../../desk/options/total-deviation.ts';
import { sharedJson, sharedPresent, skipNote } from '../market/shared.ts';
import { anyOption } from './any-option.ts';
import { referenceRows, termsOf } from './references.ts';

describe.skipIf(!sharedPresent)(`implied volatility against 120-digit values${skipNote}`, () => {
  it.each(['options_mp_random2000.json', 'options_mp_extreme500.json'])('is as good as the price allows in %s, in four steps at most', (file) => {
    let compared = 0;
    for (const row of referenceRows(file)) {
      if (!row.iv_determinable) continue;
      const { volatility: _, ...terms } = termsOf(row);
      const implied = impliedVolatility({ ...terms, price: row.price });
      if (!implied.solved) throw new Error(`${implied.reason}: ${JSON.stringify(row)}`);
      expect(Math.abs(implied.volatility / row.iv_of_double_price - 1)).toBeLessThanOrEqual(Math.max(1e-12, 50 * row.iv_rel_cond));
      expect(implied.iterations).toBeLessThanOrEqual(4);
      compared++;
    }
    expect(compared).toBeGreaterThan(200);
  });

  it('solves the normalised prices from 1e-226 to the bound', () => {
    const { normalised_black: rows } = sharedJson('refs/options_iv_hard.json') as { normalised_black: { x: number; s: number; beta: number; vega: number }[] };
    for (const { x, s, beta, vega } of rows) {
      const { deviation } = totalDeviation({ distance: -x, value: beta, complement: Math.exp(x / 2) - beta });
      const conditioning = (beta * 2 ** -53) / (vega * s);
      expect(Math.abs(deviation / s - 1)).toBeLessThanOrEqual(Math.max(1e-12, 50 * conditioning));
    }
  });

  it('refuses what no volatility gives', () => {
    const { iv_invalid_inputs: rows } = sharedJson('refs/options_iv_hard.json') as { iv_invalid_inputs: { type: 'call' | 'put'; S: number; K: number; T: number; r: number; q: number; price: number | 'NaN' }[] };
    for (const { type, S, K, T, r, q, price } of rows) {
      expect(impliedVolatility({ model: 'bsm', type, underlying: S, strike: K, timeYears: T, rate: r, dividendYield: q, price: Number(price) }).solved).toBe(false);
    }
  });
});

describe('implied volatility', () => {
  it('gives back the volatility that a price was made with, as far as the price holds it', () => {
    fc.assert(fc.property(anyOption(), ({ volatility, ...terms }) => {
      const { price, vega } = priceOption({ ...terms, volatility });
      const rounding = 1e-15 * (terms.underlying + terms.strike);
      const heldBy = (terms.type === 'call' ? terms.underlying : terms.strike) * 1e-13;
      fc.pre(vega * volatility * 1e-6 > rounding && price > heldBy);
      const implied = impliedVolatility({ ...terms, price });
      expect(implied.solved && Math.abs(implied.volatility - volatility)).toBeLessThanOrEqual(1e-12 * volatility + (8 * rounding) / vega);
    }), { numRuns: 2000 });
  });

  it('never leaves a price unsolved between the bounds, and gives back that price', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 1e-130, max: 1 - 1e-12, noNaN: true }), (distance, share) => {
      const bound = Math.exp(-distance / 2);
      const { deviation, iterations } = totalDeviation({ distance, value: share * bound, complement: (1 - share) * bound });
      // A strike equal to the spot and the distance in the dividend yield: the distance is not rounded, however small.
      const price = priceOption({ model: 'bsm', type: 'call', underlying: 1, strike: 1, timeYears: 1, rate: 0, dividendYield: distance, volatility: deviation }).price;
      expect(Math.abs(price / (share * bound * Math.exp(-distance / 2)) - 1)).toBeLessThanOrEqual(1e-11);
      expect(iterations).toBeLessThanOrEqual(5);
    }), { numRuns: 2000 });
  });

  it('says why there is none', () => {
    const terms = { model: 'bsm', type: 'call', underlying: 110, strike: 100, timeYears: 0.5, rate: 0.03, dividendYield: 0.01 } as const;
    const reason = (price: number, changed = {}) => { const implied = impliedVolatility({ ...terms, ...changed, price }); return implied.solved ? 'SOLVED' : implied.reason; };
    const intrinsic = priceOption({ ...terms, volatility: 0 }).price;
    expect(reason(intrinsic - 0.01)).toBe('BELOW_INTRINSIC');
    expect(reason(intrinsic)).toBe('AT_INTRINSIC');
    expect(reason(intrinsic + 0.01)).toBe('SOLVED');
    expect(reason(110)).toBe('ABOVE_BOUND');
    expect(reason(12, { timeYears: 0 })).toBe('EXPIRED');
    expect(reason(Number.NaN)).toBe('NO_PRICE');
    expect(reason(-1, { type: 'put' })).toBe('BELOW_INTRINSIC');
    expect(reason(0, { type: 'put' })).toBe('AT_INTRINSIC');
  });

  it('of many is that of each, and NaN where there is none', () => {
    const columns = optionColumns('black76', 4);
    for (let row = 0; row < 4; row++) setRow(columns, row, { type: row % 2 ? 'put' : 'call', underlying: 100, strike: 95 + 3 * row, timeYears: 0.1, rate: 0.06, volatility: 0.15 + row / 50 });
    const prices = priceMany(columns).price;
    prices[2] = 200;
    const { volatility, outcome } = impliedVolatilityMany(columns, prices);
    expect([volatility[0], volatility[1], volatility[3]]).toEqual([expect.closeTo(0.15, 12), expect.closeTo(0.17, 12), expect.closeTo(0.21, 12)]);
    expect(volatility[2]).toBeNaN();
    expect([...outcome]).toEqual([0, 0, 3, 0]);
  });
});
