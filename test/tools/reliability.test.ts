import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCalibrations } from '../../db/stores/calibrations.ts';
import type { Database } from '../../db/client.ts';
import { type Calibration, calibrate } from '../../desk/signals/calibration.ts';
import { plusMinutes, tradingDate } from '../../desk/time.ts';
import type { z } from 'zod';
import type { reliability } from '../../tools/reliability.ts';
import { openTestDatabase } from '../helpers/database.ts';
import { barriers, weekdays } from '../desk/signals/fixtures.ts';
import { clock, openToolBench, type ToolBench, writeMadeMarket } from './made-market.ts';

type Output = z.output<(typeof reliability)['output']>;
let database: Database;
let bench: ToolBench;
const now = clock('2024-08-26', '11:00');
const dates = weekdays(200);
/** Of every five set-ups of a session, one, two or three reach their target: by trust 0.4, 0.6 and 0.8. */
const cases = dates.slice(0, 180).flatMap((day, n) => [0.4, 0.6, 0.8].flatMap((score, kind) => Array.from({ length: 5 }, (_, i) => ({ score, reached: (i + n) % 5 <= kind, day, knownOn: dates[n + 10] ?? tradingDate('2029-12-31') }))));
const of = { barriers, strategies: ['momentum', 'breakout'] as const };
const read = (input: object = {}): Promise<Output> => bench.call<Output>('reliability', input);
let stored: Calibration;
beforeAll(async () => {
  database = await openTestDatabase();
  await writeMadeMarket(database);
  bench = await openToolBench(database, { at: now });
});
afterAll(async () => { await database.close(); });

it('has nothing to say before a cycle has worked it out', async () => {
  expect(await read()).toEqual({ asOf: now, count: 0, main: null, versions: [] });
});
it('says what was foretold beside what came, and what trust has come to', async () => {
  stored = calibrate(cases, of);
  await writeCalibrations(database.orm, { calibrations: [stored], knownAt: plusMinutes(now, -60) });
  const { main } = await read();
  expect(main).toMatchObject({ version: stored.version, calibrated: true, count: 2700, sessions: 180, of: 'stop at 2 × ATR, target at 3 × ATR', chances: [{ trust: 0.4, percent: 20 }, { trust: 0.6, percent: 40 }, { trust: 0.8, percent: 60 }], reachedPercent: 40 });
  expect(main?.bins.map(({ said, came }) => [said, came])).toEqual([[20, 20], [40, 40], [60, 60]]);
  // Brier by hand: (0.2·0.8 + 0.4·0.6 + 0.6·0.4) / 3; always saying 40 %: 0.4·0.6.
  expect(main).toMatchObject({ brier: 0.213, brierOfAverage: 0.24, brierText: { own: '0.213', average: '0.240' }, errorPoints: 0, errorPointsOfTrust: 20 });
});
it('keeps each version as it was first stored, shows the latest, and knows none before its time', async () => {
  const next = calibrate(cases.slice(0, 2400), of);
  await writeCalibrations(database.orm, { calibrations: [next], knownAt: plusMinutes(now, -10) });
  await writeCalibrations(database.orm, { calibrations: [stored], knownAt: now });
  expect((await read()).versions.map(({ version }) => version)).toEqual([next.version]);
  expect((await read({ asOf: plusMinutes(now, -11) })).main?.version).toBe(stored.version);
  expect((await read({ asOf: plusMinutes(now, -61) })).main).toBeNull();
  await expect(database.orm.execute("update core.calibrations set body = '{}'")).rejects.toThrow();
});
it('puts the version of most outcomes first, and says why one is not calibrated', async () => {
  const few = calibrate(cases.slice(0, 30), { barriers: { ...barriers, targetAtr: 5 }, strategies: ['event_driven'] });
  await writeCalibrations(database.orm, { calibrations: [few], knownAt: plusMinutes(now, -5) });
  const { versions } = await read();
  expect(versions).toHaveLength(2);
  expect(versions[1]).toMatchObject({ version: few.version, calibrated: false, tried: 0, bins: [], reason: 'only 30 outcomes of 2 sessions are known; a calibration takes 200 of 40', of: 'stop at 2 × ATR, target at 5 × ATR, event driven alone' });
});
