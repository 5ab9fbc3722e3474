import { text } from 'node:stream/consumers';
import { openModelOfEvals } from '../evals/model.ts';
import { CassetteRefusal } from '../evals/cassette/format.ts';
import { runSuites, suites } from '../evals/run.ts';
import type { EvalTask } from './eval-process.ts';

/**
 * A process of its own for evaluation suites: what it is to do comes as JSON over standard input (`EvalTask`), each line of standard output is
 * `{"step": TEXT}`, and the last one `{"results": […], "model": TEXT}` or, where nothing can come of it, `{"refused": SENTENCE}`. It has no database of the desk's,
 * and no key but to record with.
 */
const say = (line: unknown): Promise<void> => new Promise((resolve) => { process.stdout.write(`${JSON.stringify(line)}\n`, () => resolve()); });
// Whoever asked is gone: nobody is left to read how it ends.
process.stdout.on('error', () => process.exit(1));
const refuse = async (sentence: string): Promise<never> => { await say({ refused: sentence }); process.exit(1); };

const { suite, tries, cassette, settings } = JSON.parse(await text(process.stdin)) as EvalTask;
const model = await (async () => openModelOfEvals({ cassette, settings, onMissing: (sentence) => void refuse(sentence) }))().catch((error: unknown) => {
  if (error instanceof CassetteRefusal) return refuse(error.message);
  throw error;
});
if (model) await say({ step: model.says });
const wanted = suites.filter(({ name, takesModel }) => (suite === null ? model === null || takesModel : name === suite));
if (model && wanted.some(({ takesModel }) => !takesModel)) await refuse(`No model takes part in ${suite ?? 'that'}; one does in ${suites.filter(({ takesModel }) => takesModel).map(({ name }) => name).join(', ')}.`);
const results = await runSuites(wanted, { model: model?.path ?? null, tries }, (step) => void say({ step }));
await say({ results, model: model?.told() ?? null });
process.exit(0);
