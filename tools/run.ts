import type { Instant } from '../desk/time.ts';
import { readingMoment } from './as-of.ts';
import { marketAsOf } from './market-as-of.ts';
import { readingAsOf } from '../db/reading.ts';
import { invalidInput, type Permission, type Tool, type ToolCaller, ToolError, type ToolResult } from './define.ts';
import type { ToolServices } from './services.ts';

/** Roles by permission. Rights on an account are checked by the tool itself, by `caller.viewableAccountIds`, and by the gates. */
const allowed: Record<Permission, readonly ToolCaller['role'][]> = {
  'market:read': ['owner', 'trader', 'viewer'], 'account:read': ['owner', 'trader', 'viewer'], 'audit:read': ['owner', 'trader', 'viewer'],
  'desk:read': ['owner', 'trader', 'viewer'], propose: ['owner', 'trader'], admin: ['owner'],
};

const longestWord = 80;
const longestRefusal = 1000;
/** A refusal is one sentence: what it repeats of the input is cut where that is long. */
const cut = (text: string): string => {
  const words = text.replace(new RegExp(`(\\S{${longestWord}})\\S+`, 'g'), '$1…');
  return words.length > longestRefusal ? `${words.slice(0, longestRefusal)}…` : words;
};
const refusal = ({ code, message, field }: { code: string; message: string; field?: string | undefined }): ToolResult => ({ ok: false, error: { code, message: cut(message), ...(field ? { field: cut(field) } : {}) } });

/** Deeper than any input of a tool, and far above the depth at which a parser runs out of stack. */
const deepestInput = 64;
/** What no column holds and no person writes: null characters, halves of characters, and nesting without end. Null where there is none of it. */
function unstorable(value: unknown, levels = deepestInput): string | null {
  if (typeof value === 'string') return value.includes('\u0000') ? 'has null characters' : value.isWellFormed() ? null : 'has halves of characters';
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return `is nested more than ${deepestInput} deep`;
  for (const [name, member] of Object.entries(value)) {
    const found = unstorable(name) ?? unstorable(member, levels - 1);
    if (found !== null) return found;
  }
  return null;
}

/** What a read reaches: facts and symbols as they were known at its moment, which the database holds whatever the tool asks. */
function asKnown(services: ToolServices, caller: ToolCaller, input: unknown): ToolServices {
  const asked = (input as { asOf?: unknown } | null)?.asOf;
  const bound = (): Instant => {
    const context = { services, caller };
    try { return readingMoment(context, typeof asked === 'string' ? asked : undefined).asOf; } catch (error) {
      // What cannot be read as a moment the tool refuses in its own words.
      if (error instanceof ToolError) return services.market.now();
      throw error;
    }
  };
  // Only when they are asked for: many tools only reckon.
  const once = <T>(make: () => T): (() => T) => { let made: { value: T } | null = null; return () => (made ??= { value: make() }).value; };
  const database = once(() => readingAsOf(services.database, bound()));
  const market = once(() => marketAsOf(services.market, bound()));
  return { ...services, get database() { return database(); }, get market() { return market(); } };
}

/** Runs a tool for a caller: permission, input, work, output. Expected failures are answers; bugs throw. */
export async function runTool({ tool, services, caller, input, signal }: { tool: Tool; services: ToolServices; caller: ToolCaller; input: unknown; signal?: AbortSignal }): Promise<ToolResult> {
  if (!allowed[tool.permission].includes(caller.role)) return { ok: false, error: { code: 'NOT_ALLOWED', message: `a ${caller.role} may not use ${tool.name}` } };
  const wrong = unstorable(input);
  if (wrong !== null) return refusal({ code: 'INVALID_INPUT', message: `the input: ${wrong}` });
  const parsed = tool.input.safeParse(input);
  if (!parsed.success) return refusal(invalidInput(parsed.error));
  try {
    const reach = tool.effect === 'read' ? asKnown(services, caller, parsed.data) : services;
    const output = await tool.run({ services: reach, caller, ...(signal ? { signal } : {}) }, parsed.data);
    return { ok: true, output: tool.output.parse(output) };
  } catch (error) {
    if (error instanceof ToolError) return refusal(error);
    throw error;
  }
}
