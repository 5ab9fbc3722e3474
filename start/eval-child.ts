import { runSuites, suites } from '../evals/run.ts';

/**
 * A process of its own for evaluation suites: the arguments name them (none: all), each line of standard output is `{"step": TEXT}`, and the
 * last one `{"results": […]}`. It has no database of the desk's and no key.
 */
const wanted = process.argv.slice(2);
const say = (line: unknown): Promise<void> => new Promise((resolve) => { process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()); });
// Whoever asked is gone: nobody is left to read how it ends.
process.stdout.on('error', () => process.exit(1));
const results = await runSuites(suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name)), (step) => void say({ step }));
await say({ results });
process.exit(0);
