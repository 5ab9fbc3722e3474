import type { VolatilityRegime } from '../../desk/market/types.ts';
import { randomStream } from './random.ts';

/** What one factor adds to the log price of a day: before the open, and from open to close. */
export interface FactorMove {
  overnight: number;
  intraday: number;
  intradaySigma: number;
}

export interface FactorDay {
  regime: VolatilityRegime;
  /** Multiplies companies' own volatility. */
  ownScale: number;
  market: FactorMove;
  sectors: ReadonlyMap<string, FactorMove>;
}

/** Share of a day's variance that falls between the close and the open. */
export const OVERNIGHT_SHARE = 0.25;

interface Regime {
  /** Daily, as fractions of the price. */
  marketVolatility: number;
  sectorVolatility: number;
  drift: number;
  ownScale: number;
  /** Where the market is the next day, with the chance of each. */
  next: { regime: VolatilityRegime; weight: number }[];
}

/** A Markov chain of three regimes: calm ones last about seven weeks, wild ones about three. */
const REGIMES: Record<VolatilityRegime, Regime> = {
  LOW_VOL: {
    marketVolatility: 0.006,
    sectorVolatility: 0.0045,
    drift: 0.0007,
    ownScale: 0.9,
    next: [
      { regime: 'LOW_VOL', weight: 0.97 },
      { regime: 'MED_VOL', weight: 0.028 },
      { regime: 'HIGH_VOL', weight: 0.002 },
    ],
  },
  MED_VOL: {
    marketVolatility: 0.0095,
    sectorVolatility: 0.006,
    drift: 0.0004,
    ownScale: 1,
    next: [
      { regime: 'LOW_VOL', weight: 0.03 },
      { regime: 'MED_VOL', weight: 0.95 },
      { regime: 'HIGH_VOL', weight: 0.02 },
    ],
  },
  HIGH_VOL: {
    marketVolatility: 0.018,
    sectorVolatility: 0.009,
    drift: -0.0009,
    ownScale: 1.35,
    next: [
      { regime: 'LOW_VOL', weight: 0.005 },
      { regime: 'MED_VOL', weight: 0.065 },
      { regime: 'HIGH_VOL', weight: 0.93 },
    ],
  },
};

/** Draws the market's and the sectors' moves day after day. `next` must be called for consecutive days. */
export function createFactors({ seed, sectors }: { seed: number; sectors: readonly string[] }): { next(day: number): FactorDay } {
  let current: VolatilityRegime = 'MED_VOL';

  const move = (volatility: number, drift: number, normals: { normal(): number }): FactorMove => {
    const overnightSigma = volatility * Math.sqrt(OVERNIGHT_SHARE);
    const intradaySigma = volatility * Math.sqrt(1 - OVERNIGHT_SHARE);
    return { overnight: overnightSigma * normals.normal() + drift, intraday: intradaySigma * normals.normal(), intradaySigma };
  };

  return {
    next(day) {
      current = randomStream(seed, 'regime', day).pickWeighted(REGIMES[current].next).regime;
      const { marketVolatility, sectorVolatility, drift, ownScale } = REGIMES[current];
      return {
        regime: current,
        ownScale,
        market: move(marketVolatility, drift, randomStream(seed, 'market', day)),
        sectors: new Map(sectors.map((sector) => [sector, move(sectorVolatility, 0, randomStream(seed, 'sector', sector, day))])),
      };
    },
  };
}
