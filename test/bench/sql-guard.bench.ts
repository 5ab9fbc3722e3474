import { guardStatement, loadGuard } from '../../db/sql-tool/guard.ts';
import { legitimate } from '../tools/sql/legitimate.ts';

export const name = 'sql-guard';

/** Every ordinary statement of the test list, read 40 times after a warm-up. */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  await loadGuard();
  for (const statement of legitimate) guardStatement(statement);
  const times: number[] = [];
  for (let round = 0; round < 40; round += 1) for (const statement of legitimate) { const started = performance.now(); guardStatement(statement); times.push(performance.now() - started); }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return [{ metric: `sql guard a statement, median of ${times.length}`, value: at(0.5), unit: 'ms' }, { metric: 'sql guard, 99th percentile', value: at(0.99), unit: 'ms' }];
}
