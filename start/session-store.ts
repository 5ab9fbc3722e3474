import { randomBytes } from 'node:crypto';
import type { SessionStore } from '../channels/web/identity.ts';
import type { Database } from '../db/client.ts';
import { appendAudit } from '../db/stores/audit.ts';
import { personById, personByToken, redeemSignin, revokeToken, storeToken } from '../db/stores/people.ts';
import { uuidv7 } from '../db/uuid.ts';
import { type Instant, plusMs } from '../desk/time.ts';

const sessionDays = 14;
const signinMinutes = 30;
const newSecret = (): string => randomBytes(32).toString('base64url');

/** Web sessions and one-time sign-in links in the database; every sign-in is in the audit. */
export function createSessionStore(database: Database, wallNow: () => Instant): SessionStore {
  return {
    async create(person) {
      const secret = newSecret();
      const seconds = sessionDays * 86_400;
      await database.transaction(async (tx) => {
        await storeToken(tx, { id: uuidv7(Date.parse(wallNow())), personId: person.id, kind: 'session', token: secret, label: 'web', lifeSeconds: seconds });
        await appendAudit(tx, { kind: 'signin', subject: person.id, actor: person.id, payload: { channel: 'web' } });
      });
      return { secret, expiresAt: plusMs(wallNow(), seconds * 1000) };
    },
    async find(secret) {
      const found = await personByToken(database.orm, 'session', secret);
      return found ? { id: found.tokenId, person: { id: found.id, name: found.name, role: found.role }, expiresAt: found.expiresAt ?? '' } : null;
    },
    async revoke(secret) { await revokeToken(database.orm, secret); },
    async redeem(token) {
      const personId = await redeemSignin(database.orm, token);
      const person = personId ? await personById(database.orm, personId) : null;
      return person ? { id: person.id, name: person.name, role: person.role } : null;
    },
  };
}

/** A link that signs its person in once, within half an hour. */
export async function newSigninToken(database: Database, personId: string, wallNow: Instant): Promise<string> {
  const token = newSecret();
  await database.transaction((tx) => storeToken(tx, { id: uuidv7(Date.parse(wallNow)), personId, kind: 'signin', token, label: 'start', lifeSeconds: signinMinutes * 60 }));
  return token;
}
