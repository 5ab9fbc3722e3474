import type { KeyObject } from 'node:crypto';
import { actionDigest } from '../actions/digest.ts';
import { type ClearanceBody, verifyClearance } from '../actions/clearance.ts';
import { Action } from '../actions/types.ts';
import { canonicalJson, sha256 } from '../canonical.ts';
import { evaluateGates } from '../gates/evaluate.ts';
import { type AuditAnchor, isAnchorSigned } from './anchor.ts';
import { createQuestionCheck } from './confirmed.ts';
import type { GateSnapshot } from '../gates/snapshot.ts';

/** One entry of the audit as it is exported: the exact texts that were hashed. */
export interface AuditLine { sequence: number; at: string; kind: string; subject: string; actor: string; payload: string; previousHash: string; hash: string }
export interface AuditVerdict {
  ok: boolean; entries: number;
  /** The first entry that is wrong, and why. */
  firstBad: { sequence: number; reason: string } | null;
  /** Gate verdicts that were computed again and clearances whose signature was checked. */
  verdictsRecomputed: number; signaturesChecked: number;
  /** The entry of the last good anchor. Without one (null), and behind it, nobody can tell whether entries were cut off the end. */
  provedThrough: number | null;
}

export const genesisHash = '0'.repeat(64);
/** The text of which an entry's hash is the SHA-256. */
export const hashedText = (line: Omit<AuditLine, 'hash'>): string => [line.previousHash, line.sequence, line.at, line.kind, line.subject, line.actor, line.payload].join('\n');

/** Goes through an export once, in constant memory but for the actions it has seen. Needs nothing but the entries and the public key. */
export function createAuditVerifier({ publicKey, anchors = [] }: { publicKey: KeyObject | null; anchors?: readonly AuditAnchor[] }) {
  let previous = { hash: genesisHash, sequence: 0 };
  let bad: AuditVerdict['firstBad'] = null;
  let [entries, verdictsRecomputed, signaturesChecked] = [0, 0, 0];
  const anchored = new Map(anchors.map((anchor) => [anchor.sequence, false]));
  const questions = createQuestionCheck();
  /** Parsed once, by the first verdict on it. */
  const actions = new Map<string, { digest: string; body: string; parsed?: { action: Action; digest: string } }>();

  const fault = (line: AuditLine): string | null => {
    if (line.sequence !== previous.sequence + 1) return `entry ${line.sequence} follows entry ${previous.sequence}: something is missing or doubled`;
    if (line.previousHash !== previous.hash) return 'it does not follow the entry before it';
    if (sha256(hashedText(line)) !== line.hash) return 'its hash is not that of its content';
    return contentFault(line);
  };

  const contentFault = (line: AuditLine): string | null => {
    const payload = JSON.parse(line.payload) as Record<string, unknown>;
    if (line.kind === 'action.proposed') {
      const body = String(payload.action);
      if (sha256(body) !== payload.digest) return 'the action’s digest is not that of the action';
      actions.set(line.subject, { digest: String(payload.digest), body });
      return null;
    }
    if (line.kind === 'gate.report') return verdictFault(line, payload);
    switch (line.kind) {
      case 'action.awaiting_confirmation': return questions.asked(line, payload);
      case 'press.first_of_two': return questions.firstOfTwo(line);
      case 'action.confirmed': return questions.confirmed(line, payload, actions.get(line.subject)?.digest);
      case 'action.rejected': questions.ended(line, 'rejected'); return null;
      case 'action.expired': questions.ended(line, 'expired'); return null;
      case 'action.cleared': return clearanceFault(line, payload);
      default: return null;
    }
  };

  const clearanceFault = (line: AuditLine, payload: Record<string, unknown>): string | null => {
    const text = String(payload.body);
    if (publicKey) {
      signaturesChecked += 1;
      const checked = verifyClearance({ text, signature: String(payload.signature), publicKey });
      if (!checked.ok) return `the clearance is not signed by the key (${checked.code})`;
    }
    const body = JSON.parse(text) as ClearanceBody;
    if (body.actionId !== line.subject || body.actionDigest !== actions.get(line.subject)?.digest) return 'the clearance is for another action';
    return questions.cleared(line, body);
  };

  /** The same snapshot gives the same verdict for ever: whoever has the file can see that the gates were right. */
  const verdictFault = (line: AuditLine, payload: Record<string, unknown>): string | null => {
    const known = actions.get(line.subject);
    if (!known) return 'a verdict on an action that was never proposed';
    if (!known.parsed) { const read = Action.parse(JSON.parse(known.body)); known.parsed = { action: read, digest: actionDigest(read) }; }
    const { action, digest } = known.parsed;
    const snapshotText = String(payload.snapshot);
    verdictsRecomputed += 1;
    const again = evaluateGates({ action, actionDigest: digest, snapshot: JSON.parse(snapshotText) as GateSnapshot, snapshotDigest: sha256(snapshotText) });
    if (canonicalJson(again) !== payload.report) return 'the gates give another verdict on the recorded snapshot';
    questions.report(line.subject, { phase: String(payload.phase), verdict: again.verdict, digest: sha256(String(payload.report)) });
    return null;
  };

  return {
    add(line: AuditLine): void {
      if (bad) return;
      entries += 1;
      let reason: string | null;
      try { reason = fault(line); } catch (error) { reason = `it cannot be read: ${error instanceof Error ? error.message : String(error)}`; }
      if (reason) bad = { sequence: line.sequence, reason };
      if (anchored.has(line.sequence)) anchored.set(line.sequence, anchors.every((anchor) => anchor.sequence !== line.sequence || anchor.hash === line.hash));
      previous = { hash: line.hash, sequence: line.sequence };
    },
    finish(): AuditVerdict {
      for (const anchor of anchors) {
        if (!bad && (publicKey === null || !isAnchorSigned(anchor, publicKey))) bad = { sequence: anchor.sequence, reason: publicKey === null ? 'an anchor proves nothing without the public key' : 'the anchor is not signed by the key' };
        if (!bad && !anchored.get(anchor.sequence)) bad = { sequence: anchor.sequence, reason: 'the entry that the anchor names is not there as it was signed' };
      }
      return { ok: bad === null, entries, firstBad: bad, verdictsRecomputed, signaturesChecked, provedThrough: bad || anchors.length === 0 ? null : Math.max(...anchors.map(({ sequence }) => sequence)) };
    },
  };
}
