import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cardByNumber } from '../../../db/stores/cards.ts';
import { featuresById, signalById } from '../../../db/stores/research.ts';
import { createCycleRunner } from '../../../graph/cycle/run-cycle.ts';
import type { CycleRequest, CycleServices } from '../../../graph/cycle/services.ts';
import { canonicalAction } from '../../../desk/actions/digest.ts';
import { plusMinutes } from '../../../desk/time.ts';
import type { ProposalInput } from '../../../tools/services.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let desk: SimulatedDesk;
// A whole history is written first, and several cycles run; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });
beforeAll(async () => { desk = await openSimulatedDesk({ seed: 2 }); });
afterAll(async () => { await desk.close(); });

const asks = (overrides: Partial<CycleRequest> = {}): CycleRequest => ({ requestedBy: { kind: 'person', personId: desk.ownerId, channel: 'web' }, threadId: null, turn: null, ...overrides });
/** Services whose proposals go nowhere, so that a cycle can be repeated. */
const recording = (overrides: Partial<CycleServices> = {}) => {
  const proposals: ProposalInput[] = [];
  const services: CycleServices = {
    ...desk.services, ...overrides,
    async propose(input) { proposals.push(input); return { actionId: '01900000-0000-7000-8000-000000000001', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: 1, message: null }; },
  };
  return { proposals, services, runner: createCycleRunner(services) };
};
const bodies = (proposals: readonly ProposalInput[]): string[] => proposals.map(({ action }) => canonicalAction(action));

describe('a repeated cycle', () => {
  it('comes to the same entries, byte for byte, whether or not history was prepared before', async () => {
    const { proposals, runner } = recording();
    await runner.run(asks());
    const first = bodies(proposals.splice(0));
    await runner.run(asks());
    const again = bodies(proposals.splice(0));
    const fresh = recording();
    await fresh.runner.run(asks());
    expect(first.length).toBeGreaterThan(2);
    expect(again).toEqual(first);
    expect(bodies(fresh.proposals)).toEqual(first);
  });
  it('keeps one row for a signal that stands all day', async () => {
    const { proposals, runner } = recording();
    await runner.run(asks({ accountIds: [desk.accountIds.SIP] }));
    await runner.run(asks({ accountIds: [desk.accountIds.SIP] }));
    expect(proposals[0]?.signalId).toBe(proposals[1]?.signalId);
  });
  it('does not prepare again what has not changed', async () => {
    const { runner } = recording();
    const msOf = async (stage: string) => (await runner.run(asks())).stages.find((entry) => entry.stage === stage)?.ms ?? Number.NaN;
    const first = await msOf('features');
    expect(await msOf('features')).toBeLessThan(first / 3);
  });
});

describe('a request', () => {
  it('for one account brings one card, the schedule up to two an account', async () => {
    const one = recording();
    await one.runner.run(asks({ accountIds: [desk.accountIds.LumpSum] }));
    expect(one.proposals).toHaveLength(1);
    const all = recording();
    await all.runner.run(asks({ requestedBy: { kind: 'desk', rule: 'cycle' } }));
    const perAccount = Map.groupBy(all.proposals, ({ action }) => ('accountId' in action ? action.accountId : ''));
    expect(Math.max(...[...perAccount.values()].map((list) => list.length))).toBe(2);
    expect(all.proposals[0]?.proposer).toEqual({ kind: 'desk', rule: 'cycle' });
  });
  it('sizes an account by the limits that were confirmed for it alone', async () => {
    const worthOf = ({ action }: ProposalInput): number => (action.kind === 'enter' ? action.quantity * Number(action.limitPrice) : 0);
    const usual = recording();
    await usual.runner.run(asks({ accountIds: [desk.accountIds.LumpSum] }));
    const [entry] = usual.proposals;
    const ofDesk = desk.services.limits!(desk.accountIds.SIP);
    const tight = recording({ limits: (accountId) => (accountId === desk.accountIds.LumpSum ? { ...ofDesk, maxSingleNamePercent: 2 } : ofDesk) });
    await tight.runner.run(asks({ accountIds: [desk.accountIds.LumpSum] }));
    expect(worthOf(entry!)).toBeGreaterThan(20_000);
    expect(tight.proposals.every((each) => worthOf(each) <= 20_000)).toBe(true);
  });
  it('is never a person’s own order', async () => {
    const { proposals, runner } = recording();
    await runner.run(asks({ accountIds: [desk.accountIds.SIP] }));
    expect(proposals[0]?.proposer).toEqual({ kind: 'agent', agent: 'Judge', onBehalfOf: desk.ownerId, channel: 'web' });
  });
  it('for certain symbols looks at those alone, and says why there is nothing in them', async () => {
    const { proposals, runner } = recording();
    await runner.run(asks({ accountIds: [desk.accountIds.SIP] }));
    const symbol = 'symbol' in proposals[0]!.action ? proposals[0]!.action.symbol : '';
    const summary = await runner.run(asks({ accountIds: [desk.accountIds.SIP], symbols: [symbol, 'DUGDHAM', 'NOSUCH'] }));
    expect(bodies(proposals)[1]).toBe(bodies(proposals)[0]);
    expect(summary.refused.map(({ symbol: refused, reason }) => [refused, reason])).toEqual([['DUGDHAM', 'no strategy sees a set-up in it now: its news is 89 h old, and such news counts for 24'], ['NOSUCH', 'no history of it is known']]);
  });
  it('about an event brings only what the event speaks for, and about an unknown one nothing', async () => {
    const { proposals, runner } = recording();
    const summary = await runner.run(asks({ eventId: '01900000-0000-7000-8000-00000000dead' }));
    expect(proposals).toEqual([]);
    expect(summary.stages.find(({ stage }) => stage === 'signals')?.degraded).toBe('the event that was asked about is not known');
  });
  it('as of an earlier time proposes and stores nothing, and says what stood then', async () => {
    const { proposals, runner } = recording();
    const summary = await runner.run(asks({ accountIds: [desk.accountIds.SIP], asOf: plusMinutes(desk.market.now(), -3 * 1440) }));
    expect(proposals).toEqual([]);
    expect(summary.refused[0]?.reason).toMatch(/^as of 2030-01-04 nothing is proposed; \w+ stood then: /);
  });
});

