import { randomUUID } from 'node:crypto';
import { Client } from 'langsmith';
import type { EvalResult, EvalRun } from '../db/stores/evals.ts';
import { epochMs } from '../desk/time.ts';

const atOnce = 8;

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  await Promise.all(Array.from({ length: atOnce }, async () => { for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item); }));
}

/** The suite's dataset, made when there is none, with an example for each case: their ids by case. */
async function datasetOf(client: Client, suite: string, cases: readonly EvalResult[]): Promise<{ id: string; examples: Map<string, string> }> {
  const datasetName = `parapet-${suite}`;
  const { id } = (await client.hasDataset({ datasetName })) ? await client.readDataset({ datasetName }) : await client.createDataset(datasetName, { description: `Cases of the suite ${suite}` });
  const examples = new Map<string, string>();
  for await (const example of client.listExamples({ datasetId: id })) if (typeof example.inputs.case === 'string') examples.set(example.inputs.case, example.id);
  const missing = cases.filter(({ caseId }) => !examples.has(caseId)).map(({ caseId, family }) => ({ id: randomUUID(), inputs: { case: caseId, family }, metadata: { family } }));
  if (missing.length > 0) await client.uploadExamplesMultipart(id, missing);
  for (const { id: exampleId, inputs } of missing) examples.set(inputs.case, exampleId);
  return { id, examples };
}

/** A run of the evals in LangSmith: an experiment for each suite over its dataset, with a run and the same score as feedback for each case. Gives the experiments' names; throws what the client throws. */
export async function sendToLangSmith({ client, run, results }: { client: Client; run: EvalRun; results: readonly EvalResult[] }): Promise<string[]> {
  const names: string[] = [];
  for (const [suite, cases] of Map.groupBy(results, (result) => result.suite)) {
    const { id, examples } = await datasetOf(client, suite, cases);
    const projectName = `parapet-${suite}-${run.id}`;
    const metadata = { run: run.id, label: run.label, tries: run.tries, model: run.model ?? 'the twins' };
    const { id: sessionId } = await client.createProject({ projectName, referenceDatasetId: id, numExamples: cases.length, numRepetitions: run.tries, evaluatorKeys: ['right'], metadata });
    const [startTime, endTime] = [epochMs(run.startedAt), epochMs(run.startedAt) + run.durationMs];
    await each(cases, async ({ caseId, family, score, detail, safety }) => {
      const runId = randomUUID();
      await client.createRun({ id: runId, name: suite, run_type: 'chain', project_name: projectName, ...(examples.has(caseId) ? { reference_example_id: examples.get(caseId) } : {}), inputs: { case: caseId, family }, outputs: { detail, safety }, start_time: startTime, end_time: endTime } as Parameters<Client['createRun']>[0]);
      await client.createFeedback(runId, 'right', { score, ...(detail === null ? {} : { comment: detail }), sessionId, startTime: run.startedAt });
    });
    // Said again: the client sends what it is not told as nothing.
    await client.updateProject(sessionId, { name: projectName, metadata, endTime: new Date(endTime).toISOString() });
    names.push(projectName);
  }
  return names;
}

/** Sends a run with the desk's own key; null where there is none. What LangSmith does not take is told in a sentence: the run is stored here all the same. */
export function langSmithOf({ apiKey, apiUrl }: { apiKey: string | null; apiUrl: string | undefined }): ((run: EvalRun, results: readonly EvalResult[]) => Promise<string>) | null {
  if (apiKey === null) return null;
  const client = new Client({ apiKey, ...(apiUrl === undefined ? {} : { apiUrl }), autoBatchTracing: false });
  return async (run, results) => {
    try { return `in LangSmith: ${(await sendToLangSmith({ client, run, results })).join(', ')}`; } catch (error) {
      return `LangSmith did not take this run, which is stored here all the same: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`;
    }
  };
}
