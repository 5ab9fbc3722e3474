import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deployableMinor, fundingPlanOf, heldBackMinor, type StoredFundingPlan } from '../../../desk/treasury/deployable.ts';
import { dueReleases, fundingState, sipAllowance } from '../../../desk/treasury/funding-due.ts';
import { FundingPlan, instalments, plusMonths, trancheAmounts } from '../../../desk/treasury/funding-plan.ts';
import { parseTrigger } from '../../../desk/treasury/tranche-trigger.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';

const day = tradingDate;
const sip = { amountMinor: 5_000_000, frequency: 'MONTHLY' as const, startDate: day('2025-01-31'), durationMonths: 12 };
const lumpSum = {
  amountMinor: 100_000_000,
  date: day('2025-01-10'),
  tranches: [
    { percent: 34, trigger: 'immediate' },
    { percent: 33, trigger: 'after 30 days' },
    { percent: 33, trigger: 'fall 5%' },
  ],
};
const terms = { carryForwardEnabled: true, maxCarryForwardPercent: 50, emergencyBufferPercent: 10 };
const plan = (change: Partial<FundingPlan> = {}): FundingPlan => ({ type: 'HYBRID', sip, lumpSum, ...terms, ...change });
const due = (asOf: string, change: Partial<Parameters<typeof dueReleases>[0]> = {}) =>
  dueReleases({ plan: plan(), asOf: day(asOf), released: [], worstFallPercent: null, ...change });

describe('a funding plan', () => {
  it('is read from plain terms, and refused when its halves and its type disagree', () => {
    expect(FundingPlan.parse(plan())).toEqual(plan());
    for (const wrong of [
      { ...plan(), type: 'SIP' },
      { ...plan(), sip: null },
      { ...plan(), type: 'LUMP_SUM' },
      plan({ type: 'SIP', sip: null, lumpSum: null }),
      plan({ type: 'HYBRID', lumpSum: null }),
      plan({ type: 'LUMP_SUM', lumpSum: null, sip: null }),
      plan({ lumpSum: { ...lumpSum, tranches: [{ percent: 90, trigger: 'immediate' }] } }),
      plan({ lumpSum: { ...lumpSum, tranches: [{ percent: 100, trigger: 'soon' }] } }),
      { ...plan(), sip: { ...sip, startDate: '2025-02-30' } },
    ]) {
      expect(FundingPlan.safeParse(wrong).success).toBe(false);
    }
  });
  it('reads the triggers that it knows and no others', () => {
    expect(['immediate', ' On 2025-03-01', 'after 1 day', 'AFTER 30 days', 'fall 5%', 'fall 7.5 %'].map(parseTrigger)).toEqual([
      { kind: 'IMMEDIATE' },
      { kind: 'ON', date: '2025-03-01' },
      { kind: 'AFTER', days: 1 },
      { kind: 'AFTER', days: 30 },
      { kind: 'FALL', percent: 5 },
      { kind: 'FALL', percent: 7.5 },
    ]);
    const none = ['', 'fall 0%', 'fall 5', 'on 2025-02-30', 'after -1 days', 'immediately', 'fall 500%', 'not after 30 days', 'after 30 days or so', 'no fall 5%', 'fall 5% or so', 'not on 2025-03-01', 'on 2025-03-01 or so'];
    expect(none.map(parseTrigger)).toEqual(none.map(() => null));
    expect(parseTrigger('fall 12.25%')).toEqual({ kind: 'FALL', percent: 12.25 });
  });
  it('keeps the day of the month across short months', () => {
    expect(
      instalments(sip)
        .slice(0, 4)
        .map(({ date }) => date),
    ).toEqual(['2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30']);
    expect([plusMonths(day('2024-01-31'), 1), plusMonths(day('2025-11-30'), 3), plusMonths(day('2025-12-31'), 0)]).toEqual([
      '2024-02-29',
      '2026-02-28',
      '2025-12-31',
    ]);
  });
  it('pays weekly instalments inside its months only', () => {
    const weekly = instalments({ ...sip, frequency: 'WEEKLY', startDate: day('2025-01-06'), durationMonths: 1 });
    expect(weekly.map(({ date }) => date)).toEqual(['2025-01-06', '2025-01-13', '2025-01-20', '2025-01-27', '2025-02-03']);
  });
  it('splits a lump sum without losing a paisa', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_007 }),
        fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 12 }),
        (amountMinor, weights) => {
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          const amounts = trancheAmounts({
            ...lumpSum,
            amountMinor,
            tranches: weights.map((weight) => ({ percent: (weight / total) * 100, trigger: 'immediate' })),
          });
          expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(amountMinor);
          amounts.forEach((amount, index) =>
            expect(Math.abs(amount - (amountMinor * (weights[index] ?? 0)) / total)).toBeLessThanOrEqual(1),
          );
        },
      ),
    );
  });
});

