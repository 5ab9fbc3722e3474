import { dailyBars, lastBars } from '../../db/stores/bars.ts';
import type { UnadjustedHolding } from '../../db/stores/holding-adjustments.ts';
import { demergerFactor, rightsFactor, rightsTerms } from '../../desk/market/measured-factors.ts';
import { dateIn, plusDays } from '../../desk/time.ts';
import type { ExecutionServices } from './services.ts';

type Prices = Pick<ExecutionServices, 'database' | 'market'>;
type Of = Pick<UnadjustedHolding, 'symbol' | 'exDate' | 'kind' | 'subject' | 'factor' | 'amount'>;
/** `WAITS`: a demerger whose first price is not there yet. */
export type PriceFactor = { factor: number; /** The last price before; null where only a published factor is known. */ cumPrice: number | null } | 'WAITS' | { refused: string };

/** Whether an action leaves the shares as they are and takes something out of the price. */
export const changesPriceAlone = ({ kind }: Pick<UnadjustedHolding, 'kind'>): boolean => kind === 'RIGHTS' || kind === 'DEMERGER';

/**
 * What a rights issue or demerger makes of the price: the published factor; of rights by their terms and the last price before; of a
 * demerger by its first price over that. 1 where the price is not lower by it. Rounded to the twelve decimals that are kept.
 */
export async function priceFactorOf(services: Prices, of: Of): Promise<PriceFactor> {
  const cumPrice = await lastPriceBefore(services, of);
  const rounded = (factor: number) => ({ factor: Number(factor.toFixed(12)), cumPrice });
  if (of.factor !== 1) return rounded(of.factor);
  if (cumPrice === null) return { refused: 'no price of before its ex-date is known' };
  if (of.kind === 'RIGHTS') {
    const terms = rightsTerms(of);
    return terms ? rounded(rightsFactor(terms, cumPrice)) : { refused: 'its terms cannot be read' };
  }
  const opening = await firstPrice(services, of);
  return opening === null ? 'WAITS' : rounded(demergerFactor({ opening, cumPrice }) ?? 1);
}

async function lastPriceBefore({ database, market }: Prices, { symbol, exDate }: Of): Promise<number | null> {
  const bar = (await lastBars(database.orm, { symbols: [symbol], asOf: market.now(), onOrBefore: plusDays(exDate, -1) })).get(symbol);
  const quote = market.quote(symbol);
  return bar?.close ?? (quote && dateIn(quote.at, market.zone) < exDate ? quote.last : null);
}

async function firstPrice({ database, market }: Prices, { symbol, exDate }: Of): Promise<number | null> {
  const [bar] = await dailyBars(database.orm, { symbol, from: exDate, to: market.today(), asOf: market.now() });
  const quote = market.quote(symbol);
  return bar?.open ?? (quote && dateIn(quote.at, market.zone) >= exDate ? quote.open : null);
}
