import { money, times } from '../words.ts';
import { definePriceModel } from './price-model.ts';

const LEAST_RELATIVE_VOLUME = 1.5;

/** A close above the highest price of the 20 sessions before, on more volume than usual. */
export const breakout = definePriceModel({
  strategy: 'breakout', version: 'breakout-1', horizonDays: 10,
  holdsAt: ({ bars: { close }, features: { high20, relativeVolume } }, i) => close[i]! > high20[i]! && relativeVolume[i]! >= LEAST_RELATIVE_VOLUME,
  fact: ({ exchange, bars, features }, i) => `closed at ${money(bars.close[i]!, exchange)}, above its 20-day high of ${money(features.high20[i]!, exchange)}, on ${times(features.relativeVolume[i]!)} its usual volume`,
});
