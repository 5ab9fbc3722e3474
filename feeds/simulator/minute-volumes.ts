import { SESSION_MINUTES } from './exchange-days.ts';
import { varianceIn, volumeIn } from './intraday-profile.ts';
import type { PricePath } from './price-path.ts';
import type { RandomStream } from './random.ts';

/**
 * Shares traded by the end of each minute. Spreads the session's volume over its minutes: U-shaped, more in minutes in which
 * the price travels, noisy. Ends at the session's volume exactly.
 */
export function drawMinuteVolumes({
  stream,
  volume,
  path,
  sigma,
}: {
  stream: RandomStream;
  volume: number;
  path: PricePath;
  sigma: number;
}): Float64Array {
  const cumulative = new Float64Array(SESSION_MINUTES);
  let total = 0;
  for (let minute = 0; minute < SESSION_MINUTES; minute++) {
    const ordinaryMove = sigma * Math.sqrt(varianceIn(minute)) * (path.nodes[minute] ?? 1);
    const travelled = ((path.highs[minute] ?? 0) - (path.lows[minute] ?? 0)) / Math.max(1, ordinaryMove);
    total += volumeIn(minute) * (0.5 + 0.35 * Math.min(12, travelled)) * Math.exp(0.35 * stream.normal());
    cumulative[minute] = total;
  }
  return cumulative.map((through) => Math.round((volume * through) / total));
}
