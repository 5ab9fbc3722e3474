import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskProcess, startDesk } from '../helpers/desk-process.ts';
import { desktop, noBrowser, openBrowser, openPage, shoot } from './browser.ts';

const home = mkdtempSync(join(tmpdir(), 'parapet-settings-'));
let browser: Browser;
let desk: DeskProcess;
let page: Page;
let base = '';

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  desk = await startDesk({ home, arguments: ['--sim-seed', '7'] });
  base = new URL(desk.signInUrl).origin;
  ({ page } = await openPage(browser, desktop));
  await page.goto(desk.signInUrl);
  await composer().waitFor();
});
afterAll(async () => {
  if (noBrowser) return;
  await browser.close();
  await desk.stop();
  rmSync(home, { recursive: true, force: true });
});

const composer = (): Locator => page.getByRole('combobox', { name: 'Message to the desk' });
const part = (name: string): Locator => page.getByRole('region', { name, exact: true }).first();
/** What a part offers stands in the composer, is sent as it is or completed, and its card is confirmed by hand. */
async function sendAndConfirm(words?: string): Promise<void> {
  await composer().waitFor();
  await expect.poll(() => composer().inputValue(), { timeout: 10_000 }).not.toBe('');
  if (words !== undefined) await composer().fill(words);
  await composer().press('Enter');
  const confirm = page.locator('.MessageList .card[data-state="PENDING"] [data-press=confirm][aria-disabled=false]').last();
  await confirm.waitFor();
  await confirm.click();
  await expect.poll(() => page.locator('.MessageList .card[data-state="PENDING"]').count(), { timeout: 30_000 }).toBe(0);
}
const asProgram = async (key: string): Promise<number> =>
  (await fetch(`${base}/api/tools/market_movers`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: '{}' })).status;

describe.skipIf(noBrowser)('what is set up from the page', () => {
  it('is a person by a confirmed card, whose key is shown once, works from its yes on, and no more once it is revoked', async () => {
    await page.goto(`${base}/settings`);
    await page.getByRole('button', { name: 'Add a person …' }).click();
    await sendAndConfirm('add Asha as viewer');
    await part('People').getByText('Asha').waitFor();

    await page.getByLabel('Label of the key').fill('screener');
    await page.getByLabel('Person that it acts for').selectOption('Asha');
    await page.getByRole('button', { name: 'Make a key' }).click();
    const key = await page.locator('.new-key').innerText();
    await shoot(page, 'settings-key');
    expect(await asProgram(key)).toBe(401);
    await page.getByRole('button', { name: 'Propose it' }).click();
    await expect.poll(() => composer().inputValue(), { timeout: 10_000 }).toMatch(/^\/makekey /);
    expect(await composer().inputValue()).not.toContain(key);
    expect(await page.locator('.new-key').count()).toBe(0);
    await sendAndConfirm();
    await part('API keys').getByText('works').waitFor();
    expect(await asProgram(key)).toBe(200);

    await part('API keys').getByRole('button', { name: 'Revoke' }).click();
    await sendAndConfirm();
    await part('API keys').getByText(/revoked/).waitFor();
    expect(await asProgram(key)).toBe(401);
  }, 180_000);

  it('is a test of an alert, which stands in the delivery log', async () => {
    await page.goto(`${base}/settings`);
    await page.getByRole('button', { name: 'Send a test' }).first().click();
    await expect.poll(() => composer().inputValue(), { timeout: 10_000 }).toMatch(/^\/testalert \w+$/);
    await composer().press('Enter');
    await part('Delivery log').getByText(/test/i).first().waitFor();
    await shoot(page, 'settings-alerts');
  }, 120_000);

  it('is looked back on: what the last answers did, step by step', async () => {
    await page.goto(`${base}/monitoring`);
    const turn = page.locator('.turn-steps').first();
    await turn.waitFor();
    expect(await turn.locator('.steps-row').first().isVisible()).toBe(false);
    await turn.locator('summary').press('Enter');
    expect(await turn.locator('.steps-row').first().isVisible()).toBe(true);
    expect(await turn.locator('.steps-time').first().innerText()).toMatch(/\d ms/);
    await shoot(page, 'monitoring-turns');
  }, 120_000);
});
