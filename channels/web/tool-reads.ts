import { runTool } from '../../tools/run.ts';
import type { Tool } from '../../tools/define.ts';
import type { ToolServices } from '../../tools/services.ts';
import { rightsOf } from '../../db/stores/people.ts';
import type { ReadTool } from './live-reads.ts';

/** Runs the desk's own tools for pages, by the rights that the person has at that moment. What proposes is not read. */
export const toolReads =
  ({ services, tools }: { services: ToolServices; tools: ReadonlyMap<string, Tool> }): ReadTool =>
  async ({ person, tool: name, input }) => {
    const tool = tools.get(name);
    if (tool?.effect !== 'read') return { ok: false, error: { code: 'NOT_FOUND', message: `this desk has no ${name}` } };
    const rights = await rightsOf(services.database.orm, person.id);
    const viewableAccountIds = rights.filter(({ canView }) => canView).map(({ accountId }) => accountId);
    return runTool({ tool, services, caller: { personId: person.id, role: person.role, channel: 'web', viewableAccountIds }, input });
  };
