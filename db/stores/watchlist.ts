import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

export const listWatchlist = (executor: Executor) => rows<{ symbol: string; reason: string | null; addedAt: string }>(executor, sql`select symbol, reason, core.instant_text(added_at) as "addedAt" from core.watchlist order by added_at desc, symbol`);
export async function editWatchlist(tx: Executor, input: { add: readonly string[]; remove: readonly string[]; addedBy: string }): Promise<void> {
  if (input.remove.length > 0) await tx.execute(sql`delete from core.watchlist where symbol = any(${array(input.remove, 'text')})`);
  if (input.add.length > 0) await tx.execute(sql`insert into core.watchlist (symbol, added_by, added_at) select unnest(${array(input.add, 'text')}), ${input.addedBy}, core.wall_now() on conflict do nothing`);
}
