import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Of the orders and actions that ended in the last `minutes`: how many, and how many were rejected by the broker or failed here. */
export async function recentErrors(executor: Executor, minutes: number): Promise<{ ended: number; errors: number }> {
  const [row] = await rows<{ ended: number; errors: number }>(executor, sql`
    select (count(*))::int as ended, (count(*) filter (where bad))::int as errors from (
      select status = 'REJECTED' as bad from core.orders where updated_at > core.wall_now() - make_interval(mins => ${minutes}) and status in ('FILLED', 'CANCELLED', 'REJECTED', 'EXPIRED', 'OPEN')
      union all select state = 'failed' from core.actions where updated_at > core.wall_now() - make_interval(mins => ${minutes}) and state in ('done', 'failed', 'unknown')) ended`);
  return row ?? { ended: 0, errors: 0 };
}
