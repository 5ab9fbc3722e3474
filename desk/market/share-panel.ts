import { mean } from '../portfolio/moments.ts';
import type { TradingDate } from '../time.ts';
import type { AdjustedBar } from './corporate-actions.ts';
import type { Horizon } from './suggestion-record.ts';
import { watchSessions } from './worth-watching.ts';

export interface Traded { symbol: string; /** Up to that session, as many as the rules of `worth-watching.ts` need. */ bars: readonly AdjustedBar[] }
/** Past sessions by index, ascending, and what traded in them. Changes are percent, close to close; null where one of the two closes is not there. */
export interface SharePanel {
  dates: readonly TradingDate[]; shares: number;
  /** Shares that traded enough in the session. */
  liquid: (at: number) => readonly Traded[];
  change: (symbol: string, at: number, horizon: Horizon) => number | null;
  /** The plain mean of what was liquid then. */
  market: (at: number, horizon: Horizon) => number | null;
}

/** `series`: comparable bars of each share, ascending. `leastTurnover`: close times volume of the session. */
export function panelOf(series: readonly (readonly AdjustedBar[])[], { dates, leastTurnover }: { dates: readonly TradingDate[]; leastTurnover: number }): SharePanel {
  const closes = new Map<string, Map<TradingDate, number>>();
  const liquid = dates.map((): Traded[] => []);
  const index = new Map(dates.map((date, i) => [date, i]));
  for (const bars of series) {
    const symbol = bars[0]?.symbol;
    if (symbol === undefined) continue;
    closes.set(symbol, new Map(bars.map(({ date, close }) => [date, close])));
    bars.forEach(({ date, close, volume }, i) => {
      const at = index.get(date);
      if (at !== undefined && close * volume >= leastTurnover) liquid[at]?.push({ symbol, bars: bars.slice(Math.max(0, i + 1 - watchSessions), i + 1) });
    });
  }
  const change = (symbol: string, at: number, horizon: Horizon): number | null => {
    const [first, last] = [dates[at], dates[at + horizon]].map((date) => (date === undefined ? undefined : closes.get(symbol)?.get(date)));
    return first !== undefined && last !== undefined && first > 0 ? (last / first - 1) * 100 : null;
  };
  const means = new Map<string, number | null>();
  const market = (at: number, horizon: Horizon): number | null => {
    const key = `${at}:${horizon}`;
    if (!means.has(key)) {
      const all = (liquid[at] ?? []).flatMap(({ symbol }) => change(symbol, at, horizon) ?? []);
      means.set(key, all.length > 0 ? mean(all) : null);
    }
    return means.get(key) ?? null;
  };
  return { dates, shares: closes.size, liquid: (at) => liquid[at] ?? [], change, market };
}
