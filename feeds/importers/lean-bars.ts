import { at, instant, type TradingDate } from '../../desk/time.ts';
import { barKnownAt } from './special-sessions.ts';
import { refused, type ImportContext, type LoadingImporter, type ParsedRow, type Sniff, type Source } from './define.ts';
import { indexNamed } from './indices.ts';
import { intradayRecord, readPrices } from './intraday-bars.ts';
import { readBelievableDate, readDate } from './read-date.ts';
import { readLines } from './read-lines.ts';
import { readCount } from './read-number.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/** The vendor stores prices of shares in ten-thousandths, of indices as they are. */
const SHARE_SCALE = 10_000;
const DAILY = /^\d{8} \d{2}:\d{2}(,\d+){5}$/;
const MINUTE = /^\d{8}(,[\d.]+){5}$/;
const MEMBER = /^(\d{8})_([a-z0-9&-]+)_minute_trade\.csv$/i;

/** The vendor's folders name kind and market (`equity/usa/daily/aapl.zip`); its files do not. */
function marketOf(path: string): { kind: 'equity' | 'index' | 'option'; market: 'usa' | 'india' } | null {
  const found = [...path.replaceAll('\\', '/').matchAll(/(?:^|\/)(equity|index|option)\/(usa|india)\//g)].at(-1);
  return found ? { kind: found[1] as 'equity' | 'index' | 'option', market: found[2] as 'usa' | 'india' } : null;
}
const NO_MARKET = 'Neither the file nor its folders say which market it is of; import the folder that holds equity/usa or equity/india.';
const full = (head: Sniff): string[] => head.lines.slice(0, 6).filter((line, i, all) => line !== '' && (i < all.length - 1 || all.length < 6));
const every = (head: Sniff, pattern: RegExp): boolean => head.form === 'text' && full(head).length > 0 && full(head).every((line) => pattern.test(line));

async function* linesOf(source: Source, head: Sniff, read: (raw: string, line: number) => ParsedRow): AsyncGenerator<ParsedRow[]> {
  for await (const block of readLines(source, head.encoding, { quoted: false })) yield [...block.refused, ...block.lines.map((raw, i) => read(raw, block.numbers[i] as number))];
}

/** Daily bars of the LEAN sample data. Shares of the US go to a table of their own: their names are also names on NSE. */
export const leanDailyBars: LoadingImporter = {
  kind: 'lean_daily_bars', loads: true,
  recognise: (head) => every(head, DAILY),
  rows(source, head, context) {
    const place = marketOf(source.path);
    const symbol = head.name.replace(/\.csv$/i, '').toUpperCase();
    const seen = new Set<string>();
    return linesOf(source, head, (raw, line) => {
      if (!place) return refused(line, NO_MARKET, raw);
      if (place.kind === 'option') return { line, notLoaded: 'us_option_bars' };
      if (!NSE_SYMBOL.test(symbol)) return refused(line, `The file's name is no symbol: "${symbol.slice(0, 40)}".`, raw);
      const bar = dailyBar(raw, place.kind === 'equity' ? SHARE_SCALE : 1, context);
      if (typeof bar === 'string') return refused(line, bar, raw);
      if (seen.has(bar.date)) return refused(line, `The date repeats ${bar.date}, already read in this file.`, raw);
      seen.add(bar.date);
      return { line, records: [place.market === 'usa'
        ? { type: 'foreign_bar', exchange: 'US', bar: { symbol, ...bar }, knownAt: at(bar.date, '16:00', 'America/New_York'), source: 'lean-usa' }
        : { type: 'daily_bar', bar: { symbol: indexNamed(symbol)?.symbol ?? symbol, ...bar }, knownAt: barKnownAt(bar.date), source: 'lean-india' }] };
    });
  },
};

function dailyBar(raw: string, scale: number, context: ImportContext): ({ date: TradingDate } & Exclude<ReturnType<typeof readPrices>, string>) | string {
  const [time = '', ...numbers] = raw.split(',');
  if (!DAILY.test(raw)) return 'Row is not a date and five whole numbers.';
  const read = readBelievableDate(time.slice(0, 8), 'date', context.today);
  if ('reason' in read) return read.reason;
  const prices = readPrices(scaled(numbers, scale));
  return typeof prices === 'string' ? prices : { date: read.date, ...prices };
}
const scaled = (numbers: readonly string[], scale: number) => {
  const price = (i: number): string => (scale === 1 ? (numbers[i] ?? '') : String(Number(numbers[i]) / scale));
  return { open: price(0), high: price(1), low: price(2), close: price(3), volume: numbers[4] ?? '' };
};

/** Minute bars of the same data: those of India. The member's name holds date and symbol, a row the milliseconds since midnight. */
export const leanMinuteBars: LoadingImporter = {
  kind: 'lean_minute_bars', loads: true,
  recognise: (head) => every(head, MINUTE),
  rows(source, head, context) {
    const place = marketOf(source.path);
    const member = MEMBER.exec(head.name);
    const archived = /(?:^|[\\/])(\d{8})_trade\.zip$/.exec(source.path)?.[1];
    const date = member ? readDate(member[1] ?? '') : null;
    const printed = (member?.[2] ?? '').toUpperCase();
    let index = indexNamed(printed);
    const symbol = index?.symbol ?? printed;
    let last = -1;
    return linesOf(source, head, (raw, line) => {
      if (!place) return refused(line, NO_MARKET, raw);
      if (place.market === 'usa') return { line, notLoaded: place.kind === 'option' ? 'us_option_bars' : 'us_intraday_bars' };
      if (!date || !NSE_SYMBOL.test(symbol)) return refused(line, `The member's name does not hold a date and a symbol: "${head.name.slice(0, 60)}".`, raw);
      // Some archives hold a second member with the same rows under the next day's name.
      if (archived && archived !== member?.[1]) return refused(line, `The member is dated ${member?.[1]} in an archive of ${archived}.`, raw);
      const believable = readBelievableDate(date, 'The date in the name', context.today);
      if ('reason' in believable) return refused(line, believable.reason, raw);
      const [time = '', ...numbers] = raw.split(',');
      const milliseconds = readCount(time);
      if (!(milliseconds < 86_400_000)) return refused(line, `The time is no milliseconds of a day: "${time.slice(0, 40)}".`, raw);
      if (milliseconds <= last) return refused(line, 'The time repeats or goes back behind an earlier line.', raw);
      const prices = readPrices(scaled(numbers, place.kind === 'equity' ? SHARE_SCALE : 1));
      if (typeof prices === 'string') return refused(line, prices, raw);
      last = milliseconds;
      const record = intradayRecord({ symbol, start: instant(Date.parse(at(date, '00:00', 'Asia/Kolkata')) + milliseconds), minutes: 1, ...prices }, 'lean-india');
      const told = index;
      index = undefined;
      return { line, records: told ? [record, { type: 'symbol', symbol: told, knownAt: record.knownAt, source: 'lean-india' }] : [record] };
    });
  },
};
