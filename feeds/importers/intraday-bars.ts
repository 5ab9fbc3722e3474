import type { IntradayBar } from '../../desk/market/types.ts';
import { dateIn, instant, plusMinutes } from '../../desk/time.ts';
import { refused, type ImportContext, type LoadingImporter, type ParsedRow, type Sniff } from './define.ts';
import { indexNamed } from './indices.ts';
import { readableDates } from './date-order.ts';
import { createMinutesSeen } from './minute-seen.ts';
import { readBelievableDate, readMoment } from './read-date.ts';
import { readLines } from './read-lines.ts';
import { readCount, readDecimal } from './read-number.ts';
import { splitCsv } from './split-csv.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

/** Where the fields of a bar stand; `time` is a second column where date and time are apart. −1: not there. */
interface Layout { symbol: number; date: number; time: number; open: number; high: number; low: number; close: number; volume: number; width: number }
const HEADERLESS = /^[A-Z0-9&-]+,\d{4}-\d{2}-\d{2},\d{2}:\d{2}(:\d{2})?(,[\d.]+){4,5}$/;
const WITH_TIME = /\d[ T](?!00:00(:00)?([+Z-]|$))\d{1,2}:\d{2}/;

function layoutOf(header: readonly string[]): Layout | null {
  const at = (...names: string[]): number => header.findIndex((name) => names.includes(name));
  const layout = { symbol: at('SYMBOL', 'TICKER'), date: at('DATE', 'TIMESTAMP', 'DATETIME', 'DATE TIME'), time: at('TIME'), open: at('OPEN'), high: at('HIGH'), low: at('LOW'), close: at('CLOSE'), volume: at('VOLUME'), width: header.length };
  return Math.min(layout.date, layout.open, layout.high, layout.low, layout.close) < 0 ? null : layout;
}
const firstLines = (head: Sniff, from: number): string[] => head.lines.slice(from, from + 20).filter((line) => line !== '');
const headerless = (head: Sniff): boolean => HEADERLESS.test(head.lines[0] ?? '');

/** What a row says of its moment, with the date and the time put together where they stand apart. */
const momentText = (fields: readonly string[], { date, time }: Layout): string => (time < 0 ? (fields[date] ?? '') : `${(fields[date] ?? '').trim()} ${(fields[time] ?? '').trim()}`);

const datesOf = (head: Sniff, { date }: Layout): ((text: string) => string) => readableDates(head.lines.slice(headerless(head) ? 0 : 1, -1).map((line) => splitCsv(line)[date] ?? ''));

/** Minutes between bars: the smallest step between neighbours at the beginning of the file. Null with one bar only. */
function intervalOf(head: Sniff, layout: Layout): number | null {
  const dated = datesOf(head, layout);
  const times = firstLines(head, headerless(head) ? 0 : 1).map((line) => { const fields = splitCsv(line); fields[layout.date] = dated(fields[layout.date] ?? ''); return readMoment(momentText(fields, layout)); }).flatMap((moment) => (moment ? [Date.parse(moment)] : []));
  const steps = times.slice(1).map((time, i) => (time - (times[i] as number)) / 60_000).filter((step) => step > 0);
  return steps.length === 0 ? null : Math.min(...steps);
}

/** `HDFCBANK.csv`, `NIFTY_1min.csv`, `Nifty_Bank.csv`: the symbol or the index. Null when nothing symbol-like is left. */
export function intradaySymbol(name: string): string | null {
  const stem = name.replace(/\.(csv|txt)$/i, '').replace(/\.(NS|NSE)$/i, '').replace(/[_-]?\d{4}-?\d{2}-?\d{2}/g, '').replace(/[_-]?\d{1,2} ?m(in(ute)?s?)?$/i, '').replace(/[_-](trade|ticks?|intraday|minute)$/i, '');
  const index = indexNamed(stem.replaceAll('_', ' '));
  return index?.symbol ?? (NSE_SYMBOL.test(stem) ? stem : null);
}
/** A contract's name ends in strike and right; chains keep those. */
const CONTRACT = /\d(CE|PE)$|\d{2}[A-Z]{3}FUT$/;

