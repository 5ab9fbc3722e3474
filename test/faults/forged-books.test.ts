import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardOf, openTestDesk, type TestDesk } from '../helpers/desk.ts';

/** Money, rights, rules and modes, written over the application's own connection without the action that would be needed. */
let desk: TestDesk;
type Row = Record<string, unknown>;
const ask = async (text: string, values: unknown[] = []): Promise<Row[]> => (await desk.database.pool.query<Row>(text, values)).rows;
const one = async (text: string, values: unknown[] = []): Promise<Row> => (await ask(text, values))[0] ?? {};
const notAllowed = { code: '42501' };
const unbalanced = { code: '23514' };
let [lump, sip, clearanceId, fillId] = ['', '', '', ''];

type Cause = Partial<Record<'clearance_id' | 'fill_id' | 'corporate_action' | 'reconciliation' | 'opening', string>>;
type Entry = [account: string, ledger: string, amountMinor: number];
/** One ledger transaction with its entries, as the desk would write it. */
async function post(cause: Cause, entries: readonly Entry[]): Promise<void> {
  const id = randomUUID();
  await desk.database.transaction(async (tx) => {
    const names = Object.keys(cause);
    const run = async (text: string): Promise<unknown> => tx.execute(text);
    await run(`insert into core.ledger_transactions (id, kind, reason, happened_at, known_at${names.map((name) => `, ${name}`).join('')}) values ('${id}', 'FORGED', 'x', now(), now()${Object.values(cause).map((value) => `, '${value}'`).join('')})`);
    for (const [account, ledger, amount] of entries) await run(`insert into core.ledger_entries (transaction_id, account_id, ledger, amount_minor, happened_at) values ('${id}', '${account}', '${ledger}', ${amount}, now())`);
  });
}
/** The server's own code; what fails in a statement comes wrapped, what fails at the commit does not. */
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'not refused', (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code ?? String(error));
const gift = (): Entry[] => [[lump, 'cash', 1_00_000_00], [lump, 'external', -1_00_000_00]];
const total = async (): Promise<unknown> => (await one("select sum(amount_minor)::text as cash from core.ledger_entries where ledger = 'cash'")).cash;

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.advance(30);
  [lump, sip] = [String((await one("select id from core.accounts where name = 'LumpSum'")).id), String((await one("select id from core.accounts where name = 'SIP'")).id)];
  const symbol = [...desk.market.symbols().values()].find(({ kind }) => kind === 'EQUITY')?.symbol ?? '';
  const card = cardOf(await desk.say(`buy 10 ${symbol} in LumpSum`));
  await desk.press(card?.confirmation?.id ?? '');
  await desk.advance(2);
  clearanceId = String((await one('select id from core.clearances')).id);
  fillId = String((await one('select id from core.fills')).id);
});
afterAll(async () => { await desk.close(); });

