import { describe, expect, it } from 'vitest';
import type { SwitchType } from '../../../desk/actions/types.ts';
import { firstAccountSwitches, firstDeskSwitches } from '../../../desk/gates/first-switches.ts';
import { evaluateSwitches, resetDue, type RiskReading, stateOnTrigger, type SwitchRule } from '../../../desk/gates/kill-switches.ts';
import { recoveryFrom } from '../../../desk/gates/recovery.ts';
import { missing } from '../../../desk/gates/snapshot.ts';
import { instant, plusMinutes } from '../../../desk/time.ts';
import { accountId, anyAction, fact, judge, lineOf, now } from './fixtures.ts';

const calm: RiskReading = {
  at: now, currency: 'INR', dailyPnlMinor: -100_000, dayStartEquityMinor: 50_000_000, drawdownMinor: 200_000, drawdownPercent: 0.4, volatilityPercent: 15, volatilityTargetPercent: 12,
  lossStreak: 1, errors: 0, errorPercent: 0, oldestFeedSeconds: 3, staleFeedsPercent: 0, ordersLastSecond: 1, orderLimitPerSecond: 9,
};
const rule = (switchType: SwitchType, threshold: number, overrides: Partial<SwitchRule> = {}): SwitchRule =>
  ({ accountId, switchType, threshold, thresholdType: 'ABSOLUTE', onTrigger: ['pauseNewEntries'], autoResetMinutes: null, active: true, ...overrides });
const percent = { thresholdType: 'PERCENTAGE' } as const;

