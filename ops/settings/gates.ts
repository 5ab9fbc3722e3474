import { choice, flag, names, number, whole } from './reader.ts';
import { optional, setting } from './setting.ts';

export const gateSettings = {
  REAL_GUARDRAILS: setting({ is: choice('true'), otherwise: 'true', meaning: 'The gates judge every action; they cannot be switched off, so `false` stops the start' }),
  BLOCK_ON_WARNING: optional({ is: names, unit: 'checks with commas between them', meaning: 'Checks whose warnings refuse an entry here; a name that no check has stops the start' }),
  ADV_LOOKBACK_DAYS: setting({ is: whole(5, 250), otherwise: 20, unit: 'sessions', meaning: 'Sessions in the average daily volume' }),
  ADV_MIN_LIQUIDITY_RATIO: setting({ is: number(0, 1), otherwise: 0.05, unit: 'ratio', meaning: 'Largest order as a part of the average daily volume' }),
  MAX_SPREAD_PERCENT: setting({ is: number(0.01, 50), otherwise: 1, unit: 'percent', meaning: 'Widest spread at which an entry is sent' }),
  EVENT_BLACKOUT_DAYS: setting({ is: whole(0, 30), otherwise: 2, unit: 'trading days', meaning: 'No entry this close to results or a listed corporate event' }),
  CATALYST_FRESHNESS_HOURS: setting({ is: number(0.1, 720), otherwise: 24, unit: 'hours', meaning: 'Oldest event that may justify an event-driven entry' }),
  MAX_SECTOR_EXPOSURE: setting({ is: number(0.01, 1), otherwise: 0.3, unit: 'ratio of equity', meaning: 'Largest exposure to one sector; a mandate may ask for less' }),
  MAX_SINGLE_NAME_PERCENT: setting({ is: number(0.1, 100), otherwise: 25, unit: 'percent of equity', meaning: 'Largest position in one name' }),
  MAX_CLUSTER_PERCENT: setting({ is: number(0.1, 100), otherwise: 40, unit: 'percent of equity', meaning: 'Largest sum of positions that move together' }),
  MAX_GROSS_PERCENT: setting({ is: number(1, 1000), otherwise: 100, unit: 'percent of equity', meaning: 'Largest sum of all positions, long and short' }),
  MAX_NET_PERCENT: setting({ is: number(1, 1000), otherwise: 100, unit: 'percent of equity', meaning: 'Largest difference between long and short' }),
  FAT_FINGER_PERCENT: setting({ is: number(0.1, 100), otherwise: 10, unit: 'percent', meaning: 'Farthest that a price may lie from the last one' }),
  QUOTE_MAX_AGE_SECONDS: setting({ is: whole(1, 86_400), otherwise: 60, unit: 'seconds', meaning: 'Oldest quote, on the market clock, that an entry is judged by' }),
  DUPLICATE_WINDOW_SECONDS: setting({ is: whole(1, 86_400), otherwise: 60, unit: 'seconds', meaning: 'The same order within this time is a repeat' }),
  ORDERS_PER_SECOND: setting({ is: whole(1, 100), otherwise: 10, unit: 'orders a second', meaning: 'Order governor' }),
  ORDERS_PER_MINUTE: setting({ is: whole(1, 6000), otherwise: 200, unit: 'orders a minute', meaning: 'Order governor' }),
  FOUR_EYES_AMOUNT: optional({ is: number(1), unit: 'account currency', meaning: 'Actions above this need a second person; unset: none do' }),
  OPTIONS_TRADING_ENABLED: setting({ is: flag, otherwise: false, meaning: 'Whether option structures may be traded at all' }),
  OPTIONS_CHAIN_CACHE_MINUTES: setting({ is: whole(0, 1440), otherwise: 15, unit: 'minutes', meaning: 'How long a fetched option chain is used again' }),
  OPTIONS_STRATEGY_MAX_RISK: setting({ is: number(1), otherwise: 10_000, unit: 'account currency', meaning: 'Most that one option structure may lose' }),
};
