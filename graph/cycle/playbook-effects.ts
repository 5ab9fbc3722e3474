import type { MandateTerms } from '../../desk/actions/types.ts';
import type { BareOffer } from '../../desk/allocation/offer.ts';
import type { TradingCalendar } from '../../desk/market/types.ts';
import { effectOn, type EffectContext, type PlaybookEffect, runningPlaybooks } from '../../desk/playbooks/effect.ts';
import type { Playbook, PlaybookTerms } from '../../desk/playbooks/playbook.ts';
import type { SignalEvent } from '../../desk/signals/define.ts';
import { dateIn, type Instant } from '../../desk/time.ts';
import type { AccountView } from './account-view.ts';
import type { PreparedHistory } from './history-cache.ts';
import type { CycleServices } from './services.ts';

/** A mandate with a playbook's own stop and target distances in place of its own. */
export const mandateUnder = (
  mandate: MandateTerms,
  { slMultiplier, tpMultiplier }: Pick<PlaybookTerms, 'slMultiplier' | 'tpMultiplier'>,
): MandateTerms => ({ ...mandate, slMultiplier: slMultiplier ?? mandate.slMultiplier, tpMultiplier: tpMultiplier ?? mandate.tpMultiplier });

/** The market's part of what playbooks say, read once a cycle; the account's part comes with each account. */
export function playbookEffects(
  { market }: Pick<CycleServices, 'market'>,
  {
    playbooks,
    events,
    history,
    asOf,
  }: { playbooks: readonly Playbook[]; events: readonly SignalEvent[]; history: PreparedHistory; asOf: Instant },
): (view: AccountView, offer: BareOffer) => PlaybookEffect {
  const running = runningPlaybooks({
    playbooks,
    events,
    asOf,
    featuresOf: (symbol) => history.bySymbol.get(symbol)?.latest ?? null,
    sectorOf: (symbol) => market.symbols().get(symbol)?.sector ?? null,
  });
  const calendar = market.calendar();
  return (view, offer) => {
    const context: EffectContext = {
      playbooks,
      running,
      asOf,
      firstOpenAfter: (event) => firstOpen(calendar, event),
      entriesOn: (eventId) => ('book' in view ? (view.entriesByEvent.get(eventId) ?? []) : []),
    };
    return effectOn(offer, context);
  };
}

/** When the news could first be traded: at once while the exchange was open, else at the next opening; null where the calendar does not reach. */
function firstOpen(calendar: TradingCalendar, { knownAt }: SignalEvent): Instant | null {
  const date = dateIn(knownAt, calendar.zone);
  if (!calendar.covers(date)) return null;
  const session = calendar.session(date);
  if (session && knownAt < session.close) return knownAt < session.open ? session.open : knownAt;
  const next = calendar.next(date);
  return (next && calendar.session(next)?.open) ?? null;
}
