import { sql } from 'drizzle-orm';
import { sha256 } from '../../desk/canonical.ts';
import type { EventRecord, ScheduledEvent } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import { uuidv7 } from '../uuid.ts';
import type { WriteCounts } from './bars.ts';

/** The same report from the same source at the same time is one event. */
export const eventFingerprint = (event: EventRecord): string =>
  sha256([event.source, event.sourceUrl ?? '', event.title.trim().toLowerCase().replace(/\s+/g, ' '), event.happenedAt].join('\n'));

export interface StoredEvent extends EventRecord { id: string; processingStatus: 'PENDING' | 'PROCESSED' | 'FAILED' }

export async function writeEvents(executor: Executor, events: readonly EventRecord[], ingestedAt: Instant): Promise<WriteCounts & { fresh: string[] }> {
  const list = (values: readonly string[]): string => JSON.stringify(values);
  const inserted = await rows<{ id: string }>(executor, sql`
    insert into core.events (id, fingerprint, source, source_url, artifact_url, title, body, event_type, priority, symbols, unlinked_names, stance, happened_at, known_at, ingested_at, processing_status)
    select id, fingerprint, source, url, artifact, title, body, type, priority, array(select jsonb_array_elements_text(symbols::jsonb)), array(select jsonb_array_elements_text(unlinked::jsonb)), stance, happened, known, ${ingestedAt}::timestamptz, 'PENDING'
    from unnest(${array(events.map((e) => uuidv7(Date.parse(e.knownAt))), 'uuid')}, ${array(events.map(eventFingerprint), 'text')}, ${array(events.map((e) => e.source), 'text')}, ${array(events.map((e) => e.sourceUrl ?? null), 'text')},
      ${array(events.map((e) => e.artifactUrl ?? null), 'text')}, ${array(events.map((e) => e.title), 'text')}, ${array(events.map((e) => e.body), 'text')}, ${array(events.map((e) => e.eventType), 'text')},
      ${array(events.map((e) => e.priority), 'text')}, ${array(events.map((e) => list(e.symbols)), 'text')}, ${array(events.map((e) => list(e.unlinkedNames)), 'text')}, ${array(events.map((e) => e.stance ?? null), 'text')},
      ${array(events.map((e) => e.happenedAt), 'timestamptz')}, ${array(events.map((e) => e.knownAt), 'timestamptz')})
      as t(id, fingerprint, source, url, artifact, title, body, type, priority, symbols, unlinked, stance, happened, known)
    on conflict (fingerprint) do nothing returning id`);
  return { accepted: inserted.length, updated: 0, duplicate: events.length - inserted.length, fresh: inserted.map((row) => row.id) };
}

interface EventRow extends Record<string, unknown> {
  id: string; source: string; source_url: string | null; artifact_url: string | null; title: string; body: string; event_type: EventRecord['eventType'];
  priority: EventRecord['priority']; symbols: string[]; unlinked_names: string[]; stance: EventRecord['stance'] | null; happened: string; known: string; processing_status: StoredEvent['processingStatus'];
}
const columns = sql`id, source, source_url, artifact_url, title, body, event_type, priority, symbols, unlinked_names, stance, core.instant_text(happened_at) as happened, core.instant_text(known_at) as known, processing_status`;
const toEvent = (row: EventRow): StoredEvent => ({
  id: row.id, source: row.source, ...(row.source_url ? { sourceUrl: row.source_url } : {}), ...(row.artifact_url ? { artifactUrl: row.artifact_url } : {}),
  title: row.title, body: row.body, eventType: row.event_type, priority: row.priority, symbols: row.symbols, unlinkedNames: row.unlinked_names,
  ...(row.stance ? { stance: row.stance } : {}), happenedAt: row.happened as Instant, knownAt: row.known as Instant, processingStatus: row.processing_status,
});

export async function eventById(executor: Executor, id: string, asOf: Instant): Promise<StoredEvent | null> {
  const [row] = await rows<EventRow>(executor, sql`select ${columns} from core.events where id = ${id} and known_at <= ${asOf}`);
  return row ? toEvent(row) : null;
}

/** Events known in (after, asOf], newest first. */
export async function eventsKnown(executor: Executor, input: { symbols?: readonly string[]; after?: Instant; asOf: Instant; limit: number }): Promise<StoredEvent[]> {
  return (await rows<EventRow>(executor, sql`
    select ${columns} from core.events where known_at <= ${input.asOf} ${input.after ? sql`and known_at > ${input.after}` : sql``}
      ${input.symbols ? sql`and symbols && ${array(input.symbols, 'text')}` : sql``} order by known_at desc, id limit ${input.limit}`)).map(toEvent);
}

export async function writeScheduledEvents(executor: Executor, events: readonly (ScheduledEvent & { source: string })[]): Promise<WriteCounts> {
  const inserted = await rows<{ fresh: boolean }>(executor, sql`
    insert into core.earnings_calendar as c (symbol, date, kind, purpose, happened_at, known_at, source)
    select distinct on (symbol, date, kind) symbol, date, kind, purpose, known, known, source
    from unnest(${array(events.map((e) => e.symbol), 'text')}, ${array(events.map((e) => e.date), 'date')}, ${array(events.map((e) => e.kind), 'text')}, ${array(events.map((e) => e.purpose), 'text')},
      ${array(events.map((e) => e.knownAt), 'timestamptz')}, ${array(events.map((e) => e.source), 'text')}) as t(symbol, date, kind, purpose, known, source) order by symbol, date, kind, known
    on conflict (symbol, date, kind) do update set known_at = least(c.known_at, excluded.known_at) where excluded.known_at < c.known_at returning (xmax = 0) as fresh`);
  const accepted = inserted.filter((row) => row.fresh).length;
  return { accepted, updated: inserted.length - accepted, duplicate: events.length - inserted.length };
}

