import { describe, expect, it } from 'vitest';
import { type Calibration, calibrate, calibrated, chanceOf } from '../../../desk/signals/calibration.ts';
import type { ScoredSetUp } from '../../../desk/signals/past-scores.ts';
import { brierScore, calibrationError, reliabilityTable } from '../../../desk/signals/reliability.ts';
import { labelOf } from '../allocation/fixtures.ts';
import { barriers, weekdays } from './fixtures.ts';

const dates = weekdays(260);
/** A number in [0, 1) that is always the same for the same place. */
const drawn = (i: number, salt: number): number => { const x = Math.sin(i * 12.9898 + salt * 78.233) * 43758.5453; return x - Math.floor(x); };
/** Ten a session, trusted between 0.3 and 1, that truly come in `truth(score)` of cases; each known ten sessions later. */
const history = (truth: (score: number) => number, sessions = 240): ScoredSetUp[] =>
  Array.from({ length: sessions * 10 }, (_, i) => {
    const session = Math.floor(i / 10);
    const score = 0.3 + 0.7 * drawn(i, 1);
    return { score, reached: drawn(i, 2) < truth(score), day: dates[session]!, knownOn: dates[session + 10]! };
  });
const of = { barriers, strategies: ['momentum'] as const };

describe('calibration', () => {
  it('finds out what trust has come to, and foretells later stretches better than trust itself and than the plain share', () => {
    const { knots, tried, version, count } = calibrate(history((score) => score * score * 0.6), of);
    expect(version).toMatch(/^calibration-1-[0-9a-f]{8}$/);
    expect(count).toBe(2400);
    expect(chanceOf({ knots }, 0.4)).toBeCloseTo(0.1, 1);
    expect(Math.abs(chanceOf({ knots }, 0.95)! - 0.54)).toBeLessThan(0.08);
    expect(tried!.brier.after).toBeLessThan(tried!.brier.plain);
    expect(tried!.brier.plain).toBeLessThan(tried!.brier.before);
    expect(tried!.calibrationError.after).toBeLessThan(0.06);
    expect(tried!.calibrationError.before).toBeGreaterThan(0.2);
    expect(tried!.from > dates[39]!).toBe(true);
  });
  it('tries each stretch on the map of what was known before it: outcomes told later change nothing of what was foretold', () => {
    const cases = history((score) => score);
    // From session 150 on everything comes out the other way round.
    const turned = cases.map((each) => (each.day >= dates[150]! ? { ...each, reached: !each.reached } : each));
    const until = (found: readonly ScoredSetUp[], end: string) => calibrate(found.filter(({ day }) => day < end), of).tried;
    expect(until(turned, dates[150]!)).toEqual(until(cases, dates[150]!));
    // A map that saw them beforehand would foretell the turn; one that did not must be far off at first.
    const [first] = [calibrate(turned.filter(({ day }) => day < dates[166]!), of).tried!];
    const honest = calibrate(cases.filter(({ day }) => day < dates[166]!), of).tried!;
    expect(first.brier.after).toBeGreaterThan(honest.brier.after + 0.01);
  });
  it('takes no outcome for known on the day on which it is told after the open', () => {
    // Known only at the close of the 150th session, all at once: no stretch before has anything to go by.
    const late = history((score) => score).map((each) => ({ ...each, knownOn: each.knownOn < dates[150]! ? dates[150]! : each.knownOn }));
    expect(calibrate(late, of).tried!.from > dates[150]!).toBe(true);
  });
  it.each([['few cases', history((s) => s, 15)], ['cases of few sessions', history((s) => s, 39)], ['none', []]])('stays with trust itself for %s, and says why', (_what, cases) => {
    const { knots, version, reason, tried } = calibrate(cases, of);
    expect({ knots, tried }).toEqual({ knots: null, tried: null });
    expect(version).toMatch(/^uncalibrated-1-/);
    expect(reason).toBe(`only ${cases.length} outcomes of ${cases.length / 10} sessions are known; a calibration takes 200 of 40`);
    expect(chanceOf({ knots }, 0.8)).toBeNull();
  });
  it('gives one version for the same cases and another for any other', () => {
    const cases = history((score) => score);
    const { version } = calibrate(cases, of);
    expect(calibrate(structuredClone(cases), of).version).toBe(version);
    expect(calibrate(cases.map((each, i) => (i === 7 ? { ...each, reached: !each.reached } : each)), of).version).not.toBe(version);
    expect(calibrate(cases, { ...of, barriers: { ...barriers, targetAtr: 4 } }).version).not.toBe(version);
  });
  it('gives no chance to what is ruled out', () => {
    const calibration: Calibration = calibrate(history((score) => score), of);
    expect(calibrated(labelOf({ trust: 0 }), calibration)).toMatchObject({ chance: null, calibration: calibration.version });
    expect(calibrated(labelOf({ trust: 0.7 }), calibration).chance).toBeCloseTo(0.7, 1);
  });
});

describe('the reliability table', () => {
  const forecasts = [0.1, 0.3, 0.8].flatMap((predicted) => Array.from({ length: 100 }, (_, i) => ({ predicted, reached: i < 100 * predicted, day: dates[i % 20]! })));
  it('puts what was said beside what came, with the interval of as many sessions as there were', () => {
    const table = reliabilityTable(forecasts);
    expect(table.map(({ count, days, meanPredicted, observed }) => [count, days, Number(meanPredicted.toFixed(6)), observed])).toEqual([[100, 20, 0.1, 0.1], [100, 20, 0.3, 0.3], [100, 20, 0.8, 0.8]]);
    // Wilson's interval of 2 in 20, from its formula.
    expect(table[0]!.low).toBeCloseTo(0.0279, 3);
    expect(table[0]!.high).toBeCloseTo(0.3010, 3);
    expect(calibrationError(table)).toBeCloseTo(0, 9);
  });
  it('measures by how much every forecast was off', () => {
    // 0.8 said and 20 % came: an error of 0.6, and 0.2 × 0.04 + 0.8 × 0.64 by Brier.
    const wrong = Array.from({ length: 100 }, (_, i) => ({ predicted: 0.8, reached: i < 20, day: dates[i]! }));
    expect(calibrationError(reliabilityTable(wrong))).toBeCloseTo(0.6, 9);
    expect(brierScore(wrong)).toBeCloseTo(0.52, 9);
  });
});
