import type { ToolDescription } from './tool-door.ts';

const refusal = { type: 'object', required: ['ok', 'error'], properties: { ok: { const: false }, error: { type: 'object', required: ['code', 'message'], properties: { code: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } } } } };
const said = (description: string): Record<string, unknown> => ({ description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } } });
const secured = [{ apiKey: [] }, { session: [] }];

/** Routes besides the tools that the page and people's programs may use; the tools' follow from their definitions. */
const otherRoutes: Record<string, Record<string, unknown>> = {
  '/healthz': { get: { summary: 'Whether the process does its work', responses: { 200: { description: 'it does' }, 503: { description: 'it does not' } } } },
  '/readyz': { get: { summary: 'Whether it may be given work, part by part', responses: { 200: { description: 'it may' }, 503: { description: 'it may not' } } } },
  '/metrics': { get: { summary: 'Figures for Prometheus', responses: { 200: { description: 'text' }, 429: { description: 'too many requests' } } } },
  '/api/openapi.json': { get: { summary: 'This description', responses: { 200: { description: 'OpenAPI 3.1' } } } },
  '/api/docs': { get: { summary: 'The tools as a page', responses: { 200: { description: 'HTML' } } } },
  '/api/tools': { get: { summary: 'Every tool: name, purpose, effect, permission, schemas', security: secured, responses: { 200: { description: 'a list' }, 401: said('no key and no session') } } },
};

/** OpenAPI 3.1 of the desk's interface, out of the tools' own schemas. */
export function openApi({ tools, url }: { tools: readonly ToolDescription[]; url: string }): Record<string, unknown> {
  const path = ({ name, purpose, effect, permission, input, output }: ToolDescription): [string, unknown] => [`/api/tools/${name}`, {
    post: {
      operationId: name, summary: purpose, tags: [effect === 'propose' ? 'Proposals' : 'Reads'], security: secured,
      description: `${effect === 'propose' ? 'Proposes; a person confirms it on one of the desk’s own channels. ' : ''}Needs the permission ${permission}. \`?asOf=\` reads as of a moment.`,
      parameters: [{ name: 'asOf', in: 'query', required: false, schema: { type: 'string' } }],
      requestBody: { required: true, content: { 'application/json': { schema: input } } },
      responses: {
        200: { description: 'the result', content: { 'application/json': { schema: { type: 'object', required: ['ok', 'output'], properties: { ok: { const: true }, output } } } } },
        400: said('the input is not what the tool takes'), 401: said('no key and no session'), 403: said('the person may not'), 404: said('no such tool'), 422: said('a refusal in words'), 429: said('too many requests; Retry-After says when'),
      },
    },
  }];
  return {
    openapi: '3.1.0', info: { title: 'Parapet', version: '1', description: 'The tools of a trading desk that people talk to. They read or propose; none of them acts.' }, servers: [{ url }],
    paths: { ...otherRoutes, ...Object.fromEntries(tools.map(path)) },
    components: { schemas: { Refusal: refusal }, securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: 'an API key: `parapet user key NAME --label TEXT`, once it is confirmed' }, session: { type: 'apiKey', in: 'cookie', name: 'parapet_session' } } },
  };
}
