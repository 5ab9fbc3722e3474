/**
 * `npm run bench [-- NAME…]`: runs every `*.bench.ts` here, or the named ones, each in a process of its own so that none inherits
 * another's heap, compiled code or, on a server, database. A benchmark exports its `name` and `run()`, which gives figures with their units.
 * Prints a table, and lines for the table in docs/benchmarks.md. A figure that is no finite number is a failure.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { freshDatabase } from './fresh-database.ts';

interface Figure { metric: string; value: number; unit: string }
interface Benchmark { name: string; run(): Promise<Figure[]> }
type Told = { figures: Figure[] } | { failure: string };

const here = fileURLToPath(new URL('.', import.meta.url));
const nameOf = (file: string): string => file.replace(/\.bench\.ts$/, '');

/** In the child: one benchmark, its figures sent to the parent. */
async function runHere(file: string): Promise<void> {
  const { run } = (await import(new URL(file, import.meta.url).href)) as Benchmark;
  process.send?.({ figures: await run() } satisfies Told, () => process.exit(0));
}

async function runAlone(file: string): Promise<Told> {
  // On a server in a database of its own as well: another benchmark's conversations and accounts would be in it.
  const server = process.env.TEST_DATABASE_URL;
  const fresh = server ? await freshDatabase(server) : null;
  const child = fork(fileURLToPath(import.meta.url), ['--here', file], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...process.env, ...(fresh ? { TEST_DATABASE_URL: fresh.url } : {}) } });
  let told: Told = { failure: 'it ended without figures' };
  child.on('message', (message) => { told = message as Told; });
  const [code] = (await once(child, 'exit')) as [number | null];
  await fresh?.drop();
  return code === 0 || 'figures' in told ? told : { failure: `it ended with code ${code ?? 'none'}` };
}

/** Three significant digits, and all digits of what is larger. */
const written = (value: number): string => (Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3))));

async function runAll(wanted: readonly string[]): Promise<boolean> {
  const files = globSync('*.bench.ts', { cwd: here }).sort();
  const unknown = wanted.filter((name) => !files.some((file) => nameOf(file) === name));
  if (unknown.length > 0) {
    console.error(`No benchmark ${unknown.join(', ')}. There are: ${files.map(nameOf).join(', ')}`);
    return false;
  }
  const context = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const today = new Date().toISOString().slice(0, 10);
  const lines: string[] = [];
  let whole = true;
  for (const file of files.filter((each) => wanted.length === 0 || wanted.includes(nameOf(each)))) {
    const startedAt = performance.now();
    const told = await runAlone(file);
    console.log(`\n${nameOf(file)} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    if ('failure' in told || told.figures.length === 0 || told.figures.some(({ value }) => !Number.isFinite(value))) {
      whole = false;
      console.log(`  failed: ${'failure' in told ? told.failure : `not every figure is a number: ${JSON.stringify(told.figures)}`}`);
      continue;
    }
    const width = Math.max(...told.figures.map(({ metric }) => metric.length));
    for (const { metric, value, unit } of told.figures) {
      console.log(`  ${metric.padEnd(width)}  ${written(value).padStart(12)} ${unit}`);
      lines.push(`| ${today} | ${nameOf(file)} | ${metric} | ${written(value)} ${unit} | ${context} |`);
    }
  }
  console.log(`\n${context}\n\nFor docs/benchmarks.md:\n| date | benchmark | figure | value | on |\n|---|---|---|---|---|\n${lines.join('\n')}`);
  return whole && lines.length > 0;
}

const [first, file] = process.argv.slice(2);
if (first === '--here' && file !== undefined) await runHere(file);
else if (!(await runAll(process.argv.slice(2)))) process.exitCode = 1;
