import { describe, expect, it } from 'vitest';
import { readActionTerms } from '../../../feeds/importers/corporate-action-terms.ts';
import { readMoment } from '../../../feeds/importers/read-date.ts';
import { instant } from '../../../desk/time.ts';
import { importPath } from '../../../feeds/importers/import-path.ts';
import { createSymbolLinker } from '../../../feeds/linking/link-symbols.ts';
import { createMemorySink } from './memory-sink.ts';
import { imported, TODAY } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

async function load(files: Readonly<Record<string, string>>) {
  const folder = writeFiles(files);
  try {
    const { sink, report } = await imported(folder.path);
    return { sink, report, reasons: sink.quarantined.map(({ reason }) => reason) };
  } finally {
    folder.remove();
  }
}

describe('what the exchange\'s pages offer for download', () => {
  it('reads corporate actions, and leaves the interest of a company\'s bond out', async () => {
    const { sink, report } = await load({ 'CF-CA-equities.csv': '\uFEFF"SYMBOL \n","COMPANY NAME \n","SERIES \n","PURPOSE \n","FACE VALUE \n","EX-DATE \n","RECORD DATE \n","BOOK CLOSURE START DATE \n","BOOK CLOSURE END DATE \n"\n"TCS","Tata Consultancy Services Limited","EQ","Interim Dividend - Rs 11 Per Share/ Special Dividend - Rs 46 Per Share","1","16-Jan-2026","17-Jan-2026","-","-"\n"TCS","Tata Consultancy Services Limited","N3","Interest Payment","1000","28-Jan-2026","28-Jan-2026","-","-"\n' });
    expect(sink.all('corporate_action').map(({ action }) => action)).toEqual([{ symbol: 'TCS', exDate: '2026-01-16', subject: 'Interim Dividend - Rs 11 Per Share/ Special Dividend - Rs 46 Per Share', kind: 'DIVIDEND', factor: 1, amount: '57', basis: 'published', knownAt: '2026-01-15T18:30:00.000Z' }]);
    expect(report.notYetLoaded.pr_debt_and_fund_corporate_actions?.rows).toBe(1);
  });

  it('reads announcements and notices of meetings, known at their own times', async () => {
    const { sink } = await load({
      'CF-AN-equities.csv': '\uFEFF"SYMBOL","COMPANY NAME","SUBJECT","DETAILS","BROADCAST DATE/TIME","RECEIPT","DISSEMINATION","DIFFERENCE","ATTACHMENT"\n"SBIN","State Bank of India","Press Release","A press release titled ""SBI raises Rs 5,000 crore"".","05-Jan-2026 19:03:02","05-Jan-2026 19:03:02","05-Jan-2026 19:03:10","00:00:08","https://nsearchives.nseindia.com/corporate/SBIN_PR.pdf"\n',
      'CF-Board-Meetings-equities.csv': '"SYMBOL","COMPANY NAME","PURPOSE","DETAILS","MEETING DATE","ATTACHMENT","BROADCAST DATE/TIME"\n"HDFCBANK","HDFC Bank Limited","Financial Results","To consider results","17-Jan-2026","-","02-Jan-2026 18:02:11"\n',
    });
    expect(sink.all('event').map(({ event }) => [event.title, event.symbols, event.happenedAt, event.knownAt, event.body])).toEqual([['State Bank of India: Press Release', ['SBIN'], '2026-01-05T13:33:02.000Z', '2026-01-05T13:33:10.000Z', 'A press release titled "SBI raises Rs 5,000 crore".']]);
    expect(sink.all('scheduled_event').map(({ event }) => event)).toEqual([{ symbol: 'HDFCBANK', date: '2026-01-17', kind: 'RESULTS', purpose: 'Financial Results', knownAt: '2026-01-02T12:32:11.000Z' }]);
  });

  it('knows what a calendar of events tells on the last day on which the notice could come', async () => {
    const { sink } = await load({
      'CF-Event-equities.csv': '"SYMBOL","COMPANY","PURPOSE","DETAILS","DATE"\n"TCS","Tata Consultancy Services Limited","Financial Results/Dividend","To consider results","12-Jan-2024"\n"M&M","Mahindra & Mahindra Limited","Fund Raising","To consider it","12-Jan-2024"\n',
      'event-calendar.json': JSON.stringify([{ symbol: 'INFY', company: 'Infosys Limited', purpose: 'Financial Results', bm_desc: 'To consider results', date: '14-Jan-2026' }]),
    });
    expect(sink.all('scheduled_event').map(({ event }) => [event.symbol, event.kind, event.knownAt])).toEqual([['TCS', 'RESULTS', '2024-01-06T18:29:59.000Z'], ['M&M', 'BOARD_MEETING', '2024-01-09T18:29:59.000Z'], ['INFY', 'RESULTS', '2026-01-11T18:29:59.000Z']]);
  });

  it('reads the day\'s large deals, deals in a wrapper and short selling', async () => {
    const { sink } = await load({
      'largedeal.json': JSON.stringify({ as_on_date: '05-Jan-2026', BULK_DEALS_DATA: [{ buySell: 'BUY', clientName: 'X LLP', name: '20 Microns Limited', qty: '14000', symbol: '20MICRONS', watp: '84.1', date: '05-Jan-2026', remarks: '-' }], SHORT_DEALS_DATA: [{ symbol: 'SBIN', name: 'SBI', qty: '1500', date: '05-Jan-2026', buySell: null, clientName: null, watp: null, remarks: null }], BLOCK_DEALS_DATA: [{ buySell: 'SELL', clientName: 'Z', name: 'TCS', qty: '142857', symbol: 'TCS', watp: '3560', date: '05-Jan-2026', remarks: null }] }),
      'historical_bulk_deals.json': JSON.stringify({ data: [{ BD_DT_DATE: '02-JAN-2024', BD_SYMBOL: 'TCS', BD_SCRIP_NAME: 'TCS', BD_CLIENT_NAME: 'Y', BD_BUY_SELL: 'SELL', BD_QTY_TRD: 100_000, BD_TP_WATP: 3700.5, BD_REMARKS: '-' }] }),
      'shortselling.csv': 'Security Name,Symbol Name,Trade Date,Quantity\nInfosys,INFY,05-JAN-2026,"12,500"\n',
    });
    expect(sink.all('deal').map(({ deal }) => [deal.date, deal.kind, deal.symbol, deal.side, deal.quantity, deal.price])).toEqual([
      ['2024-01-02', 'BULK', 'TCS', 'SELL', 100_000, 3700.5], ['2026-01-05', 'BULK', '20MICRONS', 'BUY', 14_000, 84.1], ['2026-01-05', 'BLOCK', 'TCS', 'SELL', 142_857, 3560], ['2026-01-05', 'SHORT', 'SBIN', 'SELL', 1500, null], ['2026-01-05', 'SHORT', 'INFY', 'SELL', 12_500, null],
    ]);
  });

  it('reads flows whose header says crores, and refuses a table of lakhs', async () => {
    const { sink, report } = await load({
      'flows.csv': 'Category,Date,Buy Value(₹ Crores),Sell Value (₹ Crores),Net Value (₹ Crores)\nDII **,20-May-2026,"14,045.18","12,705.93","1,339.25"\n',
      'lakhs.csv': 'Category,Date,Buy Value(₹ Lakhs),Sell Value (₹ Lakhs),Net Value (₹ Lakhs)\nDII **,20-May-2026,14045.18,12705.93,1339.25\n',
    });
    expect(sink.all('institutional_flow').map(({ flow }) => [flow.date, flow.investor, flow.buyCrore, flow.sellCrore, flow.netCrore])).toEqual([['2026-05-20', 'DII', 14_045.18, 12_705.93, 1339.25]]);
    expect(report.unrecognised).toEqual(['lakhs.csv']);
  });

  it('reads the exchange\'s own list of lots with its heading in the middle, grouped freeze quantities and the list of small companies', async () => {
    const { sink, reasons } = await load({
      'fo_mktlots.csv': 'UNDERLYING                          ,SYMBOL    ,DEC-25     ,JAN-26     \nNIFTY 50                            ,NIFTY     ,75         ,65         \nDerivatives on Individual Securities,Symbol    ,DEC-25     ,JAN-26     \nMAHINDRA & MAHINDRA LTD             ,M&M       ,           ,200        \n',
      'qtyfreeze.csv': 'S.No.,SYMBOL    ,VOL_FRZ_QTY    \n1    ,"NIFTY","1,800"\n',
      'SME_EQUITY_L.csv': 'SYMBOL,NAME_OF_COMPANY,SERIES,DATE_OF_LISTING,PAID_UP_VALUE,ISIN_NUMBER,FACE_VALUE\nAAKAAR,Aakaar Medical Technologies Limited,SM,27-JUN-2025,10,INE0UIO01010,10\n',
    });
    expect(reasons).toEqual([]);
    expect(sink.all('trading_rule').map(({ rule }) => [rule.symbol, rule.rule, rule.value])).toEqual([['NIFTY', 'MARKET_LOT', '75'], ['M&M', 'MARKET_LOT', '200'], ['NIFTY', 'FREEZE_QUANTITY', '1800']]);
    expect(sink.all('symbol').map(({ symbol }) => [symbol.symbol, symbol.series, symbol.listedOn])).toEqual([['AAKAAR', 'SM', '2025-06-27']]);
  });

  it('reads the option chain\'s page under the names that it has had since late 2025', async () => {
    const side = (price: number) => ({ strikePrice: 26_000, expiryDate: '25-11-2025', underlying: 'NIFTY', openInterest: 900, changeinOpenInterest: -12, totalTradedVolume: 5000, lastPrice: price, change: -1.5, underlyingValue: 25_950.2, buyPrice1: price - 0.5, buyQuantity1: 75, sellPrice1: price + 0.5, sellQuantity1: 150 });
    const { sink } = await load({ 'chain.json': JSON.stringify({ records: { timestamp: '24-Nov-2025 15:30:00', underlyingValue: 25_950.2, expiryDates: ['25-Nov-2025'], data: [{ expiryDates: '25-Nov-2025', strikePrice: 26_000, CE: side(100), PE: side(150) }] } }) });
    expect(sink.all('option_chain').map(({ snapshot }) => snapshot.expiries)).toEqual([[{ expiry: '2025-11-25', lotSize: null, strikes: [{ strike: 26_000,
      call: { bid: 99.5, ask: 100.5, last: 100, at: null, volume: 5000, openInterest: 900, openInterestChange: -12, bidSize: 75, askSize: 150, previousClose: 101.5 },
      put: { bid: 149.5, ask: 150.5, last: 150, at: null, volume: 5000, openInterest: 900, openInterestChange: -12, bidSize: 75, askSize: 150, previousClose: 151.5 } }] }]]);
  });

  it('reads derivatives of the years in which options on shares were American', async () => {
    const { sink, reasons } = await load({ 'fo14MAR2008bhav.csv': 'INSTRUMENT,SYMBOL,EXPIRY_DT,STRIKE_PR,OPTIONTYPE,OPEN,HIGH,LOW,CLOSE,SETTLE_PR,CONTRACTS,VAL_INLAKH,OPEN_INT,CHG_IN_OI,TIMESTAMP,\nOPTSTK,RELIANCE,27-Mar-2008,2300,CA,50,70,40,60,60,345,600.1,103500,-200,14-MAR-2008,\nOPTSTK,RELIANCE,27-Mar-2008,2300,PA,50,70,40,55,55,245,500.1,93500,-100,14-MAR-2008,\n' });
    expect(reasons).toEqual([]);
    expect(sink.all('option_chain').flatMap(({ snapshot }) => snapshot.expiries.flatMap(({ strikes }) => strikes.map(({ strike, call, put }) => [strike, call?.last, put?.last])))).toEqual([[2300, 60, 55]]);
  });

  it('reads one share\'s bars of Alpaca and a list of holidays of the cash market alone', async () => {
    const { sink } = await load({
      'aapl.json': JSON.stringify({ bars: [{ t: '2024-01-03T05:00:00Z', o: 184.22, h: 185.88, l: 183.43, c: 184.25, v: 58_418_916 }], symbol: 'AAPL', next_page_token: null }),
      'holidays.json': JSON.stringify({ CM: [{ tradingDate: '03-Mar-2026', weekDay: 'Tuesday', description: 'Holi', Sr_no: 1 }] }),
    });
    expect(sink.all('foreign_bar').map(({ bar }) => [bar.symbol, bar.date, bar.close])).toEqual([['AAPL', '2024-01-03', 184.25]]);
    expect(sink.all('calendar_day').map(({ day }) => [day.date, day.kind])).toEqual([['2026-03-03', 'HOLIDAY']]);
  });
});

