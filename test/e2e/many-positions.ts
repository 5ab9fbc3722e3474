import type { DeskState, Person } from '../../channels/conversation-service.ts';
import { createWebServer } from '../../channels/web/server.ts';
import { memorySessions } from '../channels/web/memory-sessions.ts';
import { scriptedReads } from '../channels/web/scripted-reads.ts';
import { scriptedService } from '../channels/web/scripted-service.ts';
import { pageFolder } from './browser.ts';

/** The web desk over a scripted service with so many positions, whose prices all change at each `change()`. */
export async function openManyPositions(rows: number): Promise<{ url: string; signInUrl(): string; change(): void; close(): Promise<void> }> {
  const scripted = scriptedService();
  const asha: Person = { id: 'p-asha', name: 'Asha', role: 'owner' };
  let changes = 0;
  const positions = (base: DeskState): DeskState['positions'] =>
    Array.from({ length: rows }, (_, index) => {
      const last = 100 + index + Math.sin((changes + index) / 7) * 5;
      const pnl = (last - 100 - index) * 10;
      return { positionId: `p${index}`, accountId: base.accounts[0]?.accountId ?? '', symbol: `SYM${index}`, quantity: 10, averagePrice: 100 + index, last, pnl, pnlPercent: pnl / (100 + index), stop: 90 + index, target: 120 + index, riskLeft: (last - 90 - index) * 10, actionId: null };
    });
  const service = { ...scripted, deskState: async (person: Person): Promise<DeskState> => { const base = await scripted.deskState(person); return { ...base, positions: positions(base) }; } };
  const identity = memorySessions();
  const web = await createWebServer({
    service, read: scriptedReads, identity, port: 0, pageFolder, rateLimitPerMinute: 1_000, socketsPerAddress: 100, nowMs: () => Date.now(),
    health: () => Promise.resolve({ live: true, ready: true, parts: [] }), report: (thrown) => { process.stderr.write(`${String(thrown)}\n`); },
  });
  return { url: web.url, signInUrl: () => web.signInUrl(identity.tokenFor(asha)), change: () => { changes += 1; scripted.nudge(); }, close: () => web.close() };
}
