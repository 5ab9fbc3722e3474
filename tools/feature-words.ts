import type { FeatureSet } from '../desk/market/types.ts';

/** A feature in words, without figures; null where the feature is missing. The thresholds are the usual ones of each indicator. */
export interface FeatureWords { trend: string | null; momentum: string | null; rsi: string | null; volatility: string | null; liquidity: string | null; volume: string | null; range: string | null; squeeze: string | null; gap: string | null }

const said = <T>(value: T | null, words: (value: T) => string): string | null => (value === null ? null : words(value));

export function featureWords(features: FeatureSet): FeatureWords {
  const { close, sma20, sma50, high20, low20 } = features;
  return {
    trend: sma20 === null || sma50 === null ? null : close > sma20 && sma20 > sma50 ? 'up: above both averages, the shorter above the longer' : close < sma20 && sma20 < sma50 ? 'down: below both averages, the shorter below the longer' : 'none: price and averages disagree',
    momentum: said(features.momentum20, (value) => (value > 0 ? 'rising over a month of sessions' : value < 0 ? 'falling over a month of sessions' : 'flat over a month of sessions')),
    rsi: said(features.rsi14, rsiWord), volatility: said(features.volatilityRegime, (regime) => volatilityWords[regime]), liquidity: said(features.liquidityRegime, (regime) => liquidityWords[regime]),
    volume: said(features.relativeVolume, (value) => (value >= 1.5 ? 'heavier than usual' : value <= 0.67 ? 'lighter than usual' : 'as usual')),
    range: high20 === null || low20 === null ? null : close > high20 ? 'a close above the highs of the sessions before' : close < low20 ? 'a close below the lows of the sessions before' : 'inside the range of the sessions before',
    squeeze: said(features.bollingerSqueeze, (value) => (value ? 'bands are unusually narrow' : 'bands are not unusually narrow')),
    gap: said(features.gapPercent, (value) => (value === 0 ? 'no gap' : `${value > 0 ? 'opened higher' : 'opened lower'}${features.gapFilled === null ? '' : features.gapFilled ? ' and traded back' : ' and did not trade back'}`)),
  };
}
export const rsiWord = (value: number): string => (value >= 70 ? 'overbought' : value <= 30 ? 'oversold' : 'neither overbought nor oversold');
export const volatilityWords = { LOW_VOL: 'calm against its own past year', MED_VOL: 'ordinary against its own past year', HIGH_VOL: 'high against its own past year' } as const;
const liquidityWords = { HIGH: 'deep', MEDIUM: 'tradable', LOW: 'thin' } as const;
