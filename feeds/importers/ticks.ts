import { dateIn, instant, type Instant } from '../../desk/time.ts';
import { refused, type ImportContext, type LoadingImporter, type ParsedRow } from './define.ts';
import { indexNamed } from './indices.ts';
import { intradayRecord, intradaySymbol } from './intraday-bars.ts';
import { readBelievableDate, readMoment } from './read-date.ts';
import { readLines } from './read-lines.ts';
import { readCount, readDecimal } from './read-number.ts';

const COLUMNS = ['TIMESTAMP', 'LTP', 'VOLUME'] as const;

/**
 * Ticks of one symbol (`timestamp,ltp,volume`, the volume counted from the day's first trade on) become bars of a minute.
 * The first minute holds what was traded before it, the auction: so a day's bars add up to the day's volume.
 */
export const tickBars: LoadingImporter = {
  kind: 'ticks', loads: true,
  recognise: (head) => head.form === 'text' && COLUMNS.every((name) => head.header.includes(name)),
  async* rows(source, head, context) {
    const symbol = intradaySymbol(head.name);
    if (!symbol) { yield [refused(1, 'The file has no SYMBOL column and its name is not a symbol; name it like RELIANCE.csv.', head.lines[0] ?? '')]; return; }
    const [timeAt, priceAt, volumeAt] = COLUMNS.map((name) => head.header.indexOf(name)) as [number, number, number];
    const minutes = createMinutes(symbol);
    let begun = false;
    for await (const block of readLines(source, head.encoding, { quoted: false })) {
      const rows: ParsedRow[] = block.refused;
      for (let i = 0; i < block.lines.length; i++) {
        if (!begun) { begun = true; continue; }
        const [raw, line] = [block.lines[i] as string, block.numbers[i] as number];
        const fields = raw.split(',');
        const tick = fields.length === head.header.length ? readTick({ time: fields[timeAt] ?? '', price: fields[priceAt] ?? '', total: fields[volumeAt] ?? '' }, context) : `Row has ${fields.length} columns where the header names ${head.header.length}.`;
        const problem = typeof tick === 'string' ? tick : minutes.add({ ...tick, line }, rows);
        if (problem !== null) rows.push(refused(line, problem, raw));
      }
      if (rows.length > 0) yield rows;
    }
    const rest: ParsedRow[] = [];
    minutes.end(rest);
    yield rest;
  },
};

interface Tick { at: Instant; price: number; total: number }

function readTick(text: { time: string; price: string; total: string }, context: ImportContext): Tick | string {
  const at = readMoment(text.time);
  if (!at) return `timestamp is not a moment: "${text.time.slice(0, 40)}".`;
  const believable = readBelievableDate(dateIn(at, 'Asia/Kolkata'), 'timestamp', context.today);
  if ('reason' in believable) return believable.reason;
  const [price, total] = [readDecimal(text.price), readCount(text.total)];
  if (!(price > 0)) return `ltp is not a price above zero: "${text.price.slice(0, 40)}".`;
  return total >= 0 ? { at, price, total } : `volume is not a whole number: "${text.total.slice(0, 40)}".`;
}

/** Puts ticks together minute by minute; `add` gives the reason when a tick goes back in time or in volume. */
function createMinutes(symbol: string): { add(tick: Tick & { line: number }, finished: ParsedRow[]): string | null; end(finished: ParsedRow[]): void } {
  let minute: { start: number; line: number; open: number; high: number; low: number; close: number; total: number } | null = null;
  let before = { day: '', total: 0 };
  let index = indexNamed(symbol);
  function end(finished: ParsedRow[]): void {
    if (!minute) return;
    const { start, line, total, open, high, low, close } = minute;
    const record = intradayRecord({ symbol, start: instant(start), minutes: 1, open, high, low, close, volume: total - before.total }, 'ticks');
    finished.push({ line, records: index ? [record, { type: 'symbol', symbol: index, knownAt: record.knownAt, source: 'ticks' }] : [record] });
    before = { ...before, total };
    minute = null;
    index = undefined;
  }
  return {
    add({ at, price, total, line }, finished) {
      const start = Math.floor(Date.parse(at) / 60_000) * 60_000;
      const day = dateIn(at, 'Asia/Kolkata');
      if (minute && start < minute.start) return 'timestamp goes back behind an earlier line.';
      if (minute && start > minute.start) end(finished);
      if (day !== before.day) before = { day, total: 0 };
      if (total < before.total) return `volume ${total} is below the ${before.total} counted in the minutes before.`;
      // Packets overtake each other within a second or two: a late one was traded all the same, and it was not the last.
      const late = minute !== null && total < minute.total;
      minute = minute ? { ...minute, high: Math.max(minute.high, price), low: Math.min(minute.low, price), close: late ? minute.close : price, total: Math.max(minute.total, total) } : { start, line, open: price, high: price, low: price, close: price, total };
      return null;
    },
    end,
  };
}
