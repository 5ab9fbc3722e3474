import type { IntradayBar } from '../../desk/market/types.ts';
import type { Tick } from './stream-define.ts';

export type Verdict = 'fresh' | 'duplicate' | 'late';
const tells = ({ last, bid, ask, bidSize, askSize, volume }: Tick): string => JSON.stringify([last, bid, ask, bidSize, askSize, volume]);

/** Keeps the newest word on each symbol: what was said before at the same moment is a duplicate, what is older than what is known comes late. */
export function createTickFilter(): { take(tick: Tick): Verdict; latest(symbol: string): Tick | null } {
  const known = new Map<string, Tick>();
  return {
    latest: (symbol) => known.get(symbol) ?? null,
    take(tick) {
      const before = known.get(tick.symbol);
      if (before && tick.at < before.at) return 'late';
      // A trade says nothing of the book and a quote nothing of the last price: what it leaves out stays known.
      const merged: Tick = before ? { ...before, ...Object.fromEntries(Object.entries(tick).filter(([, value]) => value !== null)), at: tick.at } as Tick : tick;
      if (before && tick.at === before.at && tells(merged) === tells(before)) return 'duplicate';
      known.set(tick.symbol, merged);
      return 'fresh';
    },
  };
}

/** A minute is told again and again while it runs: it is whole once the next has begun. Returns those that ended; what comes after is no news. */
export function createMinuteKeeper(): { take(bar: IntradayBar): IntradayBar | null } {
  const running = new Map<string, IntradayBar>();
  return {
    take(bar) {
      const before = running.get(bar.symbol);
      if (before && bar.start < before.start) return null;
      running.set(bar.symbol, bar);
      return before && bar.start > before.start ? before : null;
    },
  };
}
