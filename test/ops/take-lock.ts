/** Run as a process of its own: takes the lock at argv[2], says how that went, and stays until it is ended. */
import { acquireLock } from '../../ops/lock-file.ts';

const result = acquireLock({ path: process.argv[2] ?? '' });
process.stdout.write(`${JSON.stringify({ ok: result.ok, error: result.ok ? null : result.error })}\n`);
setInterval(() => undefined, 1000);