describe('what is due', () => {
  it('follows the calendar, in order, each once', () => {
    expect(due('2025-01-09').due).toEqual([]);
    expect(due('2025-02-10').due.map(({ kind, tranche, amountMinor, dueDate }) => [kind, tranche, amountMinor, dueDate])).toEqual([
      ['TRANCHE', 0, 34_000_000, '2025-01-10'],
      ['INSTALMENT', 3, 5_000_000, '2025-01-31'],
      ['TRANCHE', 1, 33_000_000, '2025-02-09'],
    ]);
    expect([due('2025-01-30'), due('2025-01-31')].map((each) => each.due.map(({ tranche }) => tranche))).toEqual([[0], [0, 3]]);
    const released = [
      { tranche: 0, amountMinor: 34_000_000 },
      { tranche: 3, amountMinor: 5_000_000 },
    ];
    expect(due('2025-02-10', { released }).due.map(({ tranche }) => tranche)).toEqual([1]);
  });
  it('waits for a fall, and longer for one that nobody knows', () => {
    expect(due('2025-01-10').waiting.find(({ tranche }) => tranche === 2)?.waitsFor).toBe('a fall of 5 % (not known)');
    expect(due('2025-01-10', { worstFallPercent: 4.9 }).waiting.map(({ waitsFor }) => waitsFor)).toEqual(['2025-02-09', 'a fall of 5 %']);
    expect(due('2025-01-10', { worstFallPercent: 5 }).due.map(({ tranche }) => tranche)).toEqual([0, 2]);
  });
  it('comes by its date, then by its number, and what a fall releases on the day itself', () => {
    const order = (asOf: string, change: Parameters<typeof due>[1] = {}) => due(asOf, change).due.map(({ tranche, dueDate }) => [tranche, dueDate]);
    expect(order('2025-02-28', { worstFallPercent: 6, released: [{ tranche: 3, amountMinor: 0 }] })).toEqual([[0, '2025-01-10'], [1, '2025-02-09'], [2, null], [4, '2025-02-28']]);
    expect(order('2025-01-31', { plan: plan({ lumpSum: { ...lumpSum, date: day('2025-01-31') } }) })).toEqual([[0, '2025-01-31'], [3, '2025-01-31']]);
  });
  it('counts no fall before the plan has begun, and no date before it either', () => {
    expect(due('2025-01-09', { worstFallPercent: 20 }).due).toEqual([]);
    const dated = (trigger: string) => plan({ lumpSum: { ...lumpSum, tranches: [{ percent: 100, trigger }] } });
    expect(due('2025-01-09', { plan: dated('on 2025-01-01') }).waiting).toEqual([{ kind: 'TRANCHE', tranche: 0, amountMinor: 100_000_000, waitsFor: '2025-01-10' }]);
    expect(due('2025-03-01', { plan: dated('on 2025-03-01'), released: instalments(sip).map(({ index }) => ({ tranche: 1 + index, amountMinor: 0 })) }).due).toEqual([{ kind: 'TRANCHE', tranche: 0, amountMinor: 100_000_000, dueDate: '2025-03-01' }]);
    expect(due('2025-02-28', { plan: dated('on 2025-03-01') }).waiting[0]?.waitsFor).toBe('2025-03-01');
  });
  it('is of the half that the plan has', () => {
    expect(due('2025-01-31', { plan: plan({ type: 'SIP', lumpSum: null }) })).toEqual({ due: [{ kind: 'INSTALMENT', tranche: 0, amountMinor: 5_000_000, dueDate: '2025-01-31' }], waiting: [] });
    expect(due('2025-01-10', { plan: plan({ type: 'LUMP_SUM', sip: null }) }).due.map(({ kind }) => kind)).toEqual(['TRANCHE']);
  });
  it('is not a tranche of nothing', () => {
    const tiny = plan({ lumpSum: { ...lumpSum, amountMinor: 1, tranches: [{ percent: 10, trigger: 'immediate' }, { percent: 90, trigger: 'immediate' }] } });
    expect(due('2025-01-10', { plan: tiny }).due.map(({ tranche, amountMinor }) => [tranche, amountMinor])).toEqual([[1, 1]]);
  });
  it('names the day that a tranche is put off to', () => {
    const onTradingDay = (date: string) => (date === '2025-01-10' ? day('2025-01-13') : day(date));
    expect(due('2025-01-10', { onTradingDay }).waiting[0]).toEqual({ kind: 'TRANCHE', tranche: 0, amountMinor: 34_000_000, waitsFor: '2025-01-13' });
  });
  it('waits for a trading day when the calendar knows one', () => {
    const onTradingDay = (date: string) => (date === '2025-02-09' ? day('2025-02-10') : day(date));
    expect(due('2025-02-09', { onTradingDay }).due.map(({ tranche }) => tranche)).not.toContain(1);
    expect(due('2025-02-10', { onTradingDay }).due.find(({ tranche }) => tranche === 1)?.dueDate).toBe('2025-02-10');
  });
  it('keeps a tranche with a trigger it cannot read waiting, and says so', () => {
    const odd = plan({ lumpSum: { ...lumpSum, tranches: [{ percent: 100, trigger: 'when I say' }] } });
    expect(due('2030-01-01', { plan: odd }).waiting[0]?.waitsFor).toContain('when I say');
  });
  it('is released once and in full over any sequence of days', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 30 }), (steps) => {
        const released: { tranche: number; amountMinor: number }[] = [];
        let asOf = day('2025-01-01');
        for (const step of [...steps, 2_000]) {
          asOf = plusDays(asOf, step);
          released.push(...dueReleases({ plan: plan(), asOf, released, worstFallPercent: 6 }).due);
        }
        expect(new Set(released.map(({ tranche }) => tranche)).size).toBe(released.length);
        expect(released.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(100_000_000 + 12 * 5_000_000);
      }),
    );
  });
});

