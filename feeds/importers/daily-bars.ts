import type { DailyBar, SymbolName } from '../../desk/market/types.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';
import { readBelievableDate } from './read-date.ts';
import { isBlank, readCount, readDecimal } from './read-number.ts';
import { barKnownAt } from './special-sessions.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/** One bar as text, field by field. An absent column is undefined; an absent value is blank. */
export interface BarFields {
  symbol: string; date: string; open: string; high: string; low: string; close: string;
  volume?: string | undefined; previousClose?: string | undefined; trades?: string | undefined; deliveryQuantity?: string | undefined;
}
/** The file's own names of the columns, so that a refusal says which one was wrong. */
export type BarColumns = { [K in keyof BarFields]-?: string };

interface KnownDay { date: TradingDate; knownAt: Instant; index: number }
const FIRST_DAY_MS = Date.UTC(1990, 0, 1);
const DAY_MS = 86_400_000;
/** Days from 1990 that the bitmap of read keys can hold: to 2045. */
const BITMAP_BYTES = 2_512;

/**
 * Reads daily bars out of one file: returns the record, or the refusal in one sentence. It remembers which symbol and
 * day it has read (two kilobytes a symbol), so that a key that repeats within the file is refused.
 */
export function createBarReader({ columns, source, today, clean = (value) => value }: {
  columns: BarColumns; source: string; today: TradingDate;
  /** Applied to each price. */
  clean?: (value: number) => number;
}): (fields: BarFields) => FeedRecord | string {
  const days = new Map<string, KnownDay | string>();
  const seen = new Map<string, { symbol: SymbolName; days: Uint8Array }>();

  function day(text: string): KnownDay | string {
    let known = days.get(text);
    if (known === undefined) {
      const read = readBelievableDate(text, columns.date, today);
      known = 'reason' in read ? read.reason : { date: read.date, knownAt: barKnownAt(read.date), index: (Date.parse(read.date) - FIRST_DAY_MS) / DAY_MS };
      if (days.size < 50_000) days.set(text, known);
    }
    return known;
  }

  return (fields) => {
    const told = fields.symbol.trim();
    let known = seen.get(told);
    // Of all its bars the symbol is one text, cut out of no line: whoever looks it up next finds its hash done.
    const symbol = known?.symbol ?? told;
    if (!known && !NSE_SYMBOL.test(symbol)) return `${columns.symbol} is not a symbol: "${symbol.slice(0, 40)}".`;
    const when = day(fields.date);
    if (typeof when === 'string') return when;
    const open = clean(readDecimal(fields.open));
    const high = clean(readDecimal(fields.high));
    const low = clean(readDecimal(fields.low));
    const close = clean(readDecimal(fields.close));
    if (!(open > 0 && high > 0 && low > 0 && close > 0)) return priceProblem(fields, columns);
    if (high < low) return `${columns.high} ${high} is below ${columns.low} ${low}.`;
    if (open > high || open < low) return `${columns.open} ${open} lies outside ${columns.low} ${low} to ${columns.high} ${high}.`;
    if (close > high || close < low) return `${columns.close} ${close} lies outside ${columns.low} ${low} to ${columns.high} ${high}.`;
    const volume = fields.volume === undefined ? 0 : readCount(fields.volume);
    if (!(volume >= 0)) return countProblem(fields.volume ?? '', columns.volume);

    const bar: DailyBar = { symbol, date: when.date, open, high, low, close, volume };
    if (fields.previousClose !== undefined && !isBlank(fields.previousClose)) {
      const previousClose = clean(readDecimal(fields.previousClose));
      if (!(previousClose >= 0)) return `${columns.previousClose} is not a price: "${fields.previousClose.trim().slice(0, 40)}".`;
      // A newly listed share prints 0: it has no previous close.
      if (previousClose > 0) bar.previousClose = previousClose;
    }
    if (fields.trades !== undefined && !isBlank(fields.trades)) {
      bar.trades = readCount(fields.trades);
      if (!(bar.trades >= 0)) return countProblem(fields.trades, columns.trades);
    }
    if (fields.deliveryQuantity !== undefined && !isBlank(fields.deliveryQuantity)) {
      bar.deliveryQuantity = readCount(fields.deliveryQuantity);
      if (!(bar.deliveryQuantity >= 0)) return countProblem(fields.deliveryQuantity, columns.deliveryQuantity);
      if (bar.deliveryQuantity > volume) return `${columns.deliveryQuantity} ${bar.deliveryQuantity} is above ${columns.volume} ${volume}.`;
    }

    if (!known) seen.set(symbol, (known = { symbol, days: new Uint8Array(BITMAP_BYTES) }));
    const byte = when.index >> 3;
    const bit = 1 << (when.index & 7);
    if (((known.days[byte] ?? 0) & bit) !== 0) return `${columns.symbol} and ${columns.date} repeat ${symbol} on ${when.date}, already read in this file.`;
    known.days[byte] = (known.days[byte] ?? 0) | bit;
    return { type: 'daily_bar', bar, knownAt: when.knownAt, source };
  };
}

function priceProblem(fields: BarFields, columns: BarColumns): string {
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    const value = readDecimal(fields[name]);
    if (Number.isNaN(value)) return `${columns[name]} is not a number: "${fields[name].trim().slice(0, 40)}".`;
    if (value <= 0) return `${columns[name]} is not above zero: ${value}.`;
  }
  return `${columns.close} is not a price.`;
}

function countProblem(text: string, column: string): string {
  const value = readDecimal(text);
  if (Number.isNaN(value)) return `${column} is not a number: "${text.trim().slice(0, 40)}".`;
  return value < 0 ? `${column} is negative: ${value}.` : `${column} is not a whole number: ${value}.`;
}
