import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { regimesOfSignals, type SignalRow, writeFeatures, writeSignals } from '../../db/stores/research.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { FeatureSet } from '../../desk/market/types.ts';
import { instant, tradingDate } from '../../desk/time.ts';
import { openTestDatabase } from '../helpers/database.ts';

let database: Database;
beforeAll(async () => { database = await openTestDatabase(); });
afterAll(() => database.close());

const at = instant('2024-08-30T05:00:00.000Z');
const signal = (symbol: string, featureId: string | null): SignalRow => ({
  id: uuidv7(Date.parse(at) + symbol.length), symbol, strategy: 'momentum', direction: 'LONG', edgePercent: 1, confidence: 0.6, horizonDays: 10, tpProbability: null, slProbability: null, comparableCount: 40, thesisBullets: [], modelVersion: 'made',
  featureId, eventId: null, status: 'ACTIVE', happenedAt: at, knownAt: at, expiresAt: at,
});

it('tells the volatility that signals stood in, of those of which it was kept', async () => {
  const features = ['LOW_VOL', null].map((volatilityRegime, n) => ({ symbol: `SHARE${n}`, asOf: tradingDate('2024-08-29'), volatilityRegime }) as FeatureSet);
  const ids = await database.transaction((tx) => writeFeatures(tx, { features, version: 'made', knownAt: at }));
  const signals = [signal('A', ids.get('SHARE0') ?? null), signal('BB', ids.get('SHARE1') ?? null), signal('CCC', null)];
  await database.transaction((tx) => writeSignals(tx, signals));
  expect([...await regimesOfSignals(database.orm, signals.map(({ id }) => id))]).toEqual([[signals[0]?.id, 'LOW_VOL']]);
  expect(await regimesOfSignals(database.orm, [])).toEqual(new Map());
});
