import type { StoredAction } from '../../db/stores/actions.ts';
import { listActions } from '../../db/stores/actions.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import type { StoredClearance } from '../../db/stores/confirmations.ts';
import { type Intent, intentsOf, listOrders, moveIntent, openStatuses, recordOrderState, type StoredOrder } from '../../db/stores/execution.ts';
import { structureTurn } from '../../desk/actions/intents.ts';
import type { SubmitSpec } from '../../desk/actions/intent-specs.ts';
import type { ActionOf } from '../../desk/actions/types.ts';
import { type LegOnRecord, nextStructureStep, type StructureStep, type UnwindOnRecord } from '../../desk/execution/structure-plan.ts';
import { msBetween } from '../../desk/time.ts';
import { sendIntent } from './send.ts';
import type { ExecutionServices } from './services.ts';
import { withdrawalTicket } from './ticket.ts';

type Structure = ActionOf<'option_structure'>;
/** More steps than this in one go and something goes in circles; the next look goes on. */
const mostSteps = 40;

export interface Carried { to: 'done' | 'failed' | null; sentence: string }

/** Carries a structure on by as many steps as can be made now; null while orders work. Every step follows from what is on record. */
export async function advanceStructure(services: ExecutionServices, stored: StoredAction, clearance: StoredClearance): Promise<Carried> {
  const action = stored.action as Structure;
  for (let made = 0; made < mostSteps; made += 1) {
    const record = await readRecord(services, stored.id, action);
    const next = nextStructureStep(record.legs, record.unwinds);
    if (next.step === 'wait') return { to: null, sentence: '' };
    if (next.step === 'end') return endOf(services, { stored, action, record, next });
    if (next.step === 'send') for (const name of next.legs) await sendIntent(services, record.intent(name));
    else if (next.step === 'unwind') for (const { of, quantity } of next.legs) await sendIntent(services, record.intent(of.replace('leg-', 'unwind-')), null, quantity);
    else for (const name of next.legs) await cancelLeg(services, { clearance, intent: record.intent(name) });
  }
  return { to: null, sentence: '' };
}

interface Record { legs: LegOnRecord[]; unwinds: UnwindOnRecord[]; intents: Intent[]; intent(leg: string): Intent }

async function readRecord(services: ExecutionServices, actionId: string, action: Structure): Promise<Record> {
  const intents = await intentsOf(services.database.orm, actionId);
  const orders = new Map((await listOrders(services.database.orm, { accountIds: [action.accountId], actionId, limit: 500 })).map((order) => [order.clientOrderId, order]));
  const now = services.market.now();
  const orderOf = (intent: Intent): StoredOrder | undefined => orders.get(intent.clientOrderId);
  const common = (intent: Intent) => {
    const order = orderOf(intent);
    const isOpen = order !== undefined && (openStatuses as readonly string[]).includes(order.status);
    const sent = intent.state === 'WAITING' || intent.state === 'READY' ? 'NO' as const : intent.state === 'VOID' ? 'REFUSED' as const : intent.state === 'SENDING' || intent.state === 'UNKNOWN' ? 'ASKING' as const : 'YES' as const;
    return { sent, working: sent === 'YES' && isOpen, filled: order?.filledQuantity ?? 0, ageSeconds: order ? msBetween(order.marketTime, now) / 1000 : null };
  };
  const legs = intents.filter(({ leg }) => leg.startsWith('leg-')).map((intent): LegOnRecord => {
    const leg = action.legs[Number(/^leg-(\d+)/.exec(intent.leg)?.[1]) - 1];
    if (!leg) throw new Error(`the structure has no ${intent.leg}`);
    return { name: intent.leg, turn: structureTurn(leg), opens: leg.effect !== 'CLOSE', sells: leg.side === 'SELL', quantity: (JSON.parse(intent.spec) as SubmitSpec).quantity, ...common(intent) };
  });
  const unwinds = intents.filter(({ leg }) => leg.startsWith('unwind-')).map((intent): UnwindOnRecord => ({ of: intent.leg.replace('unwind-', 'leg-'), ...common(intent) }));
  return {
    legs, unwinds, intents,
    intent(leg) {
      const found = intents.find((intent) => intent.leg === leg);
      if (!found) throw new Error(`the clearance lists no ${leg}`);
      return found;
    },
  };
}

