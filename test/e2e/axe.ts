import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }

/** What keeps somebody out: axe's findings of the impacts serious and critical, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Half-way through a fade no colour is the one that people read; what runs for minutes (a card's expiry) is not waited for.
  await page.evaluate(`Promise.race([
    new Promise((done) => setTimeout(done, 2000)),
    Promise.all(document.getAnimations().filter((each) => (each.effect?.getComputedTiming().endTime ?? 0) < 1500).map((each) => each.finished.catch(() => null))),
  ]).then(() => null)`);
  // Through the debugger, since the page's own policy lets no such script in.
  await page.evaluate(axe.source);
  const violations = await page.evaluate<Violation[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}
