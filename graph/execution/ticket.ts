import type { BrokerOrder, Cleared } from '../../brokers/define.ts';
import { clearanceById, type StoredClearance } from '../../db/stores/confirmations.ts';
import type { Intent } from '../../db/stores/execution.ts';
import { canonicalJson } from '../../desk/canonical.ts';
import type { ExecutionServices } from './services.ts';

/** Why a ticket was refused. Nothing is sent then. */
export class NotCleared extends Error {
  override readonly name = 'NotCleared';
}

interface ClearanceText { actionId: string; accountId: string | null; intents: { leg: string; clientOrderId: string; order: BrokerOrder }[] }

/** The clearance behind an intent, if it is genuine, consumed, and really lists that intent. */
async function genuineClearance(services: ExecutionServices, intent: Intent): Promise<{ clearance: StoredClearance; listed: ClearanceText['intents'][number] }> {
  const clearance = await clearanceById(services.database.orm, intent.clearanceId);
  if (!clearance) throw new NotCleared('there is no clearance');
  if (!services.clearanceIsGenuine(clearance)) throw new NotCleared('the clearance is not signed by the gate');
  if (clearance.consumedAt === null) throw new NotCleared('the clearance was not taken up');
  const body = JSON.parse(clearance.body) as ClearanceText;
  const listed = body.intents.find((each) => each.leg === intent.leg && each.clientOrderId === intent.clientOrderId);
  if (body.actionId !== intent.actionId || !listed || canonicalJson(listed.order) !== intent.spec) throw new NotCleared('the clearance does not list this order');
  return { clearance, listed };
}

/** The ticket for exactly what the clearance lists. A first send must come before the clearance's expiry. */
export async function ticketFor(services: ExecutionServices, intent: Intent): Promise<Cleared<BrokerOrder>> {
  const { clearance, listed } = await genuineClearance(services, intent);
  if (clearance.expiresAt <= services.wallNow()) throw new NotCleared('the clearance expired before it was sent');
  return { ...listed.order, clearanceId: clearance.id } as Cleared<BrokerOrder>;
}

/**
 * The ticket for a bracket's child: made from the listed rule, for at most the listed quantity, on the closing side.
 * Children live as long as the position, so expiry does not count; they only ever reduce.
 */
export async function childTicket<T extends { accountId: string; quantity: number }>(services: ExecutionServices, input: { intent: Intent; child: T; side?: 'BUY' | 'SELL' }): Promise<Cleared<T>> {
  const { clearance, listed } = await genuineClearance(services, input.intent);
  if (input.child.accountId !== listed.order.accountId || input.child.quantity > listed.order.quantity) throw new NotCleared('the child is larger than the clearance allows');
  if (input.side !== undefined && input.side !== listed.order.side) throw new NotCleared('the child is on another side than the clearance allows');
  return { ...input.child, clearanceId: clearance.id } as Cleared<T>;
}

/** The ticket of an action that changes or cancels orders rather than sending one. */
export async function changeTicket<T extends { accountId: string }>(services: ExecutionServices, input: { clearance: StoredClearance; change: T }): Promise<Cleared<T>> {
  if (!services.clearanceIsGenuine(input.clearance) || input.clearance.consumedAt === null) throw new NotCleared('the clearance is not one of the gate');
  const body = JSON.parse(input.clearance.body) as ClearanceText;
  if (body.accountId !== input.change.accountId) throw new NotCleared('the clearance is for another account');
  return { ...input.change, clearanceId: input.clearance.id } as Cleared<T>;
}
