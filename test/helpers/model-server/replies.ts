import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { AskedMessage, ChatRequest, Reply } from './server.ts';

export interface AskedTool { name: string; args?: unknown; /** As it stands on the wire; instead of `args`. */ raw?: string; id?: string }
type Finish = 'stop' | 'tool_calls' | 'length' | 'content_filter';

const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
/** Each answer has an id of its own: by it, LangGraph tells messages apart. */
const newHead = () => ({ id: `chatcmpl-${randomUUID()}`, object: 'chat.completion.chunk', created: 1, model: 'scripted' });

/** Begins a stream of server-sent events. */
export function stream(response: ServerResponse): { send(value: unknown): void; delta(delta: unknown, finish?: Finish | null): void; done(): void } {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const head = newHead();
  const send = (value: unknown): void => { response.write(`data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`); };
  return {
    send,
    delta: (delta, finish = null) => send({ ...head, choices: [{ index: 0, delta, finish_reason: finish }] }),
    done: () => { send({ ...head, choices: [], usage }); send('[DONE]'); response.end(); },
  };
}

const wireCall = ({ name, args, raw, id }: AskedTool, index: number) => ({ index, id: id ?? `call_${index + 1}`, type: 'function', function: { name, arguments: raw ?? JSON.stringify(args ?? {}) } });

/** Text in pieces of a few characters, as it comes from a model. */
export const says = (text: string, { finish = 'stop', pieceLength = 7 }: { finish?: Finish; pieceLength?: number } = {}): Reply => (response) => {
  const { delta, done } = stream(response);
  delta({ role: 'assistant', content: '' });
  for (let at = 0; at < text.length; at += pieceLength) delta({ content: text.slice(at, at + pieceLength) });
  delta({}, finish);
  done();
};
/** An answer by its contract. */
export const saysJson = (value: unknown): Reply => says(JSON.stringify(value));

/** Tool calls, their arguments in two pieces each, after a preface. */
export const asksFor = (tools: readonly AskedTool[], { preface = '', finish = 'tool_calls' }: { preface?: string; finish?: Finish | null } = {}): Reply => (response) => {
  const { delta, done } = stream(response);
  delta({ role: 'assistant', content: preface });
  for (const [index, tool] of tools.entries()) {
    const { function: { name, arguments: text }, ...call } = wireCall(tool, index);
    const half = Math.floor(text.length / 2);
    delta({ tool_calls: [{ ...call, function: { name, arguments: text.slice(0, half) } }] });
    delta({ tool_calls: [{ index, function: { arguments: text.slice(half) } }] });
  }
  delta({}, finish);
  done();
};

export const fails = (status: number, { headers = {}, message = 'scripted failure' }: { headers?: Record<string, string>; message?: string } = {}): Reply => (response) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ error: { message, type: 'scripted', code: null } }));
};

/** Looks something up first, then answers. */
export const afterLooking = (tools: readonly AskedTool[], answer: Reply) => (request: ChatRequest): Reply => (toolMessages(request).length === 0 ? asksFor(tools) : answer);

/** The tool results that a request carries. */
export const toolMessages = ({ messages }: ChatRequest): AskedMessage[] => messages.filter(({ role }) => role === 'tool');
/** What the person said last, in a request. */
export const lastSaid = ({ messages }: ChatRequest): string => String(messages.findLast(({ role }) => role === 'user')?.content ?? '');
export const systemText = ({ messages }: ChatRequest): string => String(messages.find(({ role }) => role === 'system')?.content ?? '');
