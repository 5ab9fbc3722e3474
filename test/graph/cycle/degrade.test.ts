import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { judgeByRules } from '../../../agents/judge.ts';
import type { Database } from '../../../db/client.ts';
import { writeTradingState } from '../../../db/stores/accounts.ts';
import { moveAction } from '../../../db/stores/actions.ts';
import { createCycleRunner } from '../../../graph/cycle/run-cycle.ts';
import type { CycleRequest, CycleServices } from '../../../graph/cycle/services.ts';
import type { CycleSummary, ProposalInput } from '../../../tools/services.ts';
import { openSimulatedDesk, type SimulatedDesk } from './simulated-desk.ts';

let desk: SimulatedDesk;
// A whole history is written first, and several cycles run; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });
beforeAll(async () => { desk = await openSimulatedDesk({ seed: 2 }); });
afterAll(async () => { await desk.close(); });

/** The real database, but statements that speak of `table` fail. */
function without(database: Database, table: string): Database {
  const orm = new Proxy(database.orm, {
    get: (target, key, receiver) => (key !== 'execute' ? Reflect.get(target, key, receiver)
      : (statement: { queryChunks?: unknown }) => (JSON.stringify(statement.queryChunks).includes(`from ${table}`) ? Promise.reject(new Error(`${table} cannot be read`)) : target.execute(statement as never))),
  });
  // A reading as of a moment takes a connection of its own.
  const failing = (client: pg.PoolClient): pg.PoolClient => new Proxy(client, { get: (target, key) => (key !== 'query' ? Reflect.get(target, key, target)
    : (statement: { text?: string } | string, ...more: unknown[]) => ((typeof statement === 'string' ? statement : (statement.text ?? '')).includes(`from ${table}`) ? Promise.reject(new Error(`${table} cannot be read`)) : Reflect.apply(target.query, target, [statement, ...more]))) });
  const pool = new Proxy(database.pool, { get: (target, key) => (key === 'connect' ? async () => failing(await target.connect()) : Reflect.get(target, key, target)) });
  return { ...database, orm, pool };
}
async function run(overrides: Partial<CycleServices>, request: Partial<CycleRequest> = {}): Promise<{ summary: CycleSummary; proposals: ProposalInput[]; failures: string[]; degraded: Record<string, string> }> {
  const proposals: ProposalInput[] = [];
  const failures: string[] = [];
  const propose: CycleServices['propose'] = async (input) => { proposals.push(input); return { actionId: input.cycleId ?? '', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: 1, message: null }; };
  const summary = await createCycleRunner({ ...desk.services, propose, onFailure: (stage) => failures.push(stage), ...overrides }).run({ requestedBy: { kind: 'desk', rule: 'cycle' }, threadId: null, turn: null, ...request });
  return { summary, proposals, failures, degraded: Object.fromEntries(summary.stages.flatMap(({ stage, degraded }) => (degraded === null ? [] : [[stage, degraded]]))) };
}

describe('a stage that fails is marked and the run goes on', () => {
  it('without the bars nothing is found, and the reason is said', async () => {
    const { summary, proposals, failures, degraded } = await run({ database: without(desk.database, 'core.bars_daily') });
    expect(degraded).toEqual({ gather: 'core.bars_daily cannot be read' });
    expect(failures).toEqual(['gather']);
    expect(proposals).toEqual([]);
    expect(summary.stages).toHaveLength(9);
  });
  it('without results calendar no entry is sized, since blackouts are not known', async () => {
    const { proposals, degraded } = await run({ database: without(desk.database, 'core.earnings_calendar') });
    expect(degraded).toEqual({ allocate: 'core.earnings_calendar cannot be read' });
    expect(proposals).toEqual([]);
  });
  it('without a place for its records it still proposes, with less evidence', async () => {
    const { proposals, degraded } = await run({ database: { ...desk.database, transaction: () => Promise.reject(new Error('the disk is full')) } });
    expect(degraded).toEqual({ record: 'the disk is full' });
    expect(proposals.length).toBeGreaterThan(2);
    expect(proposals[0]?.thesis?.map(({ evidenceKind, evidenceId }) => [evidenceKind, evidenceId])).toEqual([['feature', null], ['outcome', null]]);
  });
  it('one proposal that fails does not take the others with it', async () => {
    let calls = 0;
    const { summary, degraded } = await run({ propose: async (input) => { calls += 1; if (calls === 1) throw new Error('no'); return { actionId: input.cycleId ?? '', state: 'gated', gateReport: { verdict: 'PASS' } as never, cardNumber: calls, message: null }; } });
    expect(degraded).toEqual({ propose: '1 could not be proposed' });
    expect(summary.cards).toHaveLength(calls - 1);
    expect(summary.refused[0]?.reason).toBe('it could not be proposed');
  });
  it('what the gates block is told with their sentence', async () => {
    const { summary } = await run({ propose: async () => ({ actionId: '01900000-0000-7000-8000-000000000001', state: 'blocked', gateReport: { verdict: 'BLOCK' } as never, cardNumber: 7, message: 'The market is closed.' }) }, { accountIds: [desk.accountIds.SIP], atMost: 1 });
    expect(summary.cards).toMatchObject([{ cardNumber: 7, state: 'blocked' }]);
    expect(summary.refused[0]).toMatchObject({ symbol: summary.cards[0]?.symbol, reason: 'The market is closed.' });
  });
});

