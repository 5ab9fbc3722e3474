import type { Database } from '../db/client.ts';
import { feedHealth } from '../db/stores/feed-health.ts';
import { msBetween } from '../desk/time.ts';
import type { MarketFeed } from '../feeds/define.ts';
import type { MarketView, ToolServices } from '../tools/services.ts';

/** A feed that says nothing for this long while the exchange is open is stale. */
const staleMinutes = 15;

export async function feedHealthOf(database: Database, feed: MarketFeed, market: MarketView): ReturnType<ToolServices['feedHealth']> {
  const now = market.now();
  const session = market.calendar().session(market.today());
  const open = session !== null && now >= session.open && now < session.close;
  const known = await feedHealth(database.orm);
  const rows = known.some((row) => row.feed === feed.name) ? known : [{ feed: feed.name, lastSuccessAt: null, lastHeardMarketTime: null, errors: 0, lastError: null }, ...known];
  return rows.map((row) => ({ ...row, stale: open && (row.lastHeardMarketTime === null || msBetween(row.lastHeardMarketTime, now) > staleMinutes * 60_000) }));
}
