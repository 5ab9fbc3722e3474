import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { writeFacts } from '../../db/stores/facts.ts';
import { chainKnown, volatilityHistory } from '../../db/stores/option-chains.ts';
import { priceOption } from '../../desk/options/price.ts';
import type { ChainSnapshot } from '../../desk/options/stored-chain.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { chainRecord } from '../../feeds/importers/chain-collector.ts';
import { openTestDatabase } from '../helpers/database.ts';

const morning = instant('2025-08-05T04:00:00.000Z');
const noon = instant('2025-08-05T06:30:00.000Z');

function snapshotAt(asOf: ChainSnapshot['asOf'], volatility: number): ChainSnapshot {
  const quote = (type: 'call' | 'put', strike: number) => {
    const { price } = priceOption({ model: 'black76', type, underlying: 24_000, strike, timeYears: 0.08, rate: 0.065, volatility });
    return { bid: price * 0.998, ask: price * 1.002, last: price, at: asOf, volume: 3, openInterest: 40, openInterestChange: -2 };
  };
  return {
    underlying: 'NIFTY',
    exchange: 'NSE',
    asOf,
    spot: 23_900,
    pricedFrom: 'QUOTES',
    openInterestUnit: 'CONTRACTS',
    expiries: [
      {
        expiry: tradingDate('2025-09-02'),
        lotSize: 75,
        strikes: [23_800, 23_900, 24_000, 24_100, 24_200].map((strike) => ({
          strike,
          call: quote('call', strike),
          put: strike === 24_200 ? null : quote('put', strike),
        })),
      },
    ],
  };
}

describe('stored option chains', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openTestDatabase();
    const facts = [
      chainRecord(snapshotAt(morning, 0.12), { knownAt: morning, source: 'one' }),
      chainRecord(snapshotAt(noon, 0.15), { knownAt: noon, source: 'one' }),
    ];
    expect(await writeFacts(database.orm, facts, noon)).toMatchObject({ accepted: 18, updated: 0, duplicate: 0 });
    expect(await writeFacts(database.orm, facts, noon)).toMatchObject({ accepted: 0, updated: 0, duplicate: 18 });
  });
  afterAll(() => database.close());

  it('come back as they were told, as of any moment and never from after it', async () => {
    const later = await chainKnown(database.orm, { underlying: 'NIFTY', asOf: noon });
    expect(later).toEqual({ snapshot: snapshotAt(noon, 0.15), source: 'one', knownAt: noon });
    expect((await chainKnown(database.orm, { underlying: 'NIFTY', asOf: instant('2025-08-05T06:29:59.999Z') }))?.snapshot).toEqual(
      snapshotAt(morning, 0.12),
    );
    expect(await chainKnown(database.orm, { underlying: 'NIFTY', asOf: instant('2025-08-05T03:59:59.999Z') })).toBeNull();
    expect(await chainKnown(database.orm, { underlying: 'BANKNIFTY', asOf: noon })).toBeNull();
  });

  it("give a day's volatility once, the last that was known then", async () => {
    const [only, ...rest] = await volatilityHistory(database.orm, { underlying: 'NIFTY', asOf: noon, days: 400 });
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ date: '2025-08-05', volatility: expect.closeTo(0.15, 2) });
    expect((await volatilityHistory(database.orm, { underlying: 'NIFTY', asOf: morning, days: 400 }))[0]!.volatility).toBeCloseTo(0.12, 2);
  });
});
