import { sql } from 'drizzle-orm';
import { sha256 } from '../../desk/canonical.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';
import { appendAudit } from './audit.ts';
import { closeRooms } from './chat-rooms.ts';
import { closeConfirmation } from './confirmations.ts';
import type { PersonRow } from './people.ts';

export interface Identity { channel: string; externalId: string; linkedAt: Instant }

/** Who somebody on a channel is, by the channel's own immutable id; null for everybody who is not linked. */
export const personByIdentity = async (executor: Executor, input: { channel: string; externalId: string }): Promise<PersonRow | null> => (await rows<PersonRow & Record<string, unknown>>(executor, sql`
  select p.id, p.name, p.role, p.last_account_id as "lastAccountId" from core.identities i join core.people p on p.id = i.person_id
  where i.channel = ${input.channel} and i.external_id = ${input.externalId} and i.unlinked_at is null`))[0] ?? null;
export const identitiesOf = (executor: Executor, personId: string): Promise<Identity[]> => rows<Identity & Record<string, unknown>>(executor, sql`
  select channel, external_id as "externalId", core.instant_text(linked_at) as "linkedAt" from core.identities where person_id = ${personId} and unlinked_at is null order by linked_at`);

/** Every link that works, of everybody. */
export const activeLinks = (executor: Executor): Promise<{ person: string; channel: string; linkedAt: Instant }[]> => rows<{ person: string; channel: string; linkedAt: Instant }>(executor, sql`
  select p.name as person, i.channel, core.instant_text(i.linked_at) as "linkedAt" from core.identities i join core.people p on p.id = i.person_id where i.unlinked_at is null order by p.name, i.channel, i.linked_at`);

/** Opens a link code; the person's earlier ones end. Only its hash is kept. */
export async function openLinkCode(executor: Executor, input: { id: string; personId: string; code: string; channel: string }): Promise<{ expiresAt: Instant }> {
  const [row] = await rows<{ ends: Instant }>(executor, sql`select core.instant_text(core.link_code_open(${input.id}::uuid, ${input.personId}::uuid, ${sha256(input.code)}, ${input.channel})) as ends`);
  if (!row) throw new Error('the link code was not stored');
  return { expiresAt: row.ends };
}
export type LinkOutcome = 'linked' | 'already' | 'taken' | 'wrong' | 'locked';
/** Uses a code up for whoever sent it. `locked`: three wrong ones within ten minutes. */
export async function redeemLinkCode(executor: Executor, input: { id: string; code: string; channel: string; externalId: string }): Promise<{ outcome: LinkOutcome; personId: string | null }> {
  const [row] = await rows<{ outcome: LinkOutcome; personId: string | null }>(executor, sql`
    select outcome, person_id as "personId" from core.link_code_redeem(${input.id}::uuid, ${sha256(input.code)}, ${input.channel}, ${input.externalId})`);
  if (!row) throw new Error('the link code gave no answer');
  return row;
}

/**
 * Ends every link of a person on a channel, and with it each question that was asked of them there: a lost phone answers
 * nothing any more. Returns how many links and questions ended.
 */
export async function unlinkIdentity(tx: Executor, input: { personId: string; channel: string; actor: string }): Promise<{ links: number; questions: number }> {
  const ended = await rows<{ externalId: string }>(tx, sql`update core.identities set unlinked_at = core.wall_now() where person_id = ${input.personId} and channel = ${input.channel} and unlinked_at is null returning external_id as "externalId"`);
  if (ended.length === 0) return { links: 0, questions: 0 };
  const open = await rows<{ id: string }>(tx, sql`select c.id from core.confirmations c join core.threads t on t.id = c.thread_id where c.status = 'pending' and t.person_id = ${input.personId} and t.channel = ${input.channel} order by c.id`);
  let questions = 0;
  for (const { id } of open) if (await closeConfirmation(tx, { id, status: 'expired', reason: `the link on ${input.channel} was ended`, actor: input.actor })) questions += 1;
  await closeRooms(tx, { personId: input.personId, bot: input.channel });
  await appendAudit(tx, { kind: 'identity.unlinked', subject: input.personId, actor: input.actor, payload: { channel: input.channel, externalIds: ended.map((row) => row.externalId), questions } });
  return { links: ended.length, questions };
}
