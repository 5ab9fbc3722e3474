import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { personByIdentity, unlinkIdentity } from '../../db/stores/identities.ts';
import { addPerson, linkIdentity, personByToken, redeemSignin, revokeKey, revokeToken, storeKeyHash, storeToken, type TokenKind } from '../../db/stores/people.ts';
import { sha256 } from '../../desk/canonical.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
const [asha, ravi] = [randomUUID(), randomUUID()];
beforeAll(async () => {
  database = await openTestDatabase();
  await database.ownerTransaction(async (tx) => { for (const [id, name] of [[asha, 'Asha'], [ravi, 'Ravi']] as const) await addPerson(tx, { id, name, role: 'trader' }); });
});
afterAll(async () => { await database.close(); });

async function token(kind: TokenKind, lifeSeconds: number | null): Promise<string> {
  const made = randomUUID();
  await database.transaction((tx) => storeToken(tx, { id: randomUUID(), personId: asha, kind, token: made, label: null, lifeSeconds }));
  return made;
}
const whose = async (kind: TokenKind, text: string): Promise<string | null> => (await personByToken(database.orm, kind, text))?.name ?? null;

describe('a token', () => {
  it('is its person’s for what it was made for, and nothing else', async () => {
    const session = await token('session', 60);
    expect([await whose('session', session), await whose('cli', session), await whose('session', `${session}x`)]).toEqual(['Asha', null, null]);
  });

  it('ends with its time, and without one never', async () => {
    const [over, endless] = [await token('session', 0), await token('cli', null)];
    expect([await whose('session', over), await whose('cli', endless)]).toEqual([null, 'Asha']);
  });

  it('is nobody’s once it was revoked', async () => {
    const [gone, kept] = [await token('session', 60), await token('session', 60)];
    await database.transaction(async (tx) => { await revokeToken(tx, gone); });
    expect([await whose('session', gone), await whose('session', kept)]).toEqual([null, 'Asha']);
  });

  it('that signs in does so once, however many come with it at once, and not after its time', async () => {
    const [link, over] = [await token('signin', 60), await token('signin', 0)];
    const redeem = (text: string): Promise<string | null> => database.transaction((tx) => redeemSignin(tx, text));
    expect((await Promise.all([redeem(link), redeem(link), redeem(link)])).filter((person) => person !== null)).toEqual([asha]);
    expect([await redeem(link), await redeem(over), await whose('signin', link)]).toEqual([null, null, null]);
  });
});

describe('a key for programs', () => {
  it('works until it is revoked, and is revoked once', async () => {
    const [id, key] = [randomUUID(), randomUUID()];
    await database.ownerTransaction((tx) => storeKeyHash(tx, { id, personId: ravi, hash: sha256(key), label: 'notebook' }));
    expect(await whose('api_key', key)).toBe('Ravi');
    const revoked = await Promise.all([0, 1].map(() => database.transaction((tx) => revokeKey(tx, id))));
    expect(revoked.filter(Boolean)).toHaveLength(1);
    expect(await whose('api_key', key)).toBeNull();
  });
});

describe('a link to a channel', () => {
  it('names its person there alone until it is ended, and may be another’s then', async () => {
    const who = async (channel: string, externalId = '4242'): Promise<string | null> => (await personByIdentity(database.orm, { channel, externalId }))?.name ?? null;
    const link = (personId: string) => database.ownerTransaction((tx) => linkIdentity(tx, { id: randomUUID(), personId, channel: 'telegram', externalId: '4242' }));
    await link(asha);
    expect([await who('telegram'), await who('discord'), await who('telegram', '4243')]).toEqual(['Asha', null, null]);
    expect(await database.transaction((tx) => unlinkIdentity(tx, { personId: asha, channel: 'telegram', actor: asha }))).toEqual({ links: 1, questions: 0 });
    expect(await who('telegram')).toBeNull();
    await link(ravi);
    expect(await who('telegram')).toBe('Ravi');
    expect(await database.transaction((tx) => unlinkIdentity(tx, { personId: asha, channel: 'telegram', actor: asha }))).toEqual({ links: 0, questions: 0 });
  });
});
