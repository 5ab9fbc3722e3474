import { posix } from 'node:path';
import { readModule, type ModuleImport } from './read-module.ts';
import {
  BROKER_CAPABILITY, DATABASE_PACKAGES, DESK_CRYPTO, DESK_PACKAGES, MAY_IMPORT, MAY_NAME_CAPABILITY, MAY_REACH, MAY_USE_SQL, PURE_LIBRARIES, roomOf, type Room,
} from './rooms.ts';

export interface Violation { path: string; line: number; message: string }

/** `specifier` as a path from the repository's root, or null for a package. */
const target = (path: string, specifier: string): string | null =>
  specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : null;

function refusedPackage(room: Room, { specifier, names, typeOnly }: ModuleImport): string | null {
  if (room === 'desk') {
    if (!DESK_PACKAGES.includes(specifier)) return `desk imports only itself and ${DESK_PACKAGES.join(', ')}, not ${specifier}`;
    const random = specifier === 'node:crypto' ? names.filter((name) => !DESK_CRYPTO.includes(name)) : [];
    return random.length > 0 ? `desk takes only ${DESK_CRYPTO.join(', ')} from node:crypto, not ${random.join(', ')}` : null;
  }
  if (!typeOnly && DATABASE_PACKAGES.test(specifier) && !MAY_USE_SQL.includes(room)) return `${specifier} is for db alone; ask a store`;
  return null;
}

function refusedImport(path: string, room: Room, found: ModuleImport): string | null {
  const imported = target(path, found.specifier);
  if (imported === null) return refusedPackage(room, found);
  const other = roomOf(imported);
  if (other === null) return `${imported} lies in no room of the architecture`;
  const reach = MAY_IMPORT[room][other];
  if (reach === undefined) return `${room} may not import ${other} (${imported})`;
  if (reach === 'values' || found.typeOnly) return null;
  if (reach === 'pure' && PURE_LIBRARIES[room]?.some((library) => library.test(imported))) return null;
  return `${room} may import types only from ${imported}`;
}

/** Everything in one file that breaks a rule of the architecture. `path` is relative to the repository's root, with `/`. */
export function violationsIn(path: string, source: string): Violation[] {
  const room = roomOf(path);
  if (room === null) return [{ path, line: 1, message: 'lies in no room of the architecture' }];
  const reading = readModule(path, source);
  const found: Violation[] = [];
  const add = (line: number, message: string | null): void => { if (message !== null) found.push({ path, line, message }); };

  for (const message of reading.syntaxErrors) add(1, `cannot be read: ${message}`);
  for (const each of reading.imports) add(each.line, refusedImport(path, room, each));
  for (const { kind, text, line } of reading.ambients) {
    if (!MAY_REACH[room].includes(kind)) add(line, `${text}: ${room} has no ${kind} of its own; it is passed in`);
  }
  if (!MAY_USE_SQL.includes(room)) {
    for (const { text, line } of reading.statements) add(line, `SQL outside db: ${text}`);
  }
  const named = reading.identifiers.get(BROKER_CAPABILITY);
  if (named !== undefined && !MAY_NAME_CAPABILITY.some((place) => place.test(path))) {
    add(named, `${BROKER_CAPABILITY} is the executor's alone: it is named where the desk is put together (main.ts, start/), in brokers/ and graph/execution/`);
  }
  return found;
}
