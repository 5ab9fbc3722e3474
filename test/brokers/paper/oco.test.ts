import { describe, expect, it } from 'vitest';
import type { BrokerOrder } from '../../../brokers/define.ts';
import { bracketOrders, type ProtectiveOrder } from '../../../desk/execution/bracket.ts';
import { decimal } from '../../../desk/decimal.ts';
import { cleared, exchange, order } from './exchange.ts';

type Exchange = ReturnType<typeof exchange>;
const stop: Partial<BrokerOrder> = {
  clientOrderId: 'stop',
  side: 'SELL',
  type: 'STOP',
  triggerPrice: decimal(95),
  category: 'STOP_LOSS',
  ocoGroup: 'g',
};
const target: Partial<BrokerOrder> = {
  clientOrderId: 'target',
  side: 'SELL',
  type: 'LIMIT',
  limitPrice: decimal(110),
  category: 'TAKE_PROFIT',
  ocoGroup: 'g',
};
const place = async ({ broker }: Exchange, ...changes: Partial<BrokerOrder>[]) => {
  for (const change of changes) await broker.submits.submit(cleared(order(change)));
};
const found = async ({ broker }: Exchange, id: string, account = 'a1') => {
  const state = await broker.reads.lookUp(account, id);
  return [state?.status, state?.filledQuantity, state?.quantity];
};

describe('one cancels the other', () => {
  it('cancels the stop when the target fills whole, and the other way round', async () => {
    const up = exchange();
    await place(up, stop, target);
    expect(await up.tick(110.5, 110.6)).toMatchObject([{ clientOrderId: 'target', price: '110.5', quantity: 100 }]);
    expect([await found(up, 'target'), await found(up, 'stop')]).toEqual([
      ['FILLED', 100, 100],
      ['CANCELLED', 0, 100],
    ]);
    const down = exchange();
    await place(down, target, stop);
    expect(await down.tick(94, 94.1)).toMatchObject([{ clientOrderId: 'stop', price: '94' }]);
    expect(await found(down, 'target')).toEqual(['CANCELLED', 0, 100]);
    expect(await down.tick(111, 111.1)).toEqual([]);
  });
  it('shrinks the stop by what the target fills in part, so both never sell more than is held', async () => {
    const desk = exchange({ model: { depthLevels: 1 } });
    await place(desk, stop, target);
    await desk.tick(110, 110.1, { bidSize: 40 });
    expect([await found(desk, 'target'), await found(desk, 'stop')]).toEqual([
      ['PARTIALLY_FILLED', 40, 100],
      ['OPEN', 0, 60],
    ]);
    expect(await desk.tick(94, 94.1)).toMatchObject([{ clientOrderId: 'stop', quantity: 60 }]);
    expect(await found(desk, 'target')).toEqual(['CANCELLED', 40, 100]);
  });
  it('ends a partner that has nothing left to do', async () => {
    const desk = exchange({ model: { depthLevels: 1 } });
    await place(desk, { ...stop, quantity: 40 }, target);
    await desk.tick(110, 110.1, { bidSize: 60 });
    expect(await found(desk, 'stop')).toEqual(['CANCELLED', 0, 40]);
  });
  it('ends a larger partner too when an order fills whole', async () => {
    const desk = exchange();
    await place(desk, { ...stop, quantity: 150 }, target);
    await desk.tick(110.5, 110.6);
    expect(await found(desk, 'stop')).toEqual(['CANCELLED', 0, 150]);
  });
  it('takes the stop when one quote would do for both', async () => {
    const desk = exchange();
    await place(desk, target);
    desk.move(1);
    await place(desk, stop);
    expect(await desk.tick(110, 110.1, { last: 95 })).toMatchObject([{ clientOrderId: 'stop' }]);
  });
  it('leaves groups of the same name in other accounts, and orders without a group, alone', async () => {
    const desk = exchange();
    await place(desk, target, { ...stop, accountId: 'a2' }, { ...stop, clientOrderId: 'lone', ocoGroup: null });
    await desk.tick(110.5, 110.6);
    expect([await found(desk, 'stop', 'a2'), await found(desk, 'lone')]).toEqual([
      ['OPEN', 0, 100],
      ['OPEN', 0, 100],
    ]);
  });
});

