import { drawDayShape } from './day-shape.ts';
import type { FactorDay } from './factors.ts';
import { randomStream } from './random.ts';
import type { StockDay } from './session-plan.ts';
import { INDEX_SYMBOL } from './universe.ts';

/**
 * The index's session: it opens and closes where its companies do, weighted by what they were worth at the last close
 * (as a price index: dividends lower it, splits do not). In between it follows the market's own path.
 * Its volume is its companies', as the exchange prints it.
 */
export function indexDay({
  seed,
  day,
  previousClose,
  stocks,
  weights,
  factors,
}: {
  seed: number;
  day: number;
  previousClose: number;
  stocks: readonly StockDay[];
  weights: readonly number[];
  factors: FactorDay;
}): StockDay {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const weighted = (ratio: (stock: StockDay) => number): number =>
    stocks.reduce((sum, stock, i) => sum + ((weights[i] ?? 0) / total) * ratio(stock), 0);
  const open = weighted(({ shape, previousClose: before }) => shape.open / before);
  const close = weighted(({ shape, previousClose: before }) => shape.close / before);
  const sigma = factors.market.intradaySigma;
  return {
    symbol: INDEX_SYMBOL,
    sector: null,
    previousClose,
    sigma,
    marketShare: 1,
    sectorShare: 0,
    relativeSpread: null,
    shape: drawDayShape({
      stream: randomStream(seed, 'index', day),
      previousClose,
      sigma,
      jump: null,
      overnight: Math.log(open),
      intraday: Math.log(close / open),
    }),
    volume: stocks.reduce((sum, { volume }) => sum + volume, 0),
    trades: stocks.reduce((sum, { trades }) => sum + trades, 0),
    deliveryQuantity: null,
  };
}
