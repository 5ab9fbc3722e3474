import type { Outcome, Severity } from './define.ts';
import type { Fact } from './snapshot.ts';

/** Short forms for what a check concludes. Messages are whole sentences with their figures. */
export const passes = (message: string): Outcome => ({ kind: 'stated', passed: true, message });
export const fails = (message: string, severity?: Severity): Outcome =>
  ({ kind: 'stated', passed: false, message, ...(severity === undefined ? {} : { severity }) });
export const notApplicable = (message: string): Outcome => ({ kind: 'not_applicable', message });

/** `what` starts a sentence: "The price of TCS is not known: feed down." */
export const lacks = (what: string, reason: string): Outcome => ({ kind: 'missing', what, message: `${what} is not known: ${reason}.` });

interface Bound { measured: number; limit: number; unit: string; message: string; severity?: Severity }
export const atMost = (bound: Bound): Outcome => ({ kind: 'measured', ...bound, passed: bound.measured <= bound.limit });
export const atLeast = (bound: Bound): Outcome => ({ kind: 'measured', ...bound, passed: bound.measured >= bound.limit });

/** Why a fact cannot be used. */
export const reasonOf = (fact: Fact<unknown> | undefined | null): string => (fact && !fact.known ? fact.reason : 'nobody recorded it');