const daily = {
  symbol: 'TCS',
  start: '2025-03-03T03:45:00.000Z',
  end: '2025-03-03T10:00:00.000Z',
  open: 100,
  high: 112,
  low: 94,
  close: 105,
  volume: 1_000_000,
};
const exact = { barSpreadBps: 0, impactOfRange: 0 };
const early = '2025-03-03T03:30:00.000Z';
const replay = () => exchange({ whenClosed: 'QUEUE', model: exact }, early as never);
const session = (desk: Exchange, change: Partial<typeof daily> = {}) => {
  desk.moveTo(change.end ?? daily.end);
  return desk.broker.onMarket(desk.now(), { bars: [{ ...daily, ...change } as never] });
};
const nextDay = { start: '2025-03-04T03:45:00.000Z', end: '2025-03-04T10:00:00.000Z' };

describe('a replay of daily bars', () => {
  it('fills a market order at the next open, with the spread modelled', async () => {
    const desk = replay();
    await place(desk, { clientOrderId: 'buy' });
    expect(await session(desk, { open: 101.5 })).toMatchObject([
      { clientOrderId: 'buy', price: '101.5', filledAt: daily.start, spreadFrom: 'bars', date: '2025-03-03' },
    ]);
  });
  it('fills an order that was placed within the session at the open of the next', async () => {
    const desk = replay();
    desk.moveTo('2025-03-03T06:00:00.000Z');
    await place(desk, { clientOrderId: 'buy' });
    expect(await session(desk)).toEqual([]);
    expect(await session(desk, { ...nextDay, open: 103 })).toMatchObject([{ clientOrderId: 'buy', price: '103', filledAt: nextDay.start }]);
  });
  it('takes the stop when stop and target both lie inside the bar', async () => {
    const desk = replay();
    await place(desk, target, stop);
    expect(await session(desk)).toMatchObject([{ clientOrderId: 'stop', price: '95', filledAt: daily.end }]);
    expect(await found(desk, 'target')).toEqual(['CANCELLED', 0, 100]);
  });
  it('fills at the open when it gaps through the stop, and takes a target that the open already pays', async () => {
    const gap = replay();
    await place(gap, target, stop);
    expect(await session(gap, { open: 90, low: 88 })).toMatchObject([{ clientOrderId: 'stop', price: '90', filledAt: daily.start }]);
    const gift = replay();
    await place(gift, target, stop);
    expect(await session(gift, { open: 111 })).toMatchObject([{ clientOrderId: 'target', price: '111' }]);
  });
  it('lets a stop that follows an entry at the open protect it the same day', async () => {
    const desk = replay();
    await place(desk, { clientOrderId: 'buy' });
    desk.moveTo(daily.start);
    desk.set(100, 100.05);
    expect(await desk.broker.onMarket(desk.now())).toMatchObject([{ clientOrderId: 'buy' }]);
    desk.move(60_000);
    await place(desk, stop, target);
    expect(await session(desk)).toMatchObject([{ clientOrderId: 'stop', price: '95' }]);
  });
  it('does not show a stop that came at noon the prices of the morning', async () => {
    const desk = replay();
    desk.moveTo('2025-03-03T06:30:00.000Z');
    await place(desk, stop);
    expect(await session(desk)).toEqual([]);
    expect(await session(desk, nextDay)).toMatchObject([{ clientOrderId: 'stop' }]);
  });
  it('fills over several sessions what one session has no volume for, each bar once', async () => {
    const desk = replay();
    await place(desk, { clientOrderId: 'buy', quantity: 150_000 });
    expect(await session(desk)).toMatchObject([{ quantity: 100_000 }]);
    expect(await session(desk)).toEqual([]);
    expect(await session(desk, nextDay)).toMatchObject([{ quantity: 50_000 }]);
  });
  it('gives a resting limit nothing twice from one bar', async () => {
    const desk = replay();
    await place(desk, { clientOrderId: 'buy', quantity: 150_000, type: 'LIMIT', limitPrice: decimal(96) });
    expect(await session(desk)).toMatchObject([{ quantity: 100_000, price: '96' }]);
    expect(await session(desk)).toEqual([]);
  });
  it('does not open the day a second time for what traded at its open', async () => {
    const desk = replay();
    await place(desk, { clientOrderId: 'buy', quantity: 9_000 });
    desk.moveTo(daily.start);
    desk.set(100, 100.05, { askSize: 100 });
    const atOpen = (await desk.broker.onMarket(desk.now())).reduce((sum, { quantity }) => sum + quantity, 0);
    expect(atOpen).toBeLessThan(9_000);
    expect(await session(desk)).toEqual([]);
    expect(await session(desk, nextDay)).toMatchObject([{ quantity: 9_000 - atOpen }]);
  });
  it('does not trade on a bar that has not ended, of a closed exchange or of an unknown symbol', async () => {
    const desk = replay();
    await place(desk, {});
    const bar = (change: object) => desk.broker.onMarket(desk.now(), { bars: [{ ...daily, ...change } as never] });
    expect(await bar({})).toEqual([]);
    desk.moveTo('2025-03-10T11:00:00.000Z');
    expect(await bar({ start: '2025-03-10T03:45:00.000Z', end: '2025-03-10T10:00:00.000Z' })).toEqual([]);
    expect(await bar({ symbol: 'NONESUCH' })).toEqual([]);
  });
});