describe('a model that judges', () => {
  const judged = (judge: CycleServices['judge']) => run({ ...(judge ? { judge } : {}) }, { accountIds: [desk.accountIds.LumpSum], atMost: 1 });
  it('is heard when it keeps to what it was given', async () => {
    const { proposals, degraded } = await judged(async (input) => ({ ...judgeByRules(input), rationale: 'It ranks first of all.' }));
    expect(proposals[0]).toMatchObject({ judgeRationale: 'It ranks first of all.', modelVersion: expect.stringMatching(/judge-model-1$/) });
    expect(degraded).toEqual({});
  });
  it.each<[string, CycleServices['judge'], string]>([
    ['fails', async () => { throw new Error('429'); }, 'the model did not answer'],
    ['answers in another shape', async () => ({ thesis: 'buy' }), 'the model’s judgement had another shape'],
    ['invents a figure', async (input) => ({ ...judgeByRules(input), risks: ['it fell 41.7 % in 1987'] }), 'the model’s judgement had figures without a source'],
  ])('gives way to the twin when it %s', async (_how, judge, note) => {
    const { proposals, degraded } = await judged(judge);
    expect(degraded).toEqual({ judge: note });
    expect(proposals[0]?.modelVersion).toMatch(/judge-twin-1$/);
  });
});

describe('where new entries are stopped', () => {
  it('the kill file speaks for every account', async () => {
    const { summary, proposals } = await run({ killFile: () => ({ state: 'MALFORMED' }) });
    expect(proposals).toEqual([]);
    expect(new Set(summary.refused.map(({ reason }) => reason))).toEqual(new Set(['the kill file stops new entries: it cannot be read']));
  });
  it('a paused account gets nothing, and hears why; the others go on', async () => {
    await writeTradingState(desk.database.orm, { accountId: desk.accountIds.SIP, state: 'REDUCING', reason: 'paused by the owner', actionId: null });
    const { summary, proposals } = await run({});
    expect(proposals.some(({ action }) => 'accountId' in action && action.accountId === desk.accountIds.SIP)).toBe(false);
    expect(proposals.length).toBeGreaterThan(0);
    expect(summary.refused.find(({ accountId }) => accountId === desk.accountIds.SIP)?.reason).toBe('new entries are stopped in SIP: paused by the owner');
    expect(summary.stages.find(({ stage }) => stage === 'accounts')).toMatchObject({ in: 3, out: 2 });
  });
});

describe('what was brought before', () => {
  const bring = async (by: 'desk' | 'person') => {
    const requestedBy: CycleRequest['requestedBy'] = by === 'desk' ? { kind: 'desk', rule: 'cycle' } : { kind: 'person', personId: desk.ownerId, channel: 'web' };
    const { cards: [card], refused } = await createCycleRunner(desk.services).run({ accountIds: [desk.accountIds.LumpSum], atMost: 1, requestedBy, threadId: null, turn: null });
    if (!card) throw new Error('no card');
    return { ...card, reasons: new Map(refused.map(({ symbol, reason }) => [symbol, reason])) };
  };
  const end = (actionId: string, to: 'expired' | 'blocked') => moveAction(desk.database.orm, { id: actionId, from: 'gated', to, reason: 'test', actor: 'test', payload: {} });

  it('comes again when nobody answered, not when the gates blocked it or a person said no', async () => {
    const first = await bring('desk');
    await end(first.actionId, 'expired');
    const again = await bring('desk');
    expect(again.symbol).toBe(first.symbol);
    await end(again.actionId, 'blocked');
    const other = await bring('desk');
    expect(other.symbol).not.toBe(first.symbol);
    expect(other.reasons.get(first.symbol)).toBe('was blocked today');
    await desk.reject(other.actionId);
    // A person who asks gets what was blocked once more: what blocked it may be over. Their own no stands.
    const asked = await bring('person');
    expect(asked.symbol).toBe(first.symbol);
    const third = await bring('person');
    expect([first.symbol, other.symbol]).not.toContain(third.symbol);
    expect(third.reasons.get(other.symbol)).toBe('was rejected today');
  });
});
