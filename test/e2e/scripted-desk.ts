import { createWebServer, type WebServer } from '../../channels/web/server.ts';
import type { Person } from '../../channels/conversation-service.ts';
import { memorySessions, type MemorySessions } from '../channels/web/memory-sessions.ts';
import { scriptedReads } from '../channels/web/scripted-reads.ts';
import { scriptedService, type ScriptedService } from '../channels/web/scripted-service.ts';
import { pageFolder } from './browser.ts';

/** The page with the scripted story behind it. */
export interface ScriptedDesk {
  web: WebServer;
  service: ScriptedService;
  identity: MemorySessions;
  signInUrl(person?: Person): string;
  /** Goes down and comes back on the same port with everything that it knew. */
  stop(): Promise<void>;
  startAgain(): Promise<void>;
}
export const asha: Person = { id: 'p-asha', name: 'Asha', role: 'owner' };

export async function scriptedDesk(input: Parameters<typeof scriptedService>[0] = {}): Promise<ScriptedDesk> {
  const service = scriptedService(input);
  const identity = memorySessions();
  const listen = (port: number): Promise<WebServer> =>
    createWebServer({
      service,
      identity,
      port,
      pageFolder,
      rateLimitPerMinute: 1_000,
      socketsPerAddress: 100,
      read: scriptedReads,
      nowMs: () => Date.now(),
      health: () => Promise.resolve({ live: true, ready: true, parts: [] }),
      report: (thrown) => {
        process.stderr.write(`${String(thrown)}\n`);
      },
    });
  const desk: ScriptedDesk = {
    web: await listen(0),
    service,
    identity,
    signInUrl: (person = asha) => desk.web.signInUrl(identity.tokenFor(person)),
    stop: () => desk.web.close(),
    startAgain: async () => {
      desk.web = await listen(desk.web.port);
    },
  };
  return desk;
}
