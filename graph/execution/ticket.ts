import type { BrokerOrder, BrokerSubmits, Cleared } from '../../brokers/define.ts';
import { clearanceById, type StoredClearance } from '../../db/stores/confirmations.ts';
import type { Intent } from '../../db/stores/execution.ts';
import { adjustmentsOf } from '../../db/stores/holding-adjustments.ts';
import { type ClearanceBody, verifyClearance } from '../../desk/actions/clearance.ts';
import type { SubmitSpec } from '../../desk/actions/intent-specs.ts';
import { canonicalJson } from '../../desk/canonical.ts';
import { coveredQuantity } from '../../desk/market/share-ratio.ts';
import type { ExecutionServices } from './services.ts';

/** Every ticket that was made here; a broker asks, and takes nothing else, whatever its type says. */
const made = new WeakSet<object>();
const ticket = <T extends object>(value: T): Cleared<T> => { made.add(value); return value as Cleared<T>; };
export const isTicket = (value: object): boolean => made.has(value);

/** Why a ticket was refused. Nothing is sent then. */
export class NotCleared extends Error {
  override readonly name = 'NotCleared';
}

/** The clearance's text, if it is the gate's own and was taken up. */
function genuine(services: ExecutionServices, clearance: StoredClearance | null): ClearanceBody {
  if (!clearance) throw new NotCleared('there is no clearance');
  const checked = verifyClearance({ text: clearance.body, signature: clearance.signature, publicKey: services.publicKey });
  if (!checked.ok) throw new NotCleared('the clearance is not signed by the gate');
  if (clearance.consumedAt === null) throw new NotCleared('the clearance was not taken up');
  return checked.body;
}

/** The intent as the signed clearance lists it; a row that says otherwise is refused. */
async function listedIntent(services: ExecutionServices, intent: Intent): Promise<{ clearance: ClearanceBody; spec: SubmitSpec }> {
  const clearance = genuine(services, await clearanceById(services.database.orm, intent.clearanceId));
  const listed = clearance.intents.find((each) => each.leg === intent.leg && each.clientOrderId === intent.clientOrderId);
  if (clearance.actionId !== intent.actionId || clearance.accountId !== intent.accountId || !listed || canonicalJson(listed.spec) !== intent.spec) throw new NotCleared('the clearance does not list this order');
  if (listed.spec.operation !== 'submit') throw new NotCleared(`the clearance lists a ${listed.spec.operation} there, not an order`);
  return { clearance, spec: listed.spec };
}

/**
 * The ticket for what the clearance lists. An entry must go out before the clearance expires; an exit that a crash held up
 * may still go, since leaving is what was wanted. `ocoGroup`: the position's own group, for an exit that closes it.
 * `quantity`: what is left to leave, never more than listed.
 */
export async function ticketFor(services: ExecutionServices, intent: Intent, terms: { ocoGroup?: string | null; quantity?: number } = {}): Promise<{ ticket: Cleared<BrokerOrder>; onlyIf: SubmitSpec['onlyIf'] }> {
  const { clearance, spec } = await listedIntent(services, intent);
  if (spec.category !== 'EXIT' && clearance.expiresAt <= services.wallNow()) throw new NotCleared('the clearance expired before it was sent');
  const { operation: _operation, onlyIf, ...order } = spec;
  const quantity = terms.quantity ?? spec.quantity;
  if (quantity > spec.quantity) throw new NotCleared('the order is larger than the clearance allows');
  return { ticket: ticket({ ...order, quantity, accountId: intent.accountId, clientOrderId: intent.clientOrderId, ocoGroup: terms.ocoGroup ?? spec.ocoGroup, clearanceId: intent.clearanceId }), onlyIf };
}

/** What allows a position's stop or target: the listed children of the entries that made it, together, or one of a later change that a person confirmed. */
export interface Authority { entries: readonly Intent[]; changes: readonly Intent[]; /** Shares of the position that a confirmed action credited after a demerger, which no entry bought. */ credited: number }

