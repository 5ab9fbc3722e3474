import { barriersOf } from '../../desk/allocation/bracket.ts';
import { heldAlready } from '../../desk/allocation/mandate-filter.ts';
import type { Candidate } from '../../desk/allocation/offer.ts';
import type { ReplacementEntry, Replacements } from '../../tools/services.ts';
import type { AccountView } from './account-view.ts';
import { allot } from './allot.ts';
import type { CycleState } from './cycle-graph.ts';
import { createCycleWork, type CycleContext } from './cycle-work.ts';
import { barrierKey } from './scan-market.ts';

/**
 * What the desk would enter in the place of each holding of an account, by the same signals, mandate and sizes as a cycle: as if the holding were
 * sold at the last price. Nothing is stored, judged or proposed.
 */
export async function replacementsIn(context: Omit<CycleContext, 'past'>, holdings: readonly { symbol: string; proceedsMinor: number }[]): Promise<Replacements> {
  const work = createCycleWork({ ...context, past: false });
  let state = { stages: [] } as unknown as CycleState;
  for (const step of ['gather', 'features', 'signals', 'metaLabel'] as const) state = { ...state, ...(await work[step](state)) };
  const degraded = state.stages.flatMap((stage) => (stage.degraded ? [`${stage.stage}: ${stage.degraded}`] : []));
  const [view] = state.views ?? [];
  if (!view || 'closed' in view) return { closed: view?.closed ?? 'the account is not known', degraded, holdings: [] };
  const group = state.groups?.find(({ key }) => key === barrierKey(barriersOf(view.book.mandate)));
  const found: Replacements['holdings'] = [];
  for (const { symbol, proceedsMinor } of holdings) {
    const own = (group?.signals ?? []).filter((signal) => signal.symbol === symbol).sort((a, b) => b.edgePercent - a.edgePercent)[0];
    const { entries } = await allot(context.services, {
      views: [without(view, symbol, proceedsMinor)], groups: state.groups ?? [], playbooks: state.gathered?.playbooks ?? [], events: state.gathered?.events ?? [], history: state.history ?? { series: [], bySymbol: new Map(), session: null, pastEvents: [], leftOut: [] },
      quotes: state.quotes ?? new Map(), request: { ...context.request, atMost: 1 }, asOf: context.asOf, today: context.services.market.today(),
    });
    const [entry] = entries;
    found.push({ symbol, setUp: own ? { strategy: own.strategy, edgePercent: own.edgePercent, horizonDays: own.horizonDays } : null, entry: entry ? entryOf(entry.candidate) : null });
  }
  return { closed: null, degraded, holdings: found };
}

/** The account as it would stand with the holding sold. It is not bought again. */
function without(view: Extract<AccountView, { book: unknown }>, symbol: string, proceedsMinor: number): AccountView {
  const { book } = view;
  return { ...view, book: { ...book, exposures: book.exposures.filter((each) => each.symbol !== symbol), unavailable: new Map([...book.unavailable, [symbol, heldAlready]]), deployableMinor: book.deployableMinor + proceedsMinor } };
}

function entryOf({ action, offer: { signal, quote }, valueMinor, chargesMinor, netEdgePercent }: Candidate): ReplacementEntry {
  return {
    symbol: action.symbol, strategy: signal.strategy, quantity: action.quantity, limitPrice: String(action.limitPrice ?? ''), stop: String(action.bracket.stop), target: action.bracket.target === undefined ? null : String(action.bracket.target), horizonDays: signal.horizonDays,
    edgePercent: signal.edgePercent, netEdgePercent, confidence: signal.confidence, comparables: signal.comparables.count, valueMinor, chargesMinor, bid: quote?.bid ?? null, ask: quote?.ask ?? null, thesis: signal.thesisBullets.map(({ text }) => text), eventId: signal.event?.id ?? null,
  };
}
