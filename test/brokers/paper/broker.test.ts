import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { BrokerReads, OrderStatus } from '../../../brokers/define.ts';
import type { OrderStatus as DeskOrderStatus } from '../../../desk/execution/order-life.ts';
import { decimal } from '../../../desk/decimal.ts';
import { instant } from '../../../desk/time.ts';
import { cleared, close, exchange, open, order } from './exchange.ts';

describe('submitting', () => {
  it('takes an order without trading it, and trades it on the next quote with its charges', async () => {
    const { broker, tick } = exchange();
    const sent = await broker.submits.submit(cleared(order({ clientOrderId: 'buy' })));
    expect(sent).toMatchObject({
      clientOrderId: 'buy',
      status: 'OPEN',
      filledQuantity: 0,
      averagePrice: null,
      quantity: 100,
      updatedAt: open,
    });
    const fills = await tick(99.95, 100.05);
    expect(fills).toMatchObject([
      {
        clientOrderId: 'buy',
        quantity: 100,
        price: '100.05',
        charges: { stt: 1_000, stampDuty: 150, exchange: 30 },
        filledAt: instant('2025-03-03T03:45:01Z'),
      },
    ]);
    expect(await broker.reads.lookUp('a1', 'buy')).toMatchObject({ status: 'FILLED', filledQuantity: 100, averagePrice: '100.05' });
    expect(await broker.reads.fillsSince('a1', null)).toEqual(fills);
    expect(await broker.reads.fillsSince('a1', fills[0]?.brokerFillId ?? '')).toEqual([]);
  });
  it('makes one order of any number of repeats, even with other content', async () => {
    const { broker, tick } = exchange();
    const one = order({ clientOrderId: 'once' });
    const sent = await Promise.all([1, 2, 3].map(() => broker.submits.submit(cleared(one))));
    expect(new Set(sent.map(({ brokerOrderId }) => brokerOrderId)).size).toBe(1);
    await tick(99.95, 100.05);
    expect(await broker.submits.submit(cleared({ ...one, quantity: 900 }))).toMatchObject({ status: 'FILLED', quantity: 100 });
    expect(await broker.reads.orders('a1')).toHaveLength(1);
  });
  it('tells of an order that is there even when its ticket is used up', async () => {
    const { broker } = exchange();
    const one = order();
    const sent = await broker.submits.submit(cleared(one));
    expect(await broker.submits.submit(cleared(one, 'used'))).toEqual(sent);
  });
  it('rejects a part of a lot', async () => {
    const { broker } = exchange({ instrument: () => ({ exchange: 'NSE', kind: 'INDEX_OPTION', tickSize: decimal('0.05'), lotSize: 75 }) });
    expect((await broker.submits.submit(cleared(order({ quantity: 100 })))).message).toBe('100 is not a multiple of the lot of 75');
    expect((await broker.submits.submit(cleared(order({ quantity: 150 })))).status).toBe('OPEN');
  });
  it('refuses what is not cleared and keeps nothing of it', async () => {
    const { broker, tick } = exchange();
    const one = order();
    const ids = { accountId: 'a1', clientOrderId: one.clientOrderId };
    expect(await broker.submits.submit(cleared(one, 'forged'))).toMatchObject({
      status: 'REJECTED',
      message: 'not cleared',
      brokerOrderId: '',
    });
    expect(await broker.reads.lookUp('a1', one.clientOrderId)).toBeNull();
    await broker.submits.submit(cleared(one));
    expect((await broker.submits.cancel(cleared(ids, 'forged'))).message).toBe('not cleared');
    expect((await broker.submits.replace(cleared({ ...ids, limitPrice: null, triggerPrice: null, quantity: 900 }, 'forged'))).message).toBe(
      'not cleared',
    );
    expect(await tick(99.95, 100.05)).toMatchObject([{ quantity: 100 }]);
  });
  it.each([
    ['an unknown symbol', { symbol: 'NONESUCH' }, 'unknown symbol NONESUCH on NSE'],
    ['the wrong exchange', { exchange: 'US' }, 'unknown symbol TCS on US'],
    ['no quote', { symbol: 'INFY' }, 'no quote for INFY'],
    ['half a share', { quantity: 0.5 }, '0.5 is not a quantity'],
    ['nothing', { quantity: 0 }, '0 is not a quantity'],
    ['a limit order without a limit', { type: 'LIMIT' as const }, 'the order has no limit price'],
    ['a stop without a trigger', { type: 'STOP' as const }, 'the order has no trigger price'],
    ['a price off the tick', { type: 'LIMIT' as const, limitPrice: decimal('100.02') }, 'limit price 100.02 is not on the tick of 0.05'],
    ['a trigger below zero', { type: 'STOP' as const, triggerPrice: decimal(-5) }, 'the order has no trigger price'],
  ])('rejects %s and remembers it', async (_what, change, message) => {
    const { broker } = exchange();
    const one = order(change);
    expect(await broker.submits.submit(cleared(one))).toMatchObject({ status: 'REJECTED', message });
    expect(await broker.reads.lookUp('a1', one.clientOrderId)).toMatchObject({ status: 'REJECTED', message });
  });
  it('rejects when the market is closed, or keeps the order for the open where it is told to', async () => {
    const early = instant('2025-03-03T03:30:00Z');
    const shut = exchange({}, early);
    expect(await shut.broker.submits.submit(cleared(order()))).toMatchObject({ status: 'REJECTED', message: 'NSE is closed' });
    const queueing = exchange({ whenClosed: 'QUEUE' }, early);
    expect(await queueing.broker.submits.submit(cleared(order()))).toMatchObject({ status: 'OPEN' });
    expect(await queueing.tick(99, 99.1)).toEqual([]);
    queueing.moveTo(open);
    expect(await queueing.tick(101, 101.05)).toMatchObject([{ price: '101.05' }]);
  });
  it('rejects on a date without a charge table', async () => {
    const { broker } = exchange({}, instant('2018-03-05T05:00:00Z'));
    expect((await broker.submits.submit(cleared(order()))).message).toContain('the charge table has no');
  });
});

