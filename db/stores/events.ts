import { sql } from 'drizzle-orm';
import { sha256 } from '../../desk/canonical.ts';
import type { EventRecord, ScheduledEvent } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { findRetellings, SAME_STORY_HOURS, type ToldStory } from '../same-story.ts';
import { array, rows } from '../sql.ts';
import { uuidv7 } from '../uuid.ts';
import type { WriteCounts } from './bars.ts';

/** The same report from the same source at the same time is one event; two filings of one company and category in a second are two. */
export const eventFingerprint = (event: EventRecord): string =>
  sha256([event.source, event.sourceUrl ?? '', event.artifactUrl ?? '', event.body.trim(), event.title.trim().toLowerCase().replace(/\s+/g, ' '), event.happenedAt].join('\n'));

export interface StoredEvent extends EventRecord { id: string; processingStatus: 'PENDING' | 'PROCESSED' | 'FAILED' }

/** The same report under two tickers is one event of both; it was known when it was first told. */
function mergeSame(events: readonly EventRecord[]): { fingerprint: string; event: EventRecord }[] {
  const merged = new Map<string, EventRecord>();
  for (const event of events) {
    const fingerprint = eventFingerprint(event);
    const before = merged.get(fingerprint);
    merged.set(fingerprint, before ? { ...before, symbols: [...new Set([...before.symbols, ...event.symbols])], unlinkedNames: [...new Set([...before.unlinkedNames, ...event.unlinkedNames])], knownAt: event.knownAt < before.knownAt ? event.knownAt : before.knownAt } : event);
  }
  return [...merged].map(([fingerprint, event]) => ({ fingerprint, event }));
}

/** Adds events; one that is there learns further symbols and an earlier moment. `fresh`: those that tell something that no earlier event told. */
export async function writeEvents(executor: Executor, events: readonly EventRecord[], ingestedAt: Instant): Promise<WriteCounts & { fresh: string[] }> {
  const list = (values: readonly string[]): string => JSON.stringify(values);
  const told = mergeSame(events);
  const of = (pick: (event: EventRecord) => unknown, type: string) => array(told.map(({ event }) => pick(event) ?? null), type);
  const written = await rows<{ id: string; fresh: boolean }>(executor, sql`
    insert into core.events as e (id, fingerprint, source, source_url, artifact_url, title, body, event_type, priority, symbols, unlinked_names, stance, happened_at, known_at, ingested_at, processing_status)
    select id, fingerprint, source, url, artifact, title, body, type, priority, array(select jsonb_array_elements_text(symbols::jsonb)), array(select jsonb_array_elements_text(unlinked::jsonb)), stance, happened, known, ${ingestedAt}::timestamptz, 'PENDING'
    from unnest(${of((event) => uuidv7(Date.parse(event.knownAt)), 'uuid')}, ${array(told.map(({ fingerprint }) => fingerprint), 'text')}, ${of((event) => event.source, 'text')}, ${of((event) => event.sourceUrl, 'text')}, ${of((event) => event.artifactUrl, 'text')}, ${of((event) => event.title, 'text')},
      ${of((event) => event.body, 'text')}, ${of((event) => event.eventType, 'text')}, ${of((event) => event.priority, 'text')}, ${of((event) => list(event.symbols), 'text')}, ${of((event) => list(event.unlinkedNames), 'text')}, ${of((event) => event.stance, 'text')}, ${of((event) => event.happenedAt, 'timestamptz')}, ${of((event) => event.knownAt, 'timestamptz')})
      as t(id, fingerprint, source, url, artifact, title, body, type, priority, symbols, unlinked, stance, happened, known)
    on conflict (fingerprint) do update set symbols = (select coalesce(array_agg(distinct s order by s), '{}') from unnest(e.symbols || excluded.symbols) s), known_at = least(e.known_at, excluded.known_at)
      where excluded.known_at < e.known_at or not excluded.symbols <@ e.symbols
    returning id, (xmax = 0) as fresh`);
  const inserted = written.filter((row) => row.fresh).map((row) => row.id);
  const retold = inserted.length === 0 ? [] : await markRetellings(executor, inserted);
  return { accepted: inserted.length, updated: written.length - inserted.length, duplicate: events.length - written.length, fresh: inserted.filter((id) => !retold.includes(id)) };
}

/**
 * Of several reports of one story the first known stands, and the others point at it as its further sources (`findRetellings` says what
 * is the same story). Filings and official texts are documents of their own. Returns the new events that retell an earlier one.
 */
