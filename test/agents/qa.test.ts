import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TurnTools } from '../../agents/define.ts';
import { portfolio } from '../../agents/portfolio.ts';
import { contractCases } from '../../agents/qa/contract-cases.ts';
import { ungroundedFigures } from '../../agents/qa/ungrounded-figures.ts';
import { qa } from '../../agents/qa.ts';
import { agents } from '../../agents/registry.ts';
import { risk } from '../../agents/risk.ts';
import { tools } from '../../tools/registry.ts';
import { runTool } from '../../tools/run.ts';
import { type BookDesk, openBookDesk } from '../tools/fixtures.ts';

let desk: BookDesk;
let turn: TurnTools;
beforeAll(async () => {
  desk = await openBookDesk();
  const caller = await desk.owned();
  turn = {
    async call(name, input) {
      const result = await runTool({ tool: tools.get(name)!, services: desk.services, caller, input });
      return result.ok ? { ok: true, call: 'c1', output: result.output as never } : { ok: false, call: 'c1', error: result.error };
    },
  };
});
afterAll(async () => { await desk.close(); });

describe('contract cases', () => {
  it('are of every kind, and of every tool of the desk', () => {
    const cases = contractCases(tools.values(), { symbol: 'TCS', account: 'SIP', date: '2024-06-03', time: '2024-06-03T04:00:00.000Z', card: 1, uuid: '01890000-0000-7000-8000-000000000000' });
    expect(new Set(cases.map((each) => each.tool)).size).toBe(tools.size);
    expect(new Set(cases.map((each) => each.kind))).toEqual(new Set(['valid', 'boundary', 'invalid', 'unauthorised']));
    expect(new Set(cases.map((each) => each.title)).size).toBe(cases.length);
  });
});

describe('figures without a source', () => {
  const figures = [{ text: '₹1,000' }, { text: '2' }, { text: '+0.6 %' }];
  it.each([
    ['₹1,000 and 2 more (+0.6 %).', []], ['₹1,000, then ₹11,000.', ['₹11,000']], ['2 of 3.', ['3']], ['Card AB12 at 11:42 of Q3.', []], ['About 5 % less.', ['5 %']], ['2 and 2 again.', ['2']],
  ])('in “%s” are %j', (text, expected) => expect(ungroundedFigures({ text, figures })).toEqual(expected));
});

describe('agents', () => {
  it('name only tools that there are, and none that reads outside text may propose', () => {
    for (const agent of agents) {
      expect([agent.name, agent.tools.filter((name) => !tools.has(name))]).toEqual([agent.name, []]);
      if (agent.readsOutsideText) expect(agent.tools.filter((name) => tools.get(name)?.effect === 'propose')).toEqual([]);
    }
  });
  it('QA calls good only what it has proved, and names what it could not check', async () => {
    expect(qa.output.parse(await qa.twin({}, turn))).toMatchObject({ verdict: 'GOOD', findings: [], summary: expect.stringContaining('The audit is whole') });
    expect(qa.output.parse(await qa.twin({ card: 99 }, turn))).toMatchObject({ verdict: 'UNKNOWN', findings: [{ severity: 'DOUBT' }] });
    expect(qa.output.parse(await qa.twin({ reply: { text: 'Up ₹5.', figures: [] } }, turn))).toMatchObject({ verdict: 'FAULTY', findings: [{ severity: 'FAULT', text: 'The figure ₹5 has no source.' }] });
  });
  it('Risk tells what blocked a card and what would pass, in the words of the gates', async () => {
    await desk.say('withdraw 5000000 from SIP');
    const told = risk.output.parse(await risk.twin({ card: 1 }, turn));
    expect(told.blockedBy).toEqual([expect.stringMatching(/free to use/)]);
    expect(told.tradingState).toBe('ACTIVE');
    expect(risk.output.parse(await risk.twin({ card: 99 }, turn)).answer).toMatch(/no card 99/);
  });
  it('Risk tells the strictest state there is', async () => {
    await desk.say('pause the SIP account');
    expect(risk.output.parse(await risk.twin({}, turn))).toMatchObject({ tradingState: 'REDUCING', answer: expect.stringContaining('SIP: no new entries') });
  });
  it('Portfolio proposes nothing where nothing is held, and a hedge is sized by the beta that is too much', async () => {
    expect(portfolio.output.parse(await portfolio.twin({}, turn))).toEqual({ summary: 'Nothing is held or on order.', proposals: [] });
    const seen = { exposure: { sectors: [{ account: 'SIP', name: 'Power', percent: 40, limitPercent: 30, headroomMinor: -5_000_00 }], symbols: [], currency: 'INR', reasons: [] }, portfolio_risk: { beta: 1.4, targetBeta: 0.9, betaAlert: true, equityMinor: 50_000_00, currency: 'INR' } };
    const told: TurnTools = { call: async (name) => ({ ok: true, call: 'c1', output: seen[name as keyof typeof seen] as never }) };
    const { proposals } = portfolio.output.parse(await portfolio.twin({}, told));
    expect(proposals.map(({ kind, action, estGain, cost }) => [kind, action, estGain, cost])).toEqual([['TRIM', 'Reduce Power in SIP by ₹5,000', null, null], ['HEDGE', 'Sell index futures, or buy index puts, worth ₹25,000', null, null]]);
  });
});
