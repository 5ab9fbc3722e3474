import { sql } from 'drizzle-orm';
import type { SwitchType } from '../../desk/actions/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** The last time that a switch of the desk tripped: on which day of the exchange, and what it read. */
export interface LastTrip { accountId: string | null; switchType: SwitchType; measured: number | null; day: TradingDate }
export const lastTrips = (executor: Executor): Promise<LastTrip[]> => rows<LastTrip & Record<string, unknown>>(executor, sql`
  select distinct on (account_id, body::jsonb->>'switchType') account_id as "accountId", body::jsonb->>'switchType' as "switchType", (body::jsonb->>'measured')::float8 as measured, (market_time at time zone 'Asia/Kolkata')::date::text as day
  from core.actions where kind = 'kill_switch_trip' and proposer_kind = 'desk' and state = 'done' order by account_id, body::jsonb->>'switchType', created_at desc`);
