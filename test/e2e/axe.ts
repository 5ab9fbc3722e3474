import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }

/** What keeps somebody out: axe's findings of the impacts serious and critical, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Half-way through a fade no colour is the one that people read, and one may begin at any time (a button wakes 600 ms after it is seen):
  // looked at as who wants no motion sees it.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))');
  // Through the debugger, since the page's own policy lets no such script in.
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)');
  await page.emulateMedia({ reducedMotion: null });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}
