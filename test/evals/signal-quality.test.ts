import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { setUpFacts } from '../../evals/made/set-up-facts.ts';
import { type MadeDesk, openMadeDesk } from '../../evals/made/made-desk.ts';
import { dataset } from '../../evals/suite.ts';
import { type Answer, askForTrade, judgeAnswer, precisionAndRecall, reasons, SignalQualityCase } from '../../evals/suites/signal-quality.ts';
import { createCycleRunner } from '../../graph/cycle/run-cycle.ts';
import type { CycleRunner } from '../../graph/cycle/services.ts';

const cases = dataset('signal-quality', SignalQualityCase);
const caseNamed = (id: string): SignalQualityCase => { const found = cases.find((each) => each.id === id); if (!found) throw new Error(`no case ${id}`); return found; };

describe('the set-ups', () => {
  it('are forty or more, each once, of both labels, and every reason has one', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(new Set(cases.map(({ says }) => says)).size).toBe(cases.length);
    expect(cases.filter(({ label }) => label === 'good').length).toBeGreaterThanOrEqual(12);
    expect([...new Set(cases.flatMap(({ reason }) => reason ?? []))].sort()).toEqual([...reasons].sort());
  });
});

describe('the scorer of set-ups', () => {
  it('catches a good one that is refused, a bad one that is offered, and one that is refused for another reason', () => {
    expect(judgeAnswer({ label: 'good' }, { offered: true, said: [] })).toBeNull();
    expect(judgeAnswer({ label: 'good' }, { offered: false, said: ['no price'] })).toBe('not offered: no price');
    expect(judgeAnswer({ label: 'bad', reason: 'illiquid' }, { offered: true, said: [] })).toBe('offered, though illiquid');
    expect(judgeAnswer({ label: 'bad', reason: 'illiquid' }, { offered: false, said: ['the spread is 2 %; the limit is 1 %'] })).toBeNull();
    expect(judgeAnswer({ label: 'bad', reason: 'illiquid' }, { offered: false, said: ['results on 2 Sept, blackout 2 trading days'] })).toMatch(/^refused, but not as illiquid: results/);
    expect(judgeAnswer({ label: 'bad', reason: 'event ahead' }, { offered: false, said: [] })).toBe('refused, but not as event ahead: nothing');
  });
  it('counts precision and recall of what is offered, and says nothing where nothing can be said', () => {
    expect(precisionAndRecall([{ label: 'good', offered: true }, { label: 'good', offered: false }, { label: 'bad', offered: true }, { label: 'bad', offered: false }])).toEqual({ precision: 0.5, recall: 0.5 });
    expect(precisionAndRecall([{ label: 'bad', offered: false }])).toEqual({ precision: null, recall: null });
  });
});

describe('set-ups on a desk', () => {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });
  let desk: MadeDesk;
  let runner: CycleRunner;
  const some = ['sg-001', 'sg-004', 'sg-027', 'sg-048'].map(caseNamed);
  beforeAll(async () => { desk = await openMadeDesk({ facts: setUpFacts(some) }); runner = createCycleRunner(desk.cycle); });
  afterAll(() => desk.close());

  it('are offered or refused by the desk itself, and a wrong label is caught on its answer', async () => {
    const answers: Answer[] = [];
    for (const each of some) answers.push(await askForTrade(desk, runner, each));
    const [rise, orderWin, old, results] = answers;
    expect([rise?.offered, orderWin?.offered, old?.offered, results?.offered]).toEqual([true, true, false, false]);
    expect(judgeAnswer({ label: 'bad', reason: 'no set-up' }, rise!)).toBe('offered, though no set-up');
    expect(judgeAnswer({ label: 'good' }, results!)).toMatch(/^not offered: results on/);
    expect(judgeAnswer({ label: 'bad', reason: 'illiquid' }, results!)).toMatch(/^refused, but not as illiquid/);
    expect(old?.said).toEqual(['no strategy sees a set-up in it now: its news is 74 h old, and such news counts for 12']);
  });
});
