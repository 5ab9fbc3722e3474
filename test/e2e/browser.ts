import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** Debian's chromium, or the one that CHROMIUM_PATH names. Without one the browser tests are skipped, and say so. */
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const noBrowser = existsSync(chromiumPath) ? false : `no browser at ${chromiumPath}: apt-get install chromium, or set CHROMIUM_PATH`;
if (noBrowser) process.stderr.write(`browser tests skipped: ${noBrowser}\n`);

export const outputFolder = fileURLToPath(new URL('./output/', import.meta.url));
export const pageFolder = fileURLToPath(new URL('../../dist/web/', import.meta.url));

export interface Look {
  name: string;
  width: number;
  height: number;
  theme: 'light' | 'dark';
}
export const looks: Look[] = (['light', 'dark'] as const).flatMap((theme) => [
  { name: `desktop-${theme}`, width: 1440, height: 900, theme },
  { name: `phone-${theme}`, width: 390, height: 844, theme },
]);
export const desktop: Look = { name: 'desktop', width: 1440, height: 900, theme: 'light' };
export const isPhone = (look: Look): boolean => look.width < 860;

export const openBrowser = (): Promise<Browser> => {
  if (!existsSync(`${pageFolder}index.html`)) throw new Error('the page is not built: run `vite build channels/web/app` first');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
};
export interface OpenPage {
  page: Page;
  context: BrowserContext /** Whatever the browser complained about, a refused script or font among it. */;
  complaints: string[];
}
export async function openPage(browser: Browser, look: Look): Promise<OpenPage> {
  const phone = isPhone(look);
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    hasTouch: phone,
    isMobile: phone,
    deviceScaleFactor: phone ? 2 : 1,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== '127.0.0.1' && !request.url().startsWith('data:')) complaints.push(`asked ${request.url()}`);
  });
  return { page, context, complaints };
}
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(outputFolder, { recursive: true });
  // A sheet slides in for 160 ms; buttons wake after 600 ms.
  await page.waitForTimeout(700);
  await page.screenshot({ path: `${outputFolder}${name}.png` });
}
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Message to the desk' }).fill(text);
  await page.keyboard.press('Enter');
}
/** Pixels by which the page is wider than its window. */
export const overflow = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth - innerWidth');
/** Resolves once the expression is true in the page. Asked through the debugger: the page's own policy evaluates nothing. */
export async function until(page: Page, expression: string, timeoutMs = 60_000): Promise<void> {
  for (const endMs = Date.now() + timeoutMs; Date.now() < endMs; await page.waitForTimeout(50)) {
    if (await page.evaluate<boolean>(`Boolean(${expression})`)) return;
  }
  throw new Error(`not within ${timeoutMs} ms: ${expression}`);
}
