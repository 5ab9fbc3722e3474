import { describe, expect, it } from 'vitest';
import { judge, judgeByRules, type Judgement } from '../../agents/judge.ts';
import { ungroundedIn } from '../../agents/judge/ground.ts';
import type { JudgeInput } from '../../agents/judge/input.ts';

const [eventId, featureId, signalId] = ['01900000-0000-7000-8000-0000000000e1', '01900000-0000-7000-8000-0000000000f1', '01900000-0000-7000-8000-0000000000a1'];
const input = (overrides: Partial<JudgeInput> = {}): JudgeInput => ({
  symbol: 'COALINDIA', strategy: 'event_driven', horizonDays: 5, confidence: 0.9, netEdgePercent: 1.2, rewardRisk: 2,
  bullets: [
    { text: 'Dividend announced today 11:42 (nse-announcements), read as bullish', evidenceId: eventId, evidenceKind: 'event' },
    { text: 'Closed at ₹384.10, above its 20-day high of ₹381.00, on 1.9 × its usual volume', evidenceId: featureId, evidenceKind: 'feature' },
    { text: 'Similar set-ups: 31, hit the target first 58 % (41–74 %), the stop first 26 %, +1.4 % on average', evidenceId: signalId, evidenceKind: 'outcome' },
  ],
  comparables: { pool: 'symbol', count: 31, independentCount: 31, targetFirst: 18 / 31, stopFirst: 8 / 31, targetFirstLow: 0.41, targetFirstHigh: 0.74, meanPercent: 1.4, deviationPercent: 4 },
  sector: 'Energy', sectorAfterPercent: 22, sectorLimitPercent: 30, nextEvent: null, calendarKnown: true, spreadFrom: 'book', movedPercent: 0.2, trust: 0.8, targetChancePercent: 24, boundBy: 'risk per trade', rank: 1, objective: 'MAX_PROFIT', ...overrides,
});
const against = (overrides: Partial<JudgeInput>): string[] => judgeByRules(input(overrides)).risks;

describe('the judge’s twin', () => {
  it('puts event, price and outcome with their evidence, then what speaks against', () => {
    expect(judgeByRules(input())).toEqual({
      thesis: input().bullets, risks: ['Energy at 22 % of a 30 % limit after this'], confidence: 0.72,
      rationale: 'Ranked 1 by expected gain and quality: +1.2 % expected after charges over at most 5 sessions, trusted at 0.80, which has come to the target first in 24 % of cases; its size is bound by risk per trade.',
    });
  });
  it.each<[string, Partial<JudgeInput>, string]>([
    ['results within the horizon', { nextEvent: { what: 'results', tradingDaysAway: 4 } }, 'results in 4 trading days, within the horizon of 5'],
    ['a modelled spread', { spreadFrom: 'bars' }, 'spread modelled from bars'],
    ['a small sample', { comparables: { ...input().comparables, independentCount: 16 } }, 'few similar set-ups: they began on 16 days'],
    ['set-ups of others', { comparables: { ...input().comparables, pool: 'all', independentCount: 200 } }, 'COALINDIA itself has too few similar set-ups; these are all shares’'],
    ['more stops than targets', { comparables: { ...input().comparables, targetFirst: 0.2, stopFirst: 0.34 } }, 'similar set-ups met the stop first more often (34 %) than the target (20 %)'],
    ['a price that ran', { movedPercent: -1.6 }, 'the price has moved −1.6 % since the set-up'],
    ['no calendar', { calendarKnown: false }, 'no calendar of results reaches these days'],
    ['neither barrier', { comparables: { ...input().comparables, targetFirst: 0.2, stopFirst: 0.1 } }, 'most similar set-ups ended with the horizon, at neither stop nor target'],
  ])('warns of %s', (_what, overrides, sentence) => { expect(against({ sectorAfterPercent: 5, ...overrides })).toEqual([sentence]); });
  it('warns of nothing that is not so, nor of an event beyond the horizon', () => {
    expect(against({ sectorAfterPercent: 5, nextEvent: { what: 'results', tradingDaysAway: 9 } })).toEqual([]);
  });
  it('keeps to four risks, the gravest first', () => {
    const all = against({ spreadFrom: 'bars', calendarKnown: false, movedPercent: 3, nextEvent: { what: 'results', tradingDaysAway: 3 }, comparables: { ...input().comparables, pool: 'all', targetFirst: 0.1, stopFirst: 0.4 } });
    expect(all).toHaveLength(4);
    expect(all[0]).toMatch(/^results in 3/);
  });
  it('is what the agent falls back on, and fits its contract', async () => {
    const written = await judge.twin(input(), { call: async () => { throw new Error('the judge has no tools'); } });
    expect(judge.output.parse(written)).toEqual(judgeByRules(input()));
    expect(judge.tools).toEqual([]);
  });
});

describe('a model’s judgement', () => {
  const said = (overrides: Partial<Judgement>): string[] => ungroundedIn({ ...judgeByRules(input()), rationale: 'It ranks first.', ...overrides }, input());
  it('may be shown when every figure and every piece of evidence was given', () => {
    expect(said({ risks: ['22 % of a 30 % limit in Energy'] })).toEqual([]);
  });
  it('may not invent a figure', () => {
    expect(said({ risks: ['it fell 7 % last year'] })).toEqual(['no source for 7 in “it fell 7 % last year”']);
    expect(said({ thesis: [{ ...input().bullets[0]!, text: 'Dividend of ₹5.25 announced today 11:42' }, input().bullets[1]!] })).toEqual([expect.stringContaining('5.25')]);
  });
  it('may not point to evidence that it was not given', () => {
    expect(said({ thesis: [{ text: 'Closed high', evidenceId: '01900000-0000-7000-8000-0000000000ff', evidenceKind: 'event' }, input().bullets[1]!] })).toEqual([expect.stringContaining('no such evidence')]);
  });
  it('may not be surer than the desk', () => { expect(said({ confidence: 0.9 })).toEqual([expect.stringContaining('above the desk’s own 0.72')]); });
});