describe('carrying forward', () => {
  const monthly = plan({ type: 'SIP', lumpSum: null });
  const allowance = (asOf: string, deployments: { date: string; amountMinor: number }[], change: Partial<FundingPlan> = {}) =>
    sipAllowance({
      plan: { ...monthly, ...change },
      sip,
      asOf: day(asOf),
      deployments: deployments.map(({ date, amountMinor }) => ({ date: day(date), amountMinor })),
    });
  it('adds what was left over to the next instalment, up to the cap', () => {
    expect(allowance('2025-01-30', [])).toMatchObject({ instalment: null, availableMinor: 0 });
    expect(allowance('2025-02-28', [{ date: '2025-02-01', amountMinor: 4_000_000 }])).toMatchObject({
      carriedMinor: 1_000_000,
      availableMinor: 6_000_000,
      lapsedMinor: 0,
    });
    expect(allowance('2025-02-28', [])).toMatchObject({ carriedMinor: 2_500_000, availableMinor: 7_500_000, lapsedMinor: 2_500_000 });
    expect(allowance('2025-02-28', [], { carryForwardEnabled: false })).toMatchObject({
      carriedMinor: 0,
      availableMinor: 5_000_000,
      lapsedMinor: 5_000_000,
    });
  });
  it('counts what was deployed from an instalment’s day to the day that is asked about, and nothing before or after', () => {
    const deployed = (date: string): number => allowance('2025-03-10', [{ date, amountMinor: 1_000 }]).deployedMinor;
    expect(['2025-02-27', '2025-02-28', '2025-03-10', '2025-03-11'].map(deployed)).toEqual([0, 1_000, 1_000, 0]);
  });
  it('never allows more than instalment and cap, and accounts for every paisa', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ offset: fc.integer({ min: 0, max: 360 }), amountMinor: fc.integer({ min: 0, max: 3_000_000 }) }), {
          maxLength: 20,
        }),
        fc.integer({ min: 30, max: 360 }),
        fc.boolean(),
        (list, until, carryForwardEnabled) => {
          const deployments = list.map(({ offset, amountMinor }) => ({ date: plusDays(sip.startDate, offset), amountMinor }));
          const asOf = plusDays(sip.startDate, until);
          const { availableMinor, carriedMinor, lapsedMinor } = sipAllowance({
            plan: { ...monthly, carryForwardEnabled },
            sip,
            asOf,
            deployments,
          });
          const cap = carryForwardEnabled ? 2_500_000 : 0;
          expect(carriedMinor).toBeLessThanOrEqual(cap);
          expect(availableMinor).toBeLessThanOrEqual(sip.amountMinor + cap);
          const paid = instalments(sip).filter(({ date }) => date <= asOf).length * sip.amountMinor;
          const spent = deployments.filter(({ date }) => date <= asOf).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
          // Overspending in one period is not taken from another, so what is accounted for can only exceed what was paid in.
          expect(availableMinor + lapsedMinor + spent).toBeGreaterThanOrEqual(paid);
        },
      ),
    );
  });
});

