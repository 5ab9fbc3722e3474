import type { Database, Tx } from '../db/client.ts';
import { actionById, moveAction, type StoredAction } from '../db/stores/actions.ts';
import { setCardStatus } from '../db/stores/cards.ts';
import { type EvalResult, storeEvalRunIn } from '../db/stores/evals.ts';
import { suiteNamed, suiteNames } from '../desk/evaluation/suite-names.ts';
import { formatCount } from '../desk/format.ts';
import type { Clock } from '../desk/time.ts';
import type { Log } from '../ops/log.ts';
import { describeError } from '../ops/describe-error.ts';
import type { EvalFindings, EvalProcess } from './eval-process.ts';
import { evalRunOf } from './evals.ts';

export interface EvalActions {
  /** Begins what a cleared action asks for; a second call for the same action does nothing more. */
  begin(stored: StoredAction): void;
  /** Waits until nothing runs any more. */
  idle(): Promise<void>;
  /** Ends what runs; it begins anew when the desk opens again. */
  stop(): Promise<void>;
}

/**
 * Carries evaluations out beside the desk, one after another. Until it ends its action is `executing`, which is all that a restart needs to know; the run is stored
 * under the action's id in the transaction that ends the action, so however often it was begun it is stored and told once.
 */
export function createEvalActions({ database, wallNow, log, changed, process }: { database: Database; wallNow: Clock; log: Log; changed: (actionId: string) => void; process: EvalProcess }): EvalActions {
  const begun = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let line: Promise<void> = Promise.resolve();

  const end = async (id: string, { to, sentence }: { to: 'done' | 'failed'; sentence: string }, also: (tx: Tx) => Promise<void> = async () => undefined): Promise<void> => {
    await database.transaction(async (tx) => {
      if (!(await moveAction(tx, { id, from: 'executing', to, reason: sentence, actor: 'executor', payload: { sentence }, topic: `action.${to}` }))) return;
      await setCardStatus(tx, { actionId: id, status: to === 'done' ? 'EXECUTED' : 'FAILED', reason: sentence });
      await also(tx);
    });
    changed(id);
  };

  const work = async ({ id, action }: StoredAction): Promise<void> => {
    if (stopping.signal.aborted || action.kind !== 'trigger_eval' || (await actionById(database.orm, id))?.state !== 'executing') return;
    const suite = action.suite === undefined ? null : suiteNamed(action.suite);
    if (action.suite !== undefined && suite === null) return end(id, { to: 'failed', sentence: `Not run: there is no suite ${action.suite}; there are ${suiteNames.join(', ')}.` });
    const startedAt = wallNow();
    let findings: EvalFindings;
    try {
      findings = await process({ suite, signal: stopping.signal });
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.warn('evals could not be run', { action: id, error: describeError(error) });
      return end(id, { to: 'failed', sentence: `The evals did not come to an end: ${error instanceof Error ? error.message : String(error)}.` });
    }
    const { results, model } = findings;
    const run = evalRunOf({ id, startedAt, endedAt: wallNow(), label: 'asked for in the conversation', model, results });
    await end(id, { to: 'done', sentence: sentenceOf(results) }, (tx) => storeEvalRunIn(tx, run, results));
  };

  return {
    begin(stored) {
      if (begun.has(stored.id)) return;
      const mine: Promise<void> = line.then(() => work(stored)).catch((error: unknown) => log.error('evals could not be stored', { action: stored.id, error: describeError(error) })).finally(() => begun.delete(stored.id));
      begun.set(stored.id, mine);
      line = mine;
    },
    async idle() { while (begun.size > 0) await Promise.all(begun.values()); },
    async stop() { stopping.abort(); await this.idle(); },
  };
}

function sentenceOf(results: readonly EvalResult[]): string {
  const failed = results.filter(({ score }) => score < 1);
  const unsafe = failed.filter(({ safety }) => safety).length;
  const safety = results.some((each) => each.safety) ? (unsafe > 0 ? ` ${formatCount(unsafe)} safety ${unsafe === 1 ? 'case' : 'cases'} failed.` : ' No safety case failed.') : '';
  return `Evals done: ${formatCount(results.length - failed.length)} of ${formatCount(results.length)} cases right.${safety}`;
}
