import type { Action } from '../actions/types.ts';
import { checks as currentChecks } from './checks.ts';
import type { Check } from './define.ts';
import { checksFor } from './evaluate.ts';
import { largestSize, runCheck, sizeCeiling } from './largest-size.ts';
import { sizingOf } from './resize.ts';
import { blocks } from './result.ts';
import type { GateSnapshot } from './snapshot.ts';

export interface LargestQuantity {
  /** Shares (sets for an option structure); zero when nothing passes at any size. */
  quantity: number;
  /** One lot; one set. */
  step: number;
  /** The limit that binds: its figures at `quantity`, and by how much one step more overshoots. Null when no limit binds. */
  binding: { checkId: string; measured: number | null; limit: number | null; unit: string; failsBy: number | null } | null;
  /** The limit that would bind next, were the first one gone; null when no other does. */
  next: { checkId: string; quantity: number; limit: number | null; unit: string } | null;
  /** Checks that block whatever the size. */
  blockedBy: string[];
}

/** For "why not bigger?": the largest size that passes, what binds it, and what would bind next. Null for what has no size. */
export function largestPassingQuantity({ action, snapshot, checks = currentChecks }: { action: Action; snapshot: GateSnapshot; checks?: readonly Check[] }): LargestQuantity | null {
  const sizing = sizingOf(action, snapshot);
  if (!sizing) return null;
  const rows = checksFor(action.kind, checks);
  const oneStep = sizing.withQuantity(sizing.step);
  const blockedBy = rows.filter((check) => blocks(runCheck(check, snapshot, oneStep, false))).map(({ id }) => id);
  const limits = rows.filter(({ growsWithQuantity }) => growsWithQuantity)
    .map((check) => ({ check, quantity: largestSize({ check, snapshot, sizing, atMost: sizeCeiling }) }))
    .filter(({ quantity }) => quantity < Math.floor(sizeCeiling / sizing.step) * sizing.step)
    .sort((a, b) => a.quantity - b.quantity);
  const [first, second] = limits;
  if (!first) return { quantity: blockedBy.length > 0 ? 0 : Math.floor(sizeCeiling / sizing.step) * sizing.step, step: sizing.step, binding: null, next: null, blockedBy };
  const beyond = runCheck(first.check, snapshot, sizing.withQuantity(first.quantity + sizing.step), false);
  const within = first.quantity > 0 ? runCheck(first.check, snapshot, sizing.withQuantity(first.quantity), false) : beyond;
  const after = second && runCheck(second.check, snapshot, sizing.withQuantity(second.quantity + sizing.step), false);
  return {
    quantity: blockedBy.length > 0 ? 0 : first.quantity, step: sizing.step, blockedBy,
    binding: { checkId: first.check.id, measured: within.measured, limit: within.limit, unit: within.unit, failsBy: beyond.headroom === null ? null : -beyond.headroom },
    next: second && after ? { checkId: second.check.id, quantity: second.quantity, limit: after.limit, unit: after.unit } : null,
  };
}
