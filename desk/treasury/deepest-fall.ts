/** How far, in percent, the lowest close lies below the first one; null without a first, zero where none is lower. Oldest first. */
export function deepestFallPercent(closes: readonly number[]): number | null {
  const [first] = closes;
  if (first === undefined || !(first > 0)) return null;
  return Math.max(0, ((first - closes.reduce((lowest, close) => Math.min(lowest, close), first)) * 100) / first);
}
