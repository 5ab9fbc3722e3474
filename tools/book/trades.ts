import type { Executor } from '../../db/client.ts';
import { listFills, type StoredFill } from '../../db/stores/execution.ts';
import { listSettlements } from '../../db/stores/settlements.ts';
import type { Instant } from '../../desk/time.ts';

/** What changed what is held: a fill, or an option that ended, which no order did. */
export type BookTrade = Pick<StoredFill, 'id' | 'accountId' | 'symbol' | 'side' | 'quantity' | 'price' | 'chargesMinor' | 'realisedMinor' | 'happenedAt'>;

/** More fills than a desk of people makes; the reads below are whole or they are wrong. */
export const everyFill = 1_000_000;

/** All of it in a stretch of market time, oldest first. */
export async function bookTrades(executor: Executor, input: { accountIds: readonly string[]; from?: Instant; to?: Instant }): Promise<BookTrade[]> {
  const fills: BookTrade[] = (await listFills(executor, { ...input, limit: everyFill })).reverse();
  const ended = await listSettlements(executor, input);
  // On its last moment what was filled comes before what ended.
  return ended.length === 0 ? fills : [...fills, ...ended].sort((a, b) => (a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : 0));
}
