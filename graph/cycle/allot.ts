import { allocate } from '../../desk/allocation/allocate.ts';
import type { AllocationLimits } from '../../desk/allocation/account-book.ts';
import { barriersOf } from '../../desk/allocation/bracket.ts';
import { moveTogether } from '../../desk/allocation/moves-together.ts';
import { edgeByQuality } from '../../desk/allocation/objective.ts';
import type { Candidate, Offer, Rejection } from '../../desk/allocation/offer.ts';
import type { MandateTerms } from '../../desk/actions/types.ts';
import type { Quote } from '../../desk/market/types.ts';
import { formatCount } from '../../desk/format.ts';
import { freshHoursFor, playbookFor } from '../../desk/playbooks/match.ts';
import type { Playbook } from '../../desk/playbooks/playbook.ts';
import type { Signal, SignalEvent } from '../../desk/signals/define.ts';
import { epochMs, type Instant } from '../../desk/time.ts';
import type { CycleSummary } from '../../tools/services.ts';
import type { AccountView } from './account-view.ts';
import type { PreparedHistory } from './history-cache.ts';
import { offersOf } from './offers.ts';
import { mandateUnder, playbookEffects } from './playbook-effects.ts';
import { type BarrierGroup, barrierKey } from './scan-market.ts';
import type { CycleRequest, CycleServices } from './services.ts';

/** Refusals told for each account: the best few of what might have been. */
const MOST_REFUSALS = 5;

export interface Allotted {
  entries: { candidate: Candidate; rank: number; objective: MandateTerms['objective']; calendarKnown: boolean }[];
  refused: CycleSummary['refused'];
  /** How many offers each rule refused, over all accounts. */
  refusedBy: Record<string, number>;
}
export const nothingAllotted: Allotted = { entries: [], refused: [], refusedBy: {} };

interface AllotInput { views: readonly AccountView[]; groups: readonly BarrierGroup[]; playbooks: readonly Playbook[]; events: readonly SignalEvent[]; history: PreparedHistory; quotes: ReadonlyMap<string, Quote | null>; request: CycleRequest; asOf: Instant; today: ReturnType<CycleServices['market']['today']> }

const limitsOf = ({ limits, settings }: CycleServices, accountId: string): AllocationLimits => limits?.(accountId) ?? {
  maxSpreadPercent: null, maxSingleNamePercent: null, maxGrossPercent: null, maxClusterPercent: null,
  advMaxRatio: settings.advMaxRatio, eventBlackoutDays: settings.eventBlackoutDays, maxSectorExposure: settings.maxSectorExposure,
};

/** One card where a person asks for an idea in one account; the schedule may bring two. */
const atMostOf = ({ atMost, requestedBy, accountIds }: CycleRequest): number => atMost ?? (requestedBy.kind !== 'desk' && accountIds?.length === 1 ? 1 : 2);

/** Allocates account by account, each with the signals under its own barriers. */
export async function allot(services: CycleServices, input: AllotInput): Promise<Allotted> {
  const { history: { bySymbol } } = input;
  const labelled = input.groups.flatMap(({ signals, labels }) => signals.flatMap((signal, i) => { const label = labels[i]; return label ? [{ signal, label }] : []; }));
  const { offers, calendarFor } = await offersOf(services, { labelled, quotes: input.quotes });
  const movesTogether = (one: string, other: string): boolean => {
    const [a, b] = [bySymbol.get(one), bySymbol.get(other)];
    return a !== undefined && b !== undefined && moveTogether(a, b);
  };
  const effectOf = playbookEffects(services, input);
  const allotted: Allotted = { entries: [], refused: [], refusedBy: {} };
  for (const view of input.views) {
    const own = signalsFor(view, input).flatMap((signal): Offer[] => { const offer = offers.get(signal); return offer ? [{ ...offer, playbook: effectOf(view, offer) }] : []; });
    const accountId = view.account.id;
    if ('closed' in view) {
      allotted.refused.push(...best(own).map(({ signal }) => ({ accountId, symbol: signal.symbol, reason: view.closed })));
      continue;
    }
    const { candidates, rejections } = allocate({ book: view.book, offers: own, limits: limitsOf(services, accountId), asOf: input.asOf, today: input.today, atMost: atMostOf(input.request), movesTogether });
    for (const [i, candidate] of candidates.entries()) allotted.entries.push({ candidate, rank: i + 1, objective: view.book.mandate.objective, calendarKnown: calendarFor(candidate.action.symbol) });
    for (const { code } of rejections) allotted.refusedBy[code] = (allotted.refusedBy[code] ?? 0) + 1;
    allotted.refused.push(...told(rejections, candidates).map(({ symbol, reason }) => ({ accountId, symbol, reason })), ...withoutSetUp(input, own).map((symbol) => ({ accountId, symbol, reason: bySymbol.has(symbol) ? `no strategy sees a set-up in it now${oldNews(services, input, symbol)}` : 'no history of it is known' })));
  }
  return allotted;
}

