import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '../canonical.ts';
import type { Instant } from '../time.ts';

/** A signed statement that the log had this entry at its end, to be kept where whoever owns the database cannot write. */
export interface AuditAnchor { sequence: number; hash: string; at: string; signature: string }

export const anchorText = ({ sequence, hash, at }: Omit<AuditAnchor, 'signature'>): string => canonicalJson({ sequence, hash, at });

/** @throws Error when the key is not an Ed25519 private key, or nothing is in the log yet. */
export function signAnchor({ sequence, hash, at }: { sequence: number; hash: string; at: Instant }, privateKey: KeyObject): AuditAnchor {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') throw new Error('an anchor is signed with an Ed25519 private key');
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new Error('an empty log has no end to anchor');
  return { sequence, hash, at, signature: sign(null, Buffer.from(anchorText({ sequence, hash, at }), 'utf8'), privateKey).toString('base64') };
}

export const isAnchorSigned = (anchor: AuditAnchor, publicKey: KeyObject): boolean =>
  verify(null, Buffer.from(anchorText(anchor), 'utf8'), publicKey, Buffer.from(anchor.signature, 'base64'));

const parsed = (text: string): unknown => { try { return JSON.parse(text); } catch { return null; } };

/** The anchors in a file: one JSON object a line, or one alone however it is laid out. @throws Error that names the line that is none. */
export function readAnchors(text: string): AuditAnchor[] {
  const alone = parsed(text);
  const found = alone === null ? text.split('\n').filter((line) => line.trim() !== '').map(parsed) : [alone];
  return found.map((each, n) => {
    const { sequence, hash, at, signature } = (each ?? {}) as Record<string, unknown>;
    if (typeof sequence !== 'number' || typeof hash !== 'string' || typeof at !== 'string' || typeof signature !== 'string') throw new Error(`line ${n + 1} is no anchor`);
    return { sequence, hash, at, signature };
  });
}
