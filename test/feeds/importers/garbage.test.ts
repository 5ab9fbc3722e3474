import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SourceError } from '../../../feeds/importers/define.ts';
import { importSource } from '../../../feeds/importers/import-source.ts';
import { ReportTally } from '../../../feeds/importers/import-report.ts';
import { unpacksWithin } from '../../../feeds/importers/pdf-unpacked.ts';
import { withinUnpackLimit } from '../../../feeds/importers/unpack-limit.ts';
import { createMemorySink } from './memory-sink.ts';
import { imported, TODAY } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

const HEADER = 'DATE,SYMBOL,PREV_CLOSE,OPEN,HIGH,LOW,CLOSE,TTL_TRD_QNTY,NO_OF_TRADES,DELIV_QTY';
const bar = (date: string, symbol = 'TCS'): string => `${date},${symbol},100,101,105,99,104,1000,50,400`;

async function load(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = writeFiles(files);
  try {
    const { sink, report } = await imported(folder.path);
    return { report, days: sink.all('daily_bar').map(({ bar: { date } }) => date), told: sink.quarantined.map(({ file, line, reason }) => `${file}:${line} ${reason}`) };
  } finally {
    folder.remove();
  }
}

/** A tar holds each file behind a block of 512 bytes whose 258th to 262nd say `ustar`. */
const tar = Buffer.concat([Buffer.alloc(257), Buffer.from('ustar'), Buffer.alloc(250), Buffer.from(HEADER)]);

