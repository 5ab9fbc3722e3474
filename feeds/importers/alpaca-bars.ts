import { at, dateIn, type Instant } from '../../desk/time.ts';
import { refused, type LoadingImporter, type ParsedRow } from './define.ts';
import { readPrices } from './intraday-bars.ts';
import { type JsonRecord, rawOf, textOf } from './json-records.ts';
import { readBelievableDate, readMoment } from './read-date.ts';

const SYMBOL = /^[A-Z][A-Z0-9.]{0,9}$/;
/** By symbol, or of the one symbol that the answer names beside them. */
const barsOf = (document: unknown): [string, unknown[]][] => {
  const bars = document !== null && typeof document === 'object' ? (document as { bars?: unknown }).bars : undefined;
  const symbol = (document as { symbol?: unknown } | undefined)?.symbol;
  if (Array.isArray(bars)) return typeof symbol === 'string' ? [[symbol, bars]] : [];
  return bars !== null && typeof bars === 'object' && !Array.isArray(bars) ? Object.entries(bars).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1])) : [];
};

/** Daily bars of US shares as Alpaca's market-data API answers (`/v2/stocks/bars?timeframe=1Day`): `t` is New York's midnight, prices in dollars. Bars within the day are not kept. */
export const alpacaBars: LoadingImporter = {
  kind: 'alpaca_bars', loads: true,
  recognise: (head) => head.json?.root === 'object' && head.json.keys.includes('bars') && barsOf(head.json.document).some(([, [first]]) => first !== null && typeof first === 'object' && ['t', 'o', 'h', 'l', 'c', 'v'].every((key) => key in (first as object))),
  async* rows(_source, head, context) {
    const rows: ParsedRow[] = [];
    for (const [symbol, bars] of barsOf(head.json?.document)) {
      const seen = new Set<string>();
      for (const each of bars as JsonRecord[]) {
        const line = rows.length + 1;
        const moment: Instant | null = readMoment(textOf(each, 't'));
        if (!SYMBOL.test(symbol)) { rows.push(refused(line, `The key is no symbol: "${symbol.slice(0, 40)}".`, rawOf(each))); continue; }
        if (!moment) { rows.push(refused(line, `t is not a moment: "${textOf(each, 't').slice(0, 40)}".`, rawOf(each))); continue; }
        const date = dateIn(moment, 'America/New_York');
        const believable = readBelievableDate(date, 't', context.today);
        if ('reason' in believable) { rows.push(refused(line, believable.reason, rawOf(each))); continue; }
        if (moment !== at(date, '00:00', 'America/New_York')) { rows.push({ line, notLoaded: 'us_intraday_bars' }); continue; }
        const prices = readPrices({ open: textOf(each, 'o'), high: textOf(each, 'h'), low: textOf(each, 'l'), close: textOf(each, 'c'), volume: textOf(each, 'v') });
        if (typeof prices === 'string') rows.push(refused(line, prices, rawOf(each)));
        else if (seen.has(date)) rows.push(refused(line, `t repeats ${date}, already read for ${symbol}.`, rawOf(each)));
        else {
          seen.add(date);
          rows.push({ line, records: [{ type: 'foreign_bar', exchange: 'US', bar: { symbol, date, ...prices }, knownAt: at(date, '16:00', 'America/New_York'), source: 'alpaca' }] });
        }
      }
    }
    yield rows;
  },
};
