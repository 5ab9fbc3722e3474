import { describe, expect, it } from 'vitest';
import type { SwitchType } from '../../../../desk/actions/types.ts';
import { limitNames, limitProblem, limitSetting, limitsInForce } from '../../../../desk/gates/limit-settings.ts';
import { missing } from '../../../../desk/gates/snapshot.ts';
import { accountId, anyAction, fact, holding, openOrder, otherAccountId, passingSnapshot, position } from '../fixtures.ts';
import { promises } from './cases.ts';

const given = passingSnapshot();
const setSwitch = (switchType: SwitchType, threshold: number, overrides: object = {}) =>
  anyAction({ kind: 'kill_switch_set', switchType, threshold, thresholdType: 'ABSOLUTE', onTrigger: ['pauseNewEntries'], autoResetMinutes: null, active: true, ...overrides });
const percent = { thresholdType: 'PERCENTAGE' };
const setLimit = (setting: string, value: number) => anyAction({ kind: 'limit_change', setting, value });

describe('what a rule may be set to', () => {
  promises('switch_rule', [
    { it: 'takes a loss in money', action: setSwitch('MAX_DAILY_LOSS', 1_000_000), given, word: 'passes', says: 'The switch can trip, and be reset.' },
    { it: 'takes an account lost whole', action: setSwitch('MAX_DRAWDOWN', 100, percent), given, word: 'passes' },
    { it: 'takes a loss of more than a hundred rupees', action: setSwitch('MAX_DRAWDOWN', 101), given, word: 'passes' },
    { it: 'refuses a drawdown of more than there is', action: setSwitch('MAX_DRAWDOWN', 101, percent), given, word: 'blocks', says: 'No account loses more than 100 %, so 101 % would never be reached.' },
    { it: 'refuses a daily loss of more than there is', action: setSwitch('MAX_DAILY_LOSS', 101, percent), given, word: 'blocks', says: /^No account loses more/ },
    { it: 'takes volatility at ten times its target', action: setSwitch('VOL_SPIKE', 1_000, percent), given, word: 'passes' },
    { it: 'refuses volatility that never comes', action: setSwitch('VOL_SPIKE', 1_001, percent), given, word: 'blocks', says: 'A threshold of 1001 % would never be reached.' },
    { it: 'refuses a threshold of nothing', action: setSwitch('ERROR_RATE', 0), given, word: 'blocks', says: 'A threshold is above zero, not 0: at 0 it would trip at once.' },
    { it: 'refuses one below nothing', action: setSwitch('ERROR_RATE', -1), given, word: 'blocks' },
    { it: 'takes a number of losses', action: setSwitch('LOSS_STREAK', 5), given, word: 'passes' },
    { it: 'refuses a streak in percent', action: setSwitch('LOSS_STREAK', 5, percent), given, word: 'blocks', says: /^Losses in a row are counted/ },
    { it: 'refuses a threshold for what a person trips', action: setSwitch('MANUAL', 1), given, word: 'blocks', says: /^The manual switch measures nothing/ },
    { it: 'lets stale data reset itself', action: setSwitch('STALE_DATA', 60, { autoResetMinutes: 5 }), given, word: 'passes' },
    { it: 'lets no loss reset itself', action: setSwitch('MAX_DAILY_LOSS', 5, { autoResetMinutes: 5 }), given, word: 'blocks', says: 'MAX_DAILY_LOSS does not reset itself: after it a person resumes.' },
    { it: 'watches the losses of one account', action: setSwitch('MAX_DAILY_LOSS', 5, { accountId }), given, word: 'passes' },
    ...(['STALE_DATA', 'ORDER_RATE', 'ERROR_RATE'] as const).map((type) => ({ it: `refuses ${type} for one account`, action: setSwitch(type, 5, { accountId }), given, word: 'blocks' as const, says: `${type} is about the whole desk, not one account.` })),
  ]);

  promises('limit_value', [
    { it: 'takes a value of its range', action: setLimit('sectorPercent', 30), given, word: 'passes', says: 'The largest exposure to one sector can be that.' },
    { it: 'refuses one beyond', action: setLimit('sectorPercent', 101), given, word: 'blocks', says: 'The largest exposure to one sector lies between 1 and 100, not at 101.' },
    { it: 'refuses a limit that there is not', action: setLimit('constructor', 1), given, word: 'blocks', says: /^There is no limit “constructor”; there are averageVolumePercent, spreadPercent, / },
  ]);

  it('both ends of its range, and nothing beyond them', () => {
    for (const name of limitNames) {
      const { least, most } = limitSetting(name)!;
      expect([limitProblem(name, least), limitProblem(name, most)], name).toEqual([null, null]);
      for (const beyond of [least - 1, most + 1, Number.NaN, Infinity]) expect(limitProblem(name, beyond), name).toBe(`The ${limitSetting(name)?.words} lies between ${least} and ${most}, not at ${beyond}.`);
    }
  });
  it('a whole number where parts mean nothing', () => {
    expect(limitProblem('eventBlackoutDays', 1.5)).toBe('The days without entries around results is a whole number, not 1.5.');
    expect([limitProblem('quoteAgeSeconds', 1.5), limitProblem('ordersPerMinute', 1.5)]).not.toContain(null);
    expect(limitProblem('catalystHours', 1.5)).toBeNull();
  });
  it("and says it back in people's own unit", () => {
    for (const name of limitNames) expect(limitSetting(name)!.fromFact(limitSetting(name)!.toFact(12)), name).toBe(12);
  });
});

