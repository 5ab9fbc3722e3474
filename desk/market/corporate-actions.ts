import type { Instant, TradingDate } from '../time.ts';
import type { CorporateAction, DailyBar } from './types.ts';

/** A bar in the prices of a later day, with what was done to it. */
export interface AdjustedBar extends DailyBar {
  /** Printed prices were multiplied by this. */
  adjustmentFactor: number;
  /** Printed volume was multiplied by this. */
  volumeFactor: number;
}

/** Actions that change the number of shares, so that earlier volumes move inversely to prices. */
const CHANGES_SHARE_COUNT: Record<CorporateAction['kind'], boolean> = {
  SPLIT: true, BONUS: true, DIVIDEND: false, RIGHTS: false, DEMERGER: false, OTHER: false,
};
/** What one action does to earlier volumes. */
export const volumeFactorOf = ({ kind, factor }: CorporateAction): number => (CHANGES_SHARE_COUNT[kind] ? 1 / factor : 1);

/**
 * One symbol's bars (ascending dates) in the prices of `asOf`, as somebody saw them then: later bars are left out, and only
 * actions count whose ex-date has come (and, when `asOf` is an instant, that were known by then), so that no later split can leak
 * into an earlier decision. Values are not rounded. Turnover (price × volume) is unchanged by splits and bonuses.
 * @throws RangeError for a factor that is not a positive number.
 */
export function adjustBars(bars: readonly DailyBar[], actions: readonly CorporateAction[], asOf: TradingDate | Instant): AdjustedBar[] {
  const asOfDate = asOf.slice(0, 10);
  const due = actions.filter(({ exDate, knownAt }) => exDate <= asOfDate && (asOf.length === 10 || knownAt <= asOf)).sort((a, b) => (a.exDate < b.exDate ? 1 : -1));
  for (const { factor, symbol, exDate } of due) if (!(factor > 0 && Number.isFinite(factor))) throw new RangeError(`factor ${factor} of ${symbol} on ${exDate}`);
  const adjusted: AdjustedBar[] = [];
  let price = 1;
  let volume = 1;
  let pending = 0;
  for (let i = bars.length - 1; i >= 0; i--) {
    const bar = bars[i]!;
    if (bar.date > asOfDate) continue;
    for (let action = due[pending]; action && action.exDate > bar.date; action = due[++pending]) {
      if (action.symbol !== bar.symbol) continue;
      price *= action.factor;
      volume *= volumeFactorOf(action);
    }
    const later = adjusted.at(-1);
    // An unadjusted previous close belongs to the day before, so it takes that day's factor.
    if (later?.previousClose !== undefined && bars[i + 1]!.previousClose === bar.close) later.previousClose = bar.close * price;
    adjusted.push({
      ...bar,
      open: bar.open * price, high: bar.high * price, low: bar.low * price, close: bar.close * price,
      volume: bar.volume * volume,
      ...(bar.previousClose === undefined ? {} : { previousClose: bar.previousClose * price }),
      ...(bar.deliveryQuantity === undefined ? {} : { deliveryQuantity: bar.deliveryQuantity * volume }),
      adjustmentFactor: price, volumeFactor: volume,
    });
  }
  return adjusted.reverse();
}

/** Published actions, with detected ones only where nothing was published for the symbol within three days of the date. */
export function mergeActions(published: readonly CorporateAction[], detected: readonly CorporateAction[]): CorporateAction[] {
  const nearby = 3 * 86_400_000;
  const alone = detected.filter((found) => !published.some(({ symbol, exDate, factor }) =>
    symbol === found.symbol && factor !== 1 && Math.abs(Date.parse(exDate) - Date.parse(found.exDate)) <= nearby));
  return [...published, ...alone].sort((a, b) => (a.exDate < b.exDate ? -1 : a.exDate > b.exDate ? 1 : 0));
}
