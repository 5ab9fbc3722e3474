import type { SymbolName } from './types.ts';

/** One symbol's day. `previousClose` is in today's shares (adjusted on ex-dates); turnover is close × volume. */
export interface DayMove { symbol: SymbolName; close: number; previousClose: number; volume: number }

/** How many of a universe (an index's members, or all) rose and fell. */
export interface Breadth {
  advances: number; declines: number; unchanged: number;
  /** Advances over declines; null where nothing fell. */
  advanceDeclineRatio: number | null;
  advancingVolume: number; decliningVolume: number; unchangedVolume: number;
  /** Arms index: (advances / declines) / (advancing volume / declining volume). Below 1 buyers dominate. Null where a divisor is 0. */
  trin: number | null;
}

export function breadthOf(moves: readonly DayMove[]): Breadth {
  const counts = { advances: 0, declines: 0, unchanged: 0, advancingVolume: 0, decliningVolume: 0, unchangedVolume: 0 };
  for (const move of moves) {
    requireMove(move);
    const { close, previousClose, volume } = move;
    if (close > previousClose) { counts.advances++; counts.advancingVolume += volume; }
    else if (close < previousClose) { counts.declines++; counts.decliningVolume += volume; }
    else { counts.unchanged++; counts.unchangedVolume += volume; }
  }
  const { advances, declines, advancingVolume, decliningVolume } = counts;
  const advanceDeclineRatio = declines === 0 ? null : advances / declines;
  const trin = advanceDeclineRatio === null || advances === 0 || advancingVolume === 0 || decliningVolume === 0 ? null : advanceDeclineRatio / (advancingVolume / decliningVolume);
  return { ...counts, advanceDeclineRatio, trin };
}

export interface Mover extends DayMove { changePercent: number; turnover: number }
export interface Movers {
  gainers: Mover[]; losers: Mover[];
  /** Symbols that were left out for a turnover below the threshold. */
  tooThin: number;
}

/** What moved: the largest gains and losses among symbols with at least `leastTurnover` (the exchange's currency; default ₹5 crore). */
export function moversOf({ moves, count = 5, leastTurnover = 50_000_000 }: { moves: readonly DayMove[]; count?: number; leastTurnover?: number }): Movers {
  const liquid: Mover[] = [];
  for (const move of moves) {
    requireMove(move);
    const turnover = move.close * move.volume;
    if (turnover >= leastTurnover) liquid.push({ ...move, turnover, changePercent: 100 * (move.close / move.previousClose - 1) });
  }
  // Ties go by name, so that the same day always gives the same list.
  const byChange = liquid.toSorted((a, b) => b.changePercent - a.changePercent || (a.symbol < b.symbol ? -1 : 1));
  return {
    gainers: byChange.filter(({ changePercent }) => changePercent > 0).slice(0, count),
    losers: byChange.filter(({ changePercent }) => changePercent < 0).reverse().slice(0, count),
    tooThin: moves.length - liquid.length,
  };
}

function requireMove({ symbol, close, previousClose, volume }: DayMove): void {
  if (!(close > 0 && previousClose > 0 && volume >= 0 && Number.isFinite(close) && Number.isFinite(previousClose) && Number.isFinite(volume))) {
    throw new RangeError(`not a day's move: ${symbol} close ${close} previous close ${previousClose} volume ${volume}`);
  }
}
