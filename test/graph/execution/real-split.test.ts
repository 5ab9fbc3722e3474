import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImportSink } from '../../../db/stores/import-sink.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { taxLots } from '../../../desk/portfolio/tax-lots.ts';
import { dateIn, instant, tradingDate } from '../../../desk/time.ts';
import { importPath } from '../../../feeds/importers/import-path.ts';
import { accountBooks } from '../../../tools/book/account-book.ts';
import { profitBySymbol } from '../../../tools/book/profit-by-symbol.ts';
import { valuationsOf } from '../../../tools/book/valuation-days.ts';
import { noSharedFiles, sharedFile, TODAY } from '../../feeds/importers/shared-files.ts';
import { openFaultDesk, type FaultDesk } from '../../faults/trading.ts';
import { openTestDatabase } from '../../helpers/database.ts';
import { on } from './ex-date-home.ts';

/** Rows of the real panel, as they are: the share that splits, and enough others for a day to count as a session. */
const kept = new Set(['APLAPOLLO', 'RELIANCE', 'TCS', 'INFY', 'SBIN', 'TITAN', 'NIFTY']);

describe.skipIf(noSharedFiles)('APL Apollo Tubes, split from ₹10 to ₹2 on 15 December 2020, held over the ex-date in a replay', { timeout: 240_000 }, () => {
  let desk: FaultDesk;
  const folder = mkdtempSync(join(tmpdir(), 'parapet-split-'));
  beforeAll(async () => {
    const panel = gunzipSync(readFileSync(sharedFile('01_equity_daily/nse_eod_panel/nse_eod_panel_2019-10_2020-12.csv.gz'))).toString('utf8').split('\n');
    writeFileSync(join(folder, 'nse_eod_panel_2020.csv.gz'), gzipSync(panel.filter((line, n) => n === 0 || (line >= '2020-06' && kept.has(line.split(',')[1] ?? ''))).join('\n')));
    const database = await openTestDatabase();
    for (const path of [folder, sharedFile('05_symbol_master/EQUITY_L.csv.gz'), sharedFile('06_corporate/nse_pr_bundle/PR091220.zip')]) await importPath({ path, sink: createImportSink(database, () => instant('2026-11-20')), today: TODAY, clock: () => instant('2026-11-20') });
    desk = await openFaultDesk({ database, world: { kind: 'replay', asOf: on('2020-12-11', '09:00'), speed: 1, frozen: true } });
  }, 240_000);
  afterAll(async () => { await desk?.close(); rmSync(folder, { recursive: true, force: true }); });
  const moveTo = async (date: string, time: string): Promise<void> => { await desk.feed.advance?.(Date.parse(on(date, time)) - Date.parse(desk.market.now())); await desk.settle(); };
  const position = async () => (await desk.ask("select quantity, cost_minor::int as cost, trim_scale(stop_loss)::text as stop, trim_scale(take_profit)::text as target, closed_at from core.positions where symbol = 'APLAPOLLO'"))[0];

  it('is five times the shares at the same cost, behind a fifth of the stop, with a worth that does not jump, and its owner is told', async () => {
    const asked = await desk.entry('APLAPOLLO', 8, { bracket: { stop: '3400', target: '4500' } });
    expect(asked.gateReport.checks.filter(({ passed, severity }) => !passed && severity === 'BLOCK')).toEqual([]);
    await desk.press(asked.confirmation?.id ?? '');
    await moveTo('2020-12-14', '16:00');
    const before = await position();
    expect(before).toMatchObject({ quantity: 8, stop: '3400', target: '4500', closed_at: null });
    await moveTo('2020-12-15', '00:01');
    expect(await position()).toMatchObject({ quantity: 40, cost: before?.cost, stop: '680', target: '900', closed_at: null });
    const close = desk.market.quote('APLAPOLLO')?.last ?? 0;
    await moveTo('2020-12-15', '16:00');
    expect(await position()).toMatchObject({ quantity: 40, closed_at: null });
    expect(await desk.ask("select category, quantity, trim_scale(coalesce(trigger_price, limit_price))::text as price from core.orders where status = 'OPEN' order by category")).toEqual([{ category: 'STOP_LOSS', quantity: 40, price: '680' }, { category: 'TAKE_PROFIT', quantity: 40, price: '900' }]);
    const quote = desk.market.quote('APLAPOLLO');
    expect(quote?.previousClose).toBeCloseTo(close, 6);
    expect(Math.abs((quote?.last ?? 0) / close - 1)).toBeLessThan(0.1);
    const notices: string[] = [];
    desk.onNotice(({ text }) => notices.push(text));
    await desk.jobs.run('told_adjustments');
    await desk.jobs.run('told_adjustments');
    expect(notices).toEqual(['APLAPOLLO split of 1 into 5 shares: you now hold 40, before 8; stop 3,400 → 680; target 4,500 → 900. Orders of before the ex-date 2020-12-15 were cancelled.']);
    expect(await desk.faultsInBooks()).toEqual([]);
  });

  it('makes on the ex-date what the exchange’s own prices moved, in the worth of each day and in the profit of the share', async () => {
    const accountIds = [await desk.account('LumpSum')];
    const [from, to] = [tradingDate('2020-12-14'), tradingDate('2020-12-15')];
    const moment = { asOf: desk.market.now(), date: desk.market.today(), now: true };
    const { ends, trades: fills, adjustments, closeOf } = await valuationsOf(desk.services, { accountIds, span: { from, to, label: '' }, moment });
    const closes = await desk.ask<{ close: number }>("select close::float8 as close from core.bars_daily where symbol = 'APLAPOLLO' and date between $1 and $2 order by date", [from, to]);
    const moved = Math.round(40 * 100 * ((closes[1]?.close ?? 0) - (closes[0]?.close ?? 0) / 5));
    const worth = (date: string): number => ends.find((day) => day.date === date)?.equityMinor ?? Number.NaN;
    expect(closes).toHaveLength(2);
    expect(Math.abs(worth(to) - worth(from) - moved)).toBeLessThanOrEqual(1);
    const [profit] = profitBySymbol({ fills, adjustments, span: { from: to, to, label: '' }, closeOf, zone: desk.market.zone });
    expect(Math.abs((profit?.pnlMinor ?? Number.NaN) - moved)).toBeLessThanOrEqual(1);
    const [book] = await accountBooks(desk.services, { accounts: (await listAccounts(desk.database.orm)).filter(({ name }) => name === 'LumpSum'), moment });
    expect(Math.abs((book?.todayPnlMinor ?? Number.NaN) - moved)).toBeLessThanOrEqual(100);
    const earlier = await accountBooks(desk.services, { accounts: (await listAccounts(desk.database.orm)).filter(({ name }) => name === 'LumpSum'), moment: { asOf: on('2020-12-14', '18:00'), date: from, now: false } });
    expect(earlier[0]?.holdings).toMatchObject([{ symbol: 'APLAPOLLO', quantity: 8 }]);
    const open = taxLots(fills.map((fill) => ({ ...fill, date: dateIn(fill.happenedAt, desk.market.zone) })), adjustments.map((row) => ({ ...row, date: row.exDate }))).open;
    expect(open).toMatchObject([{ symbol: 'APLAPOLLO', quantity: 40, openedOn: '2020-12-14' }]);
  });
});
