import type { TradingDate } from '../time.ts';
import type { AdjustedBar } from './corporate-actions.ts';
import { sma } from './indicators/sma.ts';

/** A close at which the shorter average (of one session: the close itself) came to stand on the other side of the longer one. Prices are those of the bars. */
export interface AverageCross { on: TradingDate; way: 'UP' | 'DOWN'; close: number; short: number; long: number }
/** How the two averages stood to each other at a close. */
export interface AverageStand { on: TradingDate; close: number; short: number; long: number }

/** Both averages at every close that has both, oldest first. `short` < `long`, in sessions. */
export function averagesOf(bars: readonly AdjustedBar[], { short, long }: { short: number; long: number }): AverageStand[] {
  if (bars.length < long) return [];
  const closes = Float64Array.from(bars, (bar) => bar.close);
  const [quick, slow] = [sma(closes, short), sma(closes, long)];
  return bars.flatMap((bar, at) => (at < long - 1 ? [] : [{ on: bar.date, close: bar.close, short: quick[at] as number, long: slow[at] as number }]));
}

/** Where the averages changed sides, oldest first. Closes at which they were equal belong to the side before. */
export function averageCrosses(stands: readonly AverageStand[]): AverageCross[] {
  let side = 0;
  return stands.flatMap((stand) => {
    const now = Math.sign(stand.short - stand.long);
    const crossed = now !== 0 && side !== 0 && now !== side;
    if (now !== 0) side = now;
    return crossed ? [{ ...stand, way: now > 0 ? 'UP' as const : 'DOWN' as const }] : [];
  });
}
