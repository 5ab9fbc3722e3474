import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { liveReads, type ReadTool } from '../../../channels/web/live-reads.ts';
import { pageReads } from '../../../channels/web/page-reads.ts';
import type { ToolResult } from '../../../tools/define.ts';
import { tools } from '../../../tools/registry.ts';
import { asha, once, ravi, startedWeb, type StartedWeb } from './started-web.ts';

let started: StartedWeb | null = null;
const start = async (...input: Parameters<typeof startedWeb>): Promise<StartedWeb> => (started = await startedWeb(...input));
afterEach(async () => {
  await started?.close();
  started = null;
});
interface ReadMessage { key: string; result: ToolResult }

describe('what pages may read', () => {
  it('is a tool that reads, each of them, so that a page can never propose', () => {
    const others = [...pageReads.keys()].filter((name) => tools.get(name)?.effect !== 'read');
    expect(others).toEqual([]);
  });
  it('never reaches a tool that proposes, whatever the page asks for', async () => {
    const asked: string[] = [];
    const read: ReadTool = ({ tool }) => {
      asked.push(tool);
      return Promise.resolve({ ok: true, output: {} });
    };
    const { connect, cookieOf } = await start({ read });
    const socket = connect({ cookie: await cookieOf(asha) });
    await once(socket, 'desk');
    for (const tool of ['control', 'propose_order', 'sql', '__proto__', 'portfolio_state ']) {
      const answered = once<ReadMessage>(socket, 'read');
      await socket.emitWithAck('follow', { key: tool, tool, input: {} });
      expect((await answered).result, tool).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    }
    expect(asked).toEqual([]);
  });
});

describe('following a read', () => {
  it('runs it once for all the pages of a person, and apart for somebody else', async () => {
    const asked: string[] = [];
    const read: ReadTool = ({ person, tool }) => {
      asked.push(`${person.name} ${tool}`);
      return Promise.resolve({ ok: true, output: { of: person.name } });
    };
    const { connect, cookieOf } = await start({ read });
    const cookies = [await cookieOf(asha), await cookieOf(asha), await cookieOf(ravi)];
    const answers = await Promise.all(
      cookies.map(async (cookie) => {
        // Listened for at once: what a socket says before anybody listens is lost.
        const socket = connect({ cookie });
        await once(socket, 'desk');
        const answered = once<ReadMessage>(socket, 'read');
        await socket.emitWithAck('follow', { key: 'a', tool: 'limits', input: {} });
        return (await answered).result;
      }),
    );
    expect(answers.map((result) => (result.ok ? result.output : null))).toEqual([{ of: 'Asha' }, { of: 'Asha' }, { of: 'Ravi' }]);
    expect(asked.sort()).toEqual(['Asha limits', 'Ravi limits']);
  });
  it('sends what changed after the desk has changed, and says nothing when only the time went on', async () => {
    let [count, looks, elapsedMs] = [1, 0, 0];
    const listeners = new Set<() => void>();
    const reads = liveReads({
      read: () => {
        looks += 1;
        return Promise.resolve({ ok: true, output: { count, asOf: `t${looks}` } });
      },
      subscribeDesk: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      report: () => undefined,
      elapsedMs: () => elapsedMs,
    });
    const heard: unknown[] = [];
    const until = async (met: () => boolean): Promise<void> => { while (!met()) await wait(2); };
    const stop = reads.follow({ person: asha, tool: 'limits', input: {}, send: (result) => heard.push(result.ok ? (result.output as { count: number }).count : result.error) });
    await until(() => looks === 1);
    const deskChanges = (): void => {
      // Long enough for the next look to be due.
      elapsedMs += 60_000;
      for (const listener of listeners) listener();
    };
    deskChanges();
    await until(() => looks === 2);
    count = 2;
    deskChanges();
    await until(() => heard.length === 2);
    expect(heard).toEqual([1, 2]);
    stop();
    expect(listeners.size).toBe(0);
  });
  it('answers a bug of a tool with a sentence, and tells the desk about it', async () => {
    const { connect, cookieOf, reported } = await start({ read: () => Promise.reject(new Error('secret detail')) });
    const socket = connect({ cookie: await cookieOf(asha) });
    await once(socket, 'desk');
    const answered = once<ReadMessage>(socket, 'read');
    await socket.emitWithAck('follow', { key: 'a', tool: 'limits', input: {} });
    expect(JSON.stringify(await answered)).not.toContain('secret');
    expect(String(reported[0])).toContain('secret detail');
  });
  it('refuses a page that follows more than it can show', async () => {
    const { connect, cookieOf } = await start();
    const socket = connect({ cookie: await cookieOf(asha) });
    await once(socket, 'desk');
    const answers: { ok: boolean }[] = [];
    for (let key = 0; key < 41; key += 1) answers.push((await socket.emitWithAck('follow', { key: String(key), tool: 'limits', input: { key } })) as { ok: boolean });
    expect(answers.filter(({ ok }) => ok)).toHaveLength(40);
    expect(answers[40]).toMatchObject({ ok: false, code: 'BUSY' });
  });
});

describe('a flood of connections', () => {
  it('is cut off at what one address may have, signed in or not, and a closed one makes room', async () => {
    const { connect, cookieOf, web } = await start({ socketsPerAddress: 20 });
    const cookie = await cookieOf(asha);
    const tried = Array.from({ length: 500 }, () => connect({ cookie }));
    const outcomes = await Promise.all(
      tried.map((socket) => new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('connect_error', () => resolve(false));
      })),
    );
    expect(outcomes.filter(Boolean)).toHaveLength(20);
    expect((await fetch(`${web.url}/healthz`)).status).toBe(200);
    tried[outcomes.indexOf(true)]?.disconnect();
    let again = false;
    while (!again) {
      const socket = connect({ cookie });
      again = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true));
        socket.once('connect_error', () => resolve(false));
      });
    }
    expect(again).toBe(true);
  });
});
