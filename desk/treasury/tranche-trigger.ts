import { plusDays, type TradingDate, tradingDate } from '../time.ts';

/** What releases a tranche of a lump sum. `FALL`: the reference index has fallen that much since the plan's date. */
export type TrancheTrigger =
  | { kind: 'IMMEDIATE' }
  | { kind: 'ON'; date: TradingDate }
  | { kind: 'AFTER'; days: number }
  | { kind: 'FALL'; percent: number };

/** Reads `immediate`, `on 2026-01-15`, `after 30 days` or `fall 5%`; null for anything else. */
export function parseTrigger(text: string): TrancheTrigger | null {
  const plain = text.trim().toLowerCase();
  if (plain === 'immediate') return { kind: 'IMMEDIATE' };
  const after = /^after (\d{1,4}) days?$/.exec(plain);
  if (after) return { kind: 'AFTER', days: Number(after[1]) };
  const fall = /^fall (\d{1,2}(?:\.\d{1,2})?) ?%$/.exec(plain);
  if (fall) return Number(fall[1]) > 0 ? { kind: 'FALL', percent: Number(fall[1]) } : null;
  const on = /^on (\d{4}-\d{2}-\d{2})$/.exec(plain);
  if (!on) return null;
  try {
    return { kind: 'ON', date: tradingDate(on[1] ?? '') };
  } catch {
    return null;
  }
}

/** `worstFallPercent`: the deepest fall of the reference index since the plan's date; null when nobody knows. */
export interface TriggerFacts {
  planDate: TradingDate;
  asOf: TradingDate;
  worstFallPercent: number | null;
}
export type TriggerState = { due: true; since: TradingDate | null } | { due: false; waitsFor: string };

/** An unknown fall releases nothing. A fall once reached stays reached. */
export function triggerState(trigger: TrancheTrigger, { planDate, asOf, worstFallPercent }: TriggerFacts): TriggerState {
  if (trigger.kind === 'FALL') {
    if (worstFallPercent !== null && asOf >= planDate && worstFallPercent >= trigger.percent) return { due: true, since: null };
    return {
      due: false,
      waitsFor: worstFallPercent === null ? `a fall of ${trigger.percent} % (not known)` : `a fall of ${trigger.percent} %`,
    };
  }
  const own = trigger.kind === 'ON' ? trigger.date : trigger.kind === 'AFTER' ? plusDays(planDate, trigger.days) : planDate;
  const date = own < planDate ? planDate : own;
  return asOf >= date ? { due: true, since: date } : { due: false, waitsFor: date };
}
