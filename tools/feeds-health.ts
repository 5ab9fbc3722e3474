import { z } from 'zod';
import { msBetween } from '../desk/time.ts';
import { localTime } from './book/local-time.ts';
import { defineTool } from './define.ts';

const Line = z.object({
  feed: z.string(), stale: z.boolean(), state: z.string(), lastHeardMarketTime: z.string().nullable(), lastHeardText: z.string().nullable(), minutesSilent: z.int().nullable().describe('on the market clock'),
  lastSuccessAt: z.string().nullable().describe('wall clock'), errors: z.int(), lastError: z.string().nullable(),
});

/** When each feed was last heard. `minutesSilent` is null where a feed was never heard: that is not zero. */
export const feedsHealth = defineTool({
  name: 'feeds_health', purpose: 'When each data feed was last heard, whether it is stale, its errors', effect: 'read', permission: 'desk:read', input: z.object({}),
  output: z.object({ asOf: z.string(), world: z.string(), feeds: z.array(Line), stale: z.array(Line), count: z.int() }),
  run: async ({ services }) => {
    const { market } = services;
    const now = market.now();
    const feeds = (await services.feedHealth()).map((row): z.infer<typeof Line> => ({
      ...row, state: row.stale ? 'stale' : row.lastHeardMarketTime === null ? 'not heard yet' : row.lastError !== null && row.errors > 0 ? 'heard, with errors' : 'fine',
      lastHeardText: row.lastHeardMarketTime === null ? null : localTime(row.lastHeardMarketTime, { today: market.today(), zone: market.zone }),
      minutesSilent: row.lastHeardMarketTime === null ? null : Math.max(0, Math.floor(msBetween(row.lastHeardMarketTime, now) / 60_000)),
    }));
    return { asOf: now, world: market.label(), feeds, stale: feeds.filter((feed) => feed.stale), count: feeds.length };
  },
});
