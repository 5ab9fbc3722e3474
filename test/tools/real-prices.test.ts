import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import type { ImportSink } from '../../feeds/importers/import-sink.ts';
import type { BrokerQuote } from '../../tools/broker-quote.ts';
import type { MarketBars } from '../../tools/market-bars.ts';
import type { MarketMovers } from '../../tools/market-movers.ts';
import { noSharedFiles, sharedFile } from '../feeds/importers/shared-files.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, openToolBench, type ToolBench } from './made-market.ts';

const wanted = new Set(['TCS', 'INFY', 'RELIANCE', 'SBIN', 'HDFCBANK', 'NESTLEIND', 'ITC']);
const symbolOf = (record: FeedRecord): string | null => (record.type === 'daily_bar' ? record.bar.symbol : record.type === 'symbol' ? record.symbol.symbol : null);

describe.skipIf(noSharedFiles)('real prices (../shared/data)', () => {
  let database: Database;
  let bench: ToolBench;
  beforeAll(async () => {
    database = await openTestDatabase();
    const sink: ImportSink = {
      async write(records) {
        const chosen = records.filter((record) => wanted.has(symbolOf(record) ?? ''));
        if (chosen.length > 0) await writeFacts(database.orm, chosen, instant('2024-09-02T00:00:00Z'));
        return { accepted: chosen.length, updated: 0, duplicate: 0 };
      },
      quarantine: async () => 0, coverage: async () => undefined, finished: async () => undefined,
    };
    for (const path of ['05_symbol_master/EQUITY_L.csv.gz', '01_equity_daily/nse_eod_panel/nse_eod_panel_2024.csv.gz']) {
      const report = await importPath({ path: sharedFile(path), sink, today: tradingDate('2026-11-20'), clock: () => instant('2026-11-20T00:00:00Z') });
      if ('reason' in report) throw new Error(report.reason);
    }
    bench = await openToolBench(database, { at: clock('2024-09-02', '08:00') });
  });
  afterAll(async () => { await database.close(); });

  it('say of 15 August 2024 that the exchange was closed and what TCS closed at before', async () => {
    expect(await bench.call<BrokerQuote>('broker_quote', { symbol: 'tata consultancy', date: '2024-08-15', field: 'close' })).toMatchObject({
      symbol: 'TCS', status: 'CLOSED_DAY', closed: { dayText: '15 August 2024', label: 'Independence Day' }, previousSession: { dayText: '14 August', close: 4295.25 },
    });
  });
  it('are those of the exchange’s file', async () => {
    expect(await bench.call('broker_quote', { symbol: 'TCS', date: '2024-08-16', field: 'high' })).toMatchObject({ status: 'BAR', value: 4427, bar: { open: 4350, low: 4325.1, close: 4416.05, volume: 3457058, previousClose: 4295.25 } });
  });
  it('do not show the one-for-ten split of NESTLEIND as a fall of nine tenths', async () => {
    const bars = await bench.call<MarketBars>('market_bars', { symbol: 'NESTLEIND', from: '2024-01-01', to: '2024-01-12' });
    expect(bars.actions).toMatchObject([{ exDate: '2024-01-05', factor: 0.1 }]);
    expect(Math.abs(bars.summary?.changePercent ?? 100)).toBeLessThan(10);
    const movers = await bench.call<MarketMovers>('market_movers', { period: { from: '2024-01-05', to: '2024-01-05' }, limit: 10 });
    const nestle = [...movers.gainers, ...movers.losers].find((row) => row.symbol === 'NESTLEIND');
    expect(Math.abs(nestle?.changePercent ?? 100)).toBeLessThan(5);
    expect(nestle?.adjustedFor).not.toBeNull();
  });
  it('know nothing of what came after the moment asked for', async () => {
    expect(await bench.call('broker_quote', { symbol: 'TCS', asOf: '2024-08-14T15:29' })).toMatchObject({ value: 4196.95, bar: { date: '2024-08-13' } });
    expect(await bench.call('broker_quote', { symbol: 'TCS', asOf: '2024-08-14T15:30' })).toMatchObject({ value: 4295.25, bar: { date: '2024-08-14' } });
  });
});
