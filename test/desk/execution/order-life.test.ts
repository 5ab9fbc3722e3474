import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyFillToOrder,
  applyStatusToOrder,
  averageFillPrice,
  filledQuantity,
  isClosed,
  mayBeWorking,
  type OrderFill,
  type OrderProgress,
  type OrderStatus,
  orderTransitions,
  overfilledQuantity,
  remainingQuantity,
} from '../../../desk/execution/order-life.ts';
import { decimal } from '../../../desk/decimal.ts';
import { instant } from '../../../desk/time.ts';

const order = (change: Partial<OrderProgress> = {}): OrderProgress => ({
  clientOrderId: 'c1',
  quantity: 100,
  status: 'OPEN',
  message: null,
  fills: [],
  ...change,
});
const fill = (id: string, quantity: number, price = 10, minute = 0): OrderFill => ({
  brokerFillId: id,
  quantity,
  price: decimal(price),
  filledAt: instant(`2025-03-03T04:${String(minute).padStart(2, '0')}:00Z`),
});
const apply = (start: OrderProgress, ...fills: OrderFill[]): OrderProgress =>
  fills.reduce((now, next) => applyFillToOrder(now, next).order, start);

describe('fills of an order', () => {
  it('go from open over partly filled to filled', () => {
    const part = apply(order(), fill('a', 40));
    expect([part.status, filledQuantity(part), remainingQuantity(part)]).toEqual(['PARTIALLY_FILLED', 40, 60]);
    expect(apply(part, fill('b', 60)).status).toBe('FILLED');
  });
  it('count once, however often they are reported', () => {
    const once = apply(order(), fill('a', 40));
    expect(applyFillToOrder(once, fill('a', 40))).toEqual({ kind: 'duplicate', order: once });
  });
  it('are not counted when the same id comes back with another content', () => {
    const once = apply(order(), fill('a', 40));
    expect(applyFillToOrder(once, fill('a', 41))).toMatchObject({
      kind: 'conflict',
      order: once,
      known: { quantity: 40 },
      reported: { quantity: 41 },
    });
    expect(applyFillToOrder(once, fill('a', 40, 11)).kind).toBe('conflict');
  });
  it('count after a cancel took hold, and say so', () => {
    const late = applyFillToOrder(order({ status: 'CANCELLED' }), fill('a', 30));
    expect(late).toMatchObject({ kind: 'applied', afterClose: true, overfilled: 0, order: { status: 'CANCELLED' } });
    expect(applyFillToOrder(late.order, fill('b', 70)).order.status).toBe('FILLED');
  });
  it('leave an expired order expired until it is full', () => {
    expect(applyFillToOrder(order({ status: 'EXPIRED' }), fill('a', 30)).order.status).toBe('EXPIRED');
  });
  it('make an order that was said to be rejected what it is', () => {
    expect(applyFillToOrder(order({ status: 'REJECTED' }), fill('a', 30))).toMatchObject({
      afterClose: true,
      order: { status: 'PARTIALLY_FILLED' },
    });
  });
  it('beyond the quantity are counted and reported as an overfill', () => {
    const over = applyFillToOrder(apply(order(), fill('a', 100)), fill('b', 5));
    expect(over).toMatchObject({ kind: 'applied', overfilled: 5, afterClose: false, order: { status: 'FILLED' } });
    expect([overfilledQuantity(over.order), remainingQuantity(over.order)]).toEqual([5, 0]);
  });
  it('average by quantity', () => {
    expect(averageFillPrice(order())).toBeNull();
    expect(averageFillPrice(apply(order(), fill('a', 25, 10), fill('b', 75, 12)))).toBe('11.5');
  });
  it('give the same order whatever their order of arrival and however often each comes', () => {
    const fills = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 0, max: 99 }),
        quantity: fc.integer({ min: 1, max: 40 }),
        minute: fc.integer({ min: 0, max: 59 }),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
    );
    const arrival = fills.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: 2 * list.length })),
    );
    fc.assert(
      fc.property(
        arrival,
        fc.constantFrom<OrderStatus>('PENDING', 'OPEN', 'UNKNOWN', 'CANCELLED', 'EXPIRED', 'REJECTED'),
        ([inOrder, shuffled], status) => {
          const asFills = (list: typeof inOrder) => list.map(({ id, quantity, minute }) => fill(`f${id}`, quantity, 10 + id, minute));
          const a = apply(order({ status }), ...asFills(inOrder));
          expect(apply(order({ status }), ...asFills(shuffled))).toEqual(a);
          expect(filledQuantity(a)).toBe(inOrder.reduce((sum, { quantity }) => sum + quantity, 0));
        },
      ),
    );
  });
});

describe('status reports', () => {
  const report = (status: OrderStatus, filled = 0, message: string | null = null) => ({ status, filledQuantity: filled, message });
  it("move an order forward and carry the broker's words", () => {
    expect(applyStatusToOrder(order({ status: 'PENDING' }), report('REJECTED', 0, 'margin'))).toMatchObject({
      kind: 'changed',
      order: { status: 'REJECTED', message: 'margin' },
    });
  });
  it('that are older than what is known change nothing', () => {
    const part = apply(order(), fill('a', 40));
    for (const status of ['PENDING', 'OPEN', 'REJECTED'] as const)
      expect(applyStatusToOrder(part, report(status))).toMatchObject({ kind: 'stale', order: part });
    expect(applyStatusToOrder(order({ status: 'CANCELLED' }), report('OPEN')).kind).toBe('stale');
    const unknown = order({ status: 'UNKNOWN', fills: [fill('a', 40)] });
    expect(applyStatusToOrder(unknown, report('OPEN')).kind).toBe('stale');
  });
  it('say how many filled shares the desk has no fill for', () => {
    expect(applyStatusToOrder(apply(order(), fill('a', 40)), report('FILLED', 100))).toMatchObject({
      kind: 'changed',
      missingQuantity: 60,
      order: { status: 'FILLED' },
    });
    expect(applyStatusToOrder(order(), report('OPEN', 0))).toMatchObject({ kind: 'unchanged', missingQuantity: 0 });
  });
  it('never lead out of a final status except to filled', () => {
    for (const status of Object.keys(orderTransitions) as OrderStatus[]) {
      expect(isClosed(status)).toBe(!mayBeWorking(status));
      if (isClosed(status)) expect(orderTransitions[status].filter((next) => next !== 'FILLED')).toEqual([]);
      else expect(orderTransitions[status].length).toBeGreaterThan(0);
    }
  });
});
