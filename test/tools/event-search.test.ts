import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import type { EventRag } from '../../tools/event-rag.ts';
import type { Policy } from '../../tools/policy.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, event, openToolBench, type ToolBench, writeMadeMarket } from './made-market.ts';

let database: Database;
let bench: ToolBench;
beforeAll(async () => { database = await openTestDatabase(); await writeMadeMarket(database); bench = await openToolBench(database, { at: clock('2024-08-26', '11:00') }); });
afterAll(async () => { await database.close(); });
const search = (input: object): Promise<EventRag> => bench.call<EventRag>('event_rag', input);
const titles = ({ hits }: EventRag): string[] => hits.map((hit) => hit.title);

describe('searching events', () => {
  it('finds by any of the words, best first, with every field of a citation', async () => {
    const found = await search({ query: 'buyback of Gamapaint' });
    expect(found.hits[0]).toMatchObject({ title: 'Gamapaint Ltd announces buyback of shares', source: 'nse-announcements', symbols: ['GAMAPAINT'], happenedAt: '2024-06-05T04:30:00.000Z', knownAt: '2024-06-05T04:30:00.000Z', addressesSoftware: false });
    expect(found.hits[0]?.cite).toBe(`event:${found.hits[0]?.eventId}`);
    expect(found.hits[0]?.excerpt).toMatch(/«buyback»/);
    expect(found.hits.every((hit) => hit.score >= 0 && hit.score <= 1)).toBe(true);
  });
  it('says which words of the query a hit does not say', async () => {
    const { hits } = await search({ query: 'wins order for submarines' });
    expect(hits[0]).toMatchObject({ title: 'Gamapaint Ltd wins order worth Rs 500 crore from Meridian Rail', missing: 'submarines' });
    expect((await search({ query: 'wins order' })).hits[0]?.missing).toBeNull();
  });
  it('finds a company by its name or by a name that is nearly it', async () => {
    expect(new Set((await search({ query: 'Gamapaint Ltd' })).hits.flatMap((hit) => hit.symbols))).toEqual(new Set(['GAMAPAINT']));
    expect((await search({ query: 'gamapiant' })).named).toEqual(['GAMAPAINT']);
  });
  it('finds nothing for a company that nobody knows, and says how much is known', async () => {
    expect(await search({ query: 'Zorbix' })).toMatchObject({ found: false, hits: [], named: [], reason: 'nothing known by then matches', known: { count: 5 } });
  });
  it('finds nothing that was not known at the moment asked for', async () => {
    expect(titles(await search({ query: 'order', asOf: '2024-08-16T11:41:59' }))).toEqual([]);
    expect(titles(await search({ query: 'order', asOf: '2024-08-16T11:42:00' }))).toEqual(['Gamapaint Ltd wins order worth Rs 500 crore from Meridian Rail']);
  });
  it('keeps to the symbols and days asked for', async () => {
    expect((await search({ query: '', symbols: ['Deltafin Bank'] })).hits.map((hit) => hit.symbols)).toEqual([['DELTAFIN']]);
    expect(titles(await search({ query: '', from: '2024-08-20', to: '2024-08-20' })).length).toBe(2);
    expect((await bench.refusal('event_rag', { query: 'x', symbols: ['Zorbix'] })).code).toBe('NO_SUCH_SYMBOL');
  });
  it('takes words of the query as words, whatever they look like', async () => {
    for (const query of ["'; drop table core.events; --", '& | ! ( ) :*', '<b>buyback</b>', '"unclosed quote', '-not', 'a & b', '\\']) expect((await search({ query })).count).toBeGreaterThanOrEqual(0);
    expect(titles(await search({ query: '<b>buyback</b>' }))[0]).toBe('Gamapaint Ltd announces buyback of shares');
  });
});

describe('text from outside', () => {
  it('is shown without markup, scripts and links, in at most 300 characters', async () => {
    const [hit] = (await search({ query: 'penalty Deltafin delays' })).hits;
    expect(hit?.excerpt).not.toMatch(/<|https?:|script>/);
    expect(hit?.excerpt.length).toBeLessThanOrEqual(300);
    expect(hit?.url).toBeNull();
  });
  it('that speaks to software is flagged, and its order to approve changes nothing', async () => {
    const found = await search({ query: 'Zetalabs' });
    expect(found.hits[0]).toMatchObject({ addressesSoftware: true, wording: 'orders software to act', timeText: '14:05' });
    expect(found.flagged).toBe(1);
    expect(await database.pool.query('select 1 from core.actions')).toMatchObject({ rowCount: 0 });
  });
});

describe('policy', () => {
  it('is read by the lexicon, with the institution that said it', async () => {
    const { items } = await bench.call<Policy>('policy', { source: 'RBI' });
    expect(items).toMatchObject([{ institution: 'RBI', source: 'rbi-press', reading: { stance: 'HAWKISH', sentiment: 'BEARISH' } }]);
    expect(items[0]?.reading.impactedSectors).toContain('Financial Services');
  });
  it('that nobody stored is missing with a reason, not neutral', async () => {
    expect(await bench.call('policy', { source: 'FED' })).toMatchObject({ count: 0, items: [], reason: 'nothing from FED is stored for that time' });
    expect(await bench.call('policy', { source: 'RBI', asOf: '2024-08-07' })).toMatchObject({ count: 0, reason: 'no policy statements are stored for that time' });
  });
});

describe('what is asked of a company', () => {
  it('is found among its events, however they call it, before newer ones that say its name alone', async () => {
    const told = clock('2024-05-20', '10:00');
    await writeFacts(database.orm, [event(told, 'Paint maker recalls tins of primer', { symbols: ['GAMAPAINT'] })], told);
    const found = titles(await search({ query: 'Gamapaint recalls' }));
    expect(found[0]).toBe('Paint maker recalls tins of primer');
    expect(found).toContain('Gamapaint Ltd announces buyback of shares');
  });
});
