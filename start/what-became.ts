import { formatDay } from '../desk/format.ts';
import { type TradingDate, tradingDate } from '../desk/time.ts';
import type { GoneShare } from '../feeds/linking/name-index.ts';

/** What became of a share that left the exchange, as seen on a day: before its last session it was there, and nothing of it is stored. */
export function whatBecame(said: string, { lastSession, into }: GoneShare, on: TradingDate): string {
  const last = formatDay(tradingDate(lastSession));
  if (on <= lastSession) return `"${said}" was listed by itself until ${last}, and nothing of it is stored.`;
  return `"${said}" left the exchange after ${last}${into === null ? '.' : `; its holders got shares of ${into}.`}`;
}
