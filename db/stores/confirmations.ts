import { sql } from 'drizzle-orm';
import { canonicalJson } from '../../desk/canonical.ts';
import type { Instant } from '../../desk/time.ts';
import type { Database, Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import { isUuid } from '../uuid.ts';

export interface StoredConfirmation {
  id: string; actionId: string; actionDigest: string; reportDigest: string; accountId: string | null; eligible: string[]; approvalsNeeded: number; threadId: string | null;
  shownAt: Instant; expiresAt: Instant; referencePrice: number | null; driftPercent: number | null;
  status: 'pending' | 'confirmed' | 'rejected' | 'expired' | 'superseded'; decidedBy: string | null; decidedAt: Instant | null; decidedIn: string | null; reason: string | null;
}
const columns = sql`id, action_id as "actionId", action_digest as "actionDigest", report_digest as "reportDigest", account_id as "accountId", eligible, approvals_needed as "approvalsNeeded", thread_id as "threadId",
  core.instant_text(shown_at) as "shownAt", core.instant_text(expires_at) as "expiresAt", reference_price::float8 as "referencePrice", drift_percent as "driftPercent", status, decided_by as "decidedBy",
  core.instant_text(decided_at) as "decidedAt", decided_in as "decidedIn", reason`;
type Row = StoredConfirmation & Record<string, unknown>;

export interface NewConfirmation {
  id: string; actionId: string; reportId: string; eligible: readonly string[]; approvalsNeeded: number; threadId: string | null;
  seconds: number; referencePrice: number | null; driftPercent: number | null; renderingDigest: string; actor: string;
}
/** Opens the question to people; refused by the database unless a passing report is there and all of them have the right. */
export async function openConfirmation(tx: Executor, input: NewConfirmation): Promise<{ expiresAt: Instant }> {
  const { actor, ...row } = input;
  const [opened] = await rows<{ ends: string }>(tx, sql`select core.instant_text(core.confirmation_open(${JSON.stringify(row)}::jsonb, ${actor}, ${canonicalJson(row)})) as ends`);
  return { expiresAt: opened?.ends as Instant };
}

export type PressOutcome = 'won' | 'rejected' | 'already' | 'expired' | 'not_eligible' | 'other_content' | 'needs_another' | 'not_found';
export interface Press { outcome: PressOutcome; actionId: string | null; status: string | null; decidedBy: string | null; decidedAt: Instant | null; decidedIn: string | null; expiresAt: Instant | null }

/** The press: compare-and-set in one statement, as the role that alone may do it. */
export async function decideConfirmation(database: Database, input: { id: string; actionDigest: string; personId: string; channel: string; choice: 'confirm' | 'reject'; reason: string | null }): Promise<Press> {
  const [row] = await database.callAs<Record<string, unknown> & Press>('parapet_press', `
    select outcome, action_id as "actionId", status, decided_by as "decidedBy", core.instant_text(decided_at) as "decidedAt", decided_in as "decidedIn", core.instant_text(expires_at) as "expiresAt"
    from core.confirmation_decide($1, $2, $3, $4, $5, $6, $7)`,
  [input.id, input.actionDigest, input.personId, input.channel, input.choice, input.reason, canonicalJson({ confirmation: input.id, actionDigest: input.actionDigest, person: input.personId, channel: input.channel, choice: input.choice, reason: input.reason })]);
  if (!row) throw new Error('the press gave no answer');
  return row;
}

/** Closes a question without a yes. */
export async function closeConfirmation(tx: Executor, input: { id: string; status: 'expired' | 'superseded'; reason: string; actor: string }): Promise<boolean> {
  const [row] = await rows<{ closed: boolean }>(tx, sql`select core.confirmation_close(${input.id}::uuid, ${input.status}, ${input.reason}, ${input.actor}, ${canonicalJson({ confirmation: input.id, status: input.status, reason: input.reason })}) as closed`);
  return row?.closed ?? false;
}

/** Channels hand on whatever a button said: what is no identity names no question. */
export async function confirmationById(executor: Executor, id: string): Promise<StoredConfirmation | null> {
  if (!isUuid(id)) return null;
  return (await rows<Row>(executor, sql`select ${columns} from core.confirmations where id = ${id}`))[0] ?? null;
}
export async function confirmationOf(executor: Executor, actionId: string): Promise<StoredConfirmation | null> {
  return (await rows<Row>(executor, sql`select ${columns} from core.confirmations where action_id = ${actionId} order by shown_at desc, id desc limit 1`))[0] ?? null;
}
/** The latest question about each of these actions. */
export const confirmationsOf = (executor: Executor, actionIds: readonly string[]): Promise<StoredConfirmation[]> =>
  rows<Row>(executor, sql`select distinct on (action_id) ${columns} from core.confirmations where action_id = any(${array(actionIds, 'uuid')}) order by action_id, shown_at desc, id desc`);
/** Open questions, oldest first; of one thread, or all that a person could answer. */
export const pendingConfirmations = (executor: Executor, input: { threadId?: string; personId?: string }): Promise<StoredConfirmation[]> =>
  rows<Row>(executor, sql`select ${columns} from core.confirmations where status = 'pending' ${input.threadId ? sql`and thread_id = ${input.threadId}` : sql``}
    ${input.personId ? sql`and ${input.personId}::uuid = any(eligible)` : sql``} order by shown_at, id`);
/** Open questions whose time is over. */
export const overdueConfirmations = (executor: Executor): Promise<StoredConfirmation[]> =>
  rows<Row>(executor, sql`select ${columns} from core.confirmations where status = 'pending' and expires_at <= core.wall_now() order by expires_at, id`);

/** People who may confirm on an account (or, without one, the owners). */
export async function eligiblePeople(executor: Executor, accountId: string | null): Promise<string[]> {
  const found = accountId === null
    ? await rows<{ id: string }>(executor, sql`select id from core.people where role = 'owner' order by id`)
    : await rows<{ id: string }>(executor, sql`select person_id as id from core.account_rights where account_id = ${accountId} and can_confirm order by person_id`);
  return found.map((row) => row.id);
}

export interface StoredClearance { id: string; actionId: string; confirmationId: string | null; body: string; signature: string; keyId: string; expiresAt: Instant; consumedAt: Instant | null }
export interface NewIntent { id: string; leg: string; clientOrderId: string; spec: string; state: 'READY' | 'WAITING' }

/** Issues the executor's ticket, with its intents, as the role that alone may do it. */
export async function issueClearance(database: Database, input: { id: string; actionId: string; confirmationId: string | null; reportId: string; body: string; signature: string; keyId: string; intents: readonly NewIntent[]; actor: string }): Promise<void> {
  const { actor, ...row } = input;
  await database.callAs('parapet_gate', 'select core.clearance_issue($1::jsonb, $2, $3)', [JSON.stringify(row), actor, canonicalJson({ clearance: input.id, body: input.body, signature: input.signature, keyId: input.keyId, intents: input.intents })]);
}
const clearanceColumns = sql`id, action_id as "actionId", confirmation_id as "confirmationId", body, signature, key_id as "keyId", core.instant_text(expires_at) as "expiresAt", core.instant_text(consumed_at) as "consumedAt"`;
export const clearanceOf = async (executor: Executor, actionId: string): Promise<StoredClearance | null> =>
  (await rows<StoredClearance & Record<string, unknown>>(executor, sql`select ${clearanceColumns} from core.clearances where action_id = ${actionId}`))[0] ?? null;
export const clearanceById = async (executor: Executor, id: string): Promise<StoredClearance | null> =>
  (await rows<StoredClearance & Record<string, unknown>>(executor, sql`select ${clearanceColumns} from core.clearances where id = ${id}`))[0] ?? null;
export async function consumeClearance(tx: Executor, id: string): Promise<boolean> {
  const [row] = await rows<{ consumed: boolean }>(tx, sql`select core.clearance_consume(${id}::uuid) as consumed`);
  return row?.consumed ?? false;
}
export const approvalsOf = (executor: Executor, confirmationId: string) =>
  rows<{ personId: string; channel: string; at: string }>(executor, sql`select person_id as "personId", channel, core.instant_text(at) as at from core.approvals where confirmation_id = ${confirmationId} order by at`);
export const intentsOfAction = (executor: Executor, actionIds: readonly string[]) =>
  rows<{ id: string; actionId: string; leg: string; clientOrderId: string; spec: string; state: string }>(executor, sql`select id, action_id as "actionId", leg, client_order_id as "clientOrderId", spec, state from core.order_intents where action_id = any(${array(actionIds, 'uuid')}) order by leg`);
