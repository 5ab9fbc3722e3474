import type { LimitFacts } from '../../desk/gates/snapshot.ts';
import type { DeskSettings, ToolServices } from '../services.ts';

export interface GateLimits {
  /** Those that tools always know, and the others where the desk tells them. */
  limits: DeskSettings & Partial<LimitFacts>;
  /** Whether a limit was confirmed for the account alone or holds for the desk. */
  sourceOf(fact: keyof LimitFacts): 'account' | 'desk';
}

/** The gates' limits in force for an account. */
export function gateLimitsOf({ limits, settings }: Pick<ToolServices, 'limits' | 'settings'>, accountId: string): GateLimits {
  const [own, desk] = [limits?.(accountId), limits?.(null)];
  return { limits: own ?? settings, sourceOf: (fact) => (own && desk && own[fact] !== desk[fact] ? 'account' : 'desk') };
}

/** The tighter of a mandate's percentage and the gates', with whose it is. Null: neither sets one. */
export function tighterOf<S extends string>(mandate: number | undefined, gates: number | undefined, source: S): { percent: number; source: 'mandate' | S } | null {
  if (mandate === undefined) return gates === undefined ? null : { percent: gates, source };
  return gates !== undefined && gates < mandate ? { percent: gates, source } : { percent: mandate, source: 'mandate' };
}
