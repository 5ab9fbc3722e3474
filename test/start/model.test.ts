import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../db/client.ts';
import { createTurnCalls } from '../../graph/turn/tool-calls.ts';
import { createLog } from '../../ops/log.ts';
import { modelPathFrom } from '../../start/model.ts';
import type { ToolServices } from '../../tools/services.ts';
import { modelConfiguration } from '../helpers/model-server/model-of-desk.ts';
import { fails } from '../helpers/model-server/replies.ts';
import { type ModelServer, startModelServer } from '../helpers/model-server/server.ts';

let server: ModelServer;
beforeAll(async () => { server = await startModelServer(); });
afterAll(() => server.close());

it('logs why a model’s answer was not used, without its key', async () => {
  server.play([fails(401, { message: 'bad key test-key' })]);
  const lines: string[] = [];
  const path = modelPathFrom({ configuration: modelConfiguration(server.url), database: {} as Database, log: createLog({ secrets: ['test-key'], write: (line) => { lines.push(line); } }) });
  const { signal } = new AbortController();
  const calls = createTurnCalls({ tools: new Map(), services: {} as ToolServices, caller: { personId: 'p', role: 'owner', channel: 'test', viewableAccountIds: [] }, signal, nowMs: () => 0 });
  const answer = await path?.answer({ text: 'how is it going', turn: 't', personId: 'p', role: 'owner', calls, accounts: [], memory: {}, history: [], waiting: [], market: { label: 'SIMULATED', now: '', today: '', zone: 'Asia/Kolkata' }, onDelta: () => undefined, signal });
  expect(answer).toBeNull();
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([expect.objectContaining({ level: 'warn', agent: 'Supervisor', reason: 'REQUEST_REFUSED' })]);
  expect(lines.join()).not.toContain('test-key');
});
