import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { writeEvents } from '../../db/stores/events.ts';
import { vectorCounts } from '../../db/stores/embeddings.ts';
import { eventsByVector } from '../../db/stores/event-search.ts';
import { readingAsOf } from '../../db/reading.ts';
import type { EventRecord } from '../../desk/market/types.ts';
import { type Instant, plusMinutes } from '../../desk/time.ts';
import { HASHED_MODEL, hashedEmbedding } from '../../desk/recall/hashed-embedding.ts';
import { TAGGER_VERSION } from '../../desk/tagging/tag-event.ts';
import type { EventRag } from '../../tools/event-rag.ts';
import { hashedEmbedder, type TextEmbedder } from '../../tools/recall/embedder.ts';
import { indexEvents } from '../../tools/recall/index-events.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, openToolBench, type ToolBench, writeMadeMarket } from './made-market.ts';

let database: Database;
let bench: ToolBench;
beforeAll(async () => { database = await openTestDatabase(); await writeMadeMarket(database); bench = await openToolBench(database, { at: clock('2024-08-26', '11:00') }); });
afterAll(async () => { await database.close(); });

const mentions = (text: string) => (text.includes('Gamapaint Ltd') ? [{ name: 'Gamapaint', symbol: 'GAMAPAINT' }] : []);
const index = (embedder: TextEmbedder, more: { afresh?: boolean; stopped?: () => boolean } = {}) => indexEvents({ database, mentions, embedder, ...more });
const other: TextEmbedder = { provider: 'test', model: 'of three', dimension: 3, leastSimilarity: 0, embed: (texts) => Promise.resolve(texts.map((text) => Float32Array.from([text.length % 2, 1, 0]))) };
const silent: TextEmbedder = { ...other, model: 'silent', embed: () => Promise.reject(new Error('nobody answers')) };

describe('indexing events', () => {
  it('tags and embeds each once; a second run finds nothing to do', async () => {
    expect(await index(hashedEmbedder)).toEqual({ tagged: 5, embedded: 5, withoutVector: 0, failed: 0 });
    expect(await index(hashedEmbedder)).toEqual({ tagged: 0, embedded: 0, withoutVector: 0, failed: 0 });
    expect((await database.pool.query("select count(*)::int as n from core.events where processing_status = 'PROCESSED'")).rows[0].n).toBe(5);
  });
  it('keeps what it was tagged by, whom it names, and why', async () => {
    const stored = (await database.pool.query("select t.* from core.event_tags t join core.events e on e.id = t.event_id where e.event_type = 'BUYBACK'")).rows[0];
    expect(stored).toMatchObject({ entities: [{ name: 'Gamapaint', symbol: 'GAMAPAINT' }], tickers: ['GAMAPAINT'], event_type: 'BUYBACK', stance: 'BULLISH', model_version: TAGGER_VERSION });
    const spoken = (await database.pool.query("select t.stance, t.confidence from core.event_tags t join core.events e on e.id = t.event_id where e.title like 'Zetalabs%'")).rows[0];
    expect(spoken).toEqual({ stance: 'NEUTRAL', confidence: 0 });
  });
  it('tags anew what another version tagged', async () => {
    await database.pool.query("update core.event_tags set model_version = 'older', stance = 'NEUTRAL'");
    expect((await index(hashedEmbedder)).tagged).toBe(5);
    expect((await database.pool.query('select distinct model_version from core.event_tags')).rows).toEqual([{ model_version: TAGGER_VERSION }]);
  });
  it('shows the tag with a hit', async () => {
    const { hits } = await bench.call<EventRag>('event_rag', { query: 'Gamapaint buyback' });
    expect(hits[0]?.tag).toMatchObject({ stance: 'BULLISH', modelVersion: TAGGER_VERSION });
  });
  it('finds a misspelt word by likeness, which words alone do not', async () => {
    expect((await bench.call<EventRag>('event_rag', { query: 'gamapaintt buybuack' })).hits[0]?.eventType).toBe('BUYBACK');
  });
  it('goes on with tags when the provider of vectors is silent, and says how many it lacks', async () => {
    expect(await index(silent)).toEqual({ tagged: 0, embedded: 0, withoutVector: 5, failed: 0 });
  });
  it('embeds by another model beside the first, and drops the first only when asked', async () => {
    expect((await index(other)).embedded).toBe(5);
    expect(await vectorCounts(database.orm, 'event')).toEqual([{ provider: 'hashed', model: HASHED_MODEL, dimension: 256, count: 5 }, { provider: 'test', model: 'of three', dimension: 3, count: 5 }]);
    await index(hashedEmbedder, { afresh: true });
    expect((await vectorCounts(database.orm, 'event')).map(({ model }) => model)).toEqual([HASHED_MODEL]);
  });
  it('lets an event that the tagger falls over hold up no other, and tags it once it can', async () => {
    const title = (words: string): EventRecord => ({ source: 'test', title: words, body: '', eventType: 'OTHER', priority: 'MEDIUM', symbols: [], unlinkedNames: [], happenedAt: clock('2024-08-26', '10:00'), knownAt: clock('2024-08-26', '10:00') });
    await database.transaction((tx) => writeEvents(tx, [title('Poisoned words'), title('Plain words')], clock('2024-08-26', '10:30')));
    const falling = (text: string) => { if (text.includes('Poisoned')) throw new Error('the tagger fell over'); return []; };
    const state = async (): Promise<unknown> => (await database.pool.query("select title, processing_status, exists (select from core.event_tags t where t.event_id = e.id) as tagged from core.events e where title like '% words' order by title")).rows;
    expect(await indexEvents({ database, mentions: falling, embedder: hashedEmbedder })).toMatchObject({ tagged: 1, failed: 1 });
    expect(await state()).toEqual([{ title: 'Plain words', processing_status: 'PROCESSED', tagged: true }, { title: 'Poisoned words', processing_status: 'FAILED', tagged: false }]);
    expect(await index(hashedEmbedder)).toMatchObject({ tagged: 1, failed: 0 });
    expect(await state()).toMatchObject([{}, { title: 'Poisoned words', processing_status: 'PROCESSED', tagged: true }]);
  });
  it('stops when it is told to', async () => {
    await database.pool.query('delete from core.event_tags');
    expect(await index(hashedEmbedder, { stopped: () => true })).toEqual({ tagged: 0, embedded: 0, withoutVector: 0, failed: 0 });
    await index(hashedEmbedder);
  });
});

