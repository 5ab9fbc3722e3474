import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../desk/actions/types.ts';
import type { Notice } from '../../graph/conversation/announce.ts';
import { type FaultDesk, openFaultDesk } from '../faults/trading.ts';
import { textOf } from '../helpers/desk.ts';

/** What the clock does by itself, each job asked for by its name on a whole desk. */
let desk: FaultDesk;
let folder = '';
let lump = '';
const notices: Notice[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parapet-jobs-'));
  desk = await openFaultDesk({ folder, environment: { QUOTE_MAX_AGE_SECONDS: '86400' } });
  await desk.advance(20);
  lump = await desk.account('LumpSum');
  desk.onNotice((notice) => notices.push(notice));
});
afterAll(async () => { await desk.close(); rmSync(folder, { recursive: true, force: true }); });
beforeEach(() => { notices.length = 0; });
afterEach(async () => {
  rmSync(join(folder, 'KILL'), { force: true });
  await desk.database.asOwner((client) => client.query("delete from core.trading_holds; update core.trading_states set state = 'ACTIVE', reason = null; update core.kill_switches set active = false"));
});

const run = async (name: string): Promise<string | null> => { const ran = await desk.jobs.run(name); expect(ran, name).toMatchObject({ ok: true }); return ran?.message ?? null; };
const confirmed = async (action: Action): Promise<string> => {
  const outcome = await desk.propose(action);
  if (outcome.confirmation) await desk.press(outcome.confirmation.id);
  return String((await desk.ask('select state from core.actions where id = $1', [outcome.actionId]))[0]?.state);
};
const setSwitch = (switchType: 'MAX_DAILY_LOSS' | 'STALE_DATA' | 'ORDER_RATE' | 'LOSS_STREAK', more: Record<string, unknown>): Promise<string> =>
  confirmed({ kind: 'kill_switch_set', switchType, threshold: 1, thresholdType: 'ABSOLUTE', onTrigger: ['pauseNewEntries'], autoResetMinutes: null, active: true, ...more } as Action);
const states = async (): Promise<Record<string, string>> => Object.fromEntries((await desk.ask<{ scope: string; state: string }>('select scope, state from core.trading_states')).map(({ scope, state }) => [scope, state]));
const buy = async (symbol: string, changes: Record<string, unknown> = {}): Promise<void> => {
  const outcome = await desk.entry(symbol, 4, changes);
  if (outcome.confirmation) await desk.press(outcome.confirmation.id);
};

