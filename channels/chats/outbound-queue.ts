import type { Database } from '../../db/client.ts';
import { botWaits, dueOutbound, isOvertaken, nextOutboundMs, outboundEnded, outboundLater, outboundSent, sentAs } from '../../db/stores/outbound.ts';

/** Why a send did not work. `wait`: the channel named the time; `again`: no answer or its fault; `gone`: the chat is closed to us; `refused`: this message will never be taken. */
export class SendFailure extends Error {
  readonly kind: 'wait' | 'again' | 'gone' | 'refused';
  readonly seconds: number;
  constructor(kind: SendFailure['kind'], message: string, seconds = 0) { super(message); this.name = 'SendFailure'; this.kind = kind; this.seconds = seconds; }
}

export interface OutboundQueue {
  /** Something was queued. */
  wake(): void;
  /** Sends all that is due; resolves when nothing is due any more or every chat has to wait. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

const mostAttempts = 8;
const backoffSeconds = (attempts: number): number => Math.min(300, 2 ** attempts);

/**
 * Sends what is queued for one bot: in order within a chat, within a budget that all its chats share, again when the channel
 * says so and after the time that it names. A row is marked after the channel has taken it, so a crash in between sends
 * it twice at worst and never loses it. One process at a time sends for a bot.
 */
export function createOutboundQueue({ database, bot, send, perSecond, chatGapMs, nowMs, setTimer, pause, onFailure }: {
  database: Database; bot: string;
  /** `replaces`: what the chat knows the subject's earlier message by. Gives the id of what was sent. @throws SendFailure */
  send: (input: { chat: string; body: string; replaces: string | null }) => Promise<{ externalId: string | null }>;
  perSecond: number; chatGapMs: (chat: string) => number;
  nowMs: () => number;
  /** Null: nothing happens by itself. */
  setTimer: ((work: () => void, ms: number) => () => void) | null;
  pause: (ms: number) => Promise<void>;
  onFailure: (error: unknown, what: { chat: string; givenUp: boolean }) => void;
}): OutboundQueue {
  const lastInChat = new Map<string, number>();
  let earliestMs = 0;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let cancelTimer: (() => void) | null = null;

  const failed = async (row: { sequence: number; chat: string; attempts: number }, error: unknown): Promise<void> => {
    const failure = error instanceof SendFailure ? error : new SendFailure('again', error instanceof Error ? error.message : String(error));
    const { kind, message, seconds } = failure;
    if (kind === 'wait') {
      await outboundLater(database.orm, { sequence: row.sequence, seconds, error: message, counts: false });
      await botWaits(database.orm, { bot, seconds });
    } else if (kind === 'again' && row.attempts + 1 < mostAttempts) await outboundLater(database.orm, { sequence: row.sequence, seconds: backoffSeconds(row.attempts), error: message, counts: true });
    else await outboundEnded(database.orm, { sequence: row.sequence, state: 'failed', error: message });
    onFailure(error, { chat: row.chat, givenUp: kind === 'gone' || kind === 'refused' || (kind === 'again' && row.attempts + 1 >= mostAttempts) });
  };

  /** Milliseconds until the next look; null: nothing waits. */
  const round = async (): Promise<number | null> => {
    for (;;) {
      const due = await dueOutbound(database.orm, bot);
      let waitMs: number | null = null;
      let sent = false;
      for (const row of due) {
        if (stopped) return null;
        if (await isOvertaken(database.orm, row)) { await outboundEnded(database.orm, { sequence: row.sequence, state: 'skipped', error: null }); sent = true; continue; }
        const rest = (lastInChat.get(row.chat) ?? -Infinity) + chatGapMs(row.chat) - nowMs();
        if (rest > 0) { waitMs = Math.min(waitMs ?? rest, rest); continue; }
        const budget = earliestMs - nowMs();
        if (budget > 0) await pause(budget);
        earliestMs = nowMs() + 1000 / perSecond;
        try {
          const replaces = row.subject === null ? null : await sentAs(database.orm, { bot, chat: row.chat, subject: row.subject });
          const { externalId } = await send({ chat: row.chat, body: row.body, replaces });
          await outboundSent(database.orm, { sequence: row.sequence, externalId });
        } catch (error) {
          await failed(row, error);
          if (error instanceof SendFailure && error.kind === 'wait') break;
        }
        lastInChat.set(row.chat, nowMs());
        sent = true;
      }
      if (!sent) return waitMs ?? (await nextOutboundMs(database.orm, bot));
    }
  };
  const drain = (): Promise<void> => {
    if (running !== null) { again = true; return running; }
    running = database.whileLocked(`outbound ${bot}`, async () => {
      let waitMs: number | null;
      do { again = false; waitMs = await round(); } while (again && !stopped);
      cancelTimer?.();
      cancelTimer = waitMs === null || stopped || !setTimer ? null : setTimer(wake, Math.max(20, waitMs));
    }).finally(() => { running = null; });
    return running;
  };
  const wake = (): void => {
    if (stopped) return;
    // The database may be away for a moment; what waits stays in it.
    void drain().catch((error: unknown) => { onFailure(error, { chat: '', givenUp: false }); if (!stopped && setTimer) { cancelTimer?.(); cancelTimer = setTimer(wake, 5000); } });
  };
  return {
    wake, drain,
    async stop() { stopped = true; cancelTimer?.(); await running?.catch(() => undefined); },
  };
}
