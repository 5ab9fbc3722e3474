import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../../agents/vocabulary.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { tradingDate } from '../../../desk/time.ts';
import { type AccountBook, accountBooks } from '../../../tools/book/account-book.ts';
import { valuationsOf } from '../../../tools/book/valuation-days.ts';
import { type FaultDesk, openFaultDesk } from '../../faults/trading.ts';
import { action, homeWithActions, on } from './ex-date-home.ts';

const exDate = '2025-03-05';

describe('the shares of a company that was parted', { timeout: 240_000 }, () => {
  let desk: FaultDesk;
  afterEach(() => desk.close());
  const moveTo = async (date: string, time: string): Promise<void> => { await desk.feed.advance?.(Date.parse(on(date, time)) - Date.parse(desk.market.now())); await desk.settle(); };
  const words = (events: readonly ConversationEvent[]): string => JSON.stringify(events);
  const question = async () => (await desk.ask<{ id: string }>("select id::text from core.confirmations where status = 'pending' order by id desc limit 1"))[0]?.id ?? '';
  const buy = async (symbol: string, quantity: number, bracket: object): Promise<void> => { const asked = await desk.entry(symbol, quantity, { bracket }); await desk.press(asked.confirmation?.id ?? ''); };
  const position = async (symbol: string) => (await desk.ask<{ quantity: number; cost: number; stop: string | null; realised: number }>('select quantity, cost_minor::int as cost, trim_scale(stop_loss)::text as stop, realised_minor::int as realised from core.positions where symbol = $1 and closed_at is null', [symbol]))[0];
  const stopsAtBroker = (symbol: string) => desk.ask("select (body::jsonb->>'quantity')::int as quantity, body::jsonb->>'triggerPrice' as trigger from paper.orders where symbol = $1 and status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED') and body::jsonb->>'category' = 'STOP_LOSS'", [symbol]);
  const book = async (): Promise<AccountBook> => {
    const [found] = await accountBooks(desk.services, { accounts: (await listAccounts(desk.database.orm)).filter(({ name }) => name === 'LumpSum'), moment: { asOf: desk.market.now(), date: desk.market.today(), now: true } });
    if (!found) throw new Error('there is no LumpSum');
    return found;
  };
  /** Ten of ALFA over a demerger that took a fifth out of its price; BETA, at about what ALFA was, is taken for what came of it. */
  const open = async (): Promise<void> => {
    desk = await openFaultDesk({ database: await homeWithActions([action('ALFA', exDate, { kind: 'DEMERGER', factor: 1, subject: 'Demerger' })], { untold: [action('ALFA', exDate, { kind: 'OTHER', factor: 0.8, subject: '' })] }), world: { kind: 'replay', asOf: on('2025-03-03', '09:00'), speed: 1, frozen: true } });
    await buy('ALFA', 10, { stop: '950', target: '1200' });
    await moveTo('2025-03-03', '09:20');
  };

  it('are credited once by a confirmed action at a part of the cost, with nothing realised, and protected by a stop like any other', async () => {
    await open();
    expect(words(await desk.say('work in the ALFA demerger 1:4 BETA'))).toMatch(/no demerger of ALFA that has gone ex is published here/i);
    await moveTo(exDate, '09:30');
    const before = await position('ALFA');
    const [held] = [await book()];
    expect(words(await desk.say('credit 10 NEWCO from the ALFA demerger'))).toMatch(/NEWCO is not listed here on 5 March.{0,6}; it can be credited from its first day of trading on/);
    expect(words(await desk.say('work in the ALFA demerger'))).toMatch(/say the company whose shares came/i);
    expect(words(await desk.say('credit 9 BETA from the ALFA demerger'))).toMatch(/9 BETA are worth .{0,120}check the company and the ratio/);
    const shown = words(await desk.say('work in the ALFA demerger 1:4 BETA'));
    expect(shown).toMatch(/Credit 2 BETA of the ALFA demerger \(ex 5 March.{0,10}; 1 for 4, as you say it\)/);
    expect(shown).toMatch(/an estimate for prices/);
    expect(shown).toMatch(/2 of 4 parts of a share are left over; the company pays those in cash/);
    await desk.press(await question());
    const [alfa, beta] = [await position('ALFA'), await position('BETA')];
    const [{ factor }] = await desk.ask<{ factor: number }>("select price_factor::float8 as factor from core.holding_adjustments where kind = 'DEMERGER'") as [{ factor: number }];
    expect(beta).toEqual({ quantity: 2, cost: Math.round((before?.cost ?? 0) * (1 - factor)), stop: null, realised: 0 });
    expect(alfa).toEqual({ ...before, cost: (before?.cost ?? 0) - (beta?.cost ?? 0) });
    const after = await book();
    expect(after.expected).toEqual([]);
    expect((after.equityMinor ?? 0) - (held.equityMinor ?? 0)).toBe((after.holdings.find(({ symbol }) => symbol === 'BETA')?.valueMinor ?? 0) - held.expected.reduce((sum, { worthMinor }) => sum + worthMinor, 0));
    expect((after.todayPnlMinor ?? 0) - (held.todayPnlMinor ?? 0)).toBe((after.equityMinor ?? 0) - (held.equityMinor ?? 0));
    expect(await desk.ask("select count(*)::int as n from core.audit_log where kind = 'corporate_action.credited'")).toEqual([{ n: 1 }]);
    expect(words(await desk.say('credit 2 BETA from the ALFA demerger'))).toMatch(/2 BETA of the ALFA demerger of 5 March.{0,8} are credited already/);
    expect(words(await desk.say('no shares come from the ALFA demerger'))).toMatch(/are credited already/);
    expect(await desk.faultsInBooks()).toEqual([]);

    // A stop that is set, and the shares of an entry that joins them, cover what was credited as well.
    await desk.say('set the stop of BETA to 900');
    await desk.press(await question());
    expect(await stopsAtBroker('BETA')).toEqual([{ quantity: 2, trigger: '900' }]);
    await moveTo('2025-03-05', '16:00');
    await buy('BETA', 3, { stop: '910', target: '1300' });
    await moveTo('2025-03-06', '09:20');
    expect(await position('BETA')).toMatchObject({ quantity: 5 });
    expect(await stopsAtBroker('BETA')).toMatchObject([{ quantity: 5 }]);
    const now = await book();
    const { ends } = await valuationsOf(desk.services, { accountIds: [now.account.id], span: { from: tradingDate('2025-03-03'), to: tradingDate('2025-03-06'), label: '' }, moment: { asOf: desk.market.now(), date: desk.market.today(), now: true } });
    expect(ends.at(-1)?.equityMinor).toBe(now.equityMinor);
    const [then] = await accountBooks(desk.services, { accounts: [now.account], moment: { asOf: on(exDate, '15:45'), date: tradingDate(exDate), now: false } });
    expect(then?.holdings.map(({ symbol, quantity, costMinor }) => [symbol, quantity, costMinor]).sort()).toEqual([['ALFA', 10, alfa?.cost], ['BETA', 2, beta?.cost]]);
    expect(await desk.faultsInBooks()).toEqual([]);
    await expect(desk.database.pool.query('update core.parted_shares set quantity = 3')).rejects.toThrow(/permission denied/);
    await expect(desk.database.pool.query("insert into core.parted_shares select gen_random_uuid(), account_id, 'DELT', ex_date, into_symbol, new_shares, old_shares, quantity_then, quantity, since, cost_minor, cost_basis, parted_percent, position_id, position_quantity, position_cost_minor, into_position_id, into_quantity, into_cost_minor, expected_minor, action_id, happened_at, applied_at from core.parted_shares")).rejects.toThrow(/not those that were confirmed/);
  });

  it('join shares that are held behind their stop, and an entry gives its stop to shares that had none', async () => {
    await open();
    await buy('BETA', 4, { stop: '850', target: '1300' });
    await moveTo(exDate, '09:30');
    const [alfa, beta] = [await position('ALFA'), await position('BETA')];
    await desk.say('credit 2 BETA from the ALFA demerger, cost split 95.32/4.68');
    await desk.press(await question());
    const moved = Math.round((alfa?.cost ?? 0) * 0.0468);
    expect(await position('BETA')).toEqual({ quantity: 6, cost: (beta?.cost ?? 0) + moved, stop: '850', realised: 0 });
    expect(await position('ALFA')).toEqual({ ...alfa, cost: (alfa?.cost ?? 0) - moved });
    expect(await stopsAtBroker('BETA')).toEqual([{ quantity: 6, trigger: '850' }]);
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('are refused with the reason once the parent was sold, and what was expected ends when a person says that none come', async () => {
    await open();
    await moveTo(exDate, '09:30');
    const sold = await desk.say('sell 4 ALFA');
    expect(words(sold)).toMatch(/SELL 4/);
    await desk.press(await question());
    await moveTo(exDate, '16:00');
    await moveTo('2025-03-06', '09:30');
    expect(await position('ALFA')).toMatchObject({ quantity: 6 });
    expect(words(await desk.say('credit 2 BETA from the ALFA demerger'))).toMatch(/4 shares of ALFA were sold since the ex-date at the whole cost/);
    const held = await book();
    expect(held.expected).toHaveLength(1);
    await desk.say('no shares come from the ALFA demerger');
    await desk.press(await question());
    const after = await book();
    expect(after.expected).toEqual([]);
    expect((held.equityMinor ?? 0) - (after.equityMinor ?? 0)).toBe(held.expected[0]?.worthMinor);
    expect(after.tradableEquityMinor).toBe(held.tradableEquityMinor);
    expect(words(await desk.say('credit 2 BETA from the ALFA demerger'))).toMatch(/it is on record that no shares come of the ALFA demerger/);
    expect(await desk.faultsInBooks()).toEqual([]);
  });
});
