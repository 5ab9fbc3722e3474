import { sql } from 'drizzle-orm';
import type { QueryGroup } from '../../desk/recall/query-words.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import { vectorText } from './embeddings.ts';
import { type EventRow, eventColumns, type StoredEvent, toEvent } from './events.ts';

export interface SearchFilter { symbols?: readonly string[]; from?: Instant; to?: Instant; asOf: Instant; limit: number }
export interface Listed { id: string; knownAt: Instant }
export interface Found extends Listed { score: number }

const filterOf = ({ symbols, from, to, asOf }: SearchFilter) => sql`${symbols ? array(symbols, 'text') : null}::text[], ${from ?? null}::timestamptz, ${to ?? null}::timestamptz, ${asOf}::timestamptz`;

/** Events by what a query asks for, best first. `everyWord`: all of it must occur. */
export const eventsByWords = (executor: Executor, { groups, everyWord, ...filter }: SearchFilter & { groups: readonly QueryGroup[]; everyWord: boolean }): Promise<Found[]> => rows<Found & Record<string, unknown>>(executor, sql`
  select event_id as id, score, core.instant_text(known_at) as "knownAt" from core.events_by_words(${array(groups.map(({ phrases }) => phrases.join('|')), 'text')}, ${array(groups.map(({ common }) => common), 'boolean')}, ${filterOf(filter)}, ${everyWord}, ${filter.limit})`);

/** Events whose vector is nearest, nearest first, with the cosine; none below `leastSimilarity`. */
export const eventsByVector = (executor: Executor, { model, vector, leastSimilarity, ...filter }: SearchFilter & { model: string; vector: Float32Array; leastSimilarity: number }): Promise<Found[]> => rows<Found & Record<string, unknown>>(executor, sql`
  select event_id as id, similarity as score, core.instant_text(known_at) as "knownAt" from core.events_by_vector(${model}, ${vectorText(vector)}, ${vector.length}, ${filterOf(filter)}, ${leastSimilarity}, ${filter.limit})`);

/** Events of any of the named companies, newest first. */
export const eventsOfSymbols = (executor: Executor, { symbols, from, to, asOf, limit }: SearchFilter & { symbols: readonly string[] }): Promise<Listed[]> => rows<Listed & Record<string, unknown>>(executor, sql`
  select event_id as id, core.instant_text(known_at) as "knownAt" from core.events_of_symbols(${array(symbols, 'text')}, ${from ?? null}::timestamptz, ${to ?? null}::timestamptz, ${asOf}::timestamptz, ${limit})`);

/** Newest events, without a query. */
export const newestEvents = (executor: Executor, { from, to, asOf, limit }: Omit<SearchFilter, 'symbols'>): Promise<Listed[]> => rows<Listed & Record<string, unknown>>(executor, sql`
  select id, core.instant_text(known_at) as "knownAt" from core.events where duplicate_of is null and known_at <= ${asOf} ${from ? sql`and happened_at >= ${from}` : sql``} ${to ? sql`and happened_at <= ${to}` : sql``} order by known_at desc, id limit ${limit}`);

/** Of the events named, best first, the first `limit` that are no retelling, each with a piece of text around what matched, which stands between « and »; tags are taken out of it. */
export async function eventsWithExcerpts(executor: Executor, { ids, groups, asOf, limit }: { ids: readonly string[]; groups: readonly QueryGroup[]; asOf: Instant; limit: number }): Promise<(StoredEvent & { excerpt: string })[]> {
  const found = await rows<EventRow & { excerpt: string }>(executor, sql`
    with best as materialized (select e.*, n.place from unnest(${array(ids, 'uuid')}) with ordinality n(id, place) join core.events e on e.id = n.id where e.duplicate_of is null and e.known_at <= ${asOf} order by n.place limit ${limit})
    select ${eventColumns}, ts_headline('english', translate(regexp_replace(title || case when body in ('', title) then '' else ' — ' || left(body, 8000) end, '<[^>]*>', ' ', 'g'), '«»', '""'),
      (select array_to_string(array(select quote_literal(l) from unnest(tsvector_to_array(to_tsvector('english', ${groups.flatMap(({ phrases }) => phrases).join(' ')}))) l), ' | ')::tsquery), 'MaxWords=46, MinWords=36, StartSel=«, StopSel=»') as excerpt
    from best order by place`);
  return found.map((row) => ({ ...toEvent(row), excerpt: row.excerpt }));
}
