import type { Database } from '../../db/client.ts';
import { dropOtherVectors, indexVectors, writeVectors } from '../../db/stores/embeddings.ts';
import { type EventToIndex, eventsByIds, eventsToIndex, eventsWaiting, markFailed, markProcessed, writeTags } from '../../db/stores/event-tags.ts';
import type { StoredEvent } from '../../db/stores/events.ts';
import { refreshStatistics } from '../../db/statistics.ts';
import { sha256 } from '../../desk/canonical.ts';
import type { Mention } from '../../desk/tagging/headline-words.ts';
import { type EventTag, TAGGER_VERSION, tagEvent } from '../../desk/tagging/tag-event.ts';
import { addressesSoftware, plainWords } from '../outside-text.ts';
import type { TextEmbedder } from './embedder.ts';

/** Finds the companies that a text names. */
export type FindMentions = (text: string) => readonly Mention[];
export interface IndexReport { tagged: number; embedded: number; /** Events whose vector could not be had; they are found by their words. */ withoutVector: number; /** Events that the tagger fell over: they are found, without a tag, and hold up no other. */ failed: number }

const batchSize = 250;
/** Places of a batch that go to whoever waits longest, whatever its priority. */
const oldestShare = 50;
/** Looking for what is missing goes through all events, so it is done for many batches at once. */
const listSize = 20 * batchSize;
const embeddedCharacters = 400;
const linkedCharacters = 400;
const readCharacters = 6000;

/** What an event's vector is made of: its title and the beginning of its text. */
export const embeddedText = ({ title, body }: Pick<StoredEvent, 'title' | 'body'>): string => plainWords(body === '' || body === title ? title : `${title}. ${body.slice(0, embeddedCharacters)}`);

/** An event's tag by rules, lexicon and the companies that its title names. */
export function tagOf(event: StoredEvent, mentions: FindMentions): EventTag {
  const [title, body] = [plainWords(event.title), plainWords(event.body.slice(0, readCharacters))];
  return tagEvent({ ...event, title, body, mentions: mentions(`${title}. ${body.slice(0, linkedCharacters)}`), addressesSoftware: addressesSoftware(`${event.title}\n${event.body}`) });
}

/**
 * Tags and embeds every event that lacks a tag of this program's version or a vector of this embedder's model: first those that came in and wait, by priority
 * (`eventsWaiting`), looked for anew before each batch; then, after a change of tagger or model, the others. Can be stopped at any time and goes on where it stood.
 * `afresh`: vectors of other models are taken away afterwards.
 */
export async function indexEvents({ database, mentions, embedder, afresh = false, stopped = () => false, onBatch }: {
  database: Database; mentions: FindMentions; embedder: TextEmbedder; afresh?: boolean; stopped?: () => boolean; onBatch?: (report: IndexReport, ids: readonly string[]) => void;
}): Promise<IndexReport> {
  const report: IndexReport = { tagged: 0, embedded: 0, withoutVector: 0, failed: 0 };
  const of = { tagVersion: TAGGER_VERSION, model: embedder.model };
  /** These were tried in this run and came to nothing: their vector was not to be had, or the tagger fell over them. */
  const without = new Set<string>();
  let after: string | null = null;
  await indexWaiting();
  while (!stopped()) {
    const missing = await eventsToIndex(database.orm, { ...of, after, limit: listSize });
    if (missing.length === 0) break;
    after = missing.at(-1)?.id ?? null;
    for (let at = 0; at < missing.length && !stopped(); at += batchSize) {
      await indexBatch(missing.slice(at, at + batchSize).filter(({ id }) => !without.has(id)));
      await indexWaiting();
    }
  }
  if (!stopped() && report.tagged + report.embedded >= listSize) await refreshStatistics(database);
  if (!stopped() && report.embedded > 0) await indexVectors(database, { kind: 'event', ...embedder });
  if (afresh && !stopped() && report.withoutVector === 0) await database.transaction((tx) => dropOtherVectors(tx, { kind: 'event', keep: embedder.model }));
  return report;

  async function indexWaiting(): Promise<void> {
    while (!stopped()) {
      const next = await eventsWaiting(database.orm, { ...of, limit: batchSize, oldest: oldestShare });
      if (next.length === 0) return;
      await indexBatch(next);
    }
  }

  async function indexBatch(missing: readonly EventToIndex[]): Promise<void> {
    if (missing.length === 0) return;
    const has = new Map(missing.map((each) => [each.id, each]));
    const events = await eventsByIds(database.orm, [...has.keys()]);
    const failed: string[] = [];
    const tags = events.filter(({ id }) => has.get(id)?.tagged !== true).flatMap((event) => {
      try { return [{ event, tag: tagOf(event, mentions) }]; } catch { failed.push(event.id); return []; }
    });
    const wanted = events.filter(({ id }) => has.get(id)?.embedded !== true);
    const texts = wanted.map(embeddedText);
    // A provider that does not answer costs the vectors, not the tags; the next run tries again.
    const vectors = await embedder.embed(texts, 'text').catch(() => null);
    await database.transaction(async (tx) => {
      await writeTags(tx, tags);
      if (vectors) await writeVectors(tx, { kind: 'event', model: embedder, vectors: wanted.map((event, i) => ({ subjectId: event.id, textDigest: sha256(texts[i] ?? ''), vector: vectors[i] ?? new Float32Array(embedder.dimension), knownAt: event.knownAt })) });
      await markProcessed(tx, events.map(({ id }) => id).filter((id) => !failed.includes(id)));
      await markFailed(tx, failed);
    });
    report.tagged += tags.length;
    report.failed += failed.length;
    for (const id of failed) without.add(id);
    if (vectors) report.embedded += wanted.length; else { report.withoutVector += wanted.length; for (const { id } of wanted) without.add(id); }
    onBatch?.(report, missing.map(({ id }) => id));
  }
}