describe('trading', () => {
  it('fills a large order in parts over several quotes, not twice on one', async () => {
    const { broker, tick, now } = exchange({ model: { depthLevels: 1 } });
    await broker.submits.submit(cleared(order({ clientOrderId: 'big', quantity: 2_500 })));
    await tick(99.95, 100.05);
    expect(await broker.onMarket(now())).toEqual([]);
    expect(await broker.reads.lookUp('a1', 'big')).toMatchObject({ status: 'PARTIALLY_FILLED', filledQuantity: 1_000 });
    await tick(99.95, 100.15);
    await tick(99.95, 100.25);
    expect(await broker.reads.lookUp('a1', 'big')).toMatchObject({ status: 'FILLED', filledQuantity: 2_500, averagePrice: '100.13' });
  });
  it('shares one quote between the orders of its side', async () => {
    const { broker, tick } = exchange({ model: { depthLevels: 1 } });
    for (const clientOrderId of ['p1', 'p2', 'p3']) await broker.submits.submit(cleared(order({ clientOrderId, quantity: 400 })));
    const fills = await tick(99.95, 100.05);
    expect(fills.map(({ clientOrderId, quantity }) => [clientOrderId, quantity])).toEqual([
      ['p1', 400],
      ['p2', 400],
      ['p3', 200],
    ]);
  });
  it('gives an order that comes at the very moment of a quote only what others left of it', async () => {
    const { broker, set, now } = exchange({ model: { depthLevels: 1 } });
    set(99.95, 100.05);
    for (const [accountId, left] of [['a1', 800], ['a2', 200]] as const) {
      await broker.submits.submit(cleared(order({ accountId, quantity: 800 })));
      expect((await broker.onMarket(now())).map(({ quantity }) => quantity)).toEqual([left]);
    }
  });
  it('does not trade an order on a quote from before it was sent, from the future, or after the close', async () => {
    const { broker, set, now, moveTo } = exchange();
    const old = set(99.95, 100.05);
    moveTo('2025-03-03T04:00:00Z');
    await broker.submits.submit(cleared(order()));
    expect(await broker.onMarket(now(), { quotes: [old] })).toEqual([]);
    expect(await broker.onMarket(now(), { quotes: [{ ...old, at: instant('2025-03-03T05:00:00Z') }] })).toEqual([]);
    moveTo(close);
    expect(await broker.onMarket(close, { quotes: [{ ...old, at: close }] })).toEqual([]);
  });
  it('waits out its latency', async () => {
    const { broker, tick } = exchange({ model: { latencyMs: { least: 1_500, most: 1_500 } } });
    await broker.submits.submit(cleared(order()));
    expect(await tick(99.95, 100.05)).toEqual([]);
    expect(await tick(99.95, 100.05)).toHaveLength(1);
  });
  it('debits the depository once a symbol and day, whatever the number of sales', async () => {
    const { broker, tick, moveTo } = exchange();
    const sell = () => broker.submits.submit(cleared(order({ side: 'SELL', category: 'EXIT', quantity: 10 })));
    await sell();
    expect((await tick(99.95, 100.05))[0]?.charges.dp).toBe(1_300);
    await sell();
    expect((await tick(99.95, 100.05))[0]?.charges.dp).toBeUndefined();
    moveTo('2025-03-04T04:00:00Z');
    await sell();
    expect((await tick(99.95, 100.05))[0]?.charges.dp).toBe(1_300);
  });
  it('remembers a stop that went off but could not fill', async () => {
    const { broker, tick } = exchange();
    await broker.submits.submit(
      cleared(order({ clientOrderId: 's', side: 'SELL', type: 'STOP', triggerPrice: decimal(98), category: 'STOP_LOSS' })),
    );
    expect(await tick(97.9, 98, { bidSize: 0 })).toEqual([]);
    // Back above the trigger: it went off, so it sells.
    expect(await tick(98.5, 98.6)).toMatchObject([{ price: '98.5' }]);
  });
});

