import type { Request, RequestHandler, Response } from 'express';
import { sessionOf, type Session, type SessionStore } from './identity.ts';
import type { ownOrigin } from './origin.ts';
import type { RateLimit } from './rate-limit.ts';

/** The session that `signedIn` found; calling it on a route without that guard is a bug. */
export function sessionOn(response: Response): Session {
  const session: unknown = response.locals.session;
  if (!session) throw new Error('the route has no signedIn guard');
  return session as Session;
}

export interface Guards {
  /** Lets signed-in people through; counts the others against the limit and answers 401. */
  signedIn: RequestHandler;
  /** Counts every request of an address against a budget of that name; 429 with Retry-After beyond it. */
  limited(budget: string): RequestHandler;
  /** The same, for those who are not signed in. */
  limitedUnlessSignedIn(budget: string): RequestHandler;
  /** A request that changes something comes from this desk's own page. */
  sameOrigin: RequestHandler;
  ownHost: RequestHandler;
}

export function guards(input: { identity: SessionStore; limit: RateLimit; origin: ReturnType<typeof ownOrigin> }): Guards {
  const { identity, limit, origin } = input;
  const refuse = (response: Response, status: number, code: string, message: string): void => {
    response.status(status).json({ ok: false, error: { code, message } });
  };
  /** False once the answer is given. */
  const withinLimit = (request: Request, response: Response, budget: string): boolean => {
    const { retryAfterSeconds } = limit.take(`${budget} ${request.socket.remoteAddress ?? 'unknown'}`);
    if (retryAfterSeconds === null) return true;
    response.set('Retry-After', String(retryAfterSeconds));
    refuse(response, 429, 'TOO_MANY_REQUESTS', `Too many requests from this address. Try again in ${retryAfterSeconds} s.`);
    return false;
  };
  return {
    limited: (budget) => (request, response, next) => {
      if (withinLimit(request, response, budget)) next();
    },
    limitedUnlessSignedIn: (budget) => async (request, response, next) => {
      if ((await sessionOf(request, identity)) || withinLimit(request, response, budget)) next();
    },
    signedIn: async (request, response, next) => {
      const session = await sessionOf(request, identity);
      if (session) {
        response.locals.session = session;
        next();
      } else if (withinLimit(request, response, 'api')) {
        refuse(response, 401, 'SIGN_IN', request.headers.authorization === undefined ? 'Sign in first: open the link that the desk printed when it started.' : 'An API key runs the tools (POST /api/tools/NAME); this address is for a browser that is signed in.');
      }
    },
    sameOrigin: (request, response, next) => {
      if (origin.isSameOrigin(request)) next();
      else refuse(response, 403, 'OTHER_ORIGIN', 'This request did not come from the desk’s own page.');
    },
    ownHost: (request, response, next) => {
      if (origin.isOwnHost(request)) next();
      else refuse(response, 421, 'OTHER_HOST', 'This desk does not answer to that host name.');
    },
  };
}
