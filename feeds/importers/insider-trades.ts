import type { InsiderTrade } from '../../desk/market/published-facts.ts';
import { dateIn } from '../../desk/time.ts';
import { csvImporter } from './csv-importer.ts';
import { refused, type ImportContext, type ParsedRow, type Sniff } from './define.ts';
import { jsonImporter, rawOf, textOf } from './json-records.ts';
import { createOccurrences } from './occurrences.ts';
import { readBelievableDate, readDate, readMoment } from './read-date.ts';
import { isBlank, readDecimal } from './read-number.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

interface TradeText { symbol: string; company: string; person: string; category: string; transaction: string; mode: string; security: string; quantity: string; value: string; prior: string; after: string; broadcast: string; from: string; to: string }

const TRANSACTIONS: readonly [RegExp, InsiderTrade['transaction']][] = [
  [/^(buy|acquisition)/i, 'BUY'], [/^(sell|sale|disposal)/i, 'SELL'], [/^pledge\s*(revo|rele)/i, 'PLEDGE_REVOKE'], [/^(pledge\s*)?invo/i, 'PLEDGE_INVOKE'], [/^pledge/i, 'PLEDGE'],
];
/** A number or null where the source prints nothing; NaN where it prints something else. */
const optional = (text: string): number | null => (isBlank(text) ? null : readDecimal(text.replaceAll(',', '')));

function tradeReader(context: ImportContext): (text: TradeText, line: number, raw: string) => ParsedRow {
  const occurrence = createOccurrences();
  return (text, line, raw) => {
    const symbol = text.symbol.trim();
    if (!NSE_SYMBOL.test(symbol)) return refused(line, `SYMBOL is not a symbol: "${symbol.slice(0, 40)}".`, raw);
    const broadcastAt = readMoment(text.broadcast);
    if (!broadcastAt) return refused(line, `The broadcast time is not a moment: "${text.broadcast.slice(0, 40)}".`, raw);
    const believable = readBelievableDate(dateIn(broadcastAt, 'Asia/Kolkata'), 'The broadcast time', context.today);
    if ('reason' in believable) return refused(line, believable.reason, raw);
    const quantity = readDecimal(text.quantity.replaceAll(',', ''));
    if (!(quantity >= 0)) return refused(line, `The number of securities is not a number: "${text.quantity.slice(0, 40)}".`, raw);
    const [valueRupees, priorPercent, heldAfter] = [optional(text.value), optional(text.prior), optional(text.after)];
    for (const [name, value] of [['value', valueRupees], ['prior shareholding', priorPercent], ['holding afterwards', heldAfter]] as const) if (Number.isNaN(value)) return refused(line, `The ${name} is not a number.`, raw);
    if (priorPercent !== null && (priorPercent < 0 || priorPercent > 100)) return refused(line, `The prior shareholding ${priorPercent} is no percentage.`, raw);
    const person = text.person.replace(/\s+/g, ' ').trim();
    if (person === '') return refused(line, 'The name of the person is empty.', raw);
    const trade = {
      symbol, company: text.company.trim(), person, category: isBlank(text.category) ? '' : text.category.trim(), transaction: TRANSACTIONS.find(([pattern]) => pattern.test(text.transaction.trim()))?.[1] ?? 'OTHER' as const,
      mode: isBlank(text.mode) ? '' : text.mode.trim(), security: text.security.trim(), quantity, valueRupees, priorPercent, heldAfter, broadcastAt, from: readDate(text.from), to: readDate(text.to),
    };
    return { line, records: [{ type: 'insider_trade', trade: { ...trade, occurrence: occurrence(JSON.stringify(trade)) }, knownAt: broadcastAt, source: 'nse-insider' }] };
  };
}

const COLUMNS: Readonly<Record<keyof TradeText, RegExp>> = {
  symbol: /^SYMBOL$/, company: /^COMPANY/, person: /^NAME OF THE ACQUIRER/, category: /^CATEGORY OF PERSON/, transaction: /TRANSACTION TYPE$/, mode: /^MODE OF ACQUISITION/, security: /^TYPE OF SECURITY \((POST|ACQ)/,
  quantity: /^NO\. OF SECURITIES \(ACQ/, value: /^VALUE OF SECURIT(Y|IES) \(ACQ/, prior: /^% SHAREHOLDING \(PRIOR\)|^% ?\(?PRIOR/, after: /^NO\. OF SECURIT(Y|IES) \(POST\)/, broadcast: /^BROADCASTE? DATE/, from: /^DATE OF ALLOTMENT\/ACQUISITION FROM/, to: /^DATE OF ALLOTMENT\/ACQUISITION TO/,
};
const position = (head: Sniff, key: keyof TradeText): number => head.header.findIndex((name) => COLUMNS[key].test(name));

/** Disclosures under the insider trading rules (PIT), as the exchange's download lists them, with all or some of its columns. */
export const insiderTradesCsv = csvImporter({
  kind: 'insider_trades', columns: ['SYMBOL'],
  also: (head) => (['person', 'transaction', 'mode', 'quantity', 'broadcast'] as const).every((key) => position(head, key) >= 0),
  open({ head, context }) {
    const at = Object.fromEntries(Object.keys(COLUMNS).map((key) => [key, position(head, key as keyof TradeText)]));
    const read = tradeReader(context);
    return (fields, line, raw) => read(Object.fromEntries(Object.entries(at).map(([key, i]) => [key, i < 0 ? '' : (fields[i] ?? '')])) as unknown as TradeText, line, raw);
  },
});

/** The same disclosures as the website's JSON. */
export const insiderTradesJson = jsonImporter({
  kind: 'insider_trades_json', keys: ['acqName', 'tdpTransactionType', 'secAcq', 'symbol'], under: 'data',
  open({ context }) {
    const read = tradeReader(context);
    return (record, line) => read({
      symbol: textOf(record, 'symbol'), company: textOf(record, 'company'), person: textOf(record, 'acqName'), category: textOf(record, 'personCategory'), transaction: textOf(record, 'tdpTransactionType'), mode: textOf(record, 'acqMode'), security: textOf(record, 'secType'),
      quantity: textOf(record, 'secAcq'), value: textOf(record, 'secVal'), prior: textOf(record, 'befAcqSharesPer'), after: textOf(record, 'afterAcqSharesNo'), broadcast: textOf(record, 'date'), from: textOf(record, 'acqfromDt'), to: textOf(record, 'acqtoDt'),
    }, line, rawOf(record));
  },
});
