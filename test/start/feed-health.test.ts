import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeWithActions, on } from '../graph/execution/ex-date-home.ts';
import { openTestDesk, type TestDesk, textOf } from '../helpers/desk.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk({ database: await homeWithActions([]), world: { kind: 'replay', asOf: on('2025-03-03', '10:00'), speed: 1, frozen: true } });
});
afterAll(() => desk.close());
const moveTo = async (time: string): Promise<void> => { await desk.feed.advance?.(Date.parse(on('2025-03-03', time)) - Date.parse(desk.market.now())); await desk.settle(); };
const stale = async (): Promise<boolean[]> => (await desk.services.feedHealth()).map((row) => row.stale);
const tripped = async (): Promise<number> => { await desk.jobs.run('risk_snapshots'); return (await desk.database.pool.query('select 1 from core.trading_holds')).rows.length; };

describe('the feed of a replay with daily bars alone', () => {
  it('is not stale when the desk has only just come up in the middle of a session', async () => {
    expect(await stale()).toEqual([false]);
    expect(await tripped()).toBe(0);
    expect(textOf(await desk.say('which feeds are stale?'))).not.toMatch(/not heard since/);
  });

  it('is heard by its clock all day, so that entries stay allowed', async () => {
    for (const time of ['10:30', '12:00', '14:45']) {
      await moveTo(time);
      expect(await stale()).toEqual([false]);
      expect(await tripped()).toBe(0);
    }
    const [row] = await desk.services.feedHealth();
    expect(row?.lastHeardMarketTime).toBe(on('2025-03-03', '14:45'));
  });
});