describe('kill switches', () => {
  it.each<[string, SwitchRule, Partial<RiskReading>, Partial<RiskReading>]>([
    ['a loss in money', rule('MAX_DAILY_LOSS', 1_000_000), { dailyPnlMinor: -1_000_000 }, { dailyPnlMinor: -999_999 }],
    ['a loss in percent of the equity at the open', rule('MAX_DAILY_LOSS', 2, percent), { dailyPnlMinor: -1_000_000 }, { dailyPnlMinor: -999_999 }],
    ['a drawdown in money', rule('MAX_DRAWDOWN', 500_000), { drawdownMinor: 500_000 }, { drawdownMinor: 499_999 }],
    ['a drawdown in percent', rule('MAX_DRAWDOWN', 10, percent), { drawdownPercent: 10 }, { drawdownPercent: 9.99 }],
    ['volatility', rule('VOL_SPIKE', 30), { volatilityPercent: 30 }, { volatilityPercent: 29 }],
    ['volatility against its target', rule('VOL_SPIKE', 200, percent), { volatilityPercent: 24 }, { volatilityPercent: 23.9 }],
    ['a streak of losses', rule('LOSS_STREAK', 5), { lossStreak: 5 }, { lossStreak: 4 }],
    ['a streak, however it is written', rule('LOSS_STREAK', 5, percent), { lossStreak: 5 }, { lossStreak: 4 }],
    ['errors by number', rule('ERROR_RATE', 10), { errors: 10 }, { errors: 9 }],
    ['errors by rate', rule('ERROR_RATE', 20, percent), { errorPercent: 20 }, { errorPercent: 19 }],
    ['an old feed', rule('STALE_DATA', 120), { oldestFeedSeconds: 120 }, { oldestFeedSeconds: 119 }],
    ['feeds that have stopped', rule('STALE_DATA', 50, percent), { staleFeedsPercent: 50 }, { staleFeedsPercent: 49 }],
    ['orders a second', rule('ORDER_RATE', 9), { ordersLastSecond: 9 }, { ordersLastSecond: 8 }],
    ['orders against the limit', rule('ORDER_RATE', 100, percent), { ordersLastSecond: 9 }, { ordersLastSecond: 8 }],
  ])('trip on %s when it reaches the threshold, and not before', (_what, set, at, before) => {
    expect(evaluateSwitches([set], { ...calm, ...at }).trips).toHaveLength(1);
    expect(evaluateSwitches([set], { ...calm, ...before })).toEqual({ trips: [], unknown: [] });
  });

  it('say the figure that tripped them and what is to be done', () => {
    const { trips } = evaluateSwitches([rule('MAX_DAILY_LOSS', 1_000_000, { onTrigger: ['pauseNewEntries', 'closeAll'], autoResetMinutes: 60 })], { ...calm, dailyPnlMinor: -1_240_000 });
    expect(trips).toEqual([{
      switchType: 'MAX_DAILY_LOSS', accountId, measured: 1_240_000, threshold: 1_000_000, at: now, sentence: "Today's loss: ₹12,400; the switch is at ₹10,000.",
      onTrigger: ['pauseNewEntries', 'closeAll'], resetsAt: plusMinutes(now, 60),
    }]);
  });

  it.each<[SwitchRule, Partial<RiskReading>, string]>([
    [rule('MAX_DAILY_LOSS', 2, percent), { dailyPnlMinor: -1_250_000 }, "Today's loss: 2.5 %; the switch is at 2 %."],
    [rule('MAX_DRAWDOWN', 500_000), { drawdownMinor: 600_000 }, 'Drawdown: ₹6,000; the switch is at ₹5,000.'],
    [rule('MAX_DRAWDOWN', 10, percent), { drawdownPercent: 11 }, 'Drawdown: 11 %; the switch is at 10 %.'],
    [rule('VOL_SPIKE', 30), { volatilityPercent: 31 }, 'Volatility: 31 %; the switch is at 30 %.'],
    [rule('VOL_SPIKE', 200, percent), { volatilityPercent: 30 }, 'Volatility: 250 % of its target; the switch is at 200 % of its target.'],
    [rule('LOSS_STREAK', 5), { lossStreak: 6 }, 'Losses in a row: 6; the switch is at 5.'],
    [rule('ERROR_RATE', 10), { errors: 12 }, 'Errors: 12; the switch is at 10.'],
    [rule('ERROR_RATE', 20, percent), { errorPercent: 25 }, 'Errors: 25 %; the switch is at 20 %.'],
    [rule('STALE_DATA', 120), { oldestFeedSeconds: 1_300 }, 'Oldest feed: 1,300 seconds; the switch is at 120 seconds.'],
    [rule('STALE_DATA', 50, percent), { staleFeedsPercent: 60 }, 'Oldest feed: 60 % of feeds stale; the switch is at 50 % of feeds stale.'],
    [rule('ORDER_RATE', 9), { ordersLastSecond: 10 }, 'Orders in the last second: 10; the switch is at 9.'],
    [rule('ORDER_RATE', 100, percent), { ordersLastSecond: 18 }, 'Orders in the last second: 200 % of the limit; the switch is at 100 % of the limit.'],
  ])('say it in its own unit: %j', (set, reading, sentence) => {
    expect(evaluateSwitches([set], { ...calm, ...reading }).trips).toMatchObject([{ sentence, resetsAt: null }]);
  });

  it('measure no loss against an account that has nothing, or of which nobody knows what it has', () => {
    for (const dayStartEquityMinor of [null, 0]) expect(evaluateSwitches([rule('MAX_DAILY_LOSS', 2, percent)], { ...calm, dayStartEquityMinor })).toMatchObject({ trips: [], unknown: [{ switchType: 'MAX_DAILY_LOSS' }] });
    for (const volatilityPercent of [null, Infinity]) expect(evaluateSwitches([rule('VOL_SPIKE', 2, percent)], { ...calm, volatilityPercent })).toMatchObject({ trips: [], unknown: [{ switchType: 'VOL_SPIKE' }] });
  });

  it('halt where they cancel or close, refuse entries where they pause, and else only tell', () => {
    expect([['cancelOpenEntries'], ['closeAll'], ['pauseNewEntries', 'closeAll'], ['pauseNewEntries'], []].map((actions) => stateOnTrigger(actions as SwitchRule['onTrigger']))).toEqual(['HALTED', 'HALTED', 'HALTED', 'REDUCING', 'ACTIVE']);
  });

  it('do not trip on a gain', () => {
    expect(evaluateSwitches([rule('MAX_DAILY_LOSS', 1)], { ...calm, dailyPnlMinor: 5_000_000 }).trips).toEqual([]);
  });

  it('say what they cannot judge instead of passing it over', () => {
    const unread = { ...calm, dailyPnlMinor: null, volatilityTargetPercent: 0, lossStreak: Number.NaN };
    const { trips, unknown } = evaluateSwitches([rule('MAX_DAILY_LOSS', 1), rule('VOL_SPIKE', 1, percent), rule('LOSS_STREAK', 1)], unread);
    expect(trips).toEqual([]);
    expect(unknown.map(({ switchType }) => switchType)).toEqual(['MAX_DAILY_LOSS', 'VOL_SPIKE', 'LOSS_STREAK']);
    expect(unknown[0]?.sentence).toBe("Today's loss is not known, so MAX_DAILY_LOSS cannot be judged.");
  });

  it('stay silent when they are off or a matter for people', () => {
    expect(evaluateSwitches([rule('MAX_DAILY_LOSS', 1, { active: false }), rule('MANUAL', 0)], calm)).toEqual({ trips: [], unknown: [] });
  });
});

