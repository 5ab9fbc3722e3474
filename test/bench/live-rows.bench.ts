import { noBrowser, openBrowser, openPage } from '../e2e/browser.ts';
import { openManyPositions } from '../e2e/many-positions.ts';

export const name = 'live-rows';

const rows = 500;
const changesASecond = 10;
const seconds = 10;

/** The desk's page with 500 positions of which every price changes ten times a second, in headless Chromium: frames drawn a second. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  if (noBrowser) throw new Error(noBrowser);
  const web = await openManyPositions(rows);
  const browser = await openBrowser();
  const timer = setInterval(web.change, 1_000 / changesASecond);
  try {
    const { page } = await openPage(browser, { name: 'bench', width: 1440, height: 900, theme: 'light' });
    await page.goto(web.signInUrl());
    await page.getByText('Ask the desk').waitFor();
    await page.goto(`${web.url}/desk`);
    await page.locator(`.grid table[aria-rowcount="${rows + 1}"]`).first().waitFor();
    const measured = await page.evaluate<{ frames: number; changes: number; longestMs: number; ms: number }>(`new Promise((resolve) => {
      const started = performance.now();
      let [frames, changes, last, longest, before] = [0, 0, started, 0, ''];
      const frame = (now) => {
        frames += 1;
        longest = Math.max(longest, now - last);
        last = now;
        const text = document.querySelector('.grid tbody td.gain, .grid tbody td.loss')?.textContent ?? '';
        if (text !== before) { changes += 1; before = text; }
        if (now - started < ${seconds * 1_000}) requestAnimationFrame(frame);
        else resolve({ frames, changes, longestMs: longest, ms: now - started });
      };
      requestAnimationFrame(frame);
    })`);
    return [
      { metric: `frames a second with ${rows} rows that change ${changesASecond} times a second`, value: (measured.frames * 1_000) / measured.ms, unit: 'fps' },
      { metric: 'longest frame', value: measured.longestMs, unit: 'ms' },
      { metric: 'of these changes drawn a second (four are meant for eyes)', value: (measured.changes * 1_000) / measured.ms, unit: '1/s' },
    ];
  } finally {
    clearInterval(timer);
    await browser.close();
    await web.close();
  }
}
