import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { invalidInput } from '../../tools/define.ts';
import type { DoorPerson, ToolDescription, ToolDoor } from '../tools/tool-door.ts';

/** The protocol wants an object on top; the tool itself checks which of several shapes it is. */
const asObject = (schema: Record<string, unknown>): { type: 'object'; [key: string]: unknown } => ({ ...schema, type: 'object' });
const mayUse = (tool: ToolDescription, { role }: DoorPerson): boolean => role === 'owner' || (tool.permission !== 'admin' && (role === 'trader' || tool.permission !== 'propose'));

/** As the protocol's library sends it; its own error class writes the code into the sentence. */
const refusal = (code: ErrorCode, message: string): Error => Object.assign(new Error(message), { code });

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
  // As the fallback, since a handler of its own would have the protocol's library answer a malformed call, with its parser's own words.
  server.fallbackRequestHandler = async (request, { signal }) => {
    if (request.method !== CallToolRequestSchema.shape.method.value) throw refusal(ErrorCode.MethodNotFound, `there is no method ${request.method.slice(0, 60)}`);
    const asked = CallToolRequestSchema.safeParse(request);
    if (!asked.success) throw refusal(ErrorCode.InvalidParams, invalidInput(asked.error).message);
    const { params } = asked.data;
    const result = await door.call({ person, channel: 'mcp', name: params.name, input: params.arguments ?? {}, signal });
    if (!result.ok) return { isError: true, content: [{ type: 'text', text: JSON.stringify({ error: result.error }) }] };
    return { content: [{ type: 'text', text: JSON.stringify(result.output) }], ...(typeof result.output === 'object' && result.output !== null && !Array.isArray(result.output) ? { structuredContent: result.output as Record<string, unknown> } : {}) };
  };
  return server;
}
