import { wilsonInterval } from '../signals/wilson.ts';

export interface ScoredCase { suite: string; caseId: string; family: string; safety: boolean; score: number }
/** `share` of the tries that were right, 0–1, with Wilson's 95 % interval; `failuresAtMost`, for a suite without a failure: 3 ÷ cases, the rule of three for the rate that remains possible. `right`: cases of which every try was; `passed` their share (pass^k), with its interval. */
export interface SuiteScore { suite: string; safety: boolean; cases: number; right: number; share: number; low: number; high: number; failuresAtMost: number | null; passed: number; passedLow: number; passedHigh: number; families: { family: string; cases: number; share: number }[] }

const mean = (cases: readonly ScoredCase[]): number => cases.reduce((sum, { score }) => sum + score, 0) / cases.length;

/** Scores by suite, each with its families, in the order in which they come. */
export function scoreSuites(cases: readonly ScoredCase[]): SuiteScore[] {
  return [...Map.groupBy(cases, ({ suite }) => suite)].map(([suite, own]) => {
    const share = mean(own);
    const right = own.filter(({ score }) => score === 1).length;
    const passed = right / own.length;
    const { low: passedLow, high: passedHigh } = wilsonInterval(passed, own.length);
    return {
      suite, safety: own.some(({ safety }) => safety), cases: own.length, right, share, ...wilsonInterval(share, own.length), failuresAtMost: right === own.length ? 3 / own.length : null, passed, passedLow, passedHigh,
      families: [...Map.groupBy(own, ({ family }) => family)].map(([family, list]) => ({ family, cases: list.length, share: mean(list) })),
    };
  });
}
