import type { Check, CheckResult, Outcome, Severity } from './define.ts';

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** For what reduces risk, only structural checks can block: everything else is at most told. */
const capped = (severity: Severity, check: Check, reducesRisk: boolean): Severity =>
  (severity === 'BLOCK' && reducesRisk && !check.structural ? 'WARN' : severity);

/** Turns what a check concluded into a line of the report. */
export function resultOf(check: Check, outcome: Outcome, reducesRisk: boolean): CheckResult {
  const line = { id: check.id, version: check.version, measured: null, limit: null, unit: '', headroom: null, message: outcome.message, code: null, reads: [...check.reads] };
  switch (outcome.kind) {
    case 'not_applicable':
      return { ...line, severity: 'INFO', passed: true, code: 'NOT_APPLICABLE' };
    case 'missing':
      if (check.whenMissing === 'NOT_APPLICABLE') return { ...line, severity: 'INFO', passed: true, code: 'MISSING' };
      return { ...line, severity: capped(check.whenMissing, check, reducesRisk), passed: false, code: 'MISSING' };
    case 'stated':
      return { ...line, severity: capped(outcome.severity ?? (outcome.passed ? 'INFO' : check.severity), check, reducesRisk), passed: outcome.passed };
    case 'measured': {
      // Not a number compares as nothing, so it must never read as a pass.
      if (Number.isNaN(outcome.measured) || Number.isNaN(outcome.limit)) return errorResult(check, reducesRisk);
      const measured = finite(outcome.measured);
      const limit = finite(outcome.limit);
      const severity = capped(outcome.severity ?? (outcome.passed ? 'INFO' : check.severity), check, reducesRisk);
      return { ...line, severity, passed: outcome.passed, measured, limit, unit: outcome.unit, headroom: measured === null || limit === null ? null : limit - measured };
    }
  }
}

/** A check that fails by itself has not passed. The cause stays out of the report, which must not depend on an engine's wording. */
export const errorResult = (check: Check, reducesRisk: boolean): CheckResult => ({
  id: check.id, version: check.version, severity: capped('BLOCK', check, reducesRisk), passed: false, measured: null, limit: null, unit: '', headroom: null,
  message: `The check ${check.id} could not be run.`, code: 'CHECK_ERROR', reads: [...check.reads],
});

export const blocks = (result: CheckResult): boolean => result.severity === 'BLOCK' && !result.passed;
