import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

export type AlertKind = 'kill_switch' | 'large_change' | 'daily_pnl' | 'error' | 'stale_feed' | 'reconciliation' | 'job_failed' | 'desk_silent' | 'picker_divergence' | 'eval_regression' | 'unknown_order';
export type Severity = 'INFO' | 'WARNING' | 'CRITICAL';
export interface NewAlert {
  id: string; kind: AlertKind; severity: Severity;
  /** What makes it the same alert as an earlier one: `stale_feed:nse`. */
  key: string;
  title: string; body: string; accountId: string | null;
}
export interface Alert extends NewAlert { count: number; firstAt: Instant; lastAt: Instant; acknowledgedAt: Instant | null; acknowledgedBy: string | null; escalations: number }
type Row = Alert & Record<string, unknown>;
const columns = sql`id, kind, severity, key, title, body, account_id as "accountId", count, core.instant_text(first_at) as "firstAt", core.instant_text(last_at) as "lastAt",
  core.instant_text(acknowledged_at) as "acknowledgedAt", acknowledged_by as "acknowledgedBy", escalations`;

/** Newest first. An alert of an account is for those who may see it; the desk's own are for everybody. */
export const listAlerts = (executor: Executor, input: { accountIds: readonly string[]; limit: number; openOnly?: boolean }): Promise<Alert[]> => rows<Row>(executor, sql`
  select ${columns} from core.alerts where (account_id is null or account_id = any(${array(input.accountIds, 'uuid')})) ${input.openOnly ? sql`and acknowledged_at is null` : sql``} order by last_at desc, id desc limit ${input.limit}`);
/** Returns how many were still open. */
export const acknowledgeAlerts = async (tx: Executor, input: { ids: readonly string[]; personId: string }): Promise<number> => (await rows(tx, sql`
  update core.alerts set acknowledged_at = core.wall_now(), acknowledged_by = ${input.personId} where id = any(${array(input.ids, 'uuid')}) and acknowledged_at is null returning id`)).length;

export interface Delivery { sequence: number; alertId: string; route: string; round: number; state: 'waiting' | 'digest' | 'sent' | 'failed' | 'dropped'; attempts: number; error: string | null; createdAt: Instant; sentAt: Instant | null }
const deliveryColumns = sql`sequence::float8 as sequence, alert_id as "alertId", route, round, state, attempts, error, core.instant_text(created_at) as "createdAt", core.instant_text(sent_at) as "sentAt"`;
export const deliveriesOf = (executor: Executor, alertIds: readonly string[]): Promise<Delivery[]> => rows<Delivery & Record<string, unknown>>(executor, sql`
  select ${deliveryColumns} from core.alert_deliveries where alert_id = any(${array(alertIds, 'uuid')}) order by sequence`);