describe('what waits', () => {
  const wait = async (count: number, priority: EventRecord['priority'], from: Instant): Promise<string[]> => (await writeEvents(database.orm, Array.from({ length: count }, (_, i): EventRecord => {
    const at = plusMinutes(from, i);
    return { source: 'wire', title: `${priority} ${from} ${i}`, body: '', eventType: 'OTHER', priority, symbols: [], unlinkedNames: [], happenedAt: at, knownAt: at };
  }), from)).fresh;
  const turns = async (more: (batch: number) => Promise<unknown> = () => Promise.resolve()): Promise<Map<string, number>> => {
    const turn = new Map<string, number>();
    let batch = 0;
    const embedder: TextEmbedder = { ...hashedEmbedder, embed: async (texts, as) => { await more(batch); return hashedEmbedder.embed(texts, as); } };
    await indexEvents({ database, mentions, embedder, onBatch: (_, ids) => { for (const id of ids) turn.set(id, batch); batch += 1; } });
    return turn;
  };

  it('takes one event of high priority before a thousand of low priority that came earlier', async () => {
    const low = await wait(1000, 'LOW', clock('2024-08-20', '10:00'));
    const [high = ''] = await wait(1, 'HIGH', clock('2024-08-26', '10:00'));
    const turn = await turns();
    expect(turn.get(high)).toBe(0);
    expect(low.map((id) => turn.get(id))).toEqual([...low.keys()].map((i) => (i < 249 ? 0 : Math.floor((i + 1) / 250))));
  });
  it('takes one that comes while others are worked on in the next batch', async () => {
    await wait(600, 'LOW', clock('2024-08-17', '10:00'));
    let late = '';
    const turn = await turns(async (batch) => { if (batch === 0) [late = ''] = await wait(1, 'HIGH', clock('2024-08-26', '10:30')); });
    expect(turn.get(late)).toBe(1);
    expect(turn.size).toBe(601);
  });
  it('lets none of low priority wait for ever while ever more of high priority come', async () => {
    const low = await wait(120, 'LOW', clock('2024-08-15', '10:00'));
    const start = clock('2024-08-21', '00:00');
    await wait(300, 'HIGH', start);
    const turn = await turns(async (batch) => { if (batch < 3) await wait(300, 'HIGH', plusMinutes(start, 400 * (batch + 1))); });
    expect(low.map((id) => turn.get(id))).toEqual([...low.keys()].map((i) => Math.floor(i / 50)));
    const high = [...turn].filter(([id]) => !low.includes(id)).map(([id]) => id);
    expect(high).toEqual(high.toSorted());
  });
  it('asks a silent provider once for what waits', async () => {
    await wait(3, 'MEDIUM', clock('2024-08-22', '10:00'));
    const before = (await index(silent)).withoutVector;
    expect(before).toBe((await database.pool.query('select count(*)::int as n from core.events')).rows[0].n);
    expect((await database.pool.query("select count(*)::int as n from core.events where processing_status = 'PENDING'")).rows[0].n).toBe(0);
    await index(hashedEmbedder);
  });
});

describe('nearness', () => {
  const near = (as: Database, asOf = clock('2024-08-26', '11:00')) => eventsByVector(as.orm, { model: HASHED_MODEL, vector: hashedEmbedding('order worth Rs 500 crore from Meridian Rail'), leastSimilarity: 0.3, asOf, limit: 10 });
  it('knows nothing of an event before it was known, whoever asks', async () => {
    expect(await near(database)).toHaveLength(1);
    expect(await near(database, clock('2024-08-16', '11:41'))).toEqual([]);
    expect(await near(readingAsOf(database, clock('2024-08-16', '11:41')))).toEqual([]);
  });
});
