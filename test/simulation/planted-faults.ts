/**
 * `npm run planted-faults [-- NAME…]`: plants each fault in turn and lets the simulation look for it in at most 500 seeds. One
 * that is not found fails. `-- stores [NAME…]` looks for those of the executor and the SQL stores by their tests.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lookForStoreFaults } from '../faults/planted/run.ts';
import { plants } from './plants.ts';

const most = 500;

function lookForSimulatedFaults(names: readonly string[]): boolean {
  const chosen = plants.filter(({ name }) => names.length === 0 || names.includes(name));
  let missed = 0;
  for (const { name } of chosen) {
    const startedAt = performance.now();
    const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./simulate.ts', import.meta.url)), '--seeds', String(most), '--plant', name], { encoding: 'utf8' });
    const found = /seed (\d+) breaks (.*)/.exec(stdout);
    if (!found) missed += 1;
    console.log(found ? `found   ${name}: seed ${found[1]}, ${found[2]} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)` : `MISSED  ${name}: ${(stderr || stdout).trim().split('\n').at(-1)}`);
  }
  console.log(`${chosen.length - missed} of ${chosen.length} planted faults found within ${most} seeds each`);
  return missed === 0;
}

const [first, ...rest] = process.argv.slice(2);
process.exit((first === 'stores' ? lookForStoreFaults(rest) : lookForSimulatedFaults(first === undefined ? [] : [first, ...rest])) ? 0 : 1);
