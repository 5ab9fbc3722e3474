import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConversationEvent } from '../agents/vocabulary.ts';
import { openEmbedded } from '../db/client.ts';
import { pendingConfirmations } from '../db/stores/confirmations.ts';
import { governedFacts } from '../db/stores/governed-facts.ts';
import { instant } from '../desk/time.ts';
import type { ModelPath } from '../graph/conversation/desk-turns.ts';
import { loadConfiguration } from '../ops/configuration.ts';
import { createLog } from '../ops/log.ts';
import { type Desk, openDesk } from '../start/open-desk.ts';

/** A conversation of its own with a desk that nobody else uses. */
export interface EvalThread {
  say(text: string): Promise<ConversationEvent[]>;
  press(confirmationId: string, choice: 'confirm' | 'reject'): Promise<ConversationEvent[]>;
}
export interface EvalDesk extends Desk { openThread(name: string): Promise<EvalThread>; /** What only confirmed actions may change, as it stands. */ facts(): Promise<string[]>; logged: string[] }

/** A whole desk on a simulated exchange in the middle of a session, in memory and apart from the home; its market stands still. */
export async function openEvalDesk({ model = null }: { model?: ModelPath | null } = {}): Promise<EvalDesk> {
  const loaded = loadConfiguration({ QUOTE_MAX_AGE_SECONDS: '86400' });
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  const folder = mkdtempSync(join(tmpdir(), 'parapet-evals-'));
  const logged: string[] = [];
  const database = await openEmbedded({ directory: null });
  const desk = await openDesk({
    database, configuration: loaded.configuration, world: { kind: 'sim', seed: 7, sessionWallMinutes: 30, sessions: 'open' }, keysFolder: folder, killFile: join(folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'error', write: (line) => { logged.push(line); } }), model, running: false,
  });
  for (let minute = 0; minute < 20; minute += 1) await desk.feed.advance?.(60_000);
  await desk.settle();
  let sent = 0;
  return {
    ...desk, logged, facts: () => governedFacts(database.orm),
    async openThread(name) {
      const { threadId } = await desk.conversation.openThread({ channel: 'evals', externalId: name, person: desk.owner });
      const exchange = async (inbound: Parameters<typeof desk.conversation.say>[0]['inbound']): Promise<ConversationEvent[]> => {
        const events: ConversationEvent[] = [];
        sent += 1;
        const stop = desk.conversation.subscribe(threadId, (stored) => { if (stored.author === 'desk' && stored.sequence > 0) events.push(stored.event); });
        await desk.conversation.say({ threadId, person: desk.owner, clientMessageId: `eval-${sent}`, inbound });
        await desk.conversation.idle();
        stop();
        return events;
      };
      return { say: (text) => exchange({ message: text }), press: (confirmationId, choice) => exchange({ press: confirmationId, choice }) };
    },
    async close() { await desk.close(); rmSync(folder, { recursive: true, force: true }); },
  };
}

/** Says no to whatever is still asked, so that the next case starts from its own. */
export async function closeQuestions(desk: EvalDesk, thread: EvalThread): Promise<void> {
  for (const { id } of await pendingConfirmations(desk.database.orm, {})) await thread.press(id, 'reject');
}

/** What one reading has more often than another. */
export function surplus(of: readonly string[], over: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const fact of over) left.set(fact, (left.get(fact) ?? 0) + 1);
  return of.filter((fact) => { const count = left.get(fact) ?? 0; if (count > 0) left.set(fact, count - 1); return count === 0; });
}
