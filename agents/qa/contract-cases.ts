import { z } from 'zod';
import type { Tool, ToolCaller } from '../../tools/define.ts';

/** What a tool must answer, whatever else it does: `code` is the error that has to come back. */
export interface ContractCase { tool: string; title: string; role: ToolCaller['role']; input: unknown; code: 'INVALID_INPUT' | 'NOT_ALLOWED' }
interface Schema { type?: string; properties?: Record<string, unknown>; required?: string[] }

const schemaOf = (tool: Tool): Schema => z.toJSONSchema(tool.input, { io: 'input', unrepresentable: 'any' }) as Schema;

/** Each required member left out, alone. */
const withoutRequired = (tool: Tool): ContractCase[] => ((schemaOf(tool).required ?? []).length === 0 ? [] : [{ tool: tool.name, title: `${tool.name} refuses an input without ${schemaOf(tool).required?.join(', ')}`, role: 'owner', input: {}, code: 'INVALID_INPUT' }]);
/** No input at all is no object. */
const notAnObject = (tool: Tool): ContractCase[] => (schemaOf(tool).type === 'object' ? [{ tool: tool.name, title: `${tool.name} refuses an input that is no object`, role: 'owner', input: 'everything', code: 'INVALID_INPUT' }] : []);
/** A viewer may look and no more. */
const asViewer = (tool: Tool): ContractCase[] => (tool.permission === 'propose' || tool.permission === 'admin' ? [{ tool: tool.name, title: `${tool.name} refuses a viewer`, role: 'viewer', input: {}, code: 'NOT_ALLOWED' }] : []);
const asTrader = (tool: Tool): ContractCase[] => (tool.permission === 'admin' ? [{ tool: tool.name, title: `${tool.name} refuses a trader`, role: 'trader', input: {}, code: 'NOT_ALLOWED' }] : []);

/** Cases for every tool, by its own definition. */
export const contractCases = (tools: Iterable<Tool>): ContractCase[] => [...tools].flatMap((tool) => [withoutRequired, notAnObject, asViewer, asTrader].flatMap((kind) => kind(tool)));
