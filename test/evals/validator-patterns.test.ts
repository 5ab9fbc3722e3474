import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EvalDesk, openEvalDesk } from '../../evals/open-desk.ts';
import { dataset } from '../../evals/suite.ts';
import { askForPatterns, judgePatterns, judgeReply, PatternCase } from '../../evals/suites/validator-patterns.ts';

const cases = dataset('validator-patterns', PatternCase);
const caseNamed = (id: string): PatternCase => { const found = cases.find((each) => each.id === id); if (!found) throw new Error(`no case ${id}`); return found; };

describe('the books of closed trades', () => {
  it('are twenty or more, each once, some of them asked about in words and some too small to say', () => {
    expect(cases.length).toBeGreaterThanOrEqual(20);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.filter(({ asks }) => asks !== undefined).length).toBeGreaterThanOrEqual(8);
    expect(cases.filter(({ predicted }) => predicted?.length === 0).length).toBeGreaterThanOrEqual(4);
    expect(cases.filter(({ tooFew }) => tooFew === true).length).toBeGreaterThanOrEqual(3);
  });
});

describe('the scorers of patterns', () => {
  const asked = (more: Partial<PatternCase>): PatternCase => ({ ...caseNamed('vp-021'), tooFew: undefined, ...more });
  const output = { tooFew: false, byStrategy: [{ group: 'momentum', trades: 20, won: 12, winRatePercent: 60 }], lossPredictors: [{ group: 'stale data' }], best: { group: 'momentum' }, worst: null };
  const named = (name: string): string => name.replaceAll('_', ' ');
  it('catch a figure that is off, a group that is not there or should not be, and another best', () => {
    const wrong = judgePatterns(asked({ groups: [{ in: 'byStrategy', group: 'momentum', trades: 20, won: 13, winRatePercent: 60 }, { in: 'byRegime', group: 'low volatility', trades: 1 }], absent: [{ in: 'byStrategy', group: 'momentum' }], best: 'breakout', tooFew: true }), output, named);
    expect(wrong).toEqual(['won of “momentum” is 12, not 13', 'byRegime has no “low volatility”', 'byStrategy has “momentum”', 'not said to be too few', 'best is “momentum”, not “breakout”']);
  });
  it('catch a warning that is said to predict losses and does not, one that is kept back, and nothing said at all', () => {
    expect(judgePatterns(asked({ predicted: ['stale_data'] }), output, named)).toEqual([]);
    expect(judgePatterns(asked({ predicted: [] }), output, named)).toEqual(['said to predict losses: stale data, not nothing']);
    expect(judgePatterns(asked({ predicted: ['stale_data', 'similar_setups'] }), output, named)).toEqual(['said to predict losses: stale data, not similar setups, stale data']);
    expect(judgePatterns(asked({ predicted: [] }), { ...output, lossPredictors: undefined }, named)).toEqual(['said to predict losses: not said, not nothing']);
  });
  it('catch words that are missing from a reply, and words that may not be in it', () => {
    expect(judgeReply({ answer: ['{stale_data}', '80 %'], never: [] }, 'After the warning “stale data” 80 % were lost.')).toEqual([]);
    expect(judgeReply({ answer: ['too few'], never: ['Best:'] }, 'Best: momentum.')).toEqual(['“too few” is not in the reply: Best: momentum.', '“Best:” is in the reply: Best: momentum.']);
  });
});

describe('books of closed trades on a desk', () => {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });
  let desk: EvalDesk;
  beforeAll(async () => { desk = await openEvalDesk(); });
  afterAll(() => desk.close());

  it('are read by the tool and in words as they were made', async () => {
    for (const id of ['vp-001', 'vp-003', 'vp-024', 'vp-028']) expect([id, await askForPatterns(desk, caseNamed(id))]).toEqual([id, null]);
  });
  it('are caught where the book is another than the case says', async () => {
    const calm = caseNamed('vp-002');
    expect(await askForPatterns(desk, { ...calm, id: 'vp-901', book: caseNamed('vp-001').book })).toMatch(/^said to predict losses: similar setups, not nothing; “no warning/);
    const trend = caseNamed('vp-022');
    expect(await askForPatterns(desk, { ...trend, id: 'vp-902', book: trend.book.map((group) => ({ ...group, won: 10 })) })).toMatch(/won of “breakout” is 10, not 3/);
  });
});
