import type { MandateTerms } from '../actions/types.ts';
import type { Offer } from './offer.ts';

/** Expected move times the quality of what stands behind it, more where a playbook favours it; the base of every ranking. */
export const edgeByQuality = ({ signal, label, playbook }: Pick<Offer, 'signal' | 'label' | 'playbook'>): number => signal.edgePercent * label.qualityScore * (1 + playbook.boost);

/** The same for each percent of yearly volatility; nothing where the volatility is not known. */
function perVolatility(offer: Offer): number {
  const { volatility20 } = offer.signal.features;
  return volatility20 !== null && volatility20 > 0 ? edgeByQuality(offer) / volatility20 : 0;
}

const overBest = (values: readonly number[]): number[] => {
  const best = Math.max(...values, 0);
  return values.map((value) => (best > 0 ? value / best : 0));
};

/**
 * What each offer is worth under an objective, in the offers' order:
 * - `MAX_PROFIT`: edge × quality.
 * - `RISK_MINIMIZED`: edge × quality ÷ 20-session volatility.
 * - `BALANCED`: half of each, both as a part of the best offer's.
 */
const objectives: Record<MandateTerms['objective'], (offers: readonly Offer[]) => number[]> = {
  MAX_PROFIT: (offers) => offers.map(edgeByQuality),
  RISK_MINIMIZED: (offers) => offers.map(perVolatility),
  BALANCED(offers) {
    const profit = overBest(offers.map(edgeByQuality));
    const calm = overBest(offers.map(perVolatility));
    return profit.map((value, i) => (value + (calm[i] ?? 0)) / 2);
  },
};

/** Best first; equal ones by symbol and strategy, so that the same offers always come in the same order. */
export function rankOffers(offers: readonly Offer[], objective: MandateTerms['objective']): { offer: Offer; score: number }[] {
  const scores = objectives[objective](offers);
  const name = ({ signal }: Offer): string => `${signal.symbol}\n${signal.strategy}`;
  return offers.map((offer, i) => ({ offer, score: scores[i] ?? 0 })).sort((a, b) => b.score - a.score || (name(a.offer) < name(b.offer) ? -1 : 1));
}
