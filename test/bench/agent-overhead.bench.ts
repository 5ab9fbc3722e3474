import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TurnCall } from '../../agents/define.ts';
import { usableTools } from '../../agents/model/ask-agent.ts';
import type { CallTool } from '../../agents/model/langchain-tools.ts';
import { openEmbedded, openServer } from '../../db/client.ts';
import { instant } from '../../desk/time.ts';
import { createModelPath } from '../../graph/turn/model-path.ts';
import { createLog } from '../../ops/log.ts';
import { openDesk } from '../../start/open-desk.ts';
import { runTool } from '../../tools/run.ts';
import { tools } from '../../tools/registry.ts';
import { afterLooking, says } from '../helpers/model-server/replies.ts';
import { modelConfiguration, realSurroundings } from '../helpers/model-server/model-of-desk.ts';
import { startModelServer } from '../helpers/model-server/server.ts';
import { bareLangGraph, type Contender, mastraAgent } from './agent-rivals.ts';

export const name = 'agent-overhead';

const asked = [{ name: 'market_hours', args: {} }, { name: 'switches', args: {} }, { name: 'symbol_lookup', args: { name: 'MERUBANK' } }];
const answer = 'The exchange’s day is {{c1.dayText|text}}. What trades is {{c2.desk.scope|text}}. That name is {{c3.symbol|text}}.';
const question = 'so roughly what should I make of the state of things for that bank of ours, overall';
const [warmUp, rounds] = [8, 60];
const percentile = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

/**
 * One turn with three tool calls and a model that answers at once: the whole desk, from the message to the end of its stored
 * answer, beside a bare LangGraph agent and a Mastra agent with the same tools, prompt and model, by turns in one process. Every turn
 * is the first of a thread of its own, so that nobody reads a history.
 */
export async function run(): Promise<{ metric: string; value: number; unit: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'));
  const url = process.env.TEST_DATABASE_URL;
  const where = url ? 'server Postgres' : 'embedded';
  const server = await startModelServer();
  server.play(afterLooking(asked, says(answer)));
  const database = url ? openServer({ url }) : await openEmbedded({ directory: join(folder, 'database') });
  const misses: string[] = [];
  const configuration = modelConfiguration(server.url, { LLM_TIMEOUT_SECONDS: '20' });
  const model = createModelPath({ configuration, tools, surroundings: realSurroundings, onMiss: (agent, reason) => { misses.push(`${agent} ${reason}`); }, onFault: (error) => { misses.push(String(error)); } });
  const desk = await openDesk({
    database, configuration, world: { kind: 'sim', seed: 7, sessionWallMinutes: 30, sessions: 'open' }, keysFolder: folder, killFile: join(folder, 'KILL'),
    wallClock: () => instant(Date.now()), log: createLog({ level: 'error' }), model, running: false,
  });
  const others: Contender[] = [];
  try {
    await desk.feed.advance?.(30 * 60_000);
    await desk.settle();
    const { rows } = await database.pool.query<{ id: string }>('select id from core.accounts');
    const caller = { personId: desk.owner.id, role: 'owner' as const, channel: 'bench', viewableAccountIds: rows.map(({ id }) => id) };
    const call: CallTool = async (tool, input) => {
      const found = tools.get(tool);
      if (!found) throw new Error(`there is no tool ${tool}`);
      const result = await runTool({ tool: found, services: desk.services, caller, input });
      return { call: 'c1', ...result } as TurnCall;
    };
    // What the desk's own model is offered, word for word.
    await oneTurn(desk, 'ready').then((turn) => turn());
    const [first] = server.asked;
    if (!first) throw new Error('the model was not asked');
    const offered = [...usableTools({ named: 'all', tools, role: 'owner', readsOutside: false, call }).keys()].map((each) => tools.get(each)).filter((each) => each !== undefined);
    const rules = { url: server.url, tools: offered, call, prompt: String(first.request.messages[0]?.content), question };

    const ours: Contender = { name: 'the desk', ready: () => oneTurn(desk, crypto.randomUUID()), close: async () => undefined };
    const mastra = await mastraAgent(rules, url ? { serverUrl: url } : { directory: join(folder, 'mastra') });
    others.push(bareLangGraph(rules, database));
    if ('missing' in mastra) console.error(`agent-overhead: ${mastra.missing}`); else others.push(mastra);

    const [times, processor] = [new Map<string, number[]>(), new Map<string, number[]>()];
    const keep = (where: Map<string, number[]>, who: string, value: number): void => { where.set(who, [...(where.get(who) ?? []), value]); };
    const alone: number[] = [];
    for (let round = 0; round < warmUp + rounds; round += 1) {
      for (const contender of round % 2 === 0 ? [ours, ...others] : [ours, ...others].toReversed()) {
        const turn = await contender.ready();
        const [started, used] = [performance.now(), process.cpuUsage()];
        const { text, toolResults } = await turn();
        const [took, { user, system }] = [performance.now() - started, process.cpuUsage(used)];
        if (toolResults !== asked.length || !text.startsWith('The exchange')) throw new Error(`${contender.name} used ${toolResults} tools and said “${text.slice(0, 120)}”`);
        if (round < warmUp) continue;
        keep(times, contender.name, took);
        keep(processor, contender.name, (user + system) / 1000);
      }
      const started = performance.now();
      await Promise.all(asked.map((each) => call(each.name, each.args)));
      if (round >= warmUp) alone.push(performance.now() - started);
    }
    if (misses.length > 0) throw new Error(`the desk’s model path missed: ${misses.slice(0, 3).join('; ')}`);
    const median = (of: string, among = times): number => percentile(among.get(of) ?? [], 0.5);
    return [
      ...[ours, ...others].flatMap(({ name: who }) => [
        { metric: `turn with three tool calls and a model without latency, ${who}, median of ${rounds}, ${where}`, value: median(who), unit: 'ms' },
        { metric: `the same, 95th percentile, ${who}`, value: percentile(times.get(who) ?? [], 0.95), unit: 'ms' },
        { metric: `the same, processor time of the process${url ? '' : ' with its database'}, ${who}, median`, value: median(who, processor), unit: 'ms' },
      ]),
      { metric: `the three tools by themselves, side by side, median, ${where}`, value: percentile(alone, 0.5), unit: 'ms' },
      ...others.flatMap(({ name: who }) => [
        { metric: `the desk over ${who}, medians`, value: median(ours.name) / median(who), unit: 'times' },
        { metric: `the desk over ${who}, processor time`, value: median(ours.name, processor) / median(who, processor), unit: 'times' },
      ]),
    ];
  } finally {
    for (const other of others) await other.close();
    await desk.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A thread of its own on the desk, and the turn that answers the question in it: up to its end, with all of it stored. */
async function oneTurn(desk: Awaited<ReturnType<typeof openDesk>>, externalId: string): Promise<() => Promise<{ text: string; toolResults: number }>> {
  const { threadId } = await desk.conversation.openThread({ channel: 'bench', externalId, person: desk.owner });
  return () => new Promise((resolve, reject) => {
    let [text, toolResults] = ['', 0];
    const stop = desk.conversation.subscribe(threadId, ({ author, event }) => {
      if (author !== 'desk') return;
      if (event.type === 'progress') toolResults += 1;
      if (event.type === 'reply') text = `${event.agent === 'Supervisor' ? '' : `${event.agent}: `}${event.text}`;
      if (event.type === 'end') { stop(); resolve({ text, toolResults }); }
    });
    desk.conversation.say({ threadId, person: desk.owner, clientMessageId: 'once', inbound: { message: question } }).catch(reject);
  });
}
