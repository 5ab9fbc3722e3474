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

/** What is remembered of a live feed between two looks; times on the wall clock. */
export interface FeedStateRow { cursor: string | null; lastAttemptAt: Instant | null; notBefore: Instant | null; failuresInARow: number; lastSuccessAt: Instant | null }
export async function feedState(executor: Executor, feed: string): Promise<FeedStateRow> {
  const [row] = await rows<FeedStateRow & Record<string, unknown>>(executor, sql`
    select cursor, core.instant_text(last_attempt_at) as "lastAttemptAt", core.instant_text(not_before) as "notBefore", failures_in_a_row as "failuresInARow", core.instant_text(last_success_at) as "lastSuccessAt" from core.feed_health where feed = ${feed}`);
  return row ?? { cursor: null, lastAttemptAt: null, notBefore: null, failuresInARow: 0, lastSuccessAt: null };
}
/** A feed answered: with `records` facts, none where nothing had changed. */
export const feedAnswered = (tx: Executor, input: { feed: string; now: Instant; cursor: string; records: number }) => tx.execute(sql`
  insert into core.feed_health as h (feed, last_success_at, last_attempt_at, last_heard_market_time, errors, cursor, records) values (${input.feed}, ${input.now}, ${input.now}, ${input.now}, 0, ${input.cursor}, ${input.records})
  on conflict (feed) do update set last_success_at = excluded.last_success_at, last_attempt_at = excluded.last_attempt_at, last_heard_market_time = excluded.last_heard_market_time, cursor = excluded.cursor, records = h.records + excluded.records,
    not_before = null, failures_in_a_row = 0, last_error = null`);
export const feedRefused = (tx: Executor, input: { feed: string; now: Instant; notBefore: Instant; reason: string }) => tx.execute(sql`
  insert into core.feed_health as h (feed, last_attempt_at, errors, last_error, not_before, failures_in_a_row) values (${input.feed}, ${input.now}, 1, ${input.reason}, ${input.notBefore}, 1)
  on conflict (feed) do update set last_attempt_at = excluded.last_attempt_at, errors = h.errors + 1, last_error = excluded.last_error, not_before = excluded.not_before, failures_in_a_row = h.failures_in_a_row + 1`);
