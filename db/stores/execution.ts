import { sql } from 'drizzle-orm';
import type { BrokerFill, BrokerOrder, BrokerOrderState, OrderCategory, OrderStatus } from '../../brokers/define.ts';
import type { Decimal, Minor } from '../../desk/decimal.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

export type IntentState = 'WAITING' | 'READY' | 'SENDING' | 'SENT' | 'UNKNOWN' | 'DONE' | 'VOID';
export interface Intent { id: string; clearanceId: string; actionId: string; accountId: string; leg: string; clientOrderId: string; spec: string; state: IntentState; attempts: number; message: string | null }
const intentColumns = sql`id, clearance_id as "clearanceId", action_id as "actionId", account_id as "accountId", leg, client_order_id as "clientOrderId", spec, state, attempts, message`;
type IntentRow = Intent & Record<string, unknown>;

export const intentsOf = (executor: Executor, actionId: string): Promise<Intent[]> => rows<IntentRow>(executor, sql`select ${intentColumns} from core.order_intents where action_id = ${actionId} order by leg`);
export const intentById = async (executor: Executor, id: string): Promise<Intent | null> => (await rows<IntentRow>(executor, sql`select ${intentColumns} from core.order_intents where id = ${id}`))[0] ?? null;
export const intentsInState = (executor: Executor, states: readonly IntentState[]): Promise<Intent[]> =>
  rows<IntentRow>(executor, sql`select ${intentColumns} from core.order_intents where state = any(${array(states, 'text')}) order by created_at, leg`);
/** Everything that clearances have listed for a symbol in an account, by id. */
export const intentIdsFor = async (executor: Executor, input: { accountId: string; symbol: string }): Promise<string[]> =>
  (await rows<{ id: string }>(executor, sql`select id from core.order_intents where account_id = ${input.accountId} and spec::jsonb->>'symbol' = ${input.symbol} order by created_at, id`)).map(({ id }) => id);
/** What clearances have listed as stops and targets of a symbol in an account, the newest first: the authority for its children. */
export const protectiveIntents = (executor: Executor, input: { accountId: string; symbol: string }): Promise<Intent[]> =>
  rows<IntentRow>(executor, sql`select ${intentColumns} from core.order_intents where account_id = ${input.accountId} and leg in ('stop', 'target') and spec::jsonb->>'symbol' = ${input.symbol} and spec::jsonb->>'operation' = 'submit' order by created_at desc, leg`);
/** Compare-and-set on the intent's state; false when somebody else moved it. */
export async function moveIntent(tx: Executor, input: { id: string; from: readonly IntentState[]; to: IntentState; message?: string | null; attempted?: boolean }): Promise<boolean> {
  return (await rows(tx, sql`update core.order_intents set state = ${input.to}, message = coalesce(${input.message ?? null}, message), attempts = attempts + ${input.attempted ? 1 : 0}, updated_at = core.wall_now()
    where id = ${input.id} and state = any(${array(input.from, 'text')}) returning id`)).length === 1;
}

export interface StoredOrder {
  id: string; intentId: string; clearanceId: string; actionId: string; cardId: string | null; accountId: string; symbol: string; exchange: string; clientOrderId: string; brokerOrderId: string | null;
  parentClientOrderId: string | null; ocoGroup: string | null; category: OrderCategory; type: BrokerOrder['type']; side: 'BUY' | 'SELL'; product: BrokerOrder['product']; quantity: number;
  limitPrice: Decimal | null; triggerPrice: Decimal | null; status: OrderStatus; message: string | null; filledQuantity: number; averagePrice: Decimal | null; createdAt: Instant; updatedAt: Instant; marketTime: Instant;
  /** The corporate action on whose ex-date its terms ended: it is to be cancelled, and never sent again. */
  supersededBy: string | null;
}
const trimmed = (column: string) => sql`trim_scale(${sql.raw(column)})::text`;
const orderColumns = sql`id, intent_id as "intentId", clearance_id as "clearanceId", action_id as "actionId", card_id as "cardId", account_id as "accountId", symbol, exchange, client_order_id as "clientOrderId", broker_order_id as "brokerOrderId",
  parent_client_order_id as "parentClientOrderId", oco_group as "ocoGroup", category, type, side, product, quantity, ${trimmed('limit_price')} as "limitPrice", ${trimmed('trigger_price')} as "triggerPrice", status, message,
  filled_quantity as "filledQuantity", ${trimmed('average_price')} as "averagePrice", core.instant_text(created_at) as "createdAt", core.instant_text(updated_at) as "updatedAt", core.instant_text(market_time) as "marketTime", superseded_by as "supersededBy"`;
