import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeFacts } from '../../../db/stores/facts.ts';
import { activePlaybooks } from '../../../db/stores/playbooks.ts';
import type { FeedRecord } from '../../../feeds/define.ts';
import { instant, plusMinutes } from '../../../desk/time.ts';
import type { PlaybookTerms } from '../../../desk/playbooks/playbook.ts';
import { shippedPlaybooks } from '../../../desk/playbooks/shipped.ts';
import { createCycleRunner } from '../../../graph/cycle/run-cycle.ts';
import type { ProposalInput } from '../../../tools/services.ts';
import { openTestDesk, type TestDesk } from '../../helpers/desk.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

describe('a cycle under playbooks', () => {
  let desk: SimulatedDesk;
  beforeAll(async () => {
    desk = await openSimulatedDesk({ seed: 2 });
    // Good news of twenty companies, half an hour ago.
    const knownAt = plusMinutes(desk.market.now(), -30);
    const companies = [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY').slice(0, 20);
    await writeFacts(desk.database.orm, companies.map(({ symbol, name }): FeedRecord => ({
      type: 'event', event: { source: 'test', title: `${name} wins an order worth ₹900 crore`, body: '', eventType: 'ORDER_WIN', priority: 'HIGH', symbols: [symbol], unlinkedNames: [], stance: 'BULLISH', happenedAt: knownAt, knownAt },
    })), instant(Date.now()));
  });
  afterAll(async () => { await desk.close(); });
  const run = async () => {
    const proposals: ProposalInput[] = [];
    const runner = createCycleRunner({ ...desk.services, async propose(input) { proposals.push(input); return { actionId: '01900000-0000-7000-8000-000000000001', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: 1, message: null }; } });
    const summary = await runner.run({ requestedBy: { kind: 'desk', rule: 'cycle' }, threadId: null, turn: null, atMost: 50 });
    return { proposals, summary, news: proposals.filter(({ action }) => action.kind === 'enter' && action.strategy === 'event_driven' && action.eventId !== undefined) };
  };
  const stopDistance = ({ action }: ProposalInput): number => (action.kind === 'enter' ? Number(action.limitPrice) - Number(action.bracket.stop) : Number.NaN);
  const set = (change: (terms: PlaybookTerms) => Partial<PlaybookTerms>) => desk.database.asOwner(async (client) => {
    for (const { id, terms } of await activePlaybooksAs(client)) await client.query('update core.playbooks set terms = $2::jsonb where playbook_id = $1 and active', [id, JSON.stringify({ ...terms, ...change(terms) })]);
  });
  const activePlaybooksAs = async (client: { query(text: string): Promise<{ rows: { id: string; terms: PlaybookTerms }[] }> }) => (await client.query('select playbook_id as id, terms from core.playbooks where active')).rows;

  it('names the playbook of each entry on news, and places the stop where the playbook says', async () => {
    await set((terms) => ({ slMultiplier: null, tpMultiplier: null, tranchePlan: [{ percent: 100, delayMinutes: 0 }], gapChaseMaxPercent: null, staleMinutes: null, executionWindowHours: null, stance: terms.stance }));
    const plain = await run();
    const named = plain.news.filter(({ playbook }) => playbook !== undefined);
    expect(named.length, 'entries on news that a playbook covers').toBeGreaterThan(0);
    await set(() => ({ slMultiplier: 2.4 }));
    const wide = await run();
    const pairs = wide.news.flatMap((one) => named.flatMap((other) => (one.action.kind === 'enter' && other.action.kind === 'enter' && one.action.symbol === other.action.symbol && one.action.accountId === other.action.accountId ? [[stopDistance(one), stopDistance(other)] as const] : [])));
    expect(pairs.length, 'entries under both').toBeGreaterThan(0);
    for (const [wider, narrower] of pairs) expect(wider).toBeGreaterThan(narrower);
  });

  it('refuses what the playbook no longer enters, with its sentence, before any size', async () => {
    await set(() => ({ slMultiplier: null, executionWindowHours: 0.1 }));
    const { news, summary } = await run();
    expect(news.filter(({ playbook }) => playbook !== undefined)).toEqual([]);
    const [row] = (await desk.database.pool.query<{ by: number }>("select (funnel->'refusedBy'->>'playbook')::int as by from core.cycles where id = $1", [summary.cycleId])).rows;
    expect(row?.by).toBeGreaterThan(0);
  });
});

describe('a playbook in conversation', () => {
  let desk: TestDesk;
  beforeAll(async () => { desk = await openTestDesk(); });
  afterAll(async () => { await desk.close(); });

  it('is shown with what it does', async () => {
    const events = await desk.say('which playbooks are there?');
    expect(events.find((event) => event.type === 'reply')).toMatchObject({ text: expect.stringMatching(/^6 playbooks say how news is traded/) });
    expect(JSON.stringify(events.find((event) => event.type === 'table'))).toContain('chase 4 %');
  });

  it('changes by a confirmed action only, as a new version', async () => {
    const asked = await desk.say('/playbook earnings_beat gapChaseMaxPercent 3');
    const confirm = asked.find((event) => event.type === 'confirm');
    expect((await activePlaybooks(desk.database.orm)).find(({ id }) => id === 'earnings_beat')).toMatchObject({ version: 1, terms: { gapChaseMaxPercent: 4 } });
    const answers = await desk.press(confirm?.type === 'confirm' ? confirm.id : '');
    expect(answers.find((event) => event.type === 'reply')).toMatchObject({ text: expect.stringContaining('is at version 2: chase 4 % → 3 %') });
    expect((await activePlaybooks(desk.database.orm)).find(({ id }) => id === 'earnings_beat')).toMatchObject({ version: 2, terms: { ...shippedPlaybooks.earnings_beat, gapChaseMaxPercent: 3 } });
  });

  it('says in one sentence what it cannot be', async () => {
    const said = async (text: string): Promise<string> => { const reply = (await desk.say(text)).find((event) => event.type === 'reply'); return reply?.type === 'reply' ? reply.text : ''; };
    expect(await said('/playbook earnings_beat colour blue')).toMatch(/has no setting “colour”/);
    expect(await said('/playbook no_such gapChaseMaxPercent 3')).toMatch(/There is no playbook “no_such”; there are buyback,/);
    expect(await said('/playbook buyback tranchePlan 70@0, 40@30')).toMatch(/the parts are 100 % at most/);
    expect(await said('/playbook buyback gapChaseMaxPercent 3')).toMatch(/says that already: chase 3 %/);
  });
});
