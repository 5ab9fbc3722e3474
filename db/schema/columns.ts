import { customType, pgSchema, uuid } from 'drizzle-orm/pg-core';
import type { Decimal } from '../../desk/decimal.ts';
import { type Instant, instant, type TradingDate } from '../../desk/time.ts';

/** All tables of the desk; `graph` belongs to the checkpointer, `desk` to the views that the sql tool may see. */
export const core = pgSchema('core');

/** A UTC moment. Milliseconds in and out, so that nothing is lost between the database and the program. */
export const moment = customType<{ data: Instant; driverData: string | Date }>({
  dataType: () => 'timestamptz(3)',
  fromDriver: (value) => instant(value),
});
/** A date in the exchange's zone; read as text, never through a JavaScript date. */
export const day = customType<{ data: TradingDate; driverData: string }>({ dataType: () => 'date', fromDriver: (value) => value as TradingDate });
/** An exact price. */
export const price = customType<{ data: Decimal; driverData: string }>({
  dataType: () => 'numeric(18,6)',
  fromDriver: (value) => (value.includes('.') ? value.replace(/\.?0+$/, '') : value) as Decimal,
});
/** Integer minor units of the account's currency. */
export const minor = customType<{ data: number; driverData: string }>({ dataType: () => 'bigint', fromDriver: Number });
export const id = () => uuid('id').primaryKey();
/** Words with their places, for full-text search; made by the database. */
export const wordVector = customType<{ data: string }>({ dataType: () => 'tsvector' });
/** A pgvector of any dimension; written as `[1,2,3]`. In single precision: the embedded database reckons with halves four times slower. */
export const anyVector = customType<{ data: string }>({ dataType: () => 'vector' });