describe('garbage', () => {
  it('reads lines that end with a carriage return alone', async () => {
    const { days, told } = await load({ 'mac.csv': [HEADER, bar('2024-06-03'), bar('2024-06-04')].join('\r') });
    expect(days).toEqual(['2024-06-03', '2024-06-04']);
    expect(told).toEqual([]);
  });

  it('refuses what is still to come, in prices and in news, and keeps today', async () => {
    const { days, told } = await load({
      'bars.csv': [HEADER, bar('2026-11-21'), bar(TODAY), bar('2027-10-01')].join('\n'),
      'news.xml': '<?xml version="1.0"?><rss version="2.0"><channel><title>P</title><item><title>Tomorrow</title><pubDate>Sat, 21 Nov 2026 10:15:30 +0530</pubDate></item></channel></rss>',
    });
    expect(days).toEqual([TODAY]);
    expect(told).toEqual(['bars.csv:2 The row tells of 2026-11-21, which is still to come.', 'bars.csv:4 The row tells of 2027-10-01, which is still to come.', 'news.xml:1 The row tells of 2026-11-21, which is still to come.']);
  });

  it('knows a meeting ahead from the day on which its calendar was read', async () => {
    const folder = writeFiles({ 'events.json': JSON.stringify([{ symbol: 'INFY', company: 'Infosys Limited', purpose: 'Financial Results', bm_desc: 'To consider results', date: '14-Jan-2027' }]) });
    try {
      expect((await imported(folder.path)).sink.all('scheduled_event').map(({ event }) => event.knownAt)).toEqual(['2026-11-19T18:30:00.000Z']);
    } finally {
      folder.remove();
    }
  });

  it('reads on behind a header that stands in the middle', async () => {
    const { days, told } = await load({ 'joined.csv': [HEADER, bar('2024-06-03'), HEADER, bar('2024-06-04')].join('\n') });
    expect(days).toEqual(['2024-06-03', '2024-06-04']);
    expect(told).toEqual(['joined.csv:3 The header stands here once more, as where files were put together; the rows after it are read.']);
  });

  it('says which column somebody renamed', async () => {
    const { told } = await load({ 'renamed.csv': `${HEADER.replace('TTL_TRD_QNTY', 'TOTAL_QTY')}\n${bar('2024-06-03')}\n` });
    expect(told).toEqual(['renamed.csv:1 Its columns are those of nse_eod_panel, of which TTL_TRD_QNTY is missing.']);
  });

  it('gives one reason for a workbook and for each archive that it does not open', async () => {
    const { told } = await load({ 'flows.xls': Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'a.bz2': Buffer.from('BZh91AY&SY'), 'bars.tar': tar, 'bars.tar.gz': gzipSync(tar), 'twice.csv.gz': gzipSync(gzipSync(HEADER)) });
    expect(told).toEqual([
      'a.bz2:1 A bzip2 archive; unpack it first.', 'bars.tar:1 A tar archive; unpack it first.', 'bars.tar.gz:1 A tar archive; unpack it first.',
      'flows.xls:1 An old workbook or document of an office program; save the table as CSV and import that.', 'twice.csv.gz:1 An archive within an archive; unpack it first.',
    ]);
  });

  it('refuses JSON that is nested without end, before it costs memory, and no brackets inside texts', async () => {
    const { told, report } = await load({ 'deep.json': '['.repeat(100_000), 'texts.json': JSON.stringify([{ symbol: `${'['.repeat(500)}"\\`, subject: 'Bonus 1:1', exDate: '17-Oct-2023', recDate: '-' }]) });
    expect(told[0]).toBe('deep.json:1 The JSON is nested more than 200 deep.');
    expect(report.kinds.corporate_actions?.quarantined).toBe(1);
  });

  it('stops where bytes unpack to what nobody packed in earnest', async () => {
    async function* chunks() { for (let i = 0; i < 10; i++) yield new Uint8Array(1000); }
    const take = async (storedBytes: number, alwaysRead: number): Promise<number> => { let bytes = 0; for await (const chunk of withinUnpackLimit(chunks(), storedBytes, alwaysRead)) bytes += chunk.length; return bytes; };
    await expect(take(10, 5000)).rejects.toThrow(SourceError);
    expect([await take(10, 10_000), await take(100, 5000)]).toEqual([10_000, 10_000]);
  });

  it('reads no PDF whose pages unpack to what nobody wrote, however often they were packed or cut off, and any that only holds large pictures', async () => {
    const limits = { bytes: 50_000, withPictures: 500_000 };
    const object = (content: Buffer, filter: string) => Buffer.concat([Buffer.from(`4 0 obj\n<</Length ${content.length}${filter}>>stream\r\n`), content, Buffer.from('\r\nendstream\nendobj\n')]);
    const pdf = (...objects: Buffer[]) => Buffer.concat([Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n'), ...objects]);
    const once = '/Filter/FlateDecode';
    const [small, large] = [deflateSync(Buffer.alloc(20_000)), deflateSync(Buffer.alloc(100_000))];
    expect([
      pdf(object(small, once), object(small, once)), pdf(object(large, `/Subtype /Image${once}`), object(small, once)), pdf(object(Buffer.from('broken'), once)), pdf(object(Buffer.alloc(100_000), '')), Buffer.from('%PDF stream'),
      pdf(object(large, once)), pdf(object(small, once), object(small, once), object(small, once)), pdf(object(large.subarray(0, -8), once)), pdf(object(deflateSync(large), '/Filter[/FlateDecode /FlateDecode]')), pdf(object(large, '/F /Fl')),
      pdf(...Array.from({ length: 6 }, () => object(large, `/Subtype/Image${once}`))),
    ].map((bytes) => unpacksWithin(bytes, limits))).toEqual([true, true, true, true, true, false, false, false, false, false, false]);
    const { told } = await load({ 'bomb.pdf': pdf(object(deflateSync(Buffer.alloc(70_000_000, 32)), once)) });
    expect(told).toEqual(['bomb.pdf:1 The PDF unpacks to far more than a document holds.']);
  });

  it('keeps the first ten thousand refusals of a file and says how many more there were', async () => {
    const sink = createMemorySink();
    const source = { file: 'x.csv', name: 'x.csv', path: '/x.csv', digest: 'd', async* chunks() { yield Buffer.from(''); } };
    await importSource({
      source, outerFile: 'x.csv', head: { name: 'x.csv', form: 'text', encoding: 'utf-8', lines: [], header: [] }, sink, tally: new ReportTally(), context: { today: TODAY }, onRows: () => undefined,
      importer: { kind: 'x', loads: true, recognise: () => true, async* rows() { for (let block = 0; block < 3; block++) yield Array.from({ length: 4000 }, (_, i) => ({ line: block * 4000 + i + 1, reason: 'No.', raw: '' })); } },
    });
    expect([sink.quarantined.length, sink.quarantined.at(-1)?.reason, sink.quarantined.at(-1)?.line, sink.finishedSources[0]?.counts.quarantined]).toEqual([10_001, '2000 more rows of this file were refused, up to this one; only the first 10000 are kept.', 12_000, 12_000]);
  });
});
