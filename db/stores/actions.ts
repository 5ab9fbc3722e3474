import { sql } from 'drizzle-orm';
import { canonicalAction } from '../../desk/actions/digest.ts';
import type { ActionState } from '../../desk/actions/life.ts';
import { Action, type Proposer } from '../../desk/actions/types.ts';
import { canonicalJson, sha256 } from '../../desk/canonical.ts';
import type { GateReport } from '../../desk/gates/define.ts';
import type { GateSnapshot } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import { uuidv7 } from '../uuid.ts';
import { appendAudit } from './audit.ts';

export interface StoredAction {
  id: string; action: Action; body: string; digest: string; state: ActionState; proposer: Proposer; channel: string;
  threadId: string | null; turn: string | null; revises: string | null; reason: string | null; worldLabel: string;
  createdAt: Instant; updatedAt: Instant; marketTime: Instant; accountId: string | null;
}
interface ActionRow extends Record<string, unknown> {
  id: string; body: string; digest: string; state: ActionState; proposer_kind: Proposer['kind']; proposer: string; on_behalf_of: string | null; channel: string; thread_id: string | null;
  turn: string | null; revises: string | null; reason: string | null; world_label: string; created: string; updated: string; market: string; account_id: string | null;
}
const columns = sql`id, body, digest, state, proposer_kind, proposer, on_behalf_of, channel, thread_id, turn, revises, reason, world_label, account_id,
  core.instant_text(created_at) as created, core.instant_text(updated_at) as updated, core.instant_text(market_time) as market`;

const toProposer = (row: ActionRow): Proposer => {
  if (row.proposer_kind === 'person') return { kind: 'person', personId: row.proposer, channel: row.channel };
  if (row.proposer_kind === 'agent') return { kind: 'agent', agent: row.proposer, onBehalfOf: row.on_behalf_of ?? '', channel: row.channel };
  return { kind: 'desk', rule: row.proposer };
};
const toAction = (row: ActionRow): StoredAction => ({
  id: row.id, action: Action.parse(JSON.parse(row.body)), body: row.body, digest: row.digest, state: row.state, proposer: toProposer(row), channel: row.channel, threadId: row.thread_id,
  turn: row.turn, revises: row.revises, reason: row.reason, worldLabel: row.world_label, createdAt: row.created as Instant, updatedAt: row.updated as Instant, marketTime: row.market as Instant, accountId: row.account_id,
});
export const proposerName = (proposer: Proposer): string => (proposer.kind === 'person' ? proposer.personId : proposer.kind === 'agent' ? proposer.agent : proposer.rule);

export interface NewAction {
  id: string; action: Action; proposer: Proposer; channel: string; threadId: string | null; turn: string | null;
  revises: string | null; worldLabel: string; marketTime: Instant;
}
export async function createAction(tx: Executor, input: NewAction): Promise<{ digest: string }> {
  const body = canonicalAction(input.action);
  const digest = sha256(body);
  const row = {
    id: input.id, kind: input.action.kind, accountId: 'accountId' in input.action ? input.action.accountId : undefined, body, digest,
    proposerKind: input.proposer.kind, proposer: proposerName(input.proposer), onBehalfOf: input.proposer.kind === 'agent' ? input.proposer.onBehalfOf : undefined,
    channel: input.channel, threadId: input.threadId ?? undefined, turn: input.turn ?? undefined, revises: input.revises ?? undefined, worldLabel: input.worldLabel, marketTime: input.marketTime,
  };
  await tx.execute(sql`select core.action_create(${JSON.stringify(row)}::jsonb, ${canonicalJson({ action: body, digest, proposer: input.proposer, revises: input.revises, marketTime: input.marketTime })})`);
  return { digest };
}

/** Moves an action if it still is where the caller thinks it is; false when it has moved on. */
export async function moveAction(tx: Executor, input: { id: string; from: ActionState; to: ActionState; reason?: string; actor: string; payload: unknown; topic?: string }): Promise<boolean> {
  const [row] = await rows<{ moved: boolean }>(tx, sql`select core.action_move(${input.id}::uuid, ${input.from}, ${input.to}, ${input.reason ?? null}, ${input.actor}, ${canonicalJson(input.payload)}, ${input.topic ?? null}) as moved`);
  return row?.moved ?? false;
}

export interface StoredReport { id: string; actionId: string; phase: 'propose' | 'confirm' | 'tranche'; digest: string; report: GateReport; snapshotDigest: string; at: Instant }

