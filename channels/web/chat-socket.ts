import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server, type DefaultEventsMap } from 'socket.io';
import { ConversationRefusal, type ConversationService, type Person } from '../conversation-service.ts';
import { withoutUndefined } from './api.ts';
import { deskFeeds } from './desk-feed.ts';
import { failureOf } from './failure.ts';
import { sessionOf, type Session, type SessionStore } from './identity.ts';
import type { LiveReads } from './live-reads.ts';
import type { ownOrigin } from './origin.ts';
import type { RateLimit } from './rate-limit.ts';
import { socketCount } from './socket-count.ts';
import { followThread } from './thread-feed.ts';
import { CancelMessage, FollowMessage, Handshake, SayMessage, UnfollowMessage, WatchMessage, type Answer, type PageToServer, type ServerToPage } from './wire.ts';

const mostThreadsWatched = 20;
/** A page with everything open follows about a dozen reads. */
const mostReadsFollowed = 40;

const roomOf = (person: Person): string => `desk:${person.id} ${person.role}`;
const addressOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? 'unknown';

/**
 * The chat over socket.io, in the namespace `/chat`. A page names in its handshake the threads that it has open and
 * the last sequence that it saw of each; it is sent what it missed and then what comes. It may also follow what
 * reading tools say, for the pages beside the chat.
 */
export function chatSocket(input: {
  http: HttpServer;
  service: ConversationService;
  identity: SessionStore;
  reads: LiveReads;
  limit: RateLimit;
  socketsPerAddress: number;
  origin: ReturnType<typeof ownOrigin>;
  report: (thrown: unknown) => void;
}): { endSession(sessionId: string): void; close(): Promise<void> } {
  const { service, identity, report } = input;
  const sockets = socketCount(input.socketsPerAddress);
  const io = new Server<PageToServer, ServerToPage, DefaultEventsMap, { session: Session }>(input.http, {
    serveClient: false,
    maxHttpBufferSize: 64 * 1024,
    pingInterval: 10_000,
    pingTimeout: 8_000,
    allowRequest: (request, decide) => {
      void admit(request).then(
        (refusal) => {
          decide(refusal, refusal === null);
        },
        (thrown: unknown) => {
          report(thrown);
          decide('failed', false);
        },
      );
    },
  });
  /** A browser sends its Origin with every web socket and cross-site request; polling from our own page has none on GET. */
  async function admit(request: IncomingMessage): Promise<string | null> {
    if (!input.origin.isOwnHost(request)) return 'other host';
    if (request.headers.origin !== undefined ? !input.origin.isSameOrigin(request) : request.headers['sec-fetch-site'] === 'cross-site')
      return 'other origin';
    if (sockets.isFull(addressOf(request))) return 'too many connections';
    if (await sessionOf(request, identity)) return null;
    return input.limit.take(`socket ${addressOf(request)}`).retryAfterSeconds === null
      ? 'sign in'
      : 'too many requests';
  }

  // Many may have been admitted while none was open yet, so each is counted once more as it opens.
  io.engine.on('connection', (connection: { request: IncomingMessage; close(): void; once(event: 'close', done: () => void): void }) => {
    const closed = sockets.open(addressOf(connection.request));
    if (closed) connection.once('close', closed);
    else connection.close();
  });

  const chat = io.of('/chat');
  const feeds = deskFeeds({ service, send: (person, state) => chat.to(roomOf(person)).emit('desk', state), failed: report });
  chat.use((socket, next) => {
    sessionOf(socket.request, identity).then(
      (session) => {
        if (!session) {
          next(new Error('SIGN_IN'));
          return;
        }
        socket.data.session = session;
        next();
      },
      (thrown: unknown) => {
        report(thrown);
        next(new Error('FAILED'));
      },
    );
  });

  chat.on('connection', (socket) => {
    const { session } = socket.data;
    const { person } = session;
    const watched = new Map<string, { stop: () => void }>();
    void socket.join(`session:${session.id}`);
    void socket.join(roomOf(person));
    const stopDesk = feeds.join(person, (state) => socket.emit('desk', state));
    const followed = new Map<string, () => void>();
    socket.on('disconnect', () => {
      stopDesk();
      for (const { stop } of watched.values()) stop();
      watched.clear();
      for (const stop of followed.values()) stop();
      followed.clear();
    });

    async function watch(threadId: string, lastSeen: number): Promise<number> {
      watched.get(threadId)?.stop();
      watched.delete(threadId);
      if (watched.size >= mostThreadsWatched) {
        const [oldest] = watched;
        if (oldest) {
          oldest[1].stop();
          watched.delete(oldest[0]);
        }
      }
      const thread = await followThread({
        service,
        threadId,
        person,
        lastSeen,
        send: (stored) => socket.emit('event', { threadId, stored }),
      });
      // Another watch of the same thread, or the end of the connection, may have come while the history was read.
      if (!socket.connected || watched.has(threadId)) {
        thread.stop();
        return thread.sequence;
      }
      watched.set(threadId, thread);
      return thread.sequence;
    }
    /** Rights may have gone since the handshake, so each message asks for the session again. */
    async function answered<T extends object>(answer: unknown, run: () => Promise<T>): Promise<void> {
      const reply = typeof answer === 'function' ? (answer as (value: Answer<T>) => void) : () => {};
      try {
        if (!(await sessionOf(socket.request, identity))) {
          reply({ ok: false, code: 'SIGN_IN', message: 'You are signed out.' });
          socket.disconnect(true);
          return;
        }
        reply({ ok: true, ...(await run()) });
      } catch (thrown) {
        const { code, message } = failureOf(thrown, report);
        reply({ ok: false, code, message });
      }
    }
    socket.on(
      'watch',
      (message, answer) =>
        void answered(answer, async () => {
          const { threadId, lastSeen } = WatchMessage.parse(message);
          return { sequence: await watch(threadId, lastSeen) };
        }),
    );
    socket.on(
      'say',
      (message, answer) =>
        void answered(answer, async () => {
          const { threadId, clientMessageId, inbound } = SayMessage.parse(message);
          return service.say({ threadId, person, clientMessageId, inbound: withoutUndefined(inbound) });
        }),
    );
    socket.on(
      'cancel',
      (message, answer) =>
        void answered(answer, async () => {
          await service.cancel({ ...CancelMessage.parse(message), person });
          return {};
        }),
    );
    socket.on(
      'follow',
      (message, answer) =>
        void answered(answer, async () => {
          const { key, tool, input: asked } = FollowMessage.parse(message);
          if (!followed.has(key) && followed.size >= mostReadsFollowed)
            throw new ConversationRefusal('BUSY', 'This page looks at too many things at once.');
          followed.get(key)?.();
          followed.set(key, input.reads.follow({ person, tool, input: asked, send: (result) => socket.emit('read', { key, result }) }));
          return {};
        }),
    );
    socket.on(
      'unfollow',
      (message, answer) =>
        void answered(answer, async () => {
          const { key } = UnfollowMessage.parse(message);
          followed.get(key)?.();
          followed.delete(key);
          return {};
        }),
    );
    const handshake = Handshake.safeParse(socket.handshake.auth);
    for (const [threadId, lastSeen] of Object.entries(handshake.data?.lastSeen ?? {}).slice(0, mostThreadsWatched)) {
      watch(threadId, lastSeen).catch((thrown: unknown) => {
        const { code, message } = failureOf(thrown, report);
        socket.emit('unwatched', { threadId, code, message });
      });
    }
  });

  return {
    endSession: (sessionId) => {
      chat.in(`session:${sessionId}`).disconnectSockets(true);
    },
    close: () => io.close(),
  };
}
