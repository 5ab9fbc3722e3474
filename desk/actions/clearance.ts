import { createHash, type KeyObject, sign } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../canonical.ts';
import { signatureHolds } from '../signature.ts';
import { type Instant, plusMinutes } from '../time.ts';
import type { Intent } from './intent-specs.ts';
import { type Action, InstantText, Uuid } from './types.ts';

/**
 * What the gate issues for a confirmed action, and the executor's only ticket. Signed with Ed25519 over its canonical text:
 * only the gate has the private key, anyone with the public one can verify.
 */
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const ClearanceBody = z.strictObject({
  schema: z.literal(1),
  actionId: Uuid, actionDigest: Digest, reportDigest: Digest, snapshotDigest: Digest,
  /** Null only for what a person's explicit command or an automatic rule confirms by itself. */
  confirmationId: Uuid.nullable(),
  /** Everybody who said yes, the last one last; empty without a confirmation. */
  approvedBy: z.array(Uuid),
  accountId: Uuid.nullable(),
  /** Wall clock. */
  issuedAt: InstantText, expiresAt: InstantText,
  intents: z.array(z.strictObject({
    leg: z.string(), clientOrderId: z.string().regex(/^[a-z2-7]{1,20}$/), state: z.enum(['READY', 'WAITING']), after: z.string().nullable(),
    // Made by the desk and covered by the signature, so its shape is that of `IntentSpec`.
    spec: z.custom<Intent['spec']>((value) => typeof value === 'object' && value !== null && 'operation' in value),
  })),
});
export type ClearanceBody = z.infer<typeof ClearanceBody>;

/** Long enough to send at once, short enough that nothing is sent on an old verdict. */
const lifeMinutes = 2;
/** An entry that waits for its condition may wait until the session ends. Listed children live as long as the position. */
export const clearanceExpiry = ({ action, issuedAt, sessionClosesAt }: { action: Action; issuedAt: Instant; sessionClosesAt: Instant | null }): Instant => {
  const soon = plusMinutes(issuedAt, lifeMinutes);
  return action.kind === 'enter' && action.onlyIf !== undefined && sessionClosesAt !== null && sessionClosesAt > soon ? sessionClosesAt : soon;
};

export const canonicalClearance = (body: ClearanceBody): string => canonicalJson(body);
/** Names a public key: the first 16 hex digits of the SHA-256 of its DER form. */
export const keyIdOf = (publicKey: KeyObject): string => createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('hex').slice(0, 16);

/** @throws Error when the key is not an Ed25519 private key, or the body is not a clearance. */
export function signClearance(body: ClearanceBody, privateKey: KeyObject): { text: string; signature: string } {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') throw new Error('a clearance is signed with an Ed25519 private key');
  const text = canonicalClearance(ClearanceBody.parse(body));
  return { text, signature: sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64') };
}

export type ClearanceCheck = { ok: true; body: ClearanceBody } | { ok: false; code: 'BAD_SIGNATURE' | 'MALFORMED' | 'NOT_CANONICAL' };

/** Signature first: nothing of an unsigned text is even parsed. */
export function verifyClearance({ text, signature, publicKey }: { text: string; signature: string; publicKey: KeyObject }): ClearanceCheck {
  if (publicKey.asymmetricKeyType !== 'ed25519') return { ok: false, code: 'BAD_SIGNATURE' };
  const bytes = Buffer.from(signature, 'base64');
  if (bytes.length !== 64 || bytes.toString('base64') !== signature || !signatureHolds({ text, signature: bytes, publicKey })) return { ok: false, code: 'BAD_SIGNATURE' };
  const read = readBody(text);
  if (read === null) return { ok: false, code: 'MALFORMED' };
  return canonicalClearance(read) === text ? { ok: true, body: read } : { ok: false, code: 'NOT_CANONICAL' };
}

function readBody(text: string): ClearanceBody | null {
  let parsed: unknown;
  try { parsed = JSON.parse(text); } catch { return null; }
  const body = ClearanceBody.safeParse(parsed);
  return body.success ? body.data : null;
}

export type ClearanceRefusal = { code: 'EXPIRED' | 'NOT_YET' | 'OTHER_ACTION' | 'USED'; sentence: string };
/** Asked before every send: is it this action's, still alive on the wall clock, and unused? Null when it may be used. */
export function clearanceRefusal({ body, actionDigest, now, usedAt }: { body: ClearanceBody; actionDigest: string; now: Instant; usedAt: Instant | null }): ClearanceRefusal | null {
  if (body.actionDigest !== actionDigest) return { code: 'OTHER_ACTION', sentence: 'The clearance is for another action.' };
  if (usedAt !== null) return { code: 'USED', sentence: 'The clearance has been used.' };
  if (now < body.issuedAt) return { code: 'NOT_YET', sentence: 'The clearance carries a later time than the clock.' };
  return now >= body.expiresAt ? { code: 'EXPIRED', sentence: 'The clearance has expired.' } : null;
}
