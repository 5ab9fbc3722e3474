/**
 * `npm run simulate -- --seeds N [--seed S]`: N days from seed S (1) on, over as many processes as there are cores. A seed that
 * breaks an invariant is printed with how to replay it; `-- --seed S` alone replays one and tells what happened. With
 * `--database` all that the days asked of the stores is asked of a real database as well (`database/run.ts`).
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { simulateOnDatabase } from './database/run.ts';
import { plantByName } from './plants.ts';
import type { SeedReport } from './run-seed.ts';

const option = (name: string): string | null => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? null : (process.argv[at + 1] ?? null); };
const whole = (name: string, otherwise: number): number => { const text = option(name); const value = text === null ? otherwise : Number(text); if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number, not ${text}`); return value; };
const [first, plant] = [whole('seed', 1), option('plant')];
const count = option('seeds') === null && option('seed') === null ? 1000 : whole('seeds', 1);
const replaying = option('seeds') === null && option('seed') !== null;
if (process.argv.includes('--database')) process.exit((await simulateOnDatabase({ first, count })) ? 0 : 1);
const workers = Math.min(whole('workers', availableParallelism()), count);
/** With a planted fault the first seed that finds it is enough. */
const untilFound = plant !== null;
if (plant !== null) plantByName(plant);

const sum = { seeds: 0, steps: 0, deaths: 0, orders: 0, fills: 0, audit: 0 };
const broken: SeedReport[] = [];
const startedAt = performance.now();

async function work(offset: number): Promise<void> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const child = fork(`${here}seeds-child.ts`, [JSON.stringify({ from: first + offset, to: first + count - 1, by: workers, traced: replaying, untilFound })], {
    execArgv: ['--import', `${here}substitution.ts`], stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...(plant === null ? {} : { SIMULATION_PLANT: plant }) },
  });
  child.on('message', (message) => {
    const report = message as SeedReport;
    sum.seeds += 1;
    for (const key of ['steps', 'deaths', 'orders', 'fills', 'audit'] as const) sum[key] += report[key];
    if (replaying) console.log(report.trace.join('\n'));
    if (report.violations.length === 0) return;
    broken.push(report);
    const [{ invariant, what }] = report.violations as [SeedReport['violations'][number]];
    if (!untilFound || broken.length === 1) console.log(`seed ${report.seed} breaks ${invariant}: ${what}\n  replay: npm run simulate -- --seed ${report.seed}${plant === null ? '' : ` --plant '${plant}'`}`);
    if (untilFound) for (const each of children) each.kill();
  });
  children.push(child);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 && !(untilFound && broken.length > 0)) throw new Error(`a simulating process ended with ${code}`);
}
const children: ReturnType<typeof fork>[] = [];
await Promise.all(Array.from({ length: workers }, (_, offset) => work(offset)));
console.log(`${sum.seeds} seeds in ${((performance.now() - startedAt) / 1000).toFixed(1)} s: ${sum.steps} steps, ${sum.deaths} deaths, ${sum.orders} orders, ${sum.fills} fills, ${sum.audit} audit entries; ${broken.length} broken`);
process.exit(broken.length > 0 ? 1 : 0);