type OrderRow = StoredOrder & Record<string, unknown>;

/** Written before the send, from the intent; the database refuses one that no consumed clearance lists. */
export async function insertOrder(tx: Executor, input: { id: string; intent: Intent; order: BrokerOrder; cardId: string | null; parentClientOrderId: string | null; marketTime: Instant }): Promise<void> {
  const { order, intent } = input;
  await tx.execute(sql`insert into core.orders (id, intent_id, clearance_id, action_id, card_id, account_id, symbol, exchange, client_order_id, parent_client_order_id, oco_group, category, type, side, product, quantity, limit_price, trigger_price, status, filled_quantity, created_at, updated_at, market_time)
    values (${input.id}, ${intent.id}, ${intent.clearanceId}, ${intent.actionId}, ${input.cardId}, ${order.accountId}, ${order.symbol}, ${order.exchange}, ${order.clientOrderId}, ${input.parentClientOrderId}, ${order.ocoGroup}, ${order.category}, ${order.type}, ${order.side}, ${order.product},
      ${order.quantity}, ${order.limitPrice}, ${order.triggerPrice}, 'PENDING', 0, core.wall_now(), core.wall_now(), ${input.marketTime}) on conflict (client_order_id) do nothing`);
}
/**
 * What the broker says of an order. What has filled is counted from fills alone, so an order that the broker calls over
 * stays open here until the fills that it counts are booked: between the two it would be neither an order nor a position.
 */
export async function recordOrderState(tx: Executor, state: BrokerOrderState): Promise<void> {
  await tx.execute(sql`update core.orders set broker_order_id = coalesce(nullif(${state.brokerOrderId}, ''), broker_order_id), message = ${state.message}, updated_at = core.wall_now(),
    status = case when status = 'FILLED' then status when ${state.filledQuantity}::int > filled_quantity then case when status in ('PENDING', 'UNKNOWN') then 'OPEN' else status end else ${state.status} end
    where client_order_id = ${state.clientOrderId}`);
}
/** After a fill: quantity, average and status of the order as its fills make them. A late fill does not bring a cancelled order back to life. */
export async function bookFilledQuantity(tx: Executor, orderId: string): Promise<{ filledQuantity: number; status: OrderStatus }> {
  const [row] = await rows<{ filledQuantity: number; status: OrderStatus }>(tx, sql`
    update core.orders o set filled_quantity = f.filled, average_price = f.average, updated_at = core.wall_now(),
      status = case when f.filled >= o.quantity then 'FILLED' when o.status in ('CANCELLED', 'EXPIRED') then o.status else 'PARTIALLY_FILLED' end
    from (select sum(quantity)::int as filled, round(sum(price * quantity) / sum(quantity), 6) as average from core.fills where order_id = ${orderId}) f
    where o.id = ${orderId} returning o.filled_quantity as "filledQuantity", o.status`);
  if (!row) throw new Error('the filled order is not there');
  return row;
}
/** Orders of an intent that were written down to be sent and that the broker has not answered for. */
export const unansweredOrders = (executor: Executor, intentId: string): Promise<StoredOrder[]> =>
  rows<OrderRow>(executor, sql`select ${orderColumns} from core.orders where intent_id = ${intentId} and status in ('PENDING', 'UNKNOWN') and broker_order_id is null order by created_at, id`);
