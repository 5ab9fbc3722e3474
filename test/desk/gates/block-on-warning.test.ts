import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checks } from '../../../desk/gates/checks.ts';
import { entryOnDesk } from './arbitrary.ts';
import { blockedBy, cancelAction, enterAction, exitAction, fact, holding, judge, openOrder, passingSnapshot, withInstrument, withLimits, withSwitches } from './fixtures.ts';

describe('a desk that takes warnings for refusals', () => {
  const unlisted = (given = passingSnapshot()) => withInstrument({ sector: { known: false, reason: 'no list has it' } }, given);

  it('refuses an entry on the warning of a check that it named, and on no other', () => {
    expect(judge(enterAction(), unlisted()).verdict).toBe('PASS');
    const strict = unlisted(withLimits({ blockOnWarning: ['exposure_sector_known'] }));
    expect(judge(enterAction(), strict)).toMatchObject({ verdict: 'BLOCK' });
    expect(blockedBy(judge(enterAction(), strict))).toEqual(['exposure_sector_known']);
    expect(judge(enterAction(), unlisted(withLimits({ blockOnWarning: ['similar_setups'] }))).verdict).toBe('PASS');
  });

  it('lets through nothing that it refused before, whatever it names', () => {
    fc.assert(fc.property(entryOnDesk, fc.subarray(checks.map(({ id }) => id)), ({ snapshot, action }, blockOnWarning) => {
      const before = judge(action, snapshot);
      const after = judge(action, { ...snapshot, limits: { ...snapshot.limits, blockOnWarning } });
      if (before.verdict === 'BLOCK') expect(after.verdict).toBe('BLOCK');
      for (const id of blockedBy(before)) expect(blockedBy(after)).toContain(id);
    }), { seed: 5, numRuns: 200 });
  });

  it('holds no exit and no cancelled entry back', () => {
    const all = checks.map(({ id }) => id);
    const strict = withLimits({ blockOnWarning: all });
    expect(judge(cancelAction(), { ...strict, openOrders: fact([openOrder()]) }).verdict).toBe('PASS');
    expect(judge(exitAction(), withSwitches({ desk: 'HALTED' }, holding({}, strict))).verdict).toBe('PASS');
  });
});
