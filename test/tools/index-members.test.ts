import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { instant } from '../../desk/time.ts';
import type { BreadthOutput } from '../../tools/breadth.ts';
import type { MarketMovers } from '../../tools/market-movers.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { clock, laterList, openToolBench, type ToolBench, writeMadeMarket } from './made-market.ts';

interface Members { index: string; count: number; listedOn: string; members: { symbol: string; sinceText: string }[]; left: { symbol: string; until: string }[]; asked: { member: boolean; sinceText: string | null; untilText: string | null } | null }

let database: Database;
let bench: ToolBench;
beforeAll(async () => {
  database = await openTestDatabase();
  await writeMadeMarket(database);
  bench = await openToolBench(database, { at: clock('2024-08-26', '16:00') });
});
afterAll(async () => { await database.close(); });
const members = (input: object): Promise<Members> => bench.call<Members>('index_members', { index: 'Nifty 50', ...input });

describe('the members of an index', () => {
  it('are those of its last list, with since when, and who has left', async () => {
    const found = await members({});
    expect(found).toMatchObject({ index: 'NIFTY 50', count: 3, listedOn: '2024-08-20', left: [{ symbol: 'DELTAFIN', until: '2024-08-20' }] });
    expect(found.members.map(({ symbol, sinceText }) => [symbol, sinceText])).toEqual([['ALFATECH', expect.stringMatching(/3 June.* or earlier$/)], ['GAMAPAINT', expect.stringMatching(/20 Aug/)], ['ZETALABS', expect.stringMatching(/20 Aug/)]]);
  });
  it('are those of the day that is asked about, and no list is known before the midnight after its day', async () => {
    for (const asOf of ['2024-07-01', clock('2024-08-20', '23:59')]) expect((await members({ asOf })).members.map(({ symbol }) => symbol)).toEqual(['ALFATECH', 'DELTAFIN']);
    expect((await members({ asOf: clock('2024-08-21', '00:00') })).count).toBe(3);
    await expect(members({ asOf: clock('2024-06-03', '15:00') })).rejects.toThrow(/no list of the members of Nifty 50/);
  });
  it('are asked about one by one', async () => {
    expect((await members({ symbol: 'GAMAPAINT' })).asked).toMatchObject({ member: true, untilText: null });
    expect((await members({ symbol: 'DELTAFIN' })).asked).toMatchObject({ member: false, sinceText: null, untilText: expect.stringMatching(/20 Aug/) });
    expect((await members({ symbol: 'EPSILON' })).asked).toEqual({ symbol: 'EPSILON', member: false, sinceText: null, untilText: null });
  });
  it('are written once, whoever tells them again', async () => {
    const again = await writeFacts(database.orm, laterList(), instant(Date.now()));
    expect(again).toMatchObject({ accepted: 0, updated: 0, duplicate: 3 });
  });
});

describe('questions limited to an index', () => {
  const input = { index: 'NIFTY', leastTurnover: 0 };
  it('look at its members alone, as they were then', async () => {
    const now = await bench.call<MarketMovers>('market_movers', input);
    expect(now).toMatchObject({ index: 'NIFTY 50', sector: null, breadth: { counted: 3 } });
    const then = await bench.call<MarketMovers>('market_movers', { ...input, asOf: '2024-07-31' });
    expect([...then.gainers, ...then.losers].map(({ symbol }) => symbol).sort()).toEqual(['ALFATECH', 'DELTAFIN']);
    const all = await bench.call<MarketMovers>('market_movers', { leastTurnover: 0 });
    expect(all.breadth.counted).toBeGreaterThan(3);
    expect(await bench.call<BreadthOutput>('breadth', { index: 'nifty 50' })).toMatchObject({ index: 'NIFTY 50', counted: 3, advances: now.breadth.advances, declines: now.breadth.declines });
    expect(await bench.call<object>('market_screen', { condition: 'TURNOVER', index: 'nifty 50' })).toMatchObject({ index: 'NIFTY 50', counted: 3 });
  });
  it('take what a sector and an index both hold', async () => {
    expect(await bench.call<MarketMovers>('market_movers', { ...input, sector: 'Information Technology' })).toMatchObject({ index: 'NIFTY 50', sector: 'Information Technology', breadth: { counted: 1 } });
  });
  it('say so where no list of the index is held, and which are', async () => {
    await expect(bench.call('market_movers', { index: 'Nifty 500' })).rejects.toThrow(/I hold no list of the members of Nifty 500; I hold those of NIFTY 50\./);
  });
});
