import { runSeed } from './run-seed.ts';

const { from, to, by, traced, untilFound } = JSON.parse(process.argv[2] ?? '{}') as { from: number; to: number; by: number; traced: boolean; untilFound: boolean };
const tell = (message: object): Promise<void> => new Promise((resolve) => { process.send?.(message, () => resolve()); });
for (let seed = from; seed <= to; seed += by) {
  const report = await runSeed(seed, { traced });
  await tell(report);
  if (untilFound && report.violations.length > 0) break;
}
process.exit(0);
