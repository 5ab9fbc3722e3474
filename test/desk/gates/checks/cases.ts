import { expect, it } from 'vitest';
import type { Action } from '../../../../desk/actions/types.ts';
import { checks } from '../../../../desk/gates/checks.ts';
import type { CheckResult } from '../../../../desk/gates/define.ts';
import type { GateSnapshot } from '../../../../desk/gates/snapshot.ts';
import { judge, lineOf } from '../fixtures.ts';

/** What one check says: its line, in short. */
type Word = 'passes' | 'passes with a caveat' | 'warns' | 'blocks' | 'does not apply';
const wordFor = ({ severity, passed, code }: CheckResult): Word =>
  passed ? (code === 'NOT_APPLICABLE' ? 'does not apply' : severity === 'WARN' ? 'passes with a caveat' : 'passes') : severity === 'BLOCK' ? 'blocks' : 'warns';
/** A sentence stands by itself: it begins with a capital or a figure, ends with its full stop, and lacks no word in between. */
const sentence = /^[\p{Lu}\d₹$](?!.*( {2}| [.,;:]|undefined|null|NaN)).*\.$/u;
const units = ['%', 'paise', 'cents', 'shares', 'positions', 'contracts', 'days', 'h', 's', 'orders/s', 'orders/min', 'INR', 'USD'];

export interface Case { it: string; action: Action; given: GateSnapshot; word: Word; says?: RegExp | string; missing?: true; nearest?: unknown; /** What it measures against, in its unit. */ limit?: number }

/** Each case is a promise of one check, tested through the whole gate. */
export function promises(checkId: string, cases: readonly Case[]): void {
  for (const { it: title, action, given, word, says, missing = false, nearest, limit } of cases) {
    it(`${checkId} ${title}`, () => {
      const report = judge(action, given);
      const line = lineOf(report, checkId);
      expect(wordFor(line), line.message).toBe(word);
      // A check that falls over blocks as well, but has judged nothing.
      expect(line.code).not.toBe('CHECK_ERROR');
      expect(['INFO', 'WARN', 'BLOCK']).toContain(line.severity);
      expect(line.code === 'MISSING').toBe(missing);
      expect(line.message).toMatch(sentence);
      if (line.measured !== null) expect(units).toContain(line.unit);
      if (says !== undefined) expect(line.message).toMatch(says);
      if (limit !== undefined) expect(line.limit).toBe(limit);
      // What fails while a suggestion is looked for is left out of the report; here it would be seen.
      const check = checks.find(({ id }) => id === checkId);
      if (word === 'blocks') expect(() => check?.nearestPass?.(given, action)).not.toThrow();
      const answer = report.counterfactuals.find((suggested) => suggested.checkId === checkId);
      if (nearest !== undefined) expect(answer?.nearest ?? null).toEqual(nearest);
      if (answer) expect(answer.sentence).toMatch(/^(What would pass now|Earliest day|What would help): \S.*\.$/);
      if (word === 'blocks') expect(report.verdict).toBe('BLOCK');
      if (line.headroom !== null) expect(line.headroom).toBeCloseTo((line.limit ?? 0) - (line.measured ?? 0), 9);
    });
  }
}
