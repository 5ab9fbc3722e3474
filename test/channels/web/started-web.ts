import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { createWebServer, type WebServer, type WebServerInput } from '../../../channels/web/server.ts';
import type { Person, StoredEvent } from '../../../channels/conversation-service.ts';
import { memorySessions, type MemorySessions } from './memory-sessions.ts';
import { scriptedReads } from './scripted-reads.ts';
import { scriptedService, type ScriptedService } from './scripted-service.ts';

export const asha: Person = { id: 'p-asha', name: 'Asha', role: 'owner' };
export const ravi: Person = { id: 'p-ravi', name: 'Ravi', role: 'viewer' };

/** A page of two files, so that the server's tests need no build. */
function tinyPage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html><title>Parapet</title>');
  writeFileSync(join(folder, 'page', 'assets', 'a-1234.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not for the web');
  return join(folder, 'page');
}

export interface StartedWeb {
  web: WebServer;
  service: ScriptedService;
  identity: MemorySessions;
  reported: unknown[];
  /** Signs in through the link and gives the cookie. */
  cookieOf(person: Person): Promise<string>;
  connect(input: { cookie?: string; origin?: string; lastSeen?: Record<string, number> }): Socket;
  close(): Promise<void>;
}
export async function startedWeb(changes: Partial<WebServerInput> & { pace?: number } = {}): Promise<StartedWeb> {
  const { pace, ...input } = changes;
  const service = scriptedService({ pace: pace ?? 0.05 });
  const identity = memorySessions();
  const reported: unknown[] = [];
  const web = await createWebServer({
    service,
    identity,
    port: 0,
    pageFolder: tinyPage(),
    rateLimitPerMinute: 30,
    socketsPerAddress: 100,
    read: scriptedReads,
    nowMs: () => Date.now(),
    health: () => Promise.resolve({ live: true, ready: true, parts: [{ name: 'database', ok: true }] }),
    metrics: () => 'parapet_turns_total 3\n',
    report: (thrown) => reported.push(thrown),
    ...input,
  });
  const sockets: Socket[] = [];
  return {
    web,
    service,
    identity,
    reported,
    cookieOf: async (person) => {
      const answer = await fetch(web.signInUrl(identity.tokenFor(person)));
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    },
    connect: ({ cookie, origin, lastSeen }) => {
      const socket = io(`${web.url}/chat`, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        auth: { lastSeen: lastSeen ?? {} },
        extraHeaders: { origin: origin ?? web.url, ...(cookie === undefined ? {} : { cookie }) },
      });
      sockets.push(socket);
      return socket;
    },
    close: async () => {
      for (const socket of sockets) socket.disconnect();
      await web.close();
    },
  };
}

/** Sends a path exactly as written: `fetch` would tidy it first. */
export function rawGet(url: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}
export const once = <T>(socket: Socket, event: string): Promise<T> =>
  new Promise((resolve) => {
    socket.once(event, (value: T) => resolve(value));
  });
export function collectEvents(socket: Socket): StoredEvent[] {
  const seen: StoredEvent[] = [];
  socket.on('event', (message: { stored: StoredEvent }) => seen.push(message.stored));
  return seen;
}
