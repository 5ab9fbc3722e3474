import { sql } from 'drizzle-orm';
import type { EventTag } from '../../desk/tagging/tag-event.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import { type EventRow, eventColumns, type StoredEvent, toEvent } from './events.ts';

/** Writes tags; an event has one, of the version that tagged it last. It is known when its event is. */
export async function writeTags(tx: Executor, tags: readonly { event: Pick<StoredEvent, 'id' | 'knownAt'>; tag: EventTag }[]): Promise<void> {
  if (tags.length === 0) return;
  const column = (pick: (tag: EventTag) => unknown): unknown[] => tags.map(({ tag }) => pick(tag));
  await tx.execute(sql`insert into core.event_tags as t (event_id, entities, tickers, event_type, stance, confidence, rationale, impact_score, model_version, known_at, at)
    select id, entities::jsonb, array(select jsonb_array_elements_text(tickers::jsonb)), type, stance, confidence, rationale, impact, version, known, core.wall_now()
    from unnest(${array(tags.map(({ event }) => event.id), 'uuid')}, ${array(column((tag) => JSON.stringify(tag.entities)), 'text')}, ${array(column((tag) => JSON.stringify(tag.tickers)), 'text')}, ${array(column((tag) => tag.eventType), 'text')}, ${array(column((tag) => tag.stance), 'text')},
      ${array(column((tag) => tag.confidence), 'float8')}, ${array(column((tag) => tag.rationale), 'text')}, ${array(column((tag) => tag.impactScore), 'float8')}, ${array(column((tag) => tag.modelVersion), 'text')}, ${array(tags.map(({ event }) => event.knownAt), 'timestamptz')})
      as e(id, entities, tickers, type, stance, confidence, rationale, impact, version, known)
    on conflict (event_id) do update set entities = excluded.entities, tickers = excluded.tickers, event_type = excluded.event_type, stance = excluded.stance, confidence = excluded.confidence, rationale = excluded.rationale,
      impact_score = excluded.impact_score, model_version = excluded.model_version, known_at = excluded.known_at, at = excluded.at`);
}

/** Tags by event, of what was known at `asOf`. */
export async function tagsOf(executor: Executor, { ids, asOf }: { ids: readonly string[]; asOf: Instant }): Promise<Map<string, EventTag>> {
  const found = await rows<EventTag & { id: string } & Record<string, unknown>>(executor, sql`
    select event_id as id, entities, tickers, event_type as "eventType", stance, confidence, rationale, impact_score as "impactScore", model_version as "modelVersion"
    from core.event_tags where event_id = any(${array(ids, 'uuid')}) and known_at <= ${asOf}`);
  return new Map(found.map(({ id, ...tag }) => [id, tag]));
}

export interface EventToIndex { id: string; tagged: boolean; embedded: boolean }

/**
 * The next events of those that came in and wait: `oldest` places for whoever waits longest, so that none waits for ever, and the others by
 * priority, HIGH first; the oldest first within each. An event with n older ones before it is taken within ⌈(n + 1) / oldest⌉ batches.
 */
export async function eventsWaiting(executor: Executor, { tagVersion, model, limit, oldest }: { tagVersion: string; model: string; limit: number; oldest: number }): Promise<EventToIndex[]> {
  const first = (priority: string, rank: number) => sql`(select id, ${rank}::int as rank from core.events where processing_status = 'PENDING' and priority = ${priority} order by id limit ${limit})`;
  return rows<EventToIndex & Record<string, unknown>>(executor, sql`
    with waiting as (${first('HIGH', 1)} union all ${first('MEDIUM', 2)} union all ${first('LOW', 3)}),
    taken as (select id, rank from (select id, rank, row_number() over (order by id) as age from waiting) w order by age <= ${oldest} desc, rank, id limit ${limit})
    select w.id, t.event_id is not null as tagged, v.subject_id is not null as embedded from taken w
      -- One index look-up an event: a join would go through the whole tables for every batch where the planner still takes them for small.
      left join lateral (select event_id from core.event_tags where event_id = w.id and model_version = ${tagVersion} limit 1) t on true
      left join lateral (select subject_id from core.embeddings where kind = 'event' and model = ${model} and subject_id = w.id limit 1) v on true
    order by w.rank, w.id`);
}

/** Ids of events that lack a tag of this version or a vector of this model, from the oldest on after `after`. */
export async function eventsToIndex(executor: Executor, { tagVersion, model, after, limit }: { tagVersion: string; model: string; after: string | null; limit: number }): Promise<EventToIndex[]> {
  return rows<EventToIndex & Record<string, unknown>>(executor, sql`
    select e.id, t.event_id is not null as tagged, v.subject_id is not null as embedded from core.events e
      left join core.event_tags t on t.event_id = e.id and t.model_version = ${tagVersion}
      left join core.embeddings v on v.kind = 'event' and v.model = ${model} and v.subject_id = e.id
    where (t.event_id is null or v.subject_id is null) ${after === null ? sql`` : sql`and e.id > ${after}::uuid`} order by e.id limit ${limit}`);
}
export const eventsByIds = async (executor: Executor, ids: readonly string[]): Promise<StoredEvent[]> => (await rows<EventRow>(executor, sql`select ${eventColumns} from core.events where id = any(${array(ids, 'uuid')}) order by id`)).map(toEvent);

export const markProcessed = (tx: Executor, ids: readonly string[]): Promise<unknown> => tx.execute(sql`update core.events set processing_status = 'PROCESSED', processed_at = core.wall_now() where id = any(${array(ids, 'uuid')}) and processing_status <> 'PROCESSED'`);
/** What could not be tagged waits no longer; it is tried again with what lacks a tag. */
export const markFailed = async (tx: Executor, ids: readonly string[]): Promise<void> => { if (ids.length > 0) await tx.execute(sql`update core.events set processing_status = 'FAILED', processed_at = core.wall_now() where id = any(${array(ids, 'uuid')}) and processing_status = 'PENDING'`); };