describe('the limits in force', () => {
  const { limits } = given;
  const row = (scope: string, setting: string, value: number) => ({ scope, setting, value });
  it("are the configured ones, the desk's word before them, and an account's before that", () => {
    expect(limitsInForce(limits, [], accountId)).toEqual(limits);
    const confirmed = [row(accountId, 'grossPercent', 50), row('desk', 'grossPercent', 80), row('desk', 'netPercent', 60), row(otherAccountId, 'netPercent', 1)];
    expect(limitsInForce(limits, confirmed, accountId)).toEqual({ ...limits, maxGrossPercent: 50, maxNetPercent: 60 });
    expect(limitsInForce(limits, confirmed, null)).toEqual({ ...limits, maxGrossPercent: 80, maxNetPercent: 60 });
  });
  it("are in the gates' own units: ratios and paise", () => {
    expect(limitsInForce(limits, [row('desk', 'sectorPercent', 29), row('desk', 'averageVolumePercent', 7), row('desk', 'fourEyesAmount', 100_000), row('desk', 'optionRiskAmount', 0.5)], null))
      .toEqual({ ...limits, maxSectorExposure: 0.29, advMaxRatio: 0.07, fourEyesMinor: 10_000_000 });
  });
  it('change nothing by a row that means nothing', () => {
    expect(limitsInForce(limits, [row('desk', 'toString', 1), row('desk', 'grossPercent', -1)], accountId)).toEqual(limits);
  });
});

describe('an account that ends or starts over', () => {
  const close = anyAction({ kind: 'account_close', accountId });
  promises('nothing_open', [
    { it: 'takes one with nothing open', action: close, given, word: 'passes', says: 'Nothing is open.' },
    { it: 'refuses one that holds something', action: close, given: holding(), word: 'blocks', says: '1 position and 0 orders are open; close them first.', nearest: { change: 'command', say: 'flatten' } },
    { it: 'refuses one with an order at the broker', action: close, given: passingSnapshot({ openOrders: fact([openOrder()]) }), word: 'blocks', says: '0 positions and 1 order are open' },
    { it: 'counts what is cleared and not yet there', action: close, given: { ...holding(), openOrders: fact([openOrder()]), committed: [{ actionId: 'x', symbol: 'INFY', sector: null, valueMinor: 1, riskMinor: 1 }] }, word: 'blocks', says: '1 position and 2 orders are open' },
    { it: "does not mind another account's, nor what is closed", action: close, given: passingSnapshot({ positions: fact([position({ accountId: otherAccountId }), position({ quantity: 0 })]), openOrders: fact([openOrder({ accountId: otherAccountId })]) }), word: 'passes' },
    { it: 'refuses to start over with positions', action: anyAction({ kind: 'account_reset', accountId, openingBalanceMinor: 1 }), given: passingSnapshot({ positions: fact([position(), position({ symbol: 'TCS' })]) }), word: 'blocks', says: '2 positions and 0 orders are open' },
    { it: 'blocks when nobody knows what is held', action: close, given: passingSnapshot({ positions: missing('broker did not say') }), word: 'blocks', missing: true, says: 'What is held is not known' },
    { it: 'blocks when nobody knows what is on order', action: close, given: passingSnapshot({ openOrders: missing('broker did not say') }), word: 'blocks', missing: true, says: 'What is on order is not known' },
  ]);
});
