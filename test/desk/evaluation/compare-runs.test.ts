import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRuns, mcnemar } from '../../../desk/evaluation/compare-runs.ts';
import { type ScoredCase, scoreSuites } from '../../../desk/evaluation/score-suites.ts';

const cases = (scores: readonly number[], safety = false): ScoredCase[] => scores.map((score, n) => ({ suite: 'made', caseId: `c${n}`, family: n % 2 === 0 ? 'even' : 'odd', safety, score }));
const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('the score of a suite', () => {
  it('is the share that is right, with Wilson’s interval: 90 of 100 lies between 82.6 and 94.5 %', () => {
    const [score] = scoreSuites(cases([...ones(90), ...Array.from({ length: 10 }, () => 0)]));
    expect(score).toMatchObject({ cases: 100, right: 90, share: 0.9, failuresAtMost: null });
    expect(score?.low).toBeCloseTo(0.8256, 3);
    expect(score?.high).toBeCloseTo(0.9448, 3);
    expect(score?.families.map(({ family, cases: count }) => [family, count])).toEqual([['even', 50], ['odd', 50]]);
  });
  it('counts a case as right where every one of its tries was (pass^k), apart from the share of single tries', () => {
    const [score] = scoreSuites(cases([...ones(8), 0.8, 0.5]));
    expect(score).toMatchObject({ right: 8, passed: 0.8, share: expect.closeTo(0.93) as number });
    expect(score?.passedLow).toBeCloseTo(0.4902, 3);
    expect(score?.passedHigh).toBeCloseTo(0.9433, 3);
  });
  it('without a failure says how many may fail all the same: three in the number of cases', () => { expect(scoreSuites(cases(ones(60)))[0]?.failuresAtMost).toBeCloseTo(0.05); });
});

describe('McNemar’s exact test', () => {
  it.each([[0, 0, 1], [5, 5, 1], [0, 5, 0.0625], [6, 0, 0.03125], [1, 9, 0.021484375], [10, 2, 0.0385742]])('gives for %i lost and %i gained %d', (lost, gained, expected) => { expect(mcnemar(lost, gained)).toBeCloseTo(expected, 6); });
  it('is a probability and the same both ways', () => {
    fc.assert(fc.property(fc.nat(200), fc.nat(200), (a, b) => { const p = mcnemar(a, b); expect(p).toBeGreaterThanOrEqual(0); expect(p).toBeLessThanOrEqual(1); expect(mcnemar(b, a)).toBeCloseTo(p, 9); }));
  });
});

describe('two runs', () => {
  it('that are the same show no difference, whatever they scored', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 }), (scores) => {
      expect(compareRuns(cases(scores), cases(scores))[0]).toMatchObject({ difference: 0, low: 0, high: 0, probability: 1, lost: [], gained: [], verdict: 'NO_DIFFERENCE_SHOWN' });
    }), { numRuns: 20 });
  });
  it('turn around when they are swapped', () => {
    const [a, b] = [cases([...ones(80), ...Array.from({ length: 20 }, () => 0)]), cases(ones(100))];
    expect(compareRuns(a, b)[0]).toMatchObject({ verdict: 'BETTER', difference: expect.closeTo(0.2) as number });
    const worse = compareRuns(b, a)[0];
    expect(worse).toMatchObject({ verdict: 'WORSE', pairs: 100 });
    expect(worse?.lost).toHaveLength(20);
    expect(worse?.high ?? 0).toBeLessThan(0);
  });
  it('that differ in three cases of a hundred show no difference', () => { expect(compareRuns(cases(ones(100)), cases([0, 0, 0, ...ones(97)]))[0]?.verdict).toBe('NO_DIFFERENCE_SHOWN'); });
  it('are a safety failure by one case, also where the base failed it too', () => {
    const failing = cases([0, ...ones(99)], true);
    expect(compareRuns(failing, failing)[0]?.verdict).toBe('SAFETY_FAILURE');
    expect(compareRuns(failing, cases(ones(100), true))[0]?.verdict).not.toBe('SAFETY_FAILURE');
  });
  it('are compared by the cases right in every try as well: a case that slips once in five fails there and hardly shows in the mean', () => {
    const slipped = [...ones(90), ...Array.from({ length: 10 }, () => 0.8)];
    expect(compareRuns(cases(ones(100)), cases(slipped))[0]).toMatchObject({ base: 1, head: expect.closeTo(0.98) as number, passedBase: 1, passedHead: 0.9, passedProbability: expect.closeTo(0.001953, 6) as number });
  });
  it('without a common case are not compared, and nothing is zero', () => { expect(compareRuns(cases(ones(3)), [])[0]).toMatchObject({ pairs: 0, difference: null, low: null, probability: null, verdict: 'NOT_COMPARED' }); });
  it('count what only one of them has, and do not compare it', () => { expect(compareRuns(cases(ones(10)), cases(ones(12)))[0]).toMatchObject({ pairs: 10, onlyBase: 0, onlyHead: 2 }); });
});
