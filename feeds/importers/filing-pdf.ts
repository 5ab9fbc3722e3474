import type { EventRecord } from '../../desk/market/types.ts';
import { at, dateIn, type Instant } from '../../desk/time.ts';
import type { SymbolLinker } from '../linking/link-symbols.ts';
import { refused, SourceError, type ImportContext, type LoadingImporter, type ParsedRow, type Source } from './define.ts';
import { typeEvent } from './event-type.ts';
import { pdfText } from './pdf-text.ts';
import { looksOfficial, policyRecord } from './policy-words.ts';
import { endOfDay, readBelievableDate, readDate } from './read-date.ts';
import { NSE_SYMBOL } from './symbol-record.ts';

const BYTES_LIMIT = 33_554_432;
const BODY_CHARACTERS = 20_000;
/** `RELIANCE_18072024183453_Result.pdf`: how the exchange names what it disseminates. */
const EXCHANGE_NAME = /^(?:AR_\d+_)?([A-Z0-9&-]{1,20})_(?:\d{4}_\d{4}_)?(\d{2})(\d{2})(\d{4})(\d{2})(\d{2})(\d{2})/;
const SAYS_SYMBOL = /\b(?:NSE\s*)?(?:symbol|scrip\s*(?:symbol|code|id)|trading symbol)\b\s*(?:\(NSE\))?\s*[:–-]+\s*([A-Z][A-Z0-9&-]{1,19})\b/;
const DATE_LINE = /^(?:date\s*:?\s*)?((?:\d{1,2}(?:st|nd|rd|th)?[\s-]+[A-Za-z]{3,9},?[\s-]+\d{4})|(?:[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})|(?:\d{2}[./-]\d{2}[./-]\d{4}))\.?$/i;
const SUBJECT = /^(?:sub(?:ject)?|re|ref)\s*[:.–-]+\s*(.{8,})$/i;

/** A company's filing or an institution's release as a PDF. Scans without text are refused, with the reason. */
export const filingPdf: LoadingImporter = {
  kind: 'pdf', loads: true, links: true,
  recognise: (head) => head.form === 'pdf',
  async* rows(source, head, context) {
    const bytes = await bytesOf(source);
    if ('reason' in bytes) { yield [refused(1, bytes.reason, source.file)]; return; }
    const read = await pdfText(bytes.bytes);
    if ('reason' in read) { yield [refused(1, read.reason, source.file)]; return; }
    if (looksOfficial(read.text)) {
      const record = policyRecord({ text: read.text, name: head.name, context });
      yield ['reason' in record ? refused(1, record.reason, read.text) : { line: 1, records: [record] }];
      return;
    }
    yield [filingRow(read.text, head.name, context)];
  },
};

async function bytesOf(source: Source): Promise<{ bytes: Uint8Array } | { reason: string }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of source.chunks()) {
      length += chunk.length;
      if (length > BYTES_LIMIT) return { reason: `The PDF is larger than ${BYTES_LIMIT} bytes.` };
      parts.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { reason: error.message };
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)) };
}

function filingRow(text: string, name: string, context: ImportContext): ParsedRow {
  const told = EXCHANGE_NAME.exec(name);
  const lines = text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '');
  const date = told ? readDate(`${told[2]}/${told[3]}/${told[4]}`) : writtenDate(lines);
  if (!date) return refused(1, 'The filing carries no date of its own.', text);
  const believable = readBelievableDate(date, 'The date of the filing', context.today);
  if ('reason' in believable) return refused(1, believable.reason, text);
  // A letter's date alone says only the day; the exchange's name for the file says the second.
  const knownAt: Instant = told ? at(date, `${told[5]}:${told[6]}:${told[7]}`, 'Asia/Kolkata') : endOfDay(date);
  const { symbols, unlinkedNames, company } = whose(lines, told?.[1], context.linker);
  const subject = lines.map((line) => SUBJECT.exec(line)?.[1]).find((found) => found !== undefined) ?? lines.find((line) => line.split(' ').length >= 4 && line.length <= 200) ?? name;
  const event: EventRecord = {
    source: 'filing-pdf', title: `${company}: ${subject}`.slice(0, 300), body: text.slice(0, BODY_CHARACTERS), ...typeEvent({ title: subject, body: text.slice(0, 3_000) }), symbols, unlinkedNames, happenedAt: knownAt, knownAt,
  };
  return dateIn(knownAt, 'Asia/Kolkata') === date ? { line: 1, records: [{ type: 'event', event }] } : refused(1, 'The time in the name is no time of day.', text);
}

const writtenDate = (lines: readonly string[]) => {
  for (const line of lines.slice(0, 40)) {
    const found = DATE_LINE.exec(line)?.[1];
    const date = found ? readDate(found.replace(/(\d)(st|nd|rd|th)/, '$1').replaceAll('.', '/').replace(/^(\d{1,2})\s+/, '$1-').replace(/^(\d{1,2}-[A-Za-z]+),?\s+/, '$1-')) : null;
    if (date) return date;
  }
  return null;
};

/** The company by what the file's name, the letter's symbol line or its letterhead say; never by names inside its sentences. */
function whose(lines: readonly string[], inName: string | undefined, linker: SymbolLinker | undefined): { symbols: string[]; unlinkedNames: string[]; company: string } {
  const said = inName ?? lines.slice(0, 60).map((line) => SAYS_SYMBOL.exec(line)?.[1]).find((found) => found !== undefined && NSE_SYMBOL.test(found));
  if (said) return { symbols: [said], unlinkedNames: [], company: said };
  const letterhead = lines.slice(0, 12).find((line) => /\b(limited|ltd\.?)$/i.test(line) && line.length <= 80 && !/stock exchange|bse limited|national stock/i.test(line));
  if (!letterhead) return { symbols: [], unlinkedNames: [], company: 'Filing' };
  const resolved = linker?.resolve(letterhead);
  return resolved?.kind === 'one' ? { symbols: [resolved.symbol], unlinkedNames: [], company: letterhead } : { symbols: [], unlinkedNames: [letterhead], company: letterhead };
}
