import { bigint, bigserial, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { pgSchema } from 'drizzle-orm/pg-core';
import { moment, price } from './columns.ts';

/** The paper exchange's own book, apart from the desk's tables: what the desk believes is reconciled against this. */
export const paper = pgSchema('paper');

export const paperOrders = paper.table('orders', {
  accountId: text('account_id').notNull(), clientOrderId: text('client_order_id').notNull(), brokerOrderId: text('broker_order_id').notNull().unique(),
  body: text('body').notNull(), status: text('status').notNull(), filledQuantity: integer('filled_quantity').notNull(), updatedAt: moment('updated_at').notNull(), symbol: text('symbol').notNull(), averagePrice: price('average_price'),
}, (t) => [primaryKey({ columns: [t.accountId, t.clientOrderId] }), index('paper_orders_status').on(t.status)]);

/** What was taken of the last quote that each side of a symbol traded with, by all accounts together. */
export const paperTakenSizes = paper.table('taken_sizes', {
  symbol: text('symbol').notNull(), side: text('side').notNull(), quotedAt: moment('quoted_at').notNull(), quantity: bigint('quantity', { mode: 'number' }).notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.side] })]);

export const paperFills = paper.table('fills', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), accountId: text('account_id').notNull(), brokerFillId: text('broker_fill_id').notNull(), body: text('body').notNull(),
}, (t) => [uniqueIndex('paper_fills_id').on(t.accountId, t.brokerFillId)]);
