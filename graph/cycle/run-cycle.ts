import { writeCycle } from '../../db/stores/research.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { dateIn, type Instant, type TradingDate } from '../../desk/time.ts';
import type { CycleSummary } from '../../tools/services.ts';
import { cycleGraph, type CycleState } from './cycle-graph.ts';
import { createCycleWork } from './cycle-work.ts';
import { createHistoryCache } from './history-cache.ts';
import type { SignalIds } from './record.ts';
import { replacementsIn } from './replacements.ts';
import type { CycleRequest, CycleRunner, CycleServices } from './services.ts';

const triggerOf = ({ eventId, requestedBy }: CycleRequest): string => (eventId ? `event:${eventId}` : requestedBy.kind === 'desk' ? `desk:${requestedBy.rule}` : requestedBy.kind);

/** Runs desk cycles, one at a time, and keeps between them what a market date's bars came to. */
export function createCycleRunner(services: CycleServices): CycleRunner {
  const cache = createHistoryCache();
  const signalIds: SignalIds = new Map();
  const waiting: { request: CycleRequest; begin: () => void }[] = [];
  let busy = false;
  const next = (): void => {
    const at = Math.max(0, waiting.findIndex(({ request }) => request.eventId !== undefined));
    const [first] = waiting.splice(at, 1);
    busy = first !== undefined;
    first?.begin();
  };
  return {
    forget: () => cache.clear(),
    run: (request) => inTurn(request, () => runOnce(request)),
    replacements({ accountId, holdings, requestedBy }) {
      const request: CycleRequest = { accountIds: [accountId], requestedBy, threadId: null, turn: null };
      return inTurn(request, () => replacementsIn({ services, cache, signalIds, request, cycleId: uuidv7(Date.parse(services.wallNow())), asOf: services.market.now() }, holdings));
    },
  };

  async function inTurn<T>(request: CycleRequest, work: () => Promise<T>): Promise<T> {
    const turn = new Promise<void>((begin) => { waiting.push({ request, begin }); });
    if (!busy) next();
    await turn;
    try { return await work(); } finally { next(); }
  }

  async function runOnce(request: CycleRequest): Promise<CycleSummary> {
    const startedAt = services.wallNow();
    const started = performance.now();
    const now = services.market.now();
    const past = request.asOf !== undefined && request.asOf < now;
    const asOf: Instant = past && request.asOf ? request.asOf : now;
    const cycleId = uuidv7(Date.parse(startedAt));
    const work = createCycleWork({ services, cache, signalIds, request, cycleId, asOf, past });
    const state = (await cycleGraph.invoke({ stages: [] }, { configurable: { work } })) as CycleState;
    const elapsedMs = Math.round(performance.now() - started);
    const summary: CycleSummary = {
      cycleId, asOf, elapsedMs, stages: state.stages, cards: state.proposed?.cards ?? [],
      refused: [...(state.proposed?.refused ?? []), ...(past ? asOfRefusals(state, dateIn(asOf, services.market.zone)) : (state.allotted?.refused ?? []))],
    };
    if (!past) await recordCycle(summary, { startedAt, request, refusedBy: state.allotted?.refusedBy ?? {} });
    return summary;
  }

  /** The record of a run is no reason to lose what it came to. */
  async function recordCycle(summary: CycleSummary, { startedAt, request, refusedBy }: { startedAt: Instant; request: CycleRequest; refusedBy: Record<string, number> }): Promise<void> {
    try {
      await writeCycle(services.database.orm, { id: summary.cycleId, asOf: summary.asOf, startedAt, elapsedMs: summary.elapsedMs, trigger: triggerOf(request), funnel: { stages: summary.stages, refusedBy, cards: summary.cards.length } });
    } catch (error) { services.onFailure?.('cycle', error); }
  }
}

const MOST_OF_THE_PAST = 5;
/** For a question about an earlier time: what stood then. There is no price to trade it at any more. */
function asOfRefusals({ groups = [], views = [] }: CycleState, date: TradingDate): CycleSummary['refused'] {
  const signals = groups[0]?.signals ?? [];
  const best = [...signals].sort((a, b) => b.edgePercent - a.edgePercent || (a.symbol < b.symbol ? -1 : 1)).slice(0, MOST_OF_THE_PAST);
  return views.flatMap(({ account }) => best.map((signal) => ({ accountId: account.id, symbol: signal.symbol, reason: `as of ${date} nothing is proposed; ${signal.strategy} stood then: ${signal.thesisBullets.map(({ text }) => text).join('; ')}` })));
}