describe('cards', () => {
  it('pass the real gates, carry openable evidence, and are not brought twice', async () => {
    const runner = createCycleRunner(desk.services);
    const summary = await runner.run(asks({ requestedBy: { kind: 'desk', rule: 'cycle' } }));
    expect(summary.cards.length).toBeGreaterThanOrEqual(4);
    expect(summary.cards.map(({ state }) => state)).toEqual(summary.cards.map(() => 'gated'));
    expect(summary.stages.map(({ stage, degraded }) => [stage, degraded])).toEqual(['gather', 'features', 'accounts', 'signals', 'meta-label', 'record', 'allocate', 'judge', 'propose'].map((stage) => [stage, null]));
    const card = (await cardByNumber(desk.database.orm, summary.cards[0]!.cardNumber))!;
    expect(card).toMatchObject({ cycleId: summary.cycleId, direction: 'LONG', status: 'PENDING' });
    const feature = card.thesis.find(({ evidenceKind }) => evidenceKind === 'feature');
    expect((await featuresById(desk.database.orm, feature?.evidenceId ?? ''))?.symbol).toBe(card.symbol);
    expect(await signalById(desk.database.orm, card.signalId ?? '')).toMatchObject({ symbol: card.symbol, strategy: card.strategy, horizonDays: card.horizonDays, featureId: feature?.evidenceId });
    expect(card.thesis.at(-1)?.evidenceId).toBe(card.signalId);
    expect(card.riskRewardRatio).toBeGreaterThanOrEqual(1.5);

    const next = await runner.run(asks({ requestedBy: { kind: 'desk', rule: 'cycle' } }));
    const taken = new Set(summary.cards.map(({ accountId, symbol }) => `${accountId} ${symbol}`));
    for (const { accountId, symbol } of next.cards) expect(taken).not.toContain(`${accountId} ${symbol}`);
    expect(next.refused.some(({ reason }) => reason === 'is on a card already')).toBe(true);

    // Run anew at the same moment it comes to the same cards, and to no second one.
    const count = async (): Promise<number> => (await desk.database.pool.query<{ n: number }>('select count(*)::int as n from core.trade_cards')).rows[0]?.n ?? 0;
    const before = await count();
    const waiting = [...summary.cards, ...next.cards];
    const anew = await runner.run(asks({ requestedBy: { kind: 'desk', rule: 'cycle' }, anew: true }));
    expect(anew.cards.slice(0, summary.cards.length).map(({ cardNumber }) => cardNumber)).toEqual(summary.cards.map(({ cardNumber }) => cardNumber));
    expect(anew.cards.every(({ actionId }) => waiting.some((card) => card.actionId === actionId))).toBe(true);
    expect(await count()).toBe(before);
    const funnels = await desk.database.pool.query('select trigger, funnel from core.cycles where id = $1', [summary.cycleId]);
    expect(funnels.rows[0]).toMatchObject({ trigger: 'desk:cycle', funnel: { cards: summary.cards.length } });
  });
});
