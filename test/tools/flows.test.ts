import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import type { Deals } from '../../tools/deals.ts';
import type { Flows } from '../../tools/flows.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, openToolBench, type ToolBench, writeMadeMarket } from './made-market.ts';

let database: Database;
let bench: ToolBench;
const flow = (date: string, investor: 'FPI' | 'DII', netCrore: number, source = 'nse-fii-dii'): FeedRecord => ({
  type: 'institutional_flow', flow: { date: tradingDate(date), period: 'DAY', investor, segment: 'CASH', sector: '', buyCrore: 1_000 + netCrore, sellCrore: 1_000, netCrore, assetsCrore: null }, knownAt: instant(`${date}T18:29:59Z`), source,
});
beforeAll(async () => {
  database = await openTestDatabase();
  await writeMadeMarket(database);
  bench = await openToolBench(database, { at: clock('2024-08-26', '08:00') });
  await writeFacts(database.orm, [
    flow('2024-08-21', 'FPI', 100), flow('2024-08-21', 'FPI', 90, 'fii-dii-daily (seeded, may be rounded)'), flow('2024-08-21', 'DII', -40), flow('2024-08-22', 'FPI', -250), flow('2024-08-23', 'FPI', 10), flow('2024-08-23', 'DII', 20), flow('2024-08-26', 'FPI', 999),
    { type: 'deal', deal: { date: tradingDate('2024-08-22'), kind: 'BULK', symbol: 'ALFATECH', company: 'Alfa', client: 'SOME <b>FUND</b>', side: 'BUY', quantity: 1_000, price: 12.5, remarks: '', occurrence: 1 }, knownAt: instant('2024-08-22T18:29:59Z'), source: 'nse-bulk-deals' },
    { type: 'insider_trade', trade: { symbol: 'ALFATECH', company: 'Alfa', person: 'Somebody', category: 'Director', transaction: 'SELL', mode: 'Market Sale', security: 'Equity Shares', quantity: 10, valueRupees: 125, priorPercent: null, heldAfter: null, broadcastAt: instant('2024-08-23T12:00:00Z'), from: null, to: null, occurrence: 1 }, knownAt: instant('2024-08-23T12:00:00Z'), source: 'nse-insider' },
    ...(['2024-01-01', '2024-02-01', '2024-03-01'] as const).map((date, at): FeedRecord => ({ type: 'institutional_flow', flow: { date: tradingDate(date), period: 'MONTH', investor: 'FPI', segment: 'EQUITY', sector: '', buyCrore: null, sellCrore: null, netCrore: 100 * (at + 1), assetsCrore: null }, knownAt: instant('2024-04-02T00:00:00Z'), source: 'fpi-months' })),
  ], instant('2024-08-26T00:00:00Z'));
});
afterAll(async () => { await database.close(); });

it('shows flows by day, the exchange before a collector, an untold class as untold, and nothing of the day that is not over', async () => {
  const output = await bench.call<Flows>('flows', {});
  expect(output.rows.map(({ date, fiiNetCrore, diiNetCrore }) => [date, fiiNetCrore, diiNetCrore])).toEqual([['2024-08-23', 10, 20], ['2024-08-22', -250, null], ['2024-08-21', 100, -40]]);
  expect(output).toMatchObject({ loaded: true, sum: { days: 3, fiiNetCrore: -140, diiNetCrore: null }, roughDays: 0, reason: null });
  expect(await bench.call<Flows>('flows', { level: 90 })).toMatchObject({ sum: { fiiAverageCrore: -46.67, diiAverageCrore: null, beyond: { crore: 90, fiiBoughtDays: 1, fiiSoldDays: 1, diiBoughtDays: 0, diiSoldDays: 0 } } });
  expect((await bench.call<Flows>('flows', { asOf: '2024-08-21T18:00:00Z' })).loaded).toBe(false);
  expect(await bench.call<Flows>('flows', { from: '2024-01-01', to: '2024-01-31' })).toMatchObject({ loaded: true, rows: [], sum: null, reason: 'no institutional flows are stored for those days' });
});

it('adds up the whole months of a period, and none of a month that it cuts', async () => {
  expect(await bench.call<Flows>('flows', { from: '2024-01-01', to: '2024-02-29' })).toMatchObject({ rows: [], monthSum: { months: 2, fromMonth: '2024-01', toMonth: '2024-02', equityCrore: 300, totalCrore: null } });
  expect(await bench.call<Flows>('flows', { from: '2024-01-15', to: '2024-03-15' })).toMatchObject({ monthSum: { months: 1, fromMonth: '2024-02', equityCrore: 200 } });
  expect(await bench.call<Flows>('flows', { from: '2024-01-01', to: '2024-03-31', asOf: '2024-03-31' })).toMatchObject({ monthSum: null });
});

it('lists deals and disclosures together, newest first, and says when there are none', async () => {
  const output = await bench.call<Deals>('deals', { symbol: 'ALFATECH' });
  expect(output.items.map(({ kind, date, who, what, valueRupees }) => [kind, date, who, what, valueRupees])).toEqual([['INSIDER', '2024-08-23', 'Somebody', 'SELL', 125], ['BULK', '2024-08-22', 'SOME FUND', 'BUY', 12_500]]);
  expect(await bench.call<Deals>('deals', { symbol: 'ALFATECH', kinds: ['BLOCK'] })).toMatchObject({ count: 0, loaded: true, reason: 'none is stored for that' });
  expect(await bench.call<Deals>('deals', { asOf: '2024-08-20' })).toMatchObject({ count: 0, loaded: false });
});

it('tells the deals of a client by words of its name, however it is written', async () => {
  const of = async (client: string): Promise<number> => (await bench.call<Deals>('deals', { client })).total;
  expect([await of('some fund'), await of('FUND'), await of('somebody'), await of('fun'), await of('other fund')]).toEqual([1, 1, 1, 0, 0]);
});
