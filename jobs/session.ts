import type { MarketView } from '../tools/services.ts';

/** By the market's own clock and calendar. */
export function sessionIsOpen(market: MarketView): boolean {
  const now = market.now();
  const session = market.calendar().session(market.today());
  return session !== null && now >= session.open && now < session.close;
}
