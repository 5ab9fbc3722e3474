import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type AIMessageChunk, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';
import { ToolNode } from '@langchain/langgraph/prebuilt';
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import { ChatOpenAI } from '@langchain/openai';
import type pg from 'pg';
import { inputSchemaOf } from '../../agents/model/json-schema.ts';
import { type CallTool, toLangChainTool } from '../../agents/model/langchain-tools.ts';
import { type Database, openEmbedded } from '../../db/client.ts';
import type { Tool } from '../../tools/define.ts';

const run = promisify(execFile);

/** An agent that answers one message in a thread of its own, made ready before: what it said in the end, and how many tools it used. */
export interface Contender { name: string; ready(): Promise<() => Promise<{ text: string; toolResults: number }>>; close(): Promise<void> }
export interface Rules { url: string; tools: readonly Tool[]; call: CallTool; prompt: string; question: string }

/** think ⇄ use tools as LangGraph's own pages write it, with its tool node and the desk's checkpointer over the desk's connection. */
export function bareLangGraph({ url, tools, call, prompt, question }: Rules, database: Database): Contender {
  const bound = tools.map((tool) => toLangChainTool(tool, { call, readsOutside: false }));
  const model = new ChatOpenAI({ model: 'scripted', apiKey: 'test-key', temperature: 0, maxRetries: 0, configuration: { baseURL: url } }).bindTools(bound);
  const graph = new StateGraph(MessagesAnnotation)
    .addNode('agent', async ({ messages }) => {
      let whole: AIMessageChunk | undefined;
      for await (const chunk of await model.stream([new SystemMessage(prompt), ...messages])) whole = whole?.concat(chunk) ?? chunk;
      return { messages: whole ? [whole] : [] };
    })
    .addNode('tools', new ToolNode(bound))
    .addEdge(START, 'agent')
    .addConditionalEdges('agent', ({ messages }) => ((messages.at(-1) as { tool_calls?: unknown[] } | undefined)?.tool_calls?.length ? 'tools' : END), ['tools', END])
    .addEdge('tools', 'agent')
    .compile({ checkpointer: new PostgresSaver(database.pool, undefined, { schema: 'graph' }) });
  return {
    name: 'a bare LangGraph agent',
    async ready() {
      const configurable = { thread_id: randomUUID() };
      return async () => {
        const { messages } = await graph.invoke({ messages: [new HumanMessage(question)] }, { configurable });
        return { text: String(messages.at(-1)?.content), toolResults: messages.filter(({ type }) => type === 'tool').length };
      };
    },
    close: async () => undefined,
  };
}

const PACKAGES = ['@mastra/core@1.71.0', '@mastra/memory@1.31.0', '@mastra/pg@1.27.1'];

interface Memory { createThread(thread: { threadId: string; resourceId: string }): Promise<unknown> }
interface Answered { text: string; steps: readonly { toolResults: readonly unknown[] }[] }
interface Mastra {
  Agent: new (options: object) => { stream(text: string, options: { memory: { thread: string; resource: string } }): Promise<{ getFullOutput(): Promise<Answered> }> };
  Mastra: new (options: object) => unknown;
  createTool: (tool: { id: string; description: string; inputSchema: unknown; execute: (input: unknown) => Promise<unknown> }) => unknown;
  Memory: new (options: object) => Memory;
  PostgresStore: new (options: object) => { init(): Promise<void>; close(): Promise<void> };
}

/**
 * A Mastra agent with its memory in its own PostgreSQL storage, fetched into a folder of its own; in words why there is none where npm
 * cannot be reached or it does not run. Embedded, its storage is an engine of its own; on a server, a schema of the same database.
 */
export async function mastraAgent({ url, tools, call, prompt, question }: Rules, where: { serverUrl: string } | { directory: string }): Promise<Contender | { missing: string }> {
  // A folder in which it was fetched before, for runs one after another.
  const there = process.env.BENCH_MASTRA_FOLDER;
  const folder = there ?? (await mkdtemp(join(tmpdir(), 'parapet-mastra-')));
  const closing: (() => Promise<unknown>)[] = there ? [] : [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => { for (const step of closing.toReversed()) await step().catch(() => undefined); };
  try {
    if (!there) await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, ...PACKAGES], { cwd: folder, timeout: 300_000 });
    const load = createRequire(join(folder, 'index.js'));
    const mastra = { ...(load('@mastra/core') as object), ...(load('@mastra/core/agent') as object), ...(load('@mastra/core/tools') as object), ...(load('@mastra/memory') as object), ...(load('@mastra/pg') as object) } as unknown as Mastra;
    let pool: pg.Pool | null = null;
    if ('directory' in where) {
      const engine = await openEmbedded({ directory: where.directory });
      closing.push(() => engine.close());
      ({ pool } = engine);
    }
    const storage = new mastra.PostgresStore({ id: 'bench', schemaName: 'mastra', ...(pool ? { pool } : { connectionString: 'serverUrl' in where ? where.serverUrl : '' }) });
    closing.push(() => storage.close());
    await storage.init();
    const memory = new mastra.Memory({ storage, options: { lastMessages: 10 } });
    const agent = new mastra.Agent({
      id: 'bench', name: 'bench', instructions: prompt, memory, model: { id: 'bench/scripted', url, apiKey: 'test-key' },
      tools: Object.fromEntries(tools.map((tool) => [tool.name, mastra.createTool({ id: tool.name, description: tool.purpose, inputSchema: inputSchemaOf(tool.input), execute: (input) => call(tool.name, input) })])),
    });
    new mastra.Mastra({ agents: { bench: agent }, storage, logger: false });
    return {
      name: 'a Mastra agent',
      async ready() {
        const [thread, resource] = [randomUUID(), 'bench'];
        await memory.createThread({ threadId: thread, resourceId: resource });
        return async () => {
          const { text, steps } = await (await agent.stream(question, { memory: { thread, resource } })).getFullOutput();
          return { text, toolResults: steps.reduce((sum, step) => sum + step.toolResults.length, 0) };
        };
      },
      close,
    };
  } catch (error) {
    await close();
    return { missing: `Mastra: ${String(error).split('\n')[0]}` };
  }
}
