import type { Quote } from '../../desk/market/types.ts';
import type { Instant } from '../../desk/time.ts';
import { accountViews } from './account-view.ts';
import { allot, nothingAllotted } from './allot.ts';
import type { CycleState } from './cycle-graph.ts';
import { gather } from './gather.ts';
import type { HistoryCache, PreparedHistory } from './history-cache.ts';
import { type Judged, judgeCandidate, judgeInputOf } from './judge-candidate.ts';
import { proposeJudged } from './propose-judged.ts';
import { nothingRecorded, recordSignals, type SignalIds } from './record.ts';
import { barrierGroups, labelGroups, scanMarket } from './scan-market.ts';
import type { CycleRequest, CycleServices } from './services.ts';
import { runStage, type StageResult } from './stages.ts';

export interface CycleContext {
  services: CycleServices; cache: HistoryCache; signalIds: SignalIds;
  request: CycleRequest; cycleId: string; asOf: Instant;
  /** As of another time than the market's now: read only. */
  past: boolean;
}
type Step = (state: CycleState) => Promise<Partial<CycleState>>;
type StageName = 'gather' | 'features' | 'signals' | 'metaLabel' | 'record' | 'allocate' | 'judge' | 'propose';
export type CycleWork = Record<StageName, Step>;

const nothingPrepared: PreparedHistory = { series: [], bySymbol: new Map(), session: null, pastEvents: [], leftOut: [] };

/** What one cycle does at each node. Each stage hands on something sound even where it fails. */
export function createCycleWork(context: CycleContext): CycleWork {
  const { services, cache, signalIds, request, cycleId, asOf, past } = context;
  const { market } = services;
  const stage = async <K extends keyof CycleState>(state: CycleState, name: string, key: K, otherwise: NonNullable<CycleState[K]>, run: () => Promise<StageResult<NonNullable<CycleState[K]>>> | StageResult<NonNullable<CycleState[K]>>): Promise<Partial<CycleState>> => {
    const { output, entry } = await runStage(services, { stage: name, otherwise, run });
    return { [key]: output, stages: [...state.stages, entry] } as Partial<CycleState>;
  };
  const signalsIn = ({ groups = [] }: CycleState): number => groups.reduce((sum, { signals }) => sum + signals.length, 0);

  return {
    gather: (state) => stage(state, 'gather', 'gathered', { facts: { key: '', prepared: nothingPrepared, symbols: 0, bars: new Map(), actions: [], pastEvents: [], pastUntil: asOf }, events: [], playbooks: [], degraded: null }, async () => {
      const gathered = await gather(services, cache, asOf);
      return { output: gathered, in: gathered.facts.symbols, out: gathered.facts.symbols, degraded: gathered.degraded };
    }),
    features: (state) => stage(state, 'features', 'history', nothingPrepared, () => {
      const facts = state.gathered?.facts;
      const history = facts ? cache.prepare(facts, { market, asOf }) : nothingPrepared;
      const [first] = history.leftOut;
      return { output: history, in: facts?.symbols ?? 0, out: history.series.length, degraded: first ? `${history.leftOut.length} left out, the first ${first.symbol}: ${first.reason}` : null };
    }),
    async signals(state) {
      // Whose barriers the signals are judged by depends on the accounts, so they come first.
      const views = await runStage(services, { stage: 'accounts', otherwise: [], run: async () => { const found = await accountViews(services, request); return { output: found, in: found.length, out: found.filter((view) => 'book' in view).length }; } });
      const withAccounts = { ...state, views: views.output, stages: [...state.stages, views.entry] };
      const playbooks = state.gathered?.playbooks ?? [];
      const groups = barrierGroups(views.output, playbooks);
      const history = state.history ?? nothingPrepared;
      const scanned = await stage(withAccounts, 'signals', 'groups', groups, async () => {
        const scan = await scanMarket(services, { history, events: state.gathered?.events ?? [], playbooks, asOf, groups, request });
        const distinct = new Set(scan.groups.flatMap(({ signals }) => signals.map(({ symbol, strategy }) => `${symbol}\n${strategy}`)));
        return { output: scan.groups, in: history.series.length, out: distinct.size, degraded: scan.withoutHistory > 0 ? `${scan.withoutHistory} set-ups have too few similar ones before them` : null };
      });
      return { views: views.output, ...scanned };
    },
    async metaLabel(state) {
      const groups = state.groups ?? [];
      const quotes = new Map<string, Quote | null>(groups.flatMap(({ signals }) => signals.map(({ symbol }): [string, Quote | null] => [symbol, past ? null : market.quote(symbol)])));
      const labelled = await stage(state, 'meta-label', 'groups', groups.map((group) => ({ ...group, signals: [] })), () => {
        const output = labelGroups(services, { history: state.history ?? nothingPrepared, events: state.gathered?.events ?? [], playbooks: state.gathered?.playbooks ?? [], asOf, groups, quotes });
        return { output, in: signalsIn(state), out: output.reduce((sum, { labels }) => sum + labels.filter(({ isTrustworthy }) => isTrustworthy).length, 0) };
      });
      return { quotes, ...labelled };
    },
    record: (state) => (past ? Promise.resolve({ recorded: nothingRecorded }) : stage(state, 'record', 'recorded', nothingRecorded, async () => {
      const recorded = await recordSignals(services, { history: state.history ?? nothingPrepared, groups: state.groups ?? [], asked: request.symbols ?? [], asOf, known: signalIds });
      return { output: recorded, in: signalsIn(state), out: recorded.signalIds.size };
    })),
    allocate: (state) => (past ? Promise.resolve({ allotted: nothingAllotted }) : stage(state, 'allocate', 'allotted', nothingAllotted, async () => {
      const output = await allot(services, { views: state.views ?? [], groups: state.groups ?? [], playbooks: state.gathered?.playbooks ?? [], events: state.gathered?.events ?? [], history: state.history ?? nothingPrepared, quotes: state.quotes ?? new Map(), request, asOf, today: market.today() });
      return { output, in: signalsIn(state), out: output.entries.length };
    })),
    judge: (state) => stage(state, 'judge', 'judged', [], async () => {
      const entries = state.allotted?.entries ?? [];
      const recorded = state.recorded ?? nothingRecorded;
      const judged: Judged[] = [];
      for (const entry of entries) judged.push({ candidate: entry.candidate, signalId: recorded.signalIds.get(entry.candidate.offer.signal) ?? null, ...(await judgeCandidate(services, judgeInputOf({ ...entry, recorded }))) });
      return { output: judged, in: entries.length, out: judged.length, degraded: judged.find(({ note }) => note !== null)?.note ?? null };
    }),
    propose: (state) => stage(state, 'propose', 'proposed', { cards: [], refused: [] }, async () => {
      const judged = state.judged ?? [];
      const { failed, ...output } = await proposeJudged(services, judged, { request, cycleId, standing: (state.views ?? []).flatMap((view) => ('book' in view ? view.standing : [])) });
      return { output, in: judged.length, out: output.cards.length, degraded: failed > 0 ? `${failed} could not be proposed` : null };
    }),
  };
}
