import type * as real from '../../../db/stores/actions.ts';
import { canonicalAction } from '../../../desk/actions/digest.ts';
import { type ActionState, transitions } from '../../../desk/actions/life.ts';
import { Action } from '../../../desk/actions/types.ts';
import { canonicalJson, sha256 } from '../../../desk/canonical.ts';
import type { GateReport } from '../../../desk/gates/define.ts';
import type { GateSnapshot } from '../../../desk/gates/snapshot.ts';
import { msBetween } from '../../../desk/time.ts';
import { appendAudit, writeAudit } from './audit.ts';
import { enqueue } from './outbox.ts';
import { type MemoryStore, Refused, statement } from './store.ts';
import { uuidv7 } from './uuid.ts';

export const proposerName: typeof real.proposerName = (proposer) => (proposer.kind === 'person' ? proposer.personId : proposer.kind === 'agent' ? proposer.agent : proposer.rule);
/** `core.under_way` */
export const underWay = (store: MemoryStore, kinds: readonly string[]): real.StoredAction[] =>
  [...store.tables.actions.values()].filter(({ id, state, action }) => state === 'executing' && kinds.includes(action.kind) && [...store.tables.clearances.values()].some((clearance) => clearance.actionId === id && clearance.consumedAt !== null));

/** `core.step_action`: a legal step of an action that still is where it was thought to be. */
export function step(store: MemoryStore, input: { id: string; from: ActionState; to: ActionState; reason: string | null; actor: string; payload: string }): boolean {
  if (!(transitions[input.from] as readonly string[]).includes(input.to)) throw new Refused(`an action cannot go from ${input.from} to ${input.to}`, '23514');
  const row = store.tables.actions.get(input.id);
  if (row?.state !== input.from) return false;
  store.put('actions', row.id, { ...row, state: input.to, reason: input.reason ?? row.reason, updatedAt: store.now() });
  writeAudit(store, { kind: `action.${input.to}`, subject: input.id, actor: input.actor, payload: input.payload });
  return true;
}

export const createAction: typeof real.createAction = (tx, input) => statement(tx, 'createAction', (store) => {
  const body = canonicalAction(input.action);
  const digest = sha256(body);
  const { proposer } = input;
  const accountId = 'accountId' in input.action ? (input.action.accountId ?? null) : null;
  const now = store.now();
  store.put('actions', input.id, {
    id: input.id, action: Action.parse(JSON.parse(body)), body, digest, state: 'proposed', proposer, channel: input.channel, threadId: input.threadId, turn: input.turn, revises: input.revises,
    reason: null, worldLabel: input.worldLabel, createdAt: now, updatedAt: now, marketTime: input.marketTime, accountId,
  });
  writeAudit(store, { kind: 'action.proposed', subject: input.id, actor: proposerName(proposer), payload: canonicalJson({ action: body, digest, proposer, revises: input.revises, marketTime: input.marketTime }) });
  return { digest };
});

export const moveAction: typeof real.moveAction = (tx, input) => statement(tx, 'moveAction', (store) => {
  if (['awaiting_confirmation', 'confirmed', 'cleared'].includes(input.to)) throw new Refused(`only a confirmation or a clearance leads to ${input.to}`);
  if (input.from === 'proposed' && input.to === 'gated' && ![...store.tables.reports.values()].some((report) => report.actionId === input.id && report.phase === 'propose' && report.verdict === 'PASS')) throw new Refused('no passing gate report');
  const payload = canonicalJson(input.payload);
  if (!step(store, { id: input.id, from: input.from, to: input.to, reason: input.reason ?? null, actor: input.actor, payload })) return false;
  if (input.topic !== undefined) enqueue(store, { topic: input.topic, actionId: input.id, payload });
  return true;
});

export const recordReport: typeof real.recordReport = async (tx, input) => {
  const reportText = canonicalJson(input.report);
  const { snapshotText } = input;
  const reportDigest = sha256(reportText);
  const reportId = uuidv7(input.nowMs);
  await statement(tx, 'recordReport', (store) => {
    if (sha256(snapshotText) !== input.report.snapshotDigest) throw new Refused('the digest is not that of the snapshot', '23514');
    if (input.report.actionDigest !== store.tables.actions.get(input.actionId)?.digest) throw new Refused('the report is not about this action and snapshot', '23514');
    if (!store.tables.snapshots.has(input.report.snapshotDigest)) store.put('snapshots', input.report.snapshotDigest, snapshotText);
    store.put('reports', reportId, { id: reportId, actionId: input.actionId, phase: input.phase, digest: reportDigest, report: JSON.parse(reportText) as GateReport, snapshotDigest: input.report.snapshotDigest, at: store.now(), verdict: input.report.verdict });
  });
  await appendAudit(tx, { kind: 'gate.report', subject: input.actionId, actor: 'gate', payload: { phase: input.phase, policyVersion: input.report.policyVersion, report: reportText, snapshot: snapshotText } });
  return { reportId, reportDigest };
};
export const reportsOf: typeof real.reportsOf = (executor, actionId) => statement(executor, 'reportsOf', (store) =>
  [...store.tables.reports.values()].filter((report) => report.actionId === actionId).sort((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1)).map(({ verdict: _verdict, ...report }) => report));
export const snapshotByDigest: typeof real.snapshotByDigest = (executor, digest) => statement(executor, 'snapshotByDigest', (store) => {
  const body = store.tables.snapshots.get(digest);
  return body === undefined ? null : { body, snapshot: JSON.parse(body) as GateSnapshot };
});

export const actionById: typeof real.actionById = (executor, id) => statement(executor, 'actionById', (store) => store.tables.actions.get(id) ?? null);
const newestFirst = (a: real.StoredAction, b: real.StoredAction): number => (a.createdAt + a.id < b.createdAt + b.id ? 1 : -1);
export const listActions: typeof real.listActions = (executor, { states, accountIds, threadId, limit }) => statement(executor, 'listActions', (store) =>
  [...store.tables.actions.values()].filter((row) => (!states || states.includes(row.state)) && (!accountIds || row.accountId === null || accountIds.includes(row.accountId)) && (threadId === undefined || row.threadId === threadId)).sort(newestFirst).slice(0, limit));
export const recentActions: typeof real.recentActions = (executor, { accountId, seconds, exceptId }) => statement(executor, 'recentActions', (store) =>
  [...store.tables.actions.values()].filter((row) => row.accountId === accountId && row.id !== exceptId && msBetween(row.createdAt, store.now()) < seconds * 1000)
    .sort((a, b) => (a.createdAt !== b.createdAt ? (a.createdAt < b.createdAt ? 1 : -1) : a.id < b.id ? -1 : 1))
    .map(({ id, digest, state, createdAt }) => ({ actionId: id, digest, state, secondsAgo: Math.floor(msBetween(createdAt, store.now()) / 1000) })));
