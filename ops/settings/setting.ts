import type { Reader } from './reader.ts';

/** One row of the table of settings: how it is read, what holds when nobody sets it, and what it means. */
export interface Setting<T> {
  reader: Reader<T>;
  default: T;
  /** `days`, `percent`, `ratio` (0.3 for 30 %), `account currency` …; empty for words and switches. */
  unit: string;
  meaning: string;
  /** Never shown, not even in an error. */
  secret: boolean;
}

interface Row<T> { is: Reader<T>; unit?: string; meaning: string; secret?: boolean }
const build = <T>(reader: Reader<T>, value: T, { unit = '', meaning, secret = false }: Omit<Row<never>, 'is'>): Setting<T> => ({ reader, default: value, unit, meaning, secret });

export const setting = <T>({ is, otherwise, ...row }: Row<T> & { otherwise: NoInfer<T> }): Setting<T> => build(is, otherwise, row);
/** A setting that may stay unset: its value is then null, and what needs it is off. */
export const optional = <T>({ is, ...row }: Row<T>): Setting<T | null> => build<T | null>(is as Reader<T | null>, null, row);
export const secret = <T>({ is, ...row }: Row<T>): Setting<T | null> => optional({ is, ...row, secret: true });
