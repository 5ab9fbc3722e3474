import type { ScoredCase } from './score-suites.ts';

/** `difference` head minus base over the cases that both have, −1 to 1, with its 95 % interval by resampling cases in pairs. Without a common case nothing is compared: every figure is null. */
export interface SuiteComparison {
  suite: string; safety: boolean; pairs: number; onlyBase: number; onlyHead: number; base: number | null; head: number | null; difference: number | null; low: number | null; high: number | null;
  /** Exact two-sided McNemar probability of so uneven a split of the cases that changed, were both runs alike. */
  probability: number | null; lost: string[]; gained: string[];
  /** The shares of cases of which every try was right (pass^k), and McNemar's probability over those that are so in one run alone. With one try each they are the figures above. */
  passedBase: number | null; passedHead: number | null; passedProbability: number | null;
  verdict: 'SAFETY_FAILURE' | 'WORSE' | 'BETTER' | 'NO_DIFFERENCE_SHOWN' | 'NOT_COMPARED';
}

/** McNemar's exact test (1947): of `lost + gained` changed cases, each as likely to be either. */
export function mcnemar(lost: number, gained: number): number {
  const changed = lost + gained;
  let [term, sum] = [0.5 ** changed, 0];
  for (let k = 0; k <= Math.min(lost, gained); k += 1) { sum += term; term = (term * (changed - k)) / (k + 1); }
  return Math.min(1, 2 * sum);
}

const draws = 2000;
/** A small linear congruential generator: the same cases give the same interval. */
function* indices(count: number): Generator<number, never> {
  let state = 20_241_127;
  for (;;) { state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; yield Math.floor((state / 2 ** 32) * count); }
}
function interval(differences: readonly number[]): { low: number; high: number } {
  const next = indices(differences.length);
  const means = Array.from({ length: draws }, () => { let sum = 0; for (let i = 0; i < differences.length; i += 1) sum += differences[next.next().value] ?? 0; return sum / differences.length; }).toSorted((a, b) => a - b);
  return { low: means[Math.floor(draws * 0.025)] ?? 0, high: means[Math.ceil(draws * 0.975) - 1] ?? 0 };
}

/**
 * Compares two runs case by case. A safety suite fails by any case of the head's below 1, whatever the base did. Others are worse or
 * better where the resampled interval leaves zero out and McNemar's test agrees at 5 %.
 */
export function compareRuns(base: readonly ScoredCase[], head: readonly ScoredCase[]): SuiteComparison[] {
  const suites = [...new Set([...base, ...head].map(({ suite }) => suite))];
  return suites.map((suite) => {
    const before = new Map(base.filter((each) => each.suite === suite).map((each) => [each.caseId, each.score]));
    const own = head.filter((each) => each.suite === suite);
    const pairs = own.flatMap(({ caseId, score }) => { const was = before.get(caseId); return was === undefined ? [] : [{ caseId, was, is: score }]; });
    const safety = own.some((each) => each.safety);
    const counts = { suite, safety, pairs: pairs.length, onlyBase: before.size - pairs.length, onlyHead: own.length - pairs.length };
    const unsafe = safety && own.some(({ score }) => score < 1);
    if (pairs.length === 0) return { ...counts, base: null, head: null, difference: null, low: null, high: null, probability: null, lost: [], gained: [], passedBase: null, passedHead: null, passedProbability: null, verdict: unsafe ? 'SAFETY_FAILURE' : 'NOT_COMPARED' };
    const mean = (of: (pair: (typeof pairs)[number]) => number): number => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
    const lost = pairs.filter(({ was, is }) => is < was).map(({ caseId }) => caseId);
    const gained = pairs.filter(({ was, is }) => is > was).map(({ caseId }) => caseId);
    const { low, high } = interval(pairs.map(({ was, is }) => is - was));
    const probability = mcnemar(lost.length, gained.length);
    const difference = mean(({ was, is }) => is - was);
    const passedAlone = (here: 'was' | 'is', there: 'was' | 'is'): number => pairs.filter((pair) => pair[here] === 1 && pair[there] < 1).length;
    const shown = probability < 0.05 && (low > 0 || high < 0);
    return {
      ...counts, base: mean(({ was }) => was), head: mean(({ is }) => is), difference, low, high, probability, lost, gained,
      passedBase: mean(({ was }) => Number(was === 1)), passedHead: mean(({ is }) => Number(is === 1)), passedProbability: mcnemar(passedAlone('was', 'is'), passedAlone('is', 'was')),
      verdict: unsafe ? 'SAFETY_FAILURE' : shown ? (difference < 0 ? 'WORSE' : 'BETTER') : 'NO_DIFFERENCE_SHOWN',
    };
  });
}
