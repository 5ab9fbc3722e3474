import { z } from 'zod';
import { auditEntries, auditHead } from '../db/stores/audit.ts';
import { createAuditVerifier } from '../desk/audit/verify.ts';
import { defineTool, ToolError } from './define.ts';

const pageSize = 1000;

/**
 * Recomputes the whole chain as it stands in the database, every gate verdict in it, and that it ends where its head says.
 * Signatures need the public key, which a tool is not given: the command `audit verify` checks them. Errors: `CANCELLED`.
 */
export const auditVerify = defineTool({
  name: 'audit_verify', purpose: 'Recompute the audit’s hash chain and every gate verdict in it', effect: 'read', permission: 'audit:read', input: z.object({}),
  output: z.object({
    ok: z.boolean(), entries: z.int(), verdicts: z.int(), firstBad: z.object({ sequence: z.int(), reason: z.string() }).nullable(), headHash: z.string().nullable(), signaturesChecked: z.literal(false), from: z.string().nullable(), to: z.string().nullable(),
  }),
  run: async ({ services: { database }, signal }) => {
    // What is appended after the start is for the next run, so the head is read first.
    const head = await auditHead(database.orm);
    const verifier = createAuditVerifier({ publicKey: null });
    let last: { sequence: number; hash: string } = { sequence: 0, hash: '' };
    let [from, to]: [string | null, string | null] = [null, null];
    while (head && last.sequence < head.sequence) {
      if (signal?.aborted) throw new ToolError('CANCELLED', 'Stopped before the end; nothing is proved.');
      const page = (await auditEntries(database.orm, { after: last.sequence, limit: pageSize })).filter((entry) => entry.sequence <= head.sequence);
      for (const entry of page) { verifier.add(entry); [from, to, last] = [from ?? entry.at, entry.at, entry]; }
      if (page.length === 0) break;
    }
    const verdict = verifier.finish();
    const cut = head !== null && (last.sequence !== head.sequence || (head.sequence > 0 && last.hash !== head.hash));
    const firstBad = verdict.firstBad ?? (cut ? { sequence: last.sequence + 1, reason: 'the log ends before its head' } : null);
    return { ok: firstBad === null, entries: verdict.entries, verdicts: verdict.verdictsRecomputed, firstBad, headHash: head?.hash ?? null, signaturesChecked: false as const, from, to };
  },
});
