import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Events of high priority that name a symbol, became known in (after, asOf], retell no other, and had no cycle of their own yet; the oldest first. */
export const hotEvents = (executor: Executor, { after, asOf, limit }: { after: Instant; asOf: Instant; limit: number }): Promise<{ id: string; title: string; symbols: string[] }[]> => rows(executor, sql`
  select id, title, symbols from core.events e where known_at > ${after} and known_at <= ${asOf} and priority = 'HIGH' and cardinality(symbols) > 0 and duplicate_of is null
    and not exists (select 1 from core.cycles c where c.trigger = 'event:' || e.id::text) order by known_at, id limit ${limit}`);
