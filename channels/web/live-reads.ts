import type { Person } from '../conversation-service.ts';
import type { ToolResult } from '../../tools/define.ts';
import { pageReads } from './page-reads.ts';

/** Runs a reading tool for a person, with that person's rights of now. */
export type ReadTool = (input: { person: Person; tool: string; input: unknown }) => Promise<ToolResult>;
export interface LiveReads {
  /** Sends the tool's answer at once and again whenever it has changed. Gives what stops it. */
  follow(input: { person: Person; tool: string; input: unknown; send: (result: ToolResult) => void }): () => void;
}
/** A look that takes long is taken seldom: at most a tenth of the time goes into one read. */
const restPerWork = 9;
const sameForAll = new Set(['asOf', 'wallTime']);
/** An answer that differs in nothing but its time of day is no news. */
const withoutTimes = (result: ToolResult): string =>
  JSON.stringify(result, (key, value: unknown) => (sameForAll.has(key) ? undefined : value));

interface Runner {
  listeners: Set<(result: ToolResult) => void>;
  look(): void;
  stop(): void;
  last: ToolResult | null;
}

/** What pages look at, read again after the desk has changed. The same look of the same person on several pages is one. */
export function liveReads(input: {
  read: ReadTool;
  subscribeDesk: (listener: () => void) => () => void;
  report: (thrown: unknown) => void;
  /** Milliseconds that only grow. */
  elapsedMs?: () => number;
}): LiveReads {
  const elapsedMs = input.elapsedMs ?? (() => performance.now());
  const runners = new Map<string, Runner>();
  let unsubscribe: (() => void) | null = null;

  function runner(key: string, asked: { person: Person; tool: string; input: unknown }, leastGapMs: number): Runner {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let [reading, wanted, stopped] = [false, false, false];
    let notBeforeMs = 0;
    let before = '';
    const read = async (): Promise<void> => {
      timer = null;
      [reading, wanted] = [true, false];
      const startedMs = elapsedMs();
      let result: ToolResult;
      try {
        result = await input.read(asked);
      } catch (thrown) {
        input.report(thrown);
        result = { ok: false, error: { code: 'FAILED', message: 'The desk failed at this and has written down why.' } };
      }
      const endedMs = elapsedMs();
      notBeforeMs = endedMs + Math.max(leastGapMs, (endedMs - startedMs) * restPerWork);
      reading = false;
      if (stopped) return;
      const now = withoutTimes(result);
      if (now !== before) {
        before = now;
        made.last = result;
        for (const listener of made.listeners) listener(result);
      }
      if (wanted) look();
    };
    const look = (): void => {
      wanted = true;
      if (!stopped && !reading && timer === null) timer = setTimeout(() => void read(), Math.max(0, notBeforeMs - elapsedMs()));
    };
    const made: Runner = {
      listeners: new Set(),
      look,
      last: null,
      stop: () => {
        stopped = true;
        if (timer !== null) clearTimeout(timer);
        runners.delete(key);
      },
    };
    return made;
  }

  return {
    follow({ person, tool, input: asked, send }) {
      const leastGapMs = pageReads.get(tool);
      if (leastGapMs === undefined) {
        send({ ok: false, error: { code: 'NOT_FOUND', message: `pages do not read ${tool}` } });
        return () => undefined;
      }
      const key = `${person.id} ${person.role} ${tool} ${JSON.stringify(asked)}`;
      let found = runners.get(key);
      if (found) {
        if (found.last) send(found.last);
      } else {
        found = runner(key, { person, tool, input: asked }, leastGapMs);
        runners.set(key, found);
        found.look();
      }
      const own = found;
      own.listeners.add(send);
      unsubscribe ??= input.subscribeDesk(() => {
        for (const each of runners.values()) each.look();
      });
      return () => {
        own.listeners.delete(send);
        if (own.listeners.size === 0) own.stop();
        if (runners.size === 0) {
          unsubscribe?.();
          unsubscribe = null;
        }
      };
    },
  };
}
