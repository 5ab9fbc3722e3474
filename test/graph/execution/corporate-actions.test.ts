import { afterEach, describe, expect, it } from 'vitest';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { writeFacts } from '../../../db/stores/facts.ts';
import { decimal } from '../../../desk/decimal.ts';
import { instant, tradingDate } from '../../../desk/time.ts';
import { type AccountBook, accountBooks } from '../../../tools/book/account-book.ts';
import { valuationsOf } from '../../../tools/book/valuation-days.ts';
import { type FaultDesk, openFaultDesk } from '../../faults/trading.ts';
import { action, homeWithActions, on } from './ex-date-home.ts';

const exDate = '2025-03-05';
const bonus = (symbol: string, more = {}) => action(symbol, exDate, { kind: 'BONUS', factor: 0.5, subject: 'Bonus 1:1', ...more });

describe('a share that is held goes ex', { timeout: 180_000 }, () => {
  let desk: FaultDesk;
  afterEach(() => desk.close());
  const open = async (actions: Parameters<typeof homeWithActions>[0], more = {}): Promise<void> => {
    desk = await openFaultDesk({ database: await homeWithActions(actions), world: { kind: 'replay', asOf: on('2025-03-03', '09:00'), speed: 1, frozen: true }, ...more });
  };
  const moveTo = async (date: string, time: string): Promise<void> => { await desk.feed.advance?.(Date.parse(on(date, time)) - Date.parse(desk.market.now())); await desk.settle(); };
  /** Bought on 3 March at the open. */
  const hold = async (symbols: string | readonly string[], quantity: number, changes = {}): Promise<void> => {
    for (const symbol of typeof symbols === 'string' ? [symbols] : symbols) {
      const last = desk.market.quote(symbol)?.last ?? 0;
      const asked = await desk.entry(symbol, quantity, { bracket: { stop: '950', target: '1100' }, ...changes });
      if (!asked.confirmation) throw new Error(`not asked at ${last}: ${JSON.stringify(asked)}`);
      await desk.press(asked.confirmation.id);
    }
    await moveTo('2025-03-03', '09:20');
  };
  const position = async (symbol: string) => (await desk.ask('select quantity, trim_scale(average_price)::text as average, cost_minor::int as cost, trim_scale(stop_loss)::text as stop, trim_scale(take_profit)::text as target, closed_at, realised_minor::int as realised from core.positions where symbol = $1', [symbol]))[0];
  const book = async (): Promise<AccountBook> => {
    const [found] = await accountBooks(desk.services, { accounts: (await listAccounts(desk.database.orm)).filter(({ name }) => name === 'LumpSum'), moment: { asOf: desk.market.now(), date: desk.market.today(), now: true } });
    if (!found) throw new Error('there is no LumpSum');
    return found;
  };
  const working = (symbol: string) => desk.ask("select category, quantity, trim_scale(trigger_price)::text as trigger, trim_scale(limit_price)::text as limit from core.orders where symbol = $1 and status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN') order by category", [symbol]);
  const atBroker = (symbol: string) => desk.ask("select status, (body::jsonb->>'quantity')::int as quantity, body::jsonb->>'triggerPrice' as trigger, body::jsonb->>'limitPrice' as limit from paper.orders where symbol = $1 and status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED') order by body::jsonb->>'category'", [symbol]);

  it('doubles the shares of a 1:1 bonus at the same cost, with stop and target at half, before its first price', async () => {
    await open([bonus('ALFA')]);
    await hold('ALFA', 10);
    await moveTo('2025-03-04', '16:00');
    const before = await position('ALFA');
    expect(before).toMatchObject({ quantity: 10, stop: '950', target: '1100' });
    await moveTo(exDate, '09:00');
    expect(await position('ALFA')).toMatchObject({ quantity: 20, cost: before?.cost, stop: '475', target: '550', closed_at: null, realised: 0 });
    expect(await working('ALFA')).toEqual([{ category: 'STOP_LOSS', quantity: 20, trigger: '475', limit: null }, { category: 'TAKE_PROFIT', quantity: 20, trigger: null, limit: '550' }]);
    expect(await atBroker('ALFA')).toEqual([{ status: 'OPEN', quantity: 20, trigger: '475', limit: null }, { status: 'OPEN', quantity: 20, trigger: null, limit: '550' }]);
    await moveTo(exDate, '16:00');
    expect(await position('ALFA')).toMatchObject({ quantity: 20, closed_at: null });
    expect(await desk.ask('select count(*)::int as n from core.fills')).toEqual([{ n: 1 }]);
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('does it once, whatever is imported again and however often the desk opens', async () => {
    const database = await homeWithActions([bonus('ALFA')]);
    const world = { kind: 'replay', asOf: on('2025-03-03', '09:00'), speed: 1, frozen: true } as const;
    desk = await openFaultDesk({ database, world });
    await hold('ALFA', 10);
    await moveTo(exDate, '10:00');
    await writeFacts(database.orm, [bonus('ALFA'), bonus('ALFA', { subject: 'BONUS 1:1 ' })], instant('2025-04-30T00:00:00Z'));
    await moveTo('2025-03-06', '16:00');
    expect(await position('ALFA')).toMatchObject({ quantity: 20, stop: '475' });
    expect(await desk.ask("select count(*)::int as n from core.audit_log where kind = 'corporate_action.applied'")).toEqual([{ n: 1 }]);
  });

  it('pays the fraction of a share in cash at the last price before, caused by the corporate action', async () => {
    await open([action('BETA', exDate, { kind: 'BONUS', factor: 2 / 3, subject: 'Bonus 1:2' })]);
    await hold('BETA', 7);
    await moveTo('2025-03-04', '16:00');
    const before = await position('BETA');
    const last = desk.market.quote('BETA')?.last ?? 0;
    await moveTo(exDate, '09:00');
    const cash = Math.round((last * 100) / 3);
    const costOut = Math.round((Number(before?.cost) * 0.5) / 10.5);
    expect(await position('BETA')).toMatchObject({ quantity: 10, cost: Number(before?.cost) - costOut, realised: cash - costOut });
    expect(await desk.ask("select t.kind, e.ledger, e.amount_minor::int as amount from core.ledger_transactions t join core.ledger_entries e on e.transaction_id = t.id where t.corporate_action is not null order by e.ledger")).toEqual([
      { kind: 'ADJUSTMENT', ledger: 'cash', amount: cash }, { kind: 'ADJUSTMENT', ledger: 'realised_pnl', amount: -(cash - costOut) }, { kind: 'ADJUSTMENT', ledger: 'securities', amount: -costOut },
    ]);
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('books a dividend of what was held overnight on its ex-date, and leaves the bracket alone', async () => {
    await open([action('CHAR', exDate, { kind: 'DIVIDEND', factor: 1, amount: decimal('12.5'), subject: 'Dividend - Rs 12.50' })]);
    await hold('CHAR', 8);
    await moveTo(exDate, '16:00');
    expect(await position('CHAR')).toMatchObject({ quantity: 8, stop: '950', target: '1100' });
    expect(await desk.ask("select t.corporate_action as cause, e.ledger, e.amount_minor::int as amount from core.ledger_transactions t join core.ledger_entries e on e.transaction_id = t.id where t.kind = 'DIVIDEND' order by e.ledger")).toEqual([
      { cause: 'corporate-action:CHAR:2025-03-05:DIVIDEND', ledger: 'cash', amount: 10_000 }, { cause: 'corporate-action:CHAR:2025-03-05:DIVIDEND', ledger: 'realised_pnl', amount: -10_000 },
    ]);
  });

  it('merges shares, ten into one, and keeps the most that can be lost', async () => {
    await open([action('DELT', exDate, { kind: 'SPLIT', factor: 10, subject: 'Consolidation 10 into 1' })]);
    await hold('DELT', 30);
    await moveTo(exDate, '16:00');
    expect(await position('DELT')).toMatchObject({ quantity: 3, stop: '9500', target: '11000', closed_at: null });
    expect(await atBroker('DELT')).toMatchObject([{ quantity: 3, trigger: '9500' }, { quantity: 3, limit: '11000' }]);
  });

  it('cancels an entry that rests from before, and closes the questions about it with the reason', async () => {
    await open([bonus('ECHO'), bonus('FOXT')]);
    const resting = await desk.entry('ECHO', 5, { orderType: 'LIMIT', limitPrice: '990', bracket: { stop: '940', target: '1100' } });
    await desk.press(resting.confirmation?.id ?? '');
    await moveTo('2025-03-04', '16:00');
    const asked = await desk.entry('ECHO', 3, { bracket: { stop: '950', target: '1100' } });
    expect(await working('ECHO')).toMatchObject([{ category: 'ENTRY' }]);
    await moveTo(exDate, '16:00');
    expect(await working('ECHO')).toEqual([]);
    expect(await desk.ask('select count(*)::int as n from core.fills')).toEqual([{ n: 0 }]);
    expect(await desk.ask('select state, reason from core.actions where id = $1', [asked.actionId])).toMatchObject([{ state: 'expired', reason: expect.stringContaining('ECHO went ex (1:1 bonus) on 2025-03-05') }]);
  });

  it('holds the stop back from a demerger’s first price, moves stop and target by what that took away, says so, and lets an exit through', async () => {
    const [parted, prices] = [['ALFA', 'BETA'].map((symbol) => action(symbol, exDate, { kind: 'DEMERGER', factor: 1, subject: 'Demerger' })), ['ALFA', 'BETA'].map((symbol) => action(symbol, exDate, { kind: 'OTHER', factor: 0.8, subject: '' }))];
    desk = await openFaultDesk({ database: await homeWithActions(parted, { untold: prices }), world: { kind: 'replay', asOf: on('2025-03-03', '09:00'), speed: 1, frozen: true } });
    await hold(['ALFA', 'BETA'], 10);
    await moveTo(exDate, '09:00');
    const notices: string[] = [];
    desk.onNotice(({ text }) => notices.push(text));
    for (let n = 0; n < 2; n += 1) await desk.jobs.run('told_adjustments');
    expect(notices).toEqual(['ALFA', 'BETA'].map((symbol) => `${symbol} goes ex its demerger today. What that takes out of the price is known with the first trade, so the stop of 950 is held back until then and moved by as much. An exit that you ask for meanwhile goes out as always.`));
    const [beta] = await desk.ask<{ id: string }>("select id::text from core.positions where symbol = 'BETA'");
    const left = await desk.propose({ kind: 'exit', accountId: await desk.account('LumpSum'), symbol: 'BETA', exchange: 'NSE', positionId: beta?.id ?? '', orderType: 'MARKET' } as never);
    await desk.press(left.confirmation?.id ?? '');
    const before = await position('ALFA');
    const cum = await book();
    await moveTo(exDate, '09:16');
    const [prior, opened] = await desk.ask<{ open: number; close: number }>("select open::float8, close::float8 from core.bars_daily where symbol = 'ALFA' and date in ('2025-03-04', $1) order by date", [exDate]);
    const factor = (opened?.open ?? 0) / (prior?.close ?? 1);
    const [stop, target] = [(Math.ceil((950 * factor) / 0.05 - 1e-9) * 0.05).toFixed(2), (Math.floor((1100 * factor) / 0.05 + 1e-9) * 0.05).toFixed(2)].map((price) => String(Number(price)));
    expect(await position('ALFA')).toEqual({ ...before, stop, target });
    expect(await atBroker('ALFA')).toEqual([{ status: 'OPEN', quantity: 10, trigger: stop, limit: null }, { status: 'OPEN', quantity: 10, trigger: null, limit: target }]);
    // Neither its gain of today nor its loss is what was parted from it.
    expect(desk.market.quote('ALFA')?.previousClose).toBe(opened?.open);
    expect(await position('BETA')).toMatchObject({ quantity: 0 });
    expect(await desk.ask("select o.category, o.quantity from core.fills f join core.orders o on o.id = f.order_id where o.symbol = 'BETA' and o.side = 'SELL'")).toEqual([{ category: 'EXIT', quantity: 10 }]);
    // Neither the account nor the switches take for a loss what was parted: it is expected, and nothing that could be spent.
    const ex = await book();
    const worth = [...ex.expected].map(({ worthMinor }) => worthMinor).reduce((sum, each) => sum + each, 0);
    const [sale] = await desk.ask<{ charges: number; proceeds: number; opened: number }>("select f.charges_minor::float8 as charges, f.price::float8 * 1000 as proceeds, b.open::float8 * 1000 as opened from core.fills f join core.orders o on o.id = f.order_id join core.bars_daily b on b.symbol = 'BETA' and b.date = $1 where o.symbol = 'BETA' and o.side = 'SELL'", [exDate]);
    expect(ex.expected.map(({ symbol, quantity }) => [symbol, quantity]).sort()).toEqual([['ALFA', 10], ['BETA', 10]]);
    expect(ex.expected.find(({ symbol }) => symbol === 'ALFA')?.worthMinor).toBeCloseTo(((prior?.close ?? 0) - (opened?.open ?? 0)) * 1000, -1);
    expect(Math.abs((ex.equityMinor ?? 0) - (cum.equityMinor ?? 0) + (sale?.charges ?? 0) + (sale?.opened ?? 0) - (sale?.proceeds ?? 0))).toBeLessThan(10);
    expect((ex.equityMinor ?? 0) - (ex.tradableEquityMinor ?? 0)).toBe(worth);
    await desk.jobs.run('risk_snapshots');
    expect(await desk.ask("select equity_minor::float8 as equity from core.risk_snapshots where account_id = $1 order by at desc limit 1", [ex.account.id])).toEqual([{ equity: ex.equityMinor }]);
    expect(JSON.stringify(await desk.say('what do I hold in LumpSum'))).toContain('Expected: shares of the parted company, of ALFA (ex 5 March');
    await moveTo('2025-03-06', '16:00');
    expect(await position('ALFA')).toMatchObject({ quantity: 10, stop, closed_at: null });
    await desk.jobs.run('end_of_day');
    const held = await book();
    expect(await desk.ask('select equity_minor::float8 as equity from core.portfolio_snapshots where account_id = $1 order by day desc limit 1', [held.account.id])).toEqual([{ equity: held.equityMinor }]);
    const { ends } = await valuationsOf(desk.services, { accountIds: [held.account.id], span: { from: tradingDate('2025-03-03'), to: tradingDate('2025-03-06'), label: '' }, moment: { asOf: desk.market.now(), date: desk.market.today(), now: true } });
    expect(ends.at(-1)?.equityMinor).toBe(held.equityMinor);
    await desk.jobs.run('told_adjustments');
    expect(notices.slice(2).filter((text) => text.startsWith('ALFA'))).toEqual([expect.stringMatching(/^ALFA demerger: its first price was \d+ % below|^ALFA demerger: its first price was 19\.\d % below/)]);
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('moves stop and target by the theoretical price after a rights issue before it opens, and leaves them where the right is worth nothing', async () => {
    await open([action('CHAR', exDate, { kind: 'RIGHTS', factor: 1, amount: decimal('600'), subject: 'Rights 1:4 @ Rs 600' }), action('DELT', exDate, { kind: 'RIGHTS', factor: 1, amount: decimal('2000'), subject: 'Rights 1:4 @ Rs 2000' })]);
    await hold(['CHAR', 'DELT'], 8);
    const stopOf = async (symbol: string) => (await desk.ask<{ id: string }>("select client_order_id as id from core.orders where symbol = $1 and category = 'STOP_LOSS' and status = 'OPEN'", [symbol]))[0]?.id;
    const resting = await stopOf('DELT');
    await moveTo('2025-03-04', '16:00');
    const cum = desk.market.quote('CHAR')?.last ?? 0;
    await moveTo(exDate, '00:05');
    const factor = (4 * cum + 600) / 5 / cum;
    expect(await position('CHAR')).toMatchObject({ quantity: 8, stop: String(Number((Math.ceil((950 * factor) / 0.05 - 1e-9) * 0.05).toFixed(2))), realised: 0 });
    expect(desk.market.quote('CHAR')?.last).toBeCloseTo(cum * factor, 6);
    expect([await position('DELT'), await stopOf('DELT')]).toMatchObject([{ quantity: 8, stop: '950' }, resting]);
    expect(await desk.ask("select symbol, price_factor::float8 as factor from core.holding_adjustments order by symbol")).toEqual([{ symbol: 'CHAR', factor: expect.closeTo(factor, 9) }, { symbol: 'DELT', factor: 1 }]);
  });

  it('puts to a person what is told after its prices have met the orders, and does nothing by itself', async () => {
    await open([]);
    await hold('ALFA', 10);
    await moveTo(exDate, '10:00');
    await writeFacts(desk.database.orm, [bonus('ALFA')], instant('2025-04-30T00:00:00Z'));
    await desk.settle();
    expect(await position('ALFA')).toMatchObject({ quantity: 10, stop: '950' });
    expect(await desk.ask("select payload::jsonb->>'sentence' as sentence from core.audit_log where kind = 'reconcile.ambiguous'")).toEqual([{ sentence: expect.stringContaining('ALFA went ex on 2025-03-05 (Bonus 1:1), which was not known before') }]);
    await desk.settle();
    expect(await desk.ask("select count(*)::int as n from core.audit_log where kind = 'reconcile.ambiguous'")).toEqual([{ n: 1 }]);
  });
});
