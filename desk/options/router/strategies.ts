import type { StructureKind } from '../structures/kinds.ts';

/** What the router reads. Null: not known, which is never taken as met. Percentages are numbers like 1.5. */
export interface RouterFacts {
  horizonDays: number;
  ivRank: number | null;
  volatilityRegime: 'LOW_VOL' | 'MED_VOL' | 'HIGH_VOL' | null;
  /** Bands inside their channel: the underlying has been unusually still. */
  squeeze: boolean | null;
  /** Calendar days to the next scheduled event of the underlying; null where none is near or known. */
  daysToEvent: number | null;
  priceChangePercent: number | null;
  openInterestChangePercent: number | null;
  /** Puts over calls now, less that of the day before. */
  pcr: number | null; pcrChange: number | null;
  advancesOverDeclines: number | null;
  daysToExpiry: number | null;
  /** Distance of the price from max pain, in percent of the price, and how far the market expects to move by expiry. */
  maxPainAwayPercent: number | null; expectedMovePercent: number | null;
  /** Price above the gamma flip: hedging by dealers is taken to damp moves there. */
  aboveGammaFlip: boolean | null;
}

export type Test =
  | { fact: keyof RouterFacts; is: 'below' | 'above' | 'atMost' | 'atLeast'; value: number }
  | { fact: keyof RouterFacts; is: 'equal'; value: string | boolean };
export interface Condition { says: string; /** All of them. */ tests: readonly Test[]; weight: number; /** Without it there is no signal. */ required: boolean }

export interface RouterStrategy {
  id: 'GammaScalping' | 'OIBuildup' | 'VolExpansion' | 'ExpiryPin';
  horizonDays: number;
  conditions: readonly Condition[];
  /** What is traded, by the direction that the signal has. */
  structures: { UP: StructureKind; DOWN: StructureKind; NONE: StructureKind };
  /** Whether the move of the price gives a direction. */
  directional: boolean;
  idea: string;
}

const one = (says: string, test: Test, weight: number, required = false): Condition => ({ says, tests: [test], weight, required });

/** The four strategies as data (catalogue G4). Confidence is the weight of what is met over the weight of all. */
export const ROUTER_STRATEGIES: readonly RouterStrategy[] = [
  {
    id: 'GammaScalping', horizonDays: 1, directional: false, structures: { UP: 'long_straddle', DOWN: 'long_straddle', NONE: 'long_straddle' }, idea: 'options are cheap against their year, so a straddle is held and its delta traded back within the day',
    conditions: [
      one('IV rank is below 30', { fact: 'ivRank', is: 'below', value: 30 }, 3, true), one('the horizon is the day', { fact: 'horizonDays', is: 'atMost', value: 1 }, 2, true),
      one('the underlying is in a calm regime', { fact: 'volatilityRegime', is: 'equal', value: 'LOW_VOL' }, 2), one('the expiry is at least two days off', { fact: 'daysToExpiry', is: 'atLeast', value: 2 }, 1),
    ],
  },
  {
    id: 'OIBuildup', horizonDays: 3, directional: true, structures: { UP: 'bull_call', DOWN: 'bear_put', NONE: 'bull_call' }, idea: 'price and open interest rise or fall together, so a spread goes with the move',
    conditions: [
      one('open interest has grown', { fact: 'openInterestChangePercent', is: 'above', value: 1 }, 2, true), one('the price has moved', { fact: 'priceChangePercent', is: 'above', value: 0.3 }, 2, true),
      one('more puts are written against calls than before', { fact: 'pcrChange', is: 'above', value: 0 }, 2), one('more shares rise than fall', { fact: 'advancesOverDeclines', is: 'above', value: 1 }, 2), one('the horizon is days', { fact: 'horizonDays', is: 'atLeast', value: 1 }, 1),
    ],
  },
  {
    id: 'VolExpansion', horizonDays: 5, directional: false, structures: { UP: 'long_strangle', DOWN: 'long_strangle', NONE: 'long_strangle' }, idea: 'a squeeze or an event ahead, while options do not cost more than usual: a strangle gains when it breaks out',
    conditions: [
      one('the price is squeezed', { fact: 'squeeze', is: 'equal', value: true }, 3), one('an event is due within five days', { fact: 'daysToEvent', is: 'atMost', value: 5 }, 3), one('IV rank is below 50', { fact: 'ivRank', is: 'below', value: 50 }, 3, true),
      one('the expiry is at least three days off', { fact: 'daysToExpiry', is: 'atLeast', value: 3 }, 1),
    ],
  },
  {
    id: 'ExpiryPin', horizonDays: 1, directional: false, structures: { UP: 'iron_butterfly', DOWN: 'iron_butterfly', NONE: 'iron_butterfly' }, idea: 'on the last day the price tends to stay near the strike where most open options expire worthless',
    conditions: [
      one('the options expire today', { fact: 'daysToExpiry', is: 'below', value: 1 }, 3, true), one('max pain is within half a percent', { fact: 'maxPainAwayPercent', is: 'atMost', value: 0.5 }, 3, true), one('the price is above the gamma flip', { fact: 'aboveGammaFlip', is: 'equal', value: true }, 2),
      one('the horizon is the day', { fact: 'horizonDays', is: 'atMost', value: 1 }, 1),
    ],
  },
];
