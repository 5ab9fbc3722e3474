import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../../agents/vocabulary.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { writeFacts } from '../../../db/stores/facts.ts';
import type { Action } from '../../../desk/actions/types.ts';
import { decimal } from '../../../desk/decimal.ts';
import { instant, tradingDate } from '../../../desk/time.ts';
import { accountBooks } from '../../../tools/book/account-book.ts';
import { type FaultDesk, openFaultDesk } from '../../faults/trading.ts';
import { action, homeWithActions, on } from './ex-date-home.ts';

const exDate = '2025-03-05';
const late = { knownAt: on(exDate, '12:00') };
const tenth = (date = exDate) => action('ALFA', date, { kind: 'BONUS', factor: 10 / 11, subject: 'Bonus 1:10', ...late });
const half = action('BETA', exDate, { kind: 'BONUS', factor: 0.5, subject: 'Bonus 1:1', ...late });
const dividend = action('CHAR', exDate, { kind: 'DIVIDEND', factor: 1, amount: decimal('12.5'), subject: 'Dividend - Rs 12.50', ...late });

describe('what went ex before the desk knew it', { timeout: 240_000 }, () => {
  let desk: FaultDesk;
  afterEach(() => desk.close());
  const moveTo = async (date: string, time: string): Promise<void> => { await desk.feed.advance?.(Date.parse(on(date, time)) - Date.parse(desk.market.now())); await desk.settle(); };
  const hold = async (symbol: string, quantity: number, bracket: object): Promise<void> => {
    const asked = await desk.entry(symbol, quantity, { bracket });
    await desk.press(asked.confirmation?.id ?? '');
  };
  const position = async (symbol: string) => (await desk.ask('select quantity, cost_minor::int as cost, trim_scale(stop_loss)::text as stop, trim_scale(take_profit)::text as target, realised_minor::int as realised from core.positions where symbol = $1', [symbol]))[0];
  const stopsAtBroker = (symbol: string) => desk.ask("select (body::jsonb->>'quantity')::int as quantity, body::jsonb->>'triggerPrice' as trigger from paper.orders where symbol = $1 and status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED') and body::jsonb->>'category' = 'STOP_LOSS'", [symbol]);
  const words = (events: readonly ConversationEvent[]): string => JSON.stringify(events);
  const question = async () => (await desk.ask<{ id: string }>("select id::text from core.confirmations where status = 'pending' order by id desc limit 1"))[0]?.id ?? '';
  const open = async (told: Parameters<typeof homeWithActions>[0] = []): Promise<void> => {
    desk = await openFaultDesk({ database: await homeWithActions(told, { untold: [tenth(), half] }), world: { kind: 'replay', asOf: on('2025-03-03', '09:00'), speed: 1, frozen: true } });
    await hold('ALFA', 25, { stop: '850', target: '1200' });
    await hold('BETA', 10, { stop: '950', target: '1200' });
    await hold('CHAR', 8, { stop: '900', target: '1200' });
    await moveTo('2025-03-03', '09:20');
    await moveTo(exDate, '12:00');
  };
  const tell = async (...records: Parameters<typeof writeFacts>[1][number][]): Promise<void> => { await writeFacts(desk.database.orm, records, instant('2025-04-30T00:00:00Z')); await desk.settle(); };

  it('is worked in by a confirmed action, once, with the stop set anew, also where the stop of before has sold since', async () => {
    await open();
    await tell(tenth(), half, dividend);
    expect(await position('ALFA')).toMatchObject({ quantity: 25, stop: '850' });
    const shown = words(await desk.say('show me what is not worked in'));
    expect(shown).toMatch(/BETA.{0,400}sold already/);
    expect(shown).toMatch(/work in ALFA/);

    // The stop of 950 met the first price of the new shares and sold ten of the twenty.
    const stopped = await position('BETA');
    const [sold] = await desk.ask<{ cost: number }>("select (round(f.price * f.quantity * 100) - f.realised_minor)::int as cost from core.fills f join core.orders o on o.id = f.order_id where o.symbol = 'BETA' and o.side = 'SELL'");
    expect(stopped).toMatchObject({ quantity: 0, cost: 0 });
    const half10 = words(await desk.say('work in BETA'));
    expect(half10).toMatch(/10 of them are sold already, so 10 are held/);
    expect(half10).toMatch(/10 shares of BETA were sold since, of the 20 that were held after it, because it was not known/);
    await desk.press(await question());
    const spread = Math.round((sold?.cost ?? 0) / 2);
    expect(await position('BETA')).toEqual({ quantity: 10, cost: spread, stop: '475', target: '600', realised: Number(stopped?.realised) + (sold?.cost ?? 0) - spread });
    expect(await stopsAtBroker('BETA')).toEqual([{ quantity: 10, trigger: '475' }]);
    expect(await desk.ask("select quantity_before as before, quantity_after as after, sold_since as sold, restated_minor::int as restated, cost_before_minor::int as cost from core.holding_adjustments where symbol = 'BETA'")).toEqual([{ before: 10, after: 20, sold: 10, restated: (sold?.cost ?? 0) - spread, cost: sold?.cost }]);
    expect(words(await desk.say('work in BETA'))).toMatch(/nothing of BETA that went ex/i);
    const then = await accountBooks(desk.services, { accounts: (await listAccounts(desk.database.orm)).filter(({ name }) => name === 'LumpSum'), moment: { asOf: on(exDate, '09:00'), date: tradingDate(exDate), now: false } });
    expect(then[0]?.holdings.find(({ symbol }) => symbol === 'BETA')).toMatchObject({ quantity: 20, costMinor: sold?.cost });
    const asked = words(await desk.say('work in ALFA'));
    expect(asked).toMatch(/1:10 bonus/);
    expect(await position('ALFA')).toMatchObject({ quantity: 25 });
    const before = await position('ALFA');
    const closed = (await desk.ask<{ close: number }>("select close::float8 as close from core.bars_daily where symbol = 'ALFA' and date = '2025-03-04'"))[0]?.close ?? 0;
    await desk.press(await question());
    // 27.5 shares: the half is paid at the close before, in new terms.
    const cash = Math.round((closed * 100 * 10) / 11 / 2);
    const costOut = Math.round((Number(before?.cost) * 5) / 275);
    expect(await position('ALFA')).toEqual({ quantity: 27, cost: Number(before?.cost) - costOut, stop: '772.75', target: '1090.9', realised: cash - costOut });
    expect(await stopsAtBroker('ALFA')).toEqual([{ quantity: 27, trigger: '772.75' }]);
    expect(await desk.ask("select a.state, h.basis, h.quantity_before as before, h.quantity_after as after from core.holding_adjustments h join core.actions a on a.id = h.action_id where h.symbol = 'ALFA'")).toEqual([{ state: 'done', basis: 'PUBLISHED', before: 25, after: 27 }]);

    // Neither again, nor under another source's date.
    expect(words(await desk.say('work in ALFA'))).toMatch(/nothing of ALFA that went ex/i);
    await tell(tenth('2025-03-04'));
    expect(words(await desk.say('work in ALFA'))).toMatch(/nothing of ALFA that went ex/i);

    // A dividend is on the shares of the ex-date, whatever was sold since.
    const left = await desk.propose({ kind: 'reduce', accountId: await desk.account('LumpSum'), symbol: 'CHAR', exchange: 'NSE', positionId: (await desk.ask<{ id: string }>("select id::text from core.positions where symbol = 'CHAR'"))[0]?.id ?? '', quantity: 3, orderType: 'MARKET' } as Action);
    await desk.press(left.confirmation?.id ?? '');
    await moveTo('2025-03-06', '09:30');
    expect(await position('CHAR')).toMatchObject({ quantity: 5 });
    await desk.say('book the CHAR dividend');
    await desk.press(await question());
    expect(await desk.ask("select e.amount_minor::int as amount from core.ledger_transactions t join core.ledger_entries e on e.transaction_id = t.id where t.kind = 'DIVIDEND' and e.ledger = 'cash'")).toEqual([{ amount: 10_000 }]);
    expect(await desk.faultsInBooks()).toEqual([]);
    await moveTo('2025-03-07', '16:00');
    expect(await stopsAtBroker('ALFA')).toEqual([{ quantity: 27, trigger: '772.75' }]);
  });

  it('is not worked in by a yes to figures that no longer hold, nor by anybody without the action that was confirmed', async () => {
    await open();
    await tell(tenth());
    await desk.say('work in ALFA');
    const id = await question();
    const [row] = await desk.ask<{ id: string; account: string }>("select id::text, account_id::text as account from core.positions where symbol = 'ALFA'");
    const moved = await desk.propose({ kind: 'modify', accountId: row?.account ?? '', positionId: row?.id ?? '', stop: '880' } as Action);
    await desk.press(moved.confirmation?.id ?? '');
    await desk.press(id);
    expect(await position('ALFA')).toMatchObject({ quantity: 25, stop: '880' });
    expect(await desk.ask("select reason from core.actions where kind = 'holding_adjustment'")).toEqual([{ reason: expect.stringContaining('is not what this was drawn up from') }]);
    await expect(desk.database.pool.query(`insert into core.holding_adjustments select gen_random_uuid(), $1, 'ALFA', '2025-03-05', 'BONUS', 'Bonus 1:10', 11, 10, $2, 25, 27, cost_minor, cost_minor, 0, 0, null, null, null, null, '{}', '2025-03-04T18:30:00Z', now(), null, 'PUBLISHED' from core.positions where id = $2`, [row?.account, row?.id])).rejects.toThrow(/needs the action that was confirmed/);
    // What was moved since is in new prices and stays.
    await desk.say('work in ALFA');
    await desk.press(await question());
    expect(await position('ALFA')).toMatchObject({ quantity: 27, stop: '880', target: '1090.9' });
    expect(await stopsAtBroker('ALFA')).toEqual([{ quantity: 27, trigger: '880' }]);
  });

  it('is asked again and worked in after one that came in time meanwhile, in the shares of its own day', async () => {
    await open([action('ALFA', '2025-03-06', { kind: 'BONUS', factor: 0.5, subject: 'Bonus 1:1' })]);
    await tell(tenth());
    await desk.say('work in ALFA');
    const asked = await question();
    await moveTo('2025-03-06', '09:30');
    expect(await position('ALFA')).toMatchObject({ quantity: 50, stop: '425' });
    await desk.press(asked);
    expect(await position('ALFA')).toMatchObject({ quantity: 50 });
    expect(words(await desk.say('work in ALFA'))).toMatch(/of today’s shares, 50 become 54/);
    await desk.press(await question());
    expect(await position('ALFA')).toMatchObject({ quantity: 54, stop: '386.4' });
    expect(await stopsAtBroker('ALFA')).toEqual([{ quantity: 54, trigger: '386.4' }]);
    expect(await desk.ask("select quantity_before as before, quantity_after as after from core.holding_adjustments where symbol = 'ALFA' order by ex_date")).toEqual([{ before: 25, after: 27 }, { before: 25, after: 50 }]);
    const held = async (date: string, time: string) => (await accountBooks(desk.services, { accounts: (await listAccounts(desk.database.orm)).filter(({ name }) => name === 'LumpSum'), moment: { asOf: on(date, time), date: tradingDate(date), now: false } }))[0]?.holdings.find(({ symbol }) => symbol === 'ALFA')?.quantity;
    expect([await held('2025-03-04', '18:00'), await held(exDate, '18:00'), await held('2025-03-06', '09:20')]).toEqual([25, 27, 54]);
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('is worked in by a ratio that a person gives where none is published, and not again when it is published', async () => {
    await open();
    // The day is not over, so no stored price shows when it went ex.
    expect(words(await desk.say('ratio is 1:10 bonus on ALFA'))).toMatch(/say the ex-date/);
    const asked = words(await desk.say('ratio is 1:10 bonus on ALFA ex 5 March'));
    expect(asked).toMatch(/1:10 bonus/);
    expect(await position('ALFA')).toMatchObject({ quantity: 25 });
    await desk.press(await question());
    expect(await position('ALFA')).toMatchObject({ quantity: 27, stop: '772.75', target: '1090.9' });
    expect(await stopsAtBroker('ALFA')).toEqual([{ quantity: 27, trigger: '772.75' }]);
    expect(await desk.ask('select a.state, h.basis, h.ex_date::text as date from core.holding_adjustments h join core.actions a on a.id = h.action_id')).toEqual([{ state: 'done', basis: 'GIVEN', date: exDate }]);

    await tell(tenth());
    expect(words(await desk.say('work in ALFA'))).toMatch(/nothing of ALFA that went ex|worked in already|told again/i);
    await moveTo('2025-03-07', '16:00');
    expect(await position('ALFA')).toMatchObject({ quantity: 27 });
    expect(await desk.faultsInBooks()).toEqual([]);
  });
});
