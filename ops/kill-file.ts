import { readFileSync, writeFileSync } from 'node:fs';

/** What the kill file says. It works when server and database are down: the executor reads it before each entry. */
export type KillFile = { state: 'ABSENT' } | { state: 'HALTED'; reason: string } | { state: 'MALFORMED' };

/** A file that cannot be read or understood halts entries; only its absence lets them through. */
export function readKillFile(path: string): KillFile {
  let text: string;
  try { text = readFileSync(path, 'utf8'); } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? { state: 'ABSENT' } : { state: 'MALFORMED' };
  }
  const [word, ...reason] = text.trim().split('\n');
  return word === 'HALT' && reason.join(' ').trim() !== '' ? { state: 'HALTED', reason: reason.join(' ').trim() } : { state: 'MALFORMED' };
}
export const writeKillFile = (path: string, reason: string): void => writeFileSync(path, `HALT\n${reason.replaceAll('\n', ' ') || 'no reason given'}\n`, { mode: 0o600 });
