/** Bytes as the alphabet of base64 that addresses may hold, without padding. */
const addressable = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** A key of 24 random bytes, made here, and its SHA-256, which is all that the desk is told. Null where the browser has no cryptography: a page that is neither local nor over https. */
export async function makeKey(): Promise<{ key: string; hash: string } | null> {
  if (!globalThis.crypto?.subtle) return null;
  const key = `pk_${addressable(crypto.getRandomValues(new Uint8Array(24)))}`;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return { key, hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}
/** What is said in the conversation; its card asks for the yes. */
export const makeKeyWords = ({ label, person, hash }: { label: string; person: string; hash: string }): string => `/makekey ${label.replaceAll(/\s+/g, ' ').trim()} for ${person} sha256 ${hash}`;
