import { checks } from '../desk/gates/checks.ts';
import type { LimitFacts } from '../desk/gates/snapshot.ts';
import type { Configuration } from '../ops/configuration.ts';
import type { DeskSettings } from '../tools/services.ts';
import { StartRefused } from './open-home.ts';

/** The version of the rules that a verdict was made by. */
export const policyVersion = 'gates-2026-11';
/** The desk sends no more than this a second, whatever is configured: SEBI's threshold for unregistered algorithms is ten. */
export const hardOrdersPerSecond = 9;

/** @throws StartRefused when a configured name is not one of a check: a slip must not leave a rule out. */
function checkNames(names: readonly string[]): readonly string[] {
  const unknown = names.filter((name) => !checks.some(({ id }) => id === name));
  if (unknown.length > 0) throw new StartRefused(`BLOCK_ON_WARNING: there is no check ${unknown.join(', ')}; there are ${checks.map(({ id }) => id).join(', ')}`);
  return names;
}

const minorOf = (amount: number): number => Math.round(amount * 100);

/** The day's limits out of the configuration. */
export const limitsFrom = (c: Configuration): LimitFacts => ({
  advLookbackDays: c.ADV_LOOKBACK_DAYS, advMaxRatio: c.ADV_MIN_LIQUIDITY_RATIO, maxSpreadPercent: c.MAX_SPREAD_PERCENT, eventBlackoutDays: c.EVENT_BLACKOUT_DAYS, catalystFreshnessHours: c.CATALYST_FRESHNESS_HOURS,
  maxSectorExposure: c.MAX_SECTOR_EXPOSURE, maxSingleNamePercent: c.MAX_SINGLE_NAME_PERCENT, maxGrossPercent: c.MAX_GROSS_PERCENT, maxClusterPercent: c.MAX_CLUSTER_PERCENT, maxNetPercent: c.MAX_NET_PERCENT,
  fatFingerPercent: c.FAT_FINGER_PERCENT, quoteMaxAgeSeconds: c.QUOTE_MAX_AGE_SECONDS, duplicateWindowSeconds: c.DUPLICATE_WINDOW_SECONDS,
  ordersPerSecond: Math.min(c.ORDERS_PER_SECOND, hardOrdersPerSecond), ordersPerMinute: c.ORDERS_PER_MINUTE,
  transferMinBufferPercent: c.TREASURY_MIN_BUFFER_PERCENT, transferMaxLoanPercent: c.TREASURY_MAX_LOAN_PERCENT,
  ...(c.BLOCK_ON_WARNING === null ? {} : { blockOnWarning: checkNames(c.BLOCK_ON_WARNING) }),
  optionsTradingEnabled: c.OPTIONS_TRADING_ENABLED, optionsMaxRiskMinor: minorOf(c.OPTIONS_STRATEGY_MAX_RISK), liveTrading: c.LIVE_TRADING, fourEyesMinor: c.FOUR_EYES_AMOUNT === null ? null : minorOf(c.FOUR_EYES_AMOUNT),
});

/** What tools show and cycles size by, of the limits that are in force for the whole desk. */
export const deskSettingsOf = ({ eventBlackoutDays, catalystFreshnessHours, advLookbackDays, advMaxRatio, maxSectorExposure, optionsTradingEnabled, liveTrading }: LimitFacts): DeskSettings =>
  ({ eventBlackoutDays, catalystFreshnessHours, advLookbackDays, advMaxRatio, maxSectorExposure, optionsTradingEnabled, liveTrading });
