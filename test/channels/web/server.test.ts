import { afterEach, describe, expect, it } from 'vitest';
import { asha, rawGet, ravi, startedWeb, type StartedWeb } from './started-web.ts';

let started: StartedWeb | null = null;
const start = async (...input: Parameters<typeof startedWeb>): Promise<StartedWeb> => (started = await startedWeb(...input));
afterEach(async () => {
  await started?.close();
  started = null;
});

const say = (web: string, threadId: string, input: { cookie: string; origin?: string; body: unknown }): Promise<Response> =>
  fetch(`${web}/api/threads/${threadId}/say`, {
    method: 'POST',
    body: typeof input.body === 'string' ? input.body : JSON.stringify(input.body),
    headers: { cookie: input.cookie, 'content-type': 'application/json', ...(input.origin === undefined ? {} : { origin: input.origin }) },
  });

describe('signing in', () => {
  it('lets nobody in without a session, on any route of the interface', async () => {
    const { web } = await start();
    for (const path of ['/api/desk', '/api/threads', '/api/threads/x/history', '/api/actions/x/story', '/api/evidence/x', '/api/nothing']) {
      expect((await fetch(web.url + path)).status, path).toBe(401);
    }
  });
  it('opens a session by the printed link exactly once', async () => {
    const { web, identity } = await start();
    const link = web.signInUrl(identity.tokenFor(asha));
    const first = await fetch(link);
    expect(first.status).toBe(200);
    expect(first.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const desk = await fetch(`${web.url}/api/desk`, { headers: { cookie } });
    expect(await desk.json()).toMatchObject({ person: { name: 'Asha' } });
    const again = await fetch(link);
    expect(again.status).toBe(401);
    expect(again.headers.get('set-cookie')).toBeNull();
  });
  it('does not take a made-up token or a made-up cookie', async () => {
    const { web } = await start();
    expect((await fetch(web.signInUrl('A'.repeat(32)))).status).toBe(401);
    const forged = await fetch(`${web.url}/api/desk`, { headers: { cookie: `parapet_session_${web.port}=${'A'.repeat(32)}` } });
    expect(forged.status).toBe(401);
  });
  it('ends the session and its open connections at sign-out', async () => {
    const { web, cookieOf, connect } = await start();
    const cookie = await cookieOf(asha);
    const socket = connect({ cookie });
    await new Promise((resolve) => {
      socket.once('connect', () => resolve(null));
    });
    const gone = new Promise((resolve) => {
      socket.once('disconnect', resolve);
    });
    expect((await fetch(`${web.url}/signout`, { method: 'POST', headers: { cookie, origin: web.url } })).status).toBe(204);
    expect(await gone).toBe('io server disconnect');
    expect((await fetch(`${web.url}/api/desk`, { headers: { cookie } })).status).toBe(401);
  });
  it('marks the cookie secure behind an https address', async () => {
    const { web, identity } = await start({ publicUrl: 'https://desk.example' });
    const { status } = await rawGet(`http://127.0.0.1:${web.port}`, '/api/desk', { host: 'desk.example' });
    expect(status).toBe(401);
    const answer = await fetch(`http://127.0.0.1:${web.port}/signin?token=${identity.tokenFor(asha)}`);
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
    expect(web.url).toBe('https://desk.example');
  });
});

describe('requests from elsewhere', () => {
  it('refuses a change whose origin is missing or another site', async () => {
    const { web, service, cookieOf } = await start();
    const cookie = await cookieOf(asha);
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    const body = { clientMessageId: 'm1', inbound: { message: 'pause' } };
    expect((await say(web.url, threadId, { cookie, body })).status).toBe(403);
    expect((await say(web.url, threadId, { cookie, body, origin: 'https://evil.example' })).status).toBe(403);
    expect((await say(web.url, threadId, { cookie, body, origin: 'null' })).status).toBe(403);
    expect((await fetch(`${web.url}/signout`, { method: 'POST', headers: { cookie, origin: 'https://evil.example' } })).status).toBe(403);
    expect(service.messagesTaken()).toBe(0);
    expect((await say(web.url, threadId, { cookie, body, origin: web.url })).status).toBe(202);
    expect(service.messagesTaken()).toBe(1);
  });
  it('does not answer to a foreign host name while it listens on loopback', async () => {
    const { web } = await start();
    expect((await rawGet(web.url, '/', { host: 'evil.example' })).status).toBe(421);
    expect((await rawGet(web.url, '/', { host: `localhost:${web.port}` })).status).toBe(200);
  });
  it('forbids inline script, frames, sniffing and referrers on every answer', async () => {
    const { web } = await start();
    for (const path of ['/', '/healthz', '/api/desk', '/nothing', '/signin']) {
      const { headers } = await fetch(web.url + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("script-src 'self'");
      expect(policy, path).not.toContain('unsafe');
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(
        [
          headers.get('x-content-type-options'),
          headers.get('x-frame-options'),
          headers.get('referrer-policy'),
          headers.get('x-powered-by'),
        ],
        path,
      ).toEqual(['nosniff', 'DENY', 'no-referrer', null]);
    }
  });
});

describe('limits', () => {
  it('answers 429 with Retry-After to the 31st unauthenticated request of a minute, and forgets after it', async () => {
    let nowMs = 1_000_000;
    const { web } = await start({ nowMs: () => nowMs });
    for (const path of ['/api/desk', '/healthz', '/readyz', '/metrics', '/signin', '/']) {
      const statuses: number[] = [];
      for (let sent = 0; sent < 30; sent += 1) statuses.push((await fetch(web.url + path)).status);
      expect(statuses, path).not.toContain(429);
      const refused = await fetch(web.url + path);
      expect(refused.status, path).toBe(429);
      expect(Number(refused.headers.get('retry-after')), path).toBe(60);
    }
    nowMs += 60_000;
    expect((await fetch(`${web.url}/healthz`)).status).toBe(200);
  });
  it('does not count those who are signed in', async () => {
    const { web, cookieOf } = await start();
    const headers = { cookie: await cookieOf(asha) };
    for (let sent = 0; sent < 40; sent += 1) expect((await fetch(`${web.url}/api/threads`, { headers })).status).toBe(200);
  });
  it('takes the last message again in other words, and refuses any other turn with one sentence', async () => {
    const { web, service, cookieOf } = await start();
    const cookie = await cookieOf(asha);
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    const send = (clientMessageId: string, inbound: object): Promise<Response> =>
      say(web.url, threadId, { cookie, origin: web.url, body: { clientMessageId, inbound } });
    const { turn } = (await (await send('m1', { message: 'What do I hold?' })).json()) as { turn: string };
    const edit = { message: 'chart COALINDIA', replaces: turn };
    expect((await send('m2', edit)).status).toBe(202);
    expect(await (await send('m2', edit)).json()).toMatchObject({ duplicate: true });
    const refused = await send('m3', edit);
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { ok: false, error: { code: 'INVALID', message: 'Only your last message can be edited: say the earlier one again.' } },
    ]);
    expect((await send('m4', { message: 'x', replaces: 'x'.repeat(81) })).status).toBe(400);
    expect(service.messagesTaken()).toBe(2);
    const history = await fetch(`${web.url}/api/threads/${threadId}/history`, { headers: { cookie } });
    expect(await history.json()).toContainEqual(expect.objectContaining({ event: expect.objectContaining({ type: 'said', text: 'chart COALINDIA', replaces: turn }) }));
  });
  it('refuses a body over 64 kB and a message over 4,000 characters, and takes neither', async () => {
    const { web, service, cookieOf } = await start();
    const cookie = await cookieOf(asha);
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    const send = (message: string): Promise<Response> =>
      say(web.url, threadId, { cookie, origin: web.url, body: { clientMessageId: 'm', inbound: { message } } });
    expect((await send('x'.repeat(70_000))).status).toBe(413);
    expect((await send('x'.repeat(4_001))).status).toBe(400);
    expect((await send('   ')).status).toBe(400);
    expect((await say(web.url, threadId, { cookie, origin: web.url, body: '{"clientMessageId":' })).status).toBe(400);
    expect(
      (await say(web.url, threadId, { cookie, origin: web.url, body: { clientMessageId: 'm', inbound: { message: 'x', admin: true } } }))
        .status,
    ).toBe(400);
    expect(service.messagesTaken()).toBe(0);
  });
});

