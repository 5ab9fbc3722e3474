import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bracket } from '../../../desk/actions/types.ts';
import { type BracketPlan, bracketOrders, type ProtectedPosition, type ProtectiveOrder } from '../../../desk/execution/bracket.ts';
import { openingGap } from '../../../desk/execution/opening-gap.ts';
import { betterPrice, trailedStop } from '../../../desk/execution/trail.ts';
import { decimal } from '../../../desk/decimal.ts';

const position = (change: Partial<ProtectedPosition> = {}): ProtectedPosition => ({
  positionId: 'p1',
  quantity: 100,
  direction: 'LONG',
  best: null,
  last: decimal(100),
  tickSize: decimal('0.05'),
  ...change,
});
const bracket: Bracket = { stop: decimal(95), target: decimal(110) };
const trailing: Bracket = { ...bracket, trail: { distance: decimal(4), activateAt: decimal(103) } };

const child = (change: Partial<ProtectiveOrder> = {}): ProtectiveOrder => ({
  clientOrderId: 's0',
  category: 'STOP_LOSS',
  status: 'OPEN',
  side: 'SELL',
  quantity: 100,
  filledQuantity: 0,
  triggerPrice: decimal(95),
  limitPrice: null,
  ...change,
});
const target = (change: Partial<ProtectiveOrder> = {}): ProtectiveOrder =>
  child({ clientOrderId: 't0', category: 'TAKE_PROFIT', triggerPrice: null, limitPrice: decimal(110), ...change });

/** What the broker would hold after carrying out a plan. */
function carriedOut(existing: readonly ProtectiveOrder[], plan: BracketPlan): ProtectiveOrder[] {
  const kept = existing.map((order): ProtectiveOrder => {
    if (plan.cancel.some(({ clientOrderId }) => clientOrderId === order.clientOrderId)) return { ...order, status: 'CANCELLED' };
    const change = plan.replace.find(({ clientOrderId }) => clientOrderId === order.clientOrderId);
    return change ? { ...order, ...change } : order;
  });
  return [
    ...kept,
    ...plan.place.map(
      ({ leg, sequence, category, side, quantity, triggerPrice, limitPrice }): ProtectiveOrder => ({
        clientOrderId: `${leg}-${sequence}`,
        category,
        status: 'PENDING',
        side,
        quantity,
        filledQuantity: 0,
        triggerPrice,
        limitPrice,
      }),
    ),
  ];
}

