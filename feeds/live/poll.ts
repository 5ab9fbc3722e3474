import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { dateIn, type Instant, msBetween, plusMs } from '../../desk/time.ts';
import type { ImportReport } from '../importers/import-report.ts';
import { type createAsker, FeedFailure } from './ask.ts';
import type { Cursor, FeedState, LiveFeed, Polled } from './define.ts';

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;

/**
 * How long a feed that failed is left alone: a minute, doubled with each failure in a row up to an hour, less a jitter of up
 * to half of it that differs by feed, so that feeds that failed together do not come back together.
 */
export function backOffMs(feed: string, failuresInARow: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failuresInARow - 1, 10));
  let hash = failuresInARow;
  for (const character of feed) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return Math.round(wait * (0.5 + (hash % 1000) / 2000));
}

/** When a feed is to be asked next. */
export function dueAt(feed: LiveFeed, state: FeedState): Instant | null {
  if (!state.lastAttemptAt) return state.notBefore;
  const regular = plusMs(state.lastAttemptAt, feed.everyMs);
  return state.notBefore && (state.failuresInARow > 0 || state.notBefore > regular) ? state.notBefore : regular;
}
export const isDue = (feed: LiveFeed, state: FeedState, now: Instant): boolean => { const due = dueAt(feed, state); return due === null || due <= now; };
/** Silent for three looks, and at least a quarter of an hour. */
export const isStale = (feed: LiveFeed, lastSuccessAt: Instant | null, now: Instant): boolean => lastSuccessAt === null || msBetween(lastSuccessAt, now) > Math.max(3 * feed.everyMs, 900_000);

/**
 * Asks one feed and reads the answer with the importers. A failure is a value with its reason and the moment before which the
 * feed should not be asked again; the cursor moves only when the answer was read to its end.
 */
export async function pollFeed(feed: LiveFeed, { state, now, ask, read }: {
  state: FeedState; now: Instant; ask: ReturnType<typeof createAsker>; read(path: string): Promise<ImportReport | { reason: string }>;
}): Promise<{ polled: Polled; cursor: Cursor }> {
  const failed = (reason: string, retryAfterMs: number | null = null) => ({ polled: { outcome: 'failed' as const, reason, notBefore: plusMs(now, Math.max(retryAfterMs ?? 0, backOffMs(feed.name, state.failuresInARow + 1))) }, cursor: state.cursor });
  const { url, file, headers } = feed.request({ now, today: dateIn(now, 'Asia/Kolkata') });
  let folder: string | null = null;
  try {
    const answer = await ask({ url, cursor: state.cursor, ...(headers ? { headers } : {}), ...(feed.doorstep ? { doorstep: feed.doorstep } : {}) });
    if (answer === 'unchanged') return { polled: { outcome: 'unchanged' }, cursor: state.cursor };
    folder = await mkdtemp(join(tmpdir(), 'parapet-feed-'));
    const path = join(folder, basename(file));
    await writeFile(path, answer.body);
    const report = await read(path);
    if ('reason' in report) return failed(report.reason);
    const strange = Object.keys(report.kinds).find((kind) => !feed.kinds.includes(kind.split('/')[0] as string)) ?? Object.keys(report.notYetLoaded).find((kind) => !feed.kinds.includes(kind));
    if (strange) return failed(`${new URL(url).host} answers with ${strange} instead of ${feed.kinds.join(' or ')}.`);
    const unread = report.reasons[0];
    // An empty list names no shape, and says that there is nothing new.
    if (unread && !(Object.keys(report.kinds).length === 0 && isEmptyList(answer.body))) return failed(`${new URL(url).host} answers with something that cannot be read: ${unread.reason}`);
    const total = { accepted: 0, updated: 0, duplicate: 0, quarantined: 0 };
    for (const counts of Object.values(report.kinds)) for (const key of ['accepted', 'updated', 'duplicate', 'quarantined'] as const) total[key] += counts[key];
    return { polled: { outcome: 'fresh', ...total }, cursor: answer.cursor };
  } catch (error) {
    if (!(error instanceof FeedFailure)) throw error;
    return failed(error.message, error.retryAfterMs);
  } finally {
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

const isEmptyList = (body: Uint8Array): boolean => body.length < 200 && /^\s*(\[\s*\]|\{[^[\]]*\[\s*\][^[\]]*\})\s*$/.test(Buffer.from(body).toString('utf8'));
