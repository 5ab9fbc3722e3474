import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, statSync, utimesSync, writeFileSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';
import { processIdentity } from './process-identity.ts';

const Holder = z.object({ pid: z.int(), identity: z.string(), host: z.string(), since: z.string() });
type Holder = z.infer<typeof Holder>;

export interface Lock { release(): void }
export type LockResult = { ok: true; lock: Lock; /** What was found in the way and put aside. */ tookOver: string | null } | { ok: false; error: string };
export interface LockRequest {
  path: string;
  /** Told once when the file turns out to be no longer ours (the machine slept and another host took over): stop writing. */
  onLost?: () => void;
  nowMs?: () => number;
  host?: string;
}

const BEAT_MS = 5_000;
/** A holder that cannot be looked up (another host, a file cut short) counts as gone when it hasn't touched the file for this long. */
const SILENT_MS = 60_000;
const GUARD_MS = 10_000;

const code = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
const ignoring = (expected: string, work: () => void): boolean => {
  try { work(); return true; } catch (error) { if (code(error) !== expected) throw error; return false; }
};
const readText = (path: string): string | null => {
  try { return readFileSync(path, 'utf8'); } catch (error) { if (code(error) !== 'ENOENT') throw error; return null; }
};
function holderIn(text: string): Holder | null {
  try { return Holder.parse(JSON.parse(text)); } catch { return null; }
}

/** Puts `text` at `path` whole or not at all, and only where nothing is. */
function placeWhole(path: string, text: string): boolean {
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  try { writeSync(file, text); fsyncSync(file); } finally { closeSync(file); }
  try {
    return ignoring('EEXIST', () => linkSync(draft, path));
  } catch (error) {
    // A file system without hard links: the file is ours alone, though another may see it half written for a moment.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(code(error) ?? '')) throw error;
    return ignoring('EEXIST', () => writeFileSync(path, text, { flag: 'wx', mode: 0o600 }));
  } finally { rmSync(draft, { force: true }); }
}

/**
 * Takes the home for this process alone. Two desks on one embedded database would silently drift apart, so the second one is
 * refused in a sentence; what a dead process left behind is taken over. Release it, or die: both let the next one in.
 */
export function acquireLock({ path, onLost, nowMs = Date.now, host = hostname() }: LockRequest): LockResult {
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) ?? 'unknown', host, since: new Date(nowMs()).toISOString() } satisfies Holder);
  const silentMs = (): number => { try { return nowMs() - statSync(path).mtimeMs; } catch { return Number.POSITIVE_INFINITY; } };
  const gone = (text: string): boolean => {
    const holder = holderIn(text);
    if (holder === null || holder.host !== host) return silentMs() > SILENT_MS;
    const identity = processIdentity(holder.pid);
    return identity === null || (identity !== 'unknown' && holder.identity !== 'unknown' && identity !== holder.identity);
  };
  const refusal = (text: string): LockResult => {
    const holder = holderIn(text);
    if (holder === null) return { ok: false, error: `${path} cannot be read, so another desk may be starting in ${dirname(path)}; try again in a minute` };
    const where = holder.host === host ? '' : ` on ${holder.host}`;
    return { ok: false, error: `Another desk (process ${holder.pid}${where}, since ${holder.since}) is using ${dirname(path)}; stop it or give another PARAPET_HOME` };
  };

  let tookOver: string | null = null;
  let placed = placeWhole(path, mine);
  if (!placed) {
    const found = readText(path);
    if (found !== null && !gone(found)) return refusal(found);
    // One at a time may clear a dead lock away; otherwise the second would clear away the first one's new lock.
    const guard = `${path}.takeover`;
    try { if (nowMs() - statSync(guard).mtimeMs > GUARD_MS) rmdirSync(guard); } catch (error) { if (code(error) !== 'ENOENT') throw error; }
    if (!ignoring('EEXIST', () => mkdirSync(guard))) return { ok: false, error: `Another desk is starting in ${dirname(path)}; stop it or give another PARAPET_HOME` };
    try {
      const still = readText(path);
      if (still !== null && !gone(still)) return refusal(still);
      rmSync(path, { force: true });
      placed = placeWhole(path, mine);
      tookOver = still;
    } finally { ignoring('ENOENT', () => rmdirSync(guard)); }
    if (!placed) return refusal(readText(path) ?? '');
  }

  let held = true;
  const beat = setInterval(() => {
    if (readText(path) === mine) {
      const seconds = nowMs() / 1000;
      ignoring('ENOENT', () => utimesSync(path, seconds, seconds));
    } else if (held) {
      held = false;
      clearInterval(beat);
      onLost?.();
    }
  }, BEAT_MS);
  beat.unref();
  const release = (): void => {
    if (!held) return;
    held = false;
    clearInterval(beat);
    if (readText(path) === mine) rmSync(path, { force: true });
  };
  return { ok: true, lock: { release }, tookOver };
}
