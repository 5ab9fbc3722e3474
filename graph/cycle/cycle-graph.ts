import { END, START, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';
import type { Quote } from '../../desk/market/types.ts';
import type { CycleSummary } from '../../tools/services.ts';
import type { AccountView } from './account-view.ts';
import type { Allotted } from './allot.ts';
import type { CycleWork } from './cycle-work.ts';
import type { Gathered } from './gather.ts';
import type { PreparedHistory } from './history-cache.ts';
import type { Judged } from './judge-candidate.ts';
import type { Recorded } from './record.ts';
import type { BarrierGroup } from './scan-market.ts';
import type { StageEntry } from './stages.ts';

/** What one stage hands to the next. Kept in memory alone: a cycle reads and proposes, so one that is cut short simply runs again. */
const CycleFlow = new StateSchema({
  stages: z.custom<StageEntry[]>(), gathered: z.custom<Gathered>().optional(), history: z.custom<PreparedHistory>().optional(), views: z.custom<AccountView[]>().optional(), groups: z.custom<BarrierGroup[]>().optional(),
  quotes: z.custom<Map<string, Quote | null>>().optional(), recorded: z.custom<Recorded>().optional(), allotted: z.custom<Allotted>().optional(), judged: z.custom<Judged[]>().optional(),
  proposed: z.custom<Pick<CycleSummary, 'cards' | 'refused'>>().optional(),
});
export type CycleState = typeof CycleFlow.State;

const at = (name: keyof CycleWork) => (state: CycleState, config: { configurable?: Record<string, unknown> }): Promise<Partial<CycleState>> => {
  const work = config.configurable?.work as CycleWork | undefined;
  if (!work) throw new Error('a cycle runs with its work');
  return work[name](state);
};

/**
 * gather → features → signals → meta-label → record → allocate → judge → propose: the desk cycle, the same for the schedule, for
 * one event and for a person who asks. A stage that fails is marked, and the run goes on with what there is.
 */
export const cycleGraph = new StateGraph(CycleFlow)
  .addNode('gather', at('gather')).addNode('features', at('features')).addNode('signals', at('signals')).addNode('metaLabel', at('metaLabel'))
  .addNode('record', at('record')).addNode('allocate', at('allocate')).addNode('judge', at('judge')).addNode('propose', at('propose'))
  .addEdge(START, 'gather').addEdge('gather', 'features').addEdge('features', 'signals').addEdge('signals', 'metaLabel').addEdge('metaLabel', 'record')
  .addEdge('record', 'allocate').addEdge('allocate', 'judge').addEdge('judge', 'propose').addEdge('propose', END)
  .compile();