/** Bars of one or more minutes under a header, or without one as `SYMBOL,date,time,o,h,l,c,volume`. A bar is known at its end. */
export const intradayBars: LoadingImporter = {
  kind: 'intraday_bars', loads: true,
  recognise: (head) => head.form === 'text' && (headerless(head) || (layoutOf(head.header) !== null && isIntraday(head))),
  async* rows(source, head, context) {
    const layout = headerless(head) ? { symbol: 0, date: 1, time: 2, open: 3, high: 4, low: 5, close: 6, volume: (head.lines[0] ?? '').split(',').length > 7 ? 7 : -1, width: (head.lines[0] ?? '').split(',').length } : layoutOf(head.header);
    const minutes = layout ? intervalOf(head, layout) : null;
    const named = intradaySymbol(head.name);
    if (!layout || !minutes) { yield [refused(1, 'The file has too few bars to tell their interval.', head.lines[0] ?? '')]; return; }
    if (minutes < 1 || minutes > 375) { yield [refused(1, `Bars of ${minutes} minutes are neither minute bars nor daily ones.`, head.lines[0] ?? '')]; return; }
    if (layout.symbol < 0 && !named) { yield [refused(1, 'The file has no SYMBOL column and its name is not a symbol; name it like RELIANCE.csv.', head.lines[0] ?? '')]; return; }
    const read = barReader({ layout, minutes, named, dated: datesOf(head, layout), context });
    let begun = headerless(head);
    for await (const block of readLines(source, head.encoding, { quoted: false })) {
      const rows: ParsedRow[] = block.refused;
      for (let i = 0; i < block.lines.length; i++) {
        if (!begun) { begun = true; continue; }
        rows.push(read(block.lines[i] as string, block.numbers[i] as number));
      }
      if (rows.length > 0) yield rows;
    }
  },
};
const isIntraday = (head: Sniff): boolean => {
  const layout = layoutOf(head.header);
  return layout !== null && firstLines(head, 1).slice(0, 5).some((line) => WITH_TIME.test(momentText(splitCsv(line), layout)));
};

/** Some vendors write the exchange behind the symbol: `NIFTY.NSE_IDX`. */
const symbolOf = (printed: string): string => { const bare = printed.replace(/\.(NS|NSE|NSE_IDX)$/i, ''); return bare === printed ? printed : (indexNamed(bare)?.symbol ?? bare); };

function barReader({ layout, minutes, named, dated, context }: { layout: Layout; minutes: number; named: string | null; dated(text: string): string; context: ImportContext }): (raw: string, line: number) => ParsedRow {
  const seen = createMinutesSeen();
  const told = new Set<string>();
  return (raw, line) => {
    const fields = splitCsv(raw);
    if (fields.length !== layout.width) return refused(line, `Row has ${fields.length} columns where the header names ${layout.width}.`, raw);
    const symbol = layout.symbol < 0 ? (named as string) : symbolOf((fields[layout.symbol] ?? '').trim());
    if (!NSE_SYMBOL.test(symbol)) return refused(line, `Symbol is not a symbol: "${symbol.slice(0, 40)}".`, raw);
    if (CONTRACT.test(symbol)) return { line, notLoaded: 'option_contract_minutes' };
    fields[layout.date] = dated(fields[layout.date] ?? '');
    const stamped = readMoment(momentText(fields, layout));
    // Some vendors stamp a minute with its last second.
    const start = stamped?.endsWith(':59.000Z') ? instant(Date.parse(stamped) - 59_000) : stamped;
    if (!start) return refused(line, `Date is not a moment: "${momentText(fields, layout).slice(0, 40)}".`, raw);
    const believable = readBelievableDate(dateIn(start, 'Asia/Kolkata'), 'Date', context.today);
    if ('reason' in believable) return refused(line, believable.reason, raw);
    const bar = readPrices({ open: fields[layout.open] ?? '', high: fields[layout.high] ?? '', low: fields[layout.low] ?? '', close: fields[layout.close] ?? '', volume: layout.volume < 0 ? '0' : (fields[layout.volume] ?? '') });
    if (typeof bar === 'string') return refused(line, bar, raw);
    if (seen(symbol, Date.parse(start))) return refused(line, `Symbol and time repeat ${symbol} at ${start}, already read in this file.`, raw);
    const row = { line, records: [intradayRecord({ symbol, start, minutes, ...bar })] };
    const index = told.has(symbol) ? undefined : indexNamed(symbol);
    told.add(symbol);
    // No list names the indices: their first bar brings the symbol along.
    return index ? { ...row, records: [...row.records, { type: 'symbol', symbol: index, knownAt: plusMinutes(start, minutes), source: 'minute-bars' }] } : row;
  };
}
export const intradayRecord = (bar: IntradayBar, source = 'minute-bars') => ({ type: 'intraday_bar' as const, bar, knownAt: plusMinutes(bar.start, bar.minutes), source });

/** The four prices and the volume, or what is wrong with them. */
export function readPrices(text: { open: string; high: string; low: string; close: string; volume: string }): Pick<IntradayBar, 'open' | 'high' | 'low' | 'close' | 'volume'> | string {
  const [open, high, low, close] = [readDecimal(text.open), readDecimal(text.high), readDecimal(text.low), readDecimal(text.close)];
  for (const [name, value] of [['Open', open], ['High', high], ['Low', low], ['Close', close]] as const) if (!(value > 0)) return `${name} is not a price above zero.`;
  if (high < Math.max(open, close, low) || low > Math.min(open, close)) return `Open ${open} and close ${close} do not lie within low ${low} and high ${high}.`;
  const volume = readCount(text.volume);
  return volume >= 0 ? { open, high, low, close, volume } : `Volume is not a whole number: "${text.volume.slice(0, 40)}".`;
}
