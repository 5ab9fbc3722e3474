import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskProcess, startDesk } from '../helpers/desk-process.ts';
import { seriousFindings } from './axe.ts';
import { desktop, noBrowser, openBrowser, openPage, outputFolder, overflow, pageFolder, say, until, type Look } from './browser.ts';

const home = mkdtempSync(join(tmpdir(), 'parapet-pages-'));
let browser: Browser;
let desk: DeskProcess;
let base = '';
let cookies: Awaited<ReturnType<BrowserContext['cookies']>> = [];

const looks: Look[] = (['light', 'dark'] as const).flatMap((theme) =>
  [{ width: 1440, height: 900 }, { width: 820, height: 1100 }, { width: 390, height: 844 }].map((size) => ({ name: `${size.width}-${theme}`, theme, ...size })),
);
const parts = ['desk', 'approvals', 'portfolio', 'discover', 'options', 'options?view=structure', 'risk', 'treasury', 'learning', 'audit', 'monitoring', 'settings'] as const;

/** Signed in by the same session, whatever the look. */
async function opened(look: Look, path: string): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const open = await openPage(browser, look);
  await open.context.addCookies(cookies);
  await open.page.goto(base + path);
  return open;
}
/** Everything that a page asked for is there: no skeleton is left. */
const settled = (page: Page): Promise<void> =>
  until(page, 'document.querySelector(".desk-page") && !document.querySelector(".desk-page [aria-busy], .desk-page .skeleton")');

/** Buys until something is held: a quick market may move out of the band that a yes covers. */
async function holdSomething(page: Page): Promise<void> {
  for (let tries = 0; tries < 6; tries += 1) {
    await say(page, 'find me a trade in the LumpSum account');
    const confirm = page.locator('.MessageList .card[data-state="PENDING"] [data-press=confirm][aria-disabled=false]').last();
    await confirm.waitFor({ timeout: 30_000 });
    await confirm.click();
    await until(page, '!document.querySelector(\'.MessageList .card[data-state="PENDING"], .MessageList .card[data-state="APPROVED"]\')', 30_000);
    if ((await page.locator('.MessageList .card[data-state="FILLED"]').count()) > 0) return;
  }
  throw new Error('nothing was bought in six tries');
}

beforeAll(async () => {
  if (noBrowser) return;
  browser = await openBrowser();
  desk = await startDesk({ home, arguments: ['--sim-seed', '7'] });
  const { page, context } = await openPage(browser, desktop);
  await page.goto(desk.signInUrl);
  await page.getByRole('combobox', { name: 'Message to the desk' }).waitFor();
  base = new URL(desk.signInUrl).origin;
  await holdSomething(page);
  await say(page, 'find me a trade in the SIP account');
  await until(page, '!document.querySelector(".progress")');
  cookies = await context.cookies();
  await context.close();
  mkdirSync(outputFolder, { recursive: true });
});
afterAll(async () => {
  if (noBrowser) return;
  await browser.close();
  await desk.stop();
  rmSync(home, { recursive: true, force: true });
});

