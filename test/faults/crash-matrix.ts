/**
 * `npm run crash [-- --every] [--points N [--turn T]]`: kills a desk between a press and its stored fills, and looks at what the next
 * one makes of it. The points are the lasting crossings of a recorded trace, before the first and after each: between two of
 * them the database, and so what is found after the kill, is the same. `--every` dies before and after every crossing
 * all the same, `--points` at about N of them, evenly spread; another T begins elsewhere, so that some turns in a row have died at
 * all of them. The points come from the trace of this very run, so that a new crossing cannot be without one.
 */
import { availableParallelism } from 'node:os';
import { copyOf, type Crossing, makeBases, type Point, removeHome, runChild, type Scenario, scenarios } from './crash-home.ts';
import { verdictOn } from './crash-verdict.ts';

const every = process.argv.includes('--every');
const numberAfter = (name: string, otherwise: number): number => { const place = process.argv.indexOf(name); return place === -1 ? otherwise : Number(process.argv[place + 1]); };
const most = numberAfter('--points', Number.POSITIVE_INFINITY);
const turn = numberAfter('--turn', 0);
const serverUrl = process.env.TEST_DATABASE_URL ?? null;
const among = every ? 'all' : 'lasting';

const bases = await makeBases(serverUrl);
let [killed, unreached, bad] = [0, 0, 0];

async function traceOf(scenario: Scenario): Promise<Crossing[]> {
  const home = await copyOf(bases.of(scenario));
  try {
    const { crossings } = await runChild(home, scenario, null);
    const wrong = await verdictOn(home, scenario);
    const lasting = crossings.filter((each) => each.lasting).length;
    console.log(`${scenario}: ${crossings.length} crossings, ${lasting} of them lasting${wrong.length > 0 ? `; wrong without any crash: ${wrong.join('; ')}` : ''}`);
    if (wrong.length > 0) bad += 1;
    return crossings;
  } finally { await removeHome(home, serverUrl); }
}

function pointsOf(scenario: Scenario, crossings: readonly Crossing[]): (Point & { what: string })[] {
  const counted = every ? crossings : crossings.filter(({ lasting }) => lasting);
  return counted.flatMap(({ what }, i) => {
    const point = { scenario, at: i + 1, among, what } as const;
    return every || i === 0 ? [{ ...point, when: 'before' as const }, { ...point, when: 'after' as const }] : [{ ...point, when: 'after' as const }];
  });
}

async function dieAt(point: Point & { what: string }): Promise<void> {
  const home = await copyOf(bases.of(point.scenario));
  try {
    const run = await runChild(home, point.scenario, point);
    if (run.killed) killed += 1; else unreached += 1;
    const faults = await verdictOn(home, point.scenario);
    if (faults.length > 0) { bad += 1; console.log(`${point.scenario} ${point.when} ${point.at} (${point.what}):\n  ${faults.join('\n  ')}`); }
  } finally { await removeHome(home, serverUrl); }
}

try {
  const queue: (Point & { what: string })[] = [];
  for (const scenario of scenarios) queue.push(...pointsOf(scenario, await traceOf(scenario)));
  const step = Math.max(1, queue.length / most);
  const chosen = queue.filter((_, n) => Math.floor((n + turn) / step) !== Math.floor((n + turn - 1) / step));
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (let point = chosen.shift(); point; point = chosen.shift()) await dieAt(point);
  }));
} finally { await bases.remove(); }
console.log(`crash matrix on ${serverUrl === null ? 'PGlite' : 'PostgreSQL'}: ${killed} points killed, ${unreached} not reached because that run had fewer crossings, ${bad} with faults`);
process.exit(bad > 0 || killed === 0 ? 1 : 0);