describe('the split of cash', () => {
  it('holds back unreleased tranches and the buffer, and the rest is available', () => {
    const state = fundingState({
      plan: plan(),
      released: [{ tranche: 0, amountMinor: 34_000_000 }],
      cashMinor: 100_000_000,
      equityMinor: 100_000_000,
      deployments: [{ date: day('2025-01-12'), amountMinor: 7 }],
    });
    expect(state).toEqual({ totalDeployedMinor: 7, reservedMinor: 76_000_000, availableMinor: 24_000_000 });
  });
  it('always sums to the cash and is never negative', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000, max: 200_000_000 }),
        fc.integer({ min: -1_000, max: 300_000_000 }),
        fc.subarray([0, 1, 2]),
        (cashMinor, equityMinor, tranches) => {
          const { availableMinor, reservedMinor } = fundingState({
            plan: plan(),
            released: tranches.map((tranche) => ({ tranche, amountMinor: 1 })),
            cashMinor,
            equityMinor,
            deployments: [],
          });
          expect(availableMinor + reservedMinor).toBe(Math.max(0, cashMinor));
          expect(Math.min(availableMinor, reservedMinor)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('deployable cash under a stored plan', () => {
  const row: StoredFundingPlan = {
    type: 'HYBRID',
    sipAmountMinor: 5_000_000,
    sipFrequency: 'MONTHLY',
    sipStartDate: day('2025-01-31'),
    sipDurationMonths: 12,
    lumpSumAmountMinor: 100_000_000,
    lumpSumDate: day('2025-01-10'),
    tranchePlan: lumpSum.tranches,
    ...terms,
  };
  const at = (today: string, change: Partial<StoredFundingPlan> | null = {}) =>
    deployableMinor({
      cashMinor: 100_000_000,
      reservedMinor: 1_000_000,
      equityMinor: 100_000_000,
      plan: change && { ...row, ...change },
      today: day(today),
    });
  it('reads the row as the plan it is, and a half that lacks a field as none', () => {
    expect(fundingPlanOf(row)).toEqual(plan());
    expect(fundingPlanOf({ ...row, sipAmountMinor: null, tranchePlan: [] })).toMatchObject({ sip: null, lumpSum: null });
    for (const field of ['sipAmountMinor', 'sipFrequency', 'sipStartDate', 'sipDurationMonths'] as const) expect(fundingPlanOf({ ...row, [field]: null }), field).toEqual({ ...plan(), sip: null });
    for (const field of ['lumpSumAmountMinor', 'lumpSumDate'] as const) expect(fundingPlanOf({ ...row, [field]: null }), field).toEqual({ ...plan(), lumpSum: null });
  });
  it('lets out tranche by tranche what the plan lets out', () => {
    expect([at('2025-01-09'), at('2025-01-10'), at('2025-02-09'), at('2025-01-10', null)]).toEqual([0, 23_000_000, 56_000_000, 99_000_000]);
    expect(heldBackMinor({ plan: plan(), today: day('2025-02-09'), released: [2] })).toBe(0);
    expect(heldBackMinor({ plan: plan({ type: 'SIP', lumpSum: null }), today: day('2025-02-09') })).toBe(0);
  });
});
