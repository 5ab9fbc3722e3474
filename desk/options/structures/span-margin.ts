import { type StructureLeg, isOption } from './legs.ts';
import { type WorldState, profitIn } from './value.ts';

/**
 * A margin in the manner of SPAN: the worst of sixteen changes of price and volatility, the options repriced by Black–Scholes without the
 * passing of time; less the value of the options held, plus the exposure margin on what is sold and on the underlying. It is an estimate:
 * charges for calendar spreads, delivery and concentration, and the exchange's own volatilities, are not in it. Amounts in currency.
 */
export interface SpanMargin {
  scanRisk: number;
  /** Worth of long options less that of short ones. */
  netOptionValue: number;
  exposure: number;
  /** Never below zero. */
  total: number;
  /** 1–16. */
  worstScenario: number;
  scenarioLosses: number[];
  /** What the legs would need each alone, and how much less they need together. */
  standalone: number;
  hedgeBenefit: number;
}

export interface SpanSettings {
  spot: number; rate: number;
  /** In the underlying's units of price, and in volatility. */
  priceScanRange: number; volatilityScanRange: number;
  /** Share of notional; 0.02 is usual for an index. */
  exposureShare: number;
}

const THIRD = 1 / 3;
/** Price move in scan ranges, volatility move, and the share of the loss that counts: the standard grid of SPAN. */
const SCENARIOS = [
  ...[0, THIRD, -THIRD, 2 * THIRD, -2 * THIRD, 1, -1].flatMap((price) => [{ price, volatility: 1, cover: 1 }, { price, volatility: -1, cover: 1 }]),
  { price: 2, volatility: 0, cover: 0.35 }, { price: -2, volatility: 0, cover: 0.35 },
];

/**
 * Scan ranges at the NSE (its clearing house, July 2024): six daily deviations × √2, at least 9.3 % for an index and 14.2 % for a share; a quarter
 * of the yearly volatility, at least 4 points and 10 points. The exposure margin is 2 % and 3.5 % of the notional.
 */
export function scanRanges({ spot, dailyDeviation, annualVolatility, isIndex }: { spot: number; dailyDeviation: number; annualVolatility: number; isIndex: boolean }): Omit<SpanSettings, 'spot' | 'rate'> {
  const least = isIndex ? { price: 0.093, volatility: 0.04 } : { price: 0.142, volatility: 0.1 };
  return { priceScanRange: spot * Math.max(least.price, 6 * Math.SQRT2 * dailyDeviation), volatilityScanRange: Math.max(least.volatility, 0.25 * annualVolatility), exposureShare: isIndex ? 0.02 : 0.035 };
}

export function spanMargin(legs: readonly StructureLeg[], settings: SpanSettings): SpanMargin {
  const together = marginOf(legs, settings);
  const standalone = legs.reduce((sum, leg) => sum + marginOf([leg], settings).total, 0);
  return { ...together, standalone, hedgeBenefit: standalone - together.total };
}

function marginOf(legs: readonly StructureLeg[], { spot, rate, priceScanRange, volatilityScanRange, exposureShare }: SpanSettings): Omit<SpanMargin, 'standalone' | 'hedgeBenefit'> {
  const states: WorldState[] = [{ spot, yearsAhead: 0, volatilityShift: 0 },
    ...SCENARIOS.map(({ price, volatility }) => ({ spot: Math.max(0, spot + price * priceScanRange), yearsAhead: 0, volatilityShift: volatility * volatilityScanRange }))];
  const [now, ...moved] = profitIn(legs, states, rate);
  const scenarioLosses = moved.map((profit, i) => SCENARIOS[i]!.cover * (now! - profit) + 0);
  const scanRisk = scenarioLosses.reduce((most, loss) => Math.max(most, loss), 0);
  const options = legs.filter(isOption);
  const netOptionValue = now! + options.reduce((sum, { quantity, price }) => sum + quantity * price, 0) - legs.filter((leg) => !isOption(leg)).reduce((sum, { quantity, price }) => sum + quantity * (spot - price), 0);
  const exposed = legs.reduce((sum, leg) => sum + (isOption(leg) ? Math.max(0, -leg.quantity) : Math.abs(leg.quantity)), 0);
  const exposure = exposureShare * spot * exposed;
  return { scanRisk, netOptionValue, exposure, total: Math.max(0, scanRisk - netOptionValue + exposure), worstScenario: 1 + scenarioLosses.indexOf(Math.max(...scenarioLosses)), scenarioLosses };
}
