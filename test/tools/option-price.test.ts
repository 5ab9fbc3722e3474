import { describe, expect, it } from 'vitest';
import type { ToolCaller } from '../../tools/define.ts';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';
import type { ToolServices } from '../../tools/services.ts';

const caller: ToolCaller = { personId: 'p', role: 'viewer', channel: 'test', viewableAccountIds: [] };
const call = (name: string, input: unknown) => runTool({ tool: tools.get(name)!, services: {} as ToolServices, caller, input });
const spot = { model: 'bsm', type: 'call', spot: 49, strike: 50, timeYears: 0.3846, rate: 0.05, dividendYield: 0 };
const forward = { model: 'black76', type: 'put', forward: 24_100, strike: 24_000, timeYears: 0.02, rate: 0.065 };

describe('the option_price tool', () => {
  it('gives the price and greeks of a textbook option (Hull: delta 0.522, gamma 0.066, theta −4.31 a year, vega 12.1, rho 8.91)', async () => {
    const result = await call('option_price', { ...spot, vol: 0.2 });
    expect(result).toMatchObject({ ok: true, output: {
      price: expect.closeTo(2.4005, 4), delta: expect.closeTo(0.521601633972, 11), gamma: expect.closeTo(0.0655453772525, 12), vega: expect.closeTo(12.1052427542, 9),
      thetaPerYear: expect.closeTo(-4.30538996455, 10), thetaPerDay: expect.closeTo(-4.30538996455 / 365, 12), rho: expect.closeTo(8.9065740988, 9),
    } });
    expect(Object.keys((result as { output: object }).output)).toEqual(['price', 'delta', 'gamma', 'vega', 'thetaPerYear', 'thetaPerDay', 'rho', 'vanna', 'vomma']);
  });

  it('prices on a forward, at expiry and without volatility too', async () => {
    expect(await call('option_price', { ...forward, vol: 0.12 })).toMatchObject({ ok: true });
    expect(await call('option_price', { ...spot, spot: 60, timeYears: 0, vol: 0.2 })).toMatchObject({ ok: true, output: { price: 10, delta: 1, gamma: 0, vega: 0 } });
    expect(await call('option_price', { ...forward, forward: 24_000, vol: 0 })).toMatchObject({ ok: true, output: { price: 0, delta: expect.closeTo(-0.5, 2) } });
  });

  it.each([
    [{ ...spot, spot: undefined, forward: 49, vol: 0.2 }, 'INPUT_MISSING', 'spot'], [{ ...forward, forward: undefined, spot: 24_000, vol: 0.2 }, 'INPUT_MISSING', 'forward'],
    [{ ...forward, dividendYield: 0.02, vol: 0.2 }, 'INPUT_AMBIGUOUS', 'dividendYield'], [{ ...spot, vol: -0.2 }, 'INVALID_INPUT', 'vol'], [{ ...spot }, 'INVALID_INPUT', 'vol'],
    [{ ...spot, strike: 0, vol: 0.2 }, 'INVALID_INPUT', 'strike'], [{ ...spot, timeYears: -1, vol: 0.2 }, 'INVALID_INPUT', 'timeYears'], [{ ...spot, model: 'heston', vol: 0.2 }, 'INVALID_INPUT', 'model'],
  ])('refuses %j and names the field', async (input, code, field) => {
    expect(await call('option_price', input)).toMatchObject({ ok: false, error: { code, field } });
  });
});

describe('the implied_vol tool', () => {
  it.each([spot, forward])('gives back the volatility of a price: %j', async (terms) => {
    const priced = (await call('option_price', { ...terms, vol: 0.1875 })) as { output: { price: number } };
    expect(await call('implied_vol', { ...terms, price: priced.output.price })).toEqual({ ok: true, output: { vol: expect.closeTo(0.1875, 13), iterations: expect.any(Number) } });
  });

  it.each([
    [{ ...spot, spot: 60, price: 9 }, 'price'], [{ ...spot, price: 49 }, 'price'], [{ ...spot, price: 0 }, 'price'], [{ ...spot, price: -3 }, 'price'],
    [{ ...forward, price: 24_000 }, 'price'], [{ ...spot, timeYears: 0, price: 2 }, 'timeYears'],
  ])('has no solution for %j', async (input, field) => {
    expect(await call('implied_vol', input)).toMatchObject({ ok: false, error: { code: 'IV_NO_SOLUTION', field } });
  });
});
