import type { TradingDate } from '../../time.ts';

/** A rule while it held. `validTo` is the last day, null while no end is known. */
export interface Dated<T> { validFrom: TradingDate; validTo: TradingDate | null; value: T; /** Where it stands. */ source: string }

/** What held on a day; undefined when the table doesn't reach it: then nobody knows, and callers say so. */
export const heldOn = <T>(rows: readonly Dated<T>[] | undefined, date: TradingDate): Dated<T> | undefined =>
  rows?.find(({ validFrom, validTo }) => validFrom <= date && (validTo === null || date <= validTo));
