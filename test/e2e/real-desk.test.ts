import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskProcess, parapet, startDesk } from '../helpers/desk-process.ts';
import { desktop, noBrowser, openBrowser, openPage, say, shoot } from './browser.ts';

const home = mkdtempSync(join(tmpdir(), 'parapet-e2e-'));
let browser: Browser;
let desk: DeskProcess;

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  desk = await startDesk({ home, arguments: ['--sim-seed', '7'] });
});
afterAll(async () => {
  if (noBrowser) return;
  await browser.close();
  await desk.stop();
  rmSync(home, { recursive: true, force: true });
});

const pending = '.MessageList .card[data-state="PENDING"]';
async function signIn(): Promise<Page> {
  const { page } = await openPage(browser, desktop);
  await page.goto(desk.signInUrl);
  await page.getByRole('combobox', { name: 'Message to the desk' }).waitFor();
  return page;
}
interface ListedOrder { symbol: string; category: string; status: string }
const orders = async (): Promise<ListedOrder[]> => {
  const { out } = await parapet({ home, args: ['tool', 'call', 'orders', '--json', '{}'] });
  return (JSON.parse(out) as { output: { orders: ListedOrder[] } }).output.orders;
};

interface Mover { symbol: string; changePercent: number }
/** Shares from the one that has moved least: a quick one may leave the band that a yes covers while the desk is down. */
async function calmShares(): Promise<string[]> {
  const { out } = await parapet({ home, args: ['tool', 'call', 'market_movers', '--json', '{"limit":50}'] });
  const { gainers, losers } = (JSON.parse(out) as { output: { gainers: Mover[]; losers: Mover[] } }).output;
  return [...gainers, ...losers].sort((a, b) => Math.abs(a.changePercent) - Math.abs(b.changePercent)).map(({ symbol }) => symbol);
}

/** Asks for five shares, kills the desk while the question is open, and says yes to the one that comes up in its place. `nth`: from 0. */
async function buyAcrossADeath(symbol: string, nth: number): Promise<{ page: Page; number: string; sent: boolean }> {
  let page = await signIn();
  await say(page, `buy 5 ${symbol} in LumpSum`);
  const card = page.locator('.MessageList .card').nth(nth);
  await card.waitFor({ timeout: 60_000 });
  await shoot(page, 'real-01-card');
  const number = /card (\d+)/i.exec(await card.innerText())?.[1] ?? '';
  if ((await card.getAttribute('data-state')) !== 'PENDING') return { page, number, sent: false };
  await desk.kill();
  desk = await startDesk({ home });
  page = await signIn();
  await page.locator(pending).waitFor({ timeout: 60_000 });
  const answers = page.getByText(/Sent: working at the broker|Filled 5 at|Not sent: .* (?:a|the) yes covers/);
  const before = await answers.count();
  await say(page, `/approve ${number}`);
  await answers.nth(before).waitFor({ timeout: 60_000 });
  return { page, number, sent: !(await answers.last().innerText()).includes('Not sent') };
}

describe.skipIf(noBrowser)('the desk as it is started', () => {
  it('takes a typed order to one paper order, also when it is killed while the question is open', async () => {
    let [symbol, number, page]: [string, string, Page | undefined] = ['', '', undefined];
    let sent = false;
    for (const [nth, calm] of (await calmShares()).slice(0, 4).entries()) {
      symbol = calm;
      ({ number, page, sent } = await buyAcrossADeath(symbol, nth));
      if (sent) break;
      expect(await orders(), 'it was refused, so nothing may have been sent').toEqual([]);
    }
    if (!page) throw new Error('nothing has moved and nothing has stood still: there are no shares');
    await say(page, `/approve ${number}`);
    await page.getByText(/Already confirmed by you/).first().waitFor({ timeout: 30_000 });
    await expect.poll(async () => (await orders()).filter((order) => order.symbol === symbol).map((order) => `${order.category} ${order.status}`).sort(), { timeout: 60_000, interval: 2000 })
      .toEqual(['ENTRY FILLED', 'STOP_LOSS OPEN', 'TAKE_PROFIT OPEN']);
    await say(page, 'what do I hold');
    await page.getByText(symbol).last().waitFor({ timeout: 30_000 });
    await say(page, `show the audit for card ${number}`);
    await page.getByText(/confirmed by (you|owner)/).first().waitFor({ timeout: 30_000 });
    await shoot(page, 'real-02-story');
  }, 400_000);

  it('verifies its own audit, and names the entry that was touched', async () => {
    const file = join(home, 'audit.jsonl');
    expect((await parapet({ home, args: ['audit', 'export', '--out', file] })).code).toBe(0);
    const whole = await parapet({ home, args: ['audit', 'verify', file, '--json'] });
    expect(JSON.parse(whole.out)).toMatchObject({ ok: true, firstBad: null, provedThrough: null });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const touched = lines.findIndex((line) => line.includes('"kind":"action.confirmed"'));
    writeFileSync(file, lines.map((line, i) => (i === touched ? line.replace('"actor":"', '"actor":"x') : line)).join('\n'));
    const broken = await parapet({ home, args: ['audit', 'verify', file, '--json'] });
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ ok: false, firstBad: { sequence: touched + 1 } });
  }, 120_000);
});