describe('a loss that reaches its switch', () => {
  it('stops entries in its account, is told once with its figure, lets exits through, and opens again by a confirmed resume alone', async () => {
    await run('risk_snapshots');
    await buy(desk.equities[0] ?? '');
    await desk.advance(2);
    expect(await setSwitch('MAX_DAILY_LOSS', { accountId: lump, threshold: 1, onTrigger: ['pauseNewEntries', 'cancelOpenEntries'] })).toBe('done');
    expect(await run('risk_snapshots')).toBe('tripped: LumpSum MAX_DAILY_LOSS');
    expect(await run('risk_snapshots')).toMatch(/readings$/);
    expect((await states())[lump]).toBe('HALTED');
    expect(await run('told_holds')).toBe('1 told');
    expect(await run('told_holds')).toBeNull();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatchObject({ severity: 'CRITICAL', accountId: lump });
    expect(notices[0]?.text).toMatch(/^Halted in LumpSum; .* Today's loss: ₹\d.*the switch is at ₹0.01\. Stops and exits keep working\.$/);
    const [said] = await desk.ask<{ event: string }>("select event from core.messages where event like '%Halted in LumpSum%'");
    expect(JSON.parse(said?.event ?? '{}').figures.length).toBeGreaterThan(1);

    expect(await desk.entry(desk.equities[1] ?? '', 1)).toMatchObject({ state: 'blocked' });
    const [position] = await desk.ask<{ id: string; symbol: string }>('select id, symbol from core.positions where account_id = $1 and closed_at is null', [lump]);
    expect(await confirmed({ kind: 'exit', accountId: lump, positionId: position?.id ?? '', symbol: position?.symbol ?? '', exchange: 'NSE', orderType: 'MARKET' })).toBe('done');

    const resume = await desk.propose({ kind: 'resume', accountId: lump });
    expect(resume.state).toBe('awaiting_confirmation');
    await desk.press(resume.confirmation?.id ?? '');
    expect((await states())[lump]).toBe('ACTIVE');
    expect(await run('risk_snapshots')).toMatch(/readings$/);
    expect((await states())[lump]).toBe('ACTIVE');
  });

  it('only tells where it is set only to tell', async () => {
    expect(await setSwitch('MAX_DAILY_LOSS', { threshold: 1, onTrigger: [] })).toBe('done');
    expect(await run('risk_snapshots')).toBe('tripped: desk MAX_DAILY_LOSS');
    expect((await states()).desk).toBe('ACTIVE');
    const report = await desk.entry(desk.equities[2] ?? '', 1);
    expect(report.gateReport.checks.find(({ id }) => id === 'switches_tripped')).toMatchObject({ severity: 'WARN', passed: false });
  });

  it('proposes to close everything where it is set to, and closes nothing by itself', async () => {
    await buy(desk.equities[3] ?? '');
    await desk.advance(2);
    await desk.database.asOwner((client) => client.query("update core.actions set state = 'failed' where kind = 'kill_switch_trip' and state = 'done'"));
    expect(await setSwitch('MAX_DAILY_LOSS', { accountId: lump, threshold: 1, onTrigger: ['closeAll'] })).toBe('done');
    await run('risk_snapshots');
    const [proposal] = await desk.ask<{ state: string; proposer: string }>("select state, proposer from core.actions where kind = 'close_all' order by created_at desc limit 1");
    expect(proposal).toEqual({ state: 'awaiting_confirmation', proposer: 'switch_closes_all' });
    expect(await desk.ask('select 1 as one from core.positions where account_id = $1 and closed_at is null', [lump])).toHaveLength(1);
  });
});

describe('a halt', () => {
  const waiting = async (): Promise<{ id: string; status: string; category: string }[]> => desk.ask("select id, status, category from core.orders where account_id = $1 and status in ('OPEN', 'PENDING', 'PARTIALLY_FILLED') order by category", [lump]);
  const farBelow = async (symbol: string): Promise<void> => {
    const last = desk.market.quote(symbol)?.last ?? 0;
    const tick = (price: number): string => (Math.round(price * 20) / 20).toFixed(2);
    await buy(symbol, { orderType: 'LIMIT', limitPrice: tick(last * 0.93), bracket: { stop: tick(last * 0.9) } });
  };

  it('cancels entries that work at the broker and leaves stops where they are', async () => {
    await farBelow(desk.equities[4] ?? '');
    const before = await waiting();
    expect(before.filter(({ category }) => category === 'ENTRY')).toHaveLength(1);
    const stops = before.filter(({ category }) => category !== 'ENTRY').length;
    expect(stops).toBeGreaterThan(0);
    expect(await run('halted_entries')).toBeNull();
    expect(await confirmed({ kind: 'kill_switch_trip', accountId: lump, switchType: 'MANUAL', reason: 'test' })).toBe('done');
    expect(await run('halted_entries')).toMatch(/entry cancelled/);
    const after = await waiting();
    expect(after.filter(({ category }) => category === 'ENTRY')).toEqual([]);
    expect(after).toHaveLength(stops);
    expect(await run('halted_entries')).toBeNull();
  });

  it('does not let the desk cancel a stop, or an entry where nothing is halted, whatever it calls its rule', async () => {
    const [stop] = (await waiting()).filter(({ category }) => category === 'STOP_LOSS');
    const byRule = (orderId: string) => desk.services.propose({ action: { kind: 'cancel', accountId: lump, orderId }, proposer: { kind: 'desk', rule: 'halted_entries' }, threadId: null, turn: null });
    expect((await byRule(stop?.id ?? '')).state).not.toBe('done');
    await farBelow(desk.equities[5] ?? '');
    const [entry] = (await waiting()).filter(({ category }) => category === 'ENTRY');
    await expect(byRule(entry?.id ?? '')).rejects.toThrow();
    expect((await waiting()).some(({ id }) => id === entry?.id)).toBe(true);
    expect(await confirmed({ kind: 'cancel', accountId: lump, orderId: entry?.id ?? '' })).toBe('done');
  });

  it('comes from the kill file too, and stays when the file is gone', async () => {
    writeFileSync(join(folder, 'KILL'), 'HALT\nsmoke in the room\n');
    expect(await run('halted_entries')).toContain('kill file taken on record');
    rmSync(join(folder, 'KILL'));
    expect((await states()).desk).toBe('HALTED');
    expect(await desk.entry(desk.equities[6] ?? '', 1)).toMatchObject({ state: 'blocked' });
    await run('told_holds');
    expect(notices.map(({ text }) => text)).toEqual([expect.stringContaining('smoke in the room')]);
  });
});

describe('a pause', () => {
  it('outlasts the end of a halt that came on top of it', async () => {
    expect(await confirmed({ kind: 'pause', reason: 'lunch' })).toBe('done');
    expect(await confirmed({ kind: 'kill_switch_trip', switchType: 'MANUAL', reason: 'test' })).toBe('done');
    expect((await states()).desk).toBe('HALTED');
    const reset = await desk.propose({ kind: 'kill_switch_reset', switchType: 'MANUAL' });
    await desk.press(reset.confirmation?.id ?? '');
    expect((await states()).desk).toBe('REDUCING');
    await expect(desk.ask("delete from core.trading_holds")).rejects.toMatchObject({ code: '42501' });
    await expect(desk.ask("update core.trading_holds set state = 'ACTIVE'")).rejects.toMatchObject({ code: '42501' });
  });
});

describe('a switch with a time', () => {
  it('resets when its time is up and its cause is gone, and not a moment before either', async () => {
    expect(await setSwitch('ORDER_RATE', { threshold: 3, autoResetMinutes: 5 })).toBe('done');
    expect(await desk.services.propose({ action: { kind: 'kill_switch_trip', switchType: 'ORDER_RATE', reason: 'Orders in the last second: 4; the switch is at 3.', measured: 4, threshold: 3 }, proposer: { kind: 'desk', rule: 'tripped_switch' }, threadId: null, turn: null })).toMatchObject({ state: 'done' });
    expect((await states()).desk).toBe('REDUCING');
    expect(await run('timed_resets')).toBeNull();
    const early = desk.services.propose({ action: { kind: 'kill_switch_reset', switchType: 'ORDER_RATE' }, proposer: { kind: 'desk', rule: 'timed_switch_reset' }, threadId: null, turn: null });
    await expect(early).rejects.toThrow();
    await desk.database.asOwner((client) => client.query("update core.trading_holds set resets_at = now() - interval '1 second'; update core.orders set created_at = now() - interval '1 hour'; delete from core.order_messages"));
    expect(await run('timed_resets')).toBe('ORDER_RATE reset');
    expect((await states()).desk).toBe('ACTIVE');
  });
});

describe('money by the calendar', () => {
  it('brings an instalment in on its day, once, and says so', async () => {
    const sip = await desk.account('SIP');
    const cash = async (): Promise<number> => Number((await desk.ask("select sum(amount_minor)::float8 as cash from core.ledger_entries where account_id = $1 and ledger = 'cash'", [sip]))[0]?.cash);
    const before = await cash();
    expect(await run('funding_releases')).not.toMatch(/SIP/);
    await desk.database.asOwner((client) => client.query("update core.funding_plans set sip_start_date = (sip_start_date - interval '1 month')::date where account_id = $1", [sip]));
    expect(await run('funding_releases')).toBe('SIP instalment 2: released');
    expect(await run('funding_releases')).toBeNull();
    expect(await cash()).toBe(before + 50_000_00);
    expect(await desk.faultsInBooks()).toEqual([]);
    expect(textOf(await desk.say('what is my cash in SIP'))).toMatch(/1,00,000/);
  });

  it('asks lent cash back when the lender has too little left, once a day, and moves nothing by itself', async () => {
    const [tactical, sip] = [await desk.account('Tactical'), await desk.account('SIP')];
    expect(await confirmed({ kind: 'transfer_cash', accountId: sip, toAccountId: tactical, amountMinor: 15_000_00, reason: 'a loan' })).toBe('done');
    expect(await run('claw_backs')).toBeNull();
    const symbol = desk.equities.find((each) => { const last = desk.market.quote(each)?.last ?? 0; return last > 100 && last < 1500; }) ?? '';
    await buy(symbol, { accountId: sip, quantity: Math.floor(8_000 / (desk.market.quote(symbol)?.last ?? 1)) });
    await desk.advance(2);
    expect(await run('claw_backs')).toBeNull();
    // Nearly all of it is to stay cash from now on, so what was bought is missing.
    expect(await confirmed({ kind: 'limit_change', setting: 'transferBufferPercent', value: 95 })).toBe('done');
    const before = await desk.ask('select count(*)::int as n from core.ledger_transactions');
    expect(await run('claw_backs')).toBe('Tactical to SIP: awaiting_confirmation');
    expect(await run('claw_backs')).toBeNull();
    expect(await desk.ask('select count(*)::int as n from core.ledger_transactions')).toEqual(before);
    const [asked] = await desk.ask<{ body: string }>("select body from core.actions where kind = 'transfer_cash' and proposer_kind = 'desk'");
    expect(JSON.parse(asked?.body ?? '{}').amountMinor).toBeLessThanOrEqual(15_000_00);
  });

  it('records each account once at the close', async () => {
    expect(await run('end_of_day')).toBeNull();
    await desk.advance(400);
    expect(await run('end_of_day')).toMatch(/^3 accounts on record/);
    expect(await run('end_of_day')).toBeNull();
    const rows = await desk.ask<{ equity_minor: string; pnl_minor: string; external_minor: string }>('select equity_minor, pnl_minor, external_minor from core.portfolio_snapshots');
    for (const row of rows) if (row.equity_minor !== null) expect(Number(row.equity_minor) - Number(row.external_minor)).toBe(Number(row.pnl_minor));
    expect(rows).toHaveLength(3);
  });
});
