import type * as real from '../../../db/stores/audit.ts';
import { hashedText } from '../../../desk/audit/verify.ts';
import { canonicalJson, sha256 } from '../../../desk/canonical.ts';
import { type MemoryStore, Refused, statement } from './store.ts';

/** `core.audit_write`: under the head, which every append moves. */
export function writeAudit(store: MemoryStore, entry: { kind: string; subject: string; actor: string; payload: string }): number {
  if ([entry.kind, entry.subject, entry.actor].some((field) => field.includes('\n'))) throw new Refused('an audit field must be one line', '22023');
  const head = store.tables.auditHead.get('head') ?? { sequence: 0, hash: '' };
  const line = { sequence: head.sequence + 1, at: store.now() as string, ...entry, previousHash: head.hash };
  const hash = sha256(hashedText(line));
  store.put('audit', String(line.sequence), { ...line, hash });
  store.put('auditHead', 'head', { sequence: line.sequence, hash });
  return line.sequence;
}

export const appendAudit: typeof real.appendAudit = (executor, { kind, subject, actor, payload }) => statement(executor, 'appendAudit', (store) => {
  if (/^(action|press)\./.test(kind)) throw new Refused(`${kind} is recorded by the step itself`);
  return writeAudit(store, { kind, subject, actor, payload: canonicalJson(payload) });
});
const entries = (store: MemoryStore) => [...store.tables.audit.values()];
export const auditEntries: typeof real.auditEntries = (executor, { after, limit }) => statement(executor, 'auditEntries', (store) => entries(store).filter(({ sequence }) => sequence > after).slice(0, limit));
export const auditOf: typeof real.auditOf = (executor, subject) => statement(executor, 'auditOf', (store) => entries(store).filter((each) => each.subject === subject));
export const auditHead: typeof real.auditHead = (executor) => statement(executor, 'auditHead', (store) => store.tables.auditHead.get('head') ?? null);
export const isOnRecord: typeof real.isOnRecord = (executor, { kind, subject, key }) => statement(executor, 'isOnRecord', (store) =>
  entries(store).some((each) => each.subject === subject && each.kind === kind && (JSON.parse(each.payload) as { key?: unknown }).key === key));