describe.skipIf(noBrowser)('the parts of the web desk', () => {
  it.each(looks)('show what the desk says, without a fault or a serious finding, at $name', async (look) => {
    const { page, context, complaints } = await opened(look, '/desk');
    const found: Record<string, unknown> = {};
    for (const part of parts) {
      if (part !== 'desk') await page.goto(`${base}/${part}`);
      await settled(page);
      const wrong = [...(await page.locator('.fault').allInnerTexts()), ...(await seriousFindings(page))];
      const wider = await overflow(page);
      // A part scrolls in its own frame; the window has nothing below its edge to scroll to.
      const taller = await page.evaluate('document.scrollingElement.scrollHeight - innerHeight');
      if (wrong.length > 0 || wider > 0 || taller !== 0) found[part] = { wrong, wider, taller };
      await page.screenshot({ path: `${outputFolder}page-${part.replace(/\W/g, '-')}-${look.name}.png` });
    }
    expect(found).toEqual({});
    expect(complaints).toEqual([]);
    await context.close();
  }, 240_000);

  it('come with at most 350 kB of script before anything is looked at, compressed', () => {
    const index = readFileSync(`${pageFolder}index.html`, 'utf8');
    const scripts = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path]) => path ?? '');
    expect(scripts.length).toBeGreaterThan(0);
    // What the first script asks for at once is named in the page; the parts are not.
    expect(scripts.join()).not.toMatch(/candles|equity-chart|options/);
    const bytes = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(pageFolder + path)).length, 0);
    expect(bytes).toBeLessThan(350_000);
  });

  it('leads from the audit to the record behind a trade in three presses', async () => {
    const { page, context } = await opened(desktop, '/desk');
    await settled(page);
    await page.getByRole('link', { name: 'Audit' }).click();
    await page.getByRole('button', { name: /story of BUY/ }).last().click();
    await page.locator('.desk-page .timeline button').first().click();
    await page.locator('.sheet .record h3').waitFor();
    // The record is an address of its own: somebody else of the desk can be shown it.
    const shown = page.url();
    expect(shown).toMatch(/\/audit\/[\w-]+\?show=evidence:/);
    const title = await page.locator('.sheet .record h3').innerText();
    await page.goto(shown);
    await page.locator('.sheet .record h3').waitFor();
    expect(await page.locator('.sheet .record h3').innerText()).toBe(title);
    await page.goBack();
    await context.close();
  });

  it('keeps every state in the address, back and forward among them', async () => {
    const { page, context } = await opened(desktop, '/portfolio?account=LumpSum&period=all&by=symbol');
    await settled(page);
    expect(await page.getByRole('combobox', { name: 'Account' }).inputValue()).toBe('LumpSum');
    expect(await page.getByRole('group', { name: 'Period' }).getByRole('button', { name: 'All' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('link', { name: 'Risk' }).click();
    await page.waitForURL('**/risk?account=LumpSum');
    await page.goBack();
    await page.waitForURL('**/portfolio?account=LumpSum&period=all&by=symbol');
    await settled(page);
    expect(await page.getByRole('group', { name: 'Profit by' }).getByRole('button', { name: 'Symbol' }).getAttribute('aria-pressed')).toBe('true');
    await page.goForward();
    await page.locator('h2', { hasText: 'Switches' }).waitFor();
    await context.close();
  });

  it('goes to a part and speaks to the desk by keys alone', async () => {
    const { page, context } = await opened(desktop, '/desk');
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('treas');
    await page.getByRole('option', { name: /^Treasury/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('h2', { hasText: 'Funding plans' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('how much cash do I have');
    await page.keyboard.press('Enter');
    // The answer comes beside the page that was open, not instead of it.
    await page.getByRole('complementary', { name: 'Conversation' }).getByText('how much cash do I have').waitFor();
    expect(new URL(page.url()).pathname).toBe('/treasury');
    await page.keyboard.press('Escape');
    await page.goto(`${base}/audit`);
    await settled(page);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.desk-page .timeline').waitFor();
    await page.keyboard.press('?');
    await page.getByText('These keys').waitFor();
    await context.close();
  });

  it('changes nothing by itself: what a page offers is put into the conversation and waits there', async () => {
    const { page, context } = await opened(desktop, '/risk');
    await settled(page);
    await page.getByRole('button', { name: 'Kill' }).first().click();
    await expect.poll(() => page.getByRole('combobox', { name: 'Message to the desk' }).inputValue()).toBe('/kill');
    expect(await page.locator('.switches .guard').first().innerText()).toBe('ACTIVE');
    await context.close();
  });

  it('groups numbers as the person likes, on every part and after a reload', async () => {
    const { page, context } = await opened(desktop, '/settings');
    await settled(page);
    expect(await page.locator('.desk-page').innerText()).toMatch(/₹\d{1,2},\d{2},\d{3}/);
    await page.getByRole('button', { name: '1,234,567' }).click();
    await page.goto(`${base}/treasury`);
    await settled(page);
    expect(await page.locator('.desk-page').innerText()).toMatch(/₹1,\d{3},\d{3}/);
    expect(await page.locator('.desk-page').innerText()).not.toMatch(/₹\d{1,2},\d{2},\d{3}/);
    await context.close();
  });

  it('moves nothing on the page while prices change, and flashes nothing for who wants less motion', async () => {
    const { page, context } = await opened(desktop, '/desk');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await settled(page);
    await page.evaluate(`window.shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; }).observe({ type: 'layout-shift' })`);
    const price = page.locator('.quote strong');
    const before = await price.innerText();
    await expect.poll(() => price.innerText(), { timeout: 30_000 }).not.toBe(before);
    expect(await page.evaluate('window.shift')).toBeLessThan(0.02);
    expect(await page.evaluate('document.getAnimations().length')).toBe(0);
    await context.close();
  });
});
