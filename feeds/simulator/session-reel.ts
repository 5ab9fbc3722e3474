import type { Quote } from '../../desk/market/types.ts';
import type { ChainSnapshot } from '../../desk/options/stored-chain.ts';
import { type SurfaceMoment, surfaceChain, surfaceQuote } from './option-surface.ts';
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
  /** The options on an underlying at such a moment; null where there are none. */
  chain(underlying: string, atMs: number): ChainSnapshot | null;
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
  const planAt = (atMs: number): SessionPlan => (atMs >= plan.times.openMs ? plan : before);
  const surfaceMoment = (underlying: string, atMs: number): SurfaceMoment | null => {
    const { day, date, times, stocks } = planAt(atMs);
    const stock = stocks.find(({ symbol }) => symbol === underlying);
    const quote = tapeOf(planAt(atMs)).quote(underlying, atMs);
    if (!stock || !quote || quote.previousClose === null) return null;
    return { spot: quote.last, at: quote.at, day: { seed, day, date, openMs: times.openMs, closeMs: times.closeMs, sigma: stock.sigma, previousClose: quote.previousClose } };
  };
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
    quote: (symbol, atMs) => tapeOf(planAt(atMs)).quote(symbol, atMs) ?? surfaceQuote(symbol, (underlying) => surfaceMoment(underlying, atMs)),
    chain(underlying, atMs) {
      const moment = surfaceMoment(underlying, atMs);
      return moment && surfaceChain(underlying, moment);
    },
  };
}
