import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationEvent } from '../../agents/vocabulary.ts';
import type { Database } from '../../db/client.ts';
import { type Instant, instant } from '../../desk/time.ts';
import type { ModelPath } from '../../graph/conversation/desk-turns.ts';
import { loadConfiguration } from '../../ops/configuration.ts';
import { createLog } from '../../ops/log.ts';
import type { EvalProcess } from '../../start/eval-process.ts';
import { type Desk, openDesk, type WorldChoice } from '../../start/open-desk.ts';
import { openTestDatabase } from './database.ts';

export interface TestDesk extends Desk {
  /** Says a line as the owner and returns what the desk answered, without progress and deltas. */
  say(text: string, options?: { account?: string; asOf?: string }): Promise<ConversationEvent[]>;
  press(confirmationId: string, choice?: 'confirm' | 'reject', reason?: string): Promise<ConversationEvent[]>;
  /** Moves the market by hand and lets everything that follows happen. */
  advance(minutes: number): Promise<void>;
  /** Wall time passes (expiries go by the database's clock, so only what the desk itself reads). */
  clock: { now: Instant };
  logged: string[];
}

export interface TestDeskOptions {
  world?: WorldChoice; database?: Database; environment?: Record<string, string>; model?: ModelPath | null; folder?: string; evaluate?: EvalProcess;
}

/** A whole desk over a fresh database: real gates, executor, paper broker and conversation; time moves only by hand. */
export async function openTestDesk(options: TestDeskOptions = {}): Promise<TestDesk> {
  const database = options.database ?? (await openTestDatabase());
  const loaded = loadConfiguration(options.environment ?? {});
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'parapet-desk-'));
  const clock = { now: instant(Date.now()) };
  const logged: string[] = [];
  const desk = await openDesk({
    database, configuration: loaded.configuration, world: options.world ?? { kind: 'sim', seed: 7, sessionWallMinutes: 30, sessions: 'open' }, keysFolder: folder, killFile: join(folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'warn', write: (line) => { logged.push(line); } }), model: options.model ?? null, running: false, ...(options.evaluate ? { evaluate: options.evaluate } : {}),
  });
  const { threadId } = await desk.conversation.openThread({ channel: 'test', externalId: 'main', person: desk.owner });
  let sent = 0;
  const exchange = async (inbound: Parameters<typeof desk.conversation.say>[0]['inbound']): Promise<ConversationEvent[]> => {
    const events: ConversationEvent[] = [];
    sent += 1;
    const stop = desk.conversation.subscribe(threadId, (stored) => { if (stored.author === 'desk' && stored.sequence > 0) events.push(stored.event); });
    await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: `m${sent}-${Date.now()}`, inbound });
    await desk.conversation.idle();
    stop();
    return events;
  };
  return {
    ...desk, clock, logged,
    say: (text, more = {}) => exchange({ message: text, ...more }),
    press: (confirmationId, choice = 'confirm', reason) => exchange({ press: confirmationId, choice, ...(reason === undefined ? {} : { reason }) }),
    async advance(minutes) {
      for (let left = minutes; left > 0; left -= 1) await desk.feed.advance?.(Math.min(1, left) * 60_000);
      await desk.settle();
    },
    async close() {
      await desk.close();
      if (!options.folder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a turn said in words. */
export const textOf = (events: readonly ConversationEvent[]): string => events.filter((event) => event.type === 'reply').map((event) => event.text).join('\n');
export const cardOf = (events: readonly ConversationEvent[]) => events.filter((event) => event.type === 'card').at(-1)?.card;
