import { z } from 'zod';
import { type AuditEntry, auditEntries, auditHead } from '../db/stores/audit.ts';
import { Action } from '../desk/actions/types.ts';
import { sha256 } from '../desk/canonical.ts';
import type { GateReport } from '../desk/gates/define.ts';
import type { GateSnapshot } from '../desk/gates/snapshot.ts';
import { defineTool, ToolError } from './define.ts';
import { replayReport } from './story/replay-report.ts';

const pageSize = 1000;
const Fault = z.object({ sequence: z.int(), kind: z.string(), what: z.string() });
type Fault = z.infer<typeof Fault>;

/**
 * Recomputes the whole chain as it stands in the database, every gate verdict in it, and that it ends where its head says.
 * Signatures need the public key, which a tool is not given: `audit verify` checks them. Errors: `CANCELLED`.
 */
export const auditVerify = defineTool({
  name: 'audit_verify', purpose: 'Recompute the audit’s hash chain and every gate verdict in it', effect: 'read', permission: 'audit:read', input: z.object({}),
  output: z.object({ ok: z.boolean(), entries: z.int(), verdicts: z.int(), firstBad: Fault.nullable(), headHash: z.string().nullable(), signaturesChecked: z.literal(false), from: z.string().nullable(), to: z.string().nullable() }),
  run: async ({ services: { database }, signal }) => {
    const proposed = new Map<string, { body: string; digest: string }>();
    let [previous, entries, verdicts] = ['0'.repeat(64), 0, 0];
    let [from, to]: [string | null, string | null] = [null, null];
    const result = (firstBad: Fault | null, headHash: string | null) => ({ ok: firstBad === null, entries, verdicts, firstBad, headHash, signaturesChecked: false as const, from, to });
    const head = await auditHead(database.orm);
    for (;;) {
      if (signal?.aborted) throw new ToolError('CANCELLED', 'Stopped before the end; nothing is proved.');
      const page = await auditEntries(database.orm, { after: entries, limit: pageSize });
      for (const entry of page) {
        // What was appended after the start is for the next run; the head was read before it.
        if (head && entry.sequence > head.sequence) break;
        const bad = chainFault(entry, { previous, expected: entries + 1 }) ?? verdictFault(entry, proposed);
        if (bad) return result({ sequence: entry.sequence, kind: entry.kind, what: bad }, head?.hash ?? null);
        if (entry.kind === 'gate.report') verdicts += 1;
        [previous, entries, from, to] = [entry.hash, entry.sequence, from ?? entry.at, entry.at];
      }
      if (page.length < pageSize || (head && entries >= head.sequence)) break;
    }
    const missing = head && (head.sequence !== entries || head.hash !== previous) ? { sequence: entries + 1, kind: 'head', what: 'the log ends before its head' } : null;
    return result(missing, head?.hash ?? null);
  },
});

function chainFault(entry: AuditEntry, { previous, expected }: { previous: string; expected: number }): string | null {
  if (entry.sequence !== expected) return `entry ${expected} is missing`;
  if (entry.previousHash !== previous) return 'it does not follow the entry before it';
  return entry.hash === sha256([previous, entry.sequence, entry.at, entry.kind, entry.subject, entry.actor, entry.payload].join('\n')) ? null : 'its hash is not that of its text';
}

/** Remembers what was proposed, and judges each report anew against it. */
function verdictFault(entry: AuditEntry, proposed: Map<string, { body: string; digest: string }>): string | null {
  if (entry.kind !== 'action.proposed' && entry.kind !== 'gate.report') return null;
  const payload = JSON.parse(entry.payload) as { action?: string; digest?: string; report?: string; snapshot?: string };
  if (entry.kind === 'action.proposed') {
    if (payload.action === undefined || payload.digest !== sha256(payload.action)) return 'the digest is not that of the action';
    proposed.set(entry.subject, { body: payload.action, digest: payload.digest });
    return null;
  }
  const action = proposed.get(entry.subject);
  if (!action || payload.report === undefined || payload.snapshot === undefined) return 'a verdict on an action that nobody proposed';
  const report = JSON.parse(payload.report) as GateReport;
  const { same, differences } = replayReport({ stored: { action: Action.parse(JSON.parse(action.body)), digest: action.digest }, report: { report, digest: sha256(payload.report) }, snapshot: JSON.parse(payload.snapshot) as GateSnapshot });
  const [first] = differences;
  return same ? null : `the gates do not come to that verdict: ${first ? `${first.check} ${first.field} was ${first.was}, is ${first.now}` : 'other bytes'}`;
}
