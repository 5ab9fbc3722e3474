import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Cassette } from '../channels/terminal/command.ts';
import type { EvalResult } from '../db/stores/evals.ts';
import type { SuiteName } from '../desk/evaluation/suite-names.ts';

/** What one process is to do. `settings`: of the models, by name; for recording alone. */
export interface EvalTask { suite: SuiteName | null; tries: number; cassette: Cassette | null; settings: Record<string, string> }
export interface EvalFindings { results: EvalResult[]; /** What answered in the suites that take a model; null: the twins. */ model: string | null }
/** Rejects with one sentence when no results came of it; `signal` ends it. */
export type EvalProcess = (input: { suite: SuiteName | null; tries?: number; cassette?: Cassette | null; onStep?: (text: string) => void; signal?: AbortSignal }) => Promise<EvalFindings>;
/** What the process says in one sentence itself, as it is. */
export class EvalRefusal extends Error { override readonly name = 'EvalRefusal'; }

/** All suites take some minutes on two slow cores. */
const longestMs = 45 * 60_000;
/** What a process needs to start; no key and no address goes along. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];
/** What recording needs besides: which model is asked, where and with which key, and what it may cost. */
const ofModels = /^(OPENAI_\w+|(?!EMBEDDINGS|LANGSMITH)[A-Z]+_(MODEL|BASE_URL|API_KEY)|LLM_\w+|ANALYST_LLM_TEMPERATURE)$/;

/** Runs suites in a process of their own, so that a desk goes on answering while they run. */
export const evalProcessIn = (given: Readonly<Record<string, string | undefined>>): EvalProcess => async ({ suite, tries = 1, cassette = null, onStep, signal }) => {
  const environment = Object.fromEntries(passedOn.flatMap((name) => { const value = given[name]; return value === undefined ? [] : [[name, value]]; }));
  const settings = cassette?.use === 'record' ? Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => ofModels.test(entry[0]) && entry[1] !== undefined)) : {};
  // Over standard input, where nobody else on the machine can read a key.
  const child = spawn(process.execPath, [fileURLToPath(new URL('eval-child.ts', import.meta.url))], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify({ suite, tries, cassette, settings } satisfies EvalTask));
  const stop = (): void => { child.kill('SIGKILL'); };
  const timer = setTimeout(stop, longestMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => { complaint = `${complaint}${chunk.toString()}`.slice(-2000); });
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, killedBy) => resolve(code === 0 ? null : killedBy ? `it was ended by ${killedBy}` : `it ended with ${code ?? 'no code'}`));
  });
  try {
    let findings: EvalFindings | null = null;
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as { step: string } | { refused: string } | EvalFindings;
      if ('refused' in said) throw new EvalRefusal(said.refused);
      if ('results' in said) findings = said;
      else onStep?.(said.step);
    }
    const problem = await ended;
    if (findings === null || problem !== null) throw new Error([problem ?? 'it ended without results', complaint.trim().split('\n').at(-1)].filter(Boolean).join(': '));
    return findings;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    if (child.exitCode === null) stop();
  }
};
