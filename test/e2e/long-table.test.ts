import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noBrowser, openBrowser, openPage, until } from './browser.ts';
import { openManyPositions } from './many-positions.ts';

let browser: Browser;
let web: Awaited<ReturnType<typeof openManyPositions>>;
beforeAll(async () => { if (!noBrowser) [browser, web] = [await openBrowser(), await openManyPositions(500)]; });
afterAll(async () => { if (!noBrowser) { await browser.close(); await web.close(); } });

describe.skipIf(noBrowser)('a table of five hundred rows', () => {
  it('draws those in sight alone, at their places, down to the last one, and goes on to live there', async () => {
    const { page, context, complaints } = await openPage(browser, { name: 'long', width: 1440, height: 900, theme: 'light' });
    await page.goto(web.signInUrl());
    await page.getByText('Ask the desk').waitFor();
    await page.goto(`${web.url}/desk`);
    const table = page.locator('.grid table[aria-rowcount="501"]').first();
    await table.waitFor();
    const drawn = (): Promise<number> => table.locator('tbody tr[aria-rowindex]').count();
    expect(await drawn()).toBeLessThan(80);
    const heights = (): Promise<[number, number]> => page.evaluate('(() => { const box = document.querySelector(".grid .table-scroll"); return [box.scrollHeight, box.clientHeight]; })()');
    const [whole] = await heights();
    // As tall as if all were drawn: a bar that tells where one is.
    const row = await table.evaluate((element) => { const lines = [...element.querySelectorAll('tbody tr[aria-rowindex]')]; return ((lines.at(-1)?.getBoundingClientRect().bottom ?? 0) - (lines[0]?.getBoundingClientRect().top ?? 0)) / lines.length; });
    expect(Math.abs(whole - 501 * row)).toBeLessThan(2 * row);

    await page.evaluate('document.querySelector(".grid .table-scroll").scrollTop = 1e9');
    const last = table.getByText('SYM499', { exact: true });
    await last.waitFor();
    expect(await last.evaluate((element) => element.closest('tr')?.getAttribute('aria-rowindex'))).toBe('501');
    expect(await drawn()).toBeLessThan(80);
    expect(Math.abs((await heights())[0] - whole)).toBeLessThan(2 * row);
    const price = table.locator('tr[aria-rowindex="501"] td').nth(3);
    const before = await price.textContent();
    for (let n = 0; n < 5; n += 1) web.change();
    await until(page, `document.querySelector('.grid tr[aria-rowindex="501"] td:nth-of-type(4)').textContent !== ${JSON.stringify(before)}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is walked by keys past what was drawn at first', async () => {
    const { page, context } = await openPage(browser, { name: 'long', width: 1440, height: 900, theme: 'dark' });
    await page.goto(web.signInUrl());
    await page.getByText('Ask the desk').waitFor();
    await page.goto(`${web.url}/desk`);
    await page.getByRole('button', { name: 'Show SYM0', exact: true }).focus();
    for (let n = 0; n < 50; n += 1) await page.keyboard.press('j');
    await until(page, 'document.activeElement?.getAttribute("aria-label") === "Show SYM50"');
    expect(await page.getByRole('button', { name: 'Show SYM50', exact: true }).isVisible()).toBe(true);
    await context.close();
  }, 120_000);
});
