import { formatChange, formatCount } from '../../format.ts';
import { money } from '../words.ts';
import { definePriceModel } from './price-model.ts';

/** A rise over 20 sessions of at least this many daily deviations; √20 would be one deviation of 20 sessions. */
const LEAST_RISE_DEVIATIONS = 4;
const SESSIONS_A_YEAR = 252;

/** A steady rise: averages in order, a 20-session gain that is large for the share's own volatility, and not overbought. */
export const momentum = definePriceModel({
  strategy: 'momentum', version: 'momentum-1', horizonDays: 15,
  holdsAt({ bars: { close }, features: { sma20, sma50, momentum5, momentum20, rsi14, volatility20 } }, i) {
    const dailyDeviation = volatility20[i]! / Math.sqrt(SESSIONS_A_YEAR);
    return close[i]! > sma20[i]! && sma20[i]! > sma50[i]! && momentum5[i]! > 0 && momentum20[i]! >= LEAST_RISE_DEVIATIONS * dailyDeviation && rsi14[i]! >= 50 && rsi14[i]! <= 72;
  },
  fact: ({ exchange, bars, features }, i) =>
    `${formatChange(features.momentum20[i]!)} in 20 sessions, closed at ${money(bars.close[i]!, exchange)} above its 20- and 50-session averages, RSI ${formatCount(Math.round(features.rsi14[i]!))}`,
});
