const windowMs = 60_000;
/** Addresses remembered at once; beyond it the oldest window is dropped, so that a flood cannot fill the memory. */
const mostAddresses = 10_000;

/** Counts in fixed windows of a minute for each key. `retryAfterSeconds` is null while there is room. */
export interface RateLimit {
  take(key: string): { retryAfterSeconds: number | null };
}

export function rateLimit(input: { perMinute: number; nowMs: () => number }): RateLimit {
  const windows = new Map<string, { startedMs: number; count: number }>();
  return {
    take(key) {
      const nowMs = input.nowMs();
      const found = windows.get(key);
      if (found && nowMs - found.startedMs < windowMs) {
        found.count += 1;
        if (found.count <= input.perMinute) return { retryAfterSeconds: null };
        return { retryAfterSeconds: Math.max(1, Math.ceil((found.startedMs + windowMs - nowMs) / 1000)) };
      }
      // Deleting first keeps the map in the order in which windows began: its head is the oldest.
      windows.delete(key);
      if (windows.size >= mostAddresses) windows.delete(windows.keys().next().value ?? key);
      windows.set(key, { startedMs: nowMs, count: 1 });
      return { retryAfterSeconds: null };
    },
  };
}
