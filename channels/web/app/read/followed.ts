import type { Socket } from 'socket.io-client';
import type { ToolResult } from '../../../../tools/define.ts';
import type { PageToServer, ServerToPage } from '../../wire.ts';

/** What a read has come to. `failed` keeps the desk's own sentence. */
export type Reading<T> = { state: 'loading' } | { state: 'here'; value: T } | { state: 'failed'; code: string; message: string };
export const loading: Reading<never> = { state: 'loading' };

export interface Followed {
  now(key: string): Reading<unknown>;
  /** Follows while somebody listens, and a little longer, so that coming back shows at once what was there. */
  follow(input: { key: string; tool: string; input: Readonly<Record<string, unknown>>; changed: () => void }): () => void;
  /** Asks anew. */
  again(key: string): void;
}
const keptMs = 8_000;

interface Entry {
  tool: string;
  input: Record<string, unknown>;
  reading: Reading<unknown>;
  listeners: Set<() => void>;
  leaving: ReturnType<typeof setTimeout> | null;
}

/** The page's reads over its one connection; after a break all of them are asked for again. */
export function followedReads(socket: Socket<ServerToPage, PageToServer>): Followed {
  const entries = new Map<string, Entry>();
  const take = (key: string, reading: Reading<unknown>): void => {
    const entry = entries.get(key);
    if (!entry) return;
    entry.reading = reading;
    for (const listener of entry.listeners) listener();
  };
  const ask = (key: string, entry: Entry): void => {
    if (!socket.connected) return;
    socket.emit('follow', { key, tool: entry.tool, input: entry.input }, (answer) => {
      if (!answer.ok) take(key, { state: 'failed', code: answer.code, message: answer.message });
    });
  };
  socket.on('connect', () => {
    for (const [key, entry] of entries) ask(key, entry);
  });
  socket.on('read', ({ key, result }) => take(key, readingOf(result)));
  return {
    now: (key) => entries.get(key)?.reading ?? loading,
    follow({ key, tool, input, changed }) {
      let entry = entries.get(key);
      if (!entry) {
        entry = { tool, input: { ...input }, reading: loading, listeners: new Set(), leaving: null };
        entries.set(key, entry);
        ask(key, entry);
      }
      const own = entry;
      if (own.leaving !== null) clearTimeout(own.leaving);
      own.leaving = null;
      own.listeners.add(changed);
      return () => {
        own.listeners.delete(changed);
        if (own.listeners.size > 0) return;
        own.leaving = setTimeout(() => {
          entries.delete(key);
          if (socket.connected) socket.emit('unfollow', { key }, () => undefined);
        }, keptMs);
      };
    },
    again(key) {
      const entry = entries.get(key);
      if (!entry) return;
      take(key, loading);
      ask(key, entry);
    },
  };
}
const readingOf = (result: ToolResult): Reading<unknown> =>
  result.ok ? { state: 'here', value: result.output } : { state: 'failed', code: result.error.code, message: result.error.message };
