import { sql } from 'drizzle-orm';
import { bigserial, boolean, check, doublePrecision, index, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { accounts, fundingPlans } from './accounts.ts';
import { core, day, id, minor, moment } from './columns.ts';

/** A limit that a person confirmed in place of the configured one; `scope` is `desk` or an account's id. */
export const limitSettings = core.table('limit_settings', {
  scope: text('scope').notNull(), setting: text('setting').notNull(), accountId: uuid('account_id').references(() => accounts.id), value: jsonb('value').notNull(),
  since: moment('since').notNull(), actionId: uuid('action_id').notNull(),
}, (t) => [primaryKey({ columns: [t.scope, t.setting] })]);

/** The rules by which entries stop by themselves, one of a type in each scope. */
export const killSwitches = core.table('kill_switches', {
  scope: text('scope').notNull(), type: text('type').notNull(), accountId: uuid('account_id').references(() => accounts.id),
  threshold: doublePrecision('threshold').notNull(), thresholdType: text('threshold_type').notNull(), onTrigger: jsonb('on_trigger').$type<('pauseNewEntries' | 'cancelOpenEntries' | 'closeAll')[]>().notNull(),
  autoResetMinutes: integer('auto_reset_minutes'), active: boolean('active').notNull(), since: moment('since').notNull(), actionId: uuid('action_id'),
}, (t) => [primaryKey({ columns: [t.scope, t.type] }), check('kill_switches_threshold_type', sql`${t.thresholdType} in ('ABSOLUTE','PERCENTAGE')`)]);

/** Why entries are refused, one row a cause; the trading state of a scope is the strictest of its holds. `ACTIVE`: told, not enforced. */
export const tradingHolds = core.table('trading_holds', {
  scope: text('scope').notNull(), cause: text('cause').notNull(), accountId: uuid('account_id'), state: text('state').notNull(), reason: text('reason').notNull(),
  measured: doublePrecision('measured'), threshold: doublePrecision('threshold'), since: moment('since').notNull(), resetsAt: moment('resets_at'), actionId: uuid('action_id'),
}, (t) => [primaryKey({ columns: [t.scope, t.cause] }), check('trading_holds_state', sql`${t.state} in ('ACTIVE','REDUCING','HALTED')`)]);

/** What a funding plan has let out, each once. */
export const fundingReleases = core.table('funding_releases', {
  accountId: uuid('account_id').notNull().references(() => accounts.id), planId: uuid('plan_id').notNull().references(() => fundingPlans.id), tranche: integer('tranche').notNull(), kind: text('kind').notNull(),
  amountMinor: minor('amount_minor').notNull(), releasedOn: day('released_on').notNull(), at: moment('at').notNull(), actionId: uuid('action_id'),
}, (t) => [primaryKey({ columns: [t.planId, t.tranche] }), index('funding_releases_account').on(t.accountId), check('funding_releases_kind', sql`${t.kind} in ('INSTALMENT','TRANCHE')`)]);

/** The scheduler's jobs: when each ran last and how it ended, and who holds it now. */
export const jobs = core.table('jobs', {
  name: text('name').primaryKey(), lastStartedAt: moment('last_started_at'), lastFinishedAt: moment('last_finished_at'), lastOk: boolean('last_ok'), lastMessage: text('last_message'),
  lastDurationMs: integer('last_duration_ms'), runs: integer('runs').notNull().default(0), failures: integer('failures').notNull().default(0), leaseUntil: moment('lease_until'), leaseBy: text('lease_by'),
});

/** Catalogue C12, of an account or (`account_id` null) the whole desk. Null: not known, with the reason in `missing`. */
export const riskSnapshots = core.table('risk_snapshots', {
  id: id(), scope: text('scope').notNull(), accountId: uuid('account_id'), at: moment('at').notNull(), marketTime: moment('market_time').notNull(), day: day('day').notNull(), currency: text('currency'),
  equityMinor: minor('equity_minor'), pnlMinor: minor('pnl_minor'), dayStartPnlMinor: minor('day_start_pnl_minor'), dayStartEquityMinor: minor('day_start_equity_minor'), peakPnlMinor: minor('peak_pnl_minor'),
  totalOpenRiskMinor: minor('total_open_risk_minor'), unrealisedMinor: minor('unrealised_minor'), openPositions: integer('open_positions').notNull(), dailyNewRiskMinor: minor('daily_new_risk_minor'),
  dailyRealisedMinor: minor('daily_realised_minor'), drawdownMinor: minor('drawdown_minor'), drawdownPercent: doublePrecision('drawdown_percent'), dailyMaxDrawdownMinor: minor('daily_max_drawdown_minor'),
  volatilityPercent: doublePrecision('volatility_percent'), volatilityTargetPercent: doublePrecision('volatility_target_percent'), sectorExposures: jsonb('sector_exposures').$type<Record<string, number>>().notNull(),
  switchesActive: jsonb('switches_active').$type<string[]>().notNull(), missing: jsonb('missing').$type<string[]>().notNull(),
}, (t) => [index('risk_snapshots_scope').on(t.scope, t.at)]);

/** Each account at the close of a session. */
export const portfolioSnapshots = core.table('portfolio_snapshots', {
  accountId: uuid('account_id').notNull(), day: day('day').notNull(), at: moment('at').notNull(), marketTime: moment('market_time').notNull(), cashMinor: minor('cash_minor'), equityMinor: minor('equity_minor'),
  externalMinor: minor('external_minor'), pnlMinor: minor('pnl_minor'), positions: jsonb('positions').notNull(), missing: jsonb('missing').$type<string[]>().notNull(),
}, (t) => [primaryKey({ columns: [t.accountId, t.day] })]);

/** Changes and cancels that went to a broker, and when; beside the orders themselves they are what the order governor counts. Kept for a day. */
export const orderMessages = core.table('order_messages', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), at: moment('at').notNull(), operation: text('operation').notNull(),
}, (t) => [index('order_messages_at').on(t.at), check('order_messages_operation', sql`${t.operation} in ('modify','cancel')`)]);
