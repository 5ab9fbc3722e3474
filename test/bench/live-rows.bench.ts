import type { DeskState, Person } from '../../channels/conversation-service.ts';
import { createWebServer } from '../../channels/web/server.ts';
import { scriptedReads } from '../channels/web/scripted-reads.ts';
import { memorySessions } from '../channels/web/memory-sessions.ts';
import { scriptedService } from '../channels/web/scripted-service.ts';
import { noBrowser, openBrowser, openPage, pageFolder } from '../e2e/browser.ts';

export const name = 'live-rows';

const rows = 500;
const changesASecond = 10;
const seconds = 10;

/** The desk's page with 500 positions of which every price changes ten times a second, in headless Chromium: frames drawn a second. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  if (noBrowser) throw new Error(noBrowser);
  const scripted = scriptedService();
  const asha: Person = { id: 'p-asha', name: 'Asha', role: 'owner' };
  let changes = 0;
  const positions = (base: DeskState): DeskState['positions'] =>
    Array.from({ length: rows }, (_, index) => {
      const last = 100 + index + Math.sin((changes + index) / 7) * 5;
      const pnl = (last - 100 - index) * 10;
      return { positionId: `p${index}`, accountId: base.accounts[0]?.accountId ?? '', symbol: `SYM${index}`, quantity: 10, averagePrice: 100 + index, last, pnl, pnlPercent: pnl / (100 + index), stop: 90 + index, target: 120 + index, riskLeft: (last - 90 - index) * 10, actionId: null };
    });
  const service = { ...scripted, deskState: async (person: Person): Promise<DeskState> => { const base = await scripted.deskState(person); return { ...base, positions: positions(base) }; } };
  const identity = memorySessions();
  const web = await createWebServer({
    service, read: scriptedReads, identity, port: 0, pageFolder, rateLimitPerMinute: 1_000, socketsPerAddress: 100, nowMs: () => Date.now(),
    health: () => Promise.resolve({ live: true, ready: true, parts: [] }), report: (thrown) => { process.stderr.write(`${String(thrown)}\n`); },
  });
  const browser = await openBrowser();
  const timer = setInterval(() => { changes += 1; scripted.nudge(); }, 1_000 / changesASecond);
  try {
    const { page } = await openPage(browser, { name: 'bench', width: 1440, height: 900, theme: 'light' });
    await page.goto(web.signInUrl(identity.tokenFor(asha)));
    await page.getByText('Ask the desk').waitFor();
    await page.goto(`${web.url}/desk`);
    await page.getByText('SYM499').waitFor({ state: 'attached' });
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
