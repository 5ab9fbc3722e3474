import type { StoredAction, StoredReport } from '../../db/stores/actions.ts';
import { canonicalJson, digestOf, sha256 } from '../../desk/canonical.ts';
import { checksOf } from '../../desk/gates/checks.ts';
import type { CheckResult, GateReport } from '../../desk/gates/define.ts';
import { evaluateGates } from '../../desk/gates/evaluate.ts';
import type { GateSnapshot } from '../../desk/gates/snapshot.ts';

export interface ReportDifference { check: string; field: string; was: string; now: string }
export interface ReplayedReport { same: boolean; digest: string; storedDigest: string; differences: ReportDifference[] }

const fields = ['severity', 'passed', 'measured', 'limit', 'unit', 'headroom', 'message', 'code'] as const satisfies readonly (keyof CheckResult)[];
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value) ?? 'nothing');

/** The gates of the report's own day on its stored snapshot. The same bytes must come out; what does not is named. */
export function replayReport({ stored, report, snapshot }: { stored: Pick<StoredAction, 'action' | 'digest'>; report: Pick<StoredReport, 'report' | 'digest'>; snapshot: GateSnapshot }): ReplayedReport {
  const fault = (check: string, field: string, was: string, now: string): ReplayedReport => ({ same: false, digest: '', storedDigest: report.digest, differences: [{ check, field, was, now }] });
  const snapshotDigest = digestOf(snapshot);
  if (snapshotDigest !== report.report.snapshotDigest) return fault('snapshot', 'digest', report.report.snapshotDigest, snapshotDigest);
  const table = checksOf(report.report.checks);
  if (!table.ok) return fault(table.missing.id, 'version', String(table.missing.version), 'not in the tree any more');
  const again = evaluateGates({ action: stored.action, actionDigest: stored.digest, snapshot, snapshotDigest, checks: table.checks });
  const digest = sha256(canonicalJson(again));
  return { same: digest === report.digest, digest, storedDigest: report.digest, differences: digest === report.digest ? [] : differencesBetween(report.report, again) };
}

function differencesBetween(was: GateReport, now: GateReport): ReportDifference[] {
  const differences: ReportDifference[] = [];
  const compare = (check: string, field: string, before: unknown, after: unknown): void => { if (canonicalJson(before ?? null) !== canonicalJson(after ?? null)) differences.push({ check, field, was: text(before), now: text(after) }); };
  for (const key of ['verdict', 'actionDigest', 'policyVersion', 'reducesRisk', 'worstLossMinor', 'counterfactuals'] as const) compare('report', key, was[key], now[key]);
  for (const line of was.checks) {
    const other = now.checks.find((each) => each.id === line.id);
    if (!other) { differences.push({ check: line.id, field: 'line', was: 'there', now: 'not there' }); continue; }
    for (const field of fields) compare(line.id, field, line[field], other[field]);
  }
  return differences;
}
