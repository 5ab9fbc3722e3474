import type { Database } from '../db/client.ts';
import { appendAudit, latestAudit } from '../db/stores/audit.ts';
import { jobRows } from '../db/stores/jobs.ts';
import type { Instant } from '../desk/time.ts';

const stoppedKind = 'desk.stopped';
/** A shorter gap is a restart. */
const silentMinutes = 5;
/** Jobs may end a moment after the desk was told to stop. */
const leewayMs = 60_000;

/** Since when the desk was silent, when it ended without being stopped and that was a while ago; null otherwise. Asked before the desk opens. */
export async function silenceBefore(database: Database, now: Instant): Promise<{ from: Instant; to: Instant } | null> {
  const beats = (await jobRows(database.orm)).map((job) => job.lastFinishedAt).filter((at) => at !== null).sort();
  const from = beats.at(-1);
  if (!from || Date.parse(now) - Date.parse(from) < silentMinutes * 60_000) return null;
  const stopped = (await latestAudit(database.orm, 50)).some((entry) => entry.kind === stoppedKind && Date.parse(entry.at) >= Date.parse(from) - leewayMs);
  return stopped ? null : { from, to: now };
}
/** The last word of a desk that is stopped on purpose. */
export const noteStopped = (database: Database): Promise<number> => appendAudit(database.orm, { kind: stoppedKind, subject: 'desk', actor: 'desk', payload: {} });
