import { randomBytes } from 'node:crypto';
import type { Person } from '../../../channels/conversation-service.ts';
import type { Session, SessionStore } from '../../../channels/web/identity.ts';

/** Sessions in memory, for the page's own tests. */
export interface MemorySessions extends SessionStore {
  tokenFor(person: Person): string;
}

export function memorySessions(input: { lifeMs?: number } = {}): MemorySessions {
  const tokens = new Map<string, Person>();
  const sessions = new Map<string, Session>();
  const secretText = (): string => randomBytes(24).toString('base64url');
  return {
    tokenFor: (person) => {
      const token = secretText();
      tokens.set(token, person);
      return token;
    },
    create: (person) => {
      const secret = secretText();
      const expiresAt = new Date(Date.now() + (input.lifeMs ?? 3_600_000)).toISOString();
      sessions.set(secret, { id: secretText(), person, expiresAt });
      return Promise.resolve({ secret, expiresAt });
    },
    find: (secret) => {
      const found = sessions.get(secret);
      return Promise.resolve(found && Date.parse(found.expiresAt) > Date.now() ? found : null);
    },
    revoke: (secret) => {
      sessions.delete(secret);
      return Promise.resolve();
    },
    redeem: (token) => {
      const person = tokens.get(token) ?? null;
      tokens.delete(token);
      return Promise.resolve(person);
    },
  };
}
