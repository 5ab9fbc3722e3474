import { sql } from 'drizzle-orm';
import type { PaperBook, PaperBookStore, PaperFill, PaperOrder } from '../../brokers/paper/book.ts';
import type { Database, Tx } from '../client.ts';
import { rows } from '../sql.ts';

const orderOf = (row: { body: string }): PaperOrder => JSON.parse(row.body) as PaperOrder;
const fillOf = (row: { body: string }): PaperFill => JSON.parse(row.body) as PaperFill;

function bookIn(tx: Tx): PaperBook {
  const find = async (accountId: string, clientOrderId: string): Promise<PaperOrder | null> => {
    const [row] = await rows<{ body: string }>(tx, sql`select body from paper.orders where account_id = ${accountId} and client_order_id = ${clientOrderId}`);
    return row ? orderOf(row) : null;
  };
  return {
    async insertOrder(order) {
      const inserted = await rows(tx, sql`insert into paper.orders (account_id, client_order_id, broker_order_id, body, status, filled_quantity, updated_at, symbol)
        values (${order.accountId}, ${order.clientOrderId}, ${order.brokerOrderId}, ${JSON.stringify(order)}, ${order.status}, ${order.filledQuantity}, ${order.updatedAt}, ${order.symbol}) on conflict (account_id, client_order_id) do nothing returning 1 as one`);
      if (inserted.length === 1) return { order, inserted: true };
      const there = await find(order.accountId, order.clientOrderId);
      if (!there) throw new Error(`paper order ${order.clientOrderId} was neither inserted nor found`);
      return { order: there, inserted: false };
    },
    order: find,
    async updateOrder(order) {
      const updated = await rows(tx, sql`update paper.orders set body = ${JSON.stringify(order)}, status = ${order.status}, filled_quantity = ${order.filledQuantity}, updated_at = ${order.updatedAt}
        where account_id = ${order.accountId} and client_order_id = ${order.clientOrderId} returning 1 as one`);
      if (updated.length === 0) throw new Error(`there is no paper order ${order.clientOrderId}`);
    },
    openOrders: async () => (await rows<{ body: string }>(tx, sql`select body from paper.orders where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED')`)).map(orderOf),
    orders: async (accountId) => (await rows<{ body: string }>(tx, sql`select body from paper.orders where account_id = ${accountId}`)).map(orderOf),
    async appendFill(fill) {
      await tx.execute(sql`insert into paper.fills (account_id, broker_fill_id, body) values (${fill.accountId}, ${fill.brokerFillId}, ${JSON.stringify(fill)})`);
    },
    fills: async (accountId, after) => (await rows<{ body: string }>(tx, sql`select body from paper.fills where account_id = ${accountId}
      and sequence > coalesce((select sequence from paper.fills where account_id = ${accountId} and broker_fill_id = ${after}), 0) order by sequence`)).map(fillOf),
    taken: async ({ symbol, side, quotedAt }) => (await rows<{ quantity: number }>(tx, sql`select quantity::float8 as quantity from paper.taken_sizes where symbol = ${symbol} and side = ${side} and quoted_at = ${quotedAt}`))[0]?.quantity ?? 0,
    async take({ symbol, side, quotedAt, quantity }) {
      await tx.execute(sql`insert into paper.taken_sizes as t (symbol, side, quoted_at, quantity) values (${symbol}, ${side}, ${quotedAt}, ${quantity})
        on conflict (symbol, side) do update set quantity = excluded.quantity + case when t.quoted_at = excluded.quoted_at then t.quantity else 0 end, quoted_at = excluded.quoted_at`);
    },
    hasDeliverySale: async ({ accountId, symbol, date }) => (await rows(tx, sql`select 1 as one from paper.fills where account_id = ${accountId} and body::jsonb->>'symbol' = ${symbol} and body::jsonb->>'side' = 'SELL'
      and body::jsonb->>'product' = 'DELIVERY' and body::jsonb->>'date' = ${date} limit 1`)).length > 0,
  };
}

/** The paper exchange's book in Postgres: one transaction a piece of work, one piece at a time. */
export function createPaperBookStore(database: Database): PaperBookStore {
  return {
    atomically: (work) => database.transaction(async (tx) => {
      // Matching reads and writes many rows; two workers must not match the same order at once.
      if (database.kind === 'server') await tx.execute(sql`select pg_advisory_xact_lock(727002)`);
      return work(bookIn(tx));
    }),
  };
}
