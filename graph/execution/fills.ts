import type { BrokerFill } from '../../brokers/define.ts';
import type { Tx } from '../../db/client.ts';
import { actionById } from '../../db/stores/actions.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { bookFilledQuantity, fillByBrokerId, insertFill, orderByClientId, type StoredOrder } from '../../db/stores/execution.ts';
import { postTransaction } from '../../db/stores/ledger.ts';
import { adjustmentsOf, type HoldingAdjustment } from '../../db/stores/holding-adjustments.ts';
import { openPositionIn, savePosition, type StoredPosition } from '../../db/stores/positions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { applyFill, averagePrice, flatPosition, openCostMinor, type Position } from '../../desk/execution/position.ts';
import { postingsForFill } from '../../desk/treasury/postings.ts';
import { raiseDiscrepancy } from './discrepancy.ts';
import { bracketAfter } from './ex-date.ts';
import type { ExecutionServices } from './services.ts';

export const asPosition = (stored: StoredPosition | null): Position => (stored
  ? { quantity: stored.quantity, basis: { quantity: stored.basisQuantity, costMinor: stored.basisCostMinor }, realisedMinor: stored.realisedMinor, chargesMinor: stored.feesMinor }
  : flatPosition);

/**
 * Takes one fill in: fill, position and ledger in one transaction. A fill that is there already changes nothing, whatever
 * order they come in. One that cannot be booked is on record whole and stops entries; it must not hold up the ones after
 * it. Returns what it touched, or null where nothing was booked.
 */
export async function takeInFill(services: ExecutionServices, input: { accountId: string; fill: BrokerFill }): Promise<{ actionId: string; positionId: string } | null> {
  const { accountId, fill } = input;
  return services.database.transaction(async (tx) => {
    const booked = await fillByBrokerId(tx, accountId, fill.brokerFillId);
    const order = await orderByClientId(tx, fill.clientOrderId);
    const ex = order?.supersededBy ? (await adjustmentsOf(tx, { accountIds: [order.accountId], symbol: order.symbol })).find(({ id }) => id === order.supersededBy) ?? null : null;
    const fault = faultOf({ accountId, fill, booked, order, ex });
    if (fault) await raiseDiscrepancy(tx, { accountId, key: fill.brokerFillId, detail: { fill: { ...fill } }, ...fault });
    if (fault || booked || !order) return null;
    const stored = await openPositionIn(tx, accountId, order.symbol);
    const chargesMinor = Object.values(fill.charges).reduce((sum, charge) => sum + charge, 0);
    const { position, effect } = applyFill(asPosition(stored), { side: order.side, quantity: fill.quantity, price: fill.price, chargesMinor });
    const fillId = uuidv7(Date.parse(services.wallNow()));
    if (!(await insertFill(tx, { id: fillId, orderId: order.id, accountId, fill, chargesMinor, realisedMinor: effect.realisedMinor, knownAt: services.market.now() }))) return null;
    const positionId = await writePosition(tx, services, { stored, position, order, fill, ex });
    const posting = postingsForFill({ accountId, fillId, effect, reason: `${order.side} ${fill.quantity} ${order.symbol} at ${fill.price}` });
    await postTransaction(tx, { id: uuidv7(Date.parse(services.wallNow())), kind: posting.kind, reason: posting.reason, cause: posting.cause, happenedAt: fill.filledAt, knownAt: services.market.now(), postings: posting.postings });
    const { status } = await bookFilledQuantity(tx, order.id);
    await appendAudit(tx, { kind: 'fill', subject: order.actionId, actor: 'broker', payload: { fill: { ...fill }, side: order.side, symbol: order.symbol, position: { quantity: position.quantity, averagePrice: averagePrice(position) } } });
    const opener = stored?.actionId ?? order.actionId;
    if (position.quantity === 0) await setCardStatus(tx, { actionId: opener, status: 'CLOSED' });
    if ((order.category === 'ENTRY' || order.category === 'EXIT') && status === 'FILLED') await setCardStatus(tx, { actionId: order.actionId, status: 'FILLED' });
    return { actionId: order.actionId, positionId };
  });
}

