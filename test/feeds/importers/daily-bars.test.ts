import { describe, expect, it } from 'vitest';
import { imported, noSharedFiles, sharedFile } from './shared-files.ts';

const DAYS_AND_ROWS = { '2019-10-01': 1484, '2020-03-23': 1543, '2024-06-03': 1926, '2025-02-24': 2030, '2025-06-30': 2045 };

describe.skipIf(noSharedFiles)('daily bars from the real files (needs ../shared/data)', () => {
  it('loads every one of the 706,608 rows of the NSE panel, each known at its session close', async () => {
    const { sink, report } = await imported(sharedFile('01_equity_daily/nse_eod_panel'));
    expect(report.kinds).toEqual({ nse_eod_panel: { accepted: 706_608, updated: 0, duplicate: 0, quarantined: 0 } });
    expect(sink.records.get('daily_bar|RELIANCE|2024-06-03')).toEqual({
      type: 'daily_bar', knownAt: '2024-06-03T10:00:00.000Z', source: 'nse-eod-panel',
      bar: { symbol: 'RELIANCE', date: '2024-06-03', open: 2966, high: 3029, low: 2918, close: 3020.65, volume: 10_763_971, previousClose: 2860.8, trades: 527_552, deliveryQuantity: 6_199_702 },
    });
    // Seven rows print no delivery quantity: missing stays missing.
    expect(sink.all('daily_bar').filter(({ bar }) => bar.deliveryQuantity === undefined)).toHaveLength(7);
    expect(sink.spans.find(({ symbol, from }) => symbol === 'ZOMATO' && from.startsWith('2025'))).toMatchObject({ kind: 'daily_bar', from: '2025-01-01', to: '2025-04-08' });
    expect(sink.largestBatch).toBeLessThanOrEqual(5_000);
  });

  it('knows a bar of the evening session in November 2024 only after that session', async () => {
    const { sink } = await imported(sharedFile('01_equity_daily/sec_bhavdata_full/2024-11-01.csv.gz'));
    expect(sink.records.get('daily_bar|RELIANCE|2024-11-01')).toMatchObject({ knownAt: '2024-11-01T13:30:00.000Z', bar: { close: 1338.65 } });
  });

  it.each(Object.entries(DAYS_AND_ROWS))('loads the full bhavcopy of %s with its %i padded rows', async (day, rows) => {
    const { sink, report } = await imported(sharedFile(`01_equity_daily/sec_bhavdata_full/${day}.csv.gz`));
    expect(report.kinds).toEqual({ sec_bhavdata_full: { accepted: rows, updated: 0, duplicate: 0, quarantined: 0 } });
    expect(sink.all('daily_bar').every(({ bar }) => bar.date === day && bar.deliveryQuantity !== undefined)).toBe(true);
  });

  it('finds the same bar in two of the exchange\'s files to be one bar', async () => {
    const { sink } = await imported(sharedFile('01_equity_daily/sec_bhavdata_full/2025-02-24.csv.gz'));
    const { report } = await imported(sharedFile('01_equity_daily/udiff'), sink);
    expect(report.kinds).toEqual({ udiff_cm_bhavcopy: { accepted: 698, updated: 0, duplicate: 2030, quarantined: 0 } });
    expect(report.notYetLoaded).toMatchObject({ nse_debt_and_fund_series: { files: 1, rows: 254 } });
  });

  it('reads the quoted, padded quote history', async () => {
    const { sink, report } = await imported(sharedFile('01_equity_daily/nse_quote_history'));
    expect(report.kinds.nse_quote_history).toEqual({ accepted: 51, updated: 0, duplicate: 0, quarantined: 0 });
    expect(sink.records.get('daily_bar|TCS|2021-11-16')).toMatchObject({ bar: { open: 3569, high: 3575.55, low: 3542, close: 3556.4, previousClose: 3553.3, volume: 2_013_204, trades: 105_284, deliveryQuantity: 1_371_662 } });
  });

  it('says of adjusted Yahoo prices that they are known and not loaded, and why', async () => {
    const { sink, report } = await imported(sharedFile('01_equity_daily/yahoo_adjusted'));
    expect(report.kinds).toEqual({});
    expect(report.notYetLoaded.yahoo_adjusted_prices).toMatchObject({ files: 30, reason: expect.stringContaining('recalculated') });
    expect(sink.records.size).toBe(0);
  });

  it('loads the index histories under the desk\'s names, printed prices given back', async () => {
    const { sink, report } = await imported(sharedFile('02_index_daily'));
    expect(report.kinds).toMatchObject({
      yahoo_index_history: { accepted: 3_393 + 3_123, quarantined: 0 }, niftyindices_history: { accepted: 397, quarantined: 0 }, india_vix_history: { accepted: 396, quarantined: 0 },
    });
    expect(sink.records.get('daily_bar|NIFTY|2007-09-17')).toMatchObject({ bar: { open: 4518.45, high: 4549.05, low: 4482.85, close: 4494.65 } });
    expect(sink.records.get('daily_bar|NIFTY|2023-12-29')).toMatchObject({ bar: { open: 21_737.65, high: 21_770.3, low: 21_676.9, close: 21_731.4 } });
    expect(sink.records.get('daily_bar|INDIAVIX|2023-01-03')).toMatchObject({ bar: { open: 14.685, high: 14.99, low: 14.305, close: 14.385, previousClose: 14.685 } });
    expect(sink.all('symbol').map(({ symbol }) => `${symbol.symbol} ${symbol.kind}`).sort()).toEqual(['BANKNIFTY INDEX', 'INDIAVIX INDEX', 'NIFTY INDEX']);
    expect(report.notYetLoaded.index_weekly_ratio).toBeDefined();
  });
});