describe('a bracket', () => {
  it('protects a filled entry with a stop and a target of one group', () => {
    const { place } = bracketOrders({ position: position(), bracket, existing: [] });
    expect(place).toMatchObject([
      {
        leg: 'STOP',
        sequence: 0,
        side: 'SELL',
        quantity: 100,
        type: 'STOP',
        triggerPrice: '95',
        category: 'STOP_LOSS',
        ocoGroup: 'bracket:p1',
      },
      {
        leg: 'TARGET',
        sequence: 0,
        side: 'SELL',
        quantity: 100,
        type: 'LIMIT',
        limitPrice: '110',
        category: 'TAKE_PROFIT',
        ocoGroup: 'bracket:p1',
      },
    ]);
  });
  it('buys back a short position', () => {
    const { place } = bracketOrders({
      position: position({ quantity: -40, direction: 'SHORT' }),
      bracket: { stop: decimal(105), target: decimal(90) },
      existing: [],
    });
    expect(place).toMatchObject([
      { side: 'BUY', quantity: 40, triggerPrice: '105' },
      { side: 'BUY', quantity: 40, limitPrice: '90' },
    ]);
  });
  it('covers a partly filled entry with what is held and grows with each further fill', () => {
    const first = bracketOrders({ position: position({ quantity: 30 }), bracket, existing: [] });
    expect(first.place.map(({ quantity }) => quantity)).toEqual([30, 30]);
    const second = bracketOrders({
      position: position({ quantity: 100 }),
      bracket,
      existing: [child({ quantity: 30 }), target({ quantity: 30 })],
    });
    expect(second.place).toEqual([]);
    expect(second.replace).toMatchObject([
      { clientOrderId: 's0', quantity: 100 },
      { clientOrderId: 't0', quantity: 100 },
    ]);
  });
  it('shrinks after a partial exit, and counts what a leg has filled itself', () => {
    const plan = bracketOrders({
      position: position({ quantity: 60 }),
      bracket,
      existing: [child(), target({ filledQuantity: 40, status: 'PARTIALLY_FILLED' })],
    });
    expect(plan).toMatchObject({ place: [], cancel: [], replace: [{ clientOrderId: 's0', quantity: 60 }] });
  });
  it('takes every order away when the position is closed or turned over', () => {
    for (const quantity of [0, -5]) {
      const plan = bracketOrders({ position: position({ quantity }), bracket, existing: [child(), target()] });
      expect(plan).toMatchObject({
        place: [],
        replace: [],
        cancel: [{ clientOrderId: 's0', reason: 'POSITION_CLOSED' }, { clientOrderId: 't0' }],
      });
    }
  });
  it('sends nothing in place of an order whose fate is unknown', () => {
    const plan = bracketOrders({ position: position(), bracket, existing: [child({ status: 'UNKNOWN' })] });
    expect(plan.waitingFor).toEqual(['s0']);
    expect(plan.place.map(({ leg }) => leg)).toEqual(['TARGET']);
  });
  it('replaces a stop that was rejected by a new one with the next sequence', () => {
    const plan = bracketOrders({ position: position(), bracket, existing: [child({ status: 'REJECTED' }), target()] });
    expect(plan.place).toMatchObject([{ leg: 'STOP', sequence: 1, quantity: 100 }]);
  });
  it('cancels a second stop, a wrong side and a target that the rule does not have', () => {
    const plan = bracketOrders({
      position: position(),
      bracket: { stop: decimal(95) },
      existing: [child(), child({ clientOrderId: 's1' }), child({ clientOrderId: 's2', side: 'BUY' }), target()],
    });
    expect(plan.cancel).toEqual([
      { clientOrderId: 's2', reason: 'WRONG_SIDE' },
      { clientOrderId: 's1', reason: 'DUPLICATE' },
      { clientOrderId: 't0', reason: 'NO_TARGET' },
    ]);
  });
  it('leaves at the market when the price gapped through the stop before one stood', () => {
    const [stop, ...more] = bracketOrders({ position: position({ last: decimal(93) }), bracket, existing: [] }).place;
    // A target that is late on its way would find the group done and sell what is sold.
    expect(more).toEqual([]);
    for (const status of ['OPEN', 'UNKNOWN'] as const) expect(bracketOrders({ position: position({ last: decimal(93) }), bracket, existing: [child({ triggerPrice: null, status })] }).place).toEqual([]);
    expect(stop).toMatchObject({ type: 'MARKET', triggerPrice: null, reason: 'GAPPED_THROUGH_STOP', quantity: 100 });
    const unknownLast = bracketOrders({ position: position({ last: null }), bracket, existing: [] }).place;
    expect(unknownLast[0]).toMatchObject({ type: 'STOP', triggerPrice: '95' });
  });
});

