import { sql } from 'drizzle-orm';
import { sha256 } from '../../desk/canonical.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface PersonRow { id: string; name: string; role: 'owner' | 'trader' | 'viewer'; lastAccountId: string | null }
export interface Rights { accountId: string; canView: boolean; canPropose: boolean; canConfirm: boolean }

const columns = sql`p.id, p.name, p.role, p.last_account_id as "lastAccountId"`;
type Row = PersonRow & Record<string, unknown>;
export const listPeople = (executor: Executor): Promise<PersonRow[]> => rows<Row>(executor, sql`select ${columns} from core.people p order by created_at, name`);
export const personById = async (executor: Executor, id: string): Promise<PersonRow | null> => (await rows<Row>(executor, sql`select ${columns} from core.people p where id = ${id}`))[0] ?? null;
export const personByName = async (executor: Executor, name: string): Promise<PersonRow | null> => (await rows<Row>(executor, sql`select ${columns} from core.people p where lower(name) = lower(${name})`))[0] ?? null;
export const rightsOf = (executor: Executor, personId: string): Promise<Rights[]> =>
  rows<Rights & Record<string, unknown>>(executor, sql`select account_id as "accountId", can_view as "canView", can_propose as "canPropose", can_confirm as "canConfirm" from core.account_rights where person_id = ${personId} order by account_id`);

export async function addPerson(tx: Executor, person: { id: string; name: string; role: PersonRow['role'] }): Promise<void> {
  await tx.execute(sql`insert into core.people (id, name, role, created_at) values (${person.id}, ${person.name}, ${person.role}, core.wall_now())`);
}
export async function setRights(tx: Executor, personId: string, rights: Rights): Promise<void> {
  await tx.execute(sql`insert into core.account_rights (person_id, account_id, can_view, can_propose, can_confirm) values (${personId}, ${rights.accountId}, ${rights.canView}, ${rights.canPropose}, ${rights.canConfirm})
    on conflict (person_id, account_id) do update set can_view = excluded.can_view, can_propose = excluded.can_propose, can_confirm = excluded.can_confirm`);
}
export async function linkIdentity(tx: Executor, input: { id: string; personId: string; channel: string; externalId: string }): Promise<void> {
  await tx.execute(sql`insert into core.identities (id, person_id, channel, external_id, linked_at) values (${input.id}, ${input.personId}, ${input.channel}, ${input.externalId}, core.wall_now())`);
}

export type TokenKind = 'signin' | 'session' | 'api_key' | 'cli';
/** Keeps only the hash; `token` itself is shown once and nowhere stored. */
export async function storeToken(tx: Executor, input: { id: string; personId: string; kind: TokenKind; token: string; label: string | null; lifeSeconds: number | null }): Promise<void> {
  await tx.execute(sql`insert into core.access_tokens (id, person_id, kind, hash, label, created_at, expires_at)
    values (${input.id}, ${input.personId}, ${input.kind}, ${sha256(input.token)}, ${input.label}, core.wall_now(), ${input.lifeSeconds === null ? sql`null` : sql`core.wall_now() + make_interval(secs => ${input.lifeSeconds})`})`);
}
export async function personByToken(executor: Executor, kind: TokenKind, token: string): Promise<(PersonRow & { tokenId: string; expiresAt: Instant | null }) | null> {
  return (await rows<Row & { tokenId: string; expiresAt: Instant | null }>(executor, sql`
    select ${columns}, t.id as "tokenId", core.instant_text(t.expires_at) as "expiresAt" from core.access_tokens t join core.people p on p.id = t.person_id
    where t.hash = ${sha256(token)} and t.kind = ${kind} and t.revoked_at is null and (t.expires_at is null or t.expires_at > core.wall_now()) and (t.kind <> 'signin' or t.used_at is null)`))[0] ?? null;
}
/** A sign-in link works once: the winner gets the person, everybody after nobody. */
export async function redeemSignin(tx: Executor, token: string): Promise<string | null> {
  const [row] = await rows<{ person: string }>(tx, sql`update core.access_tokens set used_at = core.wall_now() where hash = ${sha256(token)} and kind = 'signin' and used_at is null and revoked_at is null
    and (expires_at is null or expires_at > core.wall_now()) returning person_id as person`);
  return row?.person ?? null;
}
/** Keeps a key by its hash; the key itself was shown to its maker alone. */
export async function storeKeyHash(tx: Executor, input: { id: string; personId: string; hash: string; label: string }): Promise<void> {
  await tx.execute(sql`insert into core.access_tokens (id, person_id, kind, hash, label, created_at) values (${input.id}, ${input.personId}, 'api_key', ${input.hash}, ${input.label}, core.wall_now())`);
}
export interface ApiKey { id: string; personId: string; personName: string; label: string; createdAt: Instant; revokedAt: Instant | null }
export const listApiKeys = (executor: Executor): Promise<ApiKey[]> => rows<ApiKey & Record<string, unknown>>(executor, sql`select t.id, t.person_id as "personId", p.name as "personName", coalesce(t.label, '') as label,
  core.instant_text(t.created_at) as "createdAt", core.instant_text(t.revoked_at) as "revokedAt" from core.access_tokens t join core.people p on p.id = t.person_id where t.kind = 'api_key' order by t.created_at, t.id`);
export async function revokeKey(tx: Executor, id: string): Promise<boolean> {
  return (await rows<{ id: string }>(tx, sql`update core.access_tokens set revoked_at = core.wall_now() where id = ${id} and kind = 'api_key' and revoked_at is null returning id`)).length > 0;
}
export const revokeToken = (tx: Executor, token: string) => tx.execute(sql`update core.access_tokens set revoked_at = core.wall_now() where hash = ${sha256(token)} and revoked_at is null`);
