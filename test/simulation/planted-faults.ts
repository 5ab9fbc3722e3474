/** `npm run planted-faults [-- NAME…]`: plants each fault in turn and lets the simulation look for it in at most 500 seeds. One that is not found fails. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { plants } from './plants.ts';

const most = 500;
const wanted = process.argv.slice(2);
const chosen = plants.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
let missed = 0;
for (const { name } of chosen) {
  const startedAt = performance.now();
  const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL('./simulate.ts', import.meta.url)), '--seeds', String(most), '--plant', name], { encoding: 'utf8' });
  const found = /seed (\d+) breaks (.*)/.exec(stdout);
  if (!found) missed += 1;
  console.log(found ? `found   ${name}: seed ${found[1]}, ${found[2]} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)` : `MISSED  ${name}: ${(stderr || stdout).trim().split('\n').at(-1)}`);
}
console.log(`${chosen.length - missed} of ${chosen.length} planted faults found within ${most} seeds each`);
process.exit(missed > 0 ? 1 : 0);
