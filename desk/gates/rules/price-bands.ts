import type { Exchange } from '../../market/types.ts';

/**
 * Daily price bands. NSE and BSE give each share one of these percentages of the previous close, and none to shares with
 * derivatives (whose band follows the price). A share's own band is in the exchange's security list and arrives with the
 * symbol's facts: nothing is assumed for a share whose band isn't known.
 */
export const bandPercents: Record<Exchange, readonly number[]> = { NSE: [2, 5, 10, 20, 40], BSE: [2, 5, 10, 20], US: [] };

/** Band around the previous close, rounded inwards to paise. */
export const bandAround = (previousClose: number, percent: number): { low: number; high: number } => ({
  low: Math.ceil(Math.round(previousClose * (100 - percent) * 100) / 100) / 100,
  high: Math.floor(Math.round(previousClose * (100 + percent) * 100) / 100) / 100,
});
