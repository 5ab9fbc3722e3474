import { io, type Socket } from 'socket.io-client';
import type { DeskState, StoredEvent, ThreadSummary } from '../../conversation-service.ts';
import type { Inbound } from '../../vocabulary.ts';
import type { Answer, PageToServer, ServerToPage } from '../wire.ts';
import { afterBreak, emptyConversation, firstSequence, lastSequence, withEvents, type Conversation } from './conversation/fold.ts';
import { withoutArrived, withState, type Outgoing } from './conversation/outbox.ts';
import { go, onRoute, routeNow } from './location.ts';
import { followedReads, type Followed } from './read/followed.ts';
import { openThread, readHistory, readThreads, RequestRefused } from './desk-api.ts';

const pageSize = 80;
const answerMs = 10_000;
/** Two frames: words that stream in faster are drawn together. */
const drawEveryMs = 32;

export interface PageState {
  /** `lost` since the connection broke; `signed_out` needs a new link. */
  link: { state: 'connecting' | 'live' | 'lost' | 'signed_out'; sinceMs: number };
  desk: DeskState | null;
  /** Server's wall clock minus this machine's. */
  clockSkewMs: number;
  threads: readonly ThreadSummary[];
  threadId: string | null;
  conversation: Conversation;
  history: 'loading' | 'more' | 'all';
  outbox: readonly Outgoing[];
  /** Name of the account that questions are about; null for all. */
  account: string | null;
}
export interface DeskLink {
  /** What the pages beside the chat follow. */
  reads: Followed;
  subscribe(listener: () => void): () => void;
  state(): PageState;
  start(): void;
  openConversation(threadId: string | null): Promise<void>;
  loadEarlier(): Promise<void>;
  /** `replaces`: the turn of the person's last message, which is asked again in these words. */
  say(text: string, replaces?: string): Promise<void>;
  withdraw(clientMessageId: string): void;
  /** Null when taken, else why not. */
  press(confirmationId: string, choice: 'confirm' | 'reject'): Promise<string | null>;
  cancel(turn: string): Promise<void>;
  chooseAccount(name: string | null): void;
  retry(): void;
}

