import { type SQL, sql } from 'drizzle-orm';
import { bigint, boolean, doublePrecision, index, integer, jsonb, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { anyVector, core, day, id, moment, price, wordVector } from './columns.ts';

/** Printed (unadjusted) daily bars. `happened_at` is the session's close; `known_at` is when the desk may know them. */
export const barsDaily = core.table('bars_daily', {
  symbol: text('symbol').notNull(), date: day('date').notNull(),
  open: price('open').notNull(), high: price('high').notNull(), low: price('low').notNull(), close: price('close').notNull(),
  volume: bigint('volume', { mode: 'number' }).notNull(), previousClose: price('previous_close'), trades: integer('trades'), deliveryQuantity: bigint('delivery_quantity', { mode: 'number' }),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.date] }), index('bars_daily_date').on(t.date)]);

export const barsIntraday = core.table('bars_intraday', {
  symbol: text('symbol').notNull(), start: moment('start').notNull(), minutes: integer('minutes').notNull(),
  open: price('open').notNull(), high: price('high').notNull(), low: price('low').notNull(), close: price('close').notNull(),
  volume: bigint('volume', { mode: 'number' }).notNull(), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.minutes, t.start] })]);

export const symbols = core.table('symbols', {
  symbol: text('symbol').primaryKey(), exchange: text('exchange').notNull(), name: text('name').notNull(), kind: text('kind').notNull(),
  isin: text('isin'), series: text('series'), sector: text('sector'), industry: text('industry'),
  lotSize: integer('lot_size').notNull(), tickSize: price('tick_size').notNull(), faceValue: doublePrecision('face_value'), listedOn: day('listed_on'),
  aliases: text('aliases').array().notNull(), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [index('symbols_sector').on(t.sector), index('symbols_name').on(t.name)]);

export const calendarDays = core.table('calendar_days', {
  exchange: text('exchange').notNull(), date: day('date').notNull(), kind: text('kind').notNull(), open: text('open'), close: text('close'),
  description: text('description'), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [primaryKey({ columns: [t.exchange, t.date, t.source] })]);

/** What each source covers, so that "no event" and "nobody knows" are different answers. */
export const coverage = core.table('coverage', {
  kind: text('kind').notNull(), source: text('source').notNull(), symbol: text('symbol').notNull(), from: day('from_date').notNull(), to: day('to_date').notNull(),
  mode: text('mode').notNull(), recordedAt: moment('recorded_at').notNull(),
}, (t) => [primaryKey({ columns: [t.kind, t.source, t.symbol] })]);

export const scheduledEvents = core.table('earnings_calendar', {
  symbol: text('symbol').notNull(), date: day('date').notNull(), kind: text('kind').notNull(), purpose: text('purpose').notNull(),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.date, t.kind] })]);

export const corporateActions = core.table('corporate_actions', {
  symbol: text('symbol').notNull(), exDate: day('ex_date').notNull(), kind: text('kind').notNull(), subject: text('subject').notNull(),
  factor: doublePrecision('factor').notNull(), amount: price('amount'), basis: text('basis').notNull(),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.exDate, t.kind, t.basis] })]);

/** Dated facts about trading in a symbol: price band, market lot, freeze quantity. */
export const tradingRules = core.table('trading_rules', {
  symbol: text('symbol').notNull(), rule: text('rule').notNull(), validFrom: day('valid_from').notNull(), value: text('value').notNull(),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.rule, t.validFrom] })]);

/** Which shares each list of an index's constituents named. A list holds until the index's next. */
export const indexMembers = core.table('index_members', {
  index: text('index').notNull(), listedOn: day('listed_on').notNull(), symbol: text('symbol').notNull(), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull(),
}, (t) => [primaryKey({ columns: [t.index, t.listedOn, t.symbol] })]);

export const events = core.table('events', {
  id: id(), fingerprint: text('fingerprint').notNull(), source: text('source').notNull(), sourceUrl: text('source_url'), artifactUrl: text('artifact_url'),
  title: text('title').notNull(), body: text('body').notNull(), eventType: text('event_type').notNull(), priority: text('priority').notNull(),
  symbols: text('symbols').array().notNull(), unlinkedNames: text('unlinked_names').array().notNull(), sector: text('sector'), stance: text('stance'),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), ingestedAt: moment('ingested_at').notNull(), processedAt: moment('processed_at'),
  processingStatus: text('processing_status').notNull(),
  /** What full-text search reads: the title's words before the body's. */
  words: wordVector('words').generatedAlwaysAs((): SQL => sql`setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', left(body, 100000)), 'D')`),
  /** The earlier event that tells the same story; such a row is one more source of it. */
  duplicateOf: uuid('duplicate_of'),
}, (t) => [
  index('events_duplicates').on(t.duplicateOf),
  uniqueIndex('events_fingerprint').on(t.fingerprint), index('events_known').on(t.knownAt), index('events_symbols').using('gin', t.symbols),
  index('events_words').using('gin', t.words),
  /** Those that wait to be tagged and embedded, by priority. */
  index('events_waiting').on(t.priority, t.id).where(sql`processing_status = 'PENDING'`),
]);

