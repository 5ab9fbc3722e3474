import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action } from '../../../desk/actions/types.ts';
import { checks } from '../../../desk/gates/checks.ts';
import { type Check, defineCheck } from '../../../desk/gates/define.ts';
import { type GateSnapshot, missing } from '../../../desk/gates/snapshot.ts';
import { anySnapshot } from './arbitrary.ts';
import { accountId, anyAction, blockedBy, cancelAction, closeAllAction, enterAction, exitAction, fact, holding, judge, lineOf, modifyAction, now, openOrder, passingSnapshot, position, reduceAction, structureAction, structureSnapshot } from './fixtures.ts';

const unread = missing('not read');
/** The worst desk that an exit can meet: every limit at nothing, everything halted, every fact gone that is not structural. */
const worstDesk = (snapshot: GateSnapshot): GateSnapshot => ({
  ...snapshot,
  limits: {
    ...snapshot.limits, advMaxRatio: 0, maxSpreadPercent: 0, eventBlackoutDays: 99, catalystFreshnessHours: 0, maxSectorExposure: 0, maxSingleNamePercent: 0, maxGrossPercent: 0, maxClusterPercent: 0,
    fatFingerPercent: 0, quoteMaxAgeSeconds: 0, ordersPerSecond: 0, ordersPerMinute: 0, optionsTradingEnabled: false, optionsMaxRiskMinor: 0, liveTrading: false, fourEyesMinor: 0,
  },
  switches: { desk: 'HALTED', account: 'HALTED', deskReason: 'loss', accountReason: 'loss', killFile: { state: 'MALFORMED' }, tripped: [{ type: 'MAX_DAILY_LOSS', scope: 'desk', value: 9, at: now }] },
  account: snapshot.account.known ? { ...snapshot.account, value: { ...snapshot.account.value, status: 'CLOSED', mode: 'live', liveArmedUntil: null } } : snapshot.account,
  balances: unread, mandate: unread, correlatedWith: unread, orderRate: unread, catalyst: unread, similarSetups: unread, estimatedChargesMinor: unread, instruments: {},
});
const leaving: [string, Action, GateSnapshot][] = [
  ['an exit', exitAction({ orderType: 'LIMIT', limitPrice: '1234.567' }), holding()],
  ['a reduction', reduceAction(), holding()],
  ['buying back a short', reduceAction(), holding({ quantity: -40 })],
  ['cancelling an entry', cancelAction(), passingSnapshot({ openOrders: fact([openOrder()]) })],
  ['tightening a stop', modifyAction(), holding()],
  ['moving an entry to a better price', modifyAction({ positionId: undefined, orderId: openOrder().orderId, stop: undefined, limitPrice: '1400' }), passingSnapshot({ openOrders: fact([openOrder()]) })],
  ['closing everything', closeAllAction(), holding()],
];

describe('what reduces risk', () => {
  it.each(leaving)('goes through when every limit, switch and missing fact is against it: %s', (_what, action, snapshot) => {
    const report = judge(action, worstDesk(snapshot));
    expect(report.reducesRisk).toBe(true);
    expect(blockedBy(report)).toEqual([]);
    expect(report.verdict).toBe('PASS');
  });

  it('goes through on any desk, for any part of any position', () => {
    fc.assert(fc.property(anySnapshot, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), fc.boolean(), (snapshot, held, part, long) => {
      const desk = worstDesk({ ...snapshot, positions: fact([position({ quantity: long ? held : -held })]), openOrders: fact([]), committed: [] });
      const report = judge(reduceAction({ quantity: Math.min(part, held) }), desk);
      expect(report.verdict).toBe('PASS');
    }), { numRuns: 200 });
  });

  it.each(checks.filter(({ structural }) => !structural).map(({ id }) => id))('is not stopped by a failure inside a check that is not structural: %s', (id) => {
    const broken = checks.map((check): Check => (check.id === id ? { ...check, evaluate: () => { throw new Error('bug'); } } : check));
    for (const [, action, snapshot] of leaving) expect(judge(action, snapshot, broken).verdict).toBe('PASS');
  });

  it('is stopped by a failure inside a structural check, for nobody knows whether it is an exit then', () => {
    const broken = checks.map((check): Check => (check.id === 'position_covers' ? { ...check, evaluate: () => { throw new Error('bug'); } } : check));
    expect(lineOf(judge(exitAction(), holding(), broken), 'position_covers')).toMatchObject({ severity: 'BLOCK', passed: false, code: 'CHECK_ERROR' });
  });
});