/** Why a fill is not booked; null where it may be, or is already. */
function faultOf({ accountId, fill, booked, order, ex }: { accountId: string; fill: BrokerFill; booked: Awaited<ReturnType<typeof fillByBrokerId>>; order: StoredOrder | null; ex: HoldingAdjustment | null }): { kind: 'UNKNOWN_FILL' | 'AMBIGUOUS'; sentence: string } | null {
  if (booked) {
    const same = booked.clientOrderId === fill.clientOrderId && booked.quantity === fill.quantity && Math.abs(booked.price - Number(fill.price)) < 1e-6;
    return same ? null : { kind: 'AMBIGUOUS', sentence: `the broker tells fill ${fill.brokerFillId} in two ways` };
  }
  if (!order || order.accountId !== accountId) return { kind: 'UNKNOWN_FILL', sentence: `the broker filled ${fill.quantity} at ${fill.price} for an order that this desk never sent` };
  if (!Number.isSafeInteger(fill.quantity) || fill.quantity <= 0) return { kind: 'AMBIGUOUS', sentence: `the broker reports a fill of ${fill.quantity} ${order.symbol}` };
  if (ex && fill.filledAt < ex.happenedAt) return { kind: 'AMBIGUOUS', sentence: `the broker lists a fill of ${fill.quantity} ${order.symbol} of before its ex-date, which the shares held were counted without` };
  const filled = order.filledQuantity + fill.quantity;
  return filled > order.quantity ? { kind: 'AMBIGUOUS', sentence: `the broker filled ${filled} of an order for ${order.quantity} ${order.symbol}` } : null;
}

async function writePosition(tx: Tx, services: ExecutionServices, input: { stored: StoredPosition | null; position: Position; order: StoredOrder; fill: BrokerFill; ex: HoldingAdjustment | null }): Promise<string> {
  const { stored, position, order, fill, ex } = input;
  const terms = stored === null ? await openingTerms(tx, services, { order, fill, ex }) : await withStop(tx, services, { stored, order, fill, ex });
  const better = terms.bestPrice === null ? fill.price : terms.bestPrice;
  await savePosition(tx, {
    ...terms, quantity: position.quantity, averagePrice: averagePrice(position, 6) ?? terms.averagePrice, costMinor: openCostMinor(position), basisQuantity: position.basis.quantity, basisCostMinor: position.basis.costMinor,
    bestPrice: better, realisedMinor: position.realisedMinor, feesMinor: position.chargesMinor, closedAt: position.quantity === 0 ? fill.filledAt : null,
  });
  return terms.id;
}

/** Shares that a demerger brought have no stop: that of an entry which adds to them is for all of them. */
async function withStop(tx: Tx, services: ExecutionServices, { stored, ...entry }: { stored: StoredPosition; order: StoredOrder; fill: BrokerFill; ex: HoldingAdjustment | null }): Promise<StoredPosition> {
  if (stored.stopLoss !== null || entry.order.category !== 'ENTRY' || entry.order.side !== (stored.quantity > 0 ? 'BUY' : 'SELL')) return stored;
  const { stopLoss, takeProfit, trailing } = await openingTerms(tx, services, entry);
  return { ...stored, stopLoss, takeProfit: stored.takeProfit ?? takeProfit, trailing: stored.trailing ?? trailing };
}

/** A position starts with the bracket that was confirmed for the entry, in the shares that were bought: an entry of before an ex-date may fill before its cancel gets through. */
async function openingTerms(tx: Tx, services: ExecutionServices, { order, fill, ex }: { order: StoredOrder; fill: BrokerFill; ex: HoldingAdjustment | null }): Promise<StoredPosition> {
  const action = (await actionById(tx, order.actionId))?.action;
  const confirmed = action?.kind === 'enter' ? action.bracket : null;
  const bracket = confirmed && ex ? bracketAfter(services, { symbol: order.symbol, direction: order.side === 'BUY' ? 'LONG' : 'SHORT', bracket: confirmed, ex }) : confirmed;
  return {
    id: uuidv7(Date.parse(services.wallNow())), accountId: order.accountId, actionId: order.actionId, cardId: order.cardId, symbol: order.symbol, exchange: order.exchange, quantity: 0, averagePrice: fill.price, costMinor: 0,
    basisQuantity: 0, basisCostMinor: 0, bestPrice: null, stopLoss: bracket?.stop ?? null, takeProfit: bracket?.target ?? null, trailing: bracket?.trail ?? null, realisedMinor: 0, feesMinor: 0, openedAt: fill.filledAt, closedAt: null,
  };
}
