import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConversationService, DeskState, Person, StoredEvent } from '../../../channels/conversation-service.ts';
import { deskFeeds } from '../../../channels/web/desk-feed.ts';
import { followThread } from '../../../channels/web/thread-feed.ts';
import type { Answer } from '../../../channels/web/wire.ts';
import { scriptedService } from './scripted-service.ts';
import { asha, collectEvents, once, ravi, startedWeb, type StartedWeb } from './started-web.ts';

let started: StartedWeb | null = null;
const start = async (...input: Parameters<typeof startedWeb>): Promise<StartedWeb> => (started = await startedWeb(...input));
afterEach(async () => {
  await started?.close();
  started = null;
});
const sequences = (events: StoredEvent[]): number[] => events.map(({ sequence }) => sequence).filter((sequence) => sequence > 0);
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('who may connect', () => {
  it('refuses a socket without a session, from another site, or with a stranger’s cookie name', async () => {
    const { connect, cookieOf } = await start();
    const cookie = await cookieOf(asha);
    for (const input of [{}, { cookie, origin: 'https://evil.example' }, { cookie: cookie.replace(/_\d+=/, '_1=') }]) {
      const socket = connect(input);
      expect(await once<Error>(socket, 'connect_error')).toBeInstanceOf(Error);
      expect(socket.connected).toBe(false);
    }
  });
  it('sends nothing of a thread that belongs to somebody else', async () => {
    const { connect, cookieOf, service } = await start();
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    await service.say({ threadId, person: asha, clientMessageId: 'm1', inbound: { message: 'find me a trade' } });
    const socket = connect({ cookie: await cookieOf(ravi), lastSeen: { [threadId]: 0 } });
    const seen = collectEvents(socket);
    expect(await once(socket, 'unwatched')).toMatchObject({ threadId, code: 'NOT_FOUND' });
    expect(await socket.emitWithAck('watch', { threadId, lastSeen: 0 })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    await service.settled();
    await wait(30);
    expect(seen).toEqual([]);
  });
  it('stops taking messages the moment the session is gone', async () => {
    const { connect, cookieOf, service, identity } = await start();
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    const cookie = await cookieOf(asha);
    const socket = connect({ cookie });
    await once<DeskState>(socket, 'desk');
    await identity.revoke(cookie.split('=')[1] ?? '');
    const answer: unknown = await socket.emitWithAck('say', { threadId, clientMessageId: 'm1', inbound: { message: 'pause' } });
    expect(answer).toMatchObject({ ok: false, code: 'SIGN_IN' });
    expect(service.messagesTaken()).toBe(0);
  });
});

describe('what a page misses while it is away', () => {
  it('is sent on return, in order, nothing lost and nothing twice', async () => {
    const { connect, cookieOf, service } = await start();
    const cookie = await cookieOf(asha);
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    const first = connect({ cookie, lastSeen: { [threadId]: 0 } });
    const before = collectEvents(first);
    await once<DeskState>(first, 'desk');
    await first.emitWithAck('say', { threadId, clientMessageId: 'm1', inbound: { message: 'find me a trade' } });
    await wait(10);
    first.disconnect();
    const lastSeen = Math.max(0, ...sequences(before));
    await service.say({ threadId, person: asha, clientMessageId: 'm2', inbound: { message: 'why not bigger?' } });
    const second = connect({ cookie, lastSeen: { [threadId]: lastSeen } });
    const after = collectEvents(second);
    await service.say({ threadId, person: asha, clientMessageId: 'm3', inbound: { message: 'what do I hold?' } });
    await once<DeskState>(second, 'desk');
    await service.settled();
    await wait(60);
    const all = await service.history({ threadId, person: asha, afterSequence: 0, limit: 500 });
    expect([...sequences(before), ...sequences(after)]).toEqual(upTo(all.length));
    expect(all.filter(({ event }) => event.type === 'end')).toHaveLength(3);
  });
  it('holds however the history and the live events interleave', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 450 }),
        fc.nat({ max: 450 }),
        fc.array(fc.nat({ max: 3 }), { maxLength: 12 }),
        async (already, lastSeenWish, arrivals) => {
          const events: StoredEvent[] = [];
          const listeners = new Set<(stored: StoredEvent) => void>();
          const append = (): void => {
            const stored: StoredEvent = {
              sequence: events.length + 1,
              at: '2024-06-03T06:12:00.000Z',
              author: 'person',
              event: { type: 'said', turn: 't', text: '' },
            };
            events.push(stored);
            for (const listener of listeners) listener(stored);
          };
          for (let index = 0; index < already; index += 1) append();
          const arriving = [...arrivals];
          const service = {
            subscribe: (_threadId: string, listener: (stored: StoredEvent) => void) => {
              listeners.add(listener);
              return () => {
                listeners.delete(listener);
              };
            },
            history: async ({ afterSequence, limit }: { afterSequence?: number; limit: number }) => {
              for (let count = arriving.shift() ?? 0; count > 0; count -= 1) append();
              const page = events.filter(({ sequence }) => sequence > (afterSequence ?? 0)).slice(0, limit);
              await Promise.resolve();
              for (let count = arriving.shift() ?? 0; count > 0; count -= 1) append();
              return page;
            },
          } as unknown as ConversationService;
          const sent: number[] = [];
          const lastSeen = Math.min(lastSeenWish, already);
          const { stop } = await followThread({
            service,
            threadId: 't',
            person: asha,
            lastSeen,
            send: ({ sequence }) => sent.push(sequence),
          });
          append();
          stop();
          append();
          expect(sent).toEqual(upTo(events.length - 1).slice(lastSeen));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('saying something', () => {
  it('takes the same message once, however often it is sent', async () => {
    const { connect, cookieOf, service, web } = await start();
    const cookie = await cookieOf(asha);
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    const socket = connect({ cookie });
    const message = { threadId, clientMessageId: 'm1', inbound: { message: 'pause' } };
    const first = (await socket.emitWithAck('say', message)) as Answer<{ turn: string; duplicate: boolean }>;
    const again = (await socket.emitWithAck('say', message)) as Answer<{ turn: string; duplicate: boolean }>;
    const overHttp = await fetch(`${web.url}/api/threads/${threadId}/say`, {
      method: 'POST',
      headers: { cookie, origin: web.url, 'content-type': 'application/json' },
      body: JSON.stringify({ clientMessageId: 'm1', inbound: message.inbound }),
    });
    expect(first).toMatchObject({ ok: true, duplicate: false });
    expect(again).toEqual({ ...first, duplicate: true });
    expect(await overHttp.json()).toMatchObject({ duplicate: true });
    expect(service.messagesTaken()).toBe(1);
  });
  it('refuses what is malformed with a sentence, and survives it', async () => {
    const { connect, cookieOf, service } = await start();
    const socket = connect({ cookie: await cookieOf(asha) });
    await once<DeskState>(socket, 'desk');
    for (const message of [
      null,
      7,
      {},
      { threadId: 'x', clientMessageId: 'm', inbound: {} },
      { threadId: 'x', clientMessageId: 'm', inbound: { message: 'x'.repeat(4_001) } },
      { threadId: 'x', clientMessageId: 'm', inbound: { press: 'c', choice: 'maybe' } },
    ]) {
      expect(await socket.emitWithAck('say', message), JSON.stringify(message)).toMatchObject({ ok: false, code: 'INVALID' });
    }
    socket.emit('say', 'no acknowledgement asked');
    expect(await socket.emitWithAck('cancel', { threadId: 'none', turn: 't' })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(service.messagesTaken()).toBe(0);
  });
  it('drops a connection that sends more than 64 kB at once', async () => {
    const { connect, cookieOf } = await start();
    const socket = connect({ cookie: await cookieOf(asha) });
    await once<DeskState>(socket, 'desk');
    const gone = once<string>(socket, 'disconnect');
    socket.emit('say', { text: 'x'.repeat(70_000) });
    expect(await gone).toMatch(/transport/);
  });
});

describe('the state of the desk', () => {
  it('reaches the page at most four times a second, and the last change always arrives', async () => {
    const scripted = scriptedService();
    let changes = 0;
    const service = { ...scripted, deskState: async (person: Person): Promise<DeskState> => ({ ...(await scripted.deskState(person)), notices: [String(changes)] }) };
    const { connect, cookieOf } = await start({ service });
    const socket = connect({ cookie: await cookieOf(asha) });
    const read: string[] = [];
    socket.on('desk', ({ notices }: DeskState) => read.push(notices[0] ?? ''));
    await once<DeskState>(socket, 'desk');
    const startedMs = Date.now();
    for (; changes < 100; changes += 1) {
      scripted.nudge();
      await wait(5);
    }
    scripted.nudge();
    while (read.at(-1) !== '100') await wait(10);
    expect(read.length).toBeLessThanOrEqual(Math.ceil((Date.now() - startedMs) / 250) + 1);
  });
  it('is read once for all the pages of a person, and sent again at once only when more than the clocks has changed', async () => {
    const scripted = scriptedService();
    let [reads, elapsedMs, notices] = [0, 0, 'a'];
    const listeners = new Set<() => void>();
    const sent: string[] = [];
    const feeds = deskFeeds({
      service: {
        ...scripted,
        deskState: async (person) => {
          reads += 1;
          return { ...(await scripted.deskState(person)), marketTime: new Date(reads).toISOString(), notices: [notices] };
        },
        subscribeDesk: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      send: (_person, state) => sent.push(state.notices[0] ?? ''),
      failed: (thrown) => { throw thrown; },
      elapsedMs: () => elapsedMs,
    });
    const welcomed: string[] = [];
    const leave = [1, 2, 3].map(() => feeds.join(asha, (state) => welcomed.push(state.notices[0] ?? '')));
    const readsAre = async (wanted: number): Promise<void> => { while (reads < wanted || sent.length === 0) await wait(5); };
    await readsAre(2);
    expect([sent, listeners.size]).toEqual([['a'], 1]);
    const change = async (): Promise<void> => {
      const before = reads;
      for (const listener of listeners) listener();
      await readsAre(before + 1);
      await wait(0);
    };
    await change();
    expect(sent).toEqual(['a']);
    elapsedMs = 1_000;
    await change();
    expect(sent).toEqual(['a', 'a']);
    notices = 'b';
    await change();
    expect(sent).toEqual(['a', 'a', 'b']);
    for (const each of leave) each();
    expect(listeners.size).toBe(0);
  });
});