/** Without an answer (`UNKNOWN`), or known never to have arrived (`EXPIRED`). */
export const setUnanswered = (tx: Executor, input: { clientOrderId: string; status: 'UNKNOWN' | 'EXPIRED'; message: string }) =>
  tx.execute(sql`update core.orders set status = ${input.status}, message = ${input.message}, updated_at = core.wall_now() where client_order_id = ${input.clientOrderId} and broker_order_id is null and status in ('PENDING', 'UNKNOWN')`);
export const changeOrderTerms = (tx: Executor, input: { clientOrderId: string; limitPrice: Decimal | null; triggerPrice: Decimal | null; quantity: number }) =>
  tx.execute(sql`update core.orders set limit_price = ${input.limitPrice}, trigger_price = ${input.triggerPrice}, quantity = ${input.quantity}, updated_at = core.wall_now() where client_order_id = ${input.clientOrderId}`);
export const orderByClientId = async (executor: Executor, clientOrderId: string): Promise<StoredOrder | null> => (await rows<OrderRow>(executor, sql`select ${orderColumns} from core.orders where client_order_id = ${clientOrderId}`))[0] ?? null;
export const orderById = async (executor: Executor, id: string): Promise<StoredOrder | null> => (await rows<OrderRow>(executor, sql`select ${orderColumns} from core.orders where id = ${id}`))[0] ?? null;
export const listOrders = (executor: Executor, input: { accountIds: readonly string[]; statuses?: readonly OrderStatus[]; actionId?: string; symbol?: string; limit: number }): Promise<StoredOrder[]> =>
  rows<OrderRow>(executor, sql`select ${orderColumns} from core.orders where account_id = any(${array(input.accountIds, 'uuid')}) ${input.statuses ? sql`and status = any(${array(input.statuses, 'text')})` : sql``}
    ${input.actionId ? sql`and action_id = ${input.actionId}` : sql``} ${input.symbol ? sql`and symbol = ${input.symbol}` : sql``} order by created_at desc, id desc limit ${input.limit}`);
