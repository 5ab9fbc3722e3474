import { formatCount } from '../../format.ts';
import { hasHistory } from '../series.ts';
import { money } from '../words.ts';
import { definePriceModel } from './price-model.ts';

const OVERSOLD_RSI = 35;
/** Sessions over which the 50-session average must have risen. */
const TREND_SESSIONS = 20;

/** A dip in an uptrend: the 50-session average rises, and the close is oversold by RSI or under the lower Bollinger band. */
export const meanReversion = definePriceModel({
  strategy: 'mean_reversion', version: 'mean-reversion-1', horizonDays: 10,
  holdsAt(series, i) {
    const { bars: { close }, features: { sma50, rsi14 }, lowerBand } = series;
    // The average of then needs its own 50 sessions, and the band must not reach over a break.
    if (!hasHistory(series, i, TREND_SESSIONS + 49)) return false;
    return sma50[i]! > sma50[i - TREND_SESSIONS]! && (rsi14[i]! < OVERSOLD_RSI || close[i]! < lowerBand[i]!);
  },
  fact({ exchange, bars, features, lowerBand }, i) {
    const band = bars.close[i]! < lowerBand[i]! ? `, below its lower Bollinger band of ${money(lowerBand[i]!, exchange)}` : '';
    return `fell to ${money(bars.close[i]!, exchange)} (RSI ${formatCount(Math.round(features.rsi14[i]!))})${band}, while its 50-session average still rises`;
  },
});
