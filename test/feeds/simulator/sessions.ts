import type { SessionPlan } from '../../../feeds/simulator/session-plan.ts';
import { walkSessions } from '../../../feeds/simulator/world.ts';
import type { Company } from '../../../feeds/simulator/universe.ts';

/** The first sessions of a world, in order. */
export function firstSessions({ seed, count, companies }: { seed: number; count: number; companies?: readonly Company[] }): SessionPlan[] {
  const plans: SessionPlan[] = [];
  for (const plan of walkSessions({ seed, ...(companies && { companies }) })) {
    plans.push(plan);
    if (plans.length === count) break;
  }
  return plans;
}
