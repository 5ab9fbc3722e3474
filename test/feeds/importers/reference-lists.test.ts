import { describe, expect, it } from 'vitest';
import { indexInName } from '../../../feeds/importers/index-names.ts';
import { imported, noSharedFiles, sharedFile, TODAY } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

const listed = (path: string) => imported(sharedFile(`05_symbol_master/${path}`));

describe.skipIf(noSharedFiles)('reference lists from the real files (needs ../shared/data)', () => {
  it('loads all 2,229 shares of the exchange\'s list, known from their listing', async () => {
    const { sink, report } = await listed('EQUITY_L.csv.gz');
    expect(report.kinds).toEqual({ equity_list: { accepted: 2229, updated: 0, duplicate: 0, quarantined: 0 } });
    expect(sink.records.get('symbol|TCS')).toEqual({
      type: 'symbol', knownAt: '2004-08-24T18:30:00.000Z', source: 'nse-equity-list',
      symbol: { symbol: 'TCS', name: 'Tata Consultancy Services Limited', exchange: 'NSE', kind: 'EQUITY', isin: 'INE467B01029', series: 'EQ', lotSize: 1, tickSize: '0.05', faceValue: 1, listedOn: '2004-08-25', aliases: [] },
    });
  });

  it('takes sectors from a dated constituents list as of the day after it', async () => {
    const { sink, report } = await listed('ind_nifty500list_2023-01-18.csv');
    expect(report.kinds).toEqual({
      index_constituents: { accepted: 501, updated: 0, duplicate: 0, quarantined: 0 }, 'index_constituents/trading_rule': { accepted: 501, updated: 0, duplicate: 0, quarantined: 0 }, 'index_constituents/index_member': { accepted: 501, updated: 0, duplicate: 0, quarantined: 0 },
    });
    expect(sink.records.get('trading_rule|HDFC|SECTOR|2023-01-18')).toMatchObject({ rule: { value: 'Financial Services' }, knownAt: '2023-01-18T18:30:00.000Z' });
    expect(sink.records.get('symbol|HDFC')).toMatchObject({ symbol: { sector: 'Financial Services', name: 'Housing Development Finance Corporation Ltd.' } });
  });

  it('takes members of the index that a list names, as of the day after it; without a date from the day of the import', async () => {
    const { sink } = await listed('ind_nifty500list_2023-01-18.csv');
    expect(sink.records.get('index_member|NIFTY 500|2023-01-18|HDFC')).toMatchObject({ knownAt: '2023-01-18T18:30:00.000Z' });
    const { sink: undated } = await listed('ind_nifty500list.csv');
    expect(undated.all('index_member')).toHaveLength(500);
    expect(undated.records.get(`index_member|NIFTY 500|${TODAY}|TCS`)).toMatchObject({ knownAt: '2026-11-19T18:30:00.000Z', source: 'nse-index-constituents (undated: holds from the day of the import)' });
    const { sink: saved } = await listed('NIFTY_500_2024-07-29.csv');
    expect(saved.all('index_member')).toHaveLength(501);
    expect(saved.records.has('index_member|NIFTY 500|2024-07-29|HDFC')).toBe(false);
    const { sink: whole } = await listed('nifty750list.csv.gz');
    expect(whole.records.has(`index_member|NIFTY TOTAL MARKET|${TODAY}|TCS`)).toBe(true);
  });

  it('says of a constituents list without a date that its sectors are backfilled', async () => {
    const { sink } = await listed('ind_nifty500list.csv');
    expect(sink.records.get('trading_rule|TCS|SECTOR|2019-08-23')).toMatchObject({ source: 'nse-index-constituents (backfilled: the file carries no date)', rule: { value: 'Information Technology' } });
  });

  it('refuses the index provider\'s placeholder rows', async () => {
    const { sink } = await listed('NIFTY_500_2024-07-29.csv');
    expect(sink.quarantined.map(({ line, reason }) => [line, reason.slice(0, 30)])).toEqual([[144, 'Symbol DUMMYRAYMD is the index'], [145, 'Symbol DUMMYSANOF is the index']]);
    expect(sink.records.has('symbol|DUMMYRAYMD')).toBe(false);
  });

  it('loads price bands and surveillance stages as dated rules', async () => {
    const { sink, report } = await listed('sec_list_24022025.csv.gz');
    expect(report.kinds.price_bands).toEqual({ accepted: 2777 + 48, updated: 0, duplicate: 0, quarantined: 0 });
    expect(sink.records.get('trading_rule|RELIANCE|PRICE_BAND_PERCENT|2025-02-24')).toMatchObject({ rule: { value: 'NONE' } });
    expect(sink.records.get('trading_rule|SUZLON|PRICE_BAND_PERCENT|2025-02-24')).toMatchObject({ rule: { value: '10' } });
    expect(sink.records.get('trading_rule|BLUECHIP|SURVEILLANCE|2025-02-24')).toMatchObject({ rule: { value: 'GSM STAGE - 0' } });
  });

  it('keeps derivatives lots and freeze quantities apart from a share\'s own lot, and holds undated ones from today', async () => {
    const { sink, report } = await listed('fo_mktlots.csv');
    const { report: freeze } = await imported(sharedFile('05_symbol_master/qtyfreeze.csv'), sink);
    expect([report.kinds.fo_lots?.accepted, freeze.kinds.freeze_quantities?.accepted]).toEqual([229, 213]);
    expect(sink.records.get(`trading_rule|NIFTY|MARKET_LOT|${TODAY}`)).toMatchObject({ rule: { value: '75' }, knownAt: '2026-11-19T18:30:00.000Z' });
    expect(sink.records.get(`trading_rule|NIFTYNXT50|MARKET_LOT|${TODAY}`)).toMatchObject({ rule: { value: '25' } });
    expect(sink.records.get(`trading_rule|BANKNIFTY|FREEZE_QUANTITY|${TODAY}`)).toMatchObject({ rule: { value: '600' } });
    expect(sink.all('symbol')).toEqual([]);
  });

  it('loads 1,710 sessions, tells the weekend ones apart and covers only the unbroken run', async () => {
    const { sink, report } = await listed('nse_trading_days_derived.csv');
    expect(report.kinds.trading_days).toEqual({ accepted: 1710, updated: 0, duplicate: 0, quarantined: 0 });
    const day = (date: string) => sink.records.get(`calendar_day|NSE|${date}|nse-trading-days`);
    expect(day('2024-06-03')).toMatchObject({ day: { kind: 'SESSION', open: '09:15', close: '15:30' }, knownAt: '2023-12-31T18:30:00.000Z' });
    expect(day('2023-11-12')).toMatchObject({ day: { kind: 'SPECIAL_SESSION', open: '18:15', close: '19:15' }, knownAt: '2023-11-11T18:30:00.000Z' });
    expect(day('2025-02-01')).toMatchObject({ day: { kind: 'SPECIAL_SESSION' } });
    expect(day('2021-11-04')).toBeUndefined();
    expect(sink.spans).toEqual([{ kind: 'calendar_day', source: 'nse-trading-days', symbol: '*', from: '2019-10-01', to: '2026-08-21' }]);
  });

  it('loads the cash market\'s holidays only, and does not trust the incomplete vendor calendar', async () => {
    const { sink } = await imported(sharedFile('10_api_samples/nse_api_samples/holidays.json'));
    expect(sink.all('calendar_day')).toEqual([{ type: 'calendar_day', day: { exchange: 'NSE', date: '2023-01-26', kind: 'HOLIDAY', description: 'Republic Day' }, knownAt: '2022-12-31T18:30:00.000Z', source: 'nse-holidays' }]);
    expect((await listed('market_hours_india_usa.json')).report.notYetLoaded.market_hours?.reason).toContain('complete to 2021 only');
  });

  it('puts the exchange\'s list and the constituents lists together, one record a share', async () => {
    const { sink, report } = await imported(sharedFile('05_symbol_master'));
    expect(sink.records.get('symbol|TCS')).toMatchObject({ source: 'nse-equity-list', knownAt: '2004-08-24T18:30:00.000Z', symbol: { name: 'Tata Consultancy Services Limited', sector: 'Information Technology', listedOn: '2004-08-25' } });
    expect(report.unrecognised).toEqual([]);
    // Two lists disagree on the industry: both statements stay, each with its date.
    expect(['2023-01-18', '2024-07-29'].map((date) => sink.records.get(`trading_rule|RAYMOND|SECTOR|${date}`))).toMatchObject([{ rule: { value: 'Textiles' } }, { rule: { value: 'Realty' } }]);
  });
});

