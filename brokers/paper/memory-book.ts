import type { PaperBook, PaperBookStore, PaperFill, PaperOrder } from './book.ts';

const keyOf = (accountId: string, clientOrderId: string): string => JSON.stringify([accountId, clientOrderId]);
const isOpen = ({ status }: PaperOrder): boolean => status === 'PENDING' || status === 'OPEN' || status === 'PARTIALLY_FILLED';

/** A book in memory for simulations. It outlives the broker object that uses it, as a database would. */
export function createMemoryBook(): PaperBookStore {
  const orders = new Map<string, PaperOrder>();
  const open = new Map<string, PaperOrder>();
  const fills = new Map<string, PaperFill[]>();
  const taken = new Map<string, { quotedAt: string; quantity: number }>();
  let undo: (() => void)[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  const put = (key: string, order: PaperOrder | undefined): void => {
    if (order === undefined) orders.delete(key);
    else orders.set(key, order);
    if (order && isOpen(order)) open.set(key, order);
    else open.delete(key);
  };
  const write = (key: string, order: PaperOrder): void => {
    const before = orders.get(key);
    undo.push(() => put(key, before));
    put(key, Object.freeze({ ...order }));
  };

  const book: PaperBook = {
    async insertOrder(order) {
      const key = keyOf(order.accountId, order.clientOrderId);
      const there = orders.get(key);
      if (there) return { order: there, inserted: false };
      write(key, order);
      return { order, inserted: true };
    },
    order: async (accountId, clientOrderId) => orders.get(keyOf(accountId, clientOrderId)) ?? null,
    async updateOrder(order) {
      const key = keyOf(order.accountId, order.clientOrderId);
      if (!orders.has(key)) throw new Error(`no order ${order.clientOrderId} in the book`);
      write(key, order);
    },
    openOrders: async () => [...open.values()],
    orders: async (accountId) => [...orders.values()].filter((order) => order.accountId === accountId),
    async appendFill(fill) {
      const list = fills.get(fill.accountId) ?? [];
      if (list.some(({ brokerFillId }) => brokerFillId === fill.brokerFillId))
        throw new Error(`fill ${fill.brokerFillId} is in the book already`);
      fills.set(fill.accountId, list);
      list.push(Object.freeze({ ...fill }));
      undo.push(() => {
        list.pop();
      });
    },
    async fills(accountId, after) {
      const list = fills.get(accountId) ?? [];
      return list.slice(after === null ? 0 : list.findIndex(({ brokerFillId }) => brokerFillId === after) + 1);
    },
    async taken({ symbol, side, quotedAt }) {
      const last = taken.get(keyOf(symbol, side));
      return last?.quotedAt === quotedAt ? last.quantity : 0;
    },
    async take({ quantity, ...of }) {
      const key = keyOf(of.symbol, of.side);
      const before = taken.get(key);
      const already = await book.taken(of);
      undo.push(() => {
        if (before) taken.set(key, before);
        else taken.delete(key);
      });
      taken.set(key, { quotedAt: of.quotedAt, quantity: already + quantity });
    },
    hasDeliverySale: async ({ accountId, symbol, date }) =>
      (fills.get(accountId) ?? []).some(
        (fill) => fill.symbol === symbol && fill.date === date && fill.side === 'SELL' && fill.product === 'DELIVERY',
      ),
  };

  return {
    atomically<T>(work: (book: PaperBook) => Promise<T>): Promise<T> {
      const run = queue.then(async () => {
        undo = [];
        try {
          return await work(book);
        } catch (error) {
          for (const step of undo.reverse()) step();
          throw error;
        }
      });
      queue = run.catch(() => undefined);
      return run;
    },
  };
}
