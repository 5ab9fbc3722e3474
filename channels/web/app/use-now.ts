import { useEffect, useState } from 'react';
import { usePick } from './page-context.tsx';

/** The desk's wall clock in milliseconds, once a second while `running`. */
export function useDeskNow(running: boolean): number {
  const clockSkewMs = usePick((state) => state.clockSkewMs);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now + clockSkewMs;
}
