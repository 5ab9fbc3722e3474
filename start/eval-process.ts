import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EvalResult } from '../db/stores/evals.ts';
import type { SuiteName } from '../desk/evaluation/suite-names.ts';

/** Rejects with one sentence when no results came of it; `signal` ends it. */
export type EvalProcess = (input: { suite: SuiteName | null; onStep?: (text: string) => void; signal?: AbortSignal }) => Promise<EvalResult[]>;

/** All suites take some minutes on two slow cores. */
const longestMs = 45 * 60_000;
/** What a process needs to start; no key and no address goes along. */
const passedOn = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];

/** Runs suites in a process of their own, so that a desk goes on answering while they run. */
export const evalProcessIn = (given: Record<string, string | undefined>): EvalProcess => async ({ suite, onStep, signal }) => {
  const environment = Object.fromEntries(passedOn.flatMap((name) => { const value = given[name]; return value === undefined ? [] : [[name, value]]; }));
  const child = spawn(process.execPath, [fileURLToPath(new URL('eval-child.ts', import.meta.url)), ...(suite === null ? [] : [suite])], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
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
    let results: EvalResult[] | null = null;
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as { step: string } | { results: EvalResult[] };
      if ('results' in said) results = said.results;
      else onStep?.(said.step);
    }
    const problem = await ended;
    if (results === null || problem !== null) throw new Error([problem ?? 'it ended without results', complaint.trim().split('\n').at(-1)].filter(Boolean).join(': '));
    return results;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    if (child.exitCode === null) stop();
  }
};
