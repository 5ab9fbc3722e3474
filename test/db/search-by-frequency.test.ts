import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { eventsByWords, type SearchFilter } from '../../db/stores/event-search.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { queryGroups } from '../../desk/recall/query-words.ts';
import { type Instant, instant, plusMs } from '../../desk/time.ts';
import { openTestDatabase } from '../helpers/database.ts';

/** An event every half hour for 62 days: each says "guidance", one in ten "monsoon", one in thirty of the first month alone "eclipse", and one in a hundred, in its body only, "harvest". */
const count = 3_000;
const first = instant('2024-01-01T00:00:00Z');
const knownAt = (i: number): Instant => plusMs(first, i * 1_800_000);
const asOf = knownAt(count);
const places = [...Array(count).keys()];
const says = { guidance: () => true, monsoon: (i: number) => i % 10 === 0, eclipse: (i: number) => i % 30 === 0 && i < count / 2 };
const harvest = (i: number): boolean => i % 100 === 50;
let database: Database;
let idOf: Map<string, number>;
beforeAll(async () => {
  database = await openTestDatabase();
  const words = (i: number): string => Object.entries(says).filter(([, does]) => does(i)).map(([word]) => word).join(' ');
  await writeFacts(database.orm, places.map((i) => ({ type: 'event' as const, event: { source: 'test', title: `${words(i)} number${i}`, body: harvest(i) ? 'A good harvest.' : '', eventType: 'NEWS' as never, priority: 'LOW', symbols: [i % 2 ? 'ODD' : 'EVEN'], unlinkedNames: [], happenedAt: knownAt(i), knownAt: knownAt(i) } })), asOf);
  // How a word is looked for depends on how many events there are.
  await database.asOwner((client) => client.query('analyze core.events'));
  const { rows } = await database.pool.query<{ id: string; title: string }>('select id, title from core.events where duplicate_of is null');
  idOf = new Map(rows.map(({ id, title }) => [id, Number(/number(\d+)/.exec(title)?.[1])]));
});
afterAll(async () => { await database.close(); });

const found = async (query: string, filter: Partial<SearchFilter> = {}): Promise<number[]> => (await eventsByWords(database.orm, { groups: queryGroups(query), everyWord: false, asOf, limit: 80, ...filter })).map(({ id }) => idOf.get(id) ?? -1);
/** The newest of those that are stored, not retold, and as described. */
const newest = (does: (i: number) => boolean, limit = 80): number[] => [...idOf.values()].filter(does).sort((a, b) => b - a).slice(0, limit);

describe('search by words', () => {
  it('goes through few words that wait to be sorted into the index, whatever was just written', async () => {
    const waiting = await database.asOwner((client) => client.query<{ pages: string }>("select gin_clean_pending_list('core.events_words') as pages"));
    expect(Number(waiting.rows[0]?.pages)).toBeLessThanOrEqual(40);
    const { rows } = await database.pool.query<{ kept: string[] | null }>("select reloptions as kept from pg_class where oid = 'core.events_words'::regclass");
    expect(rows[0]?.kept).toEqual(['gin_pending_list_limit=256']);
  });
  it('finds the newest that hold a word, whether everything says it, some do, or only old ones', async () => {
    expect(await found('guidance')).toEqual(newest(says.guidance));
    expect(await found('monsoon')).toEqual(newest(says.monsoon));
    expect(await found('eclipse')).toEqual(newest(says.eclipse));
    expect((await found('eclipse')).length).toBeGreaterThan(30);
  });
  it('puts what holds all before what holds some', async () => {
    const both = newest((i) => says.monsoon(i) && says.eclipse(i));
    expect((await found('monsoon eclipse')).slice(0, both.length)).toEqual(both);
    expect((await found('monsoon eclipse')).slice(both.length)).toEqual(newest((i) => says.monsoon(i) && !says.eclipse(i), 80 - both.length));
  });
  it('puts titles that hold all but one next, behind bodies that hold all, wherever a word is missing', async () => {
    expect(await found('guidance monsoon nowhere')).toEqual(newest(says.monsoon));
    const bodies = newest((i) => harvest(i));
    const rest = newest((i) => !harvest(i), 80 - bodies.length);
    expect(await found('guidance harvest')).toEqual([...bodies, ...rest]);
  });
  it('counts common groups for the order among titles that hold what tells', async () => {
    const groups = [{ phrases: ['monsoon'], common: false }, { phrases: ['eclipse'], common: true }];
    const ids = (await eventsByWords(database.orm, { groups, everyWord: false, asOf, limit: 80 })).map(({ id }) => idOf.get(id) ?? -1);
    const both = newest((i) => says.monsoon(i) && says.eclipse(i));
    expect(ids).toEqual([...both, ...newest((i) => says.monsoon(i) && !says.eclipse(i), 80 - both.length)]);
  });
  it('keeps to a moment, to symbols and to days, however common the word', async () => {
    const [then, day] = [count / 2, count / 3];
    expect(await found('guidance', { asOf: knownAt(then) })).toEqual(newest((i) => i <= then));
    expect(await found('monsoon', { symbols: ['EVEN'] })).toEqual(newest(says.monsoon));
    expect(await found('monsoon', { symbols: ['ODD'] })).toEqual([]);
    expect(await found('guidance', { from: knownAt(day), to: knownAt(day + 9) })).toEqual(newest((i) => i >= day && i <= day + 9));
    expect(await found('guidance', { asOf: knownAt(-1) })).toEqual([]);
  });
  it('lets what few events say count for more than what most say', async () => {
    const then = count / 2;
    const [rare, common] = [newest((i) => i < then && says.eclipse(i))[0] ?? -1, newest((i) => i < then && !says.monsoon(i) && !says.eclipse(i))[0] ?? -1];
    const scores = await eventsByWords(database.orm, { groups: queryGroups('eclipse guidance nowhere'), everyWord: false, asOf: knownAt(then), limit: 600 });
    const scoreOf = (i: number): number => scores.find(({ id }) => idOf.get(id) === i)?.score ?? 0;
    expect(scoreOf(rare)).toBeGreaterThan(3 * scoreOf(common));
    expect(scores.every(({ score }) => score > 0 && score < 1)).toBe(true);
  });
  it('counts a phrase once that several ways of saying come down to', async () => {
    const scores = await eventsByWords(database.orm, { groups: [{ phrases: ['guidance', 'guidances', 'guidance'], common: false }], everyWord: false, asOf, limit: 1 });
    // All of one group, once in the title: 0.6 + 0.4 × 1 / 1.5.
    expect(scores[0]?.score).toBeCloseTo(0.6 + 0.4 / 1.5, 6);
  });
});
