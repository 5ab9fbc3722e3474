import { describe, expect, it } from 'vitest';
import { imported } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

const HEADER = 'DATE,SYMBOL,PREV_CLOSE,OPEN,HIGH,LOW,CLOSE,TTL_TRD_QNTY,NO_OF_TRADES,DELIV_QTY';
const GOOD = '2024-06-03,TCS,100,101,105,99,104,1000,50,400';

async function importRows(...rows: string[]) {
  const folder = writeFiles({ 'bars.csv': `${[HEADER, GOOD, ...rows].join('\n')}\n` });
  try {
    return await imported(folder.path);
  } finally {
    folder.remove();
  }
}

const BAD: [string, string, string][] = [
  ['a high below its low', '2024-06-04,TCS,100,101,95,99,98,1000,50,400', 'HIGH 95 is below LOW 99.'],
  ['an open above its high', '2024-06-04,TCS,100,110,105,99,104,1000,50,400', 'OPEN 110 lies outside LOW 99 to HIGH 105.'],
  ['a close below its low', '2024-06-04,TCS,100,101,105,99,90,1000,50,400', 'CLOSE 90 lies outside LOW 99 to HIGH 105.'],
  ['a negative volume', '2024-06-04,TCS,100,101,105,99,104,-5,50,400', 'TTL_TRD_QNTY is negative: -5.'],
  ['a missing volume', '2024-06-04,TCS,100,101,105,99,104,,50,400', 'TTL_TRD_QNTY is not a number: "".'],
  ['a price that is a word', '2024-06-04,TCS,100,abc,105,99,104,1000,50,400', 'OPEN is not a number: "abc".'],
  ['a hexadecimal price', '2024-06-04,TCS,100,0x65,105,99,104,1000,50,400', 'OPEN is not a number: "0x65".'],
  ['an endless price', '2024-06-04,TCS,100,101,Infinity,99,104,1000,50,400', 'HIGH is not a number: "Infinity".'],
  ['a price of zero', '2024-06-04,TCS,100,101,105,0,104,1000,50,400', 'LOW is not above zero: 0.'],
  ['a date of 1970', '1970-01-01,TCS,100,101,105,99,104,1000,50,400', 'DATE 1970-01-01 lies outside 1990-01-01 to 2027-11-21.'],
  ['a date of 2099', '2099-01-01,TCS,100,101,105,99,104,1000,50,400', 'DATE 2099-01-01 lies outside 1990-01-01 to 2027-11-21.'],
  ['a day that does not exist', '2024-02-30,TCS,100,101,105,99,104,1000,50,400', 'DATE is not a date: "2024-02-30".'],
  ['columns shifted to the left', 'TCS,100,101,105,99,104,1000,50,400', 'Row has 9 columns where the header names 10.'],
  ['columns shifted to the right', ',2024-06-04,TCS,100,101,105,99,104,1000,50', 'SYMBOL is not a symbol: "2024-06-04".'],
  ['more delivered than traded', '2024-06-04,TCS,100,101,105,99,104,1000,50,4000', 'DELIV_QTY 4000 is above TTL_TRD_QNTY 1000.'],
  ['the same symbol and day again', GOOD, 'SYMBOL and DATE repeat TCS on 2024-06-03, already read in this file.'],
  ['half a share traded', '2024-06-04,TCS,100,101,105,99,104,10.5,50,4', 'TTL_TRD_QNTY is not a whole number: 10.5.'],
];

