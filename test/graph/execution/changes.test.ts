import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../desk/canonical.ts';
import type { Action } from '../../../desk/actions/types.ts';
import { type FaultDesk, openFaultDesk } from '../../faults/trading.ts';

/** Every kind of action that changes the desk's own state, from the proposal to the row that it is about. */
let desk: FaultDesk;
let [lump, sip] = ['', ''];
beforeAll(async () => { desk = await openFaultDesk(); await desk.advance(20); [lump, sip] = [await desk.account('LumpSum'), await desk.account('SIP')]; });
afterAll(async () => { await desk.close(); });

/** Proposes, presses where it asks, and gives what became of it. */
async function carried(action: Action): Promise<{ state: string; reason: string | null; asked: boolean; actionId: string }> {
  const outcome = await desk.propose(action);
  if (outcome.confirmation) await desk.press(outcome.confirmation.id);
  const [row] = await desk.ask<{ state: string; reason: string | null }>('select state, reason from core.actions where id = $1', [outcome.actionId]);
  return { state: row?.state ?? '', reason: row?.reason ?? null, asked: outcome.confirmation !== undefined, actionId: outcome.actionId };
}
const one = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>> => (await desk.ask(text, values))[0] ?? {};
const cashOf = async (accountId: string): Promise<number> => Number((await one("select coalesce(sum(amount_minor), 0)::float8 as cash from core.ledger_entries where account_id = $1 and ledger = 'cash'", [accountId])).cash);

