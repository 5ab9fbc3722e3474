import { beforeEach, expect, it } from 'vitest';
import { at, instant, type Instant, plusMinutes, tradingDate } from '../../desk/time.ts';
import { eventMonitorJob } from '../../jobs/event-monitor.ts';
import type { ToolServices } from '../../tools/services.ts';

const date = tradingDate('2026-03-02');
const open = at(date, '09:15', 'Asia/Kolkata');
let now: Instant;
let prices: Record<string, number>;
let cycles: unknown[];
const kinds: Record<string, 'EQUITY' | 'INDEX' | 'ETF'> = { TCS: 'EQUITY', NIFTY: 'INDEX', GOLDBEES: 'ETF' };

function monitor() {
  const market = {
    now: () => now, today: () => date, symbols: () => new Map(Object.entries(kinds).map(([symbol, kind]) => [symbol, { symbol, kind }])),
    calendar: () => ({ session: () => ({ open, close: at(date, '15:30', 'Asia/Kolkata') }) }), quote: (symbol: string) => (prices[symbol] === undefined ? null : { symbol, at: now, last: prices[symbol] }),
  };
  return eventMonitorJob({ market: market as unknown as ToolServices['market'], runCycle: async (request) => { cycles.push(request); return { cycleId: 'c', asOf: now, elapsedMs: 1, stages: [], cards: [], refused: [] }; } });
}
beforeEach(() => { now = open; prices = { TCS: 100, NIFTY: 100, GOLDBEES: 100 }; cycles = []; });

it('runs one cycle for the share that moved, and none for an index or a fund', async () => {
  const job = monitor();
  expect(await job.run()).toBeNull();
  now = plusMinutes(now, 3);
  prices = { TCS: 106, NIFTY: 110, GOLDBEES: 90 };
  expect(await job.run()).toBe('TCS +6.0 %: 0 cards');
  expect(cycles).toEqual([{ symbols: ['TCS'], requestedBy: { kind: 'desk', rule: 'event_monitor' }, threadId: null, turn: null }]);
  now = plusMinutes(now, 3);
  prices = { TCS: 112 };
  expect(await job.run()).toBeNull();
});

it('says nothing while the exchange is closed, and does not take the night for a move', async () => {
  const job = monitor();
  now = instant('2026-03-02T03:44:00Z');
  await job.run();
  prices = { TCS: 120 };
  now = open;
  expect(await job.run()).toBeNull();
  expect(cycles).toEqual([]);
});
