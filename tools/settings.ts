import { z } from 'zod';
import { formatCount, formatPercent } from '../desk/format.ts';
import { defineTool } from './define.ts';

/** The desk's settings that decide what it may do. They come from the configuration; none can be changed by word. */
export const settings = defineTool({
  name: 'settings', purpose: 'The desk’s settings: blackout, freshness, volume share, sector limit, options and live trading', effect: 'read', permission: 'desk:read', input: z.object({}),
  output: z.object({ asOf: z.string(), world: z.string(), lines: z.array(z.object({ setting: z.string(), value: z.string(), name: z.string().describe('in the configuration') })) }),
  run: async ({ services: { market, settings: s } }) => ({
    asOf: market.now(), world: market.label(),
    lines: [
      { setting: 'no entry before results', value: `${formatCount(s.eventBlackoutDays)} trading days`, name: 'EVENT_BLACKOUT_DAYS' }, { setting: 'oldest event behind an entry', value: `${formatCount(s.catalystFreshnessHours)} hours`, name: 'CATALYST_FRESHNESS_HOURS' },
      { setting: 'average daily volume over', value: `${formatCount(s.advLookbackDays)} sessions`, name: 'ADV_LOOKBACK_DAYS' }, { setting: 'largest order, of that volume', value: formatPercent(s.advMaxRatio * 100), name: 'ADV_MIN_LIQUIDITY_RATIO' },
      { setting: 'largest sector', value: formatPercent(s.maxSectorExposure * 100), name: 'MAX_SECTOR_EXPOSURE' }, { setting: 'options trading', value: s.optionsTradingEnabled ? 'on' : 'off', name: 'OPTIONS_TRADING_ENABLED' }, { setting: 'live trading', value: s.liveTrading ? 'on' : 'off', name: 'LIVE_TRADING' },
    ],
  }),
});
