import { formatCount, formatPercent } from '../format.ts';
import type { FeatureSet, Quote } from '../market/types.ts';
import type { Signal, SignalEvent } from '../signals/define.ts';
import { epochMs, type Instant } from '../time.ts';
import { playbookFor } from './match.ts';
import { type Playbook, playbookLabel } from './playbook.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** ₹5,000 crore; below it a company counts as small where its worth is known. */
const SMALL_MARKET_CAP = 50_000_000_000;

/** An event whose playbook still has something to say about other entries. */
export interface RunningPlaybook {
  playbook: Playbook;
  event: SignalEvent /** Sectors of the event's own shares. */;
  sectors: readonly string[];
}

/** What playbooks do to one offer in one account. */
export interface PlaybookEffect {
  /** The playbook of the offer's own event, as cards name it; null where only others' playbooks touch it. */
  label: string | null;
  refusal: { code: string; reason: string } | null;
  /** Added to 1 and multiplied into the ranking. */
  boost: number;
  /** Of the full size, over 0 up to 1. */
  part: number;
  /** A later part of a plan may join what is held already. */
  joinsHeld: boolean;
  /** In words for the card; null where the playbook changes nothing that a person would not see anyway. */
  note: string | null;
}
export const noEffect: PlaybookEffect = { label: null, refusal: null, boost: 0, part: 1, joinsHeld: false, note: null };

export interface EffectContext {
  playbooks: readonly Playbook[];
  running: readonly RunningPlaybook[];
  asOf: Instant;
  /** The first moment at which anybody could trade on the event; null where the calendar does not reach. */
  firstOpenAfter(event: SignalEvent): Instant | null;
  /** Entries that this account has made on an event, oldest first. */
  entriesOn(eventId: string): readonly { at: Instant }[];
}

/** Playbooks of events that may pause or favour other shares now. `featuresOf` gives the regime of the event's share. */
export function runningPlaybooks({
  playbooks,
  events,
  asOf,
  featuresOf,
  sectorOf,
}: {
  playbooks: readonly Playbook[];
  events: readonly SignalEvent[];
  asOf: Instant;
  featuresOf(symbol: string): FeatureSet | null;
  sectorOf(symbol: string): string | null;
}): RunningPlaybook[] {
  return events.flatMap((event) => {
    if (event.priority === 'LOW' || event.knownAt > asOf) return [];
    const [first] = event.symbols;
    const features = first === undefined ? null : featuresOf(first);
    const playbook = playbookFor(playbooks, event, features ?? { volatilityRegime: null, liquidityRegime: null });
    if (!playbook) return [];
    const hours = Math.max(
      playbook.terms.pauseDurationHours ?? 0,
      playbook.terms.rotateExposureSectors.length > 0 ? (playbook.terms.staleMinutes ?? 1440) / 60 : 0,
    );
    if (epochMs(asOf) - epochMs(event.knownAt) >= hours * HOUR_MS) return [];
    return [{ playbook, event, sectors: [...new Set(event.symbols.flatMap((symbol) => sectorOf(symbol) ?? []))] }];
  });
}

const hoursSince = (moment: Instant, asOf: Instant): number => (epochMs(asOf) - epochMs(moment)) / HOUR_MS;
const isSmall = (offer: EffectOffer): boolean =>
  offer.marketCap === null ? offer.signal.features.liquidityRegime === 'LOW' : offer.marketCap < SMALL_MARKET_CAP;
export interface EffectOffer {
  signal: Signal;
  quote: Quote | null;
  marketCap: number | null;
}

