import { sha256 } from '../canonical.ts';
import type { TradingDate } from '../time.ts';
import type { SignalStrategy } from './define.ts';
import { alongKnots, fitIsotonic, type Knot } from './isotonic.ts';
import type { MetaLabel } from './meta-label.ts';
import type { ScoredSetUp } from './past-scores.ts';
import { brierScore, calibrationError, type Forecast, type ReliabilityBin, reliabilityTable } from './reliability.ts';
import type { Barriers } from './triple-barrier.ts';

/** Whether trust has meant what it says: how often set-ups trusted so far reached their target first, and how well that foretold later ones. */
export interface Calibration {
  /** `calibration-1-`, or `uncalibrated-1-` where there is no map, and the beginning of a digest of all below. */
  version: string;
  /** Where its trades end, and whose set-ups they are. */
  barriers: Barriers; strategies: readonly SignalStrategy[];
  /** From trust to probability; null where too few outcomes were known, and `reason` says it. */
  knots: Knot[] | null;
  reason: string | null;
  /** What the map was fitted on. */
  count: number; days: number; from: TradingDate | null; to: TradingDate | null;
  /** Null where nothing could be tried on a later stretch. */
  tried: Trial | null;
}
/**
 * Walk-forward: each stretch of 21 sessions was foretold by the map of what was known before it began. `before` takes trust itself for the
 * probability, `after` the map, `plain` the share of all outcomes that were known by then, which knows nothing of the single case.
 */
export interface Trial {
  count: number; days: number; from: TradingDate; to: TradingDate;
  reached: number;
  brier: { before: number; after: number; plain: number };
  calibrationError: { before: number; after: number };
  bins: ReliabilityBin[];
}

/** A map of fewer cases, or of cases from fewer sessions, would be luck. */
const LEAST_CASES = 200;
const LEAST_DAYS = 40;
const STRETCH_SESSIONS = 21;
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
const daysOf = (cases: readonly { day: TradingDate }[]): TradingDate[] => [...new Set(cases.map(({ day }) => day))].sort();
const suffices = (cases: readonly ScoredSetUp[]): boolean => cases.length >= LEAST_CASES && daysOf(cases).length >= LEAST_DAYS;

/** Fits the map on all `cases` (each with its outcome known) and tries it on the stretches that followed one another. Pure: the same cases, the same version. */
export function calibrate(cases: readonly ScoredSetUp[], of: Pick<Calibration, 'barriers' | 'strategies'>): Calibration {
  const days = daysOf(cases);
  const fitted = { ...of, count: cases.length, days: days.length, from: days[0] ?? null, to: days.at(-1) ?? null };
  if (!suffices(cases)) {
    const reason = `only ${cases.length} outcomes of ${days.length} sessions are known; a calibration takes ${LEAST_CASES} of ${LEAST_DAYS}`;
    return versioned('uncalibrated-1', { knots: null, reason, ...fitted, tried: null });
  }
  return versioned('calibration-1', { knots: fitIsotonic(cases), reason: null, ...fitted, tried: tryForward(cases, days) });
}
const versioned = (kind: string, found: Omit<Calibration, 'version'>): Calibration => ({ version: `${kind}-${sha256(JSON.stringify(found)).slice(0, 8)}`, ...found });

/** A second opinion with the chance that its trust has come to. */
export interface CalibratedLabel extends MetaLabel { chance: number | null; calibration: string }
export const calibrated = (label: MetaLabel, calibration: Calibration): CalibratedLabel => ({ ...label, chance: chanceOf(calibration, label.trust), calibration: calibration.version });

/** The calibrated chance that a set-up trusted so far reaches its target first; null where nothing is calibrated, or trust is zero, which is a refusal and no chance. */
export const chanceOf = ({ knots }: Pick<Calibration, 'knots'>, trust: number): number | null => (knots === null || !(trust > 0) ? null : rounded(alongKnots(knots, trust)));

function tryForward(cases: readonly ScoredSetUp[], days: readonly TradingDate[]): Trial | null {
  const [before, after, plain]: [Forecast[], Forecast[], Forecast[]] = [[], [], []];
  for (let at = LEAST_DAYS; at < days.length; at += STRETCH_SESSIONS) {
    const [first, next] = [days[at]!, days[at + STRETCH_SESSIONS]];
    // Outcomes of the day itself are not known when its trades begin.
    const known = cases.filter(({ knownOn }) => knownOn < first);
    if (!suffices(known)) continue;
    const knots = fitIsotonic(known);
    const share = known.filter(({ reached }) => reached).length / known.length;
    for (const { score, reached, day } of cases) {
      if (day < first || (next !== undefined && day >= next)) continue;
      before.push({ predicted: score, reached, day });
      after.push({ predicted: alongKnots(knots, score), reached, day });
      plain.push({ predicted: share, reached, day });
    }
  }
  const tried = daysOf(after);
  const [from, to] = [tried[0], tried.at(-1)];
  if (from === undefined || to === undefined) return null;
  const bins = reliabilityTable(after);
  return {
    count: after.length, days: tried.length, from, to, reached: after.filter(({ reached }) => reached).length,
    brier: { before: rounded(brierScore(before)), after: rounded(brierScore(after)), plain: rounded(brierScore(plain)) },
    calibrationError: { before: rounded(calibrationError(reliabilityTable(before))), after: rounded(calibrationError(bins)) },
    bins: bins.map((bin) => ({ ...bin, meanPredicted: rounded(bin.meanPredicted), observed: rounded(bin.observed), low: rounded(bin.low), high: rounded(bin.high) })),
  };
}
