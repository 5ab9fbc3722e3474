/**
 * Time as the desk uses it: instants in UTC and trading dates in the exchange's zone.
 * Both are branded strings so that they sort, hash and travel as JSON without loss.
 */
declare const instantBrand: unique symbol;
declare const tradingDateBrand: unique symbol;

/** UTC with milliseconds: `2024-06-03T03:45:00.000Z`. Compares correctly as a string. */
export type Instant = string & { readonly [instantBrand]: true };
/** A calendar date in the exchange's zone: `2024-06-03`. */
export type TradingDate = string & { readonly [tradingDateBrand]: true };
export type Zone = 'Asia/Kolkata' | 'America/New_York';

/** Gives the current instant. The desk never reads a clock of its own; one is passed in. */
export type Clock = () => Instant;

/** Other years are written longer, and would sort before all others. */
function fourDigitYear(iso: string): string {
  if (iso.length !== 24) throw new RangeError(`outside of the years 0 to 9999: ${iso}`);
  return iso;
}

/** @throws RangeError when `value` is not a real moment of the years 0 to 9999. */
export function instant(value: string | number | Date): Instant {
  const date = value instanceof Date ? value : new Date(value);
  if (Number.isNaN(date.getTime())) throw new RangeError(`not an instant: ${String(value)}`);
  return fourDigitYear(date.toISOString()) as Instant;
}

/** @throws RangeError when `value` is not a calendar date written `YYYY-MM-DD`. */
export function tradingDate(value: string): TradingDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match) throw new RangeError(`not a date (YYYY-MM-DD): ${value}`);
  const date = new Date(`${value}T00:00:00.000Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value) {
    throw new RangeError(`no such date: ${value}`);
  }
  return value as TradingDate;
}

export const epochMs = (at: Instant): number => Date.parse(at);
export const plusMs = (at: Instant, milliseconds: number): Instant => instant(Date.parse(at) + milliseconds);
export const plusMinutes = (at: Instant, minutes: number): Instant => plusMs(at, minutes * 60_000);
/** `later − earlier`, in milliseconds. */
export const msBetween = (earlier: Instant, later: Instant): number => Date.parse(later) - Date.parse(earlier);
/** Moves by calendar days, whatever the exchange does on them. */
export const plusDays = (date: TradingDate, days: number): TradingDate =>
  fourDigitYear(new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString()).slice(0, 10) as TradingDate;

const formatters = new Map<Zone, Intl.DateTimeFormat>();
function formatter(zone: Zone): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
      hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formatters.set(zone, found);
  }
  return found;
}

/** Minutes that the zone is ahead of UTC at that moment (Kolkata 330; New York −300 or −240). */
export const zoneOffsetMinutes = (at: Instant, zone: Zone): number => offsetMinutes(Date.parse(at), zone);
function offsetMinutes(atMs: number, zone: Zone): number {
  if (zone === 'Asia/Kolkata') return 330;
  const part: Record<string, number> = {};
  for (const { type, value } of formatter(zone).formatToParts(new Date(atMs))) part[type] = Number(value);
  const local = Date.UTC(part.year ?? 0, (part.month ?? 1) - 1, part.day ?? 1, part.hour ?? 0, part.minute ?? 0, part.second ?? 0);
  return Math.round((local - Math.floor(atMs / 1000) * 1000) / 60_000);
}

/** The date on the wall of the exchange at that moment. */
export const dateIn = (at: Instant, zone: Zone): TradingDate =>
  new Date(Date.parse(at) + zoneOffsetMinutes(at, zone) * 60_000).toISOString().slice(0, 10) as TradingDate;
/** `HH:MM` on the wall of the exchange at that moment. */
export const timeIn = (at: Instant, zone: Zone): string =>
  new Date(Date.parse(at) + zoneOffsetMinutes(at, zone) * 60_000).toISOString().slice(11, 16);

/** The moment at which the exchange's wall shows `date` `time` (`HH:MM` or `HH:MM:SS`). */
export function at(date: TradingDate, time: string, zone: Zone): Instant {
  const padded = time.length === 5 ? `${time}:00` : time;
  const asUtc = `${date}T${padded}.000Z`;
  const utcMs = Date.parse(asUtc);
  if (Number.isNaN(utcMs)) throw new RangeError(`not an instant: ${asUtc}`);
  const firstMs = utcMs - offsetMinutes(utcMs, zone) * 60_000;
  return instant(utcMs - offsetMinutes(firstMs, zone) * 60_000);
}
