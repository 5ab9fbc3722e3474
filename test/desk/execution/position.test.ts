import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyFill,
  averagePrice,
  flatPosition,
  openCostMinor,
  type Position,
  type PositionFill,
  unrealisedMinor,
} from '../../../desk/execution/position.ts';
import { decimal, valueMinor } from '../../../desk/decimal.ts';

const fill = (side: 'BUY' | 'SELL', quantity: number, price: number, chargesMinor = 0): PositionFill => ({
  side,
  quantity,
  price: decimal(price),
  chargesMinor,
});
const after = (...fills: PositionFill[]): Position => fills.reduce((position, next) => applyFill(position, next).position, flatPosition);

const priced = (min: number, max: number) => fc.record({ quantity: fc.integer({ min: 1, max: 5_000 }), ticks: fc.integer({ min, max }) });
const anyFill = fc
  .record({
    side: fc.constantFrom('BUY' as const, 'SELL' as const),
    quantity: fc.integer({ min: 1, max: 5_000 }),
    ticks: fc.integer({ min: 1, max: 2_000_000 }),
    chargesMinor: fc.integer({ min: 0, max: 100_000 }),
  })
  .map(({ ticks, ...rest }): PositionFill => ({ ...rest, price: decimal((ticks * 0.05).toFixed(2)) }));

describe('a position', () => {
  it('averages what it adds and realises against the average', () => {
    const position = after(fill('BUY', 100, 100), fill('BUY', 100, 110), fill('SELL', 50, 120));
    expect(position).toMatchObject({ quantity: 150, realisedMinor: 75_000 });
    expect([averagePrice(position), openCostMinor(position), unrealisedMinor(position, 106)]).toEqual(['105', 1_575_000, 15_000]);
  });
  it('works short the same way round', () => {
    const position = after(fill('SELL', 100, 200), fill('BUY', 40, 190));
    expect(position).toMatchObject({ quantity: -60, realisedMinor: 40_000 });
    expect([averagePrice(position), unrealisedMinor(position, 210)]).toEqual(['200', -60_000]);
  });
  it('closes the old side and opens the new one when a fill crosses zero', () => {
    const position = after(fill('BUY', 10, 100), fill('SELL', 25, 104));
    expect(position).toMatchObject({ quantity: -15, realisedMinor: 4_000 });
    expect(averagePrice(position)).toBe('104');
  });
  it('keeps the average exact through any number of partial exits', () => {
    let position = after(fill('BUY', 3, 10), fill('BUY', 4, 10.05), fill('BUY', 993, 10.1));
    const average = averagePrice(position, 12);
    for (let left = 999; left > 0; left -= 1) {
      position = applyFill(position, fill('SELL', 1, 11)).position;
      expect(averagePrice(position, 12)).toBe(average);
    }
    expect(applyFill(position, fill('SELL', 1, 11)).position).toMatchObject({ quantity: 0, basis: { quantity: 0, costMinor: 0 } });
    expect(averagePrice(applyFill(position, fill('SELL', 1, 11)).position)).toBeNull();
  });
  it('rounds the cost of what is left half up, and keeps the rest for the end', () => {
    // Three shares for 1.00: two of them cost 0.67.
    const held = after(fill('BUY', 2, 0.33), fill('BUY', 1, 0.34), fill('SELL', 1, 1));
    expect([openCostMinor(held), held.realisedMinor]).toEqual([67, 67]);
    expect(applyFill(held, fill('SELL', 2, 1)).position.realisedMinor).toBe(200);
  });
  it('refuses a quantity that is no whole positive number', () => {
    for (const quantity of [0, -1, 1.5, Number.NaN]) expect(() => applyFill(flatPosition, fill('BUY', quantity, 10))).toThrow(RangeError);
  });
});

describe('money identities', () => {
  it('realised + unrealised − charges is the cash flow plus the position at its mark, after any fills', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { maxLength: 30 }), fc.integer({ min: 1, max: 200_000 }), (fills, markPaise) => {
        const mark = decimal((markPaise / 100).toFixed(2));
        const position = after(...fills);
        const bought = fills.reduce((sum, next) => sum + (next.side === 'BUY' ? next.quantity : -next.quantity), 0);
        const cash = fills.reduce(
          (sum, next) => sum + (next.side === 'BUY' ? -1 : 1) * valueMinor(next.price, next.quantity) - next.chargesMinor,
          0,
        );
        expect(position.quantity).toBe(bought);
        expect(position.realisedMinor + unrealisedMinor(position, mark) - position.chargesMinor).toBe(
          cash + valueMinor(mark, position.quantity),
        );
        expect(Number.isSafeInteger(position.realisedMinor)).toBe(true);
      }),
    );
  });
  it('each fill moves cash and cost by what it realises, to the paisa', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { minLength: 1, maxLength: 30 }), (fills) => {
        let position = flatPosition;
        for (const next of fills) {
          const before = position;
          const { position: now, effect } = applyFill(before, next);
          expect(effect.cashMinor + effect.costMinor).toBe(effect.realisedMinor);
          expect(openCostMinor(now) - openCostMinor(before)).toBe(effect.costMinor);
          expect(now.realisedMinor - before.realisedMinor).toBe(effect.realisedMinor);
          position = now;
        }
      }),
    );
  });
  it('does not depend on the order of buys, nor of the sells that follow', () => {
    fc.assert(
      fc.property(
        fc
          .array(priced(1, 50_000), { minLength: 1, maxLength: 8 })
          .chain((buys) => fc.tuple(fc.constant(buys), fc.shuffledSubarray(buys, { minLength: buys.length }))),
        fc
          .array(priced(1, 50_000), { maxLength: 6 })
          .chain((sells) => fc.tuple(fc.constant(sells), fc.shuffledSubarray(sells, { minLength: sells.length }))),
        ([buys, shuffledBuys], [sells, shuffledSells]) => {
          const held = buys.reduce((sum, next) => sum + next.quantity, 0);
          // Scaled down so that the sells never exceed what is held.
          const scale = (list: typeof sells) =>
            list.map(({ quantity, ticks }) => ({
              ticks,
              quantity: Math.max(1, Math.floor((quantity / 5_000) * (held / (sells.length + 1)))),
            }));
          const total = scale(sells).reduce((sum, next) => sum + next.quantity, 0);
          fc.pre(total <= held);
          const run = (b: typeof buys, s: typeof sells) =>
            after(
              ...b.map(({ quantity, ticks }) => fill('BUY', quantity, Number((ticks * 0.05).toFixed(2)))),
              ...scale(s).map(({ quantity, ticks }) => fill('SELL', quantity, Number((ticks * 0.05).toFixed(2)))),
            );
          expect(run(shuffledBuys, shuffledSells)).toEqual(run(buys, sells));
        },
      ),
    );
  });
  it('being flat leaves no cost behind', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 100_000 }), (fills, paise) => {
        const open = after(...fills);
        fc.pre(open.quantity !== 0);
        const flat = applyFill(open, {
          side: open.quantity > 0 ? 'SELL' : 'BUY',
          quantity: Math.abs(open.quantity),
          price: decimal((paise / 100).toFixed(2)),
          chargesMinor: 0,
        }).position;
        expect([flat.quantity, openCostMinor(flat), unrealisedMinor(flat, 5)]).toEqual([0, 0, 0]);
      }),
    );
  });
});
