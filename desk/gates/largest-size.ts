import type { Action } from '../actions/types.ts';
import type { Check, CheckResult } from './define.ts';
import type { Sizing } from './resize.ts';
import { blocks, errorResult, resultOf } from './result.ts';
import type { GateSnapshot } from './snapshot.ts';

/** Runs one check; what it throws becomes a refusal (or a warning for what reduces risk), never a pass. */
export function runCheck(check: Check, snapshot: GateSnapshot, action: Action, reducesRisk: boolean): CheckResult {
  try {
    const result = resultOf(check, check.evaluate(snapshot, action), reducesRisk);
    // A desk may take a warning for a refusal; nothing makes a refusal a warning.
    const refuses = !reducesRisk && result.severity === 'WARN' && !result.passed && snapshot.limits.blockOnWarning?.includes(check.id) === true;
    return refuses ? { ...result, severity: 'BLOCK' } : result;
  } catch {
    return errorResult(check, reducesRisk);
  }
}

/** Beyond this many shares nothing is asked any more. */
export const sizeCeiling = 1_000_000_000;

/**
 * Largest whole number of steps, up to `atMost`, that the check lets through: found on the check itself by halving, which is
 * exact because a check that grows with quantity never passes more than it passes of less. Zero when not even one step passes.
 */
export function largestSize({ check, snapshot, sizing, atMost }: { check: Check; snapshot: GateSnapshot; sizing: Sizing; atMost: number }): number {
  const passesAt = (steps: number): boolean => !blocks(runCheck(check, snapshot, sizing.withQuantity(steps * sizing.step), false));
  let passing = 0;
  let failing = Math.floor(atMost / sizing.step) + 1;
  while (failing - passing > 1) {
    const middle = passing + Math.floor((failing - passing) / 2);
    if (passesAt(middle)) passing = middle; else failing = middle;
  }
  return passing * sizing.step;
}
