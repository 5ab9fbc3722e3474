import { listAccounts, tradingStates } from '../db/stores/accounts.ts';
import { listActions } from '../db/stores/actions.ts';
import { listOrders, openStatuses } from '../db/stores/execution.ts';
import { tradingHolds } from '../db/stores/trading-holds.ts';
import type { Job } from './define.ts';
import { byRule, type JobServices } from './services.ts';

/** States in which a cancel is still on its way. */
const underWay = ['proposed', 'gated', 'confirmed', 'cleared', 'executing', 'unknown'] as const;

/**
 * Entries that still work at the broker are cancelled wherever their account, or the desk, is halted. A kill file halts the
 * desk on record as well, so that taking the file away alone does not let entries through.
 */
export function haltedEntriesJob(services: JobServices): Job {
  return {
    name: 'halted_entries', does: 'Cancels entries that work at the broker while their account is halted; takes the kill file on record', schedule: { everySeconds: 2 },
    async run() {
      const lines = [...(await killFileOnRecord(services)), ...(await cancelHalted(services))];
      return lines.length > 0 ? lines.join('; ') : null;
    },
  };
}

async function killFileOnRecord(services: JobServices): Promise<string[]> {
  const file = services.killFile();
  if (file.state === 'ABSENT') return [];
  const holds = await tradingHolds(services.database.orm);
  if (holds.some((hold) => hold.scope === 'desk' && hold.cause === 'MANUAL' && hold.state === 'HALTED')) return [];
  const reason = file.state === 'HALTED' ? `The kill file says: ${file.reason}` : 'The kill file is there and cannot be read';
  await services.propose({ action: { kind: 'kill_switch_trip', switchType: 'MANUAL', reason: `${reason.slice(0, 400)}` }, ...byRule('tripped_switch') });
  return ['kill file taken on record'];
}

async function cancelHalted(services: JobServices): Promise<string[]> {
  const { orm } = services.database;
  const states = await tradingStates(orm);
  const deskHalted = states.some(({ scope, state }) => scope === 'desk' && state === 'HALTED');
  const accounts = (await listAccounts(orm)).filter(({ id }) => deskHalted || states.some(({ accountId, state }) => accountId === id && state === 'HALTED'));
  if (accounts.length === 0) return [];
  const entries = (await listOrders(orm, { accountIds: accounts.map(({ id }) => id), statuses: openStatuses, limit: 500 })).filter(({ category, status }) => category === 'ENTRY' && status !== 'UNKNOWN');
  if (entries.length === 0) return [];
  const cancelling = new Set((await listActions(orm, { states: underWay, limit: 500 })).flatMap(({ action }) => (action.kind === 'cancel' ? [action.orderId] : [])));
  const lines: string[] = [];
  for (const order of entries) {
    if (cancelling.has(order.id)) continue;
    const outcome = await services.propose({ action: { kind: 'cancel', accountId: order.accountId, orderId: order.id, reason: 'entries are halted' }, ...byRule('halted_entries') });
    lines.push(`${order.symbol} entry ${outcome.state === 'done' ? 'cancelled' : `not cancelled: ${outcome.message ?? outcome.state}`}`);
  }
  return lines;
}
