import { formatDay } from '../../format.ts';
import type { TradingDate } from '../../time.ts';
import { defineCheck } from '../define.ts';
import { instrumentOf } from '../figures.ts';
import { fails, lacks, passes } from '../outcomes.ts';
import type { GateSnapshot, InstrumentFacts } from '../snapshot.ts';

type Scheduled = InstrumentFacts['scheduledEvents']['events'][number];
const kindWords: Record<string, string> = { RESULTS: 'results', BOARD_MEETING: 'a board meeting', AGM: 'the annual general meeting' };

/** Trading days without entries on either side: the desk's for every listed event, the mandate's too for results and the boards that pass them. */
function blackoutDays(snapshot: GateSnapshot, { kind }: Scheduled): number {
  const mandated = snapshot.mandate.known && (kind === 'RESULTS' || kind === 'BOARD_MEETING') ? snapshot.mandate.value.earningsBlackoutDays : 0;
  return Math.max(snapshot.limits.eventBlackoutDays, mandated);
}
/** Up to n trading days before the event, the day itself, and until the n-th trading day after it. None with n = 0. */
const inside = (away: number, days: number): boolean => away <= days && away > -days;

const symbolOf = (action: { kind: 'enter'; symbol: string } | { kind: 'option_structure'; underlying: string }): string => (action.kind === 'enter' ? action.symbol : action.underlying);

/** First trading day that lies outside every event's window; null when the calendar in the snapshot doesn't reach it. */
function earliestEntry(snapshot: GateSnapshot, events: readonly Scheduled[]): TradingDate | null {
  const days = snapshot.tradingDays ?? [];
  const now = days.indexOf(snapshot.marketDate);
  if (now < 0) return null;
  for (let ahead = 1; now + ahead < days.length; ahead += 1) {
    if (events.every((event) => !inside(event.tradingDaysAway - ahead, blackoutDays(snapshot, event)))) return days[now + ahead] ?? null;
  }
  return null;
}

/** No entry around results or another listed event. Where no calendar reaches, nothing is known, and that is what it says. */
export const eventWindow = defineCheck({
  id: 'event_window', version: 1, appliesTo: ['enter', 'option_structure'], structural: false, severity: 'BLOCK', whenMissing: 'WARN',
  reads: ['instruments.scheduledEvents', 'limits.eventBlackoutDays', 'mandate.earningsBlackoutDays', 'marketDate', 'tradingDays'],
  evaluate(snapshot, action) {
    const symbol = symbolOf(action);
    const scheduled = instrumentOf(snapshot, symbol)?.scheduledEvents;
    if (!scheduled) return lacks(`What is scheduled for ${symbol}`, 'the symbol is not among the instruments that were read');
    let nearest: Scheduled | undefined;
    for (const event of scheduled.events) {
      if (inside(event.tradingDaysAway, blackoutDays(snapshot, event)) && (!nearest || Math.abs(event.tradingDaysAway) < Math.abs(nearest.tradingDaysAway))) nearest = event;
    }
    if (nearest) {
      const until = earliestEntry(snapshot, scheduled.events);
      const when = until === null ? 'now' : `until ${formatDay(until, snapshot.marketDate)}`;
      const what = kindWords[nearest.kind] ?? (nearest.purpose || 'a listed event');
      return fails(`No entry in ${symbol} ${when}: ${what} on ${formatDay(nearest.date, snapshot.marketDate)}, blackout ${blackoutDays(snapshot, nearest)} trading days.`);
    }
    if (!scheduled.covered) return lacks(`What is scheduled for ${symbol}`, scheduled.coverageNote || 'no calendar covers these days');
    return passes(`Nothing is scheduled for ${symbol} within the blackout.`);
  },
  nearestPass(snapshot, action) {
    const date = earliestEntry(snapshot, instrumentOf(snapshot, symbolOf(action))?.scheduledEvents.events ?? []);
    return date === null ? null : { change: 'earliest', date };
  },
});