/** Stores a verdict with the snapshot that it was made from (its canonical text, and when it was taken), and both in the audit. */
export async function recordReport(tx: Executor, input: { actionId: string; phase: StoredReport['phase']; report: GateReport; snapshotText: string; takenAt: Instant; nowMs: number }): Promise<{ reportId: string; reportDigest: string }> {
  const { snapshotText } = input;
  const reportText = canonicalJson(input.report);
  const reportId = uuidv7(input.nowMs);
  const reportDigest = sha256(reportText);
  await Promise.all([
    tx.execute(sql`insert into core.snapshots (digest, body, taken_at) values (${input.report.snapshotDigest}, ${snapshotText}, ${input.takenAt}) on conflict do nothing`),
    tx.execute(sql`insert into core.gate_reports (id, action_id, phase, digest, body, snapshot_digest, verdict, policy_version, at)
      values (${reportId}, ${input.actionId}, ${input.phase}, ${reportDigest}, ${reportText}, ${input.report.snapshotDigest}, ${input.report.verdict}, ${input.report.policyVersion}, core.wall_now())`),
    appendAudit(tx, { kind: 'gate.report', subject: input.actionId, actor: 'gate', payload: { phase: input.phase, policyVersion: input.report.policyVersion, report: reportText, snapshot: snapshotText } }),
  ]);
  return { reportId, reportDigest };
}

interface ReportRow extends Record<string, unknown> { id: string; action_id: string; phase: StoredReport['phase']; digest: string; body: string; snapshot_digest: string; at: string }
const toReport = (row: ReportRow): StoredReport => ({ id: row.id, actionId: row.action_id, phase: row.phase, digest: row.digest, report: JSON.parse(row.body) as GateReport, snapshotDigest: row.snapshot_digest, at: row.at as Instant });
const reportColumns = sql`id, action_id, phase, digest, body, snapshot_digest, core.instant_text(at) as at`;
export const reportsOf = async (executor: Executor, actionId: string): Promise<StoredReport[]> =>
  (await rows<ReportRow>(executor, sql`select ${reportColumns} from core.gate_reports where action_id = ${actionId} order by at, id`)).map(toReport);
export async function reportById(executor: Executor, id: string): Promise<StoredReport | null> {
  const [row] = await rows<ReportRow>(executor, sql`select ${reportColumns} from core.gate_reports where id = ${id}`);
  return row ? toReport(row) : null;
}
export async function snapshotByDigest(executor: Executor, digest: string): Promise<{ body: string; snapshot: GateSnapshot } | null> {
  const [row] = await rows<{ body: string }>(executor, sql`select body from core.snapshots where digest = ${digest}`);
  return row ? { body: row.body, snapshot: JSON.parse(row.body) as GateSnapshot } : null;
}

export async function actionById(executor: Executor, id: string): Promise<StoredAction | null> {
  const [row] = await rows<ActionRow>(executor, sql`select ${columns} from core.actions where id = ${id}`);
  return row ? toAction(row) : null;
}
export async function listActions(executor: Executor, input: { states?: readonly ActionState[]; accountIds?: readonly string[]; threadId?: string; limit: number }): Promise<StoredAction[]> {
  return (await rows<ActionRow>(executor, sql`select ${columns} from core.actions where true
    ${input.states ? sql`and state = any(${array(input.states, 'text')})` : sql``} ${input.accountIds ? sql`and (account_id is null or account_id = any(${array(input.accountIds, 'uuid')}))` : sql``}
    ${input.threadId ? sql`and thread_id = ${input.threadId}` : sql``} order by created_at desc, id desc limit ${input.limit}`)).map(toAction);
}
export const transitionsOf = (executor: Executor, actionId: string) =>
  rows<{ from: ActionState | null; to: ActionState; at: string; reason: string | null }>(executor, sql`select from_state as "from", to_state as "to", core.instant_text(at) as at, reason from core.action_transitions where action_id = ${actionId} order by sequence`);

/** Proposals with the same content in the last `seconds`, for the duplicate check. */
export const recentActions = (executor: Executor, input: { accountId: string; seconds: number; exceptId?: string }) =>
  rows<{ actionId: string; digest: string; state: ActionState; secondsAgo: number }>(executor, sql`
    select id as "actionId", digest, state, floor(extract(epoch from core.wall_now() - created_at))::float8 as "secondsAgo" from core.actions
    where account_id = ${input.accountId} and created_at > core.wall_now() - make_interval(secs => ${input.seconds}) ${input.exceptId ? sql`and id <> ${input.exceptId}` : sql``} order by created_at desc, id`);
/** What was proposed about a position after it was opened: exits, reductions, moved stops. Oldest first. */
export const actionsOnPosition = async (executor: Executor, positionId: string): Promise<StoredAction[]> =>
  (await rows<ActionRow>(executor, sql`select ${columns} from core.actions where body::jsonb->>'positionId' = ${positionId} order by created_at, id`)).map(toAction);
export async function countActions(executor: Executor): Promise<number> {
  return (await rows<{ n: number }>(executor, sql`select count(*)::int as n from core.actions`))[0]?.n ?? 0;
}
