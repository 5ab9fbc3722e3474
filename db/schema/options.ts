import { doublePrecision, index, integer, primaryKey, text } from 'drizzle-orm/pg-core';
import { core, day, moment, price } from './columns.ts';

/** One chain as a source told it at a moment. `comparable_volatility`: at the forward of the expiry nearest to thirty days away. */
export const optionSnapshots = core.table('option_snapshots', {
  symbol: text('symbol').notNull(), asOf: moment('as_of').notNull(), source: text('source').notNull(), exchange: text('exchange').notNull(), spot: price('spot'), spotPreviousClose: price('spot_previous_close'),
  pricedFrom: text('priced_from').notNull(), openInterestUnit: text('open_interest_unit').notNull(), comparableVolatility: doublePrecision('comparable_volatility'),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.asOf, t.source] })]);

/** A contract of such a chain: what was printed (sizes in units of the underlying), its marks, and the volatility and greeks that its price implied by the forward of its expiry. */
export const optionChains = core.table('option_chains', {
  symbol: text('symbol').notNull(), asOf: moment('as_of').notNull(), source: text('source').notNull(), expiry: day('expiry').notNull(), strike: doublePrecision('strike').notNull(), optRight: text('opt_right').notNull(),
  lotSize: integer('lot_size'), bid: doublePrecision('bid'), ask: doublePrecision('ask'), last: doublePrecision('last'), bidSize: doublePrecision('bid_size'), askSize: doublePrecision('ask_size'), previousClose: doublePrecision('previous_close'), quotedAt: moment('quoted_at'),
  volume: doublePrecision('volume'), openInterest: doublePrecision('open_interest'), openInterestChange: doublePrecision('open_interest_change'),
  iv: doublePrecision('iv'), delta: doublePrecision('delta'), gamma: doublePrecision('gamma'), theta: doublePrecision('theta'), vega: doublePrecision('vega'), forward: doublePrecision('forward'),
  marks: text('marks').array().notNull(), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(),
}, (t) => [primaryKey({ columns: [t.symbol, t.asOf, t.source, t.expiry, t.strike, t.optRight] }), index('option_chains_contract').on(t.symbol, t.expiry, t.strike)]);
