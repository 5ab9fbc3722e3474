import { type KeyObject, verify } from 'node:crypto';

/** What held, by key: a text under a signature holds for ever or never, so one that comes again, as a clearance does at each order, is not reckoned again. */
const proven = new WeakMap<KeyObject, Set<string>>();
const mostProven = 1000;

/** Whether `signature` (Ed25519) is the key's over the text's UTF-8 bytes. */
export function signatureHolds({ text, signature, publicKey }: { text: string; signature: Uint8Array; publicKey: KeyObject }): boolean {
  const held = proven.get(publicKey) ?? new Set<string>();
  proven.set(publicKey, held);
  const both = `${Buffer.from(signature).toString('base64')}\n${text}`;
  if (held.has(both)) return true;
  if (!verify(null, Buffer.from(text, 'utf8'), publicKey, signature)) return false;
  if (held.size >= mostProven) held.clear();
  held.add(both);
  return true;
}
