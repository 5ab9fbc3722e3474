import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../desk/canonical.ts';
import { cardOf, openTestDesk, type TestDesk } from '../helpers/desk.ts';

/**
 * Everything here is said over the application's own connection, as a program that went wrong, or was taken over, would
 * say it. The database refuses; no code of the desk is in the way.
 */
let desk: TestDesk;
type Row = Record<string, unknown>;
let [bought, other, open]: [Row, Row, Row] = [{}, {}, {}];
const ask = async (text: string, values: unknown[] = []): Promise<Row[]> => (await desk.database.pool.query<Row>(text, values)).rows;
const one = async (text: string, values: unknown[] = []): Promise<Row> => (await ask(text, values))[0] ?? {};
const notAllowed = { code: '42501' };
const account = async (name: string): Promise<string> => String((await one('select id from core.accounts where name = $1', [name])).id);
const equities = (): string[] => [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY').map(({ symbol }) => symbol);

/** Inserts an order that is `like` another one but for what is given. */
async function insertOrder(like: Row, changes: Row): Promise<void> {
  const order: Row = { ...like, id: randomUUID(), broker_order_id: null, ...changes };
  const columns = Object.keys(order);
  await ask(`insert into core.orders (${columns.join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(order));
}
const entryOf = (actionId: unknown): Promise<Row> => one("select * from core.orders where action_id = $1 and category = 'ENTRY'", [actionId]);

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.advance(30);
  const confirmed = [];
  for (const symbol of equities().slice(0, 2)) {
    const card = cardOf(await desk.say(`buy 10 ${symbol} in LumpSum`));
    await desk.press(card?.confirmation?.id ?? '');
    confirmed.push(card?.actionId);
  }
  await desk.advance(2);
  [bought, other] = [await entryOf(confirmed[0]), await entryOf(confirmed[1])];
  await desk.say(`buy 5 ${equities()[2]} in LumpSum`);
  open = await one("select * from core.confirmations where status = 'pending'");
});
afterAll(async () => { await desk.close(); });

describe('the story that the forgeries start from', () => {
  it('has two filled entries with working stops and one open question', async () => {
    expect([bought.status, other.status]).toEqual(['FILLED', 'FILLED']);
    expect(await ask("select count(*)::int as n from core.orders where category = 'STOP_LOSS' and status = 'OPEN'")).toEqual([{ n: 2 }]);
    expect(open.id).toBeDefined();
    expect(desk.logged).toEqual([]);
  });
  it('is told by a role that owns nothing', async () => {
    expect(await one('select current_user::text as me')).toEqual({ me: 'parapet_app' });
    expect(await ask('select 1 from pg_class where relowner = (select oid from pg_roles where rolname = current_user)')).toEqual([]);
  });
});

describe('an order', () => {
  const fresh = (): Row => ({ client_order_id: `forged${randomUUID().slice(0, 8)}` });
  it('is refused without an intent or a clearance', async () => {
    await expect(insertOrder(bought, { ...fresh(), intent_id: randomUUID() })).rejects.toMatchObject(notAllowed);
    await expect(insertOrder(bought, { ...fresh(), clearance_id: randomUUID() })).rejects.toMatchObject(notAllowed);
    await expect(insertOrder(bought, { ...fresh(), intent_id: null })).rejects.toMatchObject({ code: expect.stringMatching(/42501|23502/) });
  });
  it('is refused with another action’s clearance', async () => {
    await expect(insertOrder(bought, { ...fresh(), clearance_id: other.clearance_id })).rejects.toMatchObject(notAllowed);
    await expect(insertOrder(bought, { ...fresh(), intent_id: other.intent_id, clearance_id: other.clearance_id, action_id: other.action_id })).rejects.toMatchObject(notAllowed);
  });
  it('is refused a second time for the same entry, under its own name or another', async () => {
    await expect(insertOrder(bought, {})).rejects.toMatchObject({ code: '23505' });
    await expect(insertOrder(bought, fresh())).rejects.toMatchObject(notAllowed);
  });
  it.each([['a larger quantity', { quantity: 11 }], ['no quantity', { quantity: 0 }], ['the other side', { side: 'SELL' }], ['another symbol', { symbol: 'OTHER' }], ['another type', { type: 'LIMIT', limit_price: '1' }], ['another category', { category: 'EXIT' }], ['another product', { product: 'INTRADAY' }], ['another account', { account_id: randomUUID() }]])('is refused with %s than was cleared', async (_, changes) => {
    await expect(insertOrder(bought, { ...changes, id: randomUUID() })).rejects.toMatchObject({ code: '42501' });
  });
  it('cannot grow, move or change hands once it is there', async () => {
    for (const change of ['quantity = 11', "side = 'SELL'", "symbol = 'OTHER'", 'clearance_id = gen_random_uuid()', "client_order_id = 'x'", "type = 'LIMIT'"]) await expect(ask(`update core.orders set ${change} where id = $1`, [bought.id]), change).rejects.toMatchObject(notAllowed);
    await expect(ask('delete from core.orders')).rejects.toMatchObject(notAllowed);
  });
  it('cannot be the image of an intent that is no order, such as the halt of a flatten', async () => {
    const tactical = await account('Tactical');
    const flatten = cardOf(await desk.say('flatten Tactical and stop'));
    await desk.press(flatten?.confirmation?.id ?? '');
    const halt = await one("select * from core.order_intents where account_id = $1 and leg = 'halt'", [tactical]);
    expect(halt.id).toBeDefined();
    await expect(insertOrder(bought, { intent_id: halt.id, clearance_id: halt.clearance_id, action_id: halt.action_id, account_id: tactical, client_order_id: halt.client_order_id, quantity: 1_000_000 })).rejects.toMatchObject(notAllowed);
  });
  it('cannot be a stop that sells more than was bought', async () => {
    const stop = await one("select * from core.orders where category = 'STOP_LOSS' and action_id = $1", [bought.action_id]);
    await expect(insertOrder(stop, { ...fresh(), quantity: 11 })).rejects.toMatchObject(notAllowed);
    await expect(insertOrder(stop, { ...fresh(), side: 'BUY', quantity: 1 })).rejects.toMatchObject(notAllowed);
    await expect(ask('update core.orders set quantity = 11 where id = $1', [stop.id])).rejects.toMatchObject(notAllowed);
  });
  it('cannot have its intent made ready again', async () => {
    for (const state of ['READY', 'WAITING', 'SENDING']) await expect(ask('update core.order_intents set state = $1 where id = $2', [state, bought.intent_id]), state).rejects.toMatchObject(notAllowed);
    await expect(ask("update core.order_intents set spec = replace(spec, '10', '99')")).rejects.toMatchObject(notAllowed);
    await expect(ask('insert into core.order_intents select * from core.order_intents limit 1')).rejects.toMatchObject(notAllowed);
    await expect(ask('delete from core.order_intents')).rejects.toMatchObject(notAllowed);
  });
  it('cannot fill beyond itself, or in another account', async () => {
    const like = await one('select * from core.fills where order_id = $1', [bought.id]);
    const insert = (changes: Row): Promise<Row[]> => {
      const fill: Row = { ...like, charges: JSON.stringify(like.charges), id: randomUUID(), broker_fill_id: randomUUID(), ...changes };
      return ask(`insert into core.fills (${Object.keys(fill).join(', ')}) values (${Object.keys(fill).map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(fill));
    };
    await expect(insert({})).rejects.toMatchObject({ code: '23514' });
    await expect(insert({ quantity: -10 })).rejects.toMatchObject({ code: '23514' });
    // Of an order that has room for it, so that nothing but the account is wrong.
    const stop = await one("select * from core.orders where category = 'STOP_LOSS' and action_id = $1", [bought.action_id]);
    await expect(insert({ order_id: stop.id, quantity: 1, account_id: await account('SIP') })).rejects.toMatchObject({ code: '23514' });
    await expect(ask('update core.fills set quantity = 1')).rejects.toMatchObject(notAllowed);
    await expect(ask('delete from core.fills')).rejects.toMatchObject(notAllowed);
  });
});