describe('cancelling and replacing', () => {
  const resting = { type: 'LIMIT' as const, limitPrice: decimal(95) };
  it('cancels a working order once, and tells what became of one that is over', async () => {
    const { broker, tick } = exchange();
    const one = order(resting);
    const ids = { accountId: 'a1', clientOrderId: one.clientOrderId };
    await broker.submits.submit(cleared(one));
    expect(await broker.submits.cancel(cleared(ids))).toMatchObject({ status: 'CANCELLED' });
    expect(await broker.submits.cancel(cleared(ids))).toMatchObject({ status: 'CANCELLED', message: 'the order is cancelled' });
    expect(await tick(94, 94.05)).toEqual([]);
    expect(await broker.submits.cancel(cleared({ accountId: 'a1', clientOrderId: 'never' }))).toMatchObject({
      status: 'REJECTED',
      message: 'no such order',
    });
  });
  it('moves price and quantity, and keeps what has filled', async () => {
    const { broker, tick } = exchange({ model: { depthLevels: 1 } });
    const one = order({ ...resting, quantity: 1_500 });
    const ids = { accountId: 'a1', clientOrderId: one.clientOrderId };
    await broker.submits.submit(cleared(one));
    await tick(94.9, 95);
    const replace = (quantity: number, limitPrice: string) =>
      broker.submits.replace(cleared({ ...ids, limitPrice: decimal(limitPrice), triggerPrice: null, quantity }));
    expect(await replace(900, '95')).toMatchObject({ status: 'PARTIALLY_FILLED', message: '1000 have filled already', quantity: 1_500 });
    expect((await replace(1_200, '95.02')).message).toContain('not on the tick');
    expect(await replace(1_200, '96')).toMatchObject({ status: 'PARTIALLY_FILLED', message: null, quantity: 1_200 });
    expect(await tick(95.9, 96)).toMatchObject([{ quantity: 200, price: '96' }]);
    expect((await replace(2_000, '96')).message).toBe('the order is filled');
  });
  it('meets only what comes after a changed price', async () => {
    const { broker, set, now, move } = exchange();
    const one = order(resting);
    await broker.submits.submit(cleared(one));
    move(1_000);
    const earlier = set(99.95, 100.05);
    move(1_000);
    await broker.submits.replace(
      cleared({ accountId: 'a1', clientOrderId: one.clientOrderId, limitPrice: decimal(101), triggerPrice: null, quantity: 100 }),
    );
    expect(await broker.onMarket(now(), { quotes: [earlier] })).toEqual([]);
    expect(await broker.onMarket(now(), { quotes: [{ ...earlier, at: now() }] })).toHaveLength(1);
  });
  it('closes an order whose quantity is cut to what has filled', async () => {
    const { broker, tick } = exchange({ model: { depthLevels: 1 } });
    const one = order({ ...resting, quantity: 1_500 });
    await broker.submits.submit(cleared(one));
    await tick(94.9, 95);
    expect(
      await broker.submits.replace(
        cleared({ accountId: 'a1', clientOrderId: one.clientOrderId, limitPrice: decimal(95), triggerPrice: null, quantity: 1_000 }),
      ),
    ).toMatchObject({ status: 'FILLED', filledQuantity: 1_000 });
    expect(await tick(94.9, 95)).toEqual([]);
  });
  it('expires entries and exits at the end of the session and leaves stops standing', async () => {
    const { broker } = exchange();
    for (const [clientOrderId, category] of [
      ['e', 'ENTRY'],
      ['x', 'EXIT'],
      ['t', 'TAKE_PROFIT'],
    ] as const)
      await broker.submits.submit(cleared(order({ ...resting, clientOrderId, category })));
    expect((await broker.endOfSession(close)).map(({ clientOrderId, status }) => [clientOrderId, status])).toEqual([
      ['e', 'EXPIRED'],
      ['x', 'EXPIRED'],
    ]);
    expect(await broker.endOfSession(close)).toEqual([]);
    await broker.submits.submit(cleared(order({ ...resting, clientOrderId: 'later' })));
    expect(await broker.endOfSession(open)).toEqual([]);
    expect(await broker.reads.lookUp('a1', 't')).toMatchObject({ status: 'OPEN' });
  });
});

