import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { acquireLock } from '../../ops/lock-file.ts';
import { processIdentity } from '../../ops/process-identity.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const lockPath = (): string => join(temporaryDirectory(), 'desk.lock');
async function desk(path: string): Promise<{ child: ChildProcess; ok: boolean; error: string | null }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('take-lock.ts', import.meta.url)), path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => { child.kill('SIGKILL'); });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as { ok: boolean; error: string | null }) };
}
async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}
const taken = (path: string) => {
  const result = acquireLock({ path });
  if (!result.ok) throw new Error(result.error);
  onTestFinished(result.lock.release);
  return result;
};
const age = (path: string, seconds: number): void => { const then = Date.now() / 1000 - seconds; utimesSync(path, then, then); };

describe('the lock of a home', () => {
  it('refuses a second desk in one sentence that names the first', async () => {
    const path = lockPath();
    const first = await desk(path);
    expect(first.ok).toBe(true);
    const second = acquireLock({ path });
    expect(second).toEqual({ ok: false, error: expect.stringMatching(new RegExp(`^Another desk \\(process ${first.child.pid}, since 20.*Z\\) is using .*; stop it or give another PARAPET_HOME$`)) });
  });

  it('is taken over from a desk that was killed', async () => {
    const path = lockPath();
    await killed((await desk(path)).child);
    expect(existsSync(path)).toBe(true);
    expect(taken(path).tookOver).toContain('"pid"');
  });

  it('refuses a second holder within one process', () => {
    const path = lockPath();
    taken(path);
    expect(acquireLock({ path }).ok).toBe(false);
  });

  it('is free again after its release, and a release twice harms nobody', () => {
    const path = lockPath();
    const { lock } = taken(path);
    lock.release();
    expect(existsSync(path)).toBe(false);
    taken(path);
    lock.release();
    expect(existsSync(path)).toBe(true);
  });

  it('knows a new process with a dead one’s number apart', () => {
    const path = lockPath();
    writeFileSync(path, JSON.stringify({ pid: process.pid, identity: 'another boot/1', host: hostname(), since: '2024-01-01T00:00:00.000Z' }));
    expect(taken(path).tookOver).toContain('another boot');
  });

  it('believes a holder on another host for as long as it touches the file', () => {
    const path = lockPath();
    writeFileSync(path, JSON.stringify({ pid: 1, identity: 'x', host: 'elsewhere', since: '2024-01-01T00:00:00.000Z' }));
    expect(acquireLock({ path })).toEqual({ ok: false, error: expect.stringContaining('process 1 on elsewhere') });
    age(path, 61);
    expect(acquireLock({ path }).ok).toBe(true);
  });

  it('waits for a file that is cut short to be old before it takes it for a dead one’s', () => {
    const path = lockPath();
    writeFileSync(path, '{"pid":');
    expect(acquireLock({ path })).toEqual({ ok: false, error: expect.stringContaining('try again in a minute') });
    age(path, 61);
    expect(taken(path).tookOver).toBe('{"pid":');
  });

  it('tells its holder when the file is no longer theirs', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => { vi.useRealTimers(); });
    const path = lockPath();
    const onLost = vi.fn();
    const result = acquireLock({ path, onLost });
    vi.advanceTimersByTime(20_000);
    expect(onLost).not.toHaveBeenCalled();
    writeFileSync(path, 'someone else');
    vi.advanceTimersByTime(20_000);
    expect(onLost).toHaveBeenCalledTimes(1);
    if (result.ok) result.lock.release();
    expect(readFileSync(path, 'utf8')).toBe('someone else');
  });

  it('lets exactly one of many in when all find a dead holder at once', async () => {
    const path = lockPath();
    await killed((await desk(path)).child);
    const started = await Promise.all(Array.from({ length: 6 }, () => desk(path)));
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('the identity of a process', () => {
  it('stays the same while the process lives and is null once it is gone', async () => {
    const { child } = await desk(lockPath());
    const pid = child.pid ?? 0;
    const identity = processIdentity(pid);
    expect(identity).not.toBeNull();
    expect(processIdentity(pid)).toBe(identity);
    await killed(child);
    expect(processIdentity(pid)).toBeNull();
  });
});
