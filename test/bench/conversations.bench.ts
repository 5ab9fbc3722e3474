import { Agent } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { DeskState, StoredEvent } from '../../channels/conversation-service.ts';
import type { Inbound } from '../../channels/vocabulary.ts';
import { startDesk } from '../helpers/desk-process.ts';

export const name = 'conversations';

const people = Number(process.env.BENCH_CONVERSATIONS ?? 1_000);
const messagesASecond = 20;
const seconds = 30;
/** One address may have a hundred sockets: these come from as many addresses of the loopback as that takes. */
const perAddress = 50;
const questions = ['what do I hold', 'what moved today', 'show my limits', 'which feeds are stale?', 'accounts', 'how much cash do I have'];
const percentile = (values: readonly number[], share: number): number => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const residentMb = (pid: number): number => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** User and system time that the process has used so far; ticks are hundredths of a second on Linux. */
const cpuMs = (pid: number): number => {
  const [user = 0, system = 0] = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
};

interface Line { socket: Socket; threadId: string; endOf: Map<string, (atMs: number) => void>; lastDeskMs: number; notices: string; ended: Map<string, number>; question: string | null }

/**
 * A thousand connected web conversations on the desk as a user starts it. Messages come in an open loop: each is due at
 * its time whether or not earlier ones were answered, and its wait counts from then to the end of its turn on its own socket.
 */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const home = mkdtempSync(join(tmpdir(), 'parapet-conversations-'));
  const server = process.env.TEST_DATABASE_URL;
  const where = server ? 'server Postgres' : 'embedded';
  const desk = await startDesk({ home, arguments: ['--sim-seed', '7'], environment: server ? { DATABASE_URL: server } : {} });
  const lines: Line[] = [];
  try {
    const base = new URL(desk.signInUrl).origin;
    const cookie = ((await fetch(desk.signInUrl)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const connect = async (index: number): Promise<Line> => {
      const opened = await fetch(`${base}/api/threads`, { method: 'POST', headers: { cookie, origin: base } });
      const { threadId } = (await opened.json()) as { threadId: string };
      const agent = new Agent({ localAddress: `127.0.${1 + Math.floor(index / perAddress / 250)}.${1 + (Math.floor(index / perAddress) % 250)}` });
      const socket = io(`${base}/chat`, { transports: ['websocket'], forceNew: true, agent: agent as never, auth: { lastSeen: { [threadId]: 0 } }, extraHeaders: { cookie, origin: base } });
      const line: Line = { socket, threadId, endOf: new Map(), ended: new Map(), lastDeskMs: 0, notices: '', question: null };
      socket.on('event', ({ stored }: { stored: StoredEvent }) => {
        if (stored.event.type === 'confirm') line.question = stored.event.id;
        if (stored.event.type !== 'end') return;
        const atMs = performance.now();
        line.endOf.get(stored.event.turn)?.(atMs);
        line.ended.set(stored.event.turn, atMs);
      });
      socket.on('desk', ({ switchState, switchReason }: DeskState) => {
        const says = `${switchState} ${switchReason ?? ''}`;
        if (says !== line.notices) [line.notices, line.lastDeskMs] = [says, performance.now()];
      });
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return line;
    };
    for (let index = 0; index < people; index += 25) lines.push(...(await Promise.all(Array.from({ length: Math.min(25, people - index) }, (_, at) => connect(index + at)))));

    const ask = async (line: Line, said: string | Inbound, dueMs: number): Promise<number> => {
      const inbound = typeof said === 'string' ? { message: said } : said;
      const answer = (await line.socket.timeout(120_000).emitWithAck('say', { threadId: line.threadId, clientMessageId: `${dueMs}`, inbound })) as { ok: boolean; turn: string; message?: string };
      if (!answer.ok) throw new Error(answer.message);
      const endedMs = line.ended.get(answer.turn) ?? (await new Promise<number>((resolve) => { line.endOf.set(answer.turn, resolve); }));
      return endedMs - dueMs;
    };
    for (const question of questions) for (const line of lines.slice(0, 2)) await ask(line, question, performance.now());
    const cpuBefore = cpuMs(desk.pid);
    const startedMs = performance.now();
    const asked: Promise<number>[] = [];
    for (let count = 0; count < messagesASecond * seconds; count += 1) {
      const dueMs = startedMs + (count * 1_000) / messagesASecond;
      await wait(Math.max(0, dueMs - performance.now()));
      const line = lines[(count * 397) % lines.length];
      if (line) asked.push(ask(line, questions[count % questions.length] ?? '', dueMs));
    }
    const waits = await Promise.all(asked);
    const cpuEach = (cpuMs(desk.pid) - cpuBefore) / waits.length;
    const resident = residentMb(desk.pid);

    const spreads: number[] = [];
    const [first] = lines;
    const spread = async (said: string | Inbound): Promise<void> => {
      if (!first) return;
      const before = first.notices;
      await ask(first, said, performance.now());
      const pressed = performance.now();
      while (lines.some(({ notices }) => notices === before) && performance.now() - pressed < 5_000) await wait(5);
      const times = lines.map(({ lastDeskMs }) => lastDeskMs);
      if (lines.some(({ notices }) => notices === before)) throw new Error('a change of state did not come to every socket');
      spreads.push(Math.max(...times) - Math.min(...times));
    };
    for (let round = 0; round < 3 && first; round += 1) {
      await spread('/pause');
      await ask(first, '/resume', performance.now());
      if (first.question === null) throw new Error('the desk asks before it takes entries again');
      await spread({ press: first.question, choice: 'confirm' });
    }
    return [
      { metric: `${people} connected, ${messagesASecond} messages a second in an open loop: reply, median, ${where}`, value: percentile(waits, 0.5), unit: 'ms' },
      { metric: `the same, 95th percentile, ${where}`, value: percentile(waits, 0.95), unit: 'ms' },
      { metric: `processor time of the desk a message, everything else that it does meanwhile included, ${where}`, value: cpuEach, unit: 'ms' },
      { metric: `resident memory of the desk with ${people} connected, ${where}`, value: resident, unit: 'MB' },
      { metric: `one change of state, from the first to the last of ${people} sockets, median of ${spreads.length}`, value: percentile(spreads, 0.5), unit: 'ms' },
    ];
  } finally {
    for (const { socket } of lines) socket.disconnect();
    await desk.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