async function markRetellings(executor: Executor, ids: readonly string[]): Promise<string[]> {
  // What is about the same symbols only, so that a live headline does not have the words of a whole day's others counted.
  const stories = await rows<Omit<ToldStory, 'words' | 'retells'> & { words: string; original: string | null; originalKnownAt: Instant | null }>(executor, sql`
    with fresh as materialized (select known_at, array_to_string(array(select distinct s from unnest(symbols) s order by 1), ',') as symbols from core.events where id = any(${array(ids, 'uuid')}) and artifact_url is null and event_type <> 'POLICY'),
    near as materialized (
      select e.id, e.source, e.known_at, e.fingerprint, e.title, e.duplicate_of, array_to_string(array(select distinct s from unnest(e.symbols) s order by 1), ',') as symbols
      from core.events e where e.artifact_url is null and e.event_type <> 'POLICY'
        and e.known_at between (select min(known_at) from fresh) - make_interval(hours => ${SAME_STORY_HOURS}::int) and (select max(known_at) from fresh) + make_interval(hours => ${SAME_STORY_HOURS}::int)
    )
    select n.id, n.source, core.instant_text(n.known_at) as "knownAt", n.fingerprint, array_to_string(tsvector_to_array(to_tsvector('english', n.title)), ' ') as words,
      n.symbols || ' ' || array_to_string(array(select distinct m[1] from regexp_matches(n.title, '\\d[\\d.,]*', 'g') m order by 1), ' ') as about, o.id as original, core.instant_text(o.known_at) as "originalKnownAt"
    from near n left join core.events o on o.id = n.duplicate_of where n.symbols = any(array(select distinct symbols from fresh))`);
  const found = findRetellings({ fresh: new Set(ids), stories: stories.map(({ words, original, originalKnownAt, ...story }) => ({ ...story, words: words.split(' '), retells: original && originalKnownAt ? { id: original, knownAt: originalKnownAt } : null })) });
  if (found.size === 0) return [];
  await executor.execute(sql`update core.events e set duplicate_of = m.original from unnest(${array([...found.keys()], 'uuid')}, ${array([...found.values()], 'uuid')}) as m(id, original) where e.id = m.id`);
  // What pointed at a report that turned out to be a retelling itself points at the first one.
  await executor.execute(sql`update core.events e set duplicate_of = first.duplicate_of from core.events first where e.duplicate_of = first.id and first.duplicate_of is not null and first.id = any(${array([...found.keys()], 'uuid')})`);
  return ids.filter((id) => found.has(id));
}

/** Who told each story beside the event itself, by its id, of what was known at `asOf`. */
export async function furtherSources(executor: Executor, ids: readonly string[], asOf: Instant): Promise<Map<string, { source: string; url: string | null; title: string; knownAt: Instant }[]>> {
  const found = await rows<{ original: string; source: string; url: string | null; title: string; known: string }>(executor, sql`
    select duplicate_of as original, source, source_url as url, title, core.instant_text(known_at) as known from core.events where duplicate_of = any(${array(ids, 'uuid')}) and known_at <= ${asOf} order by known_at, id`);
  const byEvent = new Map<string, { source: string; url: string | null; title: string; knownAt: Instant }[]>();
  for (const { original, known, ...rest } of found) byEvent.set(original, [...(byEvent.get(original) ?? []), { ...rest, knownAt: known as Instant }]);
  return byEvent;
}

export interface EventRow extends Record<string, unknown> {
  id: string; source: string; source_url: string | null; artifact_url: string | null; title: string; body: string; event_type: EventRecord['eventType'];
  priority: EventRecord['priority']; symbols: string[]; unlinked_names: string[]; stance: EventRecord['stance'] | null; happened: string; known: string; processing_status: StoredEvent['processingStatus'];
}
export const eventColumns = sql`id, source, source_url, artifact_url, title, body, event_type, priority, symbols, unlinked_names, stance, core.instant_text(happened_at) as happened, core.instant_text(known_at) as known, processing_status`;
export const toEvent = (row: EventRow): StoredEvent => ({
  id: row.id, source: row.source, ...(row.source_url ? { sourceUrl: row.source_url } : {}), ...(row.artifact_url ? { artifactUrl: row.artifact_url } : {}),
  title: row.title, body: row.body, eventType: row.event_type, priority: row.priority, symbols: row.symbols, unlinkedNames: row.unlinked_names,
  ...(row.stance ? { stance: row.stance } : {}), happenedAt: row.happened as Instant, knownAt: row.known as Instant, processingStatus: row.processing_status,
});

