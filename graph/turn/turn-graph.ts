import { END, START, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';
import type { Draft } from '../../agents/define.ts';
import type { Understanding } from '../../agents/grammar/context.ts';
import type { TurnWork } from './turn-work.ts';

/** Plain JSON only: what a turn carries from node to node. */
const TurnFlow = new StateSchema({
  turn: z.string(), understanding: z.custom<Understanding>().optional(), draft: z.custom<Draft>().optional(), agent: z.string().optional(),
});

/**
 * message → understand → answer (an agent with its tools, or its twin) → ground and say. What a turn proposes goes its own
 * way in the action's graph. A turn only reads and proposes, so it keeps no checkpoints: its message is in the thread
 * before it starts, and a turn that a crash cut short is answered again from there.
 */
export const turnGraph = new StateGraph(TurnFlow)
  .addNode('understand', async (_state, config) => ({ understanding: await workOf(config).understand() }))
  .addNode('answer', async ({ understanding }, config) => {
    if (!understanding) throw new Error('a turn answers what it understood');
    return workOf(config).answer(understanding);
  })
  .addNode('say', async ({ draft, agent }, config) => { if (draft) await workOf(config).say(draft, agent ?? 'Desk'); return {}; })
  .addEdge(START, 'understand').addEdge('understand', 'answer').addEdge('answer', 'say').addEdge('say', END)
  .compile();

const workOf = (config: { configurable?: Record<string, unknown> }): TurnWork => {
  const work = config.configurable?.work as TurnWork | undefined;
  if (!work) throw new Error('a turn runs with its work');
  return work;
};
