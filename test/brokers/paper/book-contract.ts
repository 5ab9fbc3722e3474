import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PaperBook, PaperBookStore, PaperFill, PaperOrder } from '../../../brokers/paper/book.ts';
import { decimal } from '../../../desk/decimal.ts';
import { instant, tradingDate } from '../../../desk/time.ts';

/**
 * What every store of the paper book promises. `makeStore` gives a store whose book may hold orders of other accounts;
 * `reopen`, where given, stands for a new process over the same book.
 */
export function paperBookContract(
  makeStore: () => PaperBookStore | Promise<PaperBookStore>,
  reopen?: (store: PaperBookStore) => PaperBookStore | Promise<PaperBookStore>,
): void {
  describe('a paper book', () => {
    let store: PaperBookStore;
    let accountId: string;
    beforeEach(async () => {
      store = await makeStore();
      accountId = randomUUID();
    });
    const order = (change: Partial<PaperOrder> = {}): PaperOrder => {
      const base = { accountId, clientOrderId: 'c1', ...change };
      return {
        ...base,
        brokerOrderId: `P-${base.accountId}-${base.clientOrderId}`,
        clearanceId: 'k1',
        symbol: 'M&M',
        exchange: 'NSE',
        side: 'BUY',
        quantity: 100,
        type: 'LIMIT',
        limitPrice: decimal('100.05'),
        triggerPrice: null,
        product: 'DELIVERY',
        category: 'ENTRY',
        ocoGroup: null,
        status: 'OPEN',
        message: null,
        filledQuantity: 0,
        turnover: decimal(0),
        triggered: false,
        acceptedAt: instant('2025-03-03T04:00:00Z'),
        activeAt: instant('2025-03-03T04:00:00Z'),
        tradedUpTo: null,
        updatedAt: instant('2025-03-03T04:00:00Z'),
        ...change,
      };
    };
    const fill = (brokerFillId: string, change: Partial<PaperFill> = {}): PaperFill => ({
      brokerFillId,
      accountId,
      clientOrderId: 'c1',
      symbol: 'M&M',
      side: 'SELL',
      product: 'DELIVERY',
      date: tradingDate('2025-03-03'),
      quantity: 10,
      price: decimal('100.05'),
      charges: { stt: 100, exchange: 3 },
      filledAt: instant('2025-03-03T04:01:00Z'),
      spreadFrom: 'book',
      ...change,
    });
    const within = <T>(work: (book: PaperBook) => Promise<T>): Promise<T> => store.atomically(work);
    const own = (orders: PaperOrder[]): string[] =>
      orders
        .filter((each) => each.accountId === accountId)
        .map(({ clientOrderId }) => clientOrderId)
        .sort();

    it('gives back an order exactly as it was put in', async () => {
      const put = order({
        message: 'waits "for" the open',
        triggerPrice: decimal('0.0001'),
        ocoGroup: 'g',
        tradedUpTo: instant('2025-03-03T04:00:00.001Z'),
      });
      expect(await within((book) => book.insertOrder(put))).toEqual({ order: put, inserted: true });
      expect(await within((book) => book.order(accountId, 'c1'))).toEqual(put);
      expect(await within((book) => book.order(accountId, 'c2'))).toBeNull();
      expect(await within((book) => book.order(randomUUID(), 'c1'))).toBeNull();
    });
    it('keeps the first of two orders with one client order id, and one of each account', async () => {
      await within((book) => book.insertOrder(order()));
      expect(await within((book) => book.insertOrder(order({ quantity: 7 })))).toEqual({ order: order(), inserted: false });
      const other = randomUUID();
      expect((await within((book) => book.insertOrder(order({ accountId: other })))).inserted).toBe(true);
      expect(await within((book) => book.orders(accountId))).toEqual([order()]);
    });
    it('keeps one order of many that are sent at the same time', async () => {
      const sent = await Promise.all(
        Array.from({ length: 8 }, (_, index) => within((book) => book.insertOrder(order({ quantity: index + 1 })))),
      );
      expect(sent.filter(({ inserted }) => inserted)).toHaveLength(1);
      expect(new Set(sent.map((each) => each.order.quantity)).size).toBe(1);
    });
    it('lists as open what may still trade, and drops what is over', async () => {
      const statuses = ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED'] as const;
      for (const status of statuses) await within((book) => book.insertOrder(order({ clientOrderId: status, status })));
      expect(own(await within((book) => book.openOrders()))).toEqual(['OPEN', 'PARTIALLY_FILLED', 'PENDING']);
      await within((book) => book.updateOrder(order({ clientOrderId: 'OPEN', status: 'CANCELLED' })));
      expect(own(await within((book) => book.openOrders()))).toEqual(['PARTIALLY_FILLED', 'PENDING']);
      expect(own(await within((book) => book.orders(accountId)))).toEqual([...statuses].sort());
    });
    it('changes an order that is there and refuses one that is not', async () => {
      await within((book) => book.insertOrder(order()));
      const changed = order({ status: 'PARTIALLY_FILLED', filledQuantity: 40, turnover: decimal('4002'), quantity: 90 });
      await within((book) => book.updateOrder(changed));
      expect(await within((book) => book.order(accountId, 'c1'))).toEqual(changed);
      await expect(within((book) => book.updateOrder(order({ clientOrderId: 'nowhere' })))).rejects.toThrow();
    });
    it('gives back fills in the order they were appended, after any of them', async () => {
      await within((book) => book.insertOrder(order()));
      const fills = [fill('z'), fill('a', { filledAt: instant('2025-03-03T03:59:00Z') }), fill('m')];
      for (const each of fills) await within((book) => book.appendFill(each));
      expect(await within((book) => book.fills(accountId, null))).toEqual(fills);
      expect(await within((book) => book.fills(accountId, 'z'))).toEqual(fills.slice(1));
      expect(await within((book) => book.fills(accountId, 'm'))).toEqual([]);
      expect(await within((book) => book.fills(accountId, 'never seen'))).toEqual(fills);
      expect(await within((book) => book.fills(randomUUID(), null))).toEqual([]);
    });
    it('refuses a fill twice', async () => {
      await within((book) => book.appendFill(fill('a')));
      await expect(within((book) => book.appendFill(fill('a', { quantity: 11 })))).rejects.toThrow();
      expect(await within((book) => book.fills(accountId, null))).toEqual([fill('a')]);
      await within((book) => book.appendFill(fill('a', { accountId: randomUUID() })));
    });
    it('knows what was sold from delivery on which day', async () => {
      const asked = { accountId, symbol: 'M&M', date: tradingDate('2025-03-03') };
      const sold = () => within((book) => book.hasDeliverySale(asked));
      await within((book) => book.appendFill(fill('a', { side: 'BUY' })));
      await within((book) => book.appendFill(fill('b', { product: 'INTRADAY' })));
      await within((book) => book.appendFill(fill('c', { symbol: 'TCS' })));
      await within((book) => book.appendFill(fill('d', { date: tradingDate('2025-03-04') })));
      expect(await sold()).toBe(false);
      await within((book) => book.appendFill(fill('e')));
      expect(await sold()).toBe(true);
      expect(await within((book) => book.hasDeliverySale({ ...asked, accountId: randomUUID() }))).toBe(false);
    });
    it('counts what was taken of a quote’s side until another quote is traded with', async () => {
      const symbol = `T${accountId}`;
      const at = (second: number) => instant(`2025-03-03T04:00:0${second}.001Z`);
      const taken = (side: 'BUY' | 'SELL', second: number) => within((book) => book.taken({ symbol, side, quotedAt: at(second) }));
      const take = (side: 'BUY' | 'SELL', second: number, quantity: number) => within((book) => book.take({ symbol, side, quotedAt: at(second), quantity }));
      expect(await taken('BUY', 1)).toBe(0);
      await take('BUY', 1, 30);
      await take('BUY', 1, 12);
      await take('SELL', 1, 5);
      expect([await taken('BUY', 1), await taken('SELL', 1), await taken('BUY', 2)]).toEqual([42, 5, 0]);
      const broken = within(async (book) => {
        await book.take({ symbol, side: 'BUY', quotedAt: at(1), quantity: 100 });
        expect(await book.taken({ symbol, side: 'BUY', quotedAt: at(1) })).toBe(142);
        throw new Error('the process died');
      });
      await expect(broken).rejects.toThrow('the process died');
      expect(await taken('BUY', 1)).toBe(42);
      await take('BUY', 2, 7);
      expect([await taken('BUY', 2), await taken('SELL', 1)]).toEqual([7, 5]);
    });
    it('keeps nothing of work that failed half-way', async () => {
      await within((book) => book.insertOrder(order()));
      const broken = within(async (book) => {
        await book.insertOrder(order({ clientOrderId: 'c2' }));
        await book.updateOrder(order({ status: 'FILLED', filledQuantity: 100 }));
        await book.appendFill(fill('a'));
        throw new Error('the process died');
      });
      await expect(broken).rejects.toThrow('the process died');
      expect(await within((book) => book.orders(accountId))).toEqual([order()]);
      expect(own(await within((book) => book.openOrders()))).toEqual(['c1']);
      expect(await within((book) => book.fills(accountId, null))).toEqual([]);
      await within((book) => book.appendFill(fill('a')));
    });
    it('sees its own changes within one piece of work', async () => {
      await within(async (book) => {
        await book.insertOrder(order());
        await book.updateOrder(order({ status: 'CANCELLED' }));
        expect((await book.order(accountId, 'c1'))?.status).toBe('CANCELLED');
        expect(own(await book.openOrders())).toEqual([]);
        await book.appendFill(fill('a'));
        expect(await book.fills(accountId, null)).toHaveLength(1);
      });
    });
    it('lets one piece of work finish before the next begins', async () => {
      await within((book) => book.insertOrder(order({ quantity: 1_000 })));
      await Promise.all(
        Array.from({ length: 10 }, () =>
          within(async (book) => {
            const now = await book.order(accountId, 'c1');
            await new Promise((resolve) => {
              setTimeout(resolve, 1);
            });
            if (now) await book.updateOrder({ ...now, filledQuantity: now.filledQuantity + 1 });
          }),
        ),
      );
      expect((await within((book) => book.order(accountId, 'c1')))?.filledQuantity).toBe(10);
    });
    it.runIf(reopen)('is there after the process went away', async () => {
      await within((book) => book.insertOrder(order()));
      await within((book) => book.appendFill(fill('a')));
      if (reopen) store = await reopen(store);
      expect(await within((book) => book.order(accountId, 'c1'))).toEqual(order());
      expect(await within((book) => book.fills(accountId, null))).toEqual([fill('a')]);
    });
  });
}