describe('bad rows', () => {
  it.each(BAD)('quarantines %s with its line and reason, and goes on', async (_what, row, reason) => {
    const { sink, report } = await importRows(row, '2024-06-05,TCS,104,101,105,99,104,1000,50,400');
    expect(sink.quarantined).toEqual([{ file: 'bars.csv', fileDigest: expect.stringMatching(/^[0-9a-f]{64}$/), kind: 'nse_eod_panel', line: 3, reason, raw: row }]);
    expect(report.kinds.nse_eod_panel).toEqual({ accepted: 2, updated: 0, duplicate: 0, quarantined: 1 });
  });

  it('leaves an unprinted value out instead of reading it as zero', async () => {
    const { sink } = await importRows('2024-06-04,INFY,-,101,105,99,104,1000,,-');
    expect(sink.records.get('daily_bar|INFY|2024-06-04')).toMatchObject({ bar: { symbol: 'INFY', date: '2024-06-04', open: 101, high: 105, low: 99, close: 104, volume: 1000 } });
    expect(Object.keys((sink.records.get('daily_bar|INFY|2024-06-04') as { bar: object }).bar)).not.toContain('deliveryQuantity');
    expect(sink.quarantined).toEqual([]);
  });

  it('keeps at most 500 characters of a refused row', async () => {
    const { sink } = await importRows(`2024-06-04,TCS,${'9'.repeat(5_000)}`);
    expect(sink.quarantined[0]?.raw).toHaveLength(500);
  });

  it('gives a stray quotation mark its own line back and loses no other row to it', async () => {
    const rows = Array.from({ length: 80 }, (_, i) => `2024-06-04,S${i},100,101,105,99,104,1000,50,400`);
    const { sink, report } = await importRows('2024-06-04,"TCS,100,101,105,99,104,1000,50,400', ...rows);
    expect(report.kinds.nse_eod_panel).toEqual({ accepted: 81, updated: 0, duplicate: 0, quarantined: 1 });
    expect(sink.quarantined).toMatchObject([{ line: 3, reason: 'A quotation mark opens a field and none closes it.' }]);
  });

  it('reads the old bhavcopy with its trailing comma and leaves bonds to the report', async () => {
    const folder = writeFiles({
      'cm03JUN2024bhav.csv': 'SYMBOL,SERIES,OPEN,HIGH,LOW,CLOSE,LAST,PREVCLOSE,TOTTRDQTY,TOTTRDVAL,TIMESTAMP,TOTALTRADES,ISIN,\n'
        + 'TCS,EQ,101,105,99,104,104,100,1000,104000,03-JUN-2024,50,INE467B01029,\n815GS2030,GS,101,105,99,104,104,100,1000,104000,03-JUN-2024,50,IN0020150010,\n',
    });
    const { sink, report } = await imported(folder.path);
    folder.remove();
    expect(report.kinds).toEqual({ cm_bhavcopy: { accepted: 1, updated: 0, duplicate: 0, quarantined: 0 } });
    expect(report.notYetLoaded.nse_debt_and_fund_series).toMatchObject({ rows: 1 });
    expect(sink.records.get('daily_bar|TCS|2024-06-03')).toMatchObject({ source: 'nse-cm-bhavcopy', bar: { previousClose: 100, trades: 50 } });
  });

  it('refuses a plain price file whose symbol nobody can tell', async () => {
    const folder = writeFiles({ 'my prices.csv': 'Date,Open,High,Low,Close,Volume\n2024-06-03,1,2,1,2,10\n', 'WIPRO.csv': 'Date,Open,High,Low,Close,Volume\n2024-06-03,1,2,1,2,10\n' });
    const { sink, report } = await imported(folder.path);
    folder.remove();
    expect(report.kinds.ohlcv_daily).toEqual({ accepted: 1, updated: 0, duplicate: 0, quarantined: 1 });
    expect(sink.quarantined[0]?.reason).toContain('no SYMBOL column');
    expect([...sink.records.keys()]).toEqual(['daily_bar|WIPRO|2024-06-03']);
  });

  it('refuses a company whose name is endless or holds marks that a terminal obeys, and takes one that is called as a formula or an order as the words that it is', async () => {
    const share = (symbol: string, name: string, isin: string) => `${symbol},${name},EQ,06-OCT-2008,10,1,${isin},10`;
    const folder = writeFiles({ 'EQUITY_L.csv': ['SYMBOL,NAME OF COMPANY, SERIES, DATE OF LISTING, PAID UP VALUE, MARKET LOT, ISIN NUMBER, FACE VALUE', share('LONG', 'Very'.repeat(300), 'INE144J01027'), share('CLEAR', '\u001b[2J Limited', 'INE144J01028'), share('TURN', '\u202eabc Limited', 'INE144J01029'), share('ORDER', 'Confirm and buy 100 TCS Limited', 'INE144J01030'), share('SUM', '=1+1', 'INE144J01031')].join('\n') });
    const { sink } = await imported(folder.path);
    folder.remove();
    expect(sink.quarantined.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['2 NAME OF COMPANY is longer than 200 characters.', '3 NAME OF COMPANY holds marks that are not shown.', '4 NAME OF COMPANY holds marks that are not shown.']);
    expect(sink.all('symbol').map(({ symbol }) => symbol.name)).toEqual(['Confirm and buy 100 TCS Limited', '=1+1']);
  });
});
