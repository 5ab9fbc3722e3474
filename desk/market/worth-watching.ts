import { mean } from '../portfolio/moments.ts';
import type { AdjustedBar } from './corporate-actions.ts';

export type WatchReason = 'UNUSUAL_VOLUME' | 'BREAKOUT' | 'GAP_WITH_EVENT' | 'SECTOR_LEADER' | 'RESULTS_SOON';
export interface ReasonToWatch { reason: WatchReason; /** What was measured: a multiple, percent or trading days. */ measured: number; points: number }

const volumeSessions = 20;
const breakoutSessions = 50;
const leastMultiple = 3;
const leastGapPercent = 3;
export const leaderSessions = 20;
export const resultsWithinDays = 10;
/** Sessions that the measures need: the breakout's window and the session itself. */
export const watchSessions = breakoutSessions + 1;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Volume of the last session over the mean of the 20 before it, from three times on; a point for each doubling, four at most. Null with a shorter history. */
export function unusualVolume(bars: readonly AdjustedBar[]): ReasonToWatch | null {
  const [last, before] = [bars.at(-1), bars.slice(-volumeSessions - 1, -1)];
  if (!last || before.length < volumeSessions) return null;
  const usual = mean(before.map(({ volume }) => volume));
  const multiple = usual > 0 ? last.volume / usual : 0;
  return multiple >= leastMultiple ? { reason: 'UNUSUAL_VOLUME', measured: rounded(multiple), points: Math.min(4, Math.log2(multiple)) } : null;
}

/** A close above every high of the 50 sessions before; percent above that high. Two points, and one more from 5 % on. */
export function breakout(bars: readonly AdjustedBar[]): ReasonToWatch | null {
  const [last, before] = [bars.at(-1), bars.slice(-breakoutSessions - 1, -1)];
  if (!last || before.length < breakoutSessions) return null;
  const high = Math.max(...before.map((bar) => bar.high));
  const percent = (last.close / high - 1) * 100;
  return percent > 0 ? { reason: 'BREAKOUT', measured: rounded(percent), points: 2 + Math.min(1, percent / 5) } : null;
}

/** The open of the last session against the close before, percent, from 3 % either way. Counts only with an event that explains it. */
export function gap(bars: readonly AdjustedBar[]): ReasonToWatch | null {
  const [last, previous] = [bars.at(-1), bars.at(-2)];
  if (!last || !previous) return null;
  const percent = (last.open / previous.close - 1) * 100;
  return Math.abs(percent) >= leastGapPercent ? { reason: 'GAP_WITH_EVENT', measured: rounded(percent), points: 2 + Math.min(2, Math.abs(percent) / 10) } : null;
}

/** Change over the last 20 sessions, percent; null with a shorter history. */
export function changeOverMonth(bars: readonly AdjustedBar[]): number | null {
  const [last, first] = [bars.at(-1), bars.at(-1 - leaderSessions)];
  return last && first && first.close > 0 ? rounded((last.close / first.close - 1) * 100) : null;
}

/** Results within ten trading days, the nearer the more. */
export const resultsSoon = (daysAway: number): ReasonToWatch | null => (daysAway >= 0 && daysAway <= resultsWithinDays ? { reason: 'RESULTS_SOON', measured: daysAway, points: 1 - daysAway / (2 * resultsWithinDays) } : null);
/** The strongest of a sector that is itself among the strongest. */
export const sectorLeader = (changePercent: number): ReasonToWatch => ({ reason: 'SECTOR_LEADER', measured: changePercent, points: 1.5 });

const leadingSectors = 3;
const fewestInSector = 5;
/** Of each of the strongest sectors the share that rose most over twenty sessions, by plain means of the shares given. */
export function leadersAmong(moved: readonly { symbol: string; sector: string; changePercent: number }[]): Map<string, { sector: string; changePercent: number }> {
  const sectors = [...Map.groupBy(moved, ({ sector }) => sector)].filter(([, shares]) => shares.length >= fewestInSector).map(([sector, shares]) => ({ sector, shares, mean: mean(shares.map(({ changePercent }) => changePercent)) }));
  return new Map(sectors.sort((a, b) => b.mean - a.mean).slice(0, leadingSectors).flatMap(({ sector, shares }) => {
    const [best] = shares.toSorted((a, b) => b.changePercent - a.changePercent);
    return best && best.changePercent > 0 ? [[best.symbol, { sector, changePercent: best.changePercent }] as const] : [];
  }));
}
