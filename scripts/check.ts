/** `npm run check`: types, lint, import rules, unused code, file lengths. Every part runs, even after one has failed. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const PAGE = 'channels/web/app';
const parts: { name: string; program: string; args: string[] }[] = [
  { name: 'types', program: 'tsc', args: ['-p', '.'] },
  ...(existsSync(`${PAGE}/tsconfig.json`) ? [{ name: 'types of the web page', program: 'tsc', args: ['-p', PAGE] }] : []),
  { name: 'lint', program: 'biome', args: ['lint', '--max-diagnostics=200', '--error-on-warnings', '.'] },
  { name: 'import rules', program: 'node', args: ['scripts/check-imports.ts'] },
  { name: 'unused code', program: 'knip', args: ['--no-progress'] },
  { name: 'file lengths', program: 'node', args: ['scripts/check-lengths.ts'] },
];

const failed: string[] = [];
for (const { name, program, args } of parts) {
  console.log(`\n── ${name}`);
  const startedAt = performance.now();
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) console.log(`${program} did not start: ${error.message}`);
  console.log(`── ${name}: ${status === 0 ? 'passed' : 'failed'}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  if (status !== 0) failed.push(name);
}
console.log(`\ncheck: ${parts.length - failed.length} passed, ${failed.length} failed${failed.length > 0 ? ` (${failed.join(', ')})` : ''}`);
if (failed.length > 0) process.exitCode = 1;
