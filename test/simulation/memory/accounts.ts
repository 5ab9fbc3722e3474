import type * as real from '../../../db/stores/accounts.ts';
import { canonicalJson } from '../../../desk/canonical.ts';
import { underWay } from './actions.ts';
import { Refused, statement } from './store.ts';

export const listAccounts: typeof real.listAccounts = (executor, ids) => statement(executor, 'listAccounts', (store) =>
  [...store.tables.accounts.values()].filter(({ id }) => !ids || ids.includes(id)).sort((a, b) => (a.openedAt < b.openedAt ? -1 : a.openedAt > b.openedAt ? 1 : a.name < b.name ? -1 : 1)));
export const accountById: typeof real.accountById = async (executor, id) => (await listAccounts(executor, [id]))[0] ?? null;
export const activeMandate: typeof real.activeMandate = (executor, accountId) => statement(executor, 'activeMandate', (store) => {
  const row = [...store.tables.mandates.values()].find((each) => each.accountId === accountId && each.active);
  return row ? { version: row.version, terms: row.terms, summary: row.summary, assumptionLog: row.assumptionLog, createdAt: row.createdAt } : null;
});
export const writeMandate: typeof real.writeMandate = (tx, { id, accountId, terms, summary, assumptionLog, actionId }) => statement(tx, 'writeMandate', (store) => {
  const meant = underWay(store, ['mandate_change']).some((each) => each.id === actionId && each.accountId === accountId && canonicalJson((each.action as { terms?: unknown }).terms) === canonicalJson(terms));
  if (!store.asOwner && !meant) throw new Refused('mandates may only change by a confirmed action');
  const earlier = [...store.tables.mandates].filter(([, row]) => row.accountId === accountId);
  for (const [key, row] of earlier) if (row.active) store.put('mandates', key, { ...row, active: false });
  store.put('mandates', id, { accountId, active: true, version: Math.max(0, ...earlier.map(([, row]) => row.version)) + 1, terms, summary, assumptionLog: [...assumptionLog], createdAt: store.now() });
});
export const activeFundingPlan: typeof real.activeFundingPlan = (executor, accountId) => statement(executor, 'activeFundingPlan', (store) => store.tables.fundingPlans.get(accountId) ?? null);
export const tradingStates: typeof real.tradingStates = (executor) => statement(executor, 'tradingStates', (store) => [...store.tables.tradingStates.values()].sort((a, b) => (a.scope < b.scope ? -1 : 1)));

const ladder = ['ACTIVE', 'REDUCING', 'HALTED'];
export const writeTradingState: typeof real.writeTradingState = (tx, { accountId, state, reason, actionId }) => statement(tx, 'writeTradingState', (store) => {
  const scope = accountId ?? 'desk';
  const before = store.tables.tradingStates.get(scope);
  const stricter = before ? ladder.indexOf(state) >= ladder.indexOf(before.state) : state !== 'ACTIVE';
  const stillHeld = [...store.tables.holds.values()].some((hold) => hold.scope === scope && ladder.indexOf(hold.state) > ladder.indexOf(state));
  const meant = !stillHeld && underWay(store, ['resume', 'kill_switch_reset']).some((each) => each.id === actionId && each.accountId === accountId);
  if (!store.asOwner && !stricter && !meant) throw new Refused('trading_states may only change by a confirmed action');
  store.put('tradingStates', scope, { scope, accountId, state, reason, since: store.now(), actionId });
});