describe('files', () => {
  it('serves the page and its assets and nothing outside the page’s folder', async () => {
    const { web } = await start();
    expect((await rawGet(web.url, '/')).body).toContain('<title>Parapet</title>');
    expect((await rawGet(web.url, '/thread/abc')).body).toContain('<title>Parapet</title>');
    expect((await rawGet(web.url, '/assets/a-1234.js')).status).toBe(200);
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/assets/../../secret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/assets/%2e%2e%5c..%5csecret.txt',
      '//secret.txt',
      '/thread/..%2f..%2f..%2fsecret.txt',
      '/%00secret.txt',
      '/%E0%A4%A',
    ]) {
      const { status, body } = await rawGet(web.url, path);
      expect(body, path).not.toContain('not for the web');
      expect(path.startsWith('/thread/') ? [200] : [400, 403, 404], path).toContain(status);
    }
  });
  it('reports health, readiness and metrics', async () => {
    const { web } = await start({ health: () => Promise.resolve({ live: true, ready: false, parts: [{ name: 'database', ok: false }] }) });
    expect((await fetch(`${web.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${web.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ ok: false, parts: [{ name: 'database', ok: false }] });
    expect(await (await fetch(`${web.url}/metrics`)).text()).toBe('parapet_turns_total 3\n');
  });
});

describe('what one person may see', () => {
  it('hides another person’s conversation as if it were not there', async () => {
    const { web, service, cookieOf } = await start();
    const { threadId } = await service.openThread({ channel: 'web', externalId: 'one', person: asha });
    const cookie = await cookieOf(ravi);
    expect((await fetch(`${web.url}/api/threads/${threadId}/history`, { headers: { cookie } })).status).toBe(404);
    expect(
      (await say(web.url, threadId, { cookie, origin: web.url, body: { clientMessageId: 'm', inbound: { message: 'hello' } } })).status,
    ).toBe(404);
    expect(await (await fetch(`${web.url}/api/threads`, { headers: { cookie } })).json()).toEqual([]);
  });
  it('tells nothing about a bug but that there was one, and reports it', async () => {
    const { web, service, cookieOf, reported } = await start();
    service.deskState = () => Promise.reject(new Error('password=hunter2'));
    const answer = await fetch(`${web.url}/api/desk`, { headers: { cookie: await cookieOf(asha) } });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('hunter2');
    expect(reported).toHaveLength(1);
  });
});
