import { createHash } from 'node:crypto';
import type { Cursor } from './define.ts';

/** A host answered, and not with what was asked for; `retryAfterMs` is what it asked us to wait. */
export class FeedFailure extends Error {
  readonly retryAfterMs: number | null;
  constructor(message: string, retryAfterMs: number | null = null) { super(message); this.name = 'FeedFailure'; this.retryAfterMs = retryAfterMs; }
}
export type Answer = { body: Uint8Array; cursor: Cursor } | 'unchanged';

const ANSWER_LIMIT_BYTES = 67_108_864;
const WAIT_MS = 30_000;
/** Exchanges answer browsers; this says honestly what asks, in a form that they accept. */
const HEADERS = { 'user-agent': 'Mozilla/5.0 (compatible; Parapet)', accept: '*/*', 'accept-language': 'en-IN,en;q=0.9' };

/**
 * Asks hosts, one question at a time each, with conditional requests and the cookies that a host gave on its doorstep.
 * Redirects to another host are not followed: a key must not travel.
 */
export function createAsker(fetchFrom: typeof fetch = fetch): (question: { url: string; headers?: Readonly<Record<string, string>>; cursor: Cursor; doorstep?: string }) => Promise<Answer> {
  const cookies = new Map<string, string>();
  const queues = new Map<string, Promise<unknown>>();

  async function once(url: string, headers: Readonly<Record<string, string>>): Promise<Response> {
    const { host } = new URL(url);
    const cookie = cookies.get(host);
    try {
      const response = await fetchFrom(url, { headers: { ...HEADERS, ...headers, ...(cookie ? { cookie } : {}) }, redirect: 'manual', signal: AbortSignal.timeout(WAIT_MS) });
      const given = response.headers.getSetCookie().map((each) => each.split(';', 1)[0] ?? '').filter((each) => each.includes('='));
      if (given.length > 0) {
        const held = new Map([...(cookie ? cookie.split('; ') : []), ...given].map((each) => [each.slice(0, each.indexOf('=')), each]));
        cookies.set(host, [...held.values()].join('; '));
      }
      const target = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && response.status !== 304 && target) {
        await response.body?.cancel();
        const next = new URL(target, url);
        if (next.host !== host) throw new FeedFailure(`${host} sends the question on to ${next.host}.`);
        return await fetchFrom(next, { headers: { ...HEADERS, ...headers, ...(cookies.get(host) ? { cookie: cookies.get(host) as string } : {}) }, redirect: 'error', signal: AbortSignal.timeout(WAIT_MS) });
      }
      return response;
    } catch (error) {
      if (error instanceof FeedFailure) throw error;
      throw new FeedFailure(`${host} did not answer (${error instanceof Error ? ((error.cause as { code?: string } | undefined)?.code ?? error.name) : 'unknown'}).`);
    }
  }

  async function ask({ url, headers = {}, cursor, doorstep }: Parameters<ReturnType<typeof createAsker>>[0]): Promise<Answer> {
    const { host } = new URL(url);
    const knock = async (): Promise<void> => { if (doorstep) await (await once(doorstep, {})).body?.cancel(); };
    if (doorstep && !cookies.has(host)) await knock();
    const conditional = { ...headers, ...(cursor.etag ? { 'if-none-match': cursor.etag } : {}), ...(cursor.lastModified ? { 'if-modified-since': cursor.lastModified } : {}) };
    let response = await once(url, conditional);
    if ((response.status === 401 || response.status === 403) && doorstep) {
      await response.body?.cancel();
      cookies.delete(host);
      await knock();
      response = await once(url, conditional);
    }
    if (response.status === 304) { await response.body?.cancel(); return 'unchanged'; }
    if (!response.ok) { await response.body?.cancel(); throw new FeedFailure(`${host} answers ${response.status}.`, retryAfterMs(response.headers.get('retry-after'))); }
    const body = await bodyOf(response, host);
    const digest = createHash('sha256').update(body).digest('hex');
    if (digest === cursor.digest) return 'unchanged';
    const [etag, lastModified] = [response.headers.get('etag'), response.headers.get('last-modified')];
    return { body, cursor: { digest, ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) } };
  }

  return (question) => {
    const { host } = new URL(question.url);
    const answered = (queues.get(host) ?? Promise.resolve()).then(() => ask(question));
    queues.set(host, answered.catch(() => undefined));
    return answered;
  };
}

/** Seconds, as hosts that limit send them; a date is read as "later" by the back-off. */
const retryAfterMs = (header: string | null): number | null => (header && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : null);

async function bodyOf(response: Response, host: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of response.body ?? []) {
      length += part.length;
      if (length > ANSWER_LIMIT_BYTES) throw new FeedFailure(`${host} answers with more than ${ANSWER_LIMIT_BYTES} bytes.`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof FeedFailure) throw error;
    throw new FeedFailure(`${host} broke off in the middle of its answer.`);
  }
  return Buffer.concat(parts);
}
