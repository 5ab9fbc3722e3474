import { emptyMoveMemory, watchMoves } from '../desk/market/move-monitor.ts';
import type { ToolServices } from '../tools/services.ts';
import type { Job } from './define.ts';
import { byRule } from './services.ts';
import { sessionIsOpen } from './session.ts';

/** Catalogue F8: every minute in market hours, a share (no index, no fund) that moved by five per cent within a quarter of an hour gets a desk cycle of its own. What it saw is forgotten when the desk stops. */
export function eventMonitorJob(services: Pick<ToolServices, 'market' | 'runCycle'>): Job {
  let memory = emptyMoveMemory;
  return {
    name: 'event_monitor', does: 'Looks for shares that move by 5 % within 15 minutes, and runs a cycle for them', schedule: { everySeconds: 60 }, everyWorker: true,
    async run() {
      const { market } = services;
      if (!sessionIsOpen(market)) { memory = emptyMoveMemory; return null; }
      const look = [...market.symbols().values()].flatMap(({ symbol, kind }) => {
        const quote = kind === 'EQUITY' ? market.quote(symbol) : null;
        return quote ? [{ symbol, at: quote.at, price: quote.last }] : [];
      });
      const watched = watchMoves(memory, look);
      memory = watched.memory;
      if (watched.moves.length === 0) return null;
      const symbols = watched.moves.map(({ symbol }) => symbol);
      const { cards } = await services.runCycle({ symbols, requestedBy: byRule('event_monitor').proposer, threadId: null, turn: null });
      return `${watched.moves.map(({ symbol, percent }) => `${symbol} ${percent > 0 ? '+' : ''}${percent.toFixed(1)} %`).join(', ')}: ${cards.length} cards`;
    },
  };
}
