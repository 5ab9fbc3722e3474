import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../desk/time.ts';
import { execute } from '../../graph/execution/executor.ts';
import { reconcile, takeInNewFills } from '../../graph/execution/reconcile.ts';
import type { ExecutionServices } from '../../graph/execution/services.ts';
import { clearedOnly, freshDay, type ScriptedBroker, scriptedBroker, type WorkingEntry, workingEntry } from './scripted-broker.ts';
import { type FaultDesk, openFaultDesk } from './trading.ts';

/** What the executor makes of rows that somebody with the database's own rights has changed, and of time and silence. */
let desk: FaultDesk;
let broker: ScriptedBroker;
let [account, next] = ['', 0];
beforeAll(async () => { desk = await openFaultDesk({ environment: { QUOTE_MAX_AGE_SECONDS: '86400' } }); await desk.advance(30); account = await desk.account('LumpSum'); });
afterAll(async () => { await desk.close(); });
beforeEach(async () => { broker = scriptedBroker(desk); await freshDay(desk); });

const asOwner = (text: string, values?: unknown[]): Promise<unknown> => desk.database.asOwner((client) => client.query(text, values));
const endOf = async (actionId: string) => (await desk.ask<{ state: string; reason: string | null }>('select state, reason from core.actions where id = $1', [actionId]))[0];
const atBroker = (category: string): string[] => [...broker.orders.values()].filter((order) => order.category === category && order.status !== 'CANCELLED').map(({ clientOrderId }) => clientOrderId);
const later = (): ExecutionServices => ({ ...broker.services, wallNow: () => instant(Date.now() + 3_600_000) });
async function working(quantity: number): Promise<WorkingEntry> {
  const entry = await workingEntry(desk, broker, { quantity, from: next });
  next = entry.next;
  return entry;
}
/** An entry that was confirmed, cleared and not sent. */
async function clearedEntry(): Promise<string> {
  for (; next < 55; next += 1) {
    const { actionId, confirmation } = await desk.entry(desk.equities[next] ?? '', 10);
    if (!confirmation) continue;
    await clearedOnly(desk, { confirmationId: confirmation.id, actionId });
    next += 1;
    return actionId;
  }
  throw new Error('no entry passes');
}

describe('a clearance that is not the gate’s own', () => {
  const forged = "update core.clearances set signature = encode(decode(repeat('00', 64), 'hex'), 'base64')";
  it('is not taken up', async () => {
    const actionId = await clearedEntry();
    await asOwner(`${forged}, consumed_at = null where action_id = $1`, [actionId]);
    await asOwner("update core.actions set state = 'cleared' where id = $1", [actionId]);
    await execute(broker.services, actionId);
    expect(await endOf(actionId)).toEqual({ state: 'failed', reason: 'the clearance is not signed by the gate' });
    expect(atBroker('ENTRY')).toEqual([]);
  });
  it('is not gone on with after a crash', async () => {
    const actionId = await clearedEntry();
    await asOwner(`${forged} where action_id = $1`, [actionId]);
    await execute(broker.services, actionId);
    expect(await endOf(actionId)).toEqual({ state: 'failed', reason: 'Not sent: the clearance is not signed by the gate.' });
    expect(atBroker('ENTRY')).toEqual([]);
  });
});

