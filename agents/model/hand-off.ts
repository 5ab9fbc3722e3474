import { type StructuredToolInterface, tool as langChainTool } from '@langchain/core/tools';
import { z } from 'zod';
import type { Agent } from '../define.ts';
import { inputSchemaOf } from './json-schema.ts';
import { ModelMiss, type OnMiss } from './miss.ts';
import { handedOverText } from './tool-result.ts';
import type { Usable } from './tool-use.ts';

const Task = z.object({ task: z.string().min(1).max(2000).describe('what is wanted, in one or two sentences, with the symbol, account and time that are meant') });

const handOffName = (agent: Pick<Agent, 'name'>): string => `ask_${agent.name.toLowerCase()}`;

/** Another agent as a tool: it works on a task of its own and hands back what its contract says. Where it cannot, the asking agent is told so and goes on. */
export function handOff(agent: Agent, { ask, take, onMiss }: { ask: (task: string) => Promise<unknown>; /** Keeps the output with the turn and numbers it. */ take: (name: string, given: unknown, output: unknown) => string; onMiss: OnMiss }): Usable {
  const run = async (input: unknown): Promise<string> => {
    const parsed = Task.safeParse(input);
    if (!parsed.success) return JSON.stringify({ error: 'task: say in a sentence what is wanted' });
    try {
      const output = await ask(parsed.data.task);
      return handedOverText({ call: take(handOffName(agent), parsed.data, output), agent: agent.name, output, readsOutside: agent.readsOutsideText });
    } catch (error) {
      if (!(error instanceof ModelMiss) || error.reason === 'TIMEOUT') throw error;
      onMiss(agent.name, error.reason);
      return JSON.stringify({ error: `${agent.name} could not answer; go on without it and say so` });
    }
  };
  const bound = langChainTool(run, { name: handOffName(agent), description: `Ask ${agent.name}: ${agent.purpose}`, schema: inputSchemaOf(Task) }) as unknown as StructuredToolInterface;
  return { tool: bound, effect: 'ask_agent', bringsOutsideText: agent.readsOutsideText, run };
}
