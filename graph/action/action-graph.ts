import { AsyncLocalStorage } from 'node:async_hooks';
import { type BaseCheckpointSaver, Command, END, interrupt, START, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';
import { confirmationOf } from '../../db/stores/confirmations.ts';
import type { ExecutionServices } from '../execution/services.ts';
import type { ActionServices } from './services.ts';
import { type Station, stationsOf } from './stations.ts';

/** Where an action stands is in the database; the graph carries only whose it is. Every node may run twice and does its work once. */
const ActionFlow = new StateSchema({ actionId: z.string(), personId: z.string() });

/**
 * The life of one action as a durable graph, one thread an action (`action:<id>`), so that any number of them can wait
 * while their conversation goes on: gate → ask → wait (interrupt) → gate again and clear → execute.
 * Each node decides by the action's state in the database; a run that starts anew after a lost checkpoint goes straight
 * to where the action stands.
 */
export function buildActionGraph({ services, execution, checkpointer }: { services: ActionServices; execution: ExecutionServices; checkpointer: BaseCheckpointSaver }) {
  const { standing: station, work } = stationsOf({ services, execution });
  const standing = async (whose: { actionId: string }): Promise<Exclude<Station, 'end'> | typeof END> => { const at = await station(whose); return at === 'end' ? END : at; };
  const stations: (Exclude<Station, 'end'> | typeof END)[] = ['gate', 'ask', 'wait', 'clear', 'execute', END];
  return new StateGraph(ActionFlow)
    .addNode('gate', async (whose) => { await work.gate(whose); return {}; })
    .addNode('ask', async (whose) => { await work.ask(whose); return {}; })
    .addNode('wait', async ({ actionId }) => {
      // Nothing but the interrupt: a node that waits runs again from its start when it is resumed.
      const confirmation = await confirmationOf(services.database.orm, actionId);
      if (confirmation?.status === 'pending') interrupt({ confirmationId: confirmation.id });
      return {};
    })
    .addNode('clear', async (whose) => { await work.clear(whose); return {}; })
    .addNode('execute', async (whose) => { await work.execute(whose); return {}; })
    .addConditionalEdges(START, standing, stations)
    .addConditionalEdges('gate', standing, stations)
    .addConditionalEdges('ask', standing, stations)
    .addConditionalEdges('wait', async (state) => { const next = await standing(state); return next === 'wait' ? END : next; }, stations)
    .addConditionalEdges('clear', async (state) => { const next = await standing(state); return next === 'clear' ? END : next; }, stations)
    .addEdge('execute', END)
    .compile({ checkpointer });
}
export type ActionGraph = ReturnType<typeof buildActionGraph>;

/**
 * A graph that is invoked within a node of another one counts as its child, and its interrupt would end the turn that
 * proposed. An action's life is its own, so it starts from a context outside of every turn.
 */
const outsideOfTurns = AsyncLocalStorage.snapshot();

/** Runs or goes on with an action's graph, whatever it is waiting for. */
export const runAction = (graph: ActionGraph, input: { actionId: string; personId: string }): Promise<void> => outsideOfTurns(() => runOutside(graph, input));

async function runOutside(graph: ActionGraph, input: { actionId: string; personId: string }): Promise<void> {
  const config = { configurable: { thread_id: `action:${input.actionId}` }, durability: 'exit' as const };
  const state = await graph.getState(config);
  const waiting = state.tasks.flatMap((task) => task.interrupts ?? []);
  const first = waiting[0];
  // Resumed by the interrupt's own id, never by position; a graph that is not waiting starts where the action stands.
  if (first?.id) await graph.invoke(new Command({ resume: { [first.id]: { resumed: true } } }), config);
  else await graph.invoke(input, config);
}
