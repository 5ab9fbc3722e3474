import type { TradingDate } from '../time.ts';

/** Worth of the account at the end of a day and the money that came in (positive) or went out during it, same unit. */
export interface Valuation { date: TradingDate; value: number; netFlow: number }
/** When the day's money arrives: with the open, so that it shares the day's result, or after the close. */
export type FlowTiming = 'start' | 'end';

export type TimeWeighted =
  | { ok: true; totalReturn: number; returns: { date: TradingDate; value: number }[] }
  | { ok: false; code: 'TOO_FEW_VALUATIONS' | 'NO_CAPITAL'; date: TradingDate | null };

/**
 * Return of the money's keeper, whatever comes in or goes out: the returns between valuations linked together (GIPS). Valuations in
 * ascending order; the first only sets the start. A period that begins with no capital, or ends below zero, has no return.
 */
export function timeWeightedReturn({ valuations, flowTiming = 'start' }: { valuations: readonly Valuation[]; flowTiming?: FlowTiming }): TimeWeighted {
  if (valuations.length < 2) return { ok: false, code: 'TOO_FEW_VALUATIONS', date: null };
  const returns: { date: TradingDate; value: number }[] = [];
  let growth = 1;
  for (let i = 1; i < valuations.length; i++) {
    const [before, now] = [valuations[i - 1]!, valuations[i]!];
    const start = before.value + (flowTiming === 'start' ? now.netFlow : 0);
    const end = now.value - (flowTiming === 'end' ? now.netFlow : 0);
    if (!(start > 0) || !(end >= 0)) return { ok: false, code: 'NO_CAPITAL', date: now.date };
    returns.push({ date: now.date, value: end / start - 1 });
    growth *= end / start;
  }
  return { ok: true, totalReturn: growth - 1, returns };
}
