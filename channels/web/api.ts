import { randomUUID } from 'node:crypto';
import { Router } from 'express';
import { z } from 'zod';
import type { ConversationService } from '../conversation-service.ts';
import { sessionOn, type Guards } from './guards.ts';
import { jsonBody } from './json-body.ts';
import { SayBody } from './wire.ts';

const HistoryQuery = z.strictObject({
  afterSequence: z.coerce.number().int().nonnegative().optional(),
  beforeSequence: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const Id = z.string().min(1).max(120);

/** The desk's JSON interface for signed-in browsers. Each answer is what the conversation service returns. */
export function apiRoutes(input: { service: ConversationService; guards: Guards }): Router {
  const { service, guards } = input;
  const router = Router();
  router.use(guards.signedIn, ...jsonBody('64kb'));
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/desk', async (_request, response) => {
    response.json(await service.deskState(sessionOn(response).person));
  });
  router.get('/threads', async (_request, response) => {
    response.json(await service.threads(sessionOn(response).person));
  });
  router.post('/threads', guards.sameOrigin, async (_request, response) => {
    response.status(201).json(await service.openThread({ channel: 'web', externalId: randomUUID(), person: sessionOn(response).person }));
  });
  router.get('/threads/:id/history', async (request, response) => {
    const { afterSequence, beforeSequence, limit } = HistoryQuery.parse(request.query);
    response.json(
      await service.history({
        threadId: Id.parse(request.params.id),
        person: sessionOn(response).person,
        limit,
        ...(afterSequence === undefined ? {} : { afterSequence }),
        ...(beforeSequence === undefined ? {} : { beforeSequence }),
      }),
    );
  });
  router.post('/threads/:id/say', guards.sameOrigin, async (request, response) => {
    const { clientMessageId, inbound } = SayBody.parse(request.body);
    response.status(202).json(
      await service.say({
        threadId: Id.parse(request.params.id),
        person: sessionOn(response).person,
        clientMessageId,
        inbound: withoutUndefined(inbound),
      }),
    );
  });
  router.get('/actions/:id/story', async (request, response) => {
    response.json(await service.cardStory({ actionId: Id.parse(request.params.id), person: sessionOn(response).person }));
  });
  router.get('/evidence/:ref', async (request, response) => {
    response.json(await service.evidence({ ref: Id.parse(request.params.ref), person: sessionOn(response).person }));
  });
  router.use((_request, response) => {
    response.status(404).json({ ok: false, error: { code: 'NOT_FOUND', message: 'There is no such route.' } });
  });
  return router;
}

/** What zod leaves optional may be present as `undefined` in the type; the vocabulary's optional fields are absent or there. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
