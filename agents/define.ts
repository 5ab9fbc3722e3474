import type { z } from 'zod';

/** A figure in a reply: a reference to a cell of a tool result of this turn. */
export interface FigureRef { call: string; path: string; as: 'money' | 'price' | 'percent' | 'count' | 'number' | 'date' | 'text' }

/** An agent is a value: its purpose, prompt, tools, the contract of what it hands back, and the twin that stands in for the model. */
export interface Agent<O extends z.ZodType = z.ZodType, T = unknown> {
  name: string;
  purpose: string;
  systemPrompt: string;
  /** Names of tools. An agent that reads text from outside has neither propose tools nor private account data. */
  tools: readonly string[];
  readsOutsideText: boolean;
  output: O;
  twin: (input: T) => Promise<z.input<O>> | z.input<O>;
}
export const defineAgent = <O extends z.ZodType, T>(agent: Agent<O, T>): Agent<O, T> => Object.freeze(agent);
