import { sql } from 'drizzle-orm';
import { boolean, check, doublePrecision, index, integer, jsonb, smallint, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { MandateTerms } from '../../desk/actions/types.ts';
import { core, day, id, minor, moment } from './columns.ts';

/** One row: the world that this database holds. Switching worlds needs another home or `--fresh`. */
export const world = core.table('world', {
  one: smallint('one').primaryKey().default(1), kind: text('kind').notNull(), label: text('label').notNull(), seed: integer('seed'),
  startedAt: moment('started_at').notNull(),
  /** Market time at the last tick, so that the clock stands still while the process is down. */
  marketNow: moment('market_now'), feedState: text('feed_state'),
}, (t) => [check('world_one', sql`${t.one} = 1`), check('world_kind', sql`${t.kind} in ('sim','replay','live')`)]);

export const accounts = core.table('accounts', {
  id: id(), ownerId: uuid('owner_id').notNull(), name: text('name').notNull(), type: text('type').notNull(), status: text('status').notNull(),
  baseCurrency: text('base_currency').notNull(), broker: text('broker').notNull(), mode: text('mode').notNull(),
  openedAt: moment('opened_at').notNull(), deletedAt: moment('deleted_at'), liveArmedUntil: moment('live_armed_until'),
  /** The action that opened it; null for the accounts of the first start. */
  openedBy: uuid('opened_by'),
}, (t) => [
  uniqueIndex('accounts_owner_name').on(t.ownerId, t.name),
  check('accounts_type', sql`${t.type} in ('SIP','LUMP_SUM','EVENT_TACTICAL')`),
  check('accounts_status', sql`${t.status} in ('ACTIVE','PAUSED','CLOSED')`), check('accounts_mode', sql`${t.mode} in ('paper','live')`),
]);

export const mandates = core.table('mandates', {
  id: id(), accountId: uuid('account_id').notNull().references(() => accounts.id), version: integer('version').notNull(), active: boolean('active').notNull(),
  terms: jsonb('terms').$type<MandateTerms>().notNull(), assumptionLog: jsonb('assumption_log').$type<string[]>().notNull(), summary: text('summary').notNull(),
  actionId: uuid('action_id'), createdAt: moment('created_at').notNull(),
}, (t) => [uniqueIndex('mandates_version').on(t.accountId, t.version), uniqueIndex('mandates_active').on(t.accountId).where(sql`${t.active}`)]);

export const fundingPlans = core.table('funding_plans', {
  id: id(), accountId: uuid('account_id').notNull().references(() => accounts.id), version: integer('version').notNull(), active: boolean('active').notNull(),
  type: text('type').notNull(), sipAmountMinor: minor('sip_amount_minor'), sipFrequency: text('sip_frequency'), sipStartDate: day('sip_start_date'), sipDurationMonths: integer('sip_duration_months'),
  lumpSumAmountMinor: minor('lump_sum_amount_minor'), lumpSumDate: day('lump_sum_date'), tranchePlan: jsonb('tranche_plan').$type<{ percent: number; trigger: string }[]>().notNull(),
  carryForwardEnabled: boolean('carry_forward_enabled').notNull(), maxCarryForwardPercent: doublePrecision('max_carry_forward_percent').notNull(),
  emergencyBufferPercent: doublePrecision('emergency_buffer_percent').notNull(), createdAt: moment('created_at').notNull(),
}, (t) => [uniqueIndex('funding_plans_active').on(t.accountId).where(sql`${t.active}`), check('funding_plans_type', sql`${t.type} in ('SIP','LUMP_SUM','HYBRID')`)]);

/** Trading state of the desk (`account_id` null) and of each account. */
export const tradingStates = core.table('trading_states', {
  scope: text('scope').primaryKey(), accountId: uuid('account_id'), state: text('state').notNull(), reason: text('reason'),
  since: moment('since').notNull(), actionId: uuid('action_id'),
}, (t) => [check('trading_states_state', sql`${t.state} in ('ACTIVE','REDUCING','HALTED')`)]);

export const watchlist = core.table('watchlist', {
  symbol: text('symbol').primaryKey(), addedBy: text('added_by').notNull(), reason: text('reason'), addedAt: moment('added_at').notNull(),
}, (t) => [index('watchlist_added').on(t.addedAt)]);
