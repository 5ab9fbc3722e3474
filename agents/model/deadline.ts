import { ModelMiss } from './miss.ts';
import type { ModelSurroundings } from './surroundings.ts';

/** The time that is left for something. Its signal aborts with a `TIMEOUT` miss, or with the reason of whoever stopped it from above. */
export interface Deadline {
  signal: AbortSignal;
  remainingMs(): number;
  /** Must be called once, or its timer goes on. */
  release(): void;
}

export function startDeadline({ milliseconds, surroundings, parent }: { milliseconds: number; surroundings: ModelSurroundings; parent?: AbortSignal }): Deadline {
  const stop = new AbortController();
  const endsAtMs = surroundings.nowMs() + milliseconds;
  const follow = (): void => stop.abort(parent?.reason);
  const cancel = surroundings.setTimer(() => stop.abort(new ModelMiss('TIMEOUT')), milliseconds);
  if (parent?.aborted) follow();
  else parent?.addEventListener('abort', follow, { once: true });
  return {
    signal: stop.signal,
    remainingMs: () => Math.max(0, endsAtMs - surroundings.nowMs()),
    release() { cancel(); parent?.removeEventListener('abort', follow); },
  };
}

/** The work's result, unless the signal comes first: then its reason is thrown and the work is left to itself. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

export function waitFor({ milliseconds, surroundings, signal }: { milliseconds: number; surroundings: ModelSurroundings; signal: AbortSignal }): Promise<void> {
  let cancel: () => void = () => undefined;
  const waited = new Promise<void>((resolve) => { cancel = surroundings.setTimer(resolve, milliseconds); });
  return orAborted(waited, signal).finally(() => cancel());
}
