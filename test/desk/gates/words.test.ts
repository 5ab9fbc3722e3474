import { describe, expect, it } from 'vitest';
import { actionDigest } from '../../../desk/actions/digest.ts';
import { checks, checksOf } from '../../../desk/gates/checks.ts';
import { blocksOf, checkName, explainLargest, explainReport, gatesLine, passedCount, warningsOf } from '../../../desk/gates/explain.ts';
import { largestPassingQuantity } from '../../../desk/gates/why-not-bigger.ts';
import { enterAction, exitAction, fact, holding, judge, passingSnapshot, position, quote, structureAction, structureSnapshot, withInstrument, withLimits, withMandate, withSwitches } from './fixtures.ts';

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

  it('promises no size when something else blocks as well', () => {
    const words = explainReport(judge(enterAction({ quantity: 120 }), withSwitches({ account: 'REDUCING', accountReason: 'paused by you at 13:02' }, inEnergy)));
    expect(words).toContain('Blocked: this account is reducing only: paused by you at 13:02.');
    expect(words).toContain('What would help: resume.');
    expect(words).not.toContain('shares.');
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
  it('is not made up when a version is gone', () => {
    expect(checksOf([{ id: 'liquidity', version: 99 }])).toEqual({ ok: false, missing: { id: 'liquidity', version: 99 } });
  });
});