describe('the whole chain', () => {
  it('can be begun with a verdict of its own making, and stops at the press and at the clearance', async () => {
    const lump = await account('LumpSum');
    const genuine = await one('select body, market_time from core.actions where id = $1', [bought.action_id]);
    const body = canonicalJson({ ...JSON.parse(String(genuine.body)) as Row, quantity: 999 });
    const owner = desk.owner.id;
    const ids = { action: randomUUID(), report: randomUUID(), confirmation: randomUUID(), clearance: randomUUID() };
    await ask('select core.action_create($1::jsonb, $2)', [JSON.stringify({ id: ids.action, kind: 'enter', accountId: lump, body, digest: sha256(body), proposerKind: 'person', proposer: owner, channel: 'forged', worldLabel: 'x', marketTime: genuine.market_time }), '{}']);
    const snapshot = '{}';
    const report = canonicalJson({ verdict: 'PASS', snapshotDigest: sha256(snapshot), actionDigest: sha256(body) });
    await ask('insert into core.snapshots (digest, body, taken_at) values ($1, $2, now()) on conflict do nothing', [sha256(snapshot), snapshot]);
    for (const [id, phase] of [[ids.report, 'propose'], [randomUUID(), 'confirm']]) await ask("insert into core.gate_reports (id, action_id, phase, digest, body, snapshot_digest, verdict, policy_version, at) values ($1, $2, $3, $4, $5, $6, 'PASS', 'x', now())", [id, ids.action, phase, sha256(report), report, sha256(snapshot)]);
    await ask("select core.action_move($1, 'proposed', 'gated', null, 'forger', '{}', null)", [ids.action]);
    const question = { id: ids.confirmation, actionId: ids.action, reportId: ids.report, eligible: [owner], approvalsNeeded: 1, renderingDigest: 'x' };
    await expect(ask("select core.confirmation_open($1::jsonb, 'forger', '{}')", [JSON.stringify({ ...question, seconds: 1e9 })])).rejects.toMatchObject(notAllowed);
    await expect(ask("select core.confirmation_open($1::jsonb, 'forger', '{}')", [JSON.stringify({ ...question, seconds: 600, eligible: [randomUUID()] })])).rejects.toMatchObject(notAllowed);
    await ask("select core.confirmation_open($1::jsonb, 'forger', '{}')", [JSON.stringify({ ...question, seconds: 600 })]);

    const press = ['select core.confirmation_decide($1, $2, $3, $4, $5, null, $6)', [ids.confirmation, sha256(body), owner, 'forged', 'confirm', '{}']] as const;
    await expect(ask(press[0], [...press[1]])).rejects.toMatchObject(notAllowed);
    for (const step of ['confirmed', 'cleared', 'executing', 'done']) await expect(ask("select core.action_move($1, 'awaiting_confirmation', $2, null, 'forger', '{}', null)", [ids.action, step]), step).rejects.toMatchObject({ code: expect.stringMatching(/42501|23514/) });
    const clearance = JSON.stringify({ id: ids.clearance, actionId: ids.action, confirmationId: ids.confirmation, reportId: ids.report, body: '{}', signature: 'x', keyId: 'x', intents: [] });
    await expect(ask("select core.clearance_issue($1::jsonb, 'forger', '{}')", [clearance])).rejects.toMatchObject(notAllowed);
    await expect(ask("insert into core.clearances (id, action_id, report_id, body, signature, key_id, issued_at, expires_at, consumed_at) values ($1, $2, $3, '{}', 'x', 'x', now(), now() + interval '1 hour', now())", [ids.clearance, ids.action, ids.report])).rejects.toMatchObject(notAllowed);
    expect(await one('select state from core.actions where id = $1', [ids.action])).toEqual({ state: 'awaiting_confirmation' });
  });

  it('is refused at the clearance even to the gate’s own role, while no person has pressed', async () => {
    const report = await one("select id, digest from core.gate_reports where action_id = $1 and phase = 'propose'", [open.action_id]);
    const body = JSON.stringify({ actionId: open.action_id, actionDigest: open.action_digest, reportDigest: report.digest, confirmationId: open.id, expiresAt: new Date(Date.now() + 60_000).toISOString(), intents: [] });
    const clearance = { id: randomUUID(), actionId: open.action_id, confirmationId: open.id, reportId: report.id, body, signature: 'x', keyId: 'x', intents: [] };
    await expect(desk.database.callAs('parapet_gate', "select core.clearance_issue($1::jsonb, 'gate', '{}')", [JSON.stringify(clearance)])).rejects.toMatchObject(notAllowed);
  });

  it.each(['core.confirmations', 'core.approvals', 'core.clearances', 'core.actions', 'core.action_transitions', 'core.legal_transitions', 'core.explicit_kinds', 'core.funding_plans'])('cannot be written around by touching %s', async (table) => {
    const column = (await one('select column_name as name from information_schema.columns where table_schema || \'.\' || table_name = $1 limit 1', [table])).name;
    await expect(ask(`update ${table} set ${String(column)} = ${String(column)}`)).rejects.toMatchObject(notAllowed);
    await expect(ask(`delete from ${table}`)).rejects.toMatchObject(notAllowed);
    await expect(ask(`truncate ${table} cascade`)).rejects.toMatchObject(notAllowed);
    await expect(ask(`insert into ${table} select * from ${table} limit 1`)).rejects.toMatchObject(notAllowed);
  });

  it('cannot have its verdicts or snapshots changed', async () => {
    for (const table of ['core.gate_reports', 'core.snapshots']) {
      await expect(ask(`update ${table} set body = body`)).rejects.toMatchObject(notAllowed);
      await expect(ask(`delete from ${table}`)).rejects.toMatchObject(notAllowed);
    }
  });
});

