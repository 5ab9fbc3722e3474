import { type StructuredToolInterface, tool as langChainTool } from '@langchain/core/tools';
import type { Tool, ToolCaller } from '../../tools/define.ts';
import type { TurnCall } from '../define.ts';
import { inputSchemaOf } from './json-schema.ts';
import { toolResultText } from './tool-result.ts';

export type CallTool = (name: string, input: unknown) => Promise<TurnCall>;

/** A tool of the desk as LangChain binds it. What it gives back is text for a model; the result itself stays with the turn. */
export function toLangChainTool(tool: Tool, { call, readsOutside }: { call: CallTool; readsOutside: boolean }): StructuredToolInterface {
  return langChainTool(async (input: unknown) => toolResultText({ tool: tool.name, result: await call(tool.name, input), readsOutside }), {
    name: tool.name, description: tool.effect === 'propose' ? `${tool.purpose}. Proposes; a person decides.` : tool.purpose, schema: inputSchemaOf(tool.input),
  }) as unknown as StructuredToolInterface;
}

/** Whose rights a tool needs: a viewer is not even shown what proposes. The tool checks again. */
const mayUse = (tool: Tool, role: ToolCaller['role']): boolean => (role === 'owner' || (tool.permission !== 'admin' && (role === 'trader' || tool.permission !== 'propose')));
/** What an agent that reads outside text may use besides: public facts, which tell nobody anything about an account. */
const isPublic = (tool: Tool): boolean => tool.effect === 'read' && tool.permission === 'market:read';

/**
 * The tools that an agent gets, out of those that it names. An agent that reads text from outside gets public ones alone, whatever
 * it names: at most two of outside text, private figures and proposals meet in one place.
 */
export function toolsFor({ named, tools, role, readsOutside }: { named: readonly string[] | 'all'; tools: ReadonlyMap<string, Tool>; role: ToolCaller['role']; readsOutside: boolean }): Tool[] {
  const listed = named === 'all' ? [...tools.values()] : named.flatMap((name) => tools.get(name) ?? []);
  return listed.filter((tool) => mayUse(tool, role) && (!readsOutside || isPublic(tool)));
}
