import { inverseNormal } from '../portfolio/normal.ts';
import { NORMAL_DENSITY_AT_ZERO, millsRatio } from './normal.ts';

const LOG_ROOT_TWO_PI = 0.9189385332046727;
const MOST_ITERATIONS = 40;
/** A step this small, relative to the deviation, leaves an error of its fourth power: nothing. */
const LAST_STEP = 1e-5;
const NARROW = 0.02;
const LEAST_DISTANCE = 1e-150;

export interface TotalDeviation { deviation: number; iterations: number }

/**
 * The total deviation s = σ√T at which an out-of-the-money option has a given value. All is in units of √(P·Q), P and Q being the
 * smaller and the larger of the discounted underlying and strike: `distance` = ln(Q/P), `value` in (0, e^(−distance/2)), and
 * `complement`, how far the value is below that bound (given apart, since near the bound the difference would have lost its digits).
 *
 * With y = distance/s and t = s/2 the value is b = n(y) e^(−t²/2) [M(y − t) − M(y + t)] (see `price-many.ts`), and b′ = n(y) e^(−t²/2) =: v.
 * The curve b(s) turns from convex to concave where y = t, at s = √(2·distance). In its lower half ln b is solved for, which is nearly
 * linear in 1/s² down to the smallest prices; in its upper half the logarithm of the complement, v·[M(t − y) + M(t + y)], nearly
 * quadratic in s. Steps are Householder's of third order, from b″/b′ = y²/s − s/4 and b‴/b′ = (b″/b′)² − 3y²/s² − 1/4, and are kept
 * inside a bracket that each of them narrows, so that convergence does not rest on the guess.
 * The idea of two regimes and a third-order step is Jäckel's (Let's Be Rational, 2015).
 */
export function totalDeviation({ distance: given, value, complement }: { distance: number; value: number; complement: number }): TotalDeviation {
  // A distance whose square would underflow is none.
  const distance = given < LEAST_DISTANCE ? 0 : given;
  const bound = value + complement;
  const fromBelow = value < 0.5 * bound;
  const target = Math.log(fromBelow ? value : complement);
  let s = firstGuess(distance, value, complement);
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  for (let iterations = 1; ; iterations++) {
    const t = 0.5 * s;
    const y = distance / s;
    const a = y - t;
    const logDensity = -0.5 * (y * y + t * t) - LOG_ROOT_TWO_PI;
    // `ratio` is b′/b in the lower half, and −b′/(complement) in the upper: the slope of the logarithm that is solved for.
    let ratio: number;
    let miss: number;
    if (!fromBelow) {
      const spread = a < 0 ? millsRatio(-a) + millsRatio(y + t) : Math.exp(0.5 * a * a) / NORMAL_DENSITY_AT_ZERO - millsRatio(a) + millsRatio(y + t);
      ratio = -1 / spread;
      miss = logDensity + Math.log(spread) - target;
    } else if (t < NARROW || a >= 0) {
      const spread = t < NARROW ? narrowSpread(y, t) : millsRatio(a) - millsRatio(y + t);
      ratio = 1 / spread;
      miss = logDensity + Math.log(spread) - target;
    } else {
      const density = Math.exp(logDensity);
      const b = bound - density * (millsRatio(-a) + millsRatio(y + t));
      ratio = density / b;
      miss = Math.log(b) - target;
    }
    if (miss === 0) return { deviation: s, iterations };
    if (miss > 0 === fromBelow) high = s;
    else low = s;
    // The derivatives times powers of Newton's step, so that none overflows however small s is.
    const newton = -miss / ratio;
    const bend = (newton / s) * (y * y - t * t);
    const tilt = newton * (y / s);
    const second = bend + miss;
    const third = bend * bend - 3 * tilt * tilt - 0.25 * newton * newton + 3 * miss * bend + 2 * miss * miss;
    let step = (newton * (1 + 0.5 * second)) / (1 + second + third / 6);
    // A step against Newton's direction is one past the formula's reach.
    if (!(step * newton > 0)) step = newton;
    if (Math.abs(step) <= LAST_STEP * s || iterations === MOST_ITERATIONS) return { deviation: s + step, iterations };
    const next = s + step;
    if (next > low && next < high) s = next;
    else s = high === Number.POSITIVE_INFINITY ? 2 * s : 0.5 * (low + high);
  }
}

/** M(y − t) − M(y + t) for small t, by its Taylor series about y. */
function narrowSpread(y: number, t: number): number {
  const m0 = millsRatio(y);
  const m1 = y * m0 - 1;
  const m2 = y * m1 + m0;
  const m3 = y * m2 + 2 * m1;
  const m4 = y * m3 + 3 * m2;
  const m5 = y * m4 + 4 * m3;
  const m6 = y * m5 + 5 * m4;
  const m7 = y * m6 + 6 * m5;
  const square = t * t;
  return -2 * t * (m1 + (square / 6) * (m3 + (square / 20) * (m5 + (square / 42) * m7)));
}

/**
 * Below the turning point: ln b ≈ ln b₀ − (distance²/2)(1/s² − 1/s₀²) + p·ln(s/s₀), with p such that the slope at s₀ is right.
 * Above it: the complement as that of an option at the money, 2N(−s/2), shifted and stretched to the value and slope at s₀; close to
 * it simply the tangent.
 */
function firstGuess(distance: number, value: number, complement: number): number {
  const turn = Math.sqrt(2 * distance);
  const bound = value + complement;
  const density = bound * NORMAL_DENSITY_AT_ZERO;
  const half = 0.5 * turn;
  const turnValue = density * (half < NARROW ? narrowSpread(half, half) : millsRatio(0) - millsRatio(turn));
  if (value >= turnValue) {
    const turnComplement = bound - turnValue;
    const excess = value - turnValue;
    if (excess < 0.01 * turnComplement) return turn + excess / density;
    const left = Math.min(0.5, (0.5 * complement) / turnComplement);
    return turn + (2 * turnComplement * NORMAL_DENSITY_AT_ZERO * -inverseNormal(left)) / density;
  }
  const power = (turn * density) / turnValue - 0.5 * distance;
  const gap = Math.log(turnValue / value);
  const scale = 2 / (distance * distance);
  const start = 1 / (2 * distance);
  // For w = ln(s₀²/s²): a convex increasing equation, which Newton's steps approach from the right without overshooting.
  const withoutPower = Math.log1p((scale * gap) / start);
  let w = power > 0 ? Math.min(withoutPower, (2 * gap) / power) : withoutPower;
  for (let round = 0; round < 2; round++) {
    const grown = start * Math.exp(w);
    w -= (grown - start + scale * (0.5 * power * w - gap)) / (grown + 0.5 * scale * power);
  }
  return turn * Math.exp(-0.5 * w);
}
