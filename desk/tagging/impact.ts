import type { EventRecord, EventType } from '../market/types.ts';
import type { Stance } from './read-stance.ts';

/** How far an event of a type can move its share, by judgement, 0–1; what is not listed is 0.15. */
const reach: Partial<Record<EventType, number>> = {
  'M&A': 0.8, BUYBACK: 0.7, GUIDANCE: 0.7, EARNINGS: 0.65, PENALTY: 0.6, POLICY: 0.55, LITIGATION: 0.5, ORDER_WIN: 0.5, RATING: 0.45, FUND_RAISE: 0.4, MANAGEMENT: 0.35, BONUS: 0.35, SPLIT: 0.3, INSIDER: 0.3, DIVIDEND: 0.25, MACRO: 0.3,
};
const weightOf = { HIGH: 1.2, MEDIUM: 1, LOW: 0.6 } as const;

/** Impact, 0–1: the type's reach × priority (1.2, 1, 0.6) × (0.5 for neutral; else 0.5 + confidence / 2), at most 1. A ranking aid, not a forecast. */
export function impactScore({ eventType, priority, stance, confidence }: Pick<EventRecord, 'eventType' | 'priority'> & { stance: Stance; confidence: number }): number {
  const leaning = stance === 'NEUTRAL' ? 0.5 : 0.5 + confidence / 2;
  return Math.round(100 * Math.min(1, (reach[eventType] ?? 0.15) * weightOf[priority] * leaning)) / 100;
}
