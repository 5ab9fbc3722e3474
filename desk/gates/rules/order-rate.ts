import { tradingDate } from '../../time.ts';
import type { Dated } from './dated.ts';

/**
 * Orders a second, an exchange and segment, from which an algorithm has to be registered with the exchange. New orders,
 * changes and cancels all count.
 */
export const registrationThreshold: readonly Dated<number>[] = [
  { validFrom: tradingDate('2025-02-04'), validTo: null, value: 10, source: 'SEBI circular of 4 February 2025 on retail algorithmic trading; NSE INVG/67858 of 5 May 2025 sets the threshold' },
];

/** The desk's own ceiling: one below the threshold, whatever the configuration says. */
export const deskOrdersPerSecond = 9;
