import type { IncomingMessage } from 'node:http';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

/**
 * Decides which host names and origins are this desk's own. On loopback only loopback names count, so a hostile
 * name that is made to resolve to 127.0.0.1 gets nothing; with a public URL only that; otherwise whatever the
 * browser called us, since then only the pairing of Origin and Host can be checked.
 */
export function ownOrigin(input: { bindHost: string; publicUrl?: string }): {
  isOwnHost(request: IncomingMessage): boolean;
  isSameOrigin(request: IncomingMessage): boolean;
} {
  const publicHost = input.publicUrl === undefined ? null : new URL(input.publicUrl).host;
  const onLoopback = isLoopback(input.bindHost);
  const isOwnHost = (request: IncomingMessage): boolean => {
    const host = request.headers.host;
    if (!host) return false;
    if (host === publicHost) return true;
    if (onLoopback) return loopbackNames.has(host.replace(/:\d+$/, ''));
    return publicHost === null;
  };
  /** For whatever a browser sends with the cookie and that changes something: the Origin must be there and be ours. */
  const isSameOrigin = (request: IncomingMessage): boolean => {
    const origin = request.headers.origin;
    if (!origin || !isOwnHost(request)) return false;
    try {
      return new URL(origin).host === request.headers.host;
    } catch {
      return false;
    }
  };
  return { isOwnHost, isSameOrigin };
}