describe('a trailing stop', () => {
  it('waits for its activation price and then follows the best price', () => {
    const at = (best: number | null) =>
      trailedStop({
        direction: 'LONG',
        stop: decimal(95),
        trail: { distance: decimal(4), activateAt: decimal(103) },
        best: best === null ? null : decimal(best),
        tickSize: decimal('0.05'),
      });
    expect([at(null), at(102.95), at(103), at(107.33)]).toEqual(['95', '95', '99', '103.3']);
  });
  it('does not give back what it gained when the best price is forgotten', () => {
    const plan = bracketOrders({
      position: position({ best: null }),
      bracket: trailing,
      existing: [child({ category: 'TRAIL', triggerPrice: decimal(101) }), target()],
    });
    expect(plan.replace).toEqual([]);
  });
  it('loosens only on a confirmed change', () => {
    const looser = { ...bracket, stop: decimal(92) };
    const existing = [child(), target()];
    expect(bracketOrders({ position: position(), bracket: looser, existing }).replace).toEqual([]);
    expect(bracketOrders({ position: position(), bracket: looser, existing, mayLoosen: true }).replace).toMatchObject([
      { clientOrderId: 's0', triggerPrice: '92' },
    ]);
  });
  it('never moves against the position, whatever path the price takes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('LONG' as const, 'SHORT' as const),
        fc.array(fc.integer({ min: 1_600, max: 2_600 }), { minLength: 1, maxLength: 40 }),
        (direction, ticks) => {
          const long = direction === 'LONG';
          const rule: Bracket = { stop: decimal(long ? 80 : 130), trail: { distance: decimal('7.5') } };
          let best = decimal(100);
          let existing: ProtectiveOrder[] = [child({ side: long ? 'SELL' : 'BUY', triggerPrice: rule.stop })];
          for (const tick of ticks) {
            best = betterPrice(direction, best, decimal((tick * 0.05).toFixed(2)));
            const before = Number(existing[0]?.triggerPrice);
            const plan = bracketOrders({ position: position({ direction, quantity: long ? 100 : -100, best }), bracket: rule, existing });
            existing = carriedOut(existing, plan);
            const now = Number(existing[0]?.triggerPrice);
            expect(long ? now >= before : now <= before).toBe(true);
            // Inside the confirmed rule: no nearer than the distance, and less than a tick farther.
            expect(Math.abs(Number(best) - now)).toBeGreaterThanOrEqual(7.5 - 1e-9);
            expect(long ? now >= Math.max(80, Number(best) - 7.55 - 1e-9) : now <= Math.min(130, Number(best) + 7.55 + 1e-9)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('any bracket', () => {
  const status = fc.constantFrom(
    'PENDING' as const,
    'OPEN' as const,
    'PARTIALLY_FILLED' as const,
    'CANCELLED' as const,
    'REJECTED' as const,
    'UNKNOWN' as const,
    'FILLED' as const,
  );
  const orders = fc
    .array(
      fc.record({
        category: fc.constantFrom('STOP_LOSS' as const, 'TAKE_PROFIT' as const, 'TRAIL' as const),
        status,
        side: fc.constantFrom('BUY' as const, 'SELL' as const),
        quantity: fc.integer({ min: 1, max: 200 }),
        filledQuantity: fc.integer({ min: 0, max: 200 }),
      }),
      { maxLength: 6 },
    )
    .map((list) =>
      list.map(
        (order, index): ProtectiveOrder => ({
          ...order,
          clientOrderId: `o${index}`,
          filledQuantity: Math.min(order.quantity, order.filledQuantity),
          triggerPrice: order.category === 'TAKE_PROFIT' ? null : decimal(94),
          limitPrice: order.category === 'TAKE_PROFIT' ? decimal(111) : null,
        }),
      ),
    );
  it('is settled by its own plan: asking again changes nothing, and each leg covers exactly what is held', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: -50, max: 200 }), fc.boolean(), (existing, quantity, withTarget) => {
        const rule = withTarget ? bracket : { stop: bracket.stop };
        const ask = (now: readonly ProtectiveOrder[]) => bracketOrders({ position: position({ quantity }), bracket: rule, existing: now });
        const plan = ask(existing);
        const settled = carriedOut(existing, plan);
        expect(ask(settled)).toEqual({ place: [], replace: [], cancel: [], waitingFor: plan.waitingFor });
        const working = settled.filter(
          (order) => ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'].includes(order.status) && order.quantity > order.filledQuantity,
        );
        if (plan.waitingFor.length === 0) {
          const covered = (leg: boolean) =>
            working
              .filter((order) => (order.category === 'TAKE_PROFIT') === leg)
              .reduce((sum, order) => sum + order.quantity - order.filledQuantity, 0);
          expect(covered(false)).toBe(Math.max(0, quantity));
          expect(covered(true)).toBe(withTarget ? Math.max(0, quantity) : 0);
        }
        if (quantity > 0) expect(working.filter((order) => order.status !== 'UNKNOWN').every((order) => order.side === 'SELL')).toBe(true);
      }),
    );
  });
});

describe('an opening gap', () => {
  const gap = (side: 'BUY' | 'SELL', open: number, stop: number) =>
    openingGap({ side, reference: decimal(100), open: decimal(open), stop: decimal(stop), gapChaseMaxPercent: 2 });
  it('is chased no farther than the playbook allows, on either side', () => {
    expect([gap('BUY', 102, 95), gap('BUY', 102.05, 95), gap('SELL', 97.9, 105)]).toEqual([
      { kind: 'WITHIN', gapPercent: 2 },
      { kind: 'CHASE', gapPercent: 2.05 },
      { kind: 'CHASE', gapPercent: 2.1 },
    ]);
  });
  it('beyond the stop ends the trade before it starts', () => {
    expect([gap('BUY', 95, 95).kind, gap('SELL', 106, 105).kind, gap('BUY', 96, 95).kind]).toEqual([
      'BEYOND_STOP',
      'BEYOND_STOP',
      'WITHIN',
    ]);
  });
});
