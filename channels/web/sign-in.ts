import { Router, type Response } from 'express';
import { clearedCookie, sessionCookie, sessionOf, sessionSecret, type SessionStore } from './identity.ts';
import type { Guards } from './guards.ts';

/** A page without script: the cookie is SameSite=Strict, so the way to the desk must start from a page of ours, not from a redirect. */
const page = (input: { title: string; text: string; goOn: boolean }): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="icon" href="/mark.svg">
${input.goOn ? '<meta http-equiv="refresh" content="0;url=/">' : ''}<title>${input.title}</title></head>
<body><main><h1>${input.title}</h1><p>${input.text}</p>${input.goOn ? '<p><a href="/">Open the desk</a></p>' : ''}</main></body></html>`;

const answer = (response: Response, status: number, body: string): void => {
  response.status(status).set('Cache-Control', 'no-store').type('html').send(body);
};

/** `GET /signin?token=…` once, `POST /signout`. There is no other way in. */
export function signInRoutes(input: {
  identity: SessionStore;
  guards: Guards;
  secureCookie: boolean;
  nowMs: () => number;
  /** Ends what the session still has open. */
  ended: (sessionId: string) => void;
}): Router {
  const { identity, guards } = input;
  const router = Router();
  router.get('/signin', guards.limited('sign-in'), async (request, response) => {
    const token = typeof request.query.token === 'string' && /^[\w-]{16,256}$/.test(request.query.token) ? request.query.token : null;
    const person = token === null ? null : await identity.redeem(token);
    if (!person) {
      answer(
        response,
        401,
        page({
          title: 'This link does not sign in',
          text: 'It was used, has expired or is not complete. Start the desk again, or ask its owner for a new link.',
          goOn: false,
        }),
      );
      return;
    }
    const { secret, expiresAt } = await identity.create(person);
    const maxAgeSeconds = Math.max(0, Math.floor((Date.parse(expiresAt) - input.nowMs()) / 1000));
    response.set('Set-Cookie', sessionCookie({ request, secret, maxAgeSeconds, secure: input.secureCookie }));
    answer(response, 200, page({ title: 'Signed in', text: 'The desk opens now.', goOn: true }));
  });
  router.post('/signout', guards.sameOrigin, async (request, response) => {
    const session = await sessionOf(request, identity);
    const secret = sessionSecret(request);
    if (secret !== null) await identity.revoke(secret);
    if (session) input.ended(session.id);
    response.set('Set-Cookie', clearedCookie(request, input.secureCookie)).status(204).end();
  });
  return router;
}
