import { refused, type LoadingImporter, type ParsedRow } from './define.ts';
import { endOfDay, readBelievableDate } from './read-date.ts';
import { readLines } from './read-lines.ts';
import { readDecimal, ungrouped } from './read-number.ts';
import { ISIN } from './symbol-record.ts';

const COLUMNS = { scheme: /^SCHEME CODE$/, isin: /^ISIN DIV PAYOUT ?\/? ?ISIN GROWTH$/, name: /^SCHEME NAME$/, nav: /^NET ASSET VALUE$/, date: /^DATE$/ } as const;
const headerOf = (line: string): string[] => line.replace(/^\uFEFF/, '').split(';').map((name) => name.trim().replace(/\s+/g, ' ').toUpperCase());

/**
 * AMFI's net asset values: fields between semicolons, with the headings of fund houses and categories as lines between. Funds
 * report a day's value by its end.
 */
export const fundNavs: LoadingImporter = {
  kind: 'fund_navs', loads: true,
  recognise: (head) => head.form === 'text' && headerOf(head.lines[0] ?? '').includes('SCHEME CODE') && headerOf(head.lines[0] ?? '').includes('NET ASSET VALUE'),
  async* rows(source, head, context) {
    const header = headerOf(head.lines[0] ?? '');
    const at = Object.fromEntries(Object.entries(COLUMNS).map(([key, pattern]) => [key, header.findIndex((name) => pattern.test(name))])) as Record<keyof typeof COLUMNS, number>;
    if (at.scheme < 0 || at.name < 0 || at.nav < 0 || at.date < 0) { yield [refused(1, 'The header lacks Scheme Code, Scheme Name, Net Asset Value or Date.', head.lines[0] ?? '')]; return; }
    const seen = new Set<string>();
    for await (const block of readLines(source, head.encoding, { quoted: false })) {
      yield [...block.refused, ...block.lines.flatMap((raw, i): ParsedRow[] => {
        const line = block.numbers[i] as number;
        const fields = raw.split(';').map((field) => field.trim());
        // A heading: the name of a fund house or of a category of schemes.
        if (line === 1 || fields.length === 1) return [];
        if (fields.length !== header.length) return [refused(line, `Row has ${fields.length} fields where the header names ${header.length}.`, raw)];
        const read = readBelievableDate(fields[at.date] ?? '', 'Date', context.today);
        if ('reason' in read) return [refused(line, read.reason, raw)];
        const [scheme, name, nav] = [fields[at.scheme] ?? '', fields[at.name] ?? '', readDecimal(ungrouped(fields[at.nav] ?? ''))];
        if (!/^\d{1,8}$/.test(scheme)) return [refused(line, `Scheme Code is not a number: "${scheme.slice(0, 40)}".`, raw)];
        if (name === '') return [refused(line, 'Scheme Name is empty.', raw)];
        if (!(nav > 0)) return [refused(line, `Net Asset Value is not above zero: "${(fields[at.nav] ?? '').slice(0, 40)}".`, raw)];
        if (seen.has(`${scheme}|${read.date}`)) return [refused(line, `Scheme Code and Date repeat ${scheme} on ${read.date}, already read in this file.`, raw)];
        seen.add(`${scheme}|${read.date}`);
        const isin = fields[at.isin] ?? '';
        return [{ line, records: [{ type: 'fund_nav', fund: { scheme, isin: ISIN.test(isin) ? isin : null, name, date: read.date, nav }, knownAt: endOfDay(read.date), source: 'amfi' }] }];
      })];
    }
  },
};
