/** Legs by strike: `strike` indexes the structure's own strikes, ascending; `expiry` 1 is the later one of a calendar. */
export interface LegPattern { kind: 'call' | 'put' | 'underlying'; ratio: number; strike: number; expiry: 0 | 1 }
export interface StructurePattern {
  strikes: number;
  legs: readonly LegPattern[];
  /** What it gains by. */
  view: 'UP' | 'DOWN' | 'STILL' | 'MOVING';
}

const leg = (kind: LegPattern['kind'], ratio: number, strike = 0, expiry: 0 | 1 = 0): LegPattern => ({ kind, ratio, strike, expiry });

/** Every kind of structure. Adding one is a line here, and one in `select-strikes.ts` that says how its strikes are found. */
export const STRUCTURES = {
  bull_call: { strikes: 2, view: 'UP', legs: [leg('call', 1, 0), leg('call', -1, 1)] },
  bear_put: { strikes: 2, view: 'DOWN', legs: [leg('put', -1, 0), leg('put', 1, 1)] },
  bull_put: { strikes: 2, view: 'UP', legs: [leg('put', 1, 0), leg('put', -1, 1)] },
  bear_call: { strikes: 2, view: 'DOWN', legs: [leg('call', -1, 0), leg('call', 1, 1)] },
  iron_condor: { strikes: 4, view: 'STILL', legs: [leg('put', 1, 0), leg('put', -1, 1), leg('call', -1, 2), leg('call', 1, 3)] },
  iron_butterfly: { strikes: 3, view: 'STILL', legs: [leg('put', 1, 0), leg('put', -1, 1), leg('call', -1, 1), leg('call', 1, 2)] },
  butterfly: { strikes: 3, view: 'STILL', legs: [leg('call', 1, 0), leg('call', -2, 1), leg('call', 1, 2)] },
  long_straddle: { strikes: 1, view: 'MOVING', legs: [leg('call', 1), leg('put', 1)] },
  short_straddle: { strikes: 1, view: 'STILL', legs: [leg('call', -1), leg('put', -1)] },
  long_strangle: { strikes: 2, view: 'MOVING', legs: [leg('put', 1, 0), leg('call', 1, 1)] },
  short_strangle: { strikes: 2, view: 'STILL', legs: [leg('put', -1, 0), leg('call', -1, 1)] },
  calendar: { strikes: 1, view: 'STILL', legs: [leg('call', -1, 0, 0), leg('call', 1, 0, 1)] },
  call_ratio: { strikes: 2, view: 'UP', legs: [leg('call', 1, 0), leg('call', -2, 1)] },
  put_ratio: { strikes: 2, view: 'DOWN', legs: [leg('put', -2, 0), leg('put', 1, 1)] },
  covered_call: { strikes: 1, view: 'UP', legs: [leg('underlying', 1), leg('call', -1)] },
  protective_put: { strikes: 1, view: 'UP', legs: [leg('underlying', 1), leg('put', 1)] },
} as const satisfies Record<string, StructurePattern>;

export type StructureKind = keyof typeof STRUCTURES;
