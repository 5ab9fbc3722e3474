import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { AlertKind, Severity } from '../../ops/alerts/templates.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

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

/** The same key within `windowSeconds` of its last time, not acknowledged yet, is one alert that counts: nobody is told again. */
export async function raiseAlert(tx: Executor, alert: NewAlert, windowSeconds = 600): Promise<{ id: string; isNew: boolean }> {
  const [before] = await rows<{ id: string }>(tx, sql`update core.alerts set count = count + 1, last_at = core.wall_now(), title = ${alert.title}, body = ${alert.body}
    where id = (select id from core.alerts where key = ${alert.key} and severity = ${alert.severity} and acknowledged_at is null and last_at > core.wall_now() - make_interval(secs => ${windowSeconds}) order by last_at desc limit 1 for update) returning id`);
  if (before) return { id: before.id, isNew: false };
  await tx.execute(sql`insert into core.alerts (id, kind, severity, key, title, body, account_id, count, first_at, last_at)
    values (${alert.id}, ${alert.kind}, ${alert.severity}, ${alert.key}, ${alert.title}, ${alert.body}, ${alert.accountId}, 1, core.wall_now(), core.wall_now())`);
  return { id: alert.id, isNew: true };
}

/** Newest first. An alert of an account is for those who may see it; the desk's own are for everybody. */
export const listAlerts = (executor: Executor, input: { accountIds: readonly string[]; limit: number; openOnly?: boolean }): Promise<Alert[]> => rows<Row>(executor, sql`
  select ${columns} from core.alerts where (account_id is null or account_id = any(${array(input.accountIds, 'uuid')})) ${input.openOnly ? sql`and acknowledged_at is null` : sql``} order by last_at desc, id desc limit ${input.limit}`);
export const alertById = async (executor: Executor, id: string): Promise<Alert | null> => (await rows<Row>(executor, sql`select ${columns} from core.alerts where id = ${id}`))[0] ?? null;
/** Alerts of the last hour whose delivery by `route` was not planned yet: a way that is set up later does not bring up old ones. */
export const unplannedAlerts = (executor: Executor, route: string): Promise<Alert[]> => rows<Row>(executor, sql`
  select ${columns} from core.alerts a where not exists (select 1 from core.alert_deliveries d where d.alert_id = a.id and d.route = ${route}) and first_at > core.wall_now() - interval '1 hour' order by first_at, id limit 100`);
export const alertWithKey = async (executor: Executor, key: string): Promise<boolean> => (await rows(executor, sql`select 1 as one from core.alerts where key = ${key} limit 1`)).length > 0;
/** CRITICAL ones that nobody has acknowledged for `seconds` since they were told last, and that were not escalated `most` times already. */
export const unansweredAlerts = (executor: Executor, input: { seconds: number; most: number }): Promise<Alert[]> => rows<Row>(executor, sql`
  select ${columns} from core.alerts where severity = 'CRITICAL' and acknowledged_at is null and escalations < ${input.most}
    and coalesce(escalated_at, first_at) <= core.wall_now() - make_interval(secs => ${input.seconds}) order by first_at, id limit 100`);
export const escalateAlert = async (tx: Executor, input: { id: string; from: number }): Promise<boolean> => (await rows(tx, sql`
  update core.alerts set escalations = escalations + 1, escalated_at = core.wall_now() where id = ${input.id} and escalations = ${input.from} and acknowledged_at is null returning id`)).length === 1;
/** Returns how many were still open. */
export const acknowledgeAlerts = async (tx: Executor, input: { ids: readonly string[]; personId: string }): Promise<number> => (await rows(tx, sql`
  update core.alerts set acknowledged_at = core.wall_now(), acknowledged_by = ${input.personId} where id = any(${array(input.ids, 'uuid')}) and acknowledged_at is null returning id`)).length;

export interface Delivery { sequence: number; alertId: string; route: string; round: number; state: 'waiting' | 'digest' | 'sent' | 'failed' | 'dropped'; attempts: number; error: string | null; createdAt: Instant; sentAt: Instant | null }
const deliveryColumns = sql`sequence::float8 as sequence, alert_id as "alertId", route, round, state, attempts, error, core.instant_text(created_at) as "createdAt", core.instant_text(sent_at) as "sentAt"`;
export const planDelivery = (tx: Executor, input: { alertId: string; route: string; round: number; state: 'waiting' | 'digest' | 'dropped'; error?: string }) => tx.execute(sql`
  insert into core.alert_deliveries (alert_id, route, round, state, not_before, error, created_at) values (${input.alertId}, ${input.route}, ${input.round}, ${input.state}, core.wall_now(), ${input.error ?? null}, core.wall_now()) on conflict do nothing`);
export const dueDeliveries = (executor: Executor): Promise<Delivery[]> => rows<Delivery & Record<string, unknown>>(executor, sql`
  select ${deliveryColumns} from core.alert_deliveries where state = 'waiting' and not_before <= core.wall_now() order by sequence limit 100`);
export const digestDeliveries = (executor: Executor): Promise<Delivery[]> => rows<Delivery & Record<string, unknown>>(executor, sql`
  select ${deliveryColumns} from core.alert_deliveries where state = 'digest' order by sequence limit 500`);
/** Takes deliveries to send them now; what comes back is this caller's. Whoever dies over them gives them back after `seconds`. */
export const takeDeliveries = (tx: Executor, input: { sequences: readonly number[]; from: 'waiting' | 'digest'; seconds: number }): Promise<Delivery[]> => rows<Delivery & Record<string, unknown>>(tx, sql`
  update core.alert_deliveries set state = 'waiting', not_before = core.wall_now() + make_interval(secs => ${input.seconds})
  where sequence = any(${array(input.sequences, 'bigint')}) and state = ${input.from} and not_before <= core.wall_now() returning ${deliveryColumns}`);
export const deliveriesOf = (executor: Executor, alertIds: readonly string[]): Promise<Delivery[]> => rows<Delivery & Record<string, unknown>>(executor, sql`
  select ${deliveryColumns} from core.alert_deliveries where alert_id = any(${array(alertIds, 'uuid')}) order by sequence`);
export const deliveriesSent = (tx: Executor, sequences: readonly number[]) => tx.execute(sql`
  update core.alert_deliveries set state = 'sent', attempts = attempts + 1, sent_at = core.wall_now(), error = null where sequence = any(${array(sequences, 'bigint')})`);
export const deliveryFailed = (tx: Executor, input: { sequence: number; error: string; againInSeconds: number | null }) => tx.execute(sql`
  update core.alert_deliveries set state = ${input.againInSeconds === null ? 'failed' : 'waiting'}, attempts = attempts + 1, error = ${input.error.slice(0, 500)}, not_before = core.wall_now() + make_interval(secs => ${input.againInSeconds ?? 0}) where sequence = ${input.sequence}`);
/** How many alerts went out by a route within the last hour. */
export const sentWithinHour = async (executor: Executor, route: string): Promise<number> => (await rows<{ n: number }>(executor, sql`
  select count(*)::int as n from core.alert_deliveries where route = ${route} and (state = 'waiting' or (state = 'sent' and sent_at > core.wall_now() - interval '1 hour'))`))[0]?.n ?? 0;
