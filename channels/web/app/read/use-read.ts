import { useCallback, useRef, useSyncExternalStore } from 'react';
import { usePage } from '../page-context.tsx';
import { loading, type Reading } from './followed.ts';
import type { ReadInput, ReadName, ReadOutput } from './read-types.ts';

export interface UsedRead<T> {
  reading: Reading<T>;
  again: () => void;
}
/** Keys travel as ids of at most 120 characters; a long input (bars to compute on) is named by its digest. */
function keyOf(tool: string, input: object): string {
  const text = `${tool} ${JSON.stringify(input)}`;
  if (text.length <= 110) return text;
  let hash = 5381;
  for (let at = 0; at < text.length; at += 1) hash = ((hash * 33) ^ text.charCodeAt(at)) >>> 0;
  return `${text.slice(0, 80)} ${text.length} ${hash}`;
}

/** Follows a reading tool of the desk for as long as the part is shown; null asks nothing. */
export function useRead<N extends ReadName>(tool: N, input: ReadInput<N> | null): UsedRead<ReadOutput<N>> {
  const { reads } = usePage().link;
  const key = input === null ? null : keyOf(tool, input as object);
  const asked = useRef(input);
  asked.current = input;
  const subscribe = useCallback(
    (changed: () => void) =>
      key === null ? () => undefined : reads.follow({ key, tool, input: asked.current as Record<string, unknown>, changed }),
    [key, tool, reads],
  );
  const reading = useSyncExternalStore(subscribe, () => (key === null ? loading : reads.now(key))) as Reading<ReadOutput<N>>;
  // What was shown stays until the answer to the next question is here: no page falls back to its skeleton between two accounts.
  const before = useRef<Reading<ReadOutput<N>>>(loading);
  if (reading.state !== 'loading') before.current = reading;
  const again = useCallback(() => {
    before.current = loading;
    if (key !== null) reads.again(key);
  }, [key, reads]);
  return { reading: reading.state === 'loading' && key !== null ? before.current : reading, again };
}
