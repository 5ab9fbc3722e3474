import { decimal } from '../../desk/decimal.ts';
import type { SymbolRecord } from '../../desk/market/types.ts';
import { plusDays, type Instant, type TradingDate } from '../../desk/time.ts';
import { startOfDay } from './read-date.ts';

/** The first day of the NSE panel, with which the desk's history of shares begins. */
const COVERAGE_START = '2019-08-23' as TradingDate;

/** NSE's usual tick; files that state another one override it. */
const USUAL_TICK = decimal('0.05');

/** An NSE share. The cash market trades single shares; a derivatives lot is a trading rule, never this `lotSize`. */
export function equity(fields: Pick<SymbolRecord, 'symbol' | 'name'> & Partial<SymbolRecord>): SymbolRecord {
  return { exchange: 'NSE', kind: 'EQUITY', lotSize: 1, tickSize: USUAL_TICK, aliases: [], ...fields };
}

export interface ListDate { validFrom: TradingDate; knownAt: Instant; source: string }

/**
 * From when a reference list's statements hold and were known. What a list says of day D is public by the end of D,
 * hence the next midnight. A list that carries no date, in its name or inside, holds from `fallback`.
 */
function listDate({ date, source, fallback, note }: { date: TradingDate | null; source: string; fallback: TradingDate; note: string }): ListDate {
  if (date) return { validFrom: date, knownAt: startOfDay(plusDays(date, 1)), source };
  return { validFrom: fallback, knownAt: startOfDay(fallback), source: `${source} (${note})` };
}

/** For facts that hardly change (a sector): an undated list counts from the start of coverage, and its source says so. */
export const backfilledFrom = (date: TradingDate | null, source: string): ListDate =>
  listDate({ date, source, fallback: COVERAGE_START, note: 'backfilled: the file carries no date' });

/** For facts that change by the month (lots, bands): an undated list says nothing of the past and holds from today. */
export const undatedFromToday = (date: TradingDate | null, source: string, today: TradingDate): ListDate =>
  listDate({ date, source, fallback: today, note: 'undated: holds from the day of the import' });

/** Upper case with at least one letter: a date or a price in the wrong column is no symbol. */
export const NSE_SYMBOL = /^(?=[^A-Z]*[A-Z])[A-Z0-9][A-Z0-9&_-]{0,29}$/;
export const ISIN = /^[A-Z]{2}[A-Z0-9]{9}[0-9]$/;
