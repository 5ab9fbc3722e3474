import type { Quote } from './types.ts';

/** What stands for the last price of a symbol of which no trade is known. */
export type LastFrom = 'middle' | 'bid' | 'ask';
export const lastFromWords: Record<LastFrom, string> = { middle: 'the middle of bid and offer', bid: 'the bid', ask: 'the offer' };

/** Change of the last price since the previous close, in percent; null where nobody knows that close. */
export const changePercentOf = ({ last, previousClose }: Pick<Quote, 'last' | 'previousClose'>): number | null => (previousClose !== null && previousClose > 0 ? 100 * (last / previousClose - 1) : null);