describe('an intent', () => {
  it('that says other than what was signed is not sent', async () => {
    const actionId = await clearedEntry();
    await asOwner(`update core.order_intents set spec = replace(spec, '"quantity":10', '"quantity":99') where action_id = $1 and leg = 'entry'`, [actionId]);
    await execute(broker.services, actionId);
    expect(await endOf(actionId)).toEqual({ state: 'failed', reason: 'Not sent: the clearance does not list this order.' });
    expect(atBroker('ENTRY')).toEqual([]);
  });
  it('of an entry is not sent when its clearance is over; that of an exit is', async () => {
    const entry = await clearedEntry();
    await execute(later(), entry);
    expect(await endOf(entry)).toEqual({ state: 'failed', reason: 'Not sent: the clearance expired before it was sent.' });
    expect(atBroker('ENTRY')).toEqual([]);

    const held = await working(10);
    broker.fill(held.entry, 10, held.price);
    await takeInNewFills(broker.services, account);
    const [position] = await desk.ask<{ id: string }>('select id from core.positions where symbol = $1 and closed_at is null', [held.symbol]);
    const { confirmation, actionId } = await desk.propose({ kind: 'exit', accountId: account, symbol: held.symbol, exchange: 'NSE', positionId: position?.id ?? '', orderType: 'MARKET' });
    await clearedOnly(desk, { confirmationId: confirmation?.id ?? '', actionId });
    await execute(later(), actionId);
    expect(await endOf(actionId)).toMatchObject({ state: 'done' });
    expect(atBroker('EXIT')).toHaveLength(1);
  });
});

describe('a cancel', () => {
  /** A cancel that a person said of one order, and whose action was made to name another one afterwards. */
  async function turnedTo(orderId: string): Promise<string> {
    const named = await working(10);
    const [order] = await desk.ask<{ id: string }>('select id from core.orders where client_order_id = $1', [named.entry]);
    const { actionId } = await desk.propose({ kind: 'cancel', accountId: account, orderId: order?.id ?? '' });
    await asOwner("update core.actions set state = 'executing', body = replace(body, $2, $3) where id = $1", [actionId, order?.id, orderId]);
    return actionId;
  }
  it('cancels no order that its clearance does not name', async () => {
    const other = await working(10);
    const [order] = await desk.ask<{ id: string }>('select id from core.orders where client_order_id = $1', [other.entry]);
    await expect(execute(broker.services, await turnedTo(order?.id ?? ''))).rejects.toThrow('the clearance does not name this order');
    expect(broker.orders.get(other.entry)?.status).toBe('OPEN');
  });
  it('knows no order of another account', async () => {
    const sip = await desk.account('SIP');
    const [order] = await desk.ask<{ id: string }>('select id from core.orders where account_id = $1 limit 1', [sip]);
    const elsewhere = order?.id ?? (await orderIn(sip));
    const actionId = await turnedTo(elsewhere);
    await execute(broker.services, actionId);
    expect(await endOf(actionId)).toEqual({ state: 'failed', reason: 'There is no such order in this account.' });
  });
  async function orderIn(accountId: string): Promise<string> {
    for (; next < 55; next += 1) {
      const { actionId, confirmation } = await desk.entry(desk.equities[next] ?? '', 1, { accountId });
      if (!confirmation) continue;
      await desk.press(confirmation.id);
      return (await desk.ask<{ id: string }>("select id from core.orders where action_id = $1 and category = 'ENTRY'", [actionId]))[0]?.id ?? '';
    }
    throw new Error('no entry passes');
  }
});

describe('a broker that does not answer', () => {
  it('is sent an order once, and where it does not know repeats never again', async () => {
    const actionId = await clearedEntry();
    let submitted = 0;
    const at = broker.services.broker('scripted');
    if (!at) throw new Error('there is no broker');
    const services: ExecutionServices = { ...broker.services, broker: () => ({ reads: { ...at.reads, deduplicatesByClientOrderId: false }, submits: { ...at.submits, submit: (order) => { if (order.category === 'ENTRY') submitted += 1; return at.submits.submit(order); } } }) };
    broker.silent = true;
    await execute(services, actionId);
    expect(await endOf(actionId)).toMatchObject({ state: 'unknown' });
    broker.silent = false;
    for (let round = 0; round < 3; round += 1) await reconcile({ ...services, wallNow: later().wallNow });
    expect(submitted).toBe(1);
    expect(await desk.ask('select state from core.order_intents where action_id = $1 and leg = $2', [actionId, 'entry'])).toEqual([{ state: 'UNKNOWN' }]);
  });
});
