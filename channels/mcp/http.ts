import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { Router } from 'express';
import type { ToolDoor } from '../tools/tool-door.ts';
import type { Guards } from '../web/guards.ts';
import { jsonBody } from '../web/json-body.ts';
import { bearerKey } from '../web/tool-routes.ts';
import { createMcpServer } from './server.ts';

/** `POST /mcp`, streamable HTTP without sessions: each request brings its API key and gets its answer as JSON. */
export function mcpRoutes({ door, guards }: { door: ToolDoor; guards: Guards }): Router {
  const router = Router();
  router.post('/mcp', async (request, response, next) => {
    const key = bearerKey(request);
    const person = key === null ? null : await door.personOfKey(key);
    response.locals.person = person;
    if (person) next();
    else guards.limited('mcp')(request, response, () => { response.status(401).set('WWW-Authenticate', 'Bearer').json({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Send an API key: Authorization: Bearer …' } }); });
  }, ...jsonBody('256kb'), async (request, response) => {
    const server = createMcpServer({ door, person: response.locals.person });
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => { void transport.close(); void server.close(); });
    await server.connect(transport as Transport);
    await transport.handleRequest(request, response, request.body);
  });
  router.all('/mcp', guards.limited('mcp'), (_request, response) => { response.status(405).set('Allow', 'POST').json({ jsonrpc: '2.0', id: null, error: { code: -32000, message: 'POST only: there are no sessions.' } }); });
  return router;
}
