import type { CycleSummary } from '../../tools/services.ts';
import type { CycleServices } from './services.ts';

export type StageEntry = CycleSummary['stages'][number];

/** What a stage hands on, with how much came in and went out. */
export interface StageResult<T> { output: T; in: number; out: number; degraded?: string | null }

/**
 * Runs a stage and measures it. One that fails is marked with the reason and hands on `otherwise`, so that the run goes on with
 * what there is.
 */
export async function runStage<T>(services: Pick<CycleServices, 'onFailure'>, { stage, otherwise, run }: { stage: string; otherwise: T; run(): Promise<StageResult<T>> | StageResult<T> }): Promise<{ output: T; entry: StageEntry }> {
  const startedAt = performance.now();
  const ms = (): number => Math.round((performance.now() - startedAt) * 10) / 10;
  try {
    const result = await run();
    return { output: result.output, entry: { stage, in: result.in, out: result.out, ms: ms(), degraded: result.degraded ?? null } };
  } catch (error) {
    services.onFailure?.(stage, error);
    return { output: otherwise, entry: { stage, in: 0, out: 0, ms: ms(), degraded: reasonOf(error) } };
  }
}

/** What caused it, in its own words: a failed statement's text is for the log. */
const reasonOf = (error: unknown): string => (!(error instanceof Error) ? String(error) : error.cause === undefined ? error.message : reasonOf(error.cause));
