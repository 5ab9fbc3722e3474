import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { DoorPerson, ToolDescription, ToolDoor } from '../tools/tool-door.ts';

/** The protocol wants an object on top; the tool itself checks which of several shapes it is. */
const asObject = (schema: Record<string, unknown>): { type: 'object'; [key: string]: unknown } => ({ ...schema, type: 'object' });
const mayUse = (tool: ToolDescription, { role }: DoorPerson): boolean => role === 'owner' || (tool.permission !== 'admin' && (role === 'trader' || tool.permission !== 'propose'));

/** The desk's tools for one person, as a server of the Model Context Protocol. */
export function createMcpServer({ door, person }: { door: ToolDoor; person: DoorPerson }): Server {
  const server = new Server({ name: 'parapet', version: '1' }, {
    capabilities: { tools: {} },
    instructions: 'A trading desk. Tools read or propose. A proposal comes back with a pending confirmation, which only the person answers, on the desk’s own channels; nothing here can. Missing is null with a reason, never zero.',
  });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: door.describe().filter((tool) => mayUse(tool, person)).map((tool) => ({
      name: tool.name, description: tool.effect === 'propose' ? `${tool.purpose}. Proposes; a person decides.` : tool.purpose, inputSchema: asObject(tool.input),
      annotations: { readOnlyHint: tool.effect === 'read', destructiveHint: false, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    const result = await door.call({ person, channel: 'mcp', name: params.name, input: params.arguments ?? {}, signal });
    if (!result.ok) return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: result.error }) }] };
    return { content: [{ type: 'text', text: JSON.stringify(result.output) }], ...(typeof result.output === 'object' && result.output !== null && !Array.isArray(result.output) ? { structuredContent: result.output as Record<string, unknown> } : {}) };
  });
  return server;
}