describe('other tellings of the same', () => {
  it('does not take a bonus of debentures for one of shares, and multiplies prices where shares are merged', () => {
    expect(['Bonus Debentures 1:1', 'Scheme Of Arrangement - Bonus Ncrps 4:1', 'Bonus Issue Of Non-Convertible Preference Shares 21:1'].map(readActionTerms)).toEqual(Array(3).fill({ kind: 'OTHER', factor: 1 }));
    expect(readActionTerms('Consolidation Of Shares From Re 1/- Per Share To Rs 10/- Per Share')).toEqual({ kind: 'SPLIT', factor: 10 });
  });

  it('reads a paper\'s time in whatever way it writes it', () => {
    const written = ['Mon, 05 Jan 2026 10:15:00 IST', 'Monday, 05 January 2026 10:15:00 +0530', '05 Jan 26 10:15 +0530', 'Jan 05, 2026 10:15 AM IST', 'Mon, 5 Jan 2026 4:45:00 GMT', 'Mon, 05 Jan 2026 10:15:00 +05:30', 'Sun, 04 Jan 2026 23:45:00 EST'];
    expect(written.map(readMoment)).toEqual(written.map(() => '2026-01-05T04:45:00.000Z'));
    expect(['Mon, 05 Jan 2026 13:15 PM', 'Mon, 32 Jan 2026 10:15:00 GMT', 'Mon, 05 Foo 2026 10:15:00 GMT', 'Jan 05, 2026'].map(readMoment)).toEqual([null, null, null, null]);
  });

  it('names the paper of a collector\'s item, and says it once', async () => {
    const { sink } = await load({ 'news.xml': '<?xml version="1.0"?><rss version="2.0"><channel><title>"TCS" - Google News</title><item><title>TCS profit rises 5% - Mint</title><link>https://news.google.com/x</link><pubDate>Mon, 12 Jan 2026 11:02:00 GMT</pubDate><source url="https://www.livemint.com">Mint</source></item></channel></rss>' });
    expect(sink.all('event').map(({ event }) => [event.source, event.title])).toEqual([['Mint', 'TCS profit rises 5%']]);
  });

  it('puts the numbers of GDELT\'s titles together again', async () => {
    const { sink } = await load({ 'gdelt.json': JSON.stringify({ articles: [{ url: 'https://x.com/3', title: 'SBI raises Rs 5 , 000 crore at 7 . 5 %', seendate: '20260105T101500Z', domain: 'x.com', language: 'English' }] }) });
    expect(sink.all('event').map(({ event }) => event.title)).toEqual(['SBI raises Rs 5,000 crore at 7.5%']);
  });

  it('takes the minute at which the Fed released a statement, and a circular\'s subject for its title', async () => {
    const { sink } = await load({
      'statement.txt': 'For release at 2:00 p.m. EDT September 18, 2024\nFederal Reserve issues FOMC statement\nRecent indicators suggest that economic activity has continued to expand at a solid pace.\n',
      'circular.txt': 'CIRCULAR\nSEBI/HO/MRD/TPD-1/P/CIR/2024/132\nOctober 01, 2024\nTo, All Stock Exchanges\nSubject: Measures to Strengthen Equity Index Derivatives Framework\nSecurities and Exchange Board of India\n',
    });
    expect(sink.all('policy_text').map(({ policy, knownAt }) => [policy.institution, policy.event.title, knownAt])).toEqual([
      ['SEBI', 'Measures to Strengthen Equity Index Derivatives Framework', '2024-10-01T18:29:59.000Z'], ['FED', 'Federal Reserve issues FOMC statement', '2024-09-18T18:00:00.000Z'],
    ]);
  });

  it('says of a file that it does not know how it begins and what is understood', async () => {
    const { report } = await load({ 'headlines.csv': 'Date,Headline,Source\n2026-01-05,TCS wins order,Mint\n', 'odd.json': '{"rows":[{"a":1,"b":2}]}' });
    expect(report.reasons.map(({ file, reason }) => [file, reason.split(';')[0], /; understood are .*option chains.*corporate actions.*RSS.*\.$/.test(reason)])).toEqual([
      ['headlines.csv', 'No importer knows this content, which begins "Date,Headline,Source"', true], ['odd.json', 'No importer knows this content, which begins "keys a, b"', true],
    ]);
  });
});

