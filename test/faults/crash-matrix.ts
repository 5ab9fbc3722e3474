/** `npm run crash [-- --points N]`: kills a desk before and after every crossing of a seam between a press and its stored fills, and looks at what the next one makes of it. */
import { copyOf, makeBase, type Point, removeHome, runChild, type Scenario } from './crash-home.ts';
import { verdictOn } from './crash-verdict.ts';

const wanted = process.argv.indexOf('--points');
const most = wanted === -1 ? Number.POSITIVE_INFINITY : Number(process.argv[wanted + 1]);
const serverUrl = process.env.TEST_DATABASE_URL ?? null;
const base = await makeBase(serverUrl);
let [killed, unreached, bad] = [0, 0, 0];
try {
  for (const scenario of ['entry', 'flatten', 'structure'] as const satisfies readonly Scenario[]) {
    const traced = await copyOf(base);
    const { crossings } = await runChild(traced, scenario, null);
    const whole = await verdictOn(traced, scenario);
    await removeHome(traced, serverUrl);
    console.log(`${scenario}: ${crossings.length} crossings${whole.length > 0 ? `; wrong without any crash: ${whole.join('; ')}` : ''}`);
    bad += whole.length > 0 ? 1 : 0;
    const points: Point[] = crossings.flatMap((_, i) => (['before', 'after'] as const).map((when) => ({ scenario, at: i + 1, when })));
    const step = Math.max(1, points.length / most);
    for (let n = 0; n < points.length; n += step) {
      const point = points[Math.floor(n)];
      if (!point) continue;
      const home = await copyOf(base);
      const run = await runChild(home, scenario, point);
      if (run.killed) killed += 1; else unreached += 1;
      const faults = await verdictOn(home, scenario);
      if (faults.length > 0) { bad += 1; console.log(`${scenario} ${point.when} ${point.at} (${crossings[point.at - 1]}):\n  ${faults.join('\n  ')}`); }
      await removeHome(home, serverUrl);
    }
  }
} finally { await removeHome(base, serverUrl); }
console.log(`crash matrix on ${serverUrl === null ? 'PGlite' : 'PostgreSQL'}: ${killed} points killed, ${unreached} not reached because that run had fewer crossings, ${bad} with faults`);
process.exit(bad > 0 ? 1 : 0);
