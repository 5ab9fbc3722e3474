import type { BrokerReads, BrokerSubmits } from '../../brokers/define.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { intentById, listOrders, openStatuses, type StoredOrder } from '../../db/stores/execution.ts';
import { type HoldingAdjustment, type UnadjustedHolding, unadjustedHoldings } from '../../db/stores/holding-adjustments.ts';
import type { Bracket } from '../../desk/actions/types.ts';
import { decimal } from '../../desk/decimal.ts';
import { adjustBracket } from '../../desk/execution/adjust-holding.ts';
import { isLate } from '../../desk/execution/late-adjustment.ts';
import { isClosed } from '../../desk/execution/order-life.ts';
import type { Direction } from '../../desk/execution/trail.ts';
import { rightsTerms } from '../../desk/market/measured-factors.ts';
import { ratioOfPrices } from '../../desk/market/share-ratio.ts';
import { recordAnswerToChange } from './send.ts';
import type { ExecutionServices } from './services.ts';
import { withdrawalTicket } from './ticket.ts';

/**
 * What has gone ex and is not worked in. `late`: prices of the ex-date have met the orders, or it was told after the ex-date had opened,
 * so that nothing is done by itself any more; a person decides.
 */
export async function unadjusted(services: ExecutionServices, of?: { accountId: string; symbol: string }): Promise<{ due: UnadjustedHolding[]; late: UnadjustedHolding[] }> {
  const { market } = services;
  const found = await unadjustedHoldings(services.database.orm, { today: market.today(), asOf: market.now(), zone: market.zone, ...(of ? { of: { accountId: of.accountId, symbol: of.symbol } } : {}) });
  // What a right is worth follows from its terms alone; one without them moves no stop.
  const known = found.filter((each) => each.kind !== 'RIGHTS' || each.factor !== 1 || rightsTerms(each) !== null);
  const late = known.filter((each) => isLate(each, market.calendar()));
  return { due: known.filter((each) => !late.includes(each)), late };
}

/** A confirmed bracket in the prices after an adjustment. */
export function bracketAfter(services: ExecutionServices, { symbol, direction, bracket, ex }: { symbol: string; direction: Direction; bracket: Bracket; ex: HoldingAdjustment }): Bracket {
  const { stop, target, trail } = adjustBracket({ direction, ratio: ratioOfPrices(ex), tickSize: tickOf(services, symbol), bracket: { stop: bracket.stop, target: bracket.target ?? null, trail: bracket.trail ?? null, best: null }, standing: null });
  return { stop: stop ?? bracket.stop, ...(target === null ? {} : { target }), ...(trail === null ? {} : { trail }) };
}
export const tickOf = (services: ExecutionServices, symbol: string) => services.market.symbols().get(symbol)?.tickSize ?? decimal('0.05');

interface Withdrawing { broker: { reads: BrokerReads; submits: BrokerSubmits }; accountId: string; symbol: string }
/**
 * Cancels at the broker what a corporate action has made void. `tradable`: one of them is still working there, so that it must not meet
 * a price. `protectable`: none that could sell is left working or has filled without being booked, so that a new stop cannot come on top
 * of an old one. A broker that does not answer leaves both as the worse: it is asked again.
 */
export async function withdrawSuperseded(services: ExecutionServices, { broker, accountId, symbol }: Withdrawing): Promise<{ tradable: boolean; protectable: boolean }> {
  const found = { tradable: false, protectable: true };
  for (const order of await listOrders(services.database.orm, { accountIds: [accountId], symbol, statuses: openStatuses, limit: 500 })) {
    if (order.supersededBy === null) continue;
    const standing = await withdrawOne(services, broker, order);
    if (standing === 'WORKING') found.tradable = true;
    if (standing !== 'GONE' && order.category !== 'ENTRY') found.protectable = false;
  }
  return found;
}

/** `GONE`: nothing of it works now; one that the broker never heard of is looked up again each time, before prices meet orders. */
async function withdrawOne(services: ExecutionServices, { reads, submits }: Withdrawing['broker'], order: StoredOrder): Promise<'GONE' | 'WORKING' | 'FILLED_UNBOOKED'> {
  try {
    const there = await reads.lookUp(order.accountId, order.clientOrderId);
    if (!there) return 'GONE';
    const intent = await intentById(services.database.orm, order.intentId);
    if (!intent) return 'WORKING';
    const state = isClosed(there.status) ? there : await submits.cancel(await withdrawalTicket(services, { intent, accountId: order.accountId, clientOrderId: order.clientOrderId }));
    await services.database.transaction(async (tx) => {
      await recordAnswerToChange(tx, order, state);
      await appendAudit(tx, { kind: 'order.cancelled', subject: order.actionId, actor: 'executor', payload: { clientOrderId: order.clientOrderId, status: state.status, adjustment: order.supersededBy } });
    });
    return !isClosed(state.status) ? 'WORKING' : state.filledQuantity > order.filledQuantity ? 'FILLED_UNBOOKED' : 'GONE';
  } catch (error) {
    await services.database.transaction((tx) => appendAudit(tx, { kind: 'order.change_unknown', subject: order.actionId, actor: 'executor', payload: { clientOrderId: order.clientOrderId, message: error instanceof Error ? error.message : String(error) } }));
    return 'WORKING';
  }
}