describe('the ledger', () => {
  it.each<[string, () => [Cause, Entry[]], { code: unknown }]>([
    ['has no cause', () => [{}, gift()], unbalanced],
    ['has two causes', () => [{ corporate_action: 'x', opening: 'y' }, gift()], { code: expect.stringMatching(/23514|42501/) }],
    ['names a clearance that moves no money', () => [{ clearance_id: clearanceId }, gift()], notAllowed],
    ['names a clearance that is not there', () => [{ clearance_id: randomUUID() }, gift()], notAllowed],
    ['names a fill that is booked already', () => [{ fill_id: fillId }, gift()], { code: '23505' }],
    ['opens an account once more', () => [{ opening: 'again' }, gift()], notAllowed],
    ['names a reconciliation that nobody recorded', () => [{ reconciliation: '1' }, gift()], notAllowed],
    ['does not sum to zero', () => [{ corporate_action: 'x' }, [[lump, 'cash', 5], [lump, 'external', -4]]], unbalanced],
    ['has no entries', () => [{ corporate_action: 'x' }, []], unbalanced],
    ['has one entry of nothing', () => [{ corporate_action: 'x' }, [[lump, 'cash', 0]]], unbalanced],
  ])('refuses a transaction that %s', async (_, make, why) => {
    const before = await total();
    await expect(codeOf(post(...make()))).resolves.toEqual(why.code);
    expect(await total()).toBe(before);
  });

  it('takes no more entries into a transaction that is there already, balanced or not', async () => {
    const { id } = await one('select id from core.ledger_transactions where opening is not null limit 1');
    for (const entries of [[5, -5], [5]]) {
      await expect(ask(`insert into core.ledger_entries (transaction_id, account_id, ledger, amount_minor, happened_at) select $1, $2, 'cash', unnest($3::bigint[]), now()`, [id, lump, entries])).rejects.toMatchObject(notAllowed);
    }
  });
  it('cannot be changed or shortened', async () => {
    for (const table of ['core.ledger_entries', 'core.ledger_transactions']) for (const what of [`update ${table} set account_id = account_id`, `update ${table} set happened_at = now()`, `delete from ${table}`, `truncate ${table} cascade`]) {
      await expect(ask(what), what).rejects.toMatchObject({ code: expect.stringMatching(/42501|42703/) });
    }
  });

  it('books a confirmed deposit once', async () => {
    const before = Number(await total());
    const owner = { kind: 'person', personId: desk.owner.id, channel: 'test' } as const;
    const proposed = await desk.services.propose({ action: { kind: 'deposit', accountId: lump, amountMinor: 25_000_00, reason: 'salary' }, proposer: owner, threadId: null, turn: null });
    await desk.press(proposed.confirmation?.id ?? '');
    expect(Number(await total())).toBe(before + 25_000_00);
    const used = String((await one('select id from core.clearances where action_id = $1', [proposed.actionId])).id);
    await expect(post({ clearance_id: used }, [[lump, 'cash', 25_000_00], [lump, 'external', -25_000_00]])).rejects.toThrow();
    expect(Number(await total())).toBe(before + 25_000_00);
  });
});

