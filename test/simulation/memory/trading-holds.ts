import type * as real from '../../../db/stores/trading-holds.ts';
import { plusMinutes } from '../../../desk/time.ts';
import { tradingStates, writeTradingState } from './accounts.ts';
import { underWay } from './actions.ts';
import { Refused, statement } from './store.ts';

const ladder = ['ACTIVE', 'REDUCING', 'HALTED'];
export const tradingHolds: typeof real.tradingHolds = (executor) => statement(executor, 'tradingHolds', (store) =>
  [...store.tables.holds.values()].sort((a, b) => (a.since + a.scope + a.cause < b.since + b.scope + b.cause ? -1 : 1)));

export const placeHold: typeof real.placeHold = async (tx, hold) => {
  await statement(tx, 'placeHold', (store) => {
    const scope = hold.accountId ?? 'desk';
    const key = `${scope}/${hold.cause}`;
    const there = store.tables.holds.get(key);
    const resetsAt = hold.resetMinutes == null ? null : plusMinutes(store.now(), hold.resetMinutes);
    const fresh = { scope, accountId: hold.accountId, cause: hold.cause, state: hold.state, reason: hold.reason, measured: hold.measured ?? null, threshold: hold.threshold ?? null, since: store.now(), resetsAt, actionId: hold.actionId };
    store.put('holds', key, !there ? fresh : {
      ...fresh, since: there.since, state: ladder.indexOf(hold.state) > ladder.indexOf(there.state) ? hold.state : there.state,
      resetsAt: there.resetsAt === null || resetsAt === null ? null : resetsAt > there.resetsAt ? resetsAt : there.resetsAt,
    });
  });
  const now = (await tradingStates(tx)).find((row) => row.accountId === hold.accountId);
  if (ladder.indexOf(hold.state) > ladder.indexOf(now?.state ?? 'ACTIVE')) await writeTradingState(tx, { accountId: hold.accountId, state: hold.state, reason: hold.reason, actionId: hold.actionId });
};

export const liftHolds: typeof real.liftHolds = async (tx, { accountId, cause, actionId }) => {
  const own = (await tradingHolds(tx)).filter((hold) => hold.accountId === accountId);
  const lifted = own.filter((hold) => cause === 'all' || hold.cause === cause);
  const before = (await tradingStates(tx)).find((row) => row.accountId === accountId);
  if (lifted.length === 0 && cause !== 'all') return { lifted, state: before?.state ?? 'ACTIVE', reason: before?.reason ?? null };
  const left = own.filter((hold) => !lifted.includes(hold));
  for (const hold of lifted) await statement(tx, 'liftHold', (store) => {
    const meant = underWay(store, ['resume', 'kill_switch_reset']).some(({ accountId: of, action }) => of === hold.accountId && (action.kind === 'resume' || (action as { switchType?: string }).switchType === hold.cause));
    if (!store.asOwner && !meant) throw new Refused('a hold is lifted by a confirmed action alone');
    store.remove('holds', `${hold.scope}/${hold.cause}`);
  });
  const strictest = [...left].sort((a, b) => ladder.indexOf(b.state) - ladder.indexOf(a.state))[0];
  const after = { state: strictest?.state ?? ('ACTIVE' as const), reason: strictest?.reason ?? null };
  await writeTradingState(tx, { accountId, ...after, actionId });
  return { lifted, ...after };
};
