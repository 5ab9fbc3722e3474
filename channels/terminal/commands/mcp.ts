import { tools } from '../../../tools/registry.ts';
import { LineTransport } from '../../mcp/line-transport.ts';
import { createMcpServer } from '../../mcp/server.ts';
import { createToolDoor } from '../../tools/tool-door.ts';
import { readArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { personFor } from '../person.ts';

export const mcpCommand: Command = {
  name: 'mcp', usage: 'mcp [--as PERSON]', does: 'serves the tools over the Model Context Protocol on standard input and output',
  async run(call, desk) {
    const given = readArguments(call.args, { as: { type: 'string' } }, this.usage);
    const { id, name, role } = await personFor(desk, call, given.text('as'));
    const transport = new LineTransport({ lines: call.streams.input, out: call.streams.out });
    const server = createMcpServer({ door: createToolDoor({ services: desk.services, tools }), person: { id, name, role } });
    server.onerror = (error) => { call.streams.err(error.message); };
    await server.connect(transport);
    await transport.done;
    await server.close();
    return 0;
  },
};
