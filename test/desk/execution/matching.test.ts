import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BarForMatching,
  defaultMatchingModel,
  latencyOf,
  matchOnBar,
  matchOnQuote,
  type MatchingModel,
  type RestingOrder,
  turnInBar,
} from '../../../desk/execution/matching.ts';
import { seededUnit } from '../../../desk/execution/seeded-unit.ts';
import { decimal } from '../../../desk/decimal.ts';
import { instant } from '../../../desk/time.ts';

const order = (change: Partial<RestingOrder> = {}): RestingOrder => ({
  clientOrderId: 'c1',
  side: 'BUY',
  type: 'MARKET',
  limitPrice: null,
  triggerPrice: null,
  remaining: 100,
  triggered: false,
  ...change,
});
const quote = {
  symbol: 'TCS',
  at: instant('2025-03-03T05:00:00Z'),
  last: 100,
  bid: 99.95,
  ask: 100.05,
  bidSize: 500,
  askSize: 500,
  spreadFrom: 'book' as const,
};
const tickSize = decimal('0.05');
const model: MatchingModel = { ...defaultMatchingModel, seed: 7, depthJitter: 0 };
const onQuote = (change: Partial<RestingOrder>, at: Partial<typeof quote> = {}, rest: { taken?: number; model?: MatchingModel } = {}) =>
  matchOnQuote({ order: order(change), quote: { ...quote, ...at }, tickSize, model, ...rest });
const shares = (fills: { quantity: number }[]): number => fills.reduce((sum, { quantity }) => sum + quantity, 0);

describe('matching on a quote', () => {
  it('buys at the ask and sells at the bid', () => {
    expect(onQuote({}).fills).toEqual([{ quantity: 100, price: '100.05' }]);
    expect(onQuote({ side: 'SELL' }).fills).toEqual([{ quantity: 100, price: '99.95' }]);
  });
  it('walks into a deeper book level by level, and fills in part when the book is used up', () => {
    expect(onQuote({ remaining: 1_200 }).fills).toEqual([
      { quantity: 500, price: '100.05' },
      { quantity: 500, price: '100.15' },
      { quantity: 200, price: '100.25' },
    ]);
    expect(shares(onQuote({ remaining: 100_000 }).fills)).toBe(2_500);
  });
  it('leaves to an order only what earlier orders have not taken', () => {
    expect(onQuote({ remaining: 300 }, {}, { taken: 400 }).fills).toEqual([
      { quantity: 100, price: '100.05' },
      { quantity: 200, price: '100.15' },
    ]);
  });
  it('fills a limit only when the other side is at it or better', () => {
    const limit = (price: number) => onQuote({ type: 'LIMIT', limitPrice: decimal(price), remaining: 1_200 }).fills;
    expect(limit(100)).toEqual([]);
    expect(limit(100.05)).toEqual([{ quantity: 500, price: '100.05' }]);
    expect(shares(limit(100.2))).toBe(1_000);
    expect(onQuote({ side: 'SELL', type: 'LIMIT', limitPrice: decimal(100) }).fills).toEqual([]);
  });
  it('triggers a stop on the last price and keeps a stop-limit at its limit', () => {
    const stop = { side: 'SELL' as const, type: 'STOP' as const, triggerPrice: decimal(98) };
    expect(onQuote(stop)).toMatchObject({ triggered: false, fills: [] });
    expect(onQuote(stop, { last: 98, bid: 97.5, ask: 97.6 })).toMatchObject({ triggered: true, fills: [{ price: '97.5' }] });
    expect(onQuote({ ...stop, type: 'STOP_LIMIT', limitPrice: decimal(97.9) }, { last: 98, bid: 97.5, ask: 97.6 })).toMatchObject({
      triggered: true,
      fills: [],
    });
    expect(
      onQuote({ ...stop, type: 'STOP_LIMIT', limitPrice: decimal(97.9), triggered: true }, { last: 99, bid: 98.9, ask: 99 }).fills,
    ).toMatchObject([{ price: '98.9' }]);
    expect(onQuote({ type: 'STOP', triggerPrice: decimal(100) }).triggered).toBe(true);
  });
  it('does not trade on a quote without size, without prices or crossed', () => {
    for (const broken of [{ askSize: 0 }, { bid: 0 }, { bid: 101 }, { ask: Number.NaN }]) expect(onQuote({}, broken).fills).toEqual([]);
  });
  it('lets an option that nobody bids for be bought back at its offer, not sold', () => {
    const worthless = { symbol: 'NIFTY-07AUG25-25500-CE', bid: 0, bidSize: 0, ask: 0.05, last: 0.05 };
    expect(onQuote({ remaining: 75 }, worthless).fills).toEqual([{ quantity: 75, price: '0.05' }]);
    expect(onQuote({ side: 'SELL', remaining: 75 }, worthless).fills).toEqual([]);
  });
  it('says when the spread was modelled', () => {
    expect(matchOnQuote({ order: order(), quote: { ...quote, spreadFrom: 'bars' }, tickSize, model }).spreadFrom).toBe('bars');
  });
});

