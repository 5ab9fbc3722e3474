import type { Quote } from '../../desk/market/types.ts';
import type { SessionPlan } from './session-plan.ts';
import { createTape } from './session-tape.ts';
import type { SessionTape } from './session-tape.ts';
import { walkSessions } from './world.ts';

/** Winds through the sessions, one way, and keeps the one that plays (or is next) and the one before it. */
export interface SessionReel {
  /** The session that closes at or after the moment. Winding back does nothing. */
  windTo(momentMs: number): SessionPlan;
  plan(): SessionPlan;
  before(): SessionPlan;
  tape(): SessionTape;
  /** The quote at a moment between the last close and this one: before the open it is the last close, with its own time. */
  quote(symbol: string, atMs: number): Quote | null;
}

export function createReel(seed: number): SessionReel {
  const sessions = walkSessions({ seed });
  const tapes = new WeakMap<SessionPlan, SessionTape>();
  const tapeOf = (plan: SessionPlan): SessionTape => {
    const tape = tapes.get(plan) ?? createTape(seed, plan);
    tapes.set(plan, tape);
    return tape;
  };
  let before = sessions.next().value;
  let plan = sessions.next().value;
  return {
    windTo(momentMs) {
      while (momentMs > plan.times.closeMs) {
        before = plan;
        plan = sessions.next().value;
      }
      return plan;
    },
    plan: () => plan,
    before: () => before,
    tape: () => tapeOf(plan),
    quote: (symbol, atMs) => tapeOf(atMs >= plan.times.openMs ? plan : before).quote(symbol, atMs),
  };
}
