import { describe, expect, it } from 'vitest';
import { modelledSpread } from '../../../feeds/replay/modelled-spread.ts';

const spreadBasisPoints = (crore: number): number => {
  const { bid, ask } = modelledSpread({
    exchange: 'NSE',
    last: 2_000,
    tickSize: 0.05,
    previous: { close: 2_000, volume: (crore * 1e7) / 2_000 },
  });
  return ((ask - bid) / 2_000) * 10_000;
};

describe('the modelled spread', () => {
  it('is 20 basis points at ₹10 crore a session and falls with the root of turnover', () => {
    expect(spreadBasisPoints(10)).toBeCloseTo(20, 1);
    expect(spreadBasisPoints(1_000)).toBeCloseTo(2, 1);
    expect(spreadBasisPoints(100)).toBeCloseTo(6.325, 0);
  });

  it('is never wider than 200 basis points, and that wide when nothing is known of turnover', () => {
    expect(spreadBasisPoints(0.001)).toBeCloseTo(200, 1);
    expect(modelledSpread({ exchange: 'NSE', last: 2_000, tickSize: null, previous: null })).toEqual({
      bid: 1_980,
      ask: 2_020,
      bidSize: 1,
      askSize: 1,
    });
  });

  it('is never less than a tick, the last price being the bid then', () => {
    expect(modelledSpread({ exchange: 'NSE', last: 100.1, tickSize: null, previous: { close: 100, volume: 1e9 } })).toMatchObject({
      bid: 100.1,
      ask: 100.15,
    });
    expect(modelledSpread({ exchange: 'US', last: 187.43, tickSize: null, previous: { close: 187, volume: 6e7 } })).toMatchObject({
      bid: 187.43,
      ask: 187.44,
    });
  });

  it('uses the symbol’s own tick where it is known', () => {
    expect(modelledSpread({ exchange: 'NSE', last: 250, tickSize: 0.01, previous: { close: 250, volume: 1e9 } })).toMatchObject({
      bid: 250,
      ask: 250.01,
    });
  });

  it('never bids below a tick', () => {
    const { bid, ask } = modelledSpread({ exchange: 'NSE', last: 0.05, tickSize: 0.05, previous: { close: 0.05, volume: 10 } });
    expect([bid, ask]).toEqual([0.05, 0.1]);
  });
});
