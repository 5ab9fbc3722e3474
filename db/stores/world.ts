import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

export interface World { kind: 'sim' | 'replay' | 'live'; label: string; seed: number | null; startedAt: Instant; marketNow: Instant | null; feedState: unknown }
export async function readWorld(executor: Executor): Promise<World | null> {
  return (await rows<World & Record<string, unknown>>(executor, sql`select kind, label, seed, core.instant_text(started_at) as "startedAt", core.instant_text(market_now) as "marketNow", feed_state::jsonb as "feedState" from core.world`))[0] ?? null;
}
/** Sets the world once; a database that holds another one keeps it, and the caller is told by the result. */
export async function claimWorld(tx: Executor, input: { kind: World['kind']; label: string; seed: number | null }): Promise<World> {
  await tx.execute(sql`insert into core.world (one, kind, label, seed, started_at) values (1, ${input.kind}, ${input.label}, ${input.seed}, core.wall_now()) on conflict (one) do nothing`);
  const world = await readWorld(tx);
  if (!world) throw new Error('the world is not there after claiming it');
  return world;
}
export const saveMarketNow = (tx: Executor, input: { marketNow: Instant; feedState: unknown }) =>
  tx.execute(sql`update core.world set market_now = ${input.marketNow}, feed_state = ${input.feedState === null ? null : JSON.stringify(input.feedState)} where one = 1`);
