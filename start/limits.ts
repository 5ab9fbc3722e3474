import type { LimitFacts } from '../desk/gates/snapshot.ts';
import type { Configuration } from '../ops/configuration.ts';
import type { DeskSettings } from '../tools/services.ts';

/** The version of the rules that a verdict was made by. */
export const policyVersion = 'gates-2026-11';
/** The desk sends no more than this a second, whatever is configured: SEBI's threshold for unregistered algorithms is ten. */
export const hardOrdersPerSecond = 9;

const minorOf = (amount: number): number => Math.round(amount * 100);

/** The day's limits out of the configuration. */
export const limitsFrom = (c: Configuration): LimitFacts => ({
  advLookbackDays: c.ADV_LOOKBACK_DAYS, advMaxRatio: c.ADV_MIN_LIQUIDITY_RATIO, maxSpreadPercent: c.MAX_SPREAD_PERCENT, eventBlackoutDays: c.EVENT_BLACKOUT_DAYS, catalystFreshnessHours: c.CATALYST_FRESHNESS_HOURS,
  maxSectorExposure: c.MAX_SECTOR_EXPOSURE, maxSingleNamePercent: c.MAX_SINGLE_NAME_PERCENT, maxGrossPercent: c.MAX_GROSS_PERCENT, maxClusterPercent: c.MAX_CLUSTER_PERCENT, maxNetPercent: c.MAX_NET_PERCENT,
  fatFingerPercent: c.FAT_FINGER_PERCENT, quoteMaxAgeSeconds: c.QUOTE_MAX_AGE_SECONDS, duplicateWindowSeconds: c.DUPLICATE_WINDOW_SECONDS,
  ordersPerSecond: Math.min(c.ORDERS_PER_SECOND, hardOrdersPerSecond), ordersPerMinute: c.ORDERS_PER_MINUTE,
  transferMinBufferPercent: c.TREASURY_MIN_BUFFER_PERCENT, transferMaxLoanPercent: c.TREASURY_MAX_LOAN_PERCENT,
  optionsTradingEnabled: c.OPTIONS_TRADING_ENABLED, optionsMaxRiskMinor: minorOf(c.OPTIONS_STRATEGY_MAX_RISK), liveTrading: c.LIVE_TRADING, fourEyesMinor: c.FOUR_EYES_AMOUNT === null ? null : minorOf(c.FOUR_EYES_AMOUNT),
});

export const deskSettingsFrom = (c: Configuration): DeskSettings => ({
  eventBlackoutDays: c.EVENT_BLACKOUT_DAYS, catalystFreshnessHours: c.CATALYST_FRESHNESS_HOURS, advLookbackDays: c.ADV_LOOKBACK_DAYS, advMaxRatio: c.ADV_MIN_LIQUIDITY_RATIO, maxSectorExposure: c.MAX_SECTOR_EXPOSURE,
  optionsTradingEnabled: c.OPTIONS_TRADING_ENABLED, liveTrading: c.LIVE_TRADING,
});
