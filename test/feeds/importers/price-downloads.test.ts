import { describe, expect, it } from 'vitest';
import { ungrouped } from '../../../feeds/importers/read-number.ts';
import { readableDates } from '../../../feeds/importers/date-order.ts';
import { imported } from './shared-files.ts';
import { writeFiles } from './written-files.ts';

async function load(files: Readonly<Record<string, string>>) {
  const folder = writeFiles(files);
  try {
    const { sink, report } = await imported(folder.path);
    return { sink, report, bars: sink.all('daily_bar').map(({ bar }) => bar), reasons: sink.quarantined.map(({ reason }) => reason) };
  } finally {
    folder.remove();
  }
}
const days = (month: number, write: (day: string, month: string) => string): string => Array.from({ length: 26 }, (_, i) => `${write(String(i + 2).padStart(2, '0'), String(month).padStart(2, '0'))},${350 + i},${355 + i},${349 + i},${352 + i},1000\n`).join('');
const UDIFF = 'TradDt,BizDt,Sgmt,Src,FinInstrmTp,ISIN,TckrSymb,SctySrs,XpryDt,StrkPric,OptnTp,OpnPric,HghPric,LwPric,ClsPric,PrvsClsgPric,UndrlygPric,OpnIntrst,ChngInOpnIntrst,TtlTradgVol,TtlNbOfTxsExctd,NewBrdLotQty\n';

