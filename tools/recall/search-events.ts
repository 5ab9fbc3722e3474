import type { Database } from '../../db/client.ts';
import { eventsByVector, eventsByWords, eventsOfSymbols, eventsWithExcerpts, type Found, newestEvents, type SearchFilter } from '../../db/stores/event-search.ts';
import type { StoredEvent } from '../../db/stores/events.ts';
import { fuseRanks } from '../../desk/recall/fuse-ranks.ts';
import { queryGroups } from '../../desk/recall/query-words.ts';
import type { TextEmbedder } from './embedder.ts';

export interface EventSearch extends SearchFilter {
  query: string;
  /** Companies that the query names: their events count as found by it. `onlyNamed`: it is a name and nothing else, so some of its words are not enough. */
  named?: readonly string[]; onlyNamed?: boolean;
  /** What the query says beside those names: among the events of a company it is looked for by itself, however they call the company. */
  beside?: string;
}
export type FoundEvent = StoredEvent & { score: number; excerpt: string };

/** How much each way of finding counts. */
const weights = { words: 1, vector: 0.5, named: 0.35, beside: 0.8, fresh: 0.2 };
/** What an event of a named company is worth that holds nothing else of the query. */
const byNameAlone = 0.3;
/** How many each way brings. */
const depth = 80;
/** In the place of retellings of one story, which are not shown. */
const spare = 10;

/**
 * Hybrid search: by words, by vector and by the companies named, each a ranked list, fused by reciprocal ranks with how fresh the found ones are.
 * Without a query the newest come first. `vectors` is false where the embedder did not answer: the words alone decide then.
 */
export async function searchEvents(database: Database, embedder: TextEmbedder, search: EventSearch): Promise<{ found: FoundEvent[]; vectors: boolean }> {
  const { query, named = [], onlyNamed = false, beside = '', limit, ...filter } = search;
  const groups = queryGroups(query);
  const besideGroups = named.length > 0 && !onlyNamed ? queryGroups(beside) : [];
  const vector = query === '' || onlyNamed ? null : await embedder.embed([query], 'query').then(([first]) => (first?.some((value) => value !== 0) ? first : null), () => undefined);
  const wide = { ...filter, limit: Math.max(depth, limit) };
  /** "Latest news" asks for nothing in particular. */
  const telling = query !== '' && (named.length > 0 || groups.some(({ common }) => !common));
  // On a connection of its own, so that a server works on likeness and words at once. Begun first: it waits for no other, and whoever waits for it holds one already.
  const nearest = telling && vector ? database.reading((tx) => eventsByVector(tx, { ...wide, model: embedder.model, vector, leastSimilarity: embedder.leastSimilarity })) : Promise.resolve([]);
  const searched = database.reading(async (tx) => {
    let ranked: { id: string; score: number }[];
    if (!telling) {
      const newest = filter.symbols ? await eventsOfSymbols(tx, { ...wide, symbols: filter.symbols }) : await newestEvents(tx, wide);
      ranked = newest.map(({ id }, i) => ({ id, score: 1 / (1 + i / 10) }));
    } else {
      const ofThem = filter.symbols ? filter.symbols.filter((symbol) => named.includes(symbol)) : named;
      const [byWords, byVector, ofNamed, byBeside] = await Promise.all([
        eventsByWords(tx, { ...wide, groups, everyWord: onlyNamed }), nearest,
        named.length > 0 ? eventsOfSymbols(tx, { ...wide, symbols: ofThem }) : [],
        besideGroups.some(({ common }) => !common) ? eventsByWords(tx, { ...wide, symbols: ofThem, groups: besideGroups, everyWord: false }) : [],
      ]);
      const found = new Set([...byWords, ...byVector, ...byBeside].map(({ id }) => id));
      const known = new Map([...byWords, ...byVector, ...ofNamed, ...byBeside].map(({ id, knownAt }) => [id, knownAt]));
      const fresh = [...known].sort(([idA, a], [idB, b]) => (a < b ? 1 : a > b ? -1 : idA < idB ? -1 : 1));
      const worthy = (items: readonly Found[]) => items.map(({ id, score }) => ({ id, worth: score }));
      ranked = fuseRanks([
        { items: worthy(byWords), weight: weights.words }, ...(vector ? [{ items: worthy(byVector), weight: weights.vector }] : []),
        ...(named.length > 0 ? [{ items: ofNamed.map(({ id }) => ({ id, worth: found.has(id) || onlyNamed ? 1 : byNameAlone })), weight: weights.named }] : []),
        ...(byBeside.length > 0 ? [{ items: worthy(byBeside), weight: weights.beside }] : []), { items: fresh.map(([id]) => ({ id })), weight: weights.fresh },
      ]);
    }
    const best = ranked.slice(0, limit + spare);
    const scores = new Map(best.map(({ id, score }) => [id, score]));
    const events = await eventsWithExcerpts(tx, { ids: [...scores.keys()], groups, asOf: filter.asOf, limit });
    return { found: events.map((event) => ({ ...event, score: scores.get(event.id) ?? 0 })), vectors: vector !== undefined };
  });
  // Where one of them fails the other ends, too, before it is told.
  await Promise.allSettled([searched, nearest]);
  return searched;
}