describe('bracket and broker together', () => {
  it('never leave a held share without a stop nor sell one that is not held, through partial entries and exits', async () => {
    const desk = exchange({ model: { depthLevels: 1 } });
    const rule = { stop: decimal(95), target: decimal(110) };
    const children: ProtectiveOrder[] = [];
    let held = 0;
    const take = (fills: readonly { side: string; quantity: number }[]) => {
      for (const { side, quantity } of fills) held += side === 'BUY' ? quantity : -quantity;
    };
    const sync = async () => {
      for (const child of children) {
        const state = await desk.broker.reads.lookUp('a1', child.clientOrderId);
        if (state) Object.assign(child, { status: state.status, filledQuantity: state.filledQuantity, quantity: state.quantity });
      }
      const plan = bracketOrders({
        position: { positionId: 'p', quantity: held, direction: 'LONG', best: null, last: decimal(100), tickSize: decimal('0.05') },
        bracket: rule,
        existing: children,
      });
      for (const { clientOrderId } of plan.cancel) await desk.broker.submits.cancel(cleared({ accountId: 'a1', clientOrderId }));
      for (const change of plan.replace) {
        expect((await desk.broker.submits.replace(cleared({ accountId: 'a1', ...change }))).message).toBeNull();
        Object.assign(children.find((child) => child.clientOrderId === change.clientOrderId) ?? {}, change);
      }
      for (const { leg, sequence, side, quantity, type, triggerPrice, limitPrice, category, ocoGroup } of plan.place) {
        const clientOrderId = `${leg}.${sequence}`;
        await place(desk, { clientOrderId, side, quantity, type, triggerPrice, limitPrice, category, ocoGroup });
        children.push({ clientOrderId, category, status: 'OPEN', side, quantity, filledQuantity: 0, triggerPrice, limitPrice });
      }
      for (const leg of ['STOP', 'TARGET']) {
        const open = (await desk.broker.reads.orders('a1')).filter(
          (state) => state.clientOrderId.startsWith(leg) && state.status !== 'CANCELLED',
        );
        expect(open.reduce((sum, state) => sum + (state.quantity ?? 0) - state.filledQuantity, 0)).toBe(held);
      }
    };
    await place(desk, { clientOrderId: 'entry', quantity: 1_000, type: 'LIMIT', limitPrice: decimal(100) });
    for (const [bid, ask, bidSize, askSize] of [
      [99.9, 100, 500, 300],
      [99.9, 99.95, 500, 250],
      [110, 110.05, 120, 500],
      [99, 99.5, 500, 450],
      [110, 110.1, 200, 500],
    ] as const) {
      take(await desk.tick(bid, ask, { bidSize, askSize }));
      await sync();
    }
    expect(held).toBe(300 + 250 - 120 + 450 - 200);
    take(await desk.tick(94, 94.1, { bidSize: 5_000 }));
    await sync();
    expect(held).toBe(0);
  });
});