async function cancelLeg(services: ExecutionServices, { clearance, intent }: { clearance: StoredClearance; intent: Intent }): Promise<void> {
  const account = await accountById(services.database.orm, intent.accountId);
  const broker = account ? services.broker(account.broker) : null;
  if (!broker) return;
  const state = await broker.submits.cancel(await withdrawalTicket(services, { intent, accountId: intent.accountId, clientOrderId: intent.clientOrderId }));
  await services.database.transaction(async (tx) => {
    await recordOrderState(tx, state);
    await appendAudit(tx, { kind: 'order.cancelled', subject: clearance.actionId, actor: 'executor', payload: { clientOrderId: intent.clientOrderId, status: state.status, message: state.message } });
  });
}

async function endOf(services: ExecutionServices, { stored, action, record, next }: { stored: StoredAction; action: Structure; record: Record; next: Extract<StructureStep, { step: 'end' }> }): Promise<Carried> {
  const left = record.intents.filter(({ state }) => state === 'WAITING' || state === 'READY');
  await services.database.transaction(async (tx) => {
    for (const { id } of left) await moveIntent(tx, { id, from: ['WAITING', 'READY'], to: 'VOID', message: next.outcome === 'WHOLE' ? 'not needed' : 'another leg failed' });
    await appendAudit(tx, { kind: 'structure.ended', subject: stored.id, actor: 'executor', payload: { outcome: next.outcome, legs: record.legs.map(({ name, quantity, filled }) => ({ name, quantity, filled })), unwound: record.unwinds.filter(({ filled }) => filled > 0).map(({ of, filled }) => ({ of, filled })) } });
  });
  if (next.outcome === 'WHOLE') return { to: 'done', sentence: `All ${action.legs.length} legs filled.` };
  const failedLeg = record.legs.find((leg) => leg.sent !== 'NO' && leg.filled < leg.quantity);
  const why = failedLeg ? await reasonOf(services, record.intent(failedLeg.name), action) : 'a leg failed';
  switch (next.outcome) {
    case 'NOTHING': return { to: 'failed', sentence: `Nothing was traded: ${why}.` };
    case 'UNWOUND': return { to: 'failed', sentence: `Taken back: ${why}. What had filled was closed again; nothing of it is held.` };
    case 'PARTLY_CLOSED': return { to: 'failed', sentence: `Closed in part: ${why}. What is left is still covered; close it again.` };
    case 'STUCK': return { to: 'failed', sentence: `Not taken back whole: ${why}, and ${next.stuck.map((name) => symbolOf(record.intent(name))).join(', ')} could not be closed. Its protection is kept; look at it now.` };
  }
}

const symbolOf = (intent: Intent): string => (JSON.parse(intent.spec) as SubmitSpec).symbol;

async function reasonOf(services: ExecutionServices, intent: Intent, action: Structure): Promise<string> {
  if (intent.message !== null) return `${symbolOf(intent)}: ${intent.message}`;
  const order = (await listOrders(services.database.orm, { accountIds: [action.accountId], actionId: intent.actionId, limit: 500 })).find(({ clientOrderId }) => clientOrderId === intent.clientOrderId);
  return order?.message ? `${order.symbol}: ${order.message}` : `${symbolOf(intent)} did not fill at its limit in time`;
}

/** Structures that are being carried out; whoever takes in fills carries them on. */
export const structuresUnderWay = async (services: ExecutionServices): Promise<string[]> =>
  (await listActions(services.database.orm, { states: ['executing'], limit: 200 })).filter(({ action }) => action.kind === 'option_structure').map(({ id }) => id);
