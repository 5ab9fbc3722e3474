import type { Deal } from '../../desk/market/published-facts.ts';
import type { TradingDate } from '../../desk/time.ts';
import type { ImportContext, LoadingImporter, ParsedRow, Sniff } from './define.ts';
import { refused } from './define.ts';
import { csvImporter } from './csv-importer.ts';
import { jsonImporter, type JsonRecord, rawOf, textOf } from './json-records.ts';
import { createOccurrences } from './occurrences.ts';
import { endOfDay, readBelievableDate } from './read-date.ts';
import { isBlank, readCount, readDecimal } from './read-number.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

interface DealText { date: string; symbol: string; company: string; client: string; side: string; quantity: string; price: string; remarks: string }

/** Reads one deal; Indian digit grouping (`1,20,58,807`) is taken out. A deal is known at the end of its day: the list comes out that evening. */
function dealReader({ kind, source, context }: { kind: Deal['kind']; source: string; context: ImportContext }): (text: DealText, line: number, raw: string) => ParsedRow {
  const occurrence = createOccurrences();
  return (text, line, raw) => {
    const read = readBelievableDate(text.date, 'Date', context.today);
    if ('reason' in read) return refused(line, read.reason, raw);
    const symbol = text.symbol.trim();
    if (!NSE_SYMBOL.test(symbol)) return refused(line, `Symbol is not a symbol: "${symbol.slice(0, 40)}".`, raw);
    const quantity = readCount(text.quantity.replaceAll(',', ''));
    if (!(quantity > 0)) return refused(line, `Quantity is not a whole number above zero: "${text.quantity.slice(0, 40)}".`, raw);
    const told = kind === 'SHORT' ? { side: 'SELL' as const, price: null, client: '' } : sideAndPrice(text);
    if ('reason' in told) return refused(line, told.reason, raw);
    const deal = { date: read.date, kind, symbol, company: text.company.trim(), ...told, quantity, remarks: isBlank(text.remarks) ? '' : text.remarks.trim() };
    return { line, records: [{ type: 'deal', deal: { ...deal, occurrence: occurrence(keyOf(deal)) }, knownAt: endOfDay(read.date), source }] };
  };
}
const keyOf = (deal: { date: TradingDate; symbol: string; client: string; side: string; quantity: number; price: number | null }): string => [deal.date, deal.symbol, deal.client, deal.side, deal.quantity, deal.price].join('|');

function sideAndPrice(text: DealText): { client: string; side: Deal['side']; price: number } | { reason: string } {
  const client = text.client.replace(/\s+/g, ' ').trim();
  if (client === '') return { reason: 'Client Name is empty.' };
  const side = /^b(uy)?$/i.test(text.side.trim()) ? 'BUY' : /^s(ell|ale)?$/i.test(text.side.trim()) ? 'SELL' : null;
  if (!side) return { reason: `Buy/Sell is neither: "${text.side.slice(0, 40)}".` };
  const price = readDecimal(text.price.replaceAll(',', ''));
  return price > 0 ? { client, side, price } : { reason: `Price is not above zero: "${text.price.slice(0, 40)}".` };
}

/** The two lists share a header: a block list has no remarks, and both are called so in their names. */
const kindOfCsv = (head: Sniff): Deal['kind'] => (/block/i.test(head.name) ? 'BLOCK' : /bulk/i.test(head.name) || head.header.some((name) => name.startsWith('REMARK')) ? 'BULK' : 'BLOCK');
const columnLike = (head: Sniff, pattern: RegExp): number => head.header.findIndex((name) => pattern.test(name));
const CSV_COLUMNS = { date: /^DATE$/, symbol: /^SYMBOL$/, company: /^SECURITY[ _]NAME$/, client: /^CLIENT[ _]NAME$/, side: /^BUY ?[/_] ?SELL$/, quantity: /^QUANTITY( TRADED)?$/, price: /^TRADE[ _]PRICE/, remarks: /^REMARKS?$/ } as const;

/** Bulk and block deals as the exchange's downloads list them, and lists made from those (`Client_Name`, `Buy_Sell`). */
export const dealsCsv = csvImporter({
  kind: 'deals', columns: ['DATE', 'SYMBOL'],
  also: (head) => (['client', 'side', 'quantity', 'price'] as const).every((key) => columnLike(head, CSV_COLUMNS[key]) >= 0),
  open({ head, context }) {
    const at = Object.fromEntries(Object.entries(CSV_COLUMNS).map(([key, pattern]) => [key, columnLike(head, pattern)])) as Record<keyof DealText, number>;
    const kind = kindOfCsv(head);
    const read = dealReader({ kind, source: kind === 'BLOCK' ? 'nse-block-deals' : 'nse-bulk-deals', context });
    return (fields, line, raw) => read(Object.fromEntries(Object.entries(at).map(([key, i]) => [key, fields[i] ?? ''])) as unknown as DealText, line, raw);
  },
});

