import type { Action, ActionKind } from '../actions/types.ts';
import { checks as currentChecks } from './checks.ts';
import { counterfactualsOf } from './counterfactuals.ts';
import type { Check, EvaluateGates } from './define.ts';
import { runCheck } from './largest-size.ts';
import { reducesRisk as lowersRisk } from './reduces-risk.ts';
import { blocks } from './result.ts';
import type { GateSnapshot } from './snapshot.ts';
import { worstLoss } from './worst-loss.ts';

const byKind = new WeakMap<readonly Check[], Map<ActionKind, readonly Check[]>>();
/** The table's rows for a kind, in its order; worked out once a table. */
export function checksFor(kind: ActionKind, table: readonly Check[] = currentChecks): readonly Check[] {
  let kinds = byKind.get(table);
  if (!kinds) byKind.set(table, (kinds = new Map()));
  let rows = kinds.get(kind);
  if (!rows) kinds.set(kind, (rows = table.filter(({ appliesTo }) => appliesTo.includes(kind))));
  return rows;
}

/** What cannot be judged is not known to reduce risk, and has no known loss. */
function orElse<T>(judge: (action: Action, snapshot: GateSnapshot) => T, fallback: T, action: Action, snapshot: GateSnapshot): T {
  try { return judge(action, snapshot); } catch { return fallback; }
}

/**
 * The verdict on an action against a snapshot: pure, total and deterministic. Every check of its kind runs, in table order,
 * whatever the others said. No check at all is no verdict, and that is a block.
 */
export const evaluateGates: EvaluateGates = ({ action, actionDigest, snapshot, snapshotDigest, checks = currentChecks }) => {
  const rows = checksFor(action.kind, checks);
  const reducesRisk = orElse(lowersRisk, false, action, snapshot);
  const results = rows.map((check) => runCheck(check, snapshot, action, reducesRisk));
  const blocked = rows.length === 0 || results.some(blocks);
  return {
    schema: 1, verdict: blocked ? 'BLOCK' : 'PASS', actionDigest, snapshotDigest, policyVersion: snapshot.policyVersion, reducesRisk, checks: results,
    counterfactuals: blocked ? counterfactualsOf({ checks: rows, results, snapshot, action }) : [],
    worstLossMinor: orElse(worstLoss, null, action, snapshot),
  };
};
