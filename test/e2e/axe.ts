import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface Violation { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }

/** What keeps somebody out: axe's findings of the impacts serious and critical, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // Through the debugger, since the page's own policy lets no such script in.
  await page.evaluate(source);
  const violations = await page.evaluate<Violation[]>('axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}