const bar: BarForMatching = { open: 100, high: 110, low: 90, close: 105, volume: 100_000 };
const exact: MatchingModel = { ...model, barSpreadBps: 0, impactOfRange: 0 };
const onBar = (
  change: Partial<RestingOrder>,
  at: Partial<BarForMatching> = {},
  rest: { joinedAfterOpen?: boolean; taken?: number; model?: MatchingModel } = {},
) => matchOnBar({ order: order(change), bar: { ...bar, ...at }, tickSize, model: exact, ...rest });

describe('matching on a bar', () => {
  it('fills a market order at the open', () => {
    expect(onBar({})).toEqual({ fills: [{ quantity: 100, price: '100' }], triggered: false, spreadFrom: 'bars' });
  });
  it('charges half the modelled spread and an impact that grows with the part of the volume', () => {
    // 100 + half of 20 bps of 100 = 100.1; impact 0.5 × 20 × √(1,000 / 100,000) = 1.0.
    const wide = { model: { ...model, barSpreadBps: 20 } };
    expect(onBar({ remaining: 1_000 }, {}, wide).fills).toEqual([{ quantity: 1_000, price: '101.1' }]);
    expect(onBar({ remaining: 1_000, side: 'SELL' }, {}, wide).fills).toEqual([{ quantity: 1_000, price: '98.9' }]);
    // 100.025 + 1.0 goes up to the tick.
    expect(onBar({ remaining: 1_000 }, {}, { model }).fills).toEqual([{ quantity: 1_000, price: '101.05' }]);
  });
  it('takes no more than the allowed part of the volume, after what others took', () => {
    expect(shares(onBar({ remaining: 50_000 }).fills)).toBe(10_000);
    expect(shares(onBar({ remaining: 50_000 }, {}, { taken: 9_500 }).fills)).toBe(500);
    expect(onBar({}, { volume: 0 }).fills).toEqual([]);
    expect(onBar({}, { volume: 9 }).fills).toEqual([]);
  });
  it('fills a stop at its trigger inside the bar, and at the open when it gapped beyond', () => {
    const stop = { side: 'SELL' as const, type: 'STOP' as const, triggerPrice: decimal(95) };
    expect(onBar(stop)).toMatchObject({ triggered: true, fills: [{ price: '95' }] });
    expect(onBar(stop, { open: 92 })).toMatchObject({ triggered: true, fills: [{ price: '92' }] });
    expect(onBar(stop, { low: 95.05 })).toMatchObject({ triggered: false, fills: [] });
    expect(onBar({ type: 'STOP', triggerPrice: decimal(108) }, { open: 109 })).toMatchObject({ fills: [{ price: '109' }] });
  });
  it('fills a resting limit at its price only when traded through, and at the open when that is better', () => {
    const target = { side: 'SELL' as const, type: 'LIMIT' as const, limitPrice: decimal(108) };
    expect(onBar(target).fills).toMatchObject([{ price: '108' }]);
    expect(onBar(target, { high: 108 }).fills).toEqual([]);
    expect(onBar(target, { open: 109 }).fills).toMatchObject([{ price: '109' }]);
    const buy = (low: number) => onBar({ type: 'LIMIT', limitPrice: decimal(90) }, { low }).fills;
    expect([buy(90.05), buy(90), buy(89.95)]).toEqual([[], [], [{ quantity: 100, price: '90' }]]);
  });
  it('keeps a stop-limit from selling below its limit', () => {
    const stopLimit = { side: 'SELL' as const, type: 'STOP_LIMIT' as const, triggerPrice: decimal(95), limitPrice: decimal(94) };
    expect(onBar(stopLimit).fills).toMatchObject([{ price: '95' }]);
    expect(onBar(stopLimit, { open: 92, high: 93 })).toMatchObject({ triggered: true, fills: [] });
    expect(onBar(stopLimit, { open: 92, high: 96 })).toMatchObject({ triggered: true, fills: [{ price: '94' }] });
  });
  it('works a stop-limit that has gone off as the limit order it became', () => {
    const gone = {
      side: 'SELL' as const,
      type: 'STOP_LIMIT' as const,
      triggerPrice: decimal(85),
      limitPrice: decimal(108),
      triggered: true,
    };
    expect(onBar(gone).fills).toMatchObject([{ price: '108' }]);
  });
  it('shows an order that joined after the open only the rest of the bar', () => {
    expect(onBar({}, {}, { joinedAfterOpen: true }).fills).toEqual([]);
    expect(onBar({ side: 'SELL', type: 'STOP', triggerPrice: decimal(95) }, {}, { joinedAfterOpen: true }).fills).toMatchObject([
      { price: '95' },
    ]);
  });
  it('gives the stop its turn before the target unless the open already paid the target', () => {
    const stop = order({ side: 'SELL', type: 'STOP', triggerPrice: decimal(95) });
    const target = order({ side: 'SELL', type: 'LIMIT', limitPrice: decimal(108) });
    expect([turnInBar(stop, bar), turnInBar(target, bar)]).toEqual([1, 2]);
    expect([turnInBar(stop, { ...bar, open: 109 }), turnInBar(target, { ...bar, open: 109 })]).toEqual([1, 0]);
    expect([turnInBar(stop, { ...bar, open: 94 }), turnInBar(order(), bar)]).toEqual([0, 0]);
  });
});

