/**
 * `npm run planted-faults -- stores [NAME…]`: plants each fault of `plants.ts` alone in a copy of the sources and runs the tests
 * that are to find it, on the embedded database or on the server that TEST_DATABASE_URL names. Found is a fault by which
 * a test fails; tests that cannot run for it have found nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Finder, storePlants } from './plants.ts';
import { copySources } from './source-copy.ts';

interface Report { numPassedTests: number; testResults: { message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[] }
const onServer = process.env.TEST_DATABASE_URL !== undefined;
const longestMs = 900_000;

export function lookForStoreFaults(names: readonly string[]): boolean {
  const unknown = names.filter((name) => !storePlants.some((plant) => plant.name === name));
  if (unknown.length > 0) throw new Error(`there is no planted fault ${unknown.join(', ')}`);
  const chosen = storePlants.filter(({ name, needsServer }) => (names.length === 0 || names.includes(name)) && (onServer || !needsServer));
  const copy = copySources(fileURLToPath(new URL('../../../', import.meta.url)));
  process.on('exit', copy.remove);
  const report = join(copy.folder, 'report.json');
  /** The first test that fails, `null` where all pass. @throws Error when tests could not run. */
  const firstFailure = ({ file, named }: Finder): string | null => {
    rmSync(report, { force: true });
    const { error, stderr } = spawnSync(process.execPath, [join(copy.folder, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'suite', ...(onServer ? ['--mode', 'server'] : []), '--bail', '1', '--testTimeout', '300000', '--hookTimeout', '600000', '--reporter', 'json', '--outputFile', report, ...(named === undefined ? [] : ['-t', named]), file], { cwd: copy.folder, encoding: 'utf8', timeout: longestMs });
    if (error) throw error;
    let result: Report;
    try { result = JSON.parse(readFileSync(report, 'utf8')) as Report; } catch { throw new Error(`the tests gave no report: ${stderr.trim().split('\n').at(-1)}`); }
    const failed = result.testResults.flatMap(({ assertionResults }) => assertionResults).find(({ status }) => status === 'failed');
    // On a busy machine time runs out by itself: that says nothing of the fault.
    if (failed?.failureMessages.some((message) => /timed out in \d+/.test(message))) throw new Error(`“${failed.fullName}” ran out of time`);
    if (failed) return `${failed.fullName} (${failed.failureMessages[0]?.split('\n')[0] ?? ''})`;
    const unrun = result.testResults.find(({ message }) => message !== '');
    if (unrun || result.numPassedTests === 0) throw new Error(`the tests could not run: ${unrun?.message.split('\n')[0] ?? 'there is none'}`);
    return null;
  };

  const sound = new Set<Finder>();
  let found = 0;
  for (const plant of chosen) {
    const startedAt = performance.now();
    let outcome: string;
    try {
      const without = sound.has(plant.by) ? null : firstFailure(plant.by);
      if (without !== null) throw new Error(`“${without}” fails without any fault`);
      sound.add(plant.by);
      const test = copy.withFault(plant, () => firstFailure(plant.by));
      if (test !== null) found += 1;
      outcome = test === null ? `MISSED  ${plant.name}: ${plant.by.file} passes` : `found   ${plant.name}: ${test}`;
    } catch (error) { outcome = `BROKEN  ${plant.name}: ${error instanceof Error ? error.message : String(error)}`; }
    console.log(`${outcome} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
  }
  console.log(`${found} of ${chosen.length} planted faults of executor and stores found on ${onServer ? 'the server' : 'the embedded database'}`);
  return found === chosen.length;
}