describe('prices as the exchange\'s pages and other people\'s tables offer them', () => {
  it('reads the history under a share\'s page: its symbol from the name, its own series, grouped numbers', async () => {
    const { bars, report } = await load({ 'Quote-Equity-M&M-EQ-17-02-2020-to-19-02-2020.csv': '\uFEFF"Date ","series ","OPEN ","HIGH ","LOW ","PREV. CLOSE ","ltp ","close ","vwap ","52W H ","52W L ","VOLUME ","VALUE ","No of trades "\n"19-Feb-2020","EQ","1,502.00","1,523.00","1,501.35","1,502.15","1,522.00","1,516.75","1,513.91","1,568.20","370.05",1547819,"795,434,488.60","34,547"\n"18-Feb-2020","BL","500.00","500.00","500.00","500.00","500.00","500.00","500.00","568.20","370.05","100","50000","1"\n' });
    expect(bars).toEqual([{ symbol: 'M&M', date: '2020-02-19', open: 1502, high: 1523, low: 1501.35, close: 1516.75, previousClose: 1502.15, volume: 1_547_819, trades: 34_547 }]);
    expect(report.notYetLoaded.nse_debt_and_fund_series?.rows).toBe(1);
  });

  it('reads the security-wise history with its Indian grouping', async () => {
    const { bars } = await load({ 'TCS-ALL-N.csv': '\uFEFF"Symbol  ","Series  ","Date  ","Prev Close  ","Open Price  ","High Price  ","Low Price  ","Last Price  ","Close Price  ","Average Price ","Total Traded Quantity  ","Turnover ₹  ","No. of Trades  ","Deliverable Qty  ","% Dly Qt to Traded Qty  "\n"TCS","EQ","10-Jan-2025","4,036.65","4,197.00","4,295.25","4,163.05","4,256.00","4,265.65","4,242.65","1,24,06,478","52,63,63,53,459.25","5,20,414","59,64,034","48.07"\n' });
    expect(bars).toEqual([{ symbol: 'TCS', date: '2025-01-10', open: 4197, high: 4295.25, low: 4163.05, close: 4265.65, previousClose: 4036.65, volume: 12_406_478, trades: 520_414, deliveryQuantity: 5_964_034 }]);
  });

  it('takes grouping out of a number, and no comma out of anything else', () => {
    expect(['1,24,06,478', '-1,234.50', '12', '1,2', '12,34', 'a,123', '1,234,5', '3,14'].map(ungrouped)).toEqual(['12406478', '-1234.50', '12', '1,2', '12,34', 'a,123', '1,234,5', '3,14']);
  });

  it('does not take recalculated prices for printed ones, whatever their columns are called', async () => {
    const { bars, report } = await load({
      'WIPRO.csv': 'Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n2023-01-02 00:00:00+05:30,388.4,391.1,386.0,389.8,2345678,0.0,0.0\n',
      'HCLTECH.csv': 'Date,Close,High,Low,Open,Volume\n2023-01-02,934.4712371826172,941.1278,930.0189,936.8112213,2345678\n2023-01-03,939.01288,940.1287,937.0912,938.8112,1345678\n',
      'several.csv': 'Price,Close,High,Low,Open,Volume\nTicker,TCS.NS,TCS.NS,TCS.NS,TCS.NS,TCS.NS\nDate,,,,,\n2023-01-02,1177.0,1180.1,1165.9,1170.0,3452345\n',
      'ITC.csv': 'Date,Open,High,Low,Close,Volume\n2023-01-02,331.5,333.04998779296875,330.1,332.29998779296875,2345678\n2023-01-03,332.15000000000003,334,331,333.1,2345678\n',
    });
    expect(bars.map(({ symbol, close }) => [symbol, close])).toEqual([['ITC', 332.3], ['ITC', 333.1]]);
    expect(report.notYetLoaded.yahoo_adjusted_prices?.files).toBe(3);
  });

  it('finds out whether a table of prices writes the month or the day first', async () => {
    const { bars, reasons } = await load({
      'ITC.csv': `Date,Open,High,Low,Close,Volume\n${days(2, (day, month) => `${month}/${day}/2023`)}`,
      'ONGC.csv': `Date,Open,High,Low,Close,Volume\n${days(2, (day, month) => `${day}/${month}/2023`)}`,
    });
    expect(reasons).toEqual([]);
    expect(bars.map(({ date }) => date)).toEqual([...bars.slice(0, 26), ...bars.slice(0, 26)].map((_, i) => `2023-02-${String((i % 26) + 2).padStart(2, '0')}`));
  });

  it('tells by the step between neighbours where every day could be a month, and keeps to the day first where nothing tells', () => {
    expect(['02/03/2025', '02/04/2025', '02/05/2025'].map(readableDates(['02/03/2025', '02/04/2025', '02/05/2025']))).toEqual(['03/02/2025', '04/02/2025', '05/02/2025']);
    expect(readableDates(['02/03/2025'])('02/03/2025')).toBe('02/03/2025');
    expect(readableDates(['02/03/2025', '03/03/2025'])('5/3/2025')).toBe('05/03/2025');
  });

  it('does not take a minute, whose time stands in a column of its own, for the day', async () => {
    const { sink, bars } = await load({ 'gdf.csv': 'Ticker,Date,Time,Open,High,Low,Close,Volume,Open Interest\nNIFTY.NSE_IDX,01/02/2023,09:15:59,17811.6,17850,17800.1,17832.5,0,0\nNIFTY.NSE_IDX,01/02/2023,09:16:59,17832.5,17840,17810.1,17812.5,0,0\n' });
    expect(bars).toEqual([]);
    expect(sink.all('intraday_bar').map(({ bar, knownAt }) => [bar.symbol, bar.start, knownAt])).toEqual([['NIFTY', '2023-02-01T03:45:00.000Z', '2023-02-01T03:46:00.000Z'], ['NIFTY', '2023-02-01T03:46:00.000Z', '2023-02-01T03:47:00.000Z']]);
  });

  it('keeps BSE\'s files, which have the same columns, out of NSE\'s prices and chains', async () => {
    const { sink, report } = await load({
      'cm.csv': `${UDIFF}2026-01-05,2026-01-05,CM,BSE,STK,INE002A01018,RELIANCE,ST,,,,1500,1512.5,1490,1501.5,1495,,,,112345,3211,1\n`,
      'fo.csv': `${UDIFF}2026-01-05,2026-01-05,FO,BSE,IDO,,SENSEX,,2026-01-08,85000.00,CE,300,350,280,320.5,310,85200.5,12345,120,23456,650,20\n`,
      'nse.csv': `${UDIFF}2026-01-05,2026-01-05,CM,NSE,STK,INE002A01018,RELIANCE,EQ,,,,1500,1512.5,1490,1501.5,1495,,,,112345,3211,1\n`,
      'EQ030123.CSV': 'SC_CODE,SC_NAME,SC_GROUP,SC_TYPE,OPEN,HIGH,LOW,CLOSE,LAST,PREVCLOSE,NO_TRADES,NO_OF_SHRS,NET_TURNOV,TDCLOINDI\n500002,ABB LTD.    ,A ,Q,2700.00,2700.00,2673.25,2688.30,2687.65,2681.00,751,4344,11669853.00,\n',
    });
    expect([...sink.records.keys()]).toEqual(['daily_bar|RELIANCE|2026-01-05']);
    expect(report.notYetLoaded.bse_prices).toEqual({ files: 3, rows: 6, reason: 'Prices of BSE; the desk trades NSE.' });
  });

  it('reads an index\'s download by its name and a day\'s closes of all indices, of which it takes its own', async () => {
    const { bars, report } = await load({
      'NIFTY 50-24-01-2024-to-24-02-2024.csv': '\uFEFF"Date ","Open ","High ","Low ","Close ","Shares Traded ","Turnover (₹ Cr)"\n"24-JAN-2024","21,185.25","21482.35","21137.2","21453.95","407460664","41718.64"\n',
      'ind_close_all_15012013.csv': 'Index Name,Index Date,Open Index Value,High Index Value,Low Index Value,Closing Index Value,Points Change,Change(%),Volume,Turnover (Rs. Cr.),P/E,P/B,Div Yield\nS&P CNX Nifty,15-01-2013,6037.85,6068.5,6018.6,6056.6,32.55,.54,138364003,6978.26,19.12,3.21,1.36\nS&P CNX 500,15-01-2013,4700,4710,4690,4705,1,.1,1,1,1,1,1\nIndia VIX,15-01-2013,13.6,13.9,13.1,13.47,-0.16,-1.2,-,-,-,-,-\n',
    });
    expect(bars).toEqual([
      { symbol: 'NIFTY', date: '2024-01-24', open: 21185.25, high: 21482.35, low: 21137.2, close: 21453.95, volume: 407_460_664 },
      { symbol: 'NIFTY', date: '2013-01-15', open: 6037.85, high: 6068.5, low: 6018.6, close: 6056.6, volume: 138_364_003 },
      { symbol: 'INDIAVIX', date: '2013-01-15', open: 13.6, high: 13.9, low: 13.1, close: 13.47, volume: 0 },
    ]);
    expect(report.notYetLoaded.other_indices?.rows).toBe(1);
  });

  it('keeps each share\'s own series of a table made from the exchange\'s history', async () => {
    const { bars } = await load({ 'nifty50_all.csv': 'Date,Symbol,Series,Prev Close,Open,High,Low,Last,Close,VWAP,Volume,Turnover,Trades,Deliverable Volume,%Deliverble\n2012-01-02,MUNDRAPORT,EQ,120.1,121,123,119.5,122,122.1,121.4,100000,1.2E12,5000,40000,0.4\n2012-01-02,MUNDRAPORT,BL,120.1,121,121,121,121,121,121,90000,1E12,1,,\n' });
    expect(bars).toEqual([{ symbol: 'MUNDRAPORT', date: '2012-01-02', open: 121, high: 123, low: 119.5, close: 122.1, previousClose: 120.1, volume: 100_000, trades: 5000, deliveryQuantity: 40_000 }]);
  });
});
