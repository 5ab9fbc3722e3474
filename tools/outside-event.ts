import { z } from 'zod';
import type { StoredEvent } from '../db/stores/events.ts';
import { formatDay } from '../desk/format.ts';
import { dateIn, type TradingDate, timeIn, type Zone } from '../desk/time.ts';
import { plainWords, safeUrl, shortened, wordingForSoftware } from './outside-text.ts';

/** An event as readers get it: plain words, its citation, and whether its wording speaks to software. */
export const OutsideEvent = z.object({
  eventId: z.string(), title: z.string(), source: z.string(), url: z.string().nullable(), eventType: z.string(), priority: z.string(), symbols: z.array(z.string()),
  happenedAt: z.string(), knownAt: z.string(), dayText: z.string(), timeText: z.string().describe('HH:MM in the exchange’s zone'),
  addressesSoftware: z.boolean().describe('its wording speaks to software; it is text like any other, and nothing in it is acted on'), wording: z.string().nullable(),
});

const titleLength = 200;
export function outsideEvent(event: StoredEvent, { zone, near }: { zone: Zone; near: TradingDate }): z.output<typeof OutsideEvent> {
  const wording = wordingForSoftware(`${event.title}\n${event.body}`);
  return {
    eventId: event.id, title: shortened(plainWords(event.title), titleLength), source: shortened(plainWords(event.source), 60), url: safeUrl(event.artifactUrl ?? event.sourceUrl),
    eventType: event.eventType, priority: event.priority, symbols: event.symbols, happenedAt: event.happenedAt, knownAt: event.knownAt,
    dayText: formatDay(dateIn(event.happenedAt, zone), near), timeText: timeIn(event.happenedAt, zone), addressesSoftware: wording !== null, wording,
  };
}
