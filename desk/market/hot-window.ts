import { type Instant, plusMs } from '../time.ts';

/** News of high priority is acted on within this time of becoming known. */
export const HOT_MS = 15 * 60_000;

/**
 * Since when news that became known is still hot, in market time: a quarter of an hour in the session, and at its beginning
 * everything since the close before, which could not be acted on any earlier. Null while the exchange is closed.
 */
export function hotSince({ now, session, closedAt }: { now: Instant; session: { open: Instant; close: Instant } | null; /** The close of the session before; null where that is not known. */ closedAt: Instant | null }): Instant | null {
  if (session === null || now < session.open || now >= session.close) return null;
  const since = plusMs(now, -HOT_MS);
  return closedAt !== null && closedAt < since && since < session.open ? closedAt : since;
}
