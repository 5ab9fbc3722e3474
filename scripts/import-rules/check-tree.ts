import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { violationsIn, type Violation } from './violations.ts';

const SKIPPED = /^(node_modules|dist|coverage|logs|\.[^/]+)(\/|$)/;

/** Every TypeScript source below `root`, relative to it, with `/`. */
export const sourcesBelow = (root: string): string[] =>
  globSync('**/*.{ts,tsx}', { cwd: root, exclude: (path) => SKIPPED.test(path.split(sep).join('/')) })
    .map((path) => path.split(sep).join('/')).filter((path) => !SKIPPED.test(path)).sort();

export function violationsBelow(root: string): { files: number; violations: Violation[] } {
  const paths = sourcesBelow(root);
  return { files: paths.length, violations: paths.flatMap((path) => violationsIn(path, readFileSync(join(root, path), 'utf8'))) };
}
