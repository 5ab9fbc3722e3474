import type { ParticipantPosition } from '../../desk/market/published-facts.ts';
import type { FeedRecord } from '../define.ts';
import { refused, type LoadingImporter, type ParsedRow } from './define.ts';
import { endOfDay, readBelievableDate } from './read-date.ts';
import { readLines } from './read-lines.ts';
import { readCount } from './read-number.ts';
import { splitHeader } from './split-csv.ts';

const TITLE = /participant wise (open interest|trading volumes?)\b.*?\bas on\s+([A-Za-z]{3,9})\s+(\d{1,2}),?\s+(\d{4})/i;
const COLUMNS: readonly [ParticipantPosition['instrument'], string, string][] = [
  ['FUTURE_INDEX', 'FUTURE INDEX LONG', 'FUTURE INDEX SHORT'], ['FUTURE_STOCK', 'FUTURE STOCK LONG', 'FUTURE STOCK SHORT'],
  ['OPTION_INDEX_CALL', 'OPTION INDEX CALL LONG', 'OPTION INDEX CALL SHORT'], ['OPTION_INDEX_PUT', 'OPTION INDEX PUT LONG', 'OPTION INDEX PUT SHORT'],
  ['OPTION_STOCK_CALL', 'OPTION STOCK CALL LONG', 'OPTION STOCK CALL SHORT'], ['OPTION_STOCK_PUT', 'OPTION STOCK PUT LONG', 'OPTION STOCK PUT SHORT'],
  ['ALL', 'TOTAL LONG CONTRACTS', 'TOTAL SHORT CONTRACTS'],
];
const PARTICIPANTS: readonly string[] = ['CLIENT', 'DII', 'FII', 'PRO', 'TOTAL'];

/**
 * NSE's contracts by class of participants. The first line is a title, now and then with doubled quotation marks, that
 * carries the date; the header follows. Totals are kept as printed, though the exchange's own do not always add up.
 */
export const participantPositions: LoadingImporter = {
  kind: 'participant_positions', loads: true,
  recognise: (head) => head.form === 'text' && /participant wise (open interest|trading volume)/i.test(head.lines[0] ?? ''),
  async* rows(source, head, context) {
    const title = TITLE.exec(head.lines[0] ?? '');
    const read = readBelievableDate(title ? `${title[3]}-${title[2]?.slice(0, 3)}-${title[4]}` : '', 'title', context.today);
    if (!title || 'reason' in read) { yield [refused(1, 'reason' in read && title ? read.reason : 'The title names no date.', head.lines[0] ?? '')]; return; }
    const measure = /volume/i.test(title[1] ?? '') ? 'VOLUME' : 'OPEN_INTEREST';
    let positions: { participant: number; columns: [ParticipantPosition['instrument'], number, number][]; width: number } | null = null;
    const seen = new Set<string>();
    for await (const block of readLines(source, head.encoding, { quoted: false })) {
      const rows: ParsedRow[] = block.refused;
      for (let i = 0; i < block.lines.length; i++) {
        const [raw, line] = [block.lines[i] as string, block.numbers[i] as number];
        if (line === 1 || raw.replace(/[,\s]/g, '') === '') continue;
        if (!positions) {
          const header = splitHeader(raw);
          const columns = COLUMNS.map(([instrument, long, short]): [ParticipantPosition['instrument'], number, number] => [instrument, header.indexOf(long), header.indexOf(short)]);
          const missing = columns.find(([, long, short]) => long < 0 || short < 0);
          if (missing || !header.includes('CLIENT TYPE')) { yield [...rows, refused(line, `The header lacks ${missing ? missing[0] : 'Client Type'}.`, raw)]; return; }
          positions = { participant: header.indexOf('CLIENT TYPE'), columns, width: header.length };
          continue;
        }
        const fields = raw.split(',').map((field) => field.replaceAll('"', '').trim());
        const participant = (fields[positions.participant] ?? '').toUpperCase();
        if (fields.length !== positions.width) rows.push(refused(line, `Row has ${fields.length} columns where the header names ${positions.width}.`, raw));
        else if (!PARTICIPANTS.includes(participant)) rows.push(refused(line, `Client Type is none of the exchange's classes: "${participant.slice(0, 40)}".`, raw));
        else if (seen.has(participant)) rows.push(refused(line, `Client Type repeats ${participant}, already read in this file.`, raw));
        else {
          seen.add(participant);
          const told = positions.columns.map(([instrument, long, short]) => ({ instrument, longContracts: readCount(fields[long] ?? ''), shortContracts: readCount(fields[short] ?? '') }));
          const wrong = told.find(({ longContracts, shortContracts }) => !(longContracts >= 0 && shortContracts >= 0));
          rows.push(wrong ? refused(line, `${wrong.instrument} is not a pair of whole numbers.`, raw) : {
            line, records: told.map((each): FeedRecord => ({ type: 'participant_position', position: { date: read.date, measure, participant: participant as ParticipantPosition['participant'], ...each }, knownAt: endOfDay(read.date), source: 'nse-participants' })),
          });
        }
      }
      if (rows.length > 0) yield rows;
    }
  },
};
