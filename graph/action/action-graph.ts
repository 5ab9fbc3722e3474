import { AsyncLocalStorage } from 'node:async_hooks';
import { type BaseCheckpointSaver, Command, END, interrupt, START, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';
import { actionById } from '../../db/stores/actions.ts';
import { confirmationOf } from '../../db/stores/confirmations.ts';
import { execute } from '../execution/executor.ts';
import type { ExecutionServices } from '../execution/services.ts';
import { askForConfirmation } from './ask.ts';
import { gateAgainAndClear, needsPress, proposeReport } from './clear.ts';
import { gateProposal, mustFind } from './propose.ts';
import type { ActionServices } from './services.ts';

/** Where an action stands is in the database; the graph carries only whose it is. Every node may run twice and does its work once. */
const ActionFlow = new StateSchema({ actionId: z.string(), personId: z.string() });

/**
 * The life of one action as a durable graph, one thread an action (`action:<id>`), so that any number of them can wait
 * while their conversation goes on: gate → ask → wait (interrupt) → gate again and clear → execute.
 * Each node decides by the action's state in the database; a run that starts anew after a lost checkpoint goes straight
 * to where the action stands.
 */
export function buildActionGraph({ services, execution, checkpointer }: { services: ActionServices; execution: ExecutionServices; checkpointer: BaseCheckpointSaver }) {
  const standing = async ({ actionId }: { actionId: string }): Promise<'gate' | 'ask' | 'wait' | 'clear' | 'execute' | typeof END> => {
    const stored = await actionById(services.database.orm, actionId);
    switch (stored?.state) {
      case 'proposed': return 'gate';
      case 'gated': return 'ask';
      case 'awaiting_confirmation': return 'wait';
      case 'confirmed': return 'clear';
      case 'cleared': case 'executing': return 'execute';
      default: return END;
    }
  };
  const stations: ('gate' | 'ask' | 'wait' | 'clear' | 'execute' | typeof END)[] = ['gate', 'ask', 'wait', 'clear', 'execute', END];
  return new StateGraph(ActionFlow)
    .addNode('gate', async ({ actionId, personId }) => { await gateProposal(services, { actionId, personId }); services.changed(actionId); return {}; })
    .addNode('ask', async ({ actionId }) => {
      const stored = await mustFind(services, actionId);
      const report = await proposeReport(services, actionId);
      if (!report) throw new Error(`action ${actionId} is gated without a report`);
      if (needsPress(stored, report)) await askForConfirmation(services, { stored, report, rendering: { action: stored.body, report: report.digest } });
      else await gateAgainAndClear(services, actionId);
      services.changed(actionId);
      return {};
    })
    .addNode('wait', async ({ actionId }) => {
      // Nothing but the interrupt: a node that waits runs again from its start when it is resumed.
      const confirmation = await confirmationOf(services.database.orm, actionId);
      if (confirmation?.status === 'pending') interrupt({ confirmationId: confirmation.id });
      return {};
    })
    .addNode('clear', async ({ actionId }) => { await gateAgainAndClear(services, actionId); services.changed(actionId); return {}; })
    .addNode('execute', async ({ actionId }) => { await execute(execution, actionId); return {}; })
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
  const config = { configurable: { thread_id: `action:${input.actionId}` }, durability: 'sync' as const };
  const state = await graph.getState(config);
  const waiting = state.tasks.flatMap((task) => task.interrupts ?? []);
  const first = waiting[0];
  // Resumed by the interrupt's own id, never by position; a graph that is not waiting starts where the action stands.
  if (first?.id) await graph.invoke(new Command({ resume: { [first.id]: { resumed: true } } }), config);
  else await graph.invoke(input, config);
}
