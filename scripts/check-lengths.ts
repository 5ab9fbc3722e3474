/** `node scripts/check-lengths.ts`: how long the source files are, against the house's target. Over 500 lines fails. */
import { readFileSync } from 'node:fs';
import { sourcesBelow } from './import-rules/check-tree.ts';

const LONGEST_LINES = 500;
const TARGET = { median: 100, p90: 280 };

const root = new URL('..', import.meta.url).pathname;
const lengths = sourcesBelow(root).filter((path) => !path.startsWith('evals/datasets/'))
  .map((path) => ({ path, lines: readFileSync(`${root}/${path}`, 'utf8').split('\n').length - 1 })).sort((a, b) => a.lines - b.lines);
const at = (files: typeof lengths, part: number): number => files[Math.min(files.length - 1, Math.floor(files.length * part))]?.lines ?? 0;
const report = (title: string, files: typeof lengths): void => {
  console.log(`${title}: ${files.length} files, median ${at(files, 0.5)} lines (target ${TARGET.median}), 90th percentile ${at(files, 0.9)} (target ${TARGET.p90}), longest ${files.at(-1)?.lines ?? 0}`);
};
report('source', lengths.filter(({ path }) => !path.startsWith('test/')));
report('tests', lengths.filter(({ path }) => path.startsWith('test/')));
const tooLong = lengths.filter(({ lines }) => lines > LONGEST_LINES);
for (const { path, lines } of tooLong) console.log(`${path}: ${lines} lines; the longest allowed is ${LONGEST_LINES}`);
if (lengths.length === 0 || tooLong.length > 0) process.exitCode = 1;
