import { scheduledEvents } from '../../db/stores/events.ts';
import { coverageOf } from '../../db/stores/reference.ts';
import type { BareOffer, ScheduledNear } from '../../desk/allocation/offer.ts';
import { decimal } from '../../desk/decimal.ts';
import type { Quote, TradingCalendar } from '../../desk/market/types.ts';
import type { Signal } from '../../desk/signals/define.ts';
import type { CalibratedLabel } from '../../desk/signals/calibration.ts';
import { plusDays, type TradingDate } from '../../desk/time.ts';
import type { CycleServices } from './services.ts';

/** As far ahead as the gates look. */
const CALENDAR_DAYS_AHEAD = 60;
/** The gates' own default where no master record gives a tick. */
const USUAL_TICK = decimal('0.05');

/** Signals with what can be had for them now. `calendarFor` says whether a calendar of results reaches a symbol today. */
export async function offersOf(services: CycleServices, input: { labelled: readonly { signal: Signal; label: CalibratedLabel }[]; quotes: ReadonlyMap<string, Quote | null> }): Promise<{ offers: Map<Signal, BareOffer>; calendarFor(symbol: string): boolean }> {
  const { database: { orm }, market } = services;
  const today = market.today();
  const symbols = [...new Set(input.labelled.map(({ signal }) => signal.symbol))];
  const events = symbols.length === 0 ? [] : await scheduledEvents(orm, { symbols, from: today, to: plusDays(today, CALENDAR_DAYS_AHEAD), asOf: market.now() });
  const covered = (await coverageOf(orm, 'scheduled_event')).filter((row) => row.from <= today && today <= row.to);
  const eventsOf = Map.groupBy(events, ({ symbol }) => symbol);
  const near = (symbol: string): ScheduledNear[] => (eventsOf.get(symbol) ?? []).map(({ kind, purpose, date }) => ({ kind, purpose, date, tradingDaysAway: tradingDaysTo(market.calendar(), today, date) }));
  const offers = new Map(input.labelled.map(({ signal, label }): [Signal, BareOffer] => {
    const record = market.symbols().get(signal.symbol);
    return [signal, { signal, label, quote: input.quotes.get(signal.symbol) ?? null, lotSize: record?.lotSize ?? 1, tickSize: record?.tickSize ?? USUAL_TICK, marketCap: null, scheduled: near(signal.symbol) }];
  }));
  return { offers, calendarFor: (symbol) => covered.some((row) => row.symbol === '' || row.symbol === symbol) };
}

/** Past the calendar's end weekdays are the nearest honest count. */
function tradingDaysTo(calendar: TradingCalendar, today: TradingDate, date: TradingDate): number {
  if (calendar.covers(today) && calendar.covers(date)) {
    try { return calendar.daysBetween(today, date); } catch (error) { if (!(error instanceof RangeError)) throw error; }
  }
  let count = 0;
  for (let day = plusDays(today, 1); day <= date; day = plusDays(day, 1)) if (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) count += 1;
  return count;
}
