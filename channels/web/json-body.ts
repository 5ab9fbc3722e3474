import { json, type RequestHandler } from 'express';

/** Reads a JSON body of at most `limit`. What is sent as something else is refused: left unread it would pass for an empty input. */
export const jsonBody = (limit: string): RequestHandler[] => [
  (request, _response, next) => { next(request.is('application/json') === false && request.headers['content-length'] !== '0' ? Object.assign(new Error('the body is not sent as JSON'), { status: 415 }) : undefined); },
  json({ limit }),
];
