import { END, START, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';
import type { CycleSummary } from '../../tools/services.ts';
import type { AccountView } from './account-view.ts';
import type { CycleWork } from './cycle-work.ts';
import type { Allotted } from './cycle-work.ts';
import type { Gathered } from './gather.ts';
import type { Judged } from './judge-candidate.ts';
import type { Recorded } from './record.ts';
import type { BarrierGroup } from './scan-market.ts';
import type { StageEntry } from './stages.ts';

/** What one stage hands to the next. Kept in memory alone: a cycle reads and proposes, so one that is cut short simply runs again. */
const CycleFlow = new StateSchema({
  stages: z.custom<StageEntry[]>(), views: z.custom<AccountView[]>().optional(), gathered: z.custom<Gathered>().optional(), groups: z.custom<BarrierGroup[]>().optional(), recorded: z.custom<Recorded>().optional(),
  allotted: z.custom<Allotted>().optional(), judged: z.custom<Judged[]>().optional(), proposed: z.custom<Pick<CycleSummary, 'cards' | 'refused'>>().optional(),
});
export type CycleState = typeof CycleFlow.State;

type Step = (state: CycleState, work: CycleWork) => Promise<Partial<CycleState>>;
const node = (step: (work: CycleWork) => Step) => async (state: CycleState, config: { configurable?: Record<string, unknown> }): Promise<Partial<CycleState>> => {
  const work = config.configurable?.work as CycleWork | undefined;
  if (!work) throw new Error('a cycle runs with its work');
  return step(work)(state, work);
};

/**
 * gather → features → signals → meta-label → allocate → judge → propose: the desk cycle, the same for the schedule, for one event
 * and for a person who asks. Every stage marks itself where it fails, and the run goes on with what there is.
 */
export const cycleGraph = new StateGraph(CycleFlow)
  .addNode('gather', node((work) => work.gather))
  .addNode('signals', node((work) => work.signals))
  .addNode('label', node((work) => work.label))
  .addNode('features', node((work) => work.features))
  .addNode('allocate', node((work) => work.allocate))
  .addNode('judge', node((work) => work.judge))
  .addNode('propose', node((work) => work.propose))
  .addEdge(START, 'gather').addEdge('gather', 'signals').addEdge('signals', 'label').addEdge('label', 'features')
  .addEdge('features', 'allocate').addEdge('allocate', 'judge').addEdge('judge', 'propose').addEdge('propose', END)
  .compile();
