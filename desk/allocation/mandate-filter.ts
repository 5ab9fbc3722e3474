import { formatCount, formatDay, formatMoney, formatPercent } from '../format.ts';
import type { Instant, TradingDate } from '../time.ts';
import type { AccountBook, AllocationLimits } from './account-book.ts';
import type { Offer, ScheduledNear } from './offer.ts';

interface FilterContext { book: AccountBook; limits: AllocationLimits; asOf: Instant; today: TradingDate }
interface Filter { code: string; /** Why the offer is none for the account; null where it is one. */ refuses(offer: Offer, context: FilterContext): string | null }

/** What the book says of a share with a position in it. */
export const heldAlready = 'is held already';
const among = (list: readonly string[], name: string): boolean => list.some((entry) => entry.toLowerCase() === name.toLowerCase());
const eventKinds: Record<string, string> = { RESULTS: 'results', BOARD_MEETING: 'a board meeting', AGM: 'the annual general meeting' };

/** The nearest listed event whose blackout covers today; the mandate's days count for results and the boards that pass them. */
function blackout(offer: Offer, { book, limits }: FilterContext): { event: ScheduledNear; days: number } | null {
  for (const event of [...offer.scheduled].sort((a, b) => Math.abs(a.tradingDaysAway) - Math.abs(b.tradingDaysAway))) {
    const mandated = event.kind === 'RESULTS' || event.kind === 'BOARD_MEETING' ? book.mandate.earningsBlackoutDays : 0;
    const days = Math.max(limits.eventBlackoutDays, mandated);
    if (event.tradingDaysAway <= days && event.tradingDaysAway > -days) return { event, days };
  }
  return null;
}

const spreadPercent = ({ bid, ask }: { bid: number; ask: number }): number => ((ask - bid) * 200) / (ask + bid);

/** In the order in which a person would ask. A value that is missing refuses wherever the gates would block for it. */
const filters: readonly Filter[] = [
  { code: 'expired', refuses: ({ signal }, { asOf }) => (signal.expiresAt <= asOf ? 'the set-up is over' : null) },
  { code: 'strategy', refuses: ({ signal }, { book: { mandate } }) => (mandate.allowedStrategies.includes(signal.strategy) || mandate.allowedStrategies.includes('*') ? null : `the mandate does not allow ${signal.strategy}`) },
  { code: 'horizon', refuses: ({ signal: { horizonDays } }, { book: { mandate: { horizonMinDays, horizonMaxDays } } }) =>
    (horizonDays >= horizonMinDays && horizonDays <= horizonMaxDays ? null : `its horizon is ${horizonDays} days; the mandate has ${horizonMinDays} to ${horizonMaxDays}`) },
  { code: 'banned', refuses: ({ signal }, { book: { mandate } }) => (among(mandate.bannedSymbols, signal.symbol) ? `the mandate rules out ${signal.symbol}`
    : signal.sector !== null && among(mandate.bannedSectors, signal.sector) ? `the mandate rules out ${signal.sector}` : null) },
  // A later part of a playbook's plan joins the first; everything else in a share that is held waits.
  { code: 'unavailable', refuses: ({ signal, playbook }, { book }) => { const why = book.unavailable.get(signal.symbol) ?? null; return why === heldAlready && playbook.joinsHeld ? null : why; } },
  { code: 'positions', refuses: ({ signal, playbook }, { book: { exposures, mandate } }) => {
    const symbols = new Set(exposures.map(({ symbol }) => symbol));
    const there = symbols.size;
    if (playbook.joinsHeld && symbols.has(signal.symbol)) return null;
    return there >= mandate.maxPositions ? `${there} positions are taken, held or waiting; the mandate allows ${mandate.maxPositions}` : null;
  } },
  { code: 'liquidity_floor', refuses: ({ signal: { features } }, { book: { mandate: { liquidityFloorAdv } } }) => (features.averageDailyVolume20 === null ? 'its average volume is not known'
    : features.averageDailyVolume20 < liquidityFloorAdv ? `it trades ${formatCount(Math.round(features.averageDailyVolume20))} shares a day on average; the mandate asks for ${formatCount(liquidityFloorAdv)}` : null) },
  { code: 'market_cap', refuses: ({ marketCap }, { book: { mandate: { minMarketCap }, currency } }) => (minMarketCap === null ? null : marketCap === null ? 'its market capitalisation is not known, and the mandate asks for a least one'
    : marketCap < minMarketCap ? `it is worth ${formatMoney(marketCap * 100, currency)}; the mandate asks for ${formatMoney(minMarketCap * 100, currency)}` : null) },
  { code: 'blackout', refuses(offer, context) {
    const found = blackout(offer, context);
    return found && `${eventKinds[found.event.kind] ?? (found.event.purpose || 'a listed event')} on ${formatDay(found.event.date, context.today)}, blackout ${found.days} trading days`;
  } },
  { code: 'playbook', refuses: ({ playbook }) => playbook.refusal?.reason ?? null },
  { code: 'trust', refuses: ({ label }) => (label.isTrustworthy ? null : label.rationale) },
  { code: 'no_price', refuses: ({ quote }) => (quote !== null && quote.last > 0 ? null : 'no price') },
  { code: 'spread', refuses: ({ quote }, { limits: { maxSpreadPercent } }) => {
    if (quote === null || maxSpreadPercent === null) return null;
    if (!(quote.bid > 0 && quote.ask >= quote.bid)) return 'nobody makes a two-sided price';
    const spread = spreadPercent(quote);
    return spread > maxSpreadPercent ? `the spread is ${formatPercent(spread)}; the limit is ${formatPercent(maxSpreadPercent)}` : null;
  } },
];

/** The first rule that refuses the offer, with its sentence; null when all let it through. */
export function refusalOf(offer: Offer, context: FilterContext): { code: string; reason: string } | null {
  for (const { code, refuses } of filters) {
    const reason = refuses(offer, context);
    if (reason !== null) return { code, reason };
  }
  return null;
}
