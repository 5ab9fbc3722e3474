import { timedResets } from '../actions/policy.ts';
import type { ActionOf, SwitchType } from '../actions/types.ts';
import type { Minor } from '../decimal.ts';
import { type Currency, formatCount, formatMoney, formatPercent } from '../format.ts';
import { type Instant, plusMinutes } from '../time.ts';
import type { DeskState } from './snapshot.ts';

/** A switch as a person set it. Absolute thresholds: minor units for losses, percent a year for volatility, else a count or seconds. */
export type SwitchRule = Omit<ActionOf<'kill_switch_set'>, 'kind'>;

/** One reading of an account or of the whole desk (catalogue C12). Null: not known; it trips nothing and is reported. */
export interface RiskReading {
  at: Instant; currency: Currency;
  /** Since the session's start, realised and not; a loss is below zero. */
  dailyPnlMinor: Minor | null; dayStartEquityMinor: Minor | null;
  /** From the highest equity so far, as a positive number. */
  drawdownMinor: Minor | null; drawdownPercent: number | null;
  volatilityPercent: number | null; volatilityTargetPercent: number | null;
  lossStreak: number | null;
  errors: number | null; errorPercent: number | null;
  /** Age of the oldest feed that should be fresh, and how many of the feeds are stale. */
  oldestFeedSeconds: number | null; staleFeedsPercent: number | null;
  ordersLastSecond: number | null; orderLimitPerSecond: number;
}

type Measure = { value: number | null; words: (value: number, currency: Currency) => string };
const money = (value: number, currency: Currency): string => formatMoney(value, currency);
const percent = (value: number): string => formatPercent(value);
const count = (value: number): string => formatCount(value);
const ratio = (part: number | null, whole: number | null): number | null => (part === null || whole === null || !(whole > 0) ? null : (part * 100) / whole);
const lossOf = (pnl: Minor | null): number | null => (pnl === null ? null : Math.max(0, -pnl));

/** What each switch measures. `MANUAL` measures nothing: a person trips it. */
const measures: { readonly [T in Exclude<SwitchType, 'MANUAL'>]: { name: string; ABSOLUTE(reading: RiskReading): Measure; PERCENTAGE(reading: RiskReading): Measure } } = {
  MAX_DAILY_LOSS: { name: "Today's loss", ABSOLUTE: (r) => ({ value: lossOf(r.dailyPnlMinor), words: money }), PERCENTAGE: (r) => ({ value: ratio(lossOf(r.dailyPnlMinor), r.dayStartEquityMinor), words: percent }) },
  MAX_DRAWDOWN: { name: 'Drawdown', ABSOLUTE: (r) => ({ value: r.drawdownMinor, words: money }), PERCENTAGE: (r) => ({ value: r.drawdownPercent, words: percent }) },
  VOL_SPIKE: { name: 'Volatility', ABSOLUTE: (r) => ({ value: r.volatilityPercent, words: percent }), PERCENTAGE: (r) => ({ value: ratio(r.volatilityPercent, r.volatilityTargetPercent), words: (value) => `${formatPercent(value)} of its target` }) },
  LOSS_STREAK: { name: 'Losses in a row', ABSOLUTE: (r) => ({ value: r.lossStreak, words: count }), PERCENTAGE: (r) => ({ value: r.lossStreak, words: count }) },
  ERROR_RATE: { name: 'Errors', ABSOLUTE: (r) => ({ value: r.errors, words: count }), PERCENTAGE: (r) => ({ value: r.errorPercent, words: percent }) },
  STALE_DATA: { name: 'Oldest feed', ABSOLUTE: (r) => ({ value: r.oldestFeedSeconds, words: (value) => `${formatCount(value)} seconds` }), PERCENTAGE: (r) => ({ value: r.staleFeedsPercent, words: (value) => `${formatPercent(value)} of feeds stale` }) },
  ORDER_RATE: { name: 'Orders in the last second', ABSOLUTE: (r) => ({ value: r.ordersLastSecond, words: count }), PERCENTAGE: (r) => ({ value: ratio(r.ordersLastSecond, r.orderLimitPerSecond), words: (value) => `${formatPercent(value)} of the limit` }) },
};

/** What a tripped switch makes of its scope: cancelling or closing halts, pausing refuses entries, neither only tells. */
export const stateOnTrigger = (onTrigger: SwitchRule['onTrigger']): DeskState =>
  onTrigger.includes('cancelOpenEntries') || onTrigger.includes('closeAll') ? 'HALTED' : onTrigger.includes('pauseNewEntries') ? 'REDUCING' : 'ACTIVE';

export interface SwitchTrip {
  switchType: SwitchType; accountId: string | undefined; measured: number; threshold: number; at: Instant;
  /** "Today's loss is ₹12,400; the switch is at ₹10,000." */
  sentence: string;
  onTrigger: SwitchRule['onTrigger'];
  /** When its timed reset is due; null without one. */
  resetsAt: Instant | null;
}
export interface SwitchVerdict { trips: SwitchTrip[]; /** Rules that could not be judged, said so that nobody takes silence for safety. */ unknown: { switchType: SwitchType; sentence: string }[] }

/** Pure: reaching the threshold trips. What tripped before is the caller's to remember. */
export function evaluateSwitches(rules: readonly SwitchRule[], reading: RiskReading): SwitchVerdict {
  const verdict: SwitchVerdict = { trips: [], unknown: [] };
  for (const rule of rules) {
    if (!rule.active || rule.switchType === 'MANUAL') continue;
    const subject = measures[rule.switchType];
    const { value, words } = subject[rule.thresholdType](reading);
    if (value === null || !Number.isFinite(value)) {
      verdict.unknown.push({ switchType: rule.switchType, sentence: `${subject.name} is not known, so ${rule.switchType} cannot be judged.` });
    } else if (value >= rule.threshold) {
      verdict.trips.push({
        switchType: rule.switchType, accountId: rule.accountId, measured: value, threshold: rule.threshold, at: reading.at, onTrigger: rule.onTrigger,
        sentence: `${subject.name}: ${words(value, reading.currency)}; the switch is at ${words(rule.threshold, reading.currency)}.`,
        resetsAt: rule.autoResetMinutes === null ? null : plusMinutes(reading.at, rule.autoResetMinutes),
      });
    }
  }
  return verdict;
}

/**
 * What becomes of a trip whose time is up. Only stale data and order rate reset themselves, and only when a fresh reading
 * shows that the condition is gone; after all others a person is asked.
 */
export function resetDue({ trip, rule, reading }: { trip: SwitchTrip; rule: SwitchRule; reading: RiskReading }): 'wait' | 'reset' | 'ask' {
  if (trip.resetsAt === null || reading.at < trip.resetsAt) return 'wait';
  const { trips, unknown } = evaluateSwitches([rule], reading);
  if (trips.length > 0 || unknown.length > 0) return 'wait';
  return (timedResets as readonly SwitchType[]).includes(trip.switchType) ? 'reset' : 'ask';
}
