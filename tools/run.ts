import type { z } from 'zod';
import { type Permission, type Tool, type ToolCaller, ToolError, type ToolResult } from './define.ts';
import type { ToolServices } from './services.ts';

/** Roles by permission. Rights on an account are checked by the tool itself, by `caller.viewableAccountIds`, and by the gates. */
const allowed: Record<Permission, readonly ToolCaller['role'][]> = {
  'market:read': ['owner', 'trader', 'viewer'], 'account:read': ['owner', 'trader', 'viewer'], 'audit:read': ['owner', 'trader', 'viewer'],
  'desk:read': ['owner', 'trader', 'viewer'], propose: ['owner', 'trader'], admin: ['owner'],
};

function refusedInput(error: z.ZodError): ToolResult {
  const issue = error.issues[0];
  const field = issue?.path.join('.') ?? '';
  return { ok: false, error: { code: 'INVALID_INPUT', message: `${field || 'the input'}: ${issue?.message ?? 'not understood'}`, ...(field ? { field } : {}) } };
}

/** Runs a tool for a caller: permission, input, work, output. Expected failures are answers; bugs throw. */
export async function runTool({ tool, services, caller, input, signal }: { tool: Tool; services: ToolServices; caller: ToolCaller; input: unknown; signal?: AbortSignal }): Promise<ToolResult> {
  if (!allowed[tool.permission].includes(caller.role)) return { ok: false, error: { code: 'NOT_ALLOWED', message: `a ${caller.role} may not use ${tool.name}` } };
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) return refusedInput(parsed.error);
  try {
    const output = await tool.run({ services, caller, ...(signal ? { signal } : {}) }, parsed.data);
    return { ok: true, output: tool.output.parse(output) };
  } catch (error) {
    if (error instanceof ToolError) return { ok: false, error: { code: error.code, message: error.message, ...(error.field ? { field: error.field } : {}) } };
    throw error;
  }
}