describe('reference lists', () => {
  it('quarantines rows without a name, an ISIN or a believable listing day', async () => {
    const folder = writeFiles({
      'list.csv': 'SYMBOL,NAME OF COMPANY, SERIES, DATE OF LISTING, PAID UP VALUE, MARKET LOT, ISIN NUMBER, FACE VALUE\n'
        + 'A1,,EQ,25-AUG-2004,1,1,INE467B01029,1\nA2,Two Limited,EQ,25-AUG-2004,1,1,INE4,1\nA3,Three Limited,EQ,25-AUG-1904,1,1,INE467B01029,1\nA4,Four Limited,EQ,25-AUG-2004,1,1,INE467B01029,0\nA5,Five Limited,EQ,25-AUG-2004,1,1,INE467B01029,1\nA5,Five Limited,EQ,25-AUG-2004,1,1,INE467B01029,1\n',
    });
    const { sink, report } = await imported(folder.path);
    folder.remove();
    expect(report.kinds.equity_list).toEqual({ accepted: 1, updated: 0, duplicate: 0, quarantined: 5 });
    expect(sink.quarantined.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '2 NAME OF COMPANY is empty.', '3 ISIN NUMBER is not an ISIN: "INE4".', '4 DATE OF LISTING 1904-08-25 lies outside 1990-01-01 to 2027-11-21.', '5 FACE VALUE is not above zero: "0".', '7 SYMBOL repeats A5, already read in this file.',
    ]);
  });
});

describe('the index that a file of constituents lists', () => {
  it.each([
    ['ind_nifty50list.csv', 'NIFTY 50'], ['ind_nifty50list_2024-09-30.csv', 'NIFTY 50'], ['ind_niftynext50list.csv', 'NIFTY NEXT 50'], ['ind_niftybanklist.csv', 'NIFTY BANK'], ['ind_nifty_privatebanklist.csv', 'NIFTY PRIVATE BANK'],
    ['NIFTY_500_2024-07-29.csv', 'NIFTY 500'], ['ind_nifty500list_29072024.csv', 'NIFTY 500'], ['ind_niftymidcap150list.csv', 'NIFTY MIDCAP 150'], ['watchlist.csv', null], ['constructor.csv', null],
  ])('%s: %s', (name, index) => { expect(indexInName(name)).toBe(index); });
});