export const eventTags = core.table('event_tags', {
  eventId: uuid('event_id').primaryKey().references(() => events.id), eventType: text('event_type').notNull(), stance: text('stance').notNull(),
  confidence: doublePrecision('confidence').notNull(), rationale: text('rationale').notNull(), impactScore: doublePrecision('impact_score').notNull(), modelVersion: text('model_version').notNull(), at: moment('at').notNull(),
  entities: jsonb('entities').$type<{ name: string; symbol: string | null }[]>().notNull().default([]), tickers: text('tickers').array().notNull().default([]), knownAt: moment('known_at').notNull(),
});

/** What a text is near to: a vector of its provider's model. Several models may stand side by side while texts are embedded anew. */
export const embeddings = core.table('embeddings', {
  kind: text('kind').notNull(), subjectId: uuid('subject_id').notNull(), provider: text('provider').notNull(), model: text('model').notNull(), dimension: integer('dimension').notNull(),
  textDigest: text('text_digest').notNull(), embedding: anyVector('embedding').notNull(), knownAt: moment('known_at').notNull(), at: moment('at').notNull(),
}, (t) => [primaryKey({ columns: [t.kind, t.model, t.subjectId] }), index('embeddings_subject').on(t.subjectId)]);

export const eventAnalyses = core.table('event_analyses', {
  id: id(), eventId: uuid('event_id').references(() => events.id), symbol: text('symbol'), agent: text('agent').notNull(),
  summary: jsonb('summary').$type<string[]>().notNull(), keyPoints: jsonb('key_points').$type<string[]>().notNull(), risks: jsonb('risks').$type<string[]>().notNull(),
  sources: jsonb('sources').$type<string[]>().notNull(), modelVersion: text('model_version').notNull(), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(),
}, (t) => [index('event_analyses_event').on(t.eventId)]);

/** A computed feature row; `values` is the FeatureSet as the cycle saw it. */
export const features = core.table('features', {
  id: id(), symbol: text('symbol').notNull(), asOf: day('as_of').notNull(), values: jsonb('values').notNull(), version: text('version').notNull(),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(),
}, (t) => [uniqueIndex('features_symbol_day').on(t.symbol, t.asOf, t.version)]);

export const signals = core.table('signals', {
  id: id(), symbol: text('symbol').notNull(), strategy: text('strategy').notNull(), direction: text('direction').notNull(),
  edgePercent: doublePrecision('edge_percent').notNull(), confidence: doublePrecision('confidence').notNull(), horizonDays: integer('horizon_days').notNull(),
  tpProbability: doublePrecision('tp_probability'), slProbability: doublePrecision('sl_probability'), comparableCount: integer('comparable_count').notNull(),
  thesisBullets: jsonb('thesis_bullets').notNull(), modelVersion: text('model_version').notNull(), featureId: uuid('feature_id').references(() => features.id),
  eventId: uuid('event_id'), status: text('status').notNull(), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), expiresAt: moment('expires_at').notNull(),
}, (t) => [index('signals_symbol').on(t.symbol, t.knownAt)]);

/** Every version of the map from trust to chance that a card was drawn up by, with how well it foretold: `body` is a `Calibration`. Never changed afterwards. */
export const calibrations = core.table('calibrations', {
  version: text('version').primaryKey(), barriers: text('barriers').notNull(), strategies: text('strategies').notNull(), body: jsonb('body').notNull(), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(),
});

export const cycles = core.table('cycles', {
  id: id(), asOf: moment('as_of').notNull(), startedAt: moment('started_at').notNull(), elapsedMs: integer('elapsed_ms').notNull(), trigger: text('trigger').notNull(), funnel: jsonb('funnel').notNull(),
});

export const feedHealth = core.table('feed_health', {
  feed: text('feed').primaryKey(), lastSuccessAt: moment('last_success_at'), lastHeardMarketTime: moment('last_heard_market_time'), errors: integer('errors').notNull(), lastError: text('last_error'), cursor: text('cursor'),
  /** Wall clock. A feed that failed is asked again after `not_before`. */
  lastAttemptAt: moment('last_attempt_at'), notBefore: moment('not_before'), failuresInARow: integer('failures_in_a_row').notNull().default(0), records: bigint('records', { mode: 'number' }).notNull().default(0),
});

export const imports = core.table('imports', {
  fileDigest: text('file_digest').notNull(), path: text('path').notNull(), kind: text('kind').notNull(), accepted: integer('accepted').notNull(),
  updated: integer('updated').notNull(), duplicate: integer('duplicate').notNull(), quarantined: integer('quarantined').notNull(), at: moment('at').notNull(),
}, (t) => [primaryKey({ columns: [t.fileDigest, t.kind] })]);

/** Refused rows: nothing is dropped. */
export const quarantine = core.table('quarantine', {
  fileDigest: text('file_digest').notNull(), line: integer('line').notNull(), reason: text('reason').notNull(), file: text('file').notNull(),
  kind: text('kind').notNull(), raw: text('raw').notNull(), at: moment('at').notNull(), resolved: boolean('resolved').notNull().default(false),
}, (t) => [primaryKey({ columns: [t.fileDigest, t.line, t.reason] })]);
