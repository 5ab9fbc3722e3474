import { formatPrice } from '../format.ts';
import type { EventType, Exchange } from '../market/types.ts';

/** A price that an indicator gave, to the paisa or cent. */
export const money = (price: number, exchange: Exchange): string => formatPrice(Number(price.toFixed(2)), exchange === 'US' ? 'USD' : 'INR');
/** `1.9 ×`. */
export const times = (ratio: number): string => `${ratio.toFixed(1)} ×`;
/** Whole percent of a share (0–1). */
export const wholePercent = (share: number): string => `${Math.round(100 * share)}`;

/** What an event is called in a sentence. */
export const eventWords: Record<EventType, string> = {
  BUYBACK: 'buy-back', EARNINGS: 'results', GUIDANCE: 'guidance', PENALTY: 'penalty', POLICY: 'policy news', ORDER_WIN: 'order win', 'M&A': 'deal news', RATING: 'rating change',
  MANAGEMENT: 'management change', DIVIDEND: 'dividend', BONUS: 'bonus issue', SPLIT: 'split', FUND_RAISE: 'fund raise', LITIGATION: 'court news', BOARD_MEETING: 'board meeting', INSIDER: 'insider trade',
  MACRO: 'market news', OTHER: 'announcement',
};
