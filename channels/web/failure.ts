import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { ConversationRefusal, type RefusalCode } from '../conversation-service.ts';

interface Failure {
  status: number;
  code: string;
  message: string;
}

const statusOf: Record<RefusalCode, number> = { NOT_FOUND: 404, NOT_ALLOWED: 403, INVALID: 400, BUSY: 409 };

/** Why a request could not be read. */
const notRead = (thrown: unknown): string =>
  (thrown as { type?: unknown }).type === 'entity.parse.failed' ? 'The body of the request is not a JSON object.' : 'The request cannot be read: its address or its body is damaged.';

/** What may be told to the person. A bug says nothing about itself here; it goes to `report`. */
export function failureOf(thrown: unknown, report: (thrown: unknown) => void): Failure {
  if (ConversationRefusal.isInstance(thrown)) return { status: statusOf[thrown.code], code: thrown.code, message: thrown.message };
  if (thrown instanceof z.ZodError) {
    const issue = thrown.issues[0];
    return {
      status: 400,
      code: 'INVALID',
      message: issue ? `${issue.path.join('.') || 'request'}: ${issue.message}` : 'the request is not understood',
    };
  }
  const status = (thrown as { status?: unknown } | null)?.status;
  if (status === 413) return { status: 413, code: 'TOO_LARGE', message: 'The request is larger than 64 kB.' };
  if (status === 415) return { status: 415, code: 'UNSUPPORTED', message: 'Send JSON in UTF-8, with the header Content-Type: application/json.' };
  if (status === 400) return { status: 400, code: 'INVALID', message: notRead(thrown) };
  if (status === 404 || status === 403) return { status: 404, code: 'NOT_FOUND', message: 'There is nothing here.' };
  report(thrown);
  return {
    status: 500,
    code: 'FAILED',
    message: 'The desk failed at this and has written down why. Look at the state before you repeat it.',
  };
}

/** The last link of the chain: every error leaves as `{ok: false, error: {code, message}}`. */
export const failures =
  (report: (thrown: unknown) => void): ErrorRequestHandler =>
  (thrown: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const { status, code, message } = failureOf(thrown, report);
    response.status(status).json({ ok: false, error: { code, message } });
  };