describe('a stored price that stands', () => {
  const stored = { spreadFrom: 'snapshot', bidSize: 150, askSize: 225 } as const;
  const standing = (from = open) => exchange({ stands: (quote, now) => now.slice(0, 10) === quote.at.slice(0, 10), model: { depthLevels: 1 } }, from);

  it('trades with orders that came after it, at the time of now and marked with its own', async () => {
    const { broker, set, now, moveTo } = standing();
    set(99.9, 100.1, stored);
    moveTo('2025-03-03T09:00:00Z');
    await broker.submits.submit(cleared(order({ quantity: 200 })));
    const [fill, ...more] = await broker.onMarket(now());
    expect(more).toEqual([]);
    expect(fill).toMatchObject({ quantity: 200, price: '100.1', filledAt: '2025-03-03T09:00:00.000Z', pricedAt: open, spreadFrom: 'snapshot' });
  });
  it('shows its size once: what is left of an order waits for the next', async () => {
    const { broker, set, now, moveTo } = standing();
    set(99.9, 100.1, stored);
    moveTo('2025-03-03T09:00:00Z');
    await broker.submits.submit(cleared(order({ quantity: 300 })));
    expect((await broker.onMarket(now())).map(({ quantity }) => quantity)).toEqual([225]);
    moveTo('2025-03-03T09:01:00Z');
    expect(await broker.onMarket(now())).toEqual([]);
    set(100.9, 101.1, stored);
    expect((await broker.onMarket(now())).map(({ quantity, price }) => [quantity, price])).toEqual([[75, '101.1']]);
  });
  it('shows its size once to all orders of all accounts, whenever they come and through a new start', async () => {
    const { broker, restarted, set, now, moveTo } = standing();
    set(99.9, 100.1, stored);
    moveTo('2025-03-03T09:00:00Z');
    await broker.submits.submit(cleared(order({ quantity: 150 })));
    expect((await broker.onMarket(now())).map(({ quantity }) => quantity)).toEqual([150]);
    moveTo('2025-03-03T09:01:00Z');
    const again = restarted();
    await again.submits.submit(cleared(order({ accountId: 'a2', clientOrderId: 'second', quantity: 200 })));
    await again.submits.submit(cleared(order({ side: 'SELL', quantity: 100 })));
    expect((await again.onMarket(now())).map(({ accountId, side, quantity }) => [accountId, side, quantity])).toEqual([['a1', 'SELL', 100], ['a2', 'BUY', 75]]);
    await again.submits.submit(cleared(order({ accountId: 'a3', quantity: 1 })));
    expect(await again.onMarket(now())).toEqual([]);
    set(99.9, 100.2, stored);
    expect((await again.onMarket(now())).map(({ accountId, quantity }) => [accountId, quantity])).toEqual(expect.arrayContaining([['a2', 125], ['a3', 1]]));
  });
  it('never gives more than it showed, in whatever order accounts ask and are met', async () => {
    const asks = fc.array(fc.record({ accountId: fc.constantFrom('a1', 'a2', 'a3'), side: fc.constantFrom('BUY' as const, 'SELL' as const), quantity: fc.integer({ min: 1, max: 300 }), met: fc.boolean() }), { minLength: 1, maxLength: 12 });
    await fc.assert(fc.asyncProperty(asks, async (all) => {
      const { broker, set, now, moveTo } = standing();
      set(99.9, 100.1, stored);
      moveTo('2025-03-03T09:00:00Z');
      const got = { BUY: 0, SELL: 0 };
      const meet = async (): Promise<void> => { for (const { side, quantity } of await broker.onMarket(now())) got[side] += quantity; };
      for (const { met, ...each } of all) { await broker.submits.submit(cleared(order(each))); if (met) await meet(); }
      await meet();
      const wanted = (side: 'BUY' | 'SELL'): number => all.reduce((sum, each) => sum + (each.side === side ? each.quantity : 0), 0);
      expect(got).toEqual({ BUY: Math.min(wanted('BUY'), 225), SELL: Math.min(wanted('SELL'), 150) });
    }), { numRuns: 60 });
  });
  it('trades after the close as well, where it is of the session that ended', async () => {
    const { broker, set, now, moveTo } = exchange({ stands: () => true, whenClosed: 'QUEUE' }, close);
    set(99.9, 100.1, { ...stored, spreadFrom: 'close' });
    moveTo('2025-03-03T17:00:00Z');
    await broker.submits.submit(cleared(order({ side: 'SELL', quantity: 100 })));
    expect(await broker.onMarket(now())).toMatchObject([{ price: '99.9', filledAt: '2025-03-03T17:00:00.000Z', pricedAt: close }]);
  });
  it('trades with nothing once it stands no more, nor does a price that was not stored', async () => {
    const { broker, set, now, moveTo } = standing();
    const old = set(99.9, 100.1, stored);
    const book = { ...old, spreadFrom: 'book' as const };
    moveTo('2025-03-04T05:00:00Z');
    await broker.submits.submit(cleared(order()));
    expect(await broker.onMarket(now(), { quotes: [old] })).toEqual([]);
    moveTo('2025-03-03T09:00:00Z');
    expect(await broker.onMarket(now(), { quotes: [book] })).toEqual([]);
  });
});

describe('the contract', () => {
  it("uses the desk's order statuses, and reads what the interface promises", () => {
    expectTypeOf<OrderStatus>().toEqualTypeOf<DeskOrderStatus>();
    expectTypeOf(exchange().broker.reads).toExtend<BrokerReads>();
    expect(exchange().broker.reads).toMatchObject({ name: 'paper', stopsLiveAt: 'broker' });
  });
  it('keeps accounts apart', async () => {
    const { broker, tick } = exchange();
    await broker.submits.submit(cleared(order({ clientOrderId: 'same', accountId: 'a1' })));
    await broker.submits.submit(cleared(order({ clientOrderId: 'same', accountId: 'a2', quantity: 5 })));
    await tick(99.95, 100.05);
    expect(await broker.reads.lookUp('a2', 'same')).toMatchObject({ filledQuantity: 5 });
    expect((await broker.reads.fillsSince('a1', null)).map(({ quantity }) => quantity)).toEqual([100]);
    expect(await broker.reads.reachable()).toBe(true);
  });
});
