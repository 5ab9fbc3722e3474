/** Paper matching: how orders meet quotes and bars. Pure, and the same for the same seed. */
export { type BarForMatching, matchOnBar, turnInBar } from './match-on-bar.ts';
export { matchOnQuote } from './match-on-quote.ts';
export { defaultMatchingModel, latencyOf, type Match, type MatchingModel, type RestingOrder } from './matching-model.ts';
