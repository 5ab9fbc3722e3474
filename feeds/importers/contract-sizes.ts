import type { TradingRule } from '../define.ts';
import { csvImporter } from './csv-importer.ts';
import { refused, type LoadingImporter, type ParsedRow } from './define.ts';
import { indexNamed } from './indices.ts';
import { dateInName } from './read-date.ts';
import { isBlank, readCount, ungrouped } from './read-number.ts';
import { NSE_SYMBOL, undatedFromToday, type ListDate } from './symbol-record.ts';

/**
 * Lot sizes and freeze quantities of NSE derivatives. They are rules of the contract, so a share's own lot stays 1:
 * a cash order is not bound to the derivatives lot.
 */
function contractSizes({ kind, source, symbolColumn, valueColumn, rule }: {
  kind: string; source: string; symbolColumn: string; valueColumn: string; rule: TradingRule['rule'];
}): LoadingImporter {
  return csvImporter({
    kind, columns: [symbolColumn, valueColumn],
    open({ head, context, column }) {
      const [symbolAt, valueAt] = [column(symbolColumn), column(valueColumn)];
      const read = createSizeReader({ rule, valueColumn, dated: undatedFromToday(dateInName(head.name), source, context.today) });
      return (fields, line, raw) => read(fields[symbolAt] ?? '', fields[valueAt] ?? '', line, raw);
    },
  });
}

function createSizeReader({ rule, valueColumn, dated }: { rule: TradingRule['rule']; valueColumn: string; dated: ListDate }) {
  const seen = new Set<string>();
  return (name: string, text: string, line: number, raw: string): ParsedRow => {
    const printed = name.trim();
    const symbol = indexNamed(printed)?.symbol ?? printed;
    if (!NSE_SYMBOL.test(symbol)) return refused(line, `Symbol is not a symbol: "${symbol.slice(0, 40)}".`, raw);
    const value = readCount(ungrouped(text));
    if (!(value > 0)) return refused(line, `${valueColumn} is not a whole number above zero: "${text.trim().slice(0, 40)}".`, raw);
    if (seen.has(symbol)) return refused(line, `Symbol repeats ${symbol}, already read in this file.`, raw);
    seen.add(symbol);
    return { line, records: [{ type: 'trading_rule', rule: { symbol, rule, validFrom: dated.validFrom, value: String(value) }, knownAt: dated.knownAt, source: dated.source }] };
  };
}

export const foLots = contractSizes({ kind: 'fo_lots', source: 'nse-fo-lots', symbolColumn: 'SYMBOL', valueColumn: 'LOT SIZE', rule: 'MARKET_LOT' });
export const freezeQuantities = contractSizes({ kind: 'freeze_quantities', source: 'nse-freeze-quantities', symbolColumn: 'SYMBOL', valueColumn: 'VOL_FRZ_QTY', rule: 'FREEZE_QUANTITY' });

const MONTH = /^[A-Z]{3}-\d{2}$/;
/** The exchange's own list: a column for each month of expiry, and a heading in the middle. A share not listed for the nearest month has the lot of the next. */
export const foLotsByMonth = csvImporter({
  kind: 'fo_lots_by_month', columns: ['UNDERLYING', 'SYMBOL'], also: ({ header }) => header.some((name) => MONTH.test(name)),
  open({ head, context, column }) {
    const symbolAt = column('SYMBOL');
    const months = head.header.flatMap((name, i) => (MONTH.test(name) ? [i] : []));
    const read = createSizeReader({ rule: 'MARKET_LOT', valueColumn: 'The lot', dated: undatedFromToday(dateInName(head.name), 'nse-fo-lots', context.today) });
    return (fields, line, raw) => {
      if (/^derivatives on/i.test((fields[0] ?? '').trim())) return { line, records: [] };
      const nearest = months.find((at) => !isBlank(fields[at] ?? ''));
      return read(fields[symbolAt] ?? '', nearest === undefined ? '' : (fields[nearest] ?? ''), line, raw);
    };
  },
});

/** The same lot sizes as one JSON object of symbol and lot. */
export const foLotsJson: LoadingImporter = {
  kind: 'fo_lots_json', loads: true,
  recognise: ({ json }) => json?.root === 'object' && json.keys.length >= 10 && json.keys.includes('NIFTY') && json.keys.includes('BANKNIFTY')
    && Object.values(json.document as object).every((value) => typeof value === 'number'),
  async* rows(_source, head, { today }) {
    const read = createSizeReader({ rule: 'MARKET_LOT', valueColumn: 'lot', dated: undatedFromToday(dateInName(head.name), 'nse-fo-lots-api', today) });
    yield Object.entries(head.json?.document as Record<string, number>).map(([symbol, lot], i) => read(symbol, String(lot), i + 1, `${symbol}: ${lot}`));
  },
};
