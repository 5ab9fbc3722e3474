import type { InstitutionalFlow, ParticipantPosition } from '../../desk/market/published-facts.ts';
import { plusDays, type TradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../define.ts';
import { csvImporter } from './csv-importer.ts';
import { refused, type ImportContext, type LoadingImporter, type ParsedRow } from './define.ts';
import { jsonImporter, type JsonRecord, rawOf, textOf } from './json-records.ts';
import { endOfDay, readBelievableDate, readDate, startOfDay } from './read-date.ts';
import { readDecimal } from './read-number.ts';

/** Rounding of two printed sides against the printed net, in crore. */
const ROUNDING_CRORE = 1.01;
const amount = (record: JsonRecord, key: string): number => readDecimal(textOf(record, key).replaceAll(',', ''));

/** Buy, sell and net of one class, or why they cannot be true. */
function sides(record: JsonRecord, keys: { buy: string; sell: string; net: string }): { buyCrore: number; sellCrore: number; netCrore: number } | { reason: string } {
  const [buyCrore, sellCrore, netCrore] = [amount(record, keys.buy), amount(record, keys.sell), amount(record, keys.net)];
  for (const [name, value] of [[keys.buy, buyCrore], [keys.sell, sellCrore], [keys.net, netCrore]] as const) if (Number.isNaN(value)) return { reason: `${name} is not a number: "${textOf(record, name).slice(0, 40)}".` };
  if (buyCrore < 0 || sellCrore < 0) return { reason: `${keys.buy} and ${keys.sell} cannot be negative: ${buyCrore}, ${sellCrore}.` };
  if (buyCrore === 0 && sellCrore === 0) return { reason: `${keys.buy} and ${keys.sell} are both 0: nothing was reported, which is not a flow of nothing.` };
  if (Math.abs(buyCrore - sellCrore - netCrore) > ROUNDING_CRORE) return { reason: `${keys.net} ${netCrore} is not ${keys.buy} ${buyCrore} less ${keys.sell} ${sellCrore}.` };
  return { buyCrore, sellCrore, netCrore };
}

const cash = (date: TradingDate, investor: InstitutionalFlow['investor'], told: { buyCrore: number; sellCrore: number; netCrore: number }, source: string): FeedRecord =>
  ({ type: 'institutional_flow', flow: { date, period: 'DAY', investor, segment: 'CASH', sector: '', ...told, assetsCrore: null }, knownAt: endOfDay(date), source });

function exchangeRow(record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  const read = readBelievableDate(textOf(record, 'date'), 'date', context.today);
  if ('reason' in read) return refused(line, read.reason, rawOf(record));
  const category = textOf(record, 'category').replace(/\W*$/, '').toUpperCase();
  const investor = /^(FII|FPI)/.test(category) ? 'FPI' : category.startsWith('DII') ? 'DII' : null;
  if (!investor) return refused(line, `category is neither FII/FPI nor DII: "${category.slice(0, 40)}".`, rawOf(record));
  const told = sides(record, { buy: 'buyValue', sell: 'sellValue', net: 'netValue' });
  return 'reason' in told ? refused(line, told.reason, rawOf(record)) : { line, records: [cash(read.date, investor, told, 'nse-fii-dii')] };
}

/** The exchange's provisional figures of one day; they come out after the close, so they are known at the end of the day. */
export const nseFlows = jsonImporter({
  kind: 'institutional_flows_nse', keys: ['category', 'buyValue', 'sellValue', 'netValue'],
  open: ({ context }) => (record, line) => exchangeRow(record, line, context),
});

const TABLE = { category: /^CATEGORY$/, date: /^DATE$/, buyValue: /^BUY VALUE ?\(.*CRORES?\)$/, sellValue: /^SELL VALUE ?\(.*CRORES?\)$/, netValue: /^NET VALUE ?\(.*CRORES?\)$/ } as const;
/** The same as the page's download; the header says that the figures are in crores. */
export const nseFlowsCsv = csvImporter({
  kind: 'institutional_flows_csv', columns: ['CATEGORY', 'DATE'], also: ({ header }) => Object.values(TABLE).every((pattern) => header.some((name) => pattern.test(name))),
  open({ head, context }) {
    const at = Object.entries(TABLE).map(([field, pattern]): [string, number] => [field, head.header.findIndex((name) => pattern.test(name))]);
    return (fields, line) => exchangeRow(Object.fromEntries(at.map(([field, i]) => [field, fields[i] ?? ''])), line, context);
  },
});

const HELD = [['idx_fut', 'FUTURE_INDEX'], ['stk_fut', 'FUTURE_STOCK'], ['idx_call', 'OPTION_INDEX_CALL'], ['idx_put', 'OPTION_INDEX_PUT']] as const;

/**
 * A collector's days with both classes, and what each held in derivatives. A class whose contracts are all 0 was not told.
 * Days that the collector seeded instead of fetching may be rounded; their source says so.
 */
export const collectedFlows = jsonImporter({
  kind: 'institutional_flows_daily', keys: ['date', 'fii_buy', 'fii_sell', 'dii_buy', 'dii_sell'],
  open({ context }) {
    return (record, line) => {
      const read = readBelievableDate(textOf(record, 'date'), 'date', context.today);
      if ('reason' in read) return refused(line, read.reason, rawOf(record));
      const source = textOf(record, '_source') === 'historical-seed' ? 'fii-dii-daily (seeded, may be rounded)' : 'fii-dii-daily';
      const records: FeedRecord[] = [];
      for (const [prefix, investor] of [['fii', 'FPI'], ['dii', 'DII']] as const) {
        const told = sides(record, { buy: `${prefix}_buy`, sell: `${prefix}_sell`, net: `${prefix}_net` });
        if ('reason' in told) return refused(line, told.reason, rawOf(record));
        records.push(cash(read.date, investor, told, source));
        records.push(...heldContracts(record, { prefix, participant: prefix === 'fii' ? 'FII' : 'DII', date: read.date, source }));
      }
      return { line, records };
    };
  },
});

function heldContracts(record: JsonRecord, { prefix, participant, date, source }: { prefix: string; participant: ParticipantPosition['participant']; date: TradingDate; source: string }): FeedRecord[] {
  const told = HELD.flatMap(([name, instrument]) => {
    const [longContracts, shortContracts] = [amount(record, `${prefix}_${name}_long`), amount(record, `${prefix}_${name}_short`)];
    return longContracts >= 0 && shortContracts >= 0 ? [{ instrument, longContracts, shortContracts }] : [];
  });
  if (told.every(({ longContracts, shortContracts }) => longContracts === 0 && shortContracts === 0)) return [];
  return told.map((each): FeedRecord => ({ type: 'participant_position', position: { date, measure: 'OPEN_INTEREST', participant, ...each }, knownAt: endOfDay(date), source }));
}

const NSDL_DAY = [['equity_net', 'EQUITY'], ['debt_net', 'DEBT'], ['hybrid_net', 'HYBRID'], ['total_net', 'TOTAL']] as const;

/** The depository's net investment of foreign investors by day, in all kinds of securities. */
export const nsdlDaily = jsonImporter({
  kind: 'fpi_daily', keys: ['date', 'equity_net', 'debt_net', 'total_net'], under: 'rows',
  open({ context }) {
    return (record, line) => {
      const read = readBelievableDate(textOf(record, 'date'), 'date', context.today);
      if ('reason' in read) return refused(line, read.reason, rawOf(record));
      const values = NSDL_DAY.map(([key]) => amount(record, key));
      const wrong = NSDL_DAY.findIndex(([key], i) => key !== 'hybrid_net' && Number.isNaN(values[i]));
      if (wrong >= 0) return refused(line, `${NSDL_DAY[wrong]?.[0]} is not a number.`, rawOf(record));
      return { line, records: NSDL_DAY.flatMap(([, segment], i) => (Number.isNaN(values[i]) ? [] : [netOnly({ date: read.date, period: 'DAY', segment, netCrore: values[i] as number }, endOfDay(read.date), 'nsdl-fpi')])) };
    };
  },
});

const netOnly = (flow: Pick<InstitutionalFlow, 'date' | 'period' | 'segment' | 'netCrore'> & Partial<InstitutionalFlow>, knownAt: ReturnType<typeof endOfDay>, source: string): FeedRecord =>
  ({ type: 'institutional_flow', flow: { investor: 'FPI', sector: '', buyCrore: null, sellCrore: null, assetsCrore: null, ...flow }, knownAt, source });

/**
 * A collector's page of monthly figures: it took the depository's table of days apart wrongly (captions in the month's
 * column, a net that is not purchases less sales), so rows are loaded only where their own figures agree.
 */
export const nsdlMonthPage = jsonImporter({
  kind: 'fpi_month_page', keys: ['month', 'equity_gross_purchase', 'equity_gross_sales', 'total_net'], under: 'months',
  open({ context }) {
    return (record, line) => {
      const month = textOf(record, 'month');
      if (!readDate(month)) return refused(line, `month is a caption of the table, not a date: "${month.slice(0, 40)}".`, rawOf(record));
      const read = readBelievableDate(month, 'month', context.today);
      if ('reason' in read) return refused(line, read.reason, rawOf(record));
      const told = sides(record, { buy: 'equity_gross_purchase', sell: 'equity_gross_sales', net: 'equity_net' });
      if ('reason' in told) return refused(line, told.reason, rawOf(record));
      return { line, records: [{ type: 'institutional_flow', flow: { date: read.date, period: 'DAY', investor: 'FPI', segment: 'EQUITY', sector: '', ...told, assetsCrore: null }, knownAt: endOfDay(read.date), source: 'nsdl-fpi' }] };
    };
  },
});

const MONTHS = ['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY', 'AUGUST', 'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'];
const YEAR_COLUMNS = [
  ['equity', 'FPI', 'EQUITY'], ['hybrid', 'FPI', 'HYBRID'], ['total', 'FPI', 'TOTAL'], ['mf_equity', 'MF', 'EQUITY'], ['mf_debt', 'MF', 'DEBT'], ['mf_hybrid', 'MF', 'HYBRID'], ['mf_other', 'MF', 'OTHER'], ['aif', 'AIF', 'TOTAL'],
] as const;
const DEBT_COLUMNS = ['debt_general', 'debt_vrr', 'debt_far'];

/** Months of foreign investors' net investment since 2005. A month is known once it is over. */
export const nsdlYears: LoadingImporter = {
  kind: 'fpi_months', loads: true,
  recognise: (head) => head.json?.root === 'object' && head.json.keys.includes('years') && /NSDL/i.test(String((head.json.document as JsonRecord).source ?? '')),
  async* rows(_source, head, context) {
    const years = (head.json?.document as { years?: Record<string, { months?: unknown }> } | undefined)?.years ?? {};
    const rows: ParsedRow[] = [];
    for (const [year, told] of Object.entries(years)) for (const record of Array.isArray(told.months) ? told.months as JsonRecord[] : []) rows.push(readMonth(year, record, rows.length + 1, context));
    yield rows;
  },
};

function readMonth(year: string, record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  const index = MONTHS.indexOf(textOf(record, 'month').toUpperCase());
  if (index < 0) return refused(line, `month is not a month: "${textOf(record, 'month').slice(0, 40)}".`, rawOf(record));
  const read = readBelievableDate(`${year}-${String(index + 1).padStart(2, '0')}-01`, 'month', context.today);
  if ('reason' in read) return refused(line, read.reason, rawOf(record));
  const next = `${index === 11 ? Number(year) + 1 : year}-${String(((index + 1) % 12) + 1).padStart(2, '0')}-01` as TradingDate;
  const knownAt = startOfDay(next);
  const debt = DEBT_COLUMNS.map((key) => amount(record, key)).filter((value) => !Number.isNaN(value));
  const records = YEAR_COLUMNS.flatMap(([key, investor, segment]) => {
    const netCrore = amount(record, key);
    return Number.isNaN(netCrore) ? [] : [netOnly({ date: read.date, period: 'MONTH', investor, segment, netCrore }, knownAt, 'nsdl-fpi-months')];
  });
  if (debt.length > 0) records.push(netOnly({ date: read.date, period: 'MONTH', segment: 'DEBT', netCrore: debt.reduce((sum, value) => sum + value, 0) }, knownAt, 'nsdl-fpi-months'));
  return records.length === 0 ? refused(line, 'The month names no flow.', rawOf(record)) : { line, records };
}

/** Foreign investors by sector at the end of each fortnight; the depository puts it out within the fortnight that follows. */
export const nsdlSectors: LoadingImporter = {
  kind: 'fpi_sectors', loads: true,
  recognise: (head) => head.json?.root === 'array' && ['date_code', 'period', 'sectors'].every((key) => head.json?.recordKeys.includes(key)),
  async* rows(_source, head, context) {
    const rows: ParsedRow[] = [];
    for (const report of (head.json?.document ?? []) as JsonRecord[]) {
      const ends = readDate(textOf(report, 'date_code').replace(/^([A-Za-z]{3})(\d{2})(\d{4})$/, '$2-$1-$3'));
      const sectors = Array.isArray(report.sectors) ? report.sectors as JsonRecord[] : [];
      for (const record of sectors) {
        const line = rows.length + 1;
        const twice = sectors.filter((other) => textOf(other, 'sector') === textOf(record, 'sector')).length > 1;
        rows.push(twice ? refused(line, `sector stands twice in the report of ${textOf(report, 'date_code')}: "${textOf(record, 'sector').slice(0, 40)}".`, rawOf(record)) : readSector(ends, report, record, line, context));
      }
    }
    yield rows;
  },
};

function readSector(ends: TradingDate | null, report: JsonRecord, record: JsonRecord, line: number, context: ImportContext): ParsedRow {
  const read = readBelievableDate(ends ?? textOf(report, 'date_code'), 'date_code', context.today);
  if ('reason' in read) return refused(line, read.reason, rawOf(record));
  const sector = textOf(record, 'sector');
  const [netCrore, assetsCrore] = [amount(record, 'equity_net_inr'), amount(record, 'equity_auc_inr')];
  if (sector === '' || Number.isNaN(netCrore)) return refused(line, sector === '' ? 'sector is empty.' : 'equity_net_inr is not a number.', rawOf(record));
  if (/total/i.test(sector)) return { line, notLoaded: 'fpi_sector_totals' };
  return { line, records: [netOnly({ date: read.date, period: 'FORTNIGHT', segment: 'EQUITY', sector, netCrore, assetsCrore: Number.isNaN(assetsCrore) ? null : assetsCrore }, endOfDay(plusDays(read.date, 8)), 'nsdl-fpi-sectors')] };
}
