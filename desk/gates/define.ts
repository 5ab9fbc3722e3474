import type { Action, ActionKind, ActionOf } from '../actions/types.ts';
import type { GateSnapshot } from './snapshot.ts';

export type Severity = 'INFO' | 'WARN' | 'BLOCK';
/** What a check concludes when a value that it needs is missing. */
export type WhenMissing = 'BLOCK' | 'WARN' | 'NOT_APPLICABLE';

/** One line of a gate report (catalogue C8). `headroom` is limit − measured in `unit`; null where no number is meant. */
export interface CheckResult {
  id: string; version: number;
  /** What the result means for the action: `INFO` for a plain pass, `WARN` for a caveat (passed or not), `BLOCK` for a refusal. */
  severity: Severity; passed: boolean;
  measured: number | null; limit: number | null; unit: string; headroom: number | null;
  message: string;
  /** `CHECK_ERROR`, `MISSING`, `NOT_APPLICABLE`, or null. */
  code: string | null;
  /** Which facts of the snapshot were read (paths). */
  reads: string[];
}

export type Outcome =
  | { kind: 'measured'; measured: number; limit: number; unit: string; passed: boolean; message: string; severity?: Severity }
  | { kind: 'stated'; passed: boolean; message: string; severity?: Severity }
  | { kind: 'missing'; what: string; message: string }
  | { kind: 'not_applicable'; message: string };

/**
 * The nearest change that would pass: the largest quantity (shares; for an option structure, sets), a price, the earliest day,
 * or what a person can say to change it.
 */
export type NearestPass =
  | { change: 'quantity'; quantity: number }
  | { change: 'price'; price: string }
  | { change: 'earliest'; date: string }
  | { change: 'command'; say: string };

export interface Check<K extends ActionKind = ActionKind> {
  id: string;
  /** A changed rule gets a new version; the old one stays in the tree while a report refers to it. */
  version: number;
  appliesTo: readonly K[];
  /** Structural checks hold for exits too; all others are warnings at most for what reduces risk. */
  structural: boolean;
  severity: 'WARN' | 'BLOCK';
  whenMissing: WhenMissing;
  reads: readonly string[];
  /** The outcome depends on the size and can only get worse as it grows: the gate then finds the largest size that passes by itself. */
  growsWithQuantity?: boolean;
  evaluate(snapshot: GateSnapshot, action: ActionOf<K>): Outcome;
  nearestPass?(snapshot: GateSnapshot, action: ActionOf<K>): NearestPass | null;
}

/**
 * A check is a value. Adding one is a file here and a line in `checks.ts`. In the table a check takes any action: the
 * evaluator calls it for the kinds in `appliesTo` alone, which is what makes the widening sound.
 */
export const defineCheck = <const K extends ActionKind>(check: Check<K>): Check => Object.freeze(check) as unknown as Check;

/** Catalogue C8. Deterministic: the same snapshot and action give the same bytes. */
export interface GateReport {
  schema: 1;
  verdict: 'PASS' | 'BLOCK';
  actionDigest: string; snapshotDigest: string; policyVersion: string;
  /** True for what lowers the account's worst-case loss; such actions meet structural checks only. */
  reducesRisk: boolean;
  checks: CheckResult[];
  /** One a block where there is one; `every_check` is the largest quantity that passes all of them together. */
  counterfactuals: { checkId: string; nearest: NearestPass; sentence: string }[];
  /** The largest loss that a yes can lead to, charges included, in minor units; null where unlimited or not a trade. */
  worstLossMinor: number | null;
}

export type EvaluateGates = (input: { action: Action; actionDigest: string; snapshot: GateSnapshot; snapshotDigest: string; checks?: readonly Check[] }) => GateReport;
