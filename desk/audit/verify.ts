import type { KeyObject } from 'node:crypto';
import { verify } from 'node:crypto';
import { actionDigest } from '../actions/digest.ts';
import { verifyClearance } from '../actions/clearance.ts';
import { Action } from '../actions/types.ts';
import { canonicalJson, sha256 } from '../canonical.ts';
import { evaluateGates } from '../gates/evaluate.ts';
import type { GateSnapshot } from '../gates/snapshot.ts';

/** One entry of the audit as it is exported: the exact texts that were hashed. */
export interface AuditLine { sequence: number; at: string; kind: string; subject: string; actor: string; payload: string; previousHash: string; hash: string }
/** A signed statement that the log had this entry at its end. */
export interface AuditAnchor { sequence: number; hash: string; at: string; signature: string }

export interface AuditVerdict {
  ok: boolean; entries: number;
  /** The first entry that is wrong, and why. */
  firstBad: { sequence: number; reason: string } | null;
  /** Gate verdicts that were computed again and clearances whose signature was checked. */
  verdictsRecomputed: number; signaturesChecked: number;
  /** Without an anchor nobody can tell whether entries were cut off the end. */
  tail: 'proved' | 'unproved';
}

export const genesisHash = '0'.repeat(64);
/** The text of which an entry's hash is the SHA-256. */
export const hashedText = (line: Omit<AuditLine, 'hash'>): string => [line.previousHash, line.sequence, line.at, line.kind, line.subject, line.actor, line.payload].join('\n');
export const anchorText = ({ sequence, hash, at }: Omit<AuditAnchor, 'signature'>): string => canonicalJson({ sequence, hash, at });

/** Goes through an export once, in constant memory but for the actions it has seen. Needs nothing but the entries and the public key. */
export function createAuditVerifier({ publicKey, anchor }: { publicKey: KeyObject | null; anchor: AuditAnchor | null }) {
  let previous = { hash: genesisHash, sequence: 0 };
  let bad: AuditVerdict['firstBad'] = null;
  let [entries, verdictsRecomputed, signaturesChecked] = [0, 0, 0];
  let anchored = false;
  const actions = new Map<string, { digest: string; body: string }>();

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
    if (line.kind === 'action.cleared' && typeof payload.body === 'string' && publicKey) {
      signaturesChecked += 1;
      const checked = verifyClearance({ text: payload.body, signature: String(payload.signature), publicKey });
      if (!checked.ok) return `the clearance is not signed by the key (${checked.code})`;
      if (checked.body.actionId !== line.subject || checked.body.actionDigest !== actions.get(line.subject)?.digest) return 'the clearance is for another action';
    }
    return null;
  };

  /** The same snapshot gives the same verdict for ever: whoever has the file can see that the gates were right. */
  const verdictFault = (line: AuditLine, payload: Record<string, unknown>): string | null => {
    const known = actions.get(line.subject);
    if (!known) return 'a verdict on an action that was never proposed';
    const action = Action.parse(JSON.parse(known.body));
    const snapshotText = String(payload.snapshot);
    verdictsRecomputed += 1;
    const again = evaluateGates({ action, actionDigest: actionDigest(action), snapshot: JSON.parse(snapshotText) as GateSnapshot, snapshotDigest: sha256(snapshotText) });
    return canonicalJson(again) === payload.report ? null : 'the gates give another verdict on the recorded snapshot';
  };

  return {
    add(line: AuditLine): void {
      if (bad) return;
      entries += 1;
      let reason: string | null;
      try { reason = fault(line); } catch (error) { reason = `it cannot be read: ${error instanceof Error ? error.message : String(error)}`; }
      if (reason) bad = { sequence: line.sequence, reason };
      if (anchor && line.sequence === anchor.sequence) anchored = line.hash === anchor.hash;
      previous = { hash: line.hash, sequence: line.sequence };
    },
    finish(): AuditVerdict {
      const anchorGood = anchor !== null && publicKey !== null && verify(null, Buffer.from(anchorText(anchor), 'utf8'), publicKey, Buffer.from(anchor.signature, 'base64'));
      if (!bad && anchor && !anchorGood) bad = { sequence: anchor.sequence, reason: 'the anchor is not signed by the key' };
      if (!bad && anchor && !anchored) bad = { sequence: anchor.sequence, reason: 'the entry that the anchor names is not there as it was signed' };
      return { ok: bad === null, entries, firstBad: bad, verdictsRecomputed, signaturesChecked, tail: anchor && !bad ? 'proved' : 'unproved' };
    },
  };
}
