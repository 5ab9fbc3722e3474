import type { IncomingMessage } from 'node:http';
import type { Person } from '../conversation-service.ts';

/** A signed-in browser. `id` names the session in logs and rooms; the secret lives in the cookie and nowhere else. */
export interface Session {
  id: string;
  person: Person;
  expiresAt: string;
}

/** Keeps sessions and one-time sign-in tokens; holds digests of the secrets, never the secrets. */
export interface SessionStore {
  /** `secret` is at least 128 random bits, URL-safe. */
  create(person: Person): Promise<{ secret: string; expiresAt: string }>;
  /** Null when unknown, expired or revoked. */
  find(secret: string): Promise<Session | null>;
  revoke(secret: string): Promise<void>;
  /** Burns a sign-in token: its person the first time, null ever after and for unknown or expired ones. */
  redeem(token: string): Promise<Person | null>;
}

/** Cookies ignore the port, so two desks on one machine keep their sessions apart by name. */
const cookieName = (request: IncomingMessage): string => `parapet_session_${request.socket.localPort ?? 0}`;

export function sessionSecret(request: IncomingMessage): string | null {
  const name = `${cookieName(request)}=`;
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(name));
  const secret = found?.slice(name.length) ?? '';
  return /^[\w-]{16,256}$/.test(secret) ? secret : null;
}

export async function sessionOf(request: IncomingMessage, identity: SessionStore): Promise<Session | null> {
  const secret = sessionSecret(request);
  return secret === null ? null : identity.find(secret);
}

const cookie = (request: IncomingMessage, value: string, maxAgeSeconds: number, secure: boolean): string =>
  `${cookieName(request)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure ? '; Secure' : ''}`;

export const sessionCookie = (input: { request: IncomingMessage; secret: string; maxAgeSeconds: number; secure: boolean }): string =>
  cookie(input.request, input.secret, input.maxAgeSeconds, input.secure);
export const clearedCookie = (request: IncomingMessage, secure: boolean): string => cookie(request, '', 0, secure);
