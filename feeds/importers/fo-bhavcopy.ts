import type { TradingDate } from '../../desk/time.ts';
import { createChainCollector } from './chain-collector.ts';
import { csvImporter } from './csv-importer.ts';
import type { LoadingImporter, ParsedRow, Sniff } from './define.ts';
import { refused } from './define.ts';
import { latestExpiryFrom } from './nse-option-chain.ts';
import { readBelievableDate } from './read-date.ts';
import { isBlank, readDecimal } from './read-number.ts';
import { barKnownAt } from './special-sessions.ts';
import { NSE_SYMBOL } from './symbol-record.ts';
import { udiffOf } from './udiff-bhavcopy.ts';
import { wordTable } from '../../desk/market/word-table.ts';

interface Columns {
  date: string;
  symbol: string;
  expiry: string;
  strike: string;
  right: string;
  close: string;
  volume: string;
  openInterest: string;
  change: string;
  instrument: string;
  spot?: string;
  lot?: string;
  before?: string;
}

/** Until 2010 options on shares were American and printed as CA and PA. */
const RIGHTS: Readonly<Record<string, 'call' | 'put'>> = wordTable({ CE: 'call', PE: 'put', CA: 'call', PA: 'put' });
/** The oldest files spell a column in one word. */
const spelled = (header: readonly string[], name: string): string => (name === 'OPTION_TYP' && header.includes('OPTIONTYPE') ? 'OPTIONTYPE' : name);

/**
 * The exchange's end-of-day file of futures and options. It has no bids and offers: a contract's closing price counts where it traded
 * that day. Open interest is in units of the underlying, volume in contracts. Futures are counted and left out.
 */
function foBhavcopy({
  kind,
  source,
  columns,
  options,
  also,
}: {
  kind: string;
  source: string;
  columns: Columns;
  options: ReadonlySet<string>;
  also?: (head: Sniff) => boolean;
}): LoadingImporter {
  const rows: LoadingImporter['rows'] = async function* (file, head, context) {
    const chains = createChainCollector({ source, exchange: 'NSE', pricedFrom: 'CLOSES', openInterestUnit: 'SHARES' });
    const reader = csvImporter({
      kind,
      columns: Object.values(columns) as string[],
      open({ column }) {
        const positions = Object.fromEntries(Object.entries(columns).map(([name, header]) => [name, column(spelled(head.header, header as string))]));
        return (fields, line, raw): ParsedRow => {
          const text = (name: keyof Columns): string => (fields[positions[name] ?? -1] ?? '').trim();
          if (!options.has(text('instrument'))) return { line, notLoaded: 'fo_futures' };
          const problem = readRow(text);
          return problem === null ? { line, records: [] } : refused(line, problem, raw);
        };
      },
    });
    const days = new Map<string, TradingDate | string>();
    const day = (printed: string, name: string, latest: TradingDate): { date: TradingDate } | { reason: string } => {
      const key = `${name}|${printed}`;
      let known = days.get(key);
      if (known === undefined) {
        const read = readBelievableDate(printed, name, latest);
        days.set(key, (known = 'reason' in read ? `!${read.reason}` : read.date));
      }
      return known.startsWith('!') ? { reason: known.slice(1) } : { date: known as TradingDate };
    };
    function readRow(text: (name: keyof Columns) => string): string | null {
      const date = day(text('date'), columns.date, context.today);
      if ('reason' in date) return date.reason;
      const expiry = day(text('expiry'), columns.expiry, latestExpiryFrom(context.today) as TradingDate);
      if ('reason' in expiry) return expiry.reason;
      const underlying = text('symbol');
      if (!NSE_SYMBOL.test(underlying)) return `${columns.symbol} is not a symbol: "${underlying.slice(0, 40)}".`;
      const right = RIGHTS[text('right')];
      if (right === undefined) return `${columns.right} is neither CE nor PE: "${text('right').slice(0, 10)}".`;
      const numbers: Partial<Record<keyof Columns, number | null>> = {};
      for (const name of ['strike', 'close', 'volume', 'openInterest', 'change', 'spot', 'lot', 'before'] as const) {
        const printed = text(name);
        if (columns[name] === undefined || isBlank(printed)) {
          numbers[name] = null;
          continue;
        }
        numbers[name] = readDecimal(printed);
        if (Number.isNaN(numbers[name])) return `${columns[name]} is not a number: "${printed.slice(0, 40)}".`;
      }
      const asOf = barKnownAt(date.date);
      const positive = (value: number | null | undefined): number | null => (value != null && value > 0 ? value : null);
      return chains.add({
        underlying,
        asOf,
        knownAt: asOf,
        spot: positive(numbers.spot),
        expiry: expiry.date,
        strike: numbers.strike ?? Number.NaN,
        type: right,
        lotSize: positive(numbers.lot),
        quote: {
          bid: null,
          ask: null,
          last: numbers.close ?? null,
          at: null,
          volume: numbers.volume ?? null,
          openInterest: numbers.openInterest ?? null,
          openInterestChange: numbers.change ?? null,
          ...(positive(numbers.before) === null ? {} : { previousClose: positive(numbers.before) }),
        },
      });
    }
    let last = 1;
    for await (const block of reader.rows(file, head, context)) {
      last = block.at(-1)?.line ?? last;
      yield block;
    }
    yield [{ line: last, records: chains.records() }];
  };
  return {
    kind,
    loads: true,
    rows,
    recognise: (head) =>
      head.form === 'text' &&
      Object.values(columns as unknown as Record<string, string>).every((name) => head.header.includes(spelled(head.header, name))) &&
      (also?.(head) ?? true),
  };
}

export const foBhavcopyLegacy = foBhavcopy({
  kind: 'fo_bhavcopy',
  source: 'nse-fo-bhavcopy',
  options: new Set(['OPTIDX', 'OPTSTK']),
  columns: {
    instrument: 'INSTRUMENT',
    symbol: 'SYMBOL',
    expiry: 'EXPIRY_DT',
    strike: 'STRIKE_PR',
    right: 'OPTION_TYP',
    close: 'CLOSE',
    volume: 'CONTRACTS',
    openInterest: 'OPEN_INT',
    change: 'CHG_IN_OI',
    date: 'TIMESTAMP',
  },
});

export const foBhavcopyUdiff = foBhavcopy({
  kind: 'udiff_fo_bhavcopy',
  source: 'nse-udiff-fo-bhavcopy',
  options: new Set(['IDO', 'STO']),
  also: (head) => udiffOf(head, 'SGMT') === 'FO' && udiffOf(head, 'SRC') !== 'BSE',
  columns: {
    instrument: 'FININSTRMTP',
    symbol: 'TCKRSYMB',
    expiry: 'XPRYDT',
    strike: 'STRKPRIC',
    right: 'OPTNTP',
    close: 'CLSPRIC',
    volume: 'TTLTRADGVOL',
    openInterest: 'OPNINTRST',
    change: 'CHNGINOPNINTRST',
    date: 'TRADDT',
    spot: 'UNDRLYGPRIC',
    lot: 'NEWBRDLOTQTY',
    before: 'PRVSCLSGPRIC',
  },
});
