import { type Request, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import type { report } from '../../tools/report.ts';
import { reportPdf } from '../documents/report-pdf.ts';
import type { ToolResult } from '../../tools/define.ts';
import { docsPage } from '../tools/docs-page.ts';
import { openApi } from '../tools/openapi.ts';
import type { DoorPerson, ToolDoor } from '../tools/tool-door.ts';
import type { Guards } from './guards.ts';
import { sessionOf, type SessionStore } from './identity.ts';
import { jsonBody } from './json-body.ts';

/** The key in `Authorization: Bearer …`; null without one. */
export const bearerKey = (request: Request): string | null => /^Bearer ([\w-]{16,256})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
const nameIn = ({ params: { name } }: Request): string => (typeof name === 'string' ? name : '');
/** Running the gates is work; everybody's calls of it are counted. */
const counted = new Set(['guardrails', 'why_not_bigger']);
const statusOf = (result: ToolResult): number => (result.ok ? 200 : result.error.code === 'INVALID_INPUT' ? 400 : result.error.code === 'NOT_ALLOWED' ? 403 : result.error.code === 'NO_SUCH_TOOL' ? 404 : 422);

/** `POST /api/tools/NAME`, its description and its page, and `GET /api/report.pdf`. A program comes with an API key, the page with its session. */
export function toolRoutes({ door, identity, guards, url }: { door: ToolDoor; identity: SessionStore; guards: Guards; url: () => string }): Router {
  const router = Router();
  const personOf = async (request: Request): Promise<{ person: DoorPerson; by: 'key' | 'session' } | null> => {
    const key = bearerKey(request);
    if (key !== null) { const person = await door.personOfKey(key); return person ? { person, by: 'key' } : null; }
    const session = await sessionOf(request, identity);
    const person = session ? await door.person(session.person.id) : null;
    return person ? { person, by: 'session' } : null;
  };
  const known: RequestHandler = async (request, response, next) => {
    const found = await personOf(request);
    response.locals.asker = found;
    if (found) { next(); return; }
    guards.limited('api')(request, response, () => { response.status(401).json({ ok: false, error: { code: 'SIGN_IN', message: 'Send an API key (Authorization: Bearer …) or sign in.' } }); });
  };
  const askerOn = (response: Response): { person: DoorPerson; by: 'key' | 'session' } => response.locals.asker as { person: DoorPerson; by: 'key' | 'session' };

  router.get('/openapi.json', guards.limitedUnlessSignedIn('docs'), (_request, response) => { response.json(openApi({ tools: door.describe(), url: url() })); });
  router.get('/docs', guards.limitedUnlessSignedIn('docs'), (_request, response) => { response.type('html').send(docsPage(door.describe())); });
  router.get('/tools', known, (_request, response) => { response.json(door.describe()); });
  router.get('/report.pdf', known, async (request, response) => {
    response.set('Cache-Control', 'no-store');
    const { cadence, account, from, to } = request.query;
    const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
    const input = { cadence: text(cadence)?.toUpperCase(), account: text(account), period: text(from) === undefined ? undefined : { from, to } };
    const result = await door.call({ person: askerOn(response).person, channel: 'api', name: 'report', input: JSON.parse(JSON.stringify(input)) as unknown });
    if (!result.ok) { response.status(statusOf(result)).json(result); return; }
    const written = result.output as z.output<(typeof report)['output']>;
    response.type('pdf').set('Content-Disposition', `attachment; filename="${written.fileName}.pdf"`).send(await reportPdf(written, { createdAt: new Date(written.asOf) }));
  });
  router.post('/tools/:name',
    (request, response, next) => { if (counted.has(nameIn(request))) guards.limited('guardrails')(request, response, next); else next(); },
    known,
    (request, response, next) => { if (askerOn(response).by === 'session') guards.sameOrigin(request, response, next); else next(); },
    ...jsonBody('64kb'),
    async (request, response) => {
      response.set('Cache-Control', 'no-store');
      const aborted = new AbortController();
      response.on('close', () => { if (!response.writableEnded) aborted.abort(); });
      const { asOf } = request.query;
      const result = await door.call({ person: askerOn(response).person, channel: 'api', name: nameIn(request), input: (request.body as unknown) ?? {}, ...(typeof asOf === 'string' ? { asOf } : {}), signal: aborted.signal });
      response.status(statusOf(result)).json(result);
    });
  router.all('/tools/:name', known, (_request, response) => { response.status(405).set('Allow', 'POST').json({ ok: false, error: { code: 'POST_ONLY', message: 'A tool is asked with POST and its input as JSON.' } }); });
  return router;
}
