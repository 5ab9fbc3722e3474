import { readingAsOf } from '../../db/reading.ts';
import { eventById } from '../../db/stores/events.ts';
import { barriersOf } from '../../desk/allocation/bracket.ts';
import type { Quote } from '../../desk/market/types.ts';
import { freshHoursFor } from '../../desk/playbooks/match.ts';
import type { Playbook } from '../../desk/playbooks/playbook.ts';
import type { Signal, SignalEvent } from '../../desk/signals/define.ts';
import { type CalibratedLabel, type Calibration, calibrated } from '../../desk/signals/calibration.ts';
import { metaLabels } from '../../desk/signals/meta-label.ts';
import { eventDriven } from '../../desk/signals/models/event-driven.ts';
import { scanSignals } from '../../desk/signals/scan.ts';
import type { Barriers } from '../../desk/signals/triple-barrier.ts';
import { plusMs, type Instant } from '../../desk/time.ts';
import type { AccountView } from './account-view.ts';
import { calibrationOf } from './calibrations.ts';
import type { PreparedHistory } from './history-cache.ts';
import { mandateUnder } from './playbook-effects.ts';
import type { CycleRequest, CycleServices } from './services.ts';

/** The signals under one pair of barriers. Accounts whose mandates ask for the same share them. */
export interface BarrierGroup { key: string; barriers: Barriers; /** A playbook's own barriers matter to news alone. */ newsOnly: boolean; signals: Signal[]; /** All of the scan, those that nobody asked about too: who else has the same set-up. */ among: Signal[]; labels: CalibratedLabel[]; /** What the labels’ chances come from; null before there are labels. */ calibration: Calibration | null }
interface Market { history: PreparedHistory; events: readonly SignalEvent[]; playbooks: readonly Playbook[]; asOf: Instant }

/** When no account can trade, signals are still made, by the barriers of an ordinary mandate. */
const usualBarriers = barriersOf({ slMultiplier: 2, tpMultiplier: 3, trailingStopEnabled: true });
const DAY_MS = 86_400_000;

export const barrierKey = (barriers: Barriers): string => JSON.stringify(barriers);

export function barrierGroups(views: readonly AccountView[], playbooks: readonly Playbook[]): BarrierGroup[] {
  const mandates = views.flatMap((view) => ('book' in view ? [view.book.mandate] : []));
  const wanted = mandates.map(barriersOf);
  const groups = new Map((wanted.length > 0 ? wanted : [usualBarriers]).map((barriers) => [barrierKey(barriers), { barriers, newsOnly: false }]));
  for (const mandate of mandates) for (const { terms } of playbooks) {
    const barriers = barriersOf(mandateUnder(mandate, terms));
    const key = barrierKey(barriers);
    if (terms.stance === 'BULLISH' && !groups.has(key)) groups.set(key, { barriers, newsOnly: true });
  }
  return [...groups].map(([key, { barriers, newsOnly }]) => ({ key, barriers, newsOnly, signals: [], among: [], labels: [], calibration: null }));
}

/** Every set-up of the market, then only those that were asked for: the others are still what similar set-ups are taken from. */
export async function scanMarket(services: CycleServices, { history, events, playbooks, asOf, groups, request }: Market & { groups: readonly BarrierGroup[]; request: CycleRequest }): Promise<{ groups: BarrierGroup[]; withoutHistory: number }> {
  const { market, settings: { catalystFreshnessHours: freshHours } } = services;
  const { series, session } = history;
  if (session === null) return { groups: [...groups], withoutHistory: 0 };
  const calendar = market.calendar();
  const next = calendar.next(session);
  const expiresAt = (next && calendar.session(next)?.close) ?? plusMs(calendar.session(session)?.close ?? asOf, DAY_MS);
  const wanted = await wantedOf(services, request, asOf);
  let withoutHistory = 0;
  const scanned = groups.map((group) => {
    const scan = scanSignals({ series, session, events, barriers: group.barriers, asOf, zone: market.zone, freshHours, freshHoursOf: (event) => freshHoursFor(playbooks, event, freshHours), expiresAt, ...(group.newsOnly ? { models: [eventDriven] } : {}) });
    withoutHistory = Math.max(withoutHistory, scan.withoutHistory.length);
    return { ...group, signals: scan.signals.filter(wanted), among: scan.signals };
  });
  return { groups: scanned, withoutHistory };
}

async function wantedOf({ database }: CycleServices, { symbols, eventId }: CycleRequest, asOf: Instant): Promise<(signal: Signal) => boolean> {
  if (eventId !== undefined && !(await eventById(readingAsOf(database, asOf).orm, eventId, asOf))) throw new Error('the event that was asked about is not known');
  return (signal) => (symbols === undefined || symbols.includes(signal.symbol)) && (eventId === undefined || signal.event?.id === eventId);
}

/** The second opinion on every signal, by the prices of this moment. */
export function labelGroups(services: CycleServices, { history, events, playbooks, asOf, groups, quotes }: Market & { groups: readonly BarrierGroup[]; quotes: ReadonlyMap<string, Quote | null> }): BarrierGroup[] {
  const freshHours = services.settings.catalystFreshnessHours;
  const sectorSizes = new Map<string, number>();
  for (const { sector, latest } of history.series) if (sector !== null && latest.asOf === history.session) sectorSizes.set(sector, (sectorSizes.get(sector) ?? 0) + 1);
  return groups.map((group) => {
    if (group.signals.length === 0) return group;
    const calibration = calibrationOf(history, { barriers: group.barriers, newsOnly: group.newsOnly, freshHours, market: services.market });
    const labels = metaLabels({ signals: group.signals, among: group.among, quotes: (symbol) => quotes.get(symbol) ?? null, events, sectorSizes, asOf, freshHours, freshHoursOf: (event) => freshHoursFor(playbooks, event, freshHours) });
    return { ...group, calibration, labels: labels.map((label) => calibrated(label, calibration)) };
  });
}
