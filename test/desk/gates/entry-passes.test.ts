import { describe, expect, it } from 'vitest';
import { checks } from '../../../desk/gates/checks.ts';
import { blockedBy, closeAllAction, enterAction, exitAction, holding, judge, lineOf, passingSnapshot, reduceAction, structureAction, structureSnapshot } from './fixtures.ts';

describe('the fixtures that other tests start from', () => {
  it('pass an entry on every check', () => {
    const report = judge(enterAction());
    expect(report.checks.filter(({ passed, severity }) => !passed || severity !== 'INFO')).toEqual([]);
    expect(report).toMatchObject({ verdict: 'PASS', reducesRisk: false, worstLossMinor: 101_300, policyVersion: 'test-1', counterfactuals: [] });
  });

  it('pass exits of all or part of a position', () => {
    for (const action of [exitAction(), reduceAction(), closeAllAction()]) expect(judge(action, holding())).toMatchObject({ verdict: 'PASS', reducesRisk: true });
  });

  it('pass an option structure', () => {
    const report = judge(structureAction(), structureSnapshot());
    expect(blockedBy(report)).toEqual([]);
    expect(report.worstLossMinor).toBe(151_300);
  });

  it('report the checks in the order of the table, each with the facts that it read', () => {
    const order = checks.map(({ id }) => id);
    const places = judge(enterAction(), passingSnapshot()).checks.map(({ id }) => order.indexOf(id));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(lineOf(judge(enterAction()), 'position_size').reads).toContain('balances.equityMinor');
  });

  it('name every check once', () => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });
});
