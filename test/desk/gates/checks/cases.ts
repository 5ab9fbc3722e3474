import { expect, it } from 'vitest';
import type { Action } from '../../../../desk/actions/types.ts';
import type { CheckResult } from '../../../../desk/gates/define.ts';
import type { GateSnapshot } from '../../../../desk/gates/snapshot.ts';
import { judge, lineOf } from '../fixtures.ts';

/** What one check says: its line, in short. */
type Word = 'passes' | 'passes with a caveat' | 'warns' | 'blocks' | 'does not apply';
const wordFor = ({ severity, passed, code }: CheckResult): Word =>
  passed ? (code === 'NOT_APPLICABLE' ? 'does not apply' : severity === 'WARN' ? 'passes with a caveat' : 'passes') : severity === 'BLOCK' ? 'blocks' : 'warns';

export interface Case { it: string; action: Action; given: GateSnapshot; word: Word; says?: RegExp | string; missing?: true; nearest?: unknown }

/** Each case is a promise of one check, tested through the whole gate. */
export function promises(checkId: string, cases: readonly Case[]): void {
  for (const { it: title, action, given, word, says, missing = false, nearest } of cases) {
    it(`${checkId} ${title}`, () => {
      const report = judge(action, given);
      const line = lineOf(report, checkId);
      expect(wordFor(line), line.message).toBe(word);
      expect(line.code === 'MISSING').toBe(missing);
      if (says !== undefined) expect(line.message).toMatch(says);
      if (nearest !== undefined) expect(report.counterfactuals.find((answer) => answer.checkId === checkId)?.nearest ?? null).toEqual(nearest);
      if (word === 'blocks') expect(report.verdict).toBe('BLOCK');
      if (line.headroom !== null) expect(line.headroom).toBeCloseTo((line.limit ?? 0) - (line.measured ?? 0), 9);
    });
  }
}