describe('an account', () => {
  it('is opened with its balance, a mandate, switches, a plan and the rights of who opened it, after a yes', async () => {
    expect(await carried({ kind: 'account_open', name: 'Growth', type: 'SIP', baseCurrency: 'INR', openingBalanceMinor: 2_00_000_00, sipAmountMinor: 20_000_00 })).toMatchObject({ state: 'done', asked: true });
    const id = await desk.account('Growth');
    expect(await cashOf(id)).toBe(2_00_000_00);
    expect(await one(`select (select count(*)::int from core.mandates where account_id = $1 and active) as mandates, (select count(*)::int from core.kill_switches where account_id = $1) as switches,
      (select sip_amount_minor::float8 from core.funding_plans where account_id = $1 and active) as sip, (select can_confirm from core.account_rights where account_id = $1 and person_id = $2) as confirms`, [id, desk.owner.id]))
      .toEqual({ mandates: 1, switches: 4, sip: 20_000_00, confirms: true });
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('cannot have the name of another, and says so', async () => {
    expect(await carried({ kind: 'account_open', name: 'growth', type: 'SIP', baseCurrency: 'INR', openingBalanceMinor: 0 })).toMatchObject({ state: 'failed', reason: 'Not done: There is an account called growth already.' });
    expect((await desk.ask("select 1 as one from core.accounts where lower(name) = 'growth'")).length).toBe(1);
  });

  it('takes another name', async () => {
    const id = await desk.account('Growth');
    expect(await carried({ kind: 'account_edit', accountId: id, name: 'Children' })).toMatchObject({ state: 'done', asked: true });
    expect(await desk.account('Children')).toBe(id);
  });

  it('does not start over or close with a position in it; flat, it starts over under its name and rules, and what was is kept', async () => {
    const before = await desk.account('Children');
    await desk.entry(desk.equities[0] ?? '', 3, { accountId: before }).then((outcome) => desk.press(outcome.confirmation?.id ?? ''));
    await desk.advance(2);
    for (const action of [{ kind: 'account_reset', accountId: before, openingBalanceMinor: 1_00 }, { kind: 'account_close', accountId: before }] as Action[]) {
      const refused = await carried(action);
      expect(refused).toMatchObject({ state: 'blocked' });
      expect(refused.reason).toMatch(/open; close them first/);
    }
    const closing = await desk.propose({ kind: 'close_all', accountId: before, haltEntries: false });
    await desk.press(closing.confirmation?.id ?? '');
    await desk.advance(3);
    expect(await carried({ kind: 'account_reset', accountId: before, openingBalanceMinor: 5_00_000_00 })).toMatchObject({ state: 'done', asked: true });
    const after = await desk.account('Children');
    expect(after).not.toBe(before);
    expect([await cashOf(before), await cashOf(after)]).toEqual([0, 5_00_000_00]);
    expect(await one('select status, deleted_at is not null as gone from core.accounts where id = $1', [before])).toEqual({ status: 'CLOSED', gone: true });
    expect(await one(`select (select terms from core.mandates where account_id = $1 and active) = (select terms from core.mandates where account_id = $2 and active) as rules, (select count(*)::int from core.fills where account_id = $1) > 0 as history,
      (select count(*)::int from core.kill_switches where account_id = $2) as switches, (select can_confirm from core.account_rights where account_id = $2 and person_id = $3) as confirms`, [before, after, desk.owner.id]))
      .toEqual({ rules: true, history: true, switches: 4, confirms: true });
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('is closed to the last paisa, and then nothing can be done in it', async () => {
    const id = await desk.account('Children');
    expect(await carried({ kind: 'account_close', accountId: id })).toMatchObject({ state: 'done', asked: true });
    expect(await cashOf(id)).toBe(0);
    expect(await carried({ kind: 'deposit', accountId: id, amountMinor: 100, reason: 'late' })).toMatchObject({ state: 'blocked' });
  });

  it('goes to no live broker while the market is simulated, and is disarmed by a word', async () => {
    expect(await carried({ kind: 'account_mode', accountId: lump, mode: 'live', broker: 'upstox' })).toMatchObject({ state: 'blocked' });
    expect(await carried({ kind: 'arm_live', accountId: lump, until: '2030-01-01T00:00:00.000Z' } as Action)).toMatchObject({ state: 'blocked' });
    expect(await carried({ kind: 'disarm_live', accountId: lump })).toMatchObject({ state: 'done', asked: false });
    expect(await carried({ kind: 'account_mode', accountId: lump, mode: 'paper', broker: 'paper' })).toMatchObject({ state: 'done', asked: true });
  });
});

describe('money of a plan', () => {
  it('comes in once for each instalment, for its own amount alone', async () => {
    const before = await cashOf(sip);
    const release = { kind: 'funding_release', accountId: sip, tranche: 1, amountMinor: 50_000_00 } as const;
    expect(await carried({ ...release, amountMinor: 60_000_00 })).toMatchObject({ state: 'failed', reason: 'Not done: The plan has no such instalment or tranche.' });
    expect(await carried(release)).toMatchObject({ state: 'done', asked: true });
    await desk.ask("update core.outbox set created_at = created_at");
    expect(await cashOf(sip)).toBe(before + 50_000_00);
    const again = await desk.services.propose({ action: release, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
    if (again.confirmation) await desk.press(again.confirmation.id);
    expect(await cashOf(sip)).toBe(before + 50_000_00);
    expect(await carried({ ...release, tranche: 0 })).toMatchObject({ state: 'failed', reason: 'Not done: It was released already.' });
  });

  it('lets a tranche be used early without any money moving', async () => {
    const before = await cashOf(lump);
    const free = async (): Promise<number> => Number(((await desk.services.checkGates({ action: { kind: 'withdrawal', accountId: lump, amountMinor: 1, reason: 'x' }, personId: desk.owner.id })).checks.find(({ id }) => id === 'cash_available')?.limit));
    const then = await free();
    expect(await carried({ kind: 'funding_release', accountId: lump, tranche: 1, amountMinor: 3_00_000_00 })).toMatchObject({ state: 'done', asked: true });
    expect(await cashOf(lump)).toBe(before);
    expect(await free()).toBe(then + 3_00_000_00);
  });
});

describe('limits and switches', () => {
  it('hold from the yes on, for the desk and, before that, for the account that was named', async () => {
    const limitOf = async (accountId: string, id: string): Promise<number | null> => {
      const symbol = desk.equities[1] ?? '';
      const last = desk.market.quote(symbol)?.last ?? 0;
      const report = await desk.services.checkGates({ action: { kind: 'enter', accountId, symbol, exchange: 'NSE', side: 'BUY', quantity: 1, orderType: 'MARKET', product: 'DELIVERY', bracket: { stop: (last * 0.95).toFixed(2) }, strategy: 'manual', horizonDays: 5 } as Action, personId: desk.owner.id });
      return report.checks.find((check) => check.id === id)?.limit ?? null;
    };
    expect(await carried({ kind: 'limit_change', setting: 'singleNamePercent', value: 12 })).toMatchObject({ state: 'done', asked: true });
    expect(await carried({ kind: 'limit_change', accountId: lump, setting: 'singleNamePercent', value: 9 })).toMatchObject({ state: 'done', asked: true });
    const inAccount = [await limitOf(lump, 'exposure_single_name'), await limitOf(sip, 'exposure_single_name')];
    expect(inAccount[0]).toBeLessThan(inAccount[1] ?? 0);
    expect(inAccount).toEqual([9, 12]);
    // What is shown and sized by is what the gates hold.
    expect(await carried({ kind: 'limit_change', setting: 'sectorPercent', value: 22 })).toMatchObject({ state: 'done' });
    await desk.settle();
    expect(desk.services.settings.maxSectorExposure).toBe(0.22);
  });

  it.each<[string, number]>([['singleNamePercent', 101], ['singleNamePercent', 0], ['eventBlackoutDays', 1.5], ['noSuchLimit', 1], ['toString', 1], ['ordersPerMinute', -3]])('refuse %s at %d', async (setting, value) => {
    expect(await carried({ kind: 'limit_change', setting, value })).toMatchObject({ state: 'blocked', asked: false });
  });

  it('are set as they were confirmed, and by nothing else', async () => {
    const rule = { kind: 'kill_switch_set', accountId: lump, switchType: 'MAX_DAILY_LOSS', threshold: 2, thresholdType: 'PERCENTAGE', onTrigger: ['pauseNewEntries'], autoResetMinutes: null, active: true } as const;
    expect(await carried({ ...rule, onTrigger: [...rule.onTrigger] })).toMatchObject({ state: 'done', asked: true });
    expect(await one("select threshold, on_trigger, active from core.kill_switches where account_id = $1 and type = 'MAX_DAILY_LOSS'", [lump])).toEqual({ threshold: 2, on_trigger: ['pauseNewEntries'], active: true });
    for (const wrong of [{ threshold: 0 }, { threshold: 150 }, { autoResetMinutes: 5 }, { switchType: 'MANUAL' as const }]) expect(await carried({ ...rule, onTrigger: [...rule.onTrigger], ...wrong })).toMatchObject({ state: 'blocked' });
    for (const text of ["update core.kill_switches set active = false", "update core.kill_switches set threshold = 99", "insert into core.kill_switches (scope, type, threshold, threshold_type, on_trigger, active, since) values ('desk', 'LOSS_STREAK', 99, 'ABSOLUTE', '[]', false, now())",
      "update core.limit_settings set value = '99'", "insert into core.limit_settings (scope, setting, value, since, action_id) select 'desk', 'grossPercent', '900', now(), id from core.actions limit 1", 'delete from core.limit_settings', 'delete from core.kill_switches',
      "insert into core.funding_releases (account_id, plan_id, tranche, kind, amount_minor, released_on, at) select account_id, id, 2, 'TRANCHE', 1, now(), now() from core.funding_plans limit 1", 'delete from core.funding_releases', 'update core.funding_plans set active = false',
      "update core.accounts set name = 'mine'", "update core.accounts set deleted_at = now(), status = 'CLOSED'"]) {
      await expect(desk.ask(text), text).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('take two people to loosen the rule of two people', async () => {
    const alone = await carried({ kind: 'limit_change', setting: 'fourEyesAmount', value: 50_000 });
    expect(alone).toMatchObject({ state: 'failed', reason: 'Not done: Two people would have to say yes and only one may confirm; give somebody else the right first.' });
    expect(await carried({ kind: 'person_add', name: 'Asha', role: 'owner' })).toMatchObject({ state: 'done' });
    expect(await carried({ kind: 'limit_change', setting: 'fourEyesAmount', value: 50_000 })).toMatchObject({ state: 'done' });
    expect(await carried({ kind: 'limit_change', setting: 'fourEyesAmount', value: 9_000_000 })).toMatchObject({ state: 'awaiting_confirmation', asked: true });
    expect((await one("select value from core.limit_settings where setting = 'fourEyesAmount'")).value).toBe(50_000);
    const ordinary = await carried({ kind: 'limit_change', setting: 'spreadPercent', value: 0.9 });
    expect(ordinary.state).toBe('done');
  });
});

describe('what needs more people than there are', () => {
  it('ends with that sentence instead of a question that nobody can answer', async () => {
    expect(await carried({ kind: 'limit_change', accountId: lump, setting: 'fourEyesAmount', value: 10 })).toMatchObject({ state: 'blocked', reason: 'it needs 2 people’s yes, and only 1 may confirm this' });
  });
});

describe('people and their keys', () => {
  let priya = '';
  const key = 'a key of forty characters or so, shown once';
  it('are added once by a name, and get rights that say what they are', async () => {
    expect(await carried({ kind: 'person_add', name: 'Priya', role: 'trader' })).toMatchObject({ state: 'done', asked: true });
    expect(await carried({ kind: 'person_add', name: 'priya', role: 'owner' })).toMatchObject({ state: 'failed' });
    priya = String((await one("select id from core.people where name = 'Priya'")).id);
    expect(await carried({ kind: 'rights_change', personId: priya, accountId: lump, canView: true, canPropose: true, canConfirm: false })).toMatchObject({ state: 'done', reason: 'Priya may see it, propose in this account now.' });
  });

  it('are linked and unlinked on a channel', async () => {
    expect(await carried({ kind: 'identity_link', personId: priya, channel: 'telegram', externalId: '4242' })).toMatchObject({ state: 'done' });
    expect(await carried({ kind: 'identity_unlink', personId: priya, channel: 'telegram' })).toMatchObject({ state: 'done', asked: false });
    expect(await carried({ kind: 'identity_unlink', personId: priya, channel: 'discord' })).toMatchObject({ state: 'failed', reason: 'Not done: Priya has no link on discord.' });
    expect((await one("select unlinked_at is not null as gone from core.identities where external_id = '4242'")).gone).toBe(true);
  });

  it('get a key for programs by a yes for exactly that key, and lose it for good', async () => {
    await expect(desk.ask("insert into core.access_tokens (id, person_id, kind, hash, label, created_at) values (gen_random_uuid(), $1, 'api_key', $2, 'x', now())", [priya, sha256('forged')])).rejects.toMatchObject({ code: '42501' });
    expect(await carried({ kind: 'api_key_create', personId: priya, label: 'notebook', keyHash: sha256(key) })).toMatchObject({ state: 'done', asked: true });
    const id = String((await one("select id from core.access_tokens where hash = $1 and kind = 'api_key'", [sha256(key)])).id);
    await expect(desk.ask('update core.access_tokens set person_id = $2 where id = $1', [id, desk.owner.id])).rejects.toMatchObject({ code: '42501' });
    expect(await carried({ kind: 'api_key_revoke', keyId: id })).toMatchObject({ state: 'done', asked: true });
    expect(await carried({ kind: 'api_key_revoke', keyId: id })).toMatchObject({ state: 'failed' });
    await expect(desk.ask('update core.access_tokens set revoked_at = null where id = $1', [id])).rejects.toMatchObject({ code: '42501' });
  });
});
