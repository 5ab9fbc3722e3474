import type { BrokerOrder, Cleared } from '../../brokers/define.ts';
import { clearanceById, type StoredClearance } from '../../db/stores/confirmations.ts';
import type { Intent } from '../../db/stores/execution.ts';
import { type ClearanceBody, verifyClearance } from '../../desk/actions/clearance.ts';
import type { SubmitSpec } from '../../desk/actions/intent-specs.ts';
import { canonicalJson } from '../../desk/canonical.ts';
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

/** The ticket for exactly what the clearance lists. A first send must come before the clearance's expiry. `ocoGroup`: the position's own group, for an exit that closes it. */
export async function ticketFor(services: ExecutionServices, intent: Intent, ocoGroup: string | null = null): Promise<Cleared<BrokerOrder>> {
  const { clearance, spec } = await listedIntent(services, intent);
  if (clearance.expiresAt <= services.wallNow()) throw new NotCleared('the clearance expired before it was sent');
  const { operation: _operation, onlyIf: _onlyIf, ...order } = spec;
  return ticket({ ...order, accountId: intent.accountId, clientOrderId: intent.clientOrderId, ocoGroup: ocoGroup ?? spec.ocoGroup, clearanceId: intent.clearanceId });
}

/**
 * The ticket for a bracket's child: made from the listed rule, for at most the listed quantity, on the closing side.
 * Children live as long as the position, so expiry does not count; they only ever reduce.
 */
export async function childTicket<T extends { accountId: string; quantity: number }>(services: ExecutionServices, input: { intent: Intent; child: T; side?: 'BUY' | 'SELL' }): Promise<Cleared<T>> {
  const { spec } = await listedIntent(services, input.intent);
  if (input.child.accountId !== input.intent.accountId || input.child.quantity > spec.quantity) throw new NotCleared('the child is larger than the clearance allows');
  if (input.side !== undefined && input.side !== spec.side) throw new NotCleared('the child is on another side than the clearance allows');
  return ticket({ ...input.child, clearanceId: input.intent.clearanceId });
}

/** The ticket of an action that changes or cancels orders rather than sending one: only orders that its clearance names. */
export async function changeTicket<T extends { accountId: string; clientOrderId: string }>(services: ExecutionServices, input: { clearance: StoredClearance; change: T }): Promise<Cleared<T>> {
  const body = genuine(services, input.clearance);
  const named = body.intents.some(({ spec }) => (spec.operation === 'cancel' || spec.operation === 'replace') && spec.targetClientOrderId === input.change.clientOrderId);
  if (body.accountId !== input.change.accountId || !named) throw new NotCleared('the clearance does not name this order');
  return ticket({ ...input.change, clearanceId: input.clearance.id });
}
export const isGenuine = (services: ExecutionServices, clearance: StoredClearance): boolean =>
  verifyClearance({ text: clearance.body, signature: clearance.signature, publicKey: services.publicKey }).ok;
