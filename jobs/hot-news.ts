import { hotEvents } from '../db/stores/hot-events.ts';
import { hotSince } from '../desk/market/hot-window.ts';
import type { ToolServices } from '../tools/services.ts';
import type { Job } from './define.ts';
import { byRule } from './services.ts';

/** So much is looked at in one go; what is left comes in the next look. */
const AT_ONCE = 10;

/** The hot path: an event of high priority gets a cycle for its own symbols at once, before any that waits. Which had one is on record with the cycles. */
export function hotNewsJob({ database, market, runCycle }: Pick<ToolServices, 'database' | 'market' | 'runCycle'>): Job {
  /** Had their turn in this process, also where the cycle could not be recorded. */
  const done = new Set<string>();
  return {
    name: 'hot_news', does: 'Runs a cycle at once for the shares that news of high priority names', schedule: { everySeconds: 10 },
    async run() {
      const [now, today, calendar] = [market.now(), market.today(), market.calendar()];
      const before = calendar.previous(today);
      const after = hotSince({ now, session: calendar.session(today), closedAt: (before && calendar.session(before)?.close) ?? null });
      if (after === null) { done.clear(); return null; }
      const told: string[] = [];
      for (const { id, symbols } of await hotEvents(database.orm, { after, asOf: now, limit: AT_ONCE + done.size })) {
        if (done.has(id) || told.length >= AT_ONCE || !symbols.some((symbol) => market.symbols().get(symbol)?.kind === 'EQUITY')) continue;
        done.add(id);
        const { cards } = await runCycle({ eventId: id, symbols, requestedBy: byRule('hot_news').proposer, threadId: null, turn: null });
        told.push(`${symbols.join(', ')}: ${cards.length} cards`);
      }
      return told.length > 0 ? told.join('; ') : null;
    },
  };
}