/** The signals under the account's barriers; news that a playbook gives a stop or target of its own comes under those. */
function signalsFor(view: AccountView, { groups, playbooks }: AllotInput): readonly Signal[] {
  if (!('book' in view)) return groups[0]?.signals ?? [];
  const under = (mandate: MandateTerms): readonly Signal[] => groups.find(({ key }) => key === barrierKey(barriersOf(mandate)))?.signals ?? [];
  const { mandate } = view.book;
  return under(mandate).flatMap((signal) => {
    const playbook = signal.event && playbookFor(playbooks, signal.event, signal.features);
    if (!playbook || (playbook.terms.slMultiplier === null && playbook.terms.tpMultiplier === null)) return [signal];
    return under(mandateUnder(mandate, playbook.terms)).filter(({ symbol, strategy, event }) => symbol === signal.symbol && strategy === signal.strategy && event?.id === signal.event?.id);
  });
}

const best = (offers: readonly Offer[]): Offer[] => [...offers].sort((a, b) => edgeByQuality(b) - edgeByQuality(a)).slice(0, MOST_REFUSALS);

/** One reason a symbol, the best first, and none for what got an entry after all. */
function told(rejections: readonly Rejection[], candidates: readonly Candidate[]): Rejection[] {
  const taken = new Set(candidates.map(({ action }) => action.symbol));
  const seen = new Map<string, Rejection>();
  for (const rejection of rejections) if (!taken.has(rejection.symbol) && !seen.has(rejection.symbol)) seen.set(rejection.symbol, rejection);
  return [...seen.values()].slice(0, MOST_REFUSALS);
}

/** Symbols that a person asked about and that no strategy speaks for. */
const withoutSetUp = ({ request }: AllotInput, own: readonly Offer[]): string[] => (request.symbols ?? []).filter((symbol) => !own.some(({ signal }) => signal.symbol === symbol));

/** News that would have spoken for a share, had it been asked about in time; a person who asks has often just read it. */
const OLD_NEWS_HOURS = 120;
function oldNews({ settings }: CycleServices, { events, playbooks, asOf }: AllotInput, symbol: string): string {
  const hoursOld = ({ knownAt }: SignalEvent): number => (epochMs(asOf) - epochMs(knownAt)) / 3_600_000;
  const latest = events.filter((event) => event.stance === 'BULLISH' && event.priority !== 'LOW' && event.symbols.includes(symbol) && hoursOld(event) <= OLD_NEWS_HOURS)
    .reduce<SignalEvent | null>((newest, event) => (newest === null || event.knownAt > newest.knownAt ? event : newest), null);
  if (!latest) return '';
  const counts = freshHoursFor(playbooks, latest, settings.catalystFreshnessHours);
  return hoursOld(latest) > counts ? `: its news is ${formatCount(Math.round(hoursOld(latest)))} h old, and such news counts for ${formatCount(counts)}` : '';
}