/** Why a running playbook stands against any entry in the share; null where none does. */
function pausedBy(offer: EffectOffer, { running, asOf }: EffectContext): string | null {
  const { symbol, sector } = offer.signal;
  for (const {
    playbook: { terms },
    event,
    sectors,
  } of running) {
    if (terms.pauseDurationHours === null || hoursSince(event.knownAt, asOf) >= terms.pauseDurationHours) continue;
    const left = formatCount(Math.ceil(terms.pauseDurationHours - hoursSince(event.knownAt, asOf)));
    if (terms.stance === 'BEARISH' && event.symbols.includes(symbol))
      return `the playbook “${terms.name}” pauses entries in it for another ${left} h`;
    if (terms.pauseSmallcap && sector !== null && sectors.includes(sector) && isSmall(offer))
      return `the playbook “${terms.name}” pauses small companies of ${sector} for another ${left} h`;
  }
  return null;
}

/**
 * What the playbooks say of one offer, before any size: refused while another event's playbook pauses the share; under its own
 * event's playbook refused once the news is stale, the window for entries has closed, or the price has run too far; otherwise
 * ranked higher, and entered in the parts of the plan. The window counts from the first open after the news.
 */
export function effectOn(offer: EffectOffer, context: EffectContext): PlaybookEffect {
  const paused = pausedBy(offer, context);
  const rotated = context.running
    .filter(({ playbook: { terms } }) => offer.signal.sector !== null && terms.rotateExposureSectors.includes(offer.signal.sector))
    .map(({ playbook }) => playbook.terms.priorityBoost);
  const effect: PlaybookEffect = {
    ...noEffect,
    boost: Math.max(0, ...rotated),
    refusal: paused === null ? null : { code: 'playbook_pause', reason: paused },
  };
  const { event } = offer.signal;
  const playbook = event && playbookFor(context.playbooks, event, offer.signal.features);
  if (!event || !playbook) return effect;
  const { terms } = playbook;
  const own = { ...effect, label: playbookLabel(playbook), boost: Math.max(effect.boost, terms.priorityBoost) };
  const refused = (code: string, reason: string): PlaybookEffect => ({ ...own, refusal: own.refusal ?? { code, reason } });

  const age = hoursSince(event.knownAt, context.asOf);
  if (terms.staleMinutes !== null && age * 60 > terms.staleMinutes)
    return refused(
      'playbook_stale',
      `its news is ${formatCount(Math.round(age * 10) / 10)} h old; the playbook “${terms.name}” counts it for ${formatCount(Math.round(terms.staleMinutes / 6) / 10)}`,
    );
  const open = context.firstOpenAfter(event);
  if (terms.executionWindowHours !== null && open !== null && hoursSince(open, context.asOf) > terms.executionWindowHours)
    return refused(
      'playbook_window',
      `the playbook “${terms.name}” enters within ${formatCount(terms.executionWindowHours)} h of the first open after the news`,
    );
  const moved = offer.quote === null ? null : Number((100 * (offer.quote.last / offer.signal.features.close - 1)).toFixed(8));
  if (terms.gapChaseMaxPercent !== null && moved !== null && moved > terms.gapChaseMaxPercent)
    return refused(
      'playbook_chase',
      `it is up ${formatPercent(moved)} since the news; the playbook “${terms.name}” chases ${formatPercent(terms.gapChaseMaxPercent)}`,
    );

  const made = context.entriesOn(event.id);
  const part = terms.tranchePlan[made.length];
  if (part === undefined) return refused('playbook_parts', `every part of the playbook “${terms.name}” is entered`);
  const [first] = made;
  if (first && epochMs(context.asOf) - epochMs(first.at) < part.delayMinutes * MINUTE_MS)
    return refused(
      'playbook_parts',
      `the next part of the playbook “${terms.name}” comes ${formatCount(part.delayMinutes)} minutes after the first`,
    );
  const parts = terms.tranchePlan.length;
  const note = [
    `Playbook: ${terms.name}`,
    parts > 1 ? `part ${made.length + 1} of ${parts}, ${formatPercent(part.percent)} of the size` : null,
  ]
    .filter((each) => each !== null)
    .join(', ');
  return { ...own, part: part.percent / 100, joinsHeld: made.length > 0, note: `${note}.` };
}