describe('the audit', () => {
  it.each(["update core.audit_log set payload = '{}'", 'delete from core.audit_log', 'truncate core.audit_log', 'insert into core.audit_log select * from core.audit_log limit 1', "update core.audit_head set hash = 'x'", 'delete from core.audit_head', "select core.audit_write('action.confirmed', 'x', 'x', '{}')"])('refuses: %s', async (statement) => {
    await expect(ask(statement)).rejects.toMatchObject(notAllowed);
  });
  it('takes no entry that says a person pressed or an action moved, except from the step itself', async () => {
    for (const kind of ['action.confirmed', 'action.cleared', 'press.refused']) await expect(ask("select core.audit_append($1, $2, $3, '{}')", [kind, open.action_id, desk.owner.id])).rejects.toMatchObject(notAllowed);
    await expect(ask("select core.audit_append($1, 's', 'a', '{}')", ['fill\naction.confirmed'])).rejects.toMatchObject({ code: '22023' });
  });
});

describe('what holds all this up', () => {
  it.each([
    'alter table core.orders disable trigger all', 'alter table core.orders disable trigger orders_cleared', 'drop trigger orders_cleared on core.orders', "set session_replication_role = 'replica'",
    "select set_config('session_replication_role', 'replica', false)", 'create or replace function core.wall_now() returns timestamptz language sql as $$ select now() $$', 'drop table core.audit_log', 'create table core.orders_too (id int)',
    'create function public.mine() returns int language sql as $$ select 1 $$', 'grant parapet_gate to parapet_app', 'alter role parapet_app superuser', 'create role mallory login', 'alter function core.clearance_issue(jsonb, text, text) owner to parapet_app',
  ])('cannot be taken away: %s', async (statement) => {
    await expect(ask(statement)).rejects.toMatchObject({ code: expect.stringMatching(/42501|42809|0LP01/) });
  });
  it('cannot be left by becoming the gate, the press or the owner (on the embedded database whoever holds its one connection can: docs/safety.md)', async ({ skip }) => {
    if (desk.database.kind === 'embedded') return skip('the embedded database has one connection, and whoever may send raw SQL over it can undo its role; docs/safety.md says so');
    for (const role of ['parapet_gate', 'parapet_press', 'postgres']) {
      await expect(ask(`set role ${role}`), role).rejects.toMatchObject(notAllowed);
      await expect(ask("select set_config('role', $1, false)", [role]), role).rejects.toMatchObject(notAllowed);
      await expect(ask(`set session authorization ${role}`), role).rejects.toMatchObject(notAllowed);
    }
    const client = await desk.database.pool.connect();
    try {
      await client.query('reset role');
      await expect(client.query('select 1 from core.actions')).rejects.toMatchObject(notAllowed);
      await expect(client.query("update core.trading_states set state = 'ACTIVE'")).rejects.toMatchObject(notAllowed);
    } finally { client.release(true); }
  });
});