describe('what only a confirmed action may change', () => {
  it('lets nobody back to ACTIVE, in place or by moving the row away', async () => {
    await ask("insert into core.trading_states (scope, account_id, state, reason, since) values ($1::text, $1::uuid, 'HALTED', 'test', now())", [sip]);
    for (const change of ["state = 'ACTIVE'", "state = 'REDUCING'", "state = 'ACTIVE', action_id = (select action_id from core.clearances limit 1)", "scope = 'elsewhere'", 'account_id = null']) {
      await expect(ask(`update core.trading_states set ${change} where scope = $1`, [sip]), change).rejects.toMatchObject(notAllowed);
    }
    await expect(ask('delete from core.trading_states')).rejects.toMatchObject(notAllowed);
    await expect(ask("insert into core.trading_states (scope, account_id, state, since) values ($1::text, $1::uuid, 'ACTIVE', now()) on conflict (scope) do update set state = 'ACTIVE'", [sip])).rejects.toMatchObject(notAllowed);
    expect(await one('select state from core.trading_states where scope = $1', [sip])).toEqual({ state: 'HALTED' });
  });
  it('lets a pause of a halted account stay a halt', async () => {
    await desk.services.propose({ action: { kind: 'pause', accountId: sip }, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
    expect(await one('select state from core.trading_states where scope = $1', [sip])).toEqual({ state: 'HALTED' });
  });
  it('goes back to ACTIVE by a confirmed resume of that account', async () => {
    const resume = await desk.services.propose({ action: { kind: 'resume', accountId: sip }, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
    await desk.press(resume.confirmation?.id ?? '');
    expect(await one('select state from core.trading_states where scope = $1', [sip])).toEqual({ state: 'ACTIVE' });
  });

  it.each([
    ['loosens a mandate in place', "update core.mandates set terms = jsonb_set(terms, '{maxPositions}', '200')"],
    ['writes another mandate', "insert into core.mandates (id, account_id, version, active, terms, assumption_log, summary, created_at) select gen_random_uuid(), account_id, 9, false, terms, '[]', 'x', now() from core.mandates limit 1"],
    ['borrows a finished action for it', "insert into core.mandates (id, account_id, version, active, terms, assumption_log, summary, action_id, created_at) select gen_random_uuid(), m.account_id, 9, false, terms, '[]', 'x', c.action_id, now() from core.mandates m, core.clearances c limit 1"],
    ['deletes a mandate', 'delete from core.mandates'],
    ['loosens a playbook in place', "update core.playbooks set terms = jsonb_set(terms, '{gapChaseMaxPercent}', '50')"],
    ['retires a playbook', 'update core.playbooks set active = false'],
    ['writes another playbook', "insert into core.playbooks (id, playbook_id, version, active, terms, summary, created_at) select gen_random_uuid(), 'mine', 1, true, terms, 'x', now() from core.playbooks limit 1"],
    ['deletes a playbook', 'delete from core.playbooks'],
    ['goes live', "update core.accounts set mode = 'live'"],
    ['arms live trading', "update core.accounts set live_armed_until = now() + interval '1 hour'"],
    ['changes the broker', "update core.accounts set broker = 'upstox'"],
    ['opens an account', "insert into core.accounts select gen_random_uuid(), owner_id, 'mine', type, status, base_currency, broker, mode, opened_at, null, null from core.accounts limit 1"],
    ['adds a person', "insert into core.people (id, name, role, created_at) values (gen_random_uuid(), 'mallory', 'owner', now())"],
    ['promotes a person', "update core.people set name = 'boss'"],
    ['deletes a person', 'delete from core.people'],
    ['grants a right', 'update core.account_rights set can_confirm = can_confirm'],
    ['takes a right away', 'delete from core.account_rights'],
    ['links an identity', "insert into core.identities (id, person_id, channel, external_id, linked_at) select gen_random_uuid(), id, 'telegram', '666', now() from core.people limit 1"],
    ['changes a funding plan', 'update core.funding_plans set emergency_buffer_percent = 0'],
    ['ends a funding plan', 'update core.funding_plans set active = false'],
    ['writes another funding plan', "insert into core.funding_plans (id, account_id, version, active, type, lump_sum_amount_minor, lump_sum_date, tranche_plan, carry_forward_enabled, max_carry_forward_percent, emergency_buffer_percent, created_at) select gen_random_uuid(), account_id, 9, false, 'LUMP_SUM', 100000000, current_date, '[{\"percent\": 100, \"trigger\": \"immediate\"}]', true, 100, 0, now() from core.funding_plans limit 1"],
  ])('refuses a statement that %s', async (_, statement) => {
    await expect(ask(statement)).rejects.toMatchObject(notAllowed);
  });

  it('still remembers the account that a person spoke of last', async () => {
    await ask('update core.people set last_account_id = $1 where id = $2', [lump, desk.owner.id]);
    expect(await one('select last_account_id from core.people where id = $1', [desk.owner.id])).toEqual({ last_account_id: lump });
  });
  it('adds a person and gives a right by confirmed actions', async () => {
    const owner = { kind: 'person', personId: desk.owner.id, channel: 'test' } as const;
    const add = await desk.services.propose({ action: { kind: 'person_add', name: 'Meera', role: 'trader' }, proposer: owner, threadId: null, turn: null });
    await desk.press(add.confirmation?.id ?? '');
    const personId = String((await one("select id from core.people where name = 'Meera'")).id);
    const rights = await desk.services.propose({ action: { kind: 'rights_change', personId, accountId: lump, canView: true, canPropose: true, canConfirm: false }, proposer: owner, threadId: null, turn: null });
    await desk.press(rights.confirmation?.id ?? '');
    expect(await one('select can_view, can_confirm from core.account_rights where person_id = $1', [personId])).toEqual({ can_view: true, can_confirm: false });
    expect(desk.logged).toEqual([]);
  });
});