export const openStatuses = ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'] as const satisfies readonly OrderStatus[];
/** What went to brokers in the last `seconds` of the wall clock: orders placed, and orders changed or cancelled. */
export async function ordersSince(executor: Executor, seconds: number): Promise<number> {
  return (await rows<{ n: number }>(executor, sql`select ((select count(*) from core.orders where created_at > core.wall_now() - make_interval(secs => ${seconds}))
    + (select count(*) from core.order_messages where at > core.wall_now() - make_interval(secs => ${seconds})))::int as n`))[0]?.n ?? 0;
}
/** The same count inside the transaction that is about to send, with every other sender held back until it ends. */
export async function governOrders(tx: Executor): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(727003)`);
  return ordersSince(tx, 1);
}
/** Whether an order that is on record, or a change or cancel that is put on record here, fits under the `limit` of this second. */
export async function takeOrderTurn(tx: Executor, input: { operation: 'place' | 'modify' | 'cancel'; limit: number }): Promise<boolean> {
  const sent = await governOrders(tx);
  // An order was written before it is sent, so it counts itself.
  if (input.operation === 'place') return sent <= input.limit;
  if (sent >= input.limit) return false;
  await tx.execute(sql`insert into core.order_messages (at, operation) values (core.wall_now(), ${input.operation})`);
  return true;
}
export const pruneOrderMessages = (tx: Executor) => tx.execute(sql`delete from core.order_messages where at < core.wall_now() - interval '1 day'`);

/** False when this fill was there already. */
export async function insertFill(tx: Executor, input: { id: string; orderId: string; accountId: string; fill: BrokerFill; chargesMinor: Minor; realisedMinor: Minor; knownAt: Instant }): Promise<boolean> {
  return (await rows(tx, sql`insert into core.fills (id, order_id, broker_fill_id, account_id, quantity, price, charges_minor, charges, happened_at, known_at, realised_minor, priced_from, priced_at)
    values (${input.id}, ${input.orderId}, ${input.fill.brokerFillId}, ${input.accountId}, ${input.fill.quantity}, ${input.fill.price}, ${input.chargesMinor}, ${JSON.stringify(input.fill.charges)}::jsonb, ${input.fill.filledAt}, ${input.knownAt}, ${input.realisedMinor}, ${input.fill.spreadFrom ?? null}, ${input.fill.pricedAt ?? null})
    on conflict (account_id, broker_fill_id) do nothing returning id`)).length === 1;
}
/** The fill that is booked under the broker's id, to tell a repeat from another fill by the same name. */
export const fillByBrokerId = async (executor: Executor, accountId: string, brokerFillId: string): Promise<{ clientOrderId: string; quantity: number; price: number } | null> =>
  (await rows<{ clientOrderId: string; quantity: number; price: number }>(executor, sql`select o.client_order_id as "clientOrderId", f.quantity, f.price::float8 as price from core.fills f join core.orders o on o.id = f.order_id
    where f.account_id = ${accountId} and f.broker_fill_id = ${brokerFillId}`))[0] ?? null;
export interface StoredFill { id: string; orderId: string; accountId: string; symbol: string; side: 'BUY' | 'SELL'; category: OrderCategory; quantity: number; price: number; chargesMinor: Minor; realisedMinor: Minor; happenedAt: Instant; /** What kind of price it was, and when a stored one was made. */ pricedFrom?: BrokerFill['spreadFrom'] | null; pricedAt?: Instant | null }
export const listFills = (executor: Executor, input: { accountIds: readonly string[]; from?: Instant; to?: Instant; actionId?: string; limit: number }): Promise<StoredFill[]> =>
  rows<StoredFill & Record<string, unknown>>(executor, sql`select f.id, f.order_id as "orderId", f.account_id as "accountId", o.symbol, o.side, o.category, f.quantity, f.price::float8 as price, f.charges_minor::float8 as "chargesMinor", f.realised_minor::float8 as "realisedMinor",
    core.instant_text(f.happened_at) as "happenedAt", f.priced_from as "pricedFrom", core.instant_text(f.priced_at) as "pricedAt" from core.fills f join core.orders o on o.id = f.order_id where f.account_id = any(${array(input.accountIds, 'uuid')})
    ${input.from ? sql`and f.happened_at >= ${input.from}` : sql``} ${input.to ? sql`and f.happened_at <= ${input.to}` : sql``} ${input.actionId ? sql`and o.action_id = ${input.actionId}` : sql``} order by f.happened_at desc, f.id desc limit ${input.limit}`);
/** What was charged under each name (`stt`, `gst`, …), largest first. */
export const chargesByName = (executor: Executor, input: { accountIds: readonly string[]; symbol?: string; from?: Instant; to?: Instant }): Promise<{ charge: string; amountMinor: Minor }[]> =>
  rows<{ charge: string; amountMinor: Minor }>(executor, sql`select part.key as charge, sum(part.value::numeric)::float8 as "amountMinor" from core.fills f join core.orders o on o.id = f.order_id, jsonb_each_text(f.charges) part
    where f.account_id = any(${array(input.accountIds, 'uuid')}) ${input.symbol ? sql`and o.symbol = ${input.symbol}` : sql``} ${input.from ? sql`and f.happened_at >= ${input.from}` : sql``} ${input.to ? sql`and f.happened_at <= ${input.to}` : sql``}
    group by 1 having sum(part.value::numeric) <> 0 order by 2 desc, 1`);
/** What was charged under one name (`stt`), by fill; a fill without it is not in the map. */
export async function chargeOfFills(executor: Executor, input: { accountIds: readonly string[]; charge: string; to?: Instant }): Promise<Map<string, Minor>> {
  const found = await rows<{ id: string; amountMinor: Minor }>(executor, sql`select f.id, (f.charges ->> ${input.charge})::float8 as "amountMinor" from core.fills f
    where f.account_id = any(${array(input.accountIds, 'uuid')}) and f.charges ->> ${input.charge} is not null ${input.to ? sql`and f.happened_at <= ${input.to}` : sql``}`);
  return new Map(found.map(({ id, amountMinor }) => [id, amountMinor]));
}
