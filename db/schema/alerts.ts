import { sql } from 'drizzle-orm';
import { bigserial, check, index, integer, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { core, id, moment } from './columns.ts';

/** Something that people should hear of, whether they look or not. The same `key` within its window is one alert that counts. */
export const alerts = core.table('alerts', {
  id: id(), kind: text('kind').notNull(), severity: text('severity').notNull(), key: text('key').notNull(), title: text('title').notNull(), body: text('body').notNull(),
  accountId: uuid('account_id'), count: integer('count').notNull(), firstAt: moment('first_at').notNull(), lastAt: moment('last_at').notNull(),
  acknowledgedAt: moment('acknowledged_at'), acknowledgedBy: uuid('acknowledged_by'), escalations: integer('escalations').notNull().default(0), escalatedAt: moment('escalated_at'),
}, (t) => [check('alerts_severity', sql`${t.severity} in ('INFO','WARNING','CRITICAL')`), index('alerts_key').on(t.key, t.lastAt), index('alerts_last').on(t.lastAt)]);

/** One line for each way that an alert was to go: the delivery log, and the queue of what still has to go. */
export const alertDeliveries = core.table('alert_deliveries', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), alertId: uuid('alert_id').notNull().references(() => alerts.id), route: text('route').notNull(), round: integer('round').notNull(),
  state: text('state').notNull(), attempts: integer('attempts').notNull().default(0), notBefore: moment('not_before').notNull(), error: text('error'), createdAt: moment('created_at').notNull(), sentAt: moment('sent_at'),
}, (t) => [check('alert_deliveries_state', sql`${t.state} in ('waiting','digest','sent','failed','dropped')`), uniqueIndex('alert_deliveries_once').on(t.alertId, t.route, t.round), index('alert_deliveries_due').on(t.state, t.notBefore)]);
