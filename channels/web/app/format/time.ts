export type Zone = 'Asia/Kolkata' | 'America/New_York';
const zoneNames: Record<Zone, string> = { 'Asia/Kolkata': 'IST', 'America/New_York': 'New York' };
export const zoneName = (zone: Zone): string => zoneNames[zone];

const formats = new Map<string, Intl.DateTimeFormat>();
function parts(at: string, zone: Zone, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const key = zone + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options })));
  const found: Record<string, string> = {};
  for (const { type, value } of format.formatToParts(new Date(at))) found[type] = value;
  return found;
}
const valid = (at: string): boolean => !Number.isNaN(Date.parse(at));

/** `11:42` or `11:42:07`, on the exchange's wall. */
export function clockTime(at: string, zone: Zone, seconds = false): string {
  if (!valid(at)) return at;
  const found = parts(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${found.hour}:${found.minute}${seconds ? `:${found.second}` : ''}`;
}
/** `3 Jun 2024` */
export function calendarDay(at: string, zone: Zone): string {
  if (!valid(at)) return at;
  const found = parts(at, zone, { day: 'numeric', month: 'short', year: 'numeric' });
  return `${found.day} ${found.month} ${found.year}`;
}
/** `Mon 3 Jun` */
export function shortDay(at: string, zone: Zone): string {
  if (!valid(at)) return at;
  const found = parts(at, zone, { weekday: 'short', day: 'numeric', month: 'short' });
  return `${found.weekday} ${found.day} ${found.month}`;
}
/** The time alone today, else the day too. */
export const clockOrDay = (at: string, now: string, zone: Zone): string =>
  calendarDay(at, zone) === calendarDay(now, zone) ? clockTime(at, zone) : shortDay(at, zone);

/** Seconds by which the exchange's wall is ahead of UTC: what a chart that knows only UTC has to be shifted by. */
export function zoneOffsetSeconds(at: string, zone: Zone): number {
  const found = parts(at, zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const wall = Date.UTC(
    Number(found.year),
    Number(found.month) - 1,
    Number(found.day),
    Number(found.hour),
    Number(found.minute),
    Number(found.second),
  );
  return Math.round(wall / 1000 - Math.floor(Date.parse(at) / 1000));
}

/** `9 min 42 s`, `42 s`, `0 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}
