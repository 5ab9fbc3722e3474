import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages';
import { END, START, StateGraph, StateSchema } from '@langchain/langgraph';
import { z } from 'zod';
import type { ChatModel, ModelRequest } from './chat-model.ts';
import { ModelMiss } from './miss.ts';
import type { ModelAnswer } from './read-stream.ts';
import type { ToolUse, Usable } from './tool-use.ts';

/** What one agent's part in a turn runs with. */
export interface AgentRun extends Omit<ModelRequest, 'messages' | 'tools'> {
  model: ChatModel; usable: ReadonlyMap<string, Usable>; use: ToolUse;
  mostSteps: number;
  /** Before each time that the model is asked: text that streamed before belongs to a step that ended in tools. */
  onStep?: () => void;
}

const AgentFlow = new StateSchema({ messages: z.custom<BaseMessage[]>(), answer: z.custom<ModelAnswer>().optional(), steps: z.number().default(0) });

/** think ⇄ use tools, until the model answers without asking for a tool. It lives inside one turn and keeps no checkpoints. */
const agentGraph = new StateGraph(AgentFlow)
  .addNode('think', async ({ messages, steps }, config) => {
    const { model, usable, mostSteps, onStep, ...request } = runOf(config);
    if (steps >= mostSteps) throw new ModelMiss('TOO_MANY_STEPS');
    onStep?.();
    const answer = await model.ask({ ...request, messages, tools: [...usable.values()].map(({ tool }) => tool) });
    const message = new AIMessage({ content: answer.text, tool_calls: answer.calls.map(({ id, name, args }) => ({ id, name, args: args ?? {}, type: 'tool_call' as const })) });
    return { answer, steps: steps + 1, messages: [...messages, message] };
  })
  .addNode('use_tools', async ({ messages, answer }, config) => {
    const calls = answer?.calls ?? [];
    const results = await runOf(config).use.answer(calls);
    return { messages: [...messages, ...calls.map(({ id, name }, index) => new ToolMessage({ tool_call_id: id, name, content: results[index] ?? '' }))] };
  })
  .addEdge(START, 'think')
  .addConditionalEdges('think', ({ answer }) => (answer && answer.calls.length > 0 ? 'use_tools' : END), ['use_tools', END])
  .addEdge('use_tools', 'think')
  .compile();

const runOf = (config: { configurable?: Record<string, unknown> }): AgentRun => {
  const run = config.configurable?.agentRun as AgentRun | undefined;
  if (!run) throw new Error('an agent runs with its model and tools');
  return run;
};

/** The agent's last answer, with all that was said before it. @throws ModelMiss, and what a tool throws. */
export async function runAgent(run: AgentRun, messages: BaseMessage[]): Promise<{ answer: ModelAnswer; messages: BaseMessage[] }> {
  const ended = await agentGraph.invoke({ messages }, { configurable: { agentRun: run }, recursionLimit: run.mostSteps * 2 + 2 });
  if (!ended.answer) throw new Error('an agent that has thought has an answer');
  return { answer: ended.answer, messages: ended.messages };
}