describe('a name that passed from one company to another', () => {
  it('links no story to a share that was listed after it, and says which link it took off', async () => {
    const item = (title: string, day: string): string => `<item><title>${title}</title><pubDate>${day} 10:15:30 +0530</pubDate></item>`;
    const folder = writeFiles({
      'EQUITY_L.csv': 'SYMBOL,NAME OF COMPANY, SERIES, DATE OF LISTING, PAID UP VALUE, MARKET LOT, ISIN NUMBER, FACE VALUE\nTMPV,Tata Motors Passenger Vehicles Limited,EQ,22-JUL-1998,2,1,INE155A01022,2\nTMCV,Tata Motors Limited,EQ,12-NOV-2025,2,1,INE1TAE01010,2\n',
      'news.xml': `<?xml version="1.0"?><rss version="2.0"><channel><title>P</title>${item('Tata Motors Limited sales rise', 'Mon, 05 Jan 2026')}${item('Tata Motors Limited sales fall', 'Mon, 03 Jun 2024')}</channel></rss>`,
    });
    try {
      const sink = createMemorySink();
      await importPath({ path: folder.path, sink, today: TODAY, clock: () => instant(0), linker: async () => createSymbolLinker(sink.all('symbol').map(({ symbol }) => symbol)) });
      expect(sink.all('event').map(({ event }) => [event.title, event.symbols, event.unlinkedNames])).toEqual([['Tata Motors Limited sales rise', ['TMCV'], []], ['Tata Motors Limited sales fall', [], ['TMCV']]]);
    } finally {
      folder.remove();
    }
  });
});
