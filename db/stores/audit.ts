import { sql } from 'drizzle-orm';
import { canonicalJson } from '../../desk/canonical.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface AuditEntry { sequence: number; at: string; kind: string; subject: string; actor: string; payload: string; previousHash: string; hash: string }

/** Appends in the caller's transaction; the database makes time, sequence and hash. */
export async function appendAudit(executor: Executor, entry: { kind: string; subject: string; actor: string; payload: unknown }): Promise<number> {
  const [row] = await rows<{ sequence: string }>(executor, sql`select core.audit_append(${entry.kind}, ${entry.subject}, ${entry.actor}, ${canonicalJson(entry.payload)}) as sequence`);
  return Number(row?.sequence);
}

const columns = sql`sequence::float8 as sequence, at, kind, subject, actor, payload, previous_hash as "previousHash", hash`;
/** Entries after `after`, in order, at most `limit`. */
export const auditEntries = (executor: Executor, input: { after: number; limit: number }): Promise<AuditEntry[]> =>
  rows<AuditEntry & Record<string, unknown>>(executor, sql`select ${columns} from core.audit_log where sequence > ${input.after} order by sequence limit ${input.limit}`);
export const auditOf = (executor: Executor, subject: string): Promise<AuditEntry[]> =>
  rows<AuditEntry & Record<string, unknown>>(executor, sql`select ${columns} from core.audit_log where subject = ${subject} order by sequence`);
export const auditEntry = async (executor: Executor, sequence: number): Promise<AuditEntry | null> =>
  (await rows<AuditEntry & Record<string, unknown>>(executor, sql`select ${columns} from core.audit_log where sequence = ${sequence}`))[0] ?? null;
/** The newest entries, newest first. */
export const latestAudit = (executor: Executor, limit: number): Promise<AuditEntry[]> =>
  rows<AuditEntry & Record<string, unknown>>(executor, sql`select ${columns} from core.audit_log order by sequence desc limit ${limit}`);
/** Where the chain ends by the row that every append locks. */
export const auditHead = async (executor: Executor): Promise<{ sequence: number; hash: string } | null> =>
  (await rows<{ sequence: number; hash: string }>(executor, sql`select sequence::float8 as sequence, hash from core.audit_head where one = 1`))[0] ?? null;
/** Whether something that is told apart by a `key` in its payload is on record already. */
export const isOnRecord = async (executor: Executor, input: { kind: string; subject: string; key: string }): Promise<boolean> =>
  (await rows(executor, sql`select 1 as one from core.audit_log where subject = ${input.subject} and kind = ${input.kind} and payload::jsonb->>'key' = ${input.key} limit 1`)).length === 1;