/** Scheduled events in [from, to], of what was known at `asOf`. */
export async function scheduledEvents(executor: Executor, input: { symbols?: readonly string[]; from: TradingDate; to: TradingDate; asOf: Instant }): Promise<ScheduledEvent[]> {
  const found = await rows<{ symbol: string; date: string; kind: ScheduledEvent['kind']; purpose: string; known: string }>(executor, sql`
    select symbol, date::text, kind, purpose, core.instant_text(known_at) as known from core.earnings_calendar
    where date between ${input.from} and ${input.to} and known_at <= ${input.asOf} ${input.symbols ? sql`and symbol = any(${array(input.symbols, 'text')})` : sql``} order by date, symbol, kind`);
  return found.map((row) => ({ symbol: row.symbol, date: row.date as TradingDate, kind: row.kind, purpose: row.purpose, knownAt: row.known as Instant }));
}

export interface EventSearch {
  query: string; symbols?: readonly string[];
  /** Companies that the query names: their events count as found by it. `onlyNamed`: the query is a name and nothing else, so some of its words are not enough. */
  named?: readonly string[]; onlyNamed?: boolean;
  from?: Instant; to?: Instant; asOf: Instant; limit: number;
}

/**
 * Full-text search in which any word of the query may match: the more of its words, the better, the title counts more than the
 * body, and newer more than older. Score, 0–1: (0.75 × text + 0.25 × named) × (0.6 + 0.4 × 2^(−age / 30 days)), where text is the
 * share of the query's words that occur × (0.6 + 0.4 × rank / (rank + 0.5)). Without a query the newest come first.
 * Tags are taken out of the excerpt; the words that matched stand between « and ».
 */
export async function rankEvents(executor: Executor, input: EventSearch): Promise<(StoredEvent & { score: number; excerpt: string })[]> {
  const named = array(input.named ?? [], 'text');
  const found = await rows<EventRow & { score: number; excerpt: string }>(executor, sql`
    with q as (select websearch_to_tsquery('english', ${input.query}) as every, replace(plainto_tsquery('english', ${input.query})::text, ' & ', ' | ')::tsquery as some),
    weighed as (
      select e.*, (select count(*) filter (where to_tsvector('english', e.title || ' ' || e.body) @@ word::tsquery)::float8 / greatest(1, count(*)) from unnest(string_to_array(q.some::text, ' | ')) as word) as share,
        ts_rank_cd(setweight(to_tsvector('english', e.title), 'A') || setweight(to_tsvector('english', e.body), 'D'), q.some) as rank,
        0.6 + 0.4 * power(0.5, greatest(0, extract(epoch from ${input.asOf}::timestamptz - e.known_at)) / 2592000) as freshness
      from core.events e, q where e.known_at <= ${input.asOf}
        and (${input.query} = '' or to_tsvector('english', e.title || ' ' || e.body) @@ ${input.onlyNamed ? sql`q.every` : sql`q.some`} or e.symbols && ${named})
        ${input.symbols ? sql`and e.symbols && ${array(input.symbols, 'text')}` : sql``} ${input.from ? sql`and e.happened_at >= ${input.from}` : sql``} ${input.to ? sql`and e.happened_at <= ${input.to}` : sql``}
    ), best as (
      select *, case when ${input.query} = '' then freshness else
        (0.75 * share * (0.6 + 0.4 * rank / (rank + 0.5)) + 0.25 * (symbols && ${named})::int) * freshness end as score
      from weighed order by score desc, known_at desc, id limit ${input.limit}
    )
    select ${columns}, score::float8 as score, ts_headline('english', translate(regexp_replace(title || ' — ' || body, '<[^>]*>', ' ', 'g'), '«»', '""'), q.some, 'MaxWords=46, MinWords=36, StartSel=«, StopSel=»') as excerpt
    from best, q order by score desc, known_at desc, id`);
  return found.map((row) => ({ ...toEvent(row), score: row.score, excerpt: row.excerpt }));
}

/** Events of the given types, newest first, of what was known at `asOf`. */
export async function eventsOfTypes(executor: Executor, input: { types: readonly EventRecord['eventType'][]; symbols?: readonly string[]; from?: Instant; to?: Instant; asOf: Instant; limit: number }): Promise<StoredEvent[]> {
  return (await rows<EventRow>(executor, sql`
    select ${columns} from core.events where event_type = any(${array(input.types, 'text')}) and known_at <= ${input.asOf}
      ${input.symbols ? sql`and symbols && ${array(input.symbols, 'text')}` : sql``} ${input.from ? sql`and happened_at >= ${input.from}` : sql``} ${input.to ? sql`and happened_at <= ${input.to}` : sql``}
    order by happened_at desc, id limit ${input.limit}`)).map(toEvent);
}

/** How many events are known at `asOf`, and when the first and the last of them became known. */
export async function eventSpan(executor: Executor, asOf: Instant): Promise<{ count: number; from: Instant | null; to: Instant | null }> {
  const [row] = await rows<{ count: number; from: Instant | null; to: Instant | null }>(executor, sql`
    select count(*)::int as count, core.instant_text(min(known_at)) as "from", core.instant_text(max(known_at)) as "to" from core.events where known_at <= ${asOf}`);
  return row ?? { count: 0, from: null, to: null };
}
