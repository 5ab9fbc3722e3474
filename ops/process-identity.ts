import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

function exists(pid: number): boolean {
  try { process.kill(pid, 0); return true; } catch (error) { return (error as NodeJS.ErrnoException).code === 'EPERM'; }
}

/**
 * A text that is the same for as long as the process lives and that no later process with the same number has: when it was
 * started. Null: there is no such process. `unknown`: there is one, and the system doesn't say when it was started.
 */
export function processIdentity(pid: number): string | null {
  if (!exists(pid)) return null;
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      // The second field is the program's name in brackets and may hold blanks; start time is the 22nd.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      // Killed, and nobody has asked for its exit code yet: it runs no more.
      return fields[0] === 'Z' ? null : `${boot}/${fields[19] ?? 'unknown'}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return exists(pid) ? 'unknown' : null;
  }
}
