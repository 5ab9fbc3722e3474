import { describe, expect, it } from 'vitest';
import { actionDigest } from '../../../desk/actions/digest.ts';
import { checks, checksOf } from '../../../desk/gates/checks.ts';
import { blocksOf, checkName, explainLargest, explainReport, gatesLine, passedCount, warningsOf, wouldPass } from '../../../desk/gates/explain.ts';
import { withSets } from '../../../desk/gates/option-payoff.ts';
import { type LargestQuantity, largestPassingQuantity } from '../../../desk/gates/why-not-bigger.ts';
import { known } from '../../../desk/gates/snapshot.ts';
import { instant, plusMs } from '../../../desk/time.ts';
import { accountId, anyAction, enterAction, eventId, exitAction, fact, holding, judge, lineOf, passingSnapshot, position, quote, structureAction, structureSnapshot, withInstrument, withLimits, withMandate, withSwitches } from './fixtures.ts';

const energy = passingSnapshot({ positions: fact([position({ symbol: 'ONGC', sector: 'Energy', quantity: 40 })]) });
const inEnergy = withMandate({ riskPerTradePercent: 10, maxPositionPercent: 100 }, withLimits({ maxSingleNamePercent: 100 }, withInstrument({ sector: fact('Energy') }, energy)));

describe('a report in words', () => {
  it('says what blocks and what would pass', () => {
    expect(explainReport(judge(enterAction({ quantity: 120 }), inEnergy))).toBe('Blocked: energy would be 48 % of equity; the limit is 30 %. What would pass now: 60 shares.');
  });

  it('gives each block its sentence and one answer for all', () => {
    const words = explainReport(judge(enterAction({ quantity: 90 }), withMandate({ riskPerTradePercent: 0.5, maxPositionPercent: 100 }, inEnergy)));
    expect(words).toBe('Blocked: the most this can lose is ₹4,513; risk per trade is ₹2,500 (0.5 % of equity). Energy would be 39 % of equity; the limit is 30 %. What would pass now: 49 shares.');
  });

  it('gives the size that passes all, not that of the first', () => {
    expect(explainReport(judge(enterAction({ quantity: 120 }), withMandate({ riskPerTradePercent: 0.8, maxPositionPercent: 100 }, inEnergy)))).toMatch(/the limit is 30 %\. What would pass now: 60 shares\.$/);
  });

  it('promises no size when something else blocks as well', () => {
    const words = explainReport(judge(enterAction({ quantity: 120 }), withSwitches({ account: 'REDUCING', accountReason: 'paused by you at 13:02' }, inEnergy)));
    expect(words).toContain('Blocked: this account is reducing only: paused by you at 13:02.');
    expect(words).toContain('What would help: resume.');
    expect(words).not.toContain('shares.');
  });

  it('says a size in sets of a structure, in the singular where there is one', () => {
    const oneSet = (action: Parameters<typeof judge>[0], given = structureSnapshot()) => explainReport(judge(action, given));
    expect(oneSet(withSets(structureAction(), 7))).toContain('What would pass now: 3 sets.');
    expect(oneSet(withSets(structureAction(), 4), withMandate({ riskPerTradePercent: 0.4 }, structureSnapshot()))).toContain('What would pass now: 1 set.');
    expect(explainReport(judge(enterAction({ quantity: 4, bracket: { stop: '100' } }), withLimits({ fatFingerPercent: 20 }, withMandate({ riskPerTradePercent: 0.3 }))))).toContain('What would pass now: 1 share.');
  });

  it('says a price, a day and a command as they are said', () => {
    expect(explainReport(judge(enterAction({ limitPrice: '1500.03' })))).toMatch(/ What would pass now: ₹1,500\.05\.$/);
    const tomorrow = { ...passingSnapshot(), session: fact({ open: false, tradingDay: false, opensAt: null, closesAt: null, nextOpen: instant('2024-06-04T03:45:00Z'), reason: 'Sunday' }) };
    expect(explainReport(judge(enterAction(), tomorrow))).toMatch(/ Earliest day: 4 June\.$/);
    expect(explainReport(judge(enterAction(), withSwitches({ account: 'REDUCING' })))).toMatch(/ What would help: resume\.$/);
  });

  it('suggests nothing for a check that could not be run, nor for one that passed', () => {
    const broken = checks.map((check) => (check.id === 'tick_size' ? { ...check, evaluate: () => { throw new Error('bug'); } } : check));
    const report = judge(enterAction({ limitPrice: '1500.03', quantity: 120 }), inEnergy, broken);
    expect(report.counterfactuals.map(({ checkId }) => checkId)).toEqual(['exposure']);
    expect(explainReport(report)).toContain('the check tick_size could not be run.');
  });

  it('gives each answer once, and no size that passes one refusal of two', () => {
    const given = withLimits({ maxSectorExposure: 0.00001 }, withSwitches({ account: 'REDUCING' }, inEnergy));
    expect(wouldPass(judge(enterAction({ quantity: 120 }), given))).toEqual(['What would help: resume.']);
    const alone = judge(enterAction({ quantity: 51 }), withInstrument({ lotSize: 25 }));
    expect(wouldPass({ ...alone, counterfactuals: alone.counterfactuals.filter(({ checkId }) => checkId !== 'every_check') })).toEqual(['What would pass now: 50 shares.']);
  });

  it('counts what is refused beside what passed', () => {
    const report = judge(enterAction({ quantity: 120 }), withInstrument({ quote: fact(quote(1_500, { spreadFrom: 'bars' })), priceBand: { known: false, reason: 'not published' } }, inEnergy));
    expect(gatesLine(report)).toBe(`Gates: ${passedCount(report)} passed, 1 blocked, 2 warnings (today's price band of INFY is not known: not published; the spread is 0 %, modelled from bars; the limit is 0.5 %).`);
    expect(passedCount(report)).toBe(report.checks.filter(({ severity, code }) => severity === 'INFO' && code === null).length);
    expect(passedCount(report)).toBeLessThan(report.checks.filter(({ passed }) => passed).length);
    const unmeasured = judge(enterAction(), passingSnapshot({ similarSetups: { known: false, reason: 'no history' } }));
    expect(passedCount(unmeasured)).toBe(passedCount(judge(enterAction())) - (lineOf(judge(enterAction()), 'similar_setups').code === null ? 1 : 0));
  });

  it('keeps the capitals of symbols', () => {
    expect(explainReport(judge(enterAction(), withInstrument({ banned: fact(true) })))).toMatch(/^Blocked: INFY is on the exchange's ban list/);
  });

  it('counts what passed and tells each warning', () => {
    const report = judge(enterAction(), withInstrument({ quote: fact(quote(1_500, { spreadFrom: 'bars' })) }));
    expect(warningsOf(report)).toHaveLength(1);
    expect(gatesLine(report)).toBe(`Gates: ${passedCount(report)} passed, 1 warning (the spread is 0 %, modelled from bars; the limit is 0.5 %).`);
    expect(passedCount(report)).toBeGreaterThan(25);
    expect(blocksOf(report)).toEqual([]);
  });

  it('says of an exit that limits do not apply', () => {
    expect(explainReport(judge(exitAction(), holding()))).toMatch(/^Passed\. Reduces risk, so limits do not apply\. Gates: \d+ passed\.$/);
    expect(explainReport(judge(enterAction()))).toMatch(/^Passed\. Gates: \d+ passed\.$/);
  });

  it('says so when no check knows the action', () => {
    expect(explainReport(judge(enterAction(), passingSnapshot(), []))).toBe('Blocked: no check knows this action.');
  });

  it('has a name for every check', () => {
    for (const { id } of checks) expect(checkName(id)).not.toContain('_');
  });
});

describe('why not bigger', () => {
  it('names the limit that binds, by how much one more fails, and what comes next', () => {
    const answer = largestPassingQuantity({ action: enterAction(), snapshot: inEnergy });
    expect(answer).toMatchObject({ quantity: 60, step: 1, blockedBy: [], binding: { checkId: 'exposure' } });
    const risk = largestPassingQuantity({ action: enterAction(), snapshot: passingSnapshot() });
    expect(risk).toMatchObject({ quantity: 66, binding: { checkId: 'exposure_single_name' }, next: { checkId: 'position_size_value', quantity: 83 } });
    const bound = largestPassingQuantity({ action: enterAction(), snapshot: withMandate({ riskPerTradePercent: 0.5 }) });
    expect(explainLargest(bound!, { currency: 'INR' })).toBe('Bound by risk per trade: ₹2,463 of ₹2,500. 49 is the most that passes; 50 fails by ₹13. Next limit after that: single name (20 %) at 66 shares.');
  });

  it('steps by shares where no lot makes sense', () => {
    for (const lotSize of [0, -25, 0.5]) expect(largestPassingQuantity({ action: enterAction(), snapshot: withInstrument({ lotSize }) })?.step).toBe(1);
    expect(largestPassingQuantity({ action: enterAction({ symbol: 'TCS' }), snapshot: passingSnapshot() })?.step).toBe(1);
  });

  it('steps by lots and by sets', () => {
    expect(largestPassingQuantity({ action: enterAction({ quantity: 25 }), snapshot: withInstrument({ lotSize: 25 }) })).toMatchObject({ quantity: 50, step: 25 });
    const sets = largestPassingQuantity({ action: structureAction(), snapshot: structureSnapshot() });
    expect(sets).toMatchObject({ quantity: 3, step: 1, binding: { checkId: 'position_size' } });
    expect(explainLargest(sets!, { currency: 'INR', unit: 'sets' })).toMatch(/3 is the most that passes; 4 fails by ₹1,013\. Next limit after that: loss of a structure at 6 sets\.$/);
  });

  it('says what blocks at any size', () => {
    const answer = largestPassingQuantity({ action: enterAction(), snapshot: withSwitches({ desk: 'HALTED' }) });
    expect(answer).toMatchObject({ quantity: 0, blockedBy: ['desk_state'] });
    expect(explainLargest(answer!, { currency: 'INR' })).toBe('No size passes now: desk state.');
    expect(explainLargest({ ...answer!, blockedBy: ['desk_state', 'margin'] }, { currency: 'INR' })).toBe('No size passes now: desk state, margin.');
  });

  it('says percentages, shares and what has no figure in their own way', () => {
    const base = { quantity: 60, step: 1, blockedBy: [], next: null };
    const said = (binding: LargestQuantity['binding'], next: LargestQuantity['next'] = null) => explainLargest({ ...base, binding, next }, { currency: 'USD' });
    expect(said({ checkId: 'exposure', measured: 30, limit: 30.5, unit: '%', failsBy: 0.25 })).toBe('Bound by sector: 30 % of 30.5 %. 60 is the most that passes; 61 fails by 0.25 %.');
    expect(said({ checkId: 'liquidity', measured: 5_000, limit: 5_001, unit: 'shares', failsBy: 1 })).toBe('Bound by share of daily volume: 5,000 of 5,001. 60 is the most that passes; 61 fails by 1.');
    expect(said({ checkId: 'buying_power', measured: 100_000, limit: 100_100, unit: 'cents', failsBy: 150 })).toBe('Bound by free cash: $1,000 of $1,001. 60 is the most that passes; 61 fails by $1.50.');
    for (const gone of [{ measured: null, limit: 1 }, { measured: 1, limit: null }]) expect(said({ checkId: 'naked_short', ...gone, unit: 'contracts', failsBy: null })).toBe('Bound by cover. 60 is the most that passes; 61 fails.');
    const bound = { checkId: 'naked_short', measured: null, limit: null, unit: '', failsBy: null };
    expect(said(bound, { checkId: 'exposure', quantity: 70, limit: null, unit: '%' })).toMatch(/Next limit after that: sector at 70 shares\.$/);
    expect(said(bound, { checkId: 'margin', quantity: 70, limit: 5, unit: 'cents' })).toMatch(/Next limit after that: margin at 70 shares\.$/);
  });

  it('ends at the ceiling when no limit of size is there, and names nothing then', () => {
    const sizeless = checks.filter(({ growsWithQuantity }) => growsWithQuantity !== true);
    expect(largestPassingQuantity({ action: enterAction(), snapshot: passingSnapshot(), checks: sizeless })).toEqual({ quantity: 1_000_000_000, step: 1, binding: null, next: null, blockedBy: [] });
    expect(largestPassingQuantity({ action: enterAction(), snapshot: withInstrument({ lotSize: 75 }), checks: sizeless })).toMatchObject({ quantity: 999_999_975, step: 75 });
    expect(largestPassingQuantity({ action: enterAction(), snapshot: withSwitches({ desk: 'HALTED' }), checks: sizeless })).toEqual({ quantity: 0, step: 1, binding: null, next: null, blockedBy: ['desk_state'] });
    const one = checks.filter(({ id }) => id === 'exposure');
    expect(largestPassingQuantity({ action: enterAction(), snapshot: inEnergy, checks: one })).toMatchObject({ quantity: 60, binding: { checkId: 'exposure', measured: 30, limit: 30 }, next: null });
  });

  it('gives the figures of what blocks where not one step passes', () => {
    const nothing = largestPassingQuantity({ action: enterAction(), snapshot: withMandate({ liquidityFloorAdv: 1 }, withInstrument({ averageDailyVolume20: fact(10) })) });
    expect(nothing).toMatchObject({ quantity: 0, blockedBy: ['liquidity'], binding: { checkId: 'liquidity', measured: 1, limit: 0, failsBy: 1 } });
  });

  it('names the next limit by the figure that it will have', () => {
    expect(largestPassingQuantity({ action: enterAction(), snapshot: passingSnapshot() })?.next).toEqual({ checkId: 'position_size_value', quantity: 83, limit: 25, unit: '%' });
  });

  it('has no answer for what has no size, and says when nothing binds', () => {
    expect(largestPassingQuantity({ action: exitAction(), snapshot: holding() })).toBeNull();
    expect(explainLargest({ quantity: 1, step: 1, binding: null, next: null, blockedBy: [] }, { currency: 'INR' })).toBe('No limit binds the size.');
  });
});

describe('the table of a recorded report', () => {
  it('is found again by the ids and versions of its lines', () => {
    const report = judge(enterAction());
    const table = checksOf(report.checks);
    expect(table.ok && judge(enterAction(), passingSnapshot(), table.checks)).toEqual(report);
    expect(report.actionDigest).toBe(actionDigest(enterAction()));
  });
  it('judges by the version of its day, which counted what is cleared twice', () => {
    const tight = passingSnapshot({ balances: { known: true, value: { cashMinor: 50_000_000, reservedMinor: 100, deployableMinor: 100_000_000, equityMinor: 50_000_000 }, source: 'ledger', asOf: passingSnapshot().takenAt }, committed: [{ actionId: 'x', symbol: 'TCS', sector: null, valueMinor: 99_000_000, riskMinor: 0 }] });
    const verdict = (version: number) => { const table = checksOf([{ id: 'buying_power', version }]); return table.ok ? judge(enterAction({ quantity: 20 }), tight, table.checks).checks[0]?.passed : null; };
    expect([verdict(1), verdict(2)]).toEqual([false, true]);
  });
  it('judges net exposure by the version of its day, which took what was cleared for long', () => {
    const given = withLimits({ maxNetPercent: 40 }, passingSnapshot({ committed: [{ actionId: 'x', symbol: 'ITC', sector: null, valueMinor: 1_500_000, riskMinor: 0 }] }));
    const passes = (version: number, side: 'BUY' | 'SELL') => { const table = checksOf([{ id: 'exposure_net', version }]); return table.ok && judge(enterAction({ side, product: 'INTRADAY', quantity: 124, bracket: { stop: side === 'BUY' ? '1499' : '1501' } }), given, table.checks).checks[0]?.passed; };
    expect([passes(1, 'BUY'), passes(1, 'SELL'), passes(2, 'BUY'), passes(2, 'SELL')]).toEqual([false, true, false, false]);
  });
  it('judges margin by the version of its day as well, and says then what it counted', () => {
    const given = structureSnapshot({ instruments: { ...passingSnapshot().instruments, ...structureSnapshot().instruments }, balances: fact({ cashMinor: 301_300, reservedMinor: 0, deployableMinor: 301_300, equityMinor: 50_000_000 }), committed: [{ actionId: 'x', symbol: 'TCS', sector: null, valueMinor: 100, riskMinor: 0 }, { actionId: 'y', symbol: 'TCS', sector: null, valueMinor: 7, riskMinor: 0, exitQuantity: 1 }] });
    const line = (id: string, version: number, action = structureAction() as Parameters<typeof judge>[0]) => { const table = checksOf([{ id, version }]); return table.ok ? judge(action, given, table.checks).checks[0] : undefined; };
    expect([line('margin', 1), line('margin', 2)]).toMatchObject([{ passed: false, measured: 301_400 }, { passed: true, measured: 301_300 }]);
    const entry = enterAction({ quantity: 2, limitPrice: '1499' });
    expect(line('buying_power', 1, entry)?.message).toBe('Needs ₹3,012 with charges and what is cleared already; ₹3,013 is free to use.');
    expect(line('buying_power', 2, entry)?.message).toBe('Needs ₹3,011 with charges; ₹3,013 is free to use beside what is cleared already.');
    const plain = checksOf([{ id: 'buying_power', version: 1 }]);
    expect(plain.ok && judge(entry, passingSnapshot(), plain.checks).checks[0]?.message).toBe('Needs ₹3,011 with charges; ₹4,50,000 is free to use.');
  });
  it('speaks as it did on its day where only its words have changed', () => {
    const said = (id: string, version: number, action: Parameters<typeof judge>[0], given = passingSnapshot()) => { const table = checksOf([{ id, version }]); return table.ok ? judge(action, given, table.checks).checks[0]?.message : undefined; };
    const flat = anyAction({ kind: 'account_mode', accountId, mode: 'paper', broker: 'paper' });
    const cases: [string, Parameters<typeof judge>[0], ReturnType<typeof passingSnapshot>, string, string][] = [
      ['order_rate', enterAction(), passingSnapshot(), '1 orders within a minute; the limit is 30.', '1 order within a minute; the limit is 30.'],
      ['order_rate', enterAction(), passingSnapshot({ orderRate: fact({ lastSecond: 0, lastMinute: 20 }) }), '21 orders within a minute; the limit is 30.', '21 orders within a minute; the limit is 30.'],
      ['position_size_count', enterAction(), passingSnapshot(), 'There would be 1 positions; the mandate allows 5.', 'There would be 1 position; the mandate allows 5.'],
      ['horizon', enterAction({ horizonDays: 1 }), passingSnapshot(), 'The horizon is 1 days; the mandate has 1 to 30.', 'The horizon is 1 day; the mandate has 1 to 30.'],
      ['account_flat', flat, holding(), '1 positions and 0 orders are open; close them first.', '1 position and 0 orders are open; close them first.'],
      ['stale_data', enterAction(), withInstrument({ quote: known(quote(1_500), 'test', plusMs(passingSnapshot().takenAt, -3_600_000)) }), 'The price of INFY is 3600 seconds old; the limit is 60.', 'The price of INFY is 3,600 seconds old; the limit is 60.'],
      ['liquidity', enterAction({ quantity: 1 }), passingSnapshot(), '1 shares; 50,000 are 5 % of the 20-day average volume.', '1 share; 50,000 are 5 % of the 20-day average volume.'],
      ['catalyst_freshness', enterAction({ strategy: 'event' }), passingSnapshot({ catalyst: fact({ eventId, happenedAt: passingSnapshot().takenAt, knownAt: passingSnapshot().takenAt, ageHours: 1, staleHours: 1_000 }) }), 'The event is 1 hours old; it counts for 1,000.', 'The event is 1 hour old; it counts for 1,000.'],
      ['rights', anyAction({ kind: 'person_add', name: 'Asha', role: 'viewer' }), passingSnapshot(), 'A owner may do this.', 'An owner may do this.'],
    ];
    for (const [id, action, given, before, now] of cases) expect([said(id, 1, action, given), said(id, 2, action, given)], id).toEqual([before, now]);
  });
  it('is not made up when a version is gone', () => {
    expect(checksOf([{ id: 'liquidity', version: 99 }])).toEqual({ ok: false, missing: { id: 'liquidity', version: 99 } });
  });
});
