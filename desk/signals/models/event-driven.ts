import { formatChange } from '../../format.ts';
import { firstNotBefore } from '../../market/calendar.ts';
import type { Exchange } from '../../market/types.ts';
import { dateIn, plusDays, timeIn, type TradingDate, type Zone } from '../../time.ts';
import { defineSignalModel, type SetUp, type SignalEvent } from '../define.ts';
import { money, times } from '../words.ts';

const opens: Record<Exchange, { zone: Zone; at: string }> = {
  NSE: { zone: 'Asia/Kolkata', at: '09:15' }, BSE: { zone: 'Asia/Kolkata', at: '09:15' }, US: { zone: 'America/New_York', at: '09:30' },
};

/** The first day whose opening comes after the event was known: no earlier open could be traded on it. */
export function tradableFrom(event: Pick<SignalEvent, 'knownAt'>, exchange: Exchange): TradingDate {
  const { zone, at } = opens[exchange];
  const date = dateIn(event.knownAt, zone);
  return timeIn(event.knownAt, zone) < at ? date : plusDays(date, 1);
}

/**
 * News that speaks for the share. Earlier events count from the first open after they were known, so the jump that the news
 * itself made is not in the expected move; what is compared is how prices went on after events of the same type.
 */
export const eventDriven = defineSignalModel({
  strategy: 'event_driven', version: 'event-driven-1', horizonDays: 5,
  setUps({ dates, exchange, features: { atr14 } }, events) {
    const found: SetUp[] = [];
    for (const event of events) {
      if (event.priority === 'LOW' || event.stance !== 'BULLISH') continue;
      const index = firstNotBefore(dates, tradableFrom(event, exchange)) - 1;
      if (index >= 0 && atr14[index]! > 0) found.push({ index, kind: event.eventType, event });
    }
    return found;
  },
  fact({ exchange, bars, features }, i) {
    const momentum = features.momentum5[i]!;
    const volume = features.relativeVolume[i]!;
    return [`last close ${money(bars.close[i]!, exchange)}`, ...(Number.isNaN(momentum) ? [] : [`${formatChange(momentum)} in five sessions`]), ...(Number.isNaN(volume) ? [] : [`volume ${times(volume)} its usual`])].join(', ');
  },
});