describe('the switches that a desk begins with', () => {
  const wild: RiskReading = { ...calm, dailyPnlMinor: -1_500_000, drawdownPercent: 15, lossStreak: 5, volatilityPercent: 36, errorPercent: 50, staleFeedsPercent: 100, ordersLastSecond: 14 };
  const mild: RiskReading = { ...calm, dailyPnlMinor: -1_499_999, drawdownPercent: 14.99, lossStreak: 4, volatilityPercent: 35.9, errorPercent: 49, staleFeedsPercent: 99, ordersLastSecond: 13 };
  it.each([['an account', firstAccountSwitches, ['MAX_DAILY_LOSS HALTED', 'MAX_DRAWDOWN HALTED', 'LOSS_STREAK REDUCING', 'VOL_SPIKE REDUCING']], ['the desk', firstDeskSwitches, ['MAX_DAILY_LOSS HALTED', 'MAX_DRAWDOWN HALTED', 'ERROR_RATE HALTED', 'STALE_DATA REDUCING resets', 'ORDER_RATE REDUCING resets']]] as const)('stop %s at a day lost, a peak far off, a market gone wild, and not before', (_whose, first, expected) => {
    const { trips, unknown } = evaluateSwitches(first, wild);
    expect(trips.map(({ switchType, onTrigger, resetsAt }) => `${switchType} ${stateOnTrigger(onTrigger)}${resetsAt === null ? '' : ' resets'}`)).toEqual(expected);
    expect(unknown).toEqual([]);
    expect(evaluateSwitches(first, mild)).toEqual({ trips: [], unknown: [] });
  });
  it('are such as a person could set', () => {
    const passes = (first: object, scope: object): boolean => lineOf(judge(anyAction({ kind: 'kill_switch_set', ...first, ...scope })), 'switch_rule').passed;
    expect(firstAccountSwitches.every((first) => passes(first, { accountId }))).toBe(true);
    expect(firstDeskSwitches.every((first) => passes(first, {}))).toBe(true);
  });
});

describe('what becomes of a trip', () => {
  const stale = rule('STALE_DATA', 120, { autoResetMinutes: 5 });
  const [trip] = evaluateSwitches([stale], { ...calm, oldestFeedSeconds: 200 }).trips;
  const later = plusMinutes(now, 5);
  it('waits until its time is up', () => {
    expect(resetDue({ trip: trip!, rule: stale, reading: { ...calm, at: plusMinutes(now, 4) } })).toBe('wait');
  });
  it('resets by itself once the data are fresh again', () => {
    expect(resetDue({ trip: trip!, rule: stale, reading: { ...calm, at: later } })).toBe('reset');
  });
  it('waits on while they are still stale, or while nobody knows', () => {
    expect(resetDue({ trip: trip!, rule: stale, reading: { ...calm, at: later, oldestFeedSeconds: 500 } })).toBe('wait');
    expect(resetDue({ trip: trip!, rule: stale, reading: { ...calm, at: later, oldestFeedSeconds: null } })).toBe('wait');
  });
  it('asks a person after a loss, and never resets without a time', () => {
    const loss = rule('MAX_DAILY_LOSS', 1_000, { autoResetMinutes: 5 });
    const [lossTrip] = evaluateSwitches([loss], calm).trips;
    expect(resetDue({ trip: lossTrip!, rule: loss, reading: { ...calm, at: later, dailyPnlMinor: 0 } })).toBe('ask');
    expect(resetDue({ trip: { ...trip!, resetsAt: null }, rule: stale, reading: { ...calm, at: instant('2030-01-01T00:00:00Z') } })).toBe('wait');
  });
});

describe('recovery', () => {
  const metrics = (drawdownPercent: number | null, consecutiveWins: number | null, sharpe7d: number | null) => fact({ drawdownPercent, consecutiveWins, sharpe7d });
  it('tells what is missing, with the figures of now', () => {
    expect(recoveryFrom('MAX_DRAWDOWN', metrics(18, 1, null))).toEqual({
      recovered: false, sentence: 'MAX_DRAWDOWN asks for one of: drawdown below 15 % (now 18 %), 3 wins in a row (now 1), Sharpe above 0.3 over 7 days (now unknown).',
    });
  });
  it.each([[metrics(14.9, null, null), 'Drawdown is 14.9 %, below 15 %.'], [metrics(null, 3, null), '3 wins in a row.'], [metrics(null, null, 1_234_567), 'Sharpe over 7 days is 1,234,567.']])('is enough on any one condition', (measured, sentence) => {
    expect(recoveryFrom('LOSS_STREAK', measured)).toEqual({ recovered: true, sentence });
  });
  it('is not there while nobody measures it', () => {
    expect(recoveryFrom('VOL_SPIKE', undefined)).toEqual({ recovered: false, sentence: 'Whether the account has recovered is not known: nobody measured it.' });
    expect(recoveryFrom('VOL_SPIKE', metrics(null, null, 0.3)).sentence).toMatch(/drawdown below 15 % \(now unknown\), 3 wins in a row \(now unknown\), Sharpe above 0.3 over 7 days \(now 0.30\)\.$/);
    expect(recoveryFrom('VOL_SPIKE', missing('no snapshot yet'))).toEqual({ recovered: false, sentence: 'Whether the account has recovered is not known: no snapshot yet.' });
    expect(recoveryFrom('MAX_DAILY_LOSS', metrics(null, null, null)).recovered).toBe(false);
  });
  it.each(['MANUAL', 'STALE_DATA', 'ORDER_RATE', 'ERROR_RATE'] as const)('is not asked for after %s', (type) => {
    expect(recoveryFrom(type, undefined)).toEqual({ recovered: true, sentence: `${type} needs no recovery.` });
  });
});
