import type { ImportContext, LoadingImporter, ParsedRow, Sniff, Source } from './define.ts';
import { refused } from './define.ts';
import { dateInName, readBelievableDate } from './read-date.ts';
import { readLines } from './read-lines.ts';
import type { TradingDate } from '../../desk/time.ts';

/** One entry of a PR bundle's text file: `PG Electroplast Limited    PGEL : …`, with the lines that follow it. */
export interface PrEntry { line: number; company: string; symbol: string; text: string }

const ENTRY = /^(.*?)\s{2,}([A-Z0-9][A-Z0-9&_-]*)\s+: (.*)$/;
/** Some entries lack the symbol in front; it stands once more before the text: `Dr. … : Press Release DRREDDY : Dr. …`. */
const ENTRY_WITHOUT_SYMBOL = /^(\S.{0,80}?) : (\S.{0,100}? ([A-Z][A-Z0-9&_-]{2,19}) : .*)$/;

function readEntry(line: number, text: string): PrEntry | null {
  const match = ENTRY.exec(text);
  if (match) return { line, company: match[1]?.trim() || (match[2] ?? ''), symbol: match[2] ?? '', text: match[3] ?? '' };
  const late = ENTRY_WITHOUT_SYMBOL.exec(text);
  return late ? { line, company: late[1] ?? '', symbol: late[3] ?? '', text: late[2] ?? '' } : null;
}
const ENTRY_LIMIT_CHARACTERS = 50_000;

/**
 * An importer of a text file of NSE's daily press bundle (`PRddmmyy.zip`). Entries begin with company and symbol; their
 * text may run over many lines. The bundle's date stands in the name alone and comes out in the evening, so all of it is
 * known at the end of that day.
 */
export function prTextImporter({ kind, firstLine, read }: {
  kind: string; firstLine: RegExp; read(entry: PrEntry, bundleDate: TradingDate, context: ImportContext): ParsedRow;
}): LoadingImporter {
  return {
    kind, loads: true,
    recognise: (head) => head.form === 'text' && firstLine.test(head.lines[0] ?? ''),
    rows: (source, head, context) => prRows({ source, head, context, read }),
  };
}

async function* prRows({ source, head, context, read }: {
  source: Source; head: Sniff; context: ImportContext; read(entry: PrEntry, bundleDate: TradingDate, context: ImportContext): ParsedRow;
}): AsyncGenerator<ParsedRow[]> {
  const dated = readBelievableDate(dateInName(head.name) ?? '', 'The date in the file name', context.today);
  if ('reason' in dated) { yield [refused(1, dated.reason, head.name)]; return; }
  let entry: PrEntry | null = null;
  for await (const block of readLines(source, head.encoding, { quoted: false })) {
    const rows: ParsedRow[] = block.refused;
    for (const [i, line] of block.lines.entries()) {
      const number = block.numbers[i] as number;
      const begun = number === 1 ? null : readEntry(number, line);
      if (begun) {
        if (entry) rows.push(read(entry, dated.date, context));
        entry = begun;
      } else if (entry) {
        if (entry.text.length < ENTRY_LIMIT_CHARACTERS) entry.text += `\n${line.trim()}`;
      } else if (number > 1 && line.trim() !== '') rows.push(refused(number, 'Text stands before the first entry.', line));
    }
    if (rows.length > 0) yield rows;
  }
  if (entry) yield [read(entry, dated.date, context)];
}
