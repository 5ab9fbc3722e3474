import { formatChange, formatCount, formatDay } from '../format.ts';
import { dateIn, timeIn, type Instant, type Zone } from '../time.ts';
import type { Comparables, SignalEvent, ThesisBullet } from './define.ts';
import { eventWords, wholePercent } from './words.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const poolWords: Record<Comparables['pool'], string> = { symbol: '', sector: ' in its sector', all: ' in all shares' };

/** "Order win announced today 11:42 (simulated-exchange), read as bullish": the event's typed fields, none of its own words. */
export function eventSentence(event: SignalEvent, { asOf, zone }: { asOf: Instant; zone: Zone }): string {
  const [day, today] = [dateIn(event.knownAt, zone), dateIn(asOf, zone)];
  const when = day === today ? 'today' : `on ${formatDay(day, today)}`;
  return `${capital(eventWords[event.eventType])} announced ${when} ${timeIn(event.knownAt, zone)} (${event.source}), read as ${event.stance.toLowerCase()}`;
}

/** "Similar set-ups: 31, hit the target first 58 % (40–74 %), the stop first 26 %, +1.4 % on average". */
export function comparablesSentence({ pool, count, targetFirst, stopFirst, targetFirstLow, targetFirstHigh, meanPercent }: Comparables): string {
  return `Similar set-ups${poolWords[pool]}: ${formatCount(count)}, hit the target first ${wholePercent(targetFirst)} % (${wholePercent(targetFirstLow)}–${wholePercent(targetFirstHigh)} %), the stop first ${wholePercent(stopFirst)} %, ${formatChange(meanPercent)} on average`;
}

/** The reasons in the order in which a person weighs them: what happened, what the price did, what that came to before. */
export function thesisOf({ fact, event, comparables, asOf, zone }: { fact: string; event: SignalEvent | null; comparables: Comparables; asOf: Instant; zone: Zone }): ThesisBullet[] {
  return [
    ...(event ? [{ text: eventSentence(event, { asOf, zone }), evidenceId: event.id, evidenceKind: 'event' as const }] : []),
    { text: capital(fact), evidenceId: null, evidenceKind: 'feature' },
    { text: comparablesSentence(comparables), evidenceId: null, evidenceKind: 'outcome' },
  ];
}
