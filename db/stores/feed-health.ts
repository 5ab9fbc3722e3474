import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface FeedHealthRow { feed: string; lastSuccessAt: Instant | null; lastHeardMarketTime: Instant | null; errors: number; lastError: string | null }
export const feedHealth = (executor: Executor): Promise<FeedHealthRow[]> => rows<FeedHealthRow & Record<string, unknown>>(executor, sql`
  select feed, core.instant_text(last_success_at) as "lastSuccessAt", core.instant_text(last_heard_market_time) as "lastHeardMarketTime", errors, last_error as "lastError" from core.feed_health order by feed`);
export const heardFrom = (tx: Executor, input: { feed: string; marketTime: Instant }) => tx.execute(sql`
  insert into core.feed_health (feed, last_success_at, last_heard_market_time, errors) values (${input.feed}, core.wall_now(), ${input.marketTime}, 0)
  on conflict (feed) do update set last_success_at = excluded.last_success_at, last_heard_market_time = excluded.last_heard_market_time`);
export const feedFailed = (tx: Executor, input: { feed: string; error: string }) => tx.execute(sql`
  insert into core.feed_health (feed, errors, last_error) values (${input.feed}, 1, ${input.error}) on conflict (feed) do update set errors = core.feed_health.errors + 1, last_error = excluded.last_error`);
