import { bigint, doublePrecision, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { core, day, id, moment, price } from './columns.ts';

const told = () => ({ happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), source: text('source').notNull() });

/** Buying and selling by institutions, in crore rupees; a side that the source does not tell is null. */
export const institutionalFlows = core.table('institutional_flows', {
  date: day('date').notNull(), period: text('period').notNull(), investor: text('investor').notNull(), segment: text('segment').notNull(), sector: text('sector').notNull(),
  buyCrore: doublePrecision('buy_crore'), sellCrore: doublePrecision('sell_crore'), netCrore: doublePrecision('net_crore').notNull(), assetsCrore: doublePrecision('assets_crore'), ...told(),
}, (t) => [primaryKey({ columns: [t.date, t.period, t.investor, t.segment, t.sector, t.source] }), index('institutional_flows_date').on(t.date)]);

/** Contracts that each class of participants holds or traded. */
export const participantPositions = core.table('participant_positions', {
  date: day('date').notNull(), measure: text('measure').notNull(), participant: text('participant').notNull(), instrument: text('instrument').notNull(),
  longContracts: bigint('long_contracts', { mode: 'number' }).notNull(), shortContracts: bigint('short_contracts', { mode: 'number' }).notNull(), ...told(),
}, (t) => [primaryKey({ columns: [t.date, t.measure, t.participant, t.instrument, t.source] })]);

/** Bulk and block deals and disclosed short selling; price in rupees. */
export const bulkDeals = core.table('bulk_deals', {
  fingerprint: text('fingerprint').primaryKey(), date: day('date').notNull(), kind: text('kind').notNull(), symbol: text('symbol').notNull(), company: text('company').notNull(), client: text('client').notNull(),
  side: text('side').notNull(), quantity: bigint('quantity', { mode: 'number' }).notNull(), price: price('price'), remarks: text('remarks').notNull(), occurrence: integer('occurrence').notNull(), ...told(),
}, (t) => [index('bulk_deals_symbol').on(t.symbol, t.date), index('bulk_deals_known').on(t.knownAt)]);

/** Disclosures under the insider trading rules; value in rupees. */
export const insiderTrades = core.table('insider_trades', {
  fingerprint: text('fingerprint').primaryKey(), symbol: text('symbol').notNull(), company: text('company').notNull(), person: text('person').notNull(), category: text('category').notNull(), transaction: text('transaction').notNull(),
  mode: text('mode').notNull(), security: text('security').notNull(), quantity: doublePrecision('quantity').notNull(), valueRupees: doublePrecision('value_rupees'), priorPercent: doublePrecision('prior_percent'), heldAfter: doublePrecision('held_after'),
  from: day('from_date'), to: day('to_date'), occurrence: integer('occurrence').notNull(), ...told(),
}, (t) => [index('insider_trades_symbol').on(t.symbol, t.knownAt)]);

/** Whole texts of central banks, regulator and government; `fingerprint` is that of the event that announces the text. */
export const policyUpdates = core.table('policy_updates', {
  id: id(), institution: text('institution').notNull(), kind: text('kind').notNull(), title: text('title').notNull(), date: day('date').notNull(), eventFingerprint: text('event_fingerprint').notNull(), text: text('text').notNull(),
  stance: text('stance'), sentiment: text('sentiment'), impactedSectors: text('impacted_sectors').array(), confidence: doublePrecision('confidence'), modelVersion: text('model_version'), ...told(),
}, (t) => [uniqueIndex('policy_updates_text').on(t.institution, t.title, t.date), index('policy_updates_source').on(t.institution, t.date), index('policy_updates_event').on(t.eventFingerprint)]);

/** Net asset values of mutual fund schemes, in rupees a unit. */
export const fundNavs = core.table('fund_navs', {
  scheme: text('scheme').notNull(), date: day('date').notNull(), isin: text('isin'), name: text('name').notNull(), nav: price('nav').notNull(), ...told(),
}, (t) => [primaryKey({ columns: [t.scheme, t.date] })]);

/** Dated numbers about a market: shares above their average by sector, interest rates. */
export const marketSeries = core.table('market_series', {
  series: text('series').notNull(), key: text('key').notNull(), date: day('date').notNull(), value: doublePrecision('value').notNull(), unit: text('unit').notNull(), ...told(),
}, (t) => [primaryKey({ columns: [t.series, t.key, t.date] })]);

/** Daily bars of other exchanges, apart from NSE's: the same name means another share there. Prices in that exchange's currency. */
export const barsForeign = core.table('bars_foreign', {
  exchange: text('exchange').notNull(), symbol: text('symbol').notNull(), date: day('date').notNull(), open: price('open').notNull(), high: price('high').notNull(), low: price('low').notNull(), close: price('close').notNull(),
  volume: bigint('volume', { mode: 'number' }).notNull(), ...told(),
}, (t) => [primaryKey({ columns: [t.exchange, t.symbol, t.date] })]);
