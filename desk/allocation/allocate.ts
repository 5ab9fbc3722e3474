import { Enter } from '../actions/types.ts';
import { formatPercent, formatPrice } from '../format.ts';
import { costMinor, percentOf } from '../gates/figures.ts';
import type { Instant, TradingDate } from '../time.ts';
import type { AccountBook, AllocationLimits } from './account-book.ts';
import { placeBracket } from './bracket.ts';
import { chargesBothWays } from './charges.ts';
import { refusalOf } from './mandate-filter.ts';
import { edgeByQuality, rankOffers } from './objective.ts';
import type { Candidate, Offer, Rejection } from './offer.ts';
import { sectorLimitPercent, sizeEntry } from './size.ts';

export interface AllocationInput {
  book: AccountBook;
  offers: readonly Offer[];
  limits: AllocationLimits;
  /** Market time and the exchange's date. */
  asOf: Instant; today: TradingDate;
  /** No more entries than this. */
  atMost: number;
  movesTogether(one: string, other: string): boolean;
}
export interface Allocation {
  /** Best first; each leaves room for those before it. */
  candidates: Candidate[];
  /** By what they would have been worth, best first. What merely ranked too low is not among them. */
  rejections: Rejection[];
}

type Built = { candidate: Candidate } | { code: string; reason: string };

/** Bracket, size and worth of one offer in an account as it stands. */
function build(offer: Offer, score: number, { book, limits, today, movesTogether }: Pick<AllocationInput, 'book' | 'limits' | 'today' | 'movesTogether'>): Built {
  const { signal, quote } = offer;
  const { averageDailyVolume20, volatility20 } = signal.features;
  if (quote === null || averageDailyVolume20 === null) return { code: 'no_price', reason: 'no price' };
  if (volatility20 === null || !(volatility20 > 0)) return { code: 'volatility', reason: 'its volatility is not known' };
  const placed = placeBracket({ last: quote.last, bid: quote.bid, ask: quote.ask, atr14: signal.atr14, tickSize: offer.tickSize, barriers: signal.barriers });
  if ('reason' in placed) return { code: 'bracket', reason: placed.reason };
  const { entry, bracket } = placed;
  const charges = chargesBothWays({ exchange: signal.exchange, price: entry, date: today });
  if ('reason' in charges) return { code: 'charges', reason: charges.reason };

  const chargesPercent = (quantity: number): number => (100 * charges.chargesMinor(quantity)) / costMinor(entry, quantity);
  // Flat charges weigh least on the largest position that the mandate allows: an edge that does not pay them even there never does.
  const fullPosition = Math.max(1, Math.floor((book.equityMinor * book.mandate.maxPositionPercent) / 100 / costMinor(entry, 1)));
  const bestEdge = signal.edgePercent - chargesPercent(fullPosition);
  const costly = (percent: number) => ({ code: 'edge', reason: `the expected ${formatPercent(signal.edgePercent)} does not pay the charges of ${formatPercent(percent)}` });
  if (!(bestEdge > 0)) return costly(chargesPercent(fullPosition));

  const full = sizeEntry({
    book, limits, symbol: signal.symbol, sector: signal.sector, entry, stop: bracket.stop, lotSize: offer.lotSize, averageDailyVolume20, volatility20,
    netEdgePercent: bestEdge, deviationPercent: Math.max(signal.comparables.deviationPercent, 0.01), chargesMinor: charges.chargesMinor, movesWith: (other) => movesTogether(signal.symbol, other),
  });
  const { quantity, boundBy } = partOf(full, offer);
  if (quantity === 0) return { code: 'size', reason: `not even one ${offer.lotSize > 1 ? `lot of ${offer.lotSize}` : 'share'} at ${formatPrice(entry, book.currency)} fits: ${boundBy}` };
  const netEdgePercent = signal.edgePercent - chargesPercent(quantity);
  if (!(netEdgePercent > 0)) return costly(chargesPercent(quantity));

  const valueMinor = costMinor(entry, quantity);
  const chargesMinor = charges.chargesMinor(quantity);
  const inSector = book.exposures.filter((each) => each.symbol === signal.symbol || (signal.sector !== null && each.sector === signal.sector)).reduce((sum, each) => sum + each.valueMinor, 0);
  return {
    candidate: {
      action: Enter.parse({
        kind: 'enter', accountId: book.accountId, symbol: signal.symbol, exchange: signal.exchange, side: 'BUY', quantity, orderType: 'LIMIT', limitPrice: entry, product: 'DELIVERY', bracket,
        strategy: signal.strategy, horizonDays: signal.horizonDays, ...(signal.event ? { eventId: signal.event.id } : {}),
      }),
      offer, score, netEdgePercent, valueMinor, chargesMinor, boundBy, rewardRisk: placed.rewardRisk,
      riskMinor: costMinor(placed.stopDistance, quantity) + chargesMinor,
      rewardMinor: costMinor(Number(bracket.target) - Number(entry), quantity) - chargesMinor,
      sectorAfterPercent: percentOf(valueMinor + inSector, book.equityMinor), sectorLimitPercent: sectorLimitPercent(book, limits),
    },
  };
}

/** The part of the full size that a playbook enters now, in whole lots. */
function partOf(full: ReturnType<typeof sizeEntry>, { playbook: { part }, lotSize }: Offer): ReturnType<typeof sizeEntry> {
  if (part >= 1) return full;
  const lot = Number.isInteger(lotSize) && lotSize > 0 ? lotSize : 1;
  const quantity = Math.floor((full.quantity * part) / lot) * lot;
  return { quantity, boundBy: full.quantity === 0 ? full.boundBy : 'playbook part' };
}

/** The account once the candidate is filled, for those that come after it. */
const after = (book: AccountBook, { action, offer, valueMinor, chargesMinor }: Candidate): AccountBook => ({
  ...book,
  deployableMinor: book.deployableMinor - valueMinor - chargesMinor,
  exposures: [...book.exposures, { symbol: action.symbol, sector: offer.signal.sector, valueMinor }],
  unavailable: new Map([...book.unavailable, [action.symbol, 'is proposed already']]),
});

/**
 * From signals to entries for one account: mandate filters, ranking by its objective, then one after the other bracket and size
 * until there are enough. Pure: the same input gives the same entries. Every offer that is left out for a reason has its sentence.
 */
export function allocate({ offers, atMost, ...input }: AllocationInput): Allocation {
  const rejections: Rejection[] = [];
  const reject = ({ signal, label, playbook }: Offer, { code, reason }: { code: string; reason: string }): void => {
    rejections.push({ symbol: signal.symbol, strategy: signal.strategy, code, reason, score: edgeByQuality({ signal, label, playbook }) });
  };
  const passing: Offer[] = [];
  for (const offer of offers) {
    const refusal = refusalOf(offer, input);
    if (refusal) reject(offer, refusal); else passing.push(offer);
  }
  const candidates: Candidate[] = [];
  let { book } = input;
  for (const { offer, score } of rankOffers(passing, input.book.mandate.objective)) {
    if (candidates.length >= atMost) break;
    // The room and the places have changed with what was taken before.
    const refusal = refusalOf(offer, { ...input, book });
    if (refusal) { reject(offer, refusal); continue; }
    const built = build(offer, score, { ...input, book });
    if ('reason' in built) { reject(offer, built); continue; }
    candidates.push(built.candidate);
    book = after(book, built.candidate);
  }
  rejections.sort((a, b) => b.score - a.score || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : a.strategy < b.strategy ? -1 : 1));
  return { candidates, rejections };
}
