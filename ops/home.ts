import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where everything of one desk lies. One home holds one world. */
export interface Home {
  root: string;
  /** The embedded database. */
  database: string;
  /** Private keys, readable by their owner alone. */
  keys: string;
  backups: string; reports: string; logs: string; rawStream: string;
  /** Held while a desk runs. */
  lockFile: string;
  /** Where the command line reaches the running desk. */
  socket: string;
  /** While this file is there, entries are halted, whatever the database says. */
  killFile: string;
}
export type HomeResult = { ok: true; home: Home; warnings: string[] } | { ok: false; error: string };

/** The length that a local socket's path may have on every system that the desk runs on (macOS has the least). */
const LONGEST_SOCKET_PATH_BYTES = 103;
const OTHERS = 0o077;

export function homeAt(path: string): Home {
  const root = resolve(path);
  const within = (name: string): string => join(root, name);
  return {
    root, database: within('database'), keys: within('keys'), backups: within('backups'), reports: within('reports'), logs: within('logs'),
    rawStream: within('raw_stream'), lockFile: within('desk.lock'), socket: within('desk.sock'), killFile: within('KILL'),
  };
}

/** Makes the home and its folders where they are missing, for their owner alone. The database makes its own folder. */
export function openHome(path: string): HomeResult {
  const home = homeAt(path);
  const socketBytes = Buffer.byteLength(home.socket);
  if (socketBytes > LONGEST_SOCKET_PATH_BYTES) {
    return { ok: false, error: `PARAPET_HOME: ${home.root} is too long by ${socketBytes - LONGEST_SOCKET_PATH_BYTES} bytes for a local socket in it; give a shorter path` };
  }
  try {
    for (const folder of [home.root, home.keys, home.backups, home.reports, home.logs]) mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(home.keys, 0o700);
    const open = process.platform !== 'win32' && (statSync(home.root).mode & OTHERS) !== 0;
    return { ok: true, home, warnings: open ? [`${home.root} can be entered by other users of this machine; chmod 700 closes it`] : [] };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { ok: false, error: `PARAPET_HOME: ${home.root} cannot be used (${code ?? message}); give a directory that this user may write` };
  }
}