describe('what goes wrong inside a check', () => {
  const entryChecks = checks.filter(({ appliesTo }) => appliesTo.includes('enter')).map(({ id }) => id);
  it.each(entryChecks)('blocks an entry, with a code and without the error in words: %s', (id) => {
    const broken = checks.map((check): Check => (check.id === id ? { ...check, evaluate: () => { throw new Error('secret detail'); } } : check));
    const report = judge(enterAction(), passingSnapshot(), broken);
    expect(lineOf(report, id)).toEqual({ id, version: lineOf(judge(enterAction()), id).version, severity: 'BLOCK', passed: false, measured: null, limit: null, unit: '', headroom: null, message: `The check ${id} could not be run.`, code: 'CHECK_ERROR', reads: lineOf(judge(enterAction()), id).reads });
    expect(report.verdict).toBe('BLOCK');
    expect(JSON.stringify(report)).not.toContain('secret detail');
  });

  const odd = (outcome: ReturnType<Check['evaluate']>): Check => defineCheck({ id: 'odd', version: 1, appliesTo: ['enter'], structural: false, severity: 'BLOCK', whenMissing: 'BLOCK', reads: [], evaluate: () => outcome });
  it('never reads what is not a number as a pass', () => {
    const report = judge(enterAction(), passingSnapshot(), [odd({ kind: 'measured', measured: Number.NaN, limit: 1, unit: '%', passed: true, message: 'fine' })]);
    expect(report.checks[0]).toMatchObject({ code: 'CHECK_ERROR', passed: false });
    expect(report.verdict).toBe('BLOCK');
  });
  it.each([['BLOCK', { severity: 'BLOCK', passed: false }], ['WARN', { severity: 'WARN', passed: false }], ['NOT_APPLICABLE', { severity: 'INFO', passed: true }]] as const)('takes a missing value as its check declares it: %s', (whenMissing, expected) => {
    const lacking: Check = { ...odd({ kind: 'missing', what: 'It', message: 'It is not known: no source.' }), whenMissing };
    expect(judge(enterAction(), passingSnapshot(), [lacking]).checks[0]).toEqual({ id: 'odd', version: 1, ...expected, measured: null, limit: null, unit: '', headroom: null, message: 'It is not known: no source.', code: 'MISSING', reads: [] });
  });
  it('writes no figure for what has no bound', () => {
    const [line] = judge(enterAction(), passingSnapshot(), [odd({ kind: 'measured', measured: Infinity, limit: 1, unit: '%', passed: false, message: 'too much' })]).checks;
    expect(line).toMatchObject({ measured: null, limit: 1, headroom: null, severity: 'BLOCK' });
    expect(judge(enterAction(), passingSnapshot(), [odd({ kind: 'measured', measured: 1, limit: Infinity, unit: '%', passed: true, message: 'fine' })]).checks[0]).toMatchObject({ measured: 1, limit: null, headroom: null, severity: 'INFO' });
  });
  it('takes an action whose direction cannot be judged for one that reduces nothing', () => {
    const torn = { ...holding(), positions: null } as unknown as GateSnapshot;
    expect(judge(exitAction(), torn)).toMatchObject({ reducesRisk: false, verdict: 'BLOCK', worstLossMinor: null });
  });
  it.each([['INR', 'paise', '₹'], ['USD', 'cents', '$']] as const)('writes money of a %s account in %s', (baseCurrency, unit, sign) => {
    const inCurrency = (base: GateSnapshot): GateSnapshot => ({ ...base, account: base.account.known ? { ...base.account, value: { ...base.account.value, baseCurrency } } : base.account });
    const lines = [enterAction(), anyAction({ kind: 'withdrawal', accountId, amountMinor: 100, reason: 'rent' })].flatMap((action) => judge(action, inCurrency(passingSnapshot())).checks).concat(judge(structureAction(), inCurrency(structureSnapshot())).checks);
    const money = lines.filter(({ id }) => ['position_size', 'buying_power', 'cash_available', 'structure_max_loss', 'margin'].includes(id));
    expect(money).toHaveLength(6);
    for (const line of money) expect([line.unit, line.message.includes(sign)], line.id).toEqual([unit, true]);
  });
  it('blocks what no check judges', () => {
    expect(judge(enterAction(), passingSnapshot(), []).verdict).toBe('BLOCK');
  });
  it('keeps the verdict when a suggestion cannot be found', () => {
    const clumsy: Check = { ...odd({ kind: 'stated', passed: false, message: 'no' }), nearestPass: () => { throw new Error('bug'); } };
    expect(judge(enterAction(), passingSnapshot(), [clumsy])).toMatchObject({ verdict: 'BLOCK', counterfactuals: [] });
  });
  it('refuses an entry on a snapshot out of which something was torn, and never falls over', () => {
    const needed = ['person', 'account', 'balances', 'mandate', 'limits', 'switches', 'session', 'instruments', 'positions', 'openOrders', 'committed', 'recentActions', 'orderRate', 'brokerReachable', 'estimatedChargesMinor'];
    const names = Object.keys(passingSnapshot());
    fc.assert(fc.property(fc.subarray(names, { minLength: 1 }), (torn) => {
      const snapshot = Object.fromEntries(Object.entries(passingSnapshot()).map(([name, value]) => [name, torn.includes(name) ? null : value])) as unknown as GateSnapshot;
      const report = judge(enterAction(), snapshot);
      if (torn.some((name) => needed.includes(name))) expect(report.verdict).toBe('BLOCK');
      expect(report.checks.length).toBeGreaterThan(30);
    }), { numRuns: 300 });
  });
});
