import { ModelMiss, type MissReason } from './miss.ts';

/** What a failed attempt means: how it is counted, whether another attempt may help, and when the provider wants it. */
export interface Failure { reason: MissReason; retry: boolean; afterMs: number | null }

const busy = new Set([408, 409, 425, 429]);
const seconds = (text: string): number | null => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : null);

/** `Retry-After` as milliseconds; null where the header is absent or not understood. A date is counted from the wall clock. */
export function retryAfterMs(header: string | null | undefined, wallNowMs: number): number | null {
  if (!header) return null;
  const wait = seconds(header.trim());
  if (wait !== null) return wait * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - wallNowMs);
}

const headerOf = (error: object, name: string): string | null => ('headers' in error && error.headers instanceof Headers ? error.headers.get(name) : null);

/** Everything that an attempt can throw comes from the provider or the way to it. */
export function failureOf(error: unknown, wallNowMs: number): Failure {
  if (error instanceof ModelMiss) return { reason: error.reason, retry: ['GARBAGE', 'EMPTY', 'HALF_ANSWER'].includes(error.reason), afterMs: null };
  if (!(error instanceof Error)) return { reason: 'PROVIDER_ERROR', retry: true, afterMs: null };
  const status = 'status' in error && typeof error.status === 'number' ? error.status : null;
  const afterMs = retryAfterMs(headerOf(error, 'retry-after'), wallNowMs);
  if (status === 429) return { reason: 'RATE_LIMITED', retry: true, afterMs };
  if (status !== null) return { reason: status >= 500 || busy.has(status) ? 'PROVIDER_ERROR' : 'REQUEST_REFUSED', retry: status >= 500 || busy.has(status), afterMs };
  if (error.name === 'ContextOverflowError') return { reason: 'REQUEST_REFUSED', retry: false, afterMs };
  if (error.message === 'Connection error.') return { reason: 'UNREACHABLE', retry: true, afterMs };
  if (error instanceof TypeError && error.message === 'terminated') return { reason: 'HALF_ANSWER', retry: true, afterMs };
  if (error.name === 'APIError' || error.constructor.name === 'APIError') return { reason: 'PROVIDER_ERROR', retry: true, afterMs };
  return { reason: 'GARBAGE', retry: true, afterMs };
}