/** The same lists as the website's JSON; block deals carry no remarks at all (null), bulk deals `-`. */
export const dealsJson = jsonImporter({
  kind: 'deals_json', keys: ['BD_DT_DATE', 'BD_SYMBOL', 'BD_CLIENT_NAME', 'BD_QTY_TRD'],
  open({ head, context }) {
    const readers = (['BULK', 'BLOCK'] as const).map((kind) => dealReader({ kind, source: kind === 'BLOCK' ? 'nse-block-deals' : 'nse-bulk-deals', context }));
    return (record, line) => {
      const block = /block_?deals/i.test(head.name) || (!/bulk_?deals\b/i.test(head.name) && record.BD_REMARKS === null);
      const read = readers[block ? 1 : 0] as ReturnType<typeof dealReader>;
      return read({
        date: textOf(record, 'BD_DT_DATE'), symbol: textOf(record, 'BD_SYMBOL'), company: textOf(record, 'BD_SCRIP_NAME'), client: textOf(record, 'BD_CLIENT_NAME'), side: textOf(record, 'BD_BUY_SELL'),
        quantity: textOf(record, 'BD_QTY_TRD'), price: textOf(record, 'BD_TP_WATP'), remarks: textOf(record, 'BD_REMARKS'),
      }, line, rawOf(record));
    };
  },
});

/** The page of the day's large deals: bulk, block and short side by side under other names. */
export const dealsOfTheDay: LoadingImporter = {
  kind: 'deals_of_the_day', loads: true,
  recognise: ({ json }) => json?.root === 'object' && LISTS.every(([key]) => json.keys.includes(key)),
  async* rows(_source, head, context) {
    const document = head.json?.document as Record<string, unknown>;
    const rows: ParsedRow[] = [];
    for (const [key, kind, source] of LISTS) {
      const read = dealReader({ kind, source, context });
      for (const record of Array.isArray(document[key]) ? document[key] as JsonRecord[] : []) {
        rows.push(read({
          date: textOf(record, 'date'), symbol: textOf(record, 'symbol'), company: textOf(record, 'name'), client: textOf(record, 'clientName'), side: textOf(record, 'buySell'),
          quantity: textOf(record, 'qty'), price: textOf(record, 'watp'), remarks: textOf(record, 'remarks'),
        }, rows.length + 1, rawOf(record)));
      }
    }
    yield rows;
  },
};
const LISTS = [['BULK_DEALS_DATA', 'BULK', 'nse-bulk-deals'], ['BLOCK_DEALS_DATA', 'BLOCK', 'nse-block-deals'], ['SHORT_DEALS_DATA', 'SHORT', 'nse-short-selling']] as const;

const SHORT_COLUMNS = { date: /^(TRADE )?DATE$/, symbol: /^SYMBOL( NAME)?$/, company: /^SECURITY NAME$/, quantity: /^QUANTITY$/ } as const;
/** Short selling as the exchange's download and its daily file list it. */
export const shortSellingCsv = csvImporter({
  kind: 'short_selling_csv', columns: ['SECURITY NAME', 'QUANTITY'],
  also: (head) => head.header.length === 4 && Object.values(SHORT_COLUMNS).every((pattern) => columnLike(head, pattern) >= 0),
  open({ head, context }) {
    const at = Object.fromEntries(Object.entries(SHORT_COLUMNS).map(([key, pattern]) => [key, columnLike(head, pattern)])) as Record<keyof typeof SHORT_COLUMNS, number>;
    const read = dealReader({ kind: 'SHORT', source: 'nse-short-selling', context });
    const field = (fields: readonly string[], key: keyof typeof SHORT_COLUMNS): string => fields[at[key]] ?? '';
    return (fields, line, raw) => read({ date: field(fields, 'date'), symbol: field(fields, 'symbol'), company: field(fields, 'company'), client: '', side: 'SELL', quantity: field(fields, 'quantity'), price: '', remarks: '' }, line, raw);
  },
});

/** Short selling that institutions disclosed: a quantity a symbol and day, with neither client nor price. */
export const shortSelling = jsonImporter({
  kind: 'short_selling', keys: ['SS_DATE', 'SS_SYMBOL', 'SS_QTY'],
  open({ context }) {
    const read = dealReader({ kind: 'SHORT', source: 'nse-short-selling', context });
    return (record, line) => read({ date: textOf(record, 'SS_DATE'), symbol: textOf(record, 'SS_SYMBOL'), company: textOf(record, 'SS_NAME'), client: '', side: 'SELL', quantity: textOf(record, 'SS_QTY'), price: '', remarks: '' }, line, rawOf(record));
  },
});