describe('any match', () => {
  const anyOrder = fc
    .record({
      side: fc.constantFrom('BUY' as const, 'SELL' as const),
      type: fc.constantFrom('MARKET' as const, 'LIMIT' as const, 'STOP' as const, 'STOP_LIMIT' as const),
      limit: fc.integer({ min: 1_500, max: 2_500 }),
      trigger: fc.integer({ min: 1_500, max: 2_500 }),
      remaining: fc.integer({ min: 1, max: 50_000 }),
      triggered: fc.boolean(),
    })
    .map(({ type, limit, trigger, ...rest }) =>
      order({
        ...rest,
        type,
        triggered: rest.triggered && type.startsWith('STOP'),
        limitPrice: type.endsWith('LIMIT') ? decimal((limit * 0.05).toFixed(2)) : null,
        triggerPrice: type.startsWith('STOP') ? decimal((trigger * 0.05).toFixed(2)) : null,
      }),
    );
  const anyBar = fc
    .tuple(
      fc.integer({ min: 1_500, max: 2_500 }),
      fc.integer({ min: 1_500, max: 2_500 }),
      fc.integer({ min: 1_500, max: 2_500 }),
      fc.integer({ min: 0, max: 2_000_000 }),
    )
    .map(([a, b, c, volume]): BarForMatching => {
      const [low = 0, middle = 0, high = 0] = [a, b, c].sort((x, y) => x - y).map((ticks) => Number((ticks * 0.05).toFixed(2)));
      return { open: middle, high, low, close: low, volume };
    });
  const limitKept = (at: RestingOrder, price: string) =>
    at.limitPrice === null || (at.side === 'BUY' ? Number(price) <= Number(at.limitPrice) : Number(price) >= Number(at.limitPrice));

  it('on a bar stays within quantity, participation, range and limit, and never beats the market', () => {
    fc.assert(
      fc.property(anyOrder, anyBar, fc.boolean(), (at, on, joinedAfterOpen) => {
        const match = matchOnBar({ order: at, bar: on, tickSize, model: defaultMatchingModel, joinedAfterOpen });
        expect(shares(match.fills)).toBeLessThanOrEqual(Math.min(at.remaining, Math.floor(on.volume * 0.1)));
        for (const { price, quantity } of match.fills) {
          expect(quantity).toBeGreaterThan(0);
          expect(Number(price)).toBeGreaterThanOrEqual(on.low - 1e-9);
          expect(Number(price)).toBeLessThanOrEqual(on.high + 1e-9);
          expect(limitKept(at, price)).toBe(true);
          if (at.type === 'MARKET') expect(at.side === 'BUY' ? Number(price) >= on.open : Number(price) <= on.open).toBe(true);
          if (at.type === 'STOP' && !at.triggered)
            expect(at.side === 'BUY' ? Number(price) >= Number(at.triggerPrice) : Number(price) <= Number(at.triggerPrice)).toBe(true);
        }
        if (match.fills.length > 0 && at.triggerPrice !== null) expect(match.triggered).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
  it('on a quote stays within quantity and limit, never beats the other side, and is the same again', () => {
    const anyQuote = fc
      .tuple(
        fc.integer({ min: 1_500, max: 2_500 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 1_400, max: 2_600 }),
      )
      .map(([bid, spread, size, last]) => ({
        ...quote,
        bid: bid * 0.05,
        ask: (bid + spread) * 0.05,
        bidSize: size,
        askSize: size,
        last: last * 0.05,
      }));
    fc.assert(
      fc.property(anyOrder, anyQuote, fc.integer(), (at, on, seed) => {
        const run = () => matchOnQuote({ order: at, quote: on, tickSize, model: { ...defaultMatchingModel, seed } });
        const match = run();
        expect(run()).toEqual(match);
        expect(shares(match.fills)).toBeLessThanOrEqual(at.remaining);
        for (const { price } of match.fills) {
          expect(limitKept(at, price)).toBe(true);
          expect(at.side === 'BUY' ? Number(price) >= on.ask - 1e-9 : Number(price) <= on.bid + 1e-9).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the seed', () => {
  it('gives evenly spread numbers that depend on every part', () => {
    const draws = Array.from({ length: 2_000 }, (_, index) => seededUnit(1, 'x', index));
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    expect(draws.reduce((sum, draw) => sum + draw, 0) / draws.length).toBeCloseTo(0.5, 1);
    expect(new Set([...draws, seededUnit(2, 'x', 0), seededUnit(1, 'y', 0)]).size).toBe(2_002);
  });
  it('draws each order its own latency within the bounds, and none without a latency model', () => {
    const slow: MatchingModel = { ...defaultMatchingModel, latencyMs: { least: 20, most: 80 } };
    const draws = Array.from({ length: 200 }, (_, index) => latencyOf(slow, `c${index}`));
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(20);
    expect(Math.max(...draws)).toBeLessThanOrEqual(80);
    expect(new Set(draws).size).toBeGreaterThan(20);
    expect(latencyOf(slow, 'c7')).toBe(draws[7]);
    expect(latencyOf(defaultMatchingModel, 'c7')).toBe(0);
  });
  it('changes how deep the book is', () => {
    const take = (seed: number) =>
      shares(matchOnQuote({ order: order({ remaining: 100_000 }), quote, tickSize, model: { ...defaultMatchingModel, seed } }).fills);
    expect(new Set([1, 2, 3, 4, 5].map(take)).size).toBeGreaterThan(2);
  });
});
