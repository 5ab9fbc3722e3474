import type { SwitchRule } from './kill-switches.ts';

type FirstSwitch = Omit<SwitchRule, 'accountId'>;
const stops: FirstSwitch['onTrigger'] = ['pauseNewEntries', 'cancelOpenEntries'];
const pauses: FirstSwitch['onTrigger'] = ['pauseNewEntries'];
const rule = (switchType: FirstSwitch['switchType'], threshold: number, changes: Partial<FirstSwitch> = {}): FirstSwitch =>
  ({ switchType, threshold, thresholdType: 'PERCENTAGE', onTrigger: stops, autoResetMinutes: null, active: true, ...changes });

/** The switches of an account until a person sets others: losses of the day, from the peak, in a row; a market three times as wild as the account aims at. */
export const firstAccountSwitches: readonly FirstSwitch[] = [
  rule('MAX_DAILY_LOSS', 3), rule('MAX_DRAWDOWN', 15), rule('LOSS_STREAK', 5, { thresholdType: 'ABSOLUTE', onTrigger: pauses }), rule('VOL_SPIKE', 300, { onTrigger: pauses }),
];
/** The switches of the whole desk. Stale data and order rate open again by themselves once they are over. */
export const firstDeskSwitches: readonly FirstSwitch[] = [
  rule('MAX_DAILY_LOSS', 3), rule('MAX_DRAWDOWN', 15), rule('ERROR_RATE', 50),
  rule('STALE_DATA', 100, { onTrigger: pauses, autoResetMinutes: 5 }), rule('ORDER_RATE', 150, { onTrigger: pauses, autoResetMinutes: 5 }),
];
