import { useCallback, useEffect, useState } from 'react';

type Loaded<T> = { state: 'loading' } | { state: 'here'; value: T } | { state: 'failed'; message: string };

/** Reads once for each `key`; `again` reads anew. An answer that comes after the key has changed is dropped. */
export function useLoaded<T>(key: string, read: (key: string) => Promise<T>): { loaded: Loaded<T>; again: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` reads again
  useEffect(() => {
    let wanted = true;
    setLoaded({ state: 'loading' });
    read(key).then(
      (value) => {
        if (wanted) setLoaded({ state: 'here', value });
      },
      (thrown: unknown) => {
        if (wanted) setLoaded({ state: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) });
      },
    );
    return () => {
      wanted = false;
    };
  }, [key, read, attempt]);
  return { loaded, again: useCallback(() => setAttempt((count) => count + 1), []) };
}
