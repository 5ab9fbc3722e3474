import { z } from 'zod';
import { knownFieldsOnly } from './known-fields.ts';
import type { ToolServices } from './services.ts';

/** What a person must be allowed to do for the tool to run for them. */
export type Permission = 'market:read' | 'account:read' | 'audit:read' | 'desk:read' | 'propose' | 'admin';

/** Who asks, from where, and as of when. Comes from sign-in and the turn, never from a model. */
export interface ToolCaller {
  personId: string;
  role: 'owner' | 'trader' | 'viewer';
  channel: string;
  threadId?: string; turn?: string;
  /** `agent` when a model or its twin chose the call; a person's explicit command otherwise. */
  agent?: string;
  /** Point in time for all reads; absent: the market's now. */
  asOf?: string;
  viewableAccountIds: readonly string[];
}

export interface ToolContext { services: ToolServices; caller: ToolCaller; signal?: AbortSignal }

/** A tool is a value. It reads or it proposes; it cannot act. */
export interface Tool<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  name: string;
  /** One line, said to people and to models. */
  purpose: string;
  effect: 'read' | 'propose';
  permission: Permission;
  input: I; output: O;
  run(context: ToolContext, input: z.output<I>): Promise<z.input<O>>;
}
/**
 * A tool takes no field that it does not have, at any depth: a misspelt limit left aside would make an order at the market of one with a limit, and a
 * misspelt filter an answer to another question. @throws TypeError where what it takes is no object.
 */
export function defineTool<I extends z.ZodType, O extends z.ZodType>(tool: Tool<I, O>): Tool<I, O> {
  if (!(tool.input instanceof z.ZodObject)) throw new TypeError(`what ${tool.name} takes is no object`);
  return Object.freeze({ ...tool, input: knownFieldsOnly<z.ZodType>(tool.input) as I });
}

/** An expected failure, said in one sentence. Everything else that is thrown is a bug. */
export class ToolError extends Error {
  readonly code: string;
  readonly field: string | undefined;
  constructor(code: string, message: string, field?: string) { super(message); this.name = 'ToolError'; this.code = code; this.field = field; }
}
/** What was given is not what was asked for: where and why, as an answer. */
export function invalidInput({ issues: [issue] }: z.ZodError): ToolError {
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.');
  if (unknown !== undefined) return new ToolError('INVALID_INPUT', `${field}: there is no such field`, field);
  return new ToolError('INVALID_INPUT', `${field || 'the input'}: ${issue?.message ?? 'not understood'}`, field || undefined);
}
export type ToolResult = { ok: true; output: unknown } | { ok: false; error: { code: string; message: string; field?: string } };
