import type { KeyObject } from 'node:crypto';
import type { AuditAnchor } from './anchor.ts';
import { type AuditLine, type AuditVerdict, createAuditVerifier } from './verify.ts';

const unreadable: AuditLine = { sequence: -1, at: '', kind: '', subject: '', actor: '', payload: '{}', previousHash: '', hash: '' };

/** Goes through an export, one JSON object a line. A line that is none counts as an entry that is wrong. */
export async function verifyLines({ lines, publicKey, anchors }: { lines: AsyncIterable<string>; publicKey: KeyObject | null; anchors: readonly AuditAnchor[] }): Promise<AuditVerdict> {
  const verifier = createAuditVerifier({ publicKey, anchors });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    let entry: AuditLine;
    try { entry = JSON.parse(line) as AuditLine; } catch { entry = unreadable; }
    verifier.add(entry);
  }
  return verifier.finish();
}

/** The verdict in sentences; the first says whether it is well. */
export function verdictWords(verdict: AuditVerdict): string[] {
  const first = verdict.ok ? `ok: ${verdict.entries} entries, ${verdict.verdictsRecomputed} verdicts computed again, ${verdict.signaturesChecked} signatures checked` : `entry ${verdict.firstBad?.sequence}: ${verdict.firstBad?.reason}`;
  if (verdict.provedThrough === null) return [first, 'without an anchor it is unproved that nothing was cut off the end'];
  return verdict.provedThrough === verdict.entries ? [first, 'the anchor proves it to its last entry'] : [first, `the anchor proves it to entry ${verdict.provedThrough}; of what followed it is unproved that nothing was cut off the end`];
}
