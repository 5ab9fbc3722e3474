import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writeFacts } from '../../db/stores/facts.ts';
import { instant, plusMinutes } from '../../desk/time.ts';
import type { EventRecord } from '../../desk/market/types.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { openTestDesk, type TestDesk } from '../helpers/desk.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let desk: TestDesk;
let companies: { symbol: string; name: string }[];
beforeAll(async () => {
  desk = await openTestDesk({ environment: { QUOTE_MAX_AGE_SECONDS: '86400' } });
  await desk.advance(40);
  companies = [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY');
  // What the simulated exchange said by itself is worked off first.
  while ((await hotNews()) !== null);
  await desk.say('what do I hold');
});
afterAll(async () => { await desk.close(); });

const ask = async <R extends object>(text: string): Promise<R[]> => (await desk.database.pool.query<R & Record<string, unknown>>(text)).rows;
async function hotNews(): Promise<string | null> {
  const ran = await desk.jobs.run('hot_news');
  expect(ran).toMatchObject({ ok: true });
  return ran?.message ?? null;
}
const win = ({ symbol, name }: { symbol: string; name: string }, minutesAgo: number, more: Partial<EventRecord> = {}): FeedRecord => {
  const knownAt = plusMinutes(desk.market.now(), -minutesAgo);
  return { type: 'event', event: { source: 'test', title: `${name} wins an order worth ₹900 crore`, body: '', eventType: 'ORDER_WIN', priority: 'HIGH', symbols: [symbol], unlinkedNames: [], stance: 'BULLISH', happenedAt: knownAt, knownAt, ...more } };
};
const store = async (...records: FeedRecord[]): Promise<string[]> => (await writeFacts(desk.database.orm, records, instant(Date.now()))).freshEvents;

it('leaves alone what is not of high priority, names no share, names an index, or is no longer news', async () => {
  const [one, two, three, four] = companies;
  await store(win(one!, 1, { priority: 'MEDIUM' }), win(two!, 1, { symbols: [] }), win(three!, 1, { symbols: ['NIFTY'] }), win(four!, 16));
  const before = await ask('select 1 as one from core.cycles');
  expect(await hotNews()).toBeNull();
  expect(await ask('select 1 as one from core.cycles')).toHaveLength(before.length);
});

it('brings news of high priority to cards of its shares alone, once, in the conversation of whoever may answer', async () => {
  const chosen = companies.slice(4, 24);
  const ids = await store(...chosen.map((company) => win(company, 1)));
  expect(ids).toHaveLength(20);
  const before = await ask<{ id: string }>('select id from core.actions');
  expect(await hotNews()).toMatch(/cards/);
  expect(await hotNews()).toMatch(/cards/);
  expect(await hotNews()).toBeNull();
  await desk.settle();

  const cycles = await ask<{ trigger: string }>("select trigger from core.cycles where trigger like 'event:%'");
  for (const id of ids) expect(cycles.filter(({ trigger }) => trigger === `event:${id}`)).toHaveLength(1);
  const proposed = (await ask<{ id: string; state: string; kind: string; symbol: string; event: string }>("select id, state, kind, body::jsonb->>'symbol' as symbol, body::jsonb->>'eventId' as event from core.actions")).filter(({ id }) => before.every((each) => each.id !== id));
  const asked = proposed.filter(({ state }) => state === 'awaiting_confirmation');
  expect(asked.length).toBeGreaterThan(0);
  for (const { kind, symbol, event } of proposed) {
    expect(kind).toBe('enter');
    expect(ids).toContain(event);
    expect(chosen.map((company) => company.symbol)).toContain(symbol);
  }
  const shown = (await ask<{ event: string }>("select event from core.messages where author = 'desk'")).map(({ event }) => JSON.parse(event)).filter(({ type }) => type === 'card');
  for (const { id } of asked) expect(shown.filter(({ card }) => card.actionId === id && card.confirmation)).toHaveLength(1);
});
