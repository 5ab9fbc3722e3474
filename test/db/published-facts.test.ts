import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { deals, insiderTrades } from '../../db/stores/deals.ts';
import { eventsKnown, furtherSources, writeEvents } from '../../db/stores/events.ts';
import { cashFlows } from '../../db/stores/flows.ts';
import { createImportSink } from '../../db/stores/import-sink.ts';
import { foreignBars } from '../../db/stores/published.ts';
import type { EventRecord } from '../../desk/market/types.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { importPath } from '../../feeds/importers/import-path.ts';
import type { ImportReport } from '../../feeds/importers/import-report.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { noSharedFiles, sharedFile, TODAY } from '../feeds/importers/shared-files.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(async () => { await database.close(); });

const now = instant('2026-11-20T00:00:00Z');
async function importing(path: string): Promise<ImportReport> {
  const report = await importPath({ path: sharedFile(path), sink: createImportSink(database, () => now), today: TODAY, clock: () => now });
  if ('reason' in report) throw new Error(report.reason);
  return report;
}
const totals = ({ kinds }: ImportReport) => Object.values(kinds).reduce((sum, each) => ({ accepted: sum.accepted + each.accepted, updated: sum.updated + each.updated }), { accepted: 0, updated: 0 });
const count = async (table: string): Promise<number> => Number((await database.pool.query<{ n: string }>(`select count(*) as n from core.${table}`)).rows[0]?.n);

describe.skipIf(noSharedFiles)('published facts in the database (needs ../shared/data)', () => {
  it.each([['06_corporate/bulk_deals', 'bulk_deals', 15_172], ['06_corporate/insider_trading_PIT.csv.gz', 'insider_trades', 2_159], ['07_flows_breadth/fii_dii_daily.json.gz', 'institutional_flows', 176], ['09_policy_stance/rbi/pdf', 'policy_updates', 4], ['11_us/lean/equity/usa/daily', 'bars_foreign', 17_642]])(
    'stores %s once, however often it is imported', async (path, table, rows) => {
      expect(totals(await importing(path)).accepted).toBeGreaterThanOrEqual(rows);
      expect(await count(table)).toBe(rows);
      expect(totals(await importing(path))).toEqual({ accepted: 0, updated: 0 });
      expect(await count(table)).toBe(rows);
    });

  it('shows nothing before it was known', async () => {
    const dealt = await deals(database.orm, { kinds: ['BULK'], symbols: ['AGSTRA'], asOf: instant('2025-04-24T18:29:58Z'), limit: 10 });
    expect(dealt).toEqual([]);
    expect((await deals(database.orm, { kinds: ['BULK'], symbols: ['AGSTRA'], asOf: instant('2025-04-24T18:29:59Z'), limit: 10 })).map(({ date }) => date)).toContain('2025-04-24');
    expect((await insiderTrades(database.orm, { asOf: instant('2019-10-31T14:45:59Z'), limit: 500 })).every(({ knownAt }) => knownAt < '2019-10-31T14:46:00.000Z')).toBe(true);
    const flows = await cashFlows(database.orm, { asOf: instant('2026-01-14T18:29:58Z'), days: 5 });
    expect(flows.filter(({ date }) => date >= '2026-01-14')).toEqual([]);
    expect(await foreignBars(database.orm, { exchange: 'US', symbol: 'AAPL', from: tradingDate('1998-01-02'), to: tradingDate('1998-01-02'), asOf: instant('1998-01-02T20:59:59Z') })).toEqual([]);
  });
});

const story = (over: Partial<EventRecord>): EventRecord => ({ source: 'A', title: 'Infosys bags 1,500 crore order from European bank', body: '', eventType: 'ORDER_WIN', priority: 'HIGH', symbols: ['INFY'], unlinkedNames: [], happenedAt: instant('2026-03-02T05:00:00Z'), knownAt: instant('2026-03-02T05:00:00Z'), ...over });
const known = async (asOf: string) => (await eventsKnown(database.orm, { symbols: ['INFY'], asOf: instant(asOf), limit: 50 })).map(({ source }) => source);

describe('one story from several papers', () => {
  beforeAll(async () => {
    // The third paper's report comes in before the first one's.
    await writeEvents(database.orm, [story({ source: 'C', title: 'Order of 1,500 crore: Infosys bags European bank', knownAt: instant('2026-03-02T09:00:00Z'), happenedAt: instant('2026-03-02T09:00:00Z') })], now);
    await writeEvents(database.orm, [story({}), story({ source: 'B', title: 'Infosys bags Rs 1,500 crore order from a European bank', knownAt: instant('2026-03-02T07:00:00Z'), happenedAt: instant('2026-03-02T07:00:00Z') })], now);
  });

  it('is one event with three sources, the first known standing for all', async () => {
    expect(await known('2026-03-03T00:00:00Z')).toEqual(['A']);
    const [event] = await eventsKnown(database.orm, { symbols: ['INFY'], asOf: instant('2026-03-03T00:00:00Z'), limit: 1 });
    expect((await furtherSources(database.orm, [event?.id ?? ''], instant('2026-03-03T00:00:00Z'))).get(event?.id ?? '')?.map(({ source }) => source)).toEqual(['B', 'C']);
    expect((await furtherSources(database.orm, [event?.id ?? ''], instant('2026-03-02T08:00:00Z'))).get(event?.id ?? '')?.map(({ source }) => source)).toEqual(['B']);
  });

  it.each<[string, Partial<EventRecord>]>([
    ['another amount', { title: 'Infosys bags 2,500 crore order from European bank' }], ['another company', { symbols: ['TCS'], title: 'TCS bags 1,500 crore order from European bank' }],
    ['three days later', { knownAt: instant('2026-03-05T05:00:00Z'), happenedAt: instant('2026-03-05T05:00:00Z') }], ['a filing', { artifactUrl: 'https://exchange.example/1.pdf' }], ['the same paper', { source: 'A', sourceUrl: 'https://a.example/2' }],
  ])('is another one with %s', async (_what, over) => {
    const at = over.knownAt ?? instant('2026-03-02T06:00:00Z');
    const { fresh } = await writeEvents(database.orm, [story({ source: `D ${_what}`, knownAt: at, happenedAt: at, ...over })], now);
    expect(fresh).toHaveLength(1);
  });

  it('keeps both symbols of a headline that came under two tickers', async () => {
    const merger = story({ source: 'E', title: 'Two companies merge', symbols: ['AAA'] });
    await writeEvents(database.orm, [merger, { ...merger, symbols: ['BBB'] }], now);
    await writeEvents(database.orm, [{ ...merger, symbols: ['CCC'] }], now);
    const [event] = await eventsKnown(database.orm, { symbols: ['CCC'], asOf: now, limit: 5 });
    expect(event?.symbols).toEqual(['AAA', 'BBB', 'CCC']);
  });
});
