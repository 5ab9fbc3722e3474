import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { BrokerSubmits } from '../../../brokers/define.ts';
import type { Database } from '../../../db/client.ts';
import { ordersSince, takeOrderTurn } from '../../../db/stores/execution.ts';
import { governed } from '../../../graph/execution/governor.ts';
import { type FaultDesk, openFaultDesk } from '../../faults/trading.ts';
import { openTestDatabase } from '../../helpers/database.ts';

const rest = (database: Database): Promise<unknown> => database.asOwner((client) => client.query("update core.orders set created_at = created_at - interval '1 hour'; delete from core.order_messages"));

describe('the order governor', () => {
  let database: Database;
  beforeAll(async () => { database = await openTestDatabase(); });
  afterAll(async () => { await database.close(); });
  beforeEach(async () => { await rest(database); });
  const turn = (operation: 'place' | 'modify' | 'cancel', limit = 9): Promise<boolean> => database.transaction((tx) => takeOrderTurn(tx, { operation, limit }));

  it('lets the change or cancel that finds its second full wait for the next one, and refuses none', async () => {
    const asked: string[] = [];
    let pauses = 0;
    const note = (what: string) => async (): Promise<never> => { asked.push(what); return {} as never; };
    const submits: BrokerSubmits = governed({ submit: note('place'), cancel: note('cancel'), replace: note('modify') }, {
      database, ordersPerSecond: 4, pause: async () => { pauses += 1; await database.asOwner((client) => client.query("update core.order_messages set at = at - interval '1 second'")); },
    });
    // The second is made to last: what is counted stays counted until somebody waits.
    const hold = (): Promise<unknown> => database.asOwner((client) => client.query("update core.order_messages set at = now() + interval '0.9 seconds'"));
    for (const send of [submits.replace, submits.cancel, submits.replace, submits.cancel]) { await send({} as never); await hold(); }
    expect([asked.length, pauses]).toEqual([4, 0]);
    await submits.cancel({} as never);
    expect(asked).toEqual(['modify', 'cancel', 'modify', 'cancel', 'cancel']);
    expect(pauses).toBeGreaterThan(0);
  });

  it('never lets more through within a second than the limit, however many come at once', async () => {
    const taken = await Promise.all(Array.from({ length: 40 }, () => turn('cancel')));
    const { rows } = await database.pool.query<{ most: number }>("select max(n)::int as most from (select count(*) over (order by at range between interval '999 milliseconds' preceding and current row) as n from core.order_messages) w");
    expect(taken.filter(Boolean).length).toBeGreaterThanOrEqual(9);
    expect(rows[0]?.most).toBeLessThanOrEqual(9);
  });

  // The embedded database has one connection, so that nobody counts beside another there.
  it.runIf(inject('databaseTemplate').kind === 'server')('lets nobody count before the sender that has counted is done', async () => {
    const [counted, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = database.transaction(async (tx) => { await takeOrderTurn(tx, { operation: 'cancel', limit: 9 }); counted.resolve(); await ended.promise; });
    await counted.promise;
    let done = false;
    const second = turn('cancel').finally(() => { done = true; });
    const waits = (): Promise<boolean> => database.asOwner(async (client) => (await client.query("select 1 from pg_locks where locktype = 'advisory' and objid = 727003 and not granted and database = (select oid from pg_database where datname = current_database())")).rows.length > 0);
    while (!done && !(await waits())) await new Promise((resolve) => { setTimeout(resolve, 5); });
    const early = done;
    ended.resolve();
    await Promise.all([first, second]);
    expect(early).toBe(false);
  });
});

describe('what counts against the second', () => {
  let desk: FaultDesk;
  beforeAll(async () => { desk = await openFaultDesk({ environment: { QUOTE_MAX_AGE_SECONDS: '86400' } }); await desk.advance(20); });
  afterAll(async () => { await desk.close(); });

  it('are orders, their changes and their cancels alike', async () => {
    const symbol = desk.equities[0] ?? '';
    const last = desk.market.quote(symbol)?.last ?? 0;
    const tick = (price: number): string => (Math.round(price * 20) / 20).toFixed(2);
    const outcome = await desk.entry(symbol, 2, { orderType: 'LIMIT', limitPrice: tick(last * 0.93), bracket: { stop: tick(last * 0.9) } });
    await desk.press(outcome.confirmation?.id ?? '');
    const counted = (): Promise<number> => ordersSince(desk.database.orm, 3600);
    expect(await counted()).toBe(1);
    const [order] = await desk.ask<{ id: string; account_id: string }>("select id, account_id from core.orders where status = 'OPEN' and category = 'ENTRY'");
    const moved = await desk.propose({ kind: 'modify', accountId: order?.account_id ?? '', orderId: order?.id ?? '', limitPrice: tick(last * 0.92) as never });
    if (moved.confirmation) await desk.press(moved.confirmation.id);
    expect(await counted()).toBe(2);
    await desk.propose({ kind: 'cancel', accountId: order?.account_id ?? '', orderId: order?.id ?? '' });
    expect(await counted()).toBe(3);
    expect(await desk.ask('select operation from core.order_messages order by sequence')).toEqual([{ operation: 'modify' }, { operation: 'cancel' }]);
  });
});
