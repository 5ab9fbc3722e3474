import { z } from 'zod';
import { defineTool } from './define.ts';

const Output = z.object({
  asOf: z.string(), world: z.string(), zone: z.string(), eventBlackoutDays: z.int(), catalystFreshnessHours: z.number(), advLookbackDays: z.int(), advMaxPercent: z.number(), maxSectorPercent: z.number(),
  optionsTradingEnabled: z.boolean(), liveTrading: z.boolean(), options: z.enum(['on', 'off']), live: z.enum(['on', 'off']),
});
const onOff = (value: boolean): 'on' | 'off' => (value ? 'on' : 'off');

/** The desk's own settings, as they were configured at the start. */
export const deskSettings = defineTool({
  name: 'desk_settings',
  purpose: 'The settings that the desk was started with',
  effect: 'read', permission: 'desk:read', input: z.object({}), output: Output,
  run: async ({ services: { market, settings } }) => ({
    asOf: market.now(), world: market.label(), zone: market.zone, eventBlackoutDays: settings.eventBlackoutDays, catalystFreshnessHours: settings.catalystFreshnessHours, advLookbackDays: settings.advLookbackDays,
    advMaxPercent: 100 * settings.advMaxRatio, maxSectorPercent: 100 * settings.maxSectorExposure, optionsTradingEnabled: settings.optionsTradingEnabled, liveTrading: settings.liveTrading, options: onOff(settings.optionsTradingEnabled), live: onOff(settings.liveTrading),
  }),
});