/**
 * The ticket for a bracket's child: for at most the listed quantity, on the listed side. Children live as long as the
 * position, so expiry does not count; they only ever reduce. What was cleared before a split, bonus or consolidation is
 * meant in the old shares: it allows as many as the ratios on record make of them, and no more.
 */
export async function childTicket<T extends { accountId: string; quantity: number }>(services: ExecutionServices, input: { authority: Authority; child: T; side: 'BUY' | 'SELL' }): Promise<Cleared<T>> {
  const { authority, child } = input;
  const symbol = [...authority.entries, ...authority.changes].map(({ spec }) => (JSON.parse(spec) as SubmitSpec).symbol)[0] ?? '';
  const adjustments = await adjustmentsOf(services.database.orm, { accountIds: [child.accountId], symbol });
  const allowedBy = async (intents: readonly Intent[]): Promise<number[]> => {
    const allowed: number[] = [];
    for (const intent of intents) {
      const { spec } = await listedIntent(services, intent);
      if (child.accountId === intent.accountId && spec.symbol === symbol && spec.side === input.side) allowed.push(coveredQuantity(spec.quantity, adjustments.filter(({ coveredIntents }) => coveredIntents.includes(intent.id))));
    }
    return allowed;
  };
  const [entries, changes] = [await allowedBy(authority.entries), await allowedBy(authority.changes)];
  const most = Math.max(0, entries.reduce((sum, quantity) => sum + quantity, entries.length > 0 && input.side === 'SELL' ? authority.credited : 0), ...changes);
  if (child.quantity > most) throw new NotCleared(`a child of ${child.quantity} is larger than the ${most} that the clearances allow`);
  const by = authority.entries[0] ?? authority.changes[0];
  if (!by) throw new NotCleared('no clearance lists this child');
  return ticket({ ...child, clearanceId: by.clearanceId });
}

/** The ticket to take away an order that is for nothing any more: its position is closed, another one stands in its place, or its shares have been split, merged or added to. */
export async function withdrawalTicket(services: ExecutionServices, input: { intent: Intent; accountId: string; clientOrderId: string }): Promise<Cleared<{ accountId: string; clientOrderId: string }>> {
  await listedIntent(services, input.intent);
  return ticket({ accountId: input.accountId, clientOrderId: input.clientOrderId, clearanceId: input.intent.clearanceId });
}

/** The ticket to cancel an order: one that the clearance names, or any entry where it halts them all. */
export async function cancelTicket(services: ExecutionServices, input: { clearance: StoredClearance; order: { accountId: string; clientOrderId: string; category: BrokerOrder['category'] } }): Promise<Cleared<{ accountId: string; clientOrderId: string }>> {
  const body = genuine(services, input.clearance);
  const { accountId, clientOrderId, category } = input.order;
  const listed = body.intents.some(({ spec }) => (spec.operation === 'cancel' && spec.targetClientOrderId === clientOrderId) || (spec.operation === 'halt' && spec.accountId === accountId && category === 'ENTRY'));
  if (body.accountId !== accountId || !listed) throw new NotCleared('the clearance does not name this order');
  return ticket({ accountId, clientOrderId, clearanceId: input.clearance.id });
}

/** The ticket to move an order, to exactly the prices that the clearance lists. `quantity` stays what the order has. */
export async function replaceTicket(services: ExecutionServices, input: { clearance: StoredClearance; order: { accountId: string; clientOrderId: string; quantity: number } }): Promise<Parameters<BrokerSubmits['replace']>[0]> {
  const body = genuine(services, input.clearance);
  const { accountId, clientOrderId, quantity } = input.order;
  const listed = body.intents.flatMap(({ spec }) => (spec.operation === 'replace' && spec.targetClientOrderId === clientOrderId ? [spec] : []))[0];
  if (body.accountId !== accountId || !listed) throw new NotCleared('the clearance does not name this order');
  return ticket({ accountId, clientOrderId, quantity, limitPrice: listed.limitPrice, triggerPrice: listed.triggerPrice, clearanceId: input.clearance.id });
}
export const isGenuine = (services: ExecutionServices, clearance: StoredClearance): boolean =>
  verifyClearance({ text: clearance.body, signature: clearance.signature, publicKey: services.publicKey }).ok;
