import { openEmbedded, openServer } from '../../db/client.ts';
import { prepareDatabase } from '../../db/prepare.ts';
import { readingAsOf } from '../../db/reading.ts';
import { eventsByVector } from '../../db/stores/event-search.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import type { EventRecord } from '../../desk/market/types.ts';
import { instant } from '../../desk/time.ts';
import { COMPANIES } from '../../feeds/simulator/universe.ts';
import { COMPANY_HEADLINES, SECTOR_HEADLINES } from '../../feeds/simulator/headlines.ts';
import { hashedEmbedder } from '../../tools/recall/embedder.ts';
import { indexEvents } from '../../tools/recall/index-events.ts';
import { searchEvents } from '../../tools/recall/search-events.ts';

export const name = 'event-search';

/** 100,000 on a server (`scripts/postgres-lane.sh npm run bench -- event-search`), 20,000 on the embedded database. */
const onServer = process.env.TEST_DATABASE_URL;
const count = Number(process.env.BENCH_EVENTS ?? (onServer ? 100_000 : 20_000));
const queries = 200;
const first = Date.parse('2023-01-02T04:00:00Z');
const asOf = instant(first + count * 60_000);

/** The same numbers again for a seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => { state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff; return state / 0x7fff_ffff; };
}
const places = 'Pune Chennai Surat Jaipur Nagpur Indore Kochi Vizag Ludhiana Raipur Guwahati Ranchi'.split(' ');
const clients = 'Meridian Gridora Hexavyn Ortisse Calvino Bramhaputra Sundarban Kaveri Narmada Aravalli Vindhya Nilgiri'.split(' ');
const things = 'turbines transformers switchgear vaccines tractors bearings solar modules rail coaches pipelines cement tyres cables software batteries compressors syringes yarn resins pumps boilers'.split(' ');

/** Headlines of the simulator's kinds about its companies, with clients, places, amounts and goods that make each its own. */
function headline(random: () => number, i: number): EventRecord {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const company = pick(COMPANIES);
  const kind = pick([...COMPANY_HEADLINES, ...SECTOR_HEADLINES]);
  const filled = kind.title.replace('{name}', company.name).replace('{client}', pick(clients)).replace('{firm}', pick(clients)).replace('{place}', pick(places)).replace('{crore}', String(Math.floor(random() * 5000))).replace('{percent}', String(Math.floor(random() * 40)));
  const at = instant(first + i * 60_000);
  return { source: 'bench', title: `${filled} for ${pick(things)} near ${pick(places)}`, body: `${company.name} informed the exchange about ${pick(things)} and ${pick(things)} with ${pick(clients)} at ${pick(places)}.`, eventType: kind.type, priority: kind.priority, symbols: [company.symbol], unlinkedNames: [], happenedAt: at, knownAt: at };
}

const quantile = (values: readonly number[], part: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const database = onServer ? openServer({ url: onServer }) : await openEmbedded({ directory: null });
  try {
    await prepareDatabase(database);
    const random = numbers(11);
    const events = Array.from({ length: count }, (_, i) => headline(random, i));
    for (let at = 0; at < count; at += 2000) await writeFacts(database.orm, events.slice(at, at + 2000).map((event) => ({ type: 'event', event })), asOf);
    const started = performance.now();
    await indexEvents({ database, embedder: hashedEmbedder, mentions: () => [] });
    const indexSeconds = (performance.now() - started) / 1000;
    await database.asOwner((client) => client.query('analyze core.events, core.embeddings'));
    const ask = numbers(23);
    const questions = Array.from({ length: queries }, () => {
      const words = headline(ask, 0).title.split(' ');
      const from = Math.floor(ask() * Math.max(1, words.length - 4));
      return words.slice(from, from + 2 + Math.floor(ask() * 4)).join(' ');
    });
    const reading = readingAsOf(database, asOf);
    const search = (query: string) => searchEvents(reading, hashedEmbedder, { query, asOf, limit: 10 });
    for (const query of questions.slice(0, 20)) await search(query);
    const ms: number[] = [];
    for (const query of questions) { const begun = performance.now(); await search(query); ms.push(performance.now() - begun); }
    // The same search through every vector, without the index, is what is exact.
    let shared = 0;
    let all = 0;
    for (const query of questions) {
      // A question of fillers alone has no vector.
      const vector = (await hashedEmbedder.embed([query], 'query'))[0] ?? new Float32Array(hashedEmbedder.dimension);
      if (vector.every((value) => value === 0)) continue;
      const nearest = (more: object) => eventsByVector(reading.orm, { model: hashedEmbedder.model, vector, leastSimilarity: -1, asOf, limit: 10, ...more });
      const [quick, exact] = [await nearest({}), await nearest({ from: instant('1970-01-01T00:00:00Z') })];
      const worst = exact.at(-1)?.score ?? 1;
      all += exact.length;
      // One that is as near as the tenth of the exact ones is as good as it.
      shared += quick.filter(({ score }) => score >= worst - 1e-6).length;
    }
    return [
      { metric: `events (${database.kind})`, value: count, unit: 'events' }, { metric: 'tagged and embedded', value: count / indexSeconds, unit: 'events/s' },
      { metric: 'hybrid search, median', value: quantile(ms, 0.5), unit: 'ms' }, { metric: 'hybrid search, p95', value: quantile(ms, 0.95), unit: 'ms' }, { metric: 'recall@10 of the vector index against exact', value: shared / all, unit: '' },
    ];
  } finally { await database.close(); }
}