/** The page's one connection to the desk and everything that it has heard over it. */
export function deskLink(): DeskLink {
  let state: PageState = {
    link: { state: 'connecting', sinceMs: Date.now() },
    desk: null,
    clockSkewMs: 0,
    threads: [],
    threadId: null,
    conversation: emptyConversation,
    history: 'loading',
    outbox: [],
    account: routeNow().query.account ?? null,
  };
  const listeners = new Set<() => void>();
  let drawing: ReturnType<typeof setTimeout> | null = null;
  const draw = (): void => {
    if (drawing !== null) clearTimeout(drawing);
    drawing = null;
    for (const listener of listeners) listener();
  };
  function change(changes: Partial<PageState>, soon = false): void {
    state = { ...state, ...changes };
    if (!soon) draw();
    else drawing ??= setTimeout(draw, drawEveryMs);
  }
  let opening: Promise<string> | null = null;
  const setLink = (next: PageState['link']['state']): void => {
    if (state.link.state !== next) change({ link: { state: next, sinceMs: Date.now() } });
  };

  const socket: Socket<ServerToPage, PageToServer> = io('/chat', {
    autoConnect: false,
    transports: ['websocket', 'polling'],
    reconnectionDelay: 400,
    reconnectionDelayMax: 5_000,
    auth: (give) => {
      give({
        lastSeen:
          state.threadId === null || (state.history === 'loading' && state.conversation.events.length === 0)
            ? {}
            : { [state.threadId]: lastSequence(state.conversation) },
      });
    },
  });
  const reads = followedReads(socket);
  socket.on('connect', () => {
    setLink('live');
    for (const each of state.outbox) if (each.state === 'waiting') void send(each);
    void refreshThreads();
  });
  socket.on('disconnect', (reason) => {
    change({ conversation: afterBreak(state.conversation) });
    setLink('lost');
    if (reason === 'io server disconnect') void checkSession();
  });
  socket.on('connect_error', () => {
    if (state.link.state === 'live') setLink('lost');
    void checkSession();
  });
  socket.on('desk', (desk) => change({ desk, clockSkewMs: Date.parse(desk.wallTime) - Date.now() }));
  socket.on('event', ({ threadId, stored }) => {
    if (threadId === state.threadId) take([stored]);
  });
  socket.on('unwatched', ({ threadId }) => {
    if (threadId === state.threadId) void openConversation(null);
  });

  function take(arrived: readonly StoredEvent[]): void {
    const ids = new Set(arrived.flatMap(({ clientMessageId }) => (clientMessageId === undefined ? [] : [clientMessageId])));
    const onlyWords = arrived.every(({ event }) => event.type === 'delta');
    change({ conversation: withEvents(state.conversation, arrived), outbox: withoutArrived(state.outbox, ids) }, onlyWords);
    if (arrived.some(({ event }) => event.type === 'end')) void refreshThreads();
  }
  async function refreshThreads(): Promise<void> {
    try {
      change({ threads: await readThreads() });
    } catch {
      /* The list is as it was; the connection's state is shown elsewhere. */
    }
  }
  async function checkSession(): Promise<void> {
    try {
      await readThreads();
      if (!socket.active) socket.connect();
    } catch (thrown) {
      if (RequestRefused.isInstance(thrown) && thrown.status === 401) {
        socket.disconnect();
        setLink('signed_out');
      }
    }
  }
  async function watch(threadId: string): Promise<void> {
    if (socket.connected)
      await socket
        .timeout(answerMs)
        .emitWithAck('watch', { threadId, lastSeen: lastSequence(state.conversation) })
        .catch(() => null);
  }
  async function openConversation(threadId: string | null): Promise<void> {
    change({ threadId, conversation: emptyConversation, history: threadId === null ? 'all' : 'loading' });
    // Beside another part the conversation changes without a step.
    const { part, id } = routeNow();
    if (part === 'chat' && id !== threadId) go({ id: threadId }, { inPlace: id === null });
    if (threadId === null) return;
    try {
      const events = await readHistory(threadId, { limit: pageSize });
      if (state.threadId !== threadId) return;
      take(events);
      change({ history: events.length < pageSize ? 'all' : 'more' });
      await watch(threadId);
    } catch (thrown) {
      if (RequestRefused.isInstance(thrown) && thrown.status === 404 && state.threadId === threadId) await openConversation(null);
      else if (state.threadId === threadId) change({ history: 'more' });
    }
  }
  async function loadEarlier(): Promise<void> {
    const { threadId, conversation } = state;
    if (threadId === null || state.history !== 'more') return;
    change({ history: 'loading' });
    const before = firstSequence(conversation);
    try {
      const events = await readHistory(threadId, { limit: pageSize, ...(before === 0 ? {} : { beforeSequence: before }) });
      if (state.threadId !== threadId) return;
      take(events);
      change({ history: events.length < pageSize ? 'all' : 'more' });
    } catch {
      if (state.threadId === threadId) change({ history: 'more' });
    }
  }
  /** The open conversation, or a new one: made once, however many messages wait for it. */
  async function ownThread(): Promise<string> {
    if (state.threadId !== null) return state.threadId;
    opening ??= openThread()
      .then(async ({ threadId }) => {
        change({ outbox: state.outbox.map((each) => (each.threadId === null ? { ...each, threadId } : each)) });
        await openConversation(threadId);
        return threadId;
      })
      .finally(() => {
        opening = null;
      });
    return opening;
  }
  const drop = (clientMessageId: string): void =>
    change({ outbox: state.outbox.filter((each) => each.clientMessageId !== clientMessageId) });
  async function send(message: Outgoing): Promise<void> {
    const { clientMessageId } = message;
    const mark = (to: Outgoing['state'], problem: string | null = null): void =>
      change({ outbox: withState(state.outbox, clientMessageId, to, problem) });
    if (!socket.connected) {
      mark('waiting');
      return;
    }
    mark('sending');
    const inbound: Inbound = { message: message.text, ...(message.account === null ? {} : { account: message.account }), ...(message.replaces === null ? {} : { replaces: message.replaces }) };
    try {
      const threadId = message.threadId ?? (await ownThread());
      const answer: Answer<{ turn: string }> = await socket.timeout(answerMs).emitWithAck('say', { threadId, clientMessageId, inbound });
      if (!answer.ok) mark('refused', answer.message);
      else if (threadId !== state.threadId) drop(clientMessageId);
    } catch (thrown) {
      const still = state.outbox.find((each) => each.clientMessageId === clientMessageId);
      if (RequestRefused.isInstance(thrown)) mark('refused', thrown.message);
      else if (still) {
        // Without an answer it may or may not have arrived; sending it again under the same id is harmless.
        mark('waiting');
        setTimeout(() => {
          if (socket.connected && state.outbox.some((each) => each.clientMessageId === clientMessageId && each.state === 'waiting'))
            void send(still);
        }, 1_500);
      }
    }
  }

  return {
    reads,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    state: () => state,
    start: () => {
      const wanted = routeNow().part === 'chat' ? routeNow().id : null;
      onRoute(() => {
        const { part, id, query } = routeNow();
        if ((query.account ?? null) !== state.account) change({ account: query.account ?? null });
        if (part === 'chat' && id !== state.threadId && state.link.state !== 'connecting') void openConversation(id);
      });
      void (async () => {
        try {
          const threads = await readThreads();
          change({ threads });
          await openConversation(wanted ?? threads[0]?.threadId ?? null);
        } catch (thrown) {
          if (RequestRefused.isInstance(thrown) && thrown.status === 401) {
            setLink('signed_out');
            return;
          }
          setLink('lost');
        }
        socket.connect();
      })();
    },
    openConversation,
    loadEarlier,
    say: async (text, replaces) => {
      const message: Outgoing = {
        clientMessageId: crypto.randomUUID(),
        text,
        threadId: state.threadId,
        account: state.account,
        replaces: replaces ?? null,
        at: new Date().toISOString(),
        state: 'sending',
        problem: null,
      };
      change({ outbox: [...state.outbox, message] });
      await send(message);
    },
    withdraw: drop,
    press: async (confirmationId, choice) => {
      if (!socket.connected) return 'Not sent: there is no connection to the desk.';
      try {
        const threadId = await ownThread();
        const answer = await socket.timeout(answerMs).emitWithAck('say', {
          threadId,
          clientMessageId: `press:${confirmationId}:${choice}`,
          inbound: { press: confirmationId, choice },
        });
        return answer.ok ? null : answer.message;
      } catch {
        return 'No answer yet. The desk may have taken it; the card will say so. Pressing again cannot send it twice.';
      }
    },
    cancel: async (turn) => {
      if (state.threadId !== null && socket.connected)
        await socket
          .timeout(answerMs)
          .emitWithAck('cancel', { threadId: state.threadId, turn })
          .catch(() => null);
    },
    chooseAccount: (account) => go({ query: { account: account ?? '' }, sheets: routeNow().sheets }, { inPlace: true }),
    retry: () => {
      socket.disconnect().connect();
    },
  };
}
