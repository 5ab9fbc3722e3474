import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleTracing } from '../../../agents/model/tracing.ts';

const before = { ...process.env };
let requests: { key: string | undefined }[];
let server: ReturnType<typeof createServer>;
let endpoint: string;

beforeEach(async () => {
  requests = [];
  server = createServer((incoming, response) => {
    requests.push({ key: incoming.headers['x-api-key'] as string | undefined });
    incoming.resume();
    incoming.on('end', () => { response.writeHead(202, { 'content-type': 'application/json' }).end('{}'); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  server.closeAllConnections();
  await new Promise((resolve) => { server.close(resolve); });
});

const runOnce = async (): Promise<void> => {
  await new FakeListChatModel({ responses: ['hello'] }).invoke('hi');
  await expect.poll(() => requests.length, { timeout: 1500 }).toBeGreaterThan(0).catch(() => undefined);
};

describe('tracing', () => {
  it.each([
    ['LANGCHAIN_TRACING', 'LANGCHAIN_TRACING_V2'], ['LANGSMITH_TRACING', 'LANGSMITH_TRACING_V2'],
  ])('sends nothing when the desk has no key, whatever the machine has set (%s)', async (...names) => {
    for (const name of names) process.env[name] = 'true';
    Object.assign(process.env, { LANGSMITH_ENDPOINT: endpoint, LANGCHAIN_ENDPOINT: endpoint, LANGCHAIN_API_KEY: 'machine', LANGSMITH_API_KEY: 'machine' });
    expect(settleTracing(process.env, { LANGSMITH_API_KEY: null, LANGSMITH_PROJECT: 'parapet' })).toEqual({ traced: false });
    await runOnce();
    expect(requests).toEqual([]);
  });

  it('sends traces with the desk’s own key when it has one', async () => {
    Object.assign(process.env, { LANGSMITH_ENDPOINT: endpoint, LANGCHAIN_API_KEY: 'machine' });
    expect(settleTracing(process.env, { LANGSMITH_API_KEY: 'key-of-the-desk', LANGSMITH_PROJECT: 'parapet' })).toEqual({ traced: true });
    await runOnce();
    expect(requests.length).toBeGreaterThan(0);
    expect(new Set(requests.map(({ key }) => key))).toEqual(new Set(['key-of-the-desk']));
  });
});