export async function eventById(executor: Executor, id: string, asOf: Instant): Promise<StoredEvent | null> {
  const [row] = await rows<EventRow>(executor, sql`select ${eventColumns} from core.events where id = ${id} and known_at <= ${asOf}`);
  return row ? toEvent(row) : null;
}

/** Events known in (after, asOf], newest first. */
export async function eventsKnown(executor: Executor, input: { symbols?: readonly string[]; after?: Instant; asOf: Instant; limit: number }): Promise<StoredEvent[]> {
  return (await rows<EventRow>(executor, sql`
    select ${eventColumns} from core.events where duplicate_of is null and known_at <= ${input.asOf} ${input.after ? sql`and known_at > ${input.after}` : sql``}
      ${input.symbols ? sql`and symbols && ${array(input.symbols, 'text')}` : sql``} order by known_at desc, id limit ${input.limit}`)).map(toEvent);
}

/** When something of each of these shares became known, in (after, asOf]. */
export const eventMoments = (executor: Executor, input: { symbols: readonly string[]; after: Instant; asOf: Instant }): Promise<{ symbol: string; knownAt: Instant }[]> =>
  rows<{ symbol: string; knownAt: Instant }>(executor, sql`
    select s.symbol, core.instant_text(e.known_at) as "knownAt" from core.events e, unnest(e.symbols) as s(symbol)
    where e.duplicate_of is null and e.known_at <= ${input.asOf} and e.known_at > ${input.after} and e.symbols && ${array(input.symbols, 'text')} and s.symbol = any(${array(input.symbols, 'text')})`);

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

/** Events of the given types, newest first, of what was known at `asOf`. */
export async function eventsOfTypes(executor: Executor, input: { types: readonly EventRecord['eventType'][]; symbols?: readonly string[]; from?: Instant; to?: Instant; asOf: Instant; limit: number }): Promise<StoredEvent[]> {
  return (await rows<EventRow>(executor, sql`
    select ${eventColumns} from core.events where duplicate_of is null and event_type = any(${array(input.types, 'text')}) and known_at <= ${input.asOf}
      ${input.symbols ? sql`and symbols && ${array(input.symbols, 'text')}` : sql``} ${input.from ? sql`and happened_at >= ${input.from}` : sql``} ${input.to ? sql`and happened_at <= ${input.to}` : sql``}
    order by happened_at desc, id limit ${input.limit}`)).map(toEvent);
}

/** How many events are known at `asOf`, and when the first and the last of them became known. */
export async function eventSpan(executor: Executor, asOf: Instant): Promise<{ count: number; from: Instant | null; to: Instant | null }> {
  const [row] = await rows<{ count: number; from: Instant | null; to: Instant | null }>(executor, sql`
    select count(*)::int as count, core.instant_text(min(known_at)) as "from", core.instant_text(max(known_at)) as "to" from core.events where known_at <= ${asOf}`);
  return row ?? { count: 0, from: null, to: null };
}

/** The earliest and the latest event in [from, to) of what was known at `asOf`; null where there is none. */
export async function edgeEvents(executor: Executor, input: { symbols?: readonly string[]; from?: Instant; to?: Instant; asOf: Instant }): Promise<{ first: StoredEvent | null; last: StoredEvent | null }> {
  const edge = async (order: 'asc' | 'desc'): Promise<StoredEvent | null> => {
    const [row] = await rows<EventRow>(executor, sql`
      select ${eventColumns} from core.events where duplicate_of is null and known_at <= ${input.asOf}
        ${input.symbols ? sql`and symbols && ${array(input.symbols, 'text')}` : sql``} ${input.from ? sql`and happened_at >= ${input.from}` : sql``} ${input.to ? sql`and happened_at < ${input.to}` : sql``}
      order by happened_at ${sql.raw(order)}, id limit 1`);
    return row ? toEvent(row) : null;
  };
  return { first: await edge('asc'), last: await edge('desc') };
}

/** How many events happened in [from, to), of what was known at `asOf`, by source and type; a retelling counts with the first telling. */
export async function countEvents(executor: Executor, input: { symbols?: readonly string[]; from?: Instant; to?: Instant; asOf: Instant }): Promise<{ source: string; type: string; count: number }[]> {
  return rows<{ source: string; type: string; count: number }>(executor, sql`
    select source, event_type as type, count(*)::int as count from core.events where duplicate_of is null and known_at <= ${input.asOf}
      ${input.symbols ? sql`and symbols && ${array(input.symbols, 'text')}` : sql``} ${input.from ? sql`and happened_at >= ${input.from}` : sql``} ${input.to ? sql`and happened_at < ${input.to}` : sql``}
    group by source, event_type order by source, event_type`);
}
