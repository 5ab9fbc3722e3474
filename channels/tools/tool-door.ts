import { z } from 'zod';
import { personById, personByToken, rightsOf } from '../../db/stores/people.ts';
import type { Metrics } from '../../ops/metrics.ts';
import type { Tool, ToolCaller, ToolResult } from '../../tools/define.ts';
import { runTool } from '../../tools/run.ts';
import type { ToolServices } from '../../tools/services.ts';

export interface DoorPerson { id: string; name: string; role: ToolCaller['role'] }
/** A tool as programs are told of it. */
export interface ToolDescription { name: string; purpose: string; effect: Tool['effect']; permission: Tool['permission']; input: Record<string, unknown>; output: Record<string, unknown> }

export interface ToolDoor {
  describe(): ToolDescription[];
  has(name: string): boolean;
  /** The person whose API key that is; null for unknown and revoked ones. */
  personOfKey(key: string): Promise<DoorPerson | null>;
  person(id: string): Promise<DoorPerson | null>;
  call(request: { person: DoorPerson; channel: 'api' | 'mcp'; name: string; input: unknown; asOf?: string; signal?: AbortSignal }): Promise<ToolResult>;
}

const written = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Record<string, unknown>;
  return rest;
};

/** The tools, for programs that come with a key or a session. A program is no person: what it proposes waits for one. */
export function createToolDoor({ services, tools, metrics }: { services: ToolServices; tools: ReadonlyMap<string, Tool>; metrics?: Metrics }): ToolDoor {
  const { orm } = services.database;
  const described = [...tools.values()].map((tool): ToolDescription => ({ name: tool.name, purpose: tool.purpose, effect: tool.effect, permission: tool.permission, input: written(tool.input), output: written(tool.output) }));
  const personOf = (row: { id: string; name: string; role: ToolCaller['role'] } | null): DoorPerson | null => (row ? { id: row.id, name: row.name, role: row.role } : null);
  return {
    describe: () => described,
    has: (name) => tools.has(name),
    personOfKey: async (key) => personOf(await personByToken(orm, 'api_key', key)),
    person: async (id) => personOf(await personById(orm, id)),
    async call({ person, channel, name, input, asOf, signal }) {
      const tool = tools.get(name);
      if (!tool) return { ok: false, error: { code: 'NO_SUCH_TOOL', message: `there is no tool ${name.slice(0, 60)}` } };
      const viewable = (await rightsOf(orm, person.id)).filter((row) => row.canView).map((row) => row.accountId);
      const caller: ToolCaller = { personId: person.id, role: person.role, channel, viewableAccountIds: viewable, ...(asOf === undefined ? {} : { asOf }), ...(channel === 'mcp' || tool.effect === 'propose' ? { agent: channel } : {}) };
      const from = performance.now();
      const result = await runTool({ tool, services, caller, input, ...(signal ? { signal } : {}) });
      metrics?.observe('tool_latency', (performance.now() - from) / 1000, { channel });
      metrics?.count('tool_calls_total', { tool: name, channel, outcome: result.ok ? 'ok' : result.error.code });
      return result;
    },
  };
}
