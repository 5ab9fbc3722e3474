import { gzipSync } from 'node:zlib';
import { zipSync, strToU8 } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { imported } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

const HEADER = 'DATE,SYMBOL,PREV_CLOSE,OPEN,HIGH,LOW,CLOSE,TTL_TRD_QNTY,NO_OF_TRADES,DELIV_QTY\n';
const row = (i: number): string => `2024-06-03,S${i},100,101,105,99,104,${1000 + i},50,400\n`;
const table = (rows: number): string => HEADER + Array.from({ length: rows }, (_, i) => row(i)).join('');

let folder: ReturnType<typeof writeFiles> | undefined;
const importing = (files: Record<string, string | Uint8Array>) => imported((folder = writeFiles(files)).path);
afterEach(() => folder?.remove());

describe('opening files', () => {
  it('reads plain, gzip and zip alike, whatever their names say', async () => {
    const { report } = await importing({
      'a.bin': table(2), 'b.txt': gzipSync(HEADER + row(7)), 'c.dat': zipSync({ 'inner/one.csv': strToU8(HEADER + row(8)), 'two.csv': strToU8(HEADER + row(9)) }), 'd.zip': zipSync({ 'stored.csv': [strToU8(HEADER + row(10)), { level: 0 }] }),
    });
    expect(report).toMatchObject({ files: 4, unrecognised: [], kinds: { nse_eod_panel: { accepted: 6, quarantined: 0 } } });
  });

  it('reads what a cut gzip still holds, leaves its torn last row out and gives one reason', async () => {
    const whole = gzipSync(table(20_000), { level: 1 });
    const { sink, report } = await importing({ 'bars.csv.gz': whole.subarray(0, Math.floor(whole.length * 0.6)) });
    const { accepted, quarantined } = report.kinds.nse_eod_panel ?? { accepted: 0, quarantined: 0 };
    expect(quarantined).toBe(1);
    expect(accepted).toBeGreaterThan(1_000);
    expect(sink.quarantined[0]).toMatchObject({ line: accepted + 2, reason: `The gzip file ends early. Rows before line ${accepted + 2} were read, the unfinished rest was not.` });
    expect(sink.all('daily_bar').every(({ bar }) => bar.volume === 1000 + Number(bar.symbol.slice(1)))).toBe(true);
  });

  it('gives one clear reason for a cut zip, a damaged member, an empty file and a web page in place of data', async () => {
    const zip = zipSync({ 'bars.csv': [strToU8(table(50)), { level: 0 }] });
    const damaged = Uint8Array.from(zip);
    damaged[200] = (damaged[200] ?? 0) ^ 1;
    const { sink, report } = await importing({
      'cut.zip': zip.subarray(0, zip.length - 30), 'damaged.zip': damaged, 'empty.csv': '', 'page.csv': '<!DOCTYPE html><html><body>Access denied</body></html>', 'half.json': '[{"symbol": "TCS", "desc":', 'noise.bin': Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256),
    });
    expect(report.unrecognised).toEqual(['cut.zip', 'empty.csv', 'half.json', 'noise.bin']);
    expect(report.reasons.map(({ reason }) => reason)).toEqual([
      'The zip is cut short: its table of contents is missing.', 'The file is empty.', expect.stringContaining('begins like JSON and is not'), 'The file holds binary data of no kind that is read.',
    ]);
    expect(report.notYetLoaded.html).toMatchObject({ files: 1 });
    expect(sink.quarantined.map(({ file, line, reason }) => `${file}:${line} ${reason}`)).toEqual([
      'cut.zip:1 The zip is cut short: its table of contents is missing.', expect.stringMatching(/^damaged\.zip!bars\.csv:\d+ The zip member is damaged: its checksum does not match\./), 'empty.csv:1 The file is empty.',
      expect.stringMatching(/^half\.json:1 The file begins like JSON and is not/), 'noise.bin:1 The file holds binary data of no kind that is read.', expect.stringMatching(/^page\.csv:1 A web page .* error page in place of a download/),
    ]);
  });

  it('refuses each of two files with the same content, and tells neither twice', async () => {
    const { sink } = await importing({ 'a.csv': '', 'b.csv': '' });
    await imported(folder?.path ?? '', sink);
    expect(sink.quarantined.map(({ file }) => file)).toEqual(['a.csv', 'b.csv']);
  });

  it('loses one row to a NUL and no other, and reads folders that are named like files', async () => {
    const { sink, report } = await importing({ 'bars.csv': `${HEADER}${row(1)}${row(2).replace('S2', 'S\u00002')}${row(3)}`, 'folder.csv/inner.csv': HEADER + row(4) });
    expect(report).toMatchObject({ unrecognised: [], kinds: { nse_eod_panel: { accepted: 3, quarantined: 1 } } });
    expect(sink.quarantined).toMatchObject([{ file: 'bars.csv', line: 3 }]);
  });

  it('says of a file that is one endless line why nothing reads it', async () => {
    const { report } = await importing({ 'endless.csv': Buffer.alloc(3_000_000, 'A') });
    expect(report.reasons).toEqual([{ file: 'endless.csv', reason: 'No importer knows this content: its first line does not end within 65536 characters.' }]);
  });

  it('refuses a line of 200 million characters without holding it', async () => {
    const before = process.memoryUsage().rss;
    const long = Buffer.alloc(200_000_000, '9');
    const { sink, report } = await importing({ 'bars.csv.gz': gzipSync(Buffer.concat([Buffer.from(HEADER + row(1)), long, Buffer.from(`\n${row(2)}`)]), { level: 1 }) });
    expect(report.kinds.nse_eod_panel).toEqual({ accepted: 2, updated: 0, duplicate: 0, quarantined: 1 });
    expect(sink.quarantined).toMatchObject([{ line: 3, reason: 'Line is longer than 1000000 characters.' }]);
    expect(sink.quarantined[0]?.raw).toHaveLength(500);
    // The test itself holds the 200 MB once or twice; the reader adds nothing of that size.
    expect(process.memoryUsage().rss - before).toBeLessThan(800_000_000);
  });

  it('reads UTF-16 with and without its mark, a byte-order mark, Latin-1 and Windows line ends', async () => {
    const text = 'Date,Open,High,Low,Close,Volume\r\n2024-06-03,1,2,1,2,10\r\n';
    const { report } = await importing({
      'TCS.csv': Buffer.from(`\uFEFF${text}`, 'utf16le'), 'INFY.csv': `\uFEFF${text}`, 'WIPRO.csv': Buffer.from(text, 'utf16le'), 'ITC.csv': Buffer.from(text, 'utf16le').swap16(), 'list_2024-01-01.csv': Buffer.from('Company Name,Industry,Symbol,Series,ISIN Code\nCaf\xe9 Ltd.,Consumer Services,CAFE,EQ,INE111A01025\n', 'latin1'),
    });
    expect(report).toMatchObject({ unrecognised: [], kinds: { ohlcv_daily: { accepted: 4, quarantined: 0 }, index_constituents: { accepted: 1, quarantined: 0 } } });
  });

  it('names a path that does not exist', async () => {
    await expect(imported('/nowhere/at/all')).rejects.toThrow('/nowhere/at/all does not exist or cannot be read.');
  });
});
