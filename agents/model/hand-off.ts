import { type StructuredToolInterface, tool as langChainTool } from '@langchain/core/tools';
import { z } from 'zod';
import type { Agent } from '../define.ts';
import { inputSchemaOf } from './json-schema.ts';
import { ModelMiss, type OnMiss } from './miss.ts';
import { handedOverText } from './tool-result.ts';
import type { Usable } from './tool-use.ts';

const Task = z.object({ task: z.string().min(1).max(2000).describe('what is wanted, in one or two sentences, with the symbol, account and time that are meant') });

export const handOffName = (agent: Pick<Agent, 'name'>): string => `ask_${agent.name.toLowerCase()}`;

/** Another agent as a tool: it works on a task of its own and hands back what its contract says. Where it cannot, the asking agent is told so and goes on. */
export function handOff(agent: Agent, { ask, onMiss }: { ask: (agent: Agent, task: string) => Promise<unknown>; onMiss: OnMiss }): Usable {
  const run = async (input: unknown): Promise<string> => {
    const parsed = Task.safeParse(input);
    if (!parsed.success) return JSON.stringify({ error: 'task: say in a sentence what is wanted' });
    try {
      return handedOverText({ agent: agent.name, output: await ask(agent, parsed.data.task), readsOutside: agent.readsOutsideText });
    } catch (error) {
      if (!(error instanceof ModelMiss) || error.reason === 'TIMEOUT') throw error;
      onMiss(agent.name, error.reason);
      return JSON.stringify({ error: `${agent.name} could not answer; go on without it and say so` });
    }
  };
  const bound = langChainTool(run, { name: handOffName(agent), description: `Ask ${agent.name}: ${agent.purpose}`, schema: inputSchemaOf(Task) }) as unknown as StructuredToolInterface;
  return { tool: bound, effect: 'ask_agent', bringsOutsideText: agent.readsOutsideText, run };
}
