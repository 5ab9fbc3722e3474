import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AskedMessage { role: string; content: unknown; tool_calls?: { id: string; function: { name: string; arguments: string } }[]; tool_call_id?: string }
/** A request for a chat completion, as it came in. */
export interface ChatRequest {
  model: string; stream?: boolean; temperature?: number; max_tokens?: number; messages: AskedMessage[];
  tools?: { type: string; function: { name: string; description?: string; parameters: Record<string, unknown> } }[];
  response_format?: { type: string; json_schema?: { name: string; schema: Record<string, unknown> } };
}
export interface Asked { path: string; headers: IncomingHttpHeaders; request: ChatRequest; atMs: number }
/** How one request is answered. */
export type Reply = (response: ServerResponse, request: ChatRequest) => void;
/** What answers the nth request (from 0) since the script was given. */
export type Script = (request: ChatRequest, index: number) => Reply;

export interface ModelServer {
  /** For `OPENAI_BASE_URL`. */
  url: string;
  /** Every request since the script was given. */
  asked: readonly Asked[];
  /** One reply a request, the last one for all that follow; or a function that decides. */
  play(script: Script | readonly Reply[]): void;
  close(): Promise<void>;
}

/** An OpenAI-compatible server on this machine that says what it is told to say. */
export async function startModelServer(): Promise<ModelServer> {
  const asked: Asked[] = [];
  let script: Script = () => (response) => { response.writeHead(500).end('{"error":{"message":"no script"}}'); };
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const request = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as ChatRequest;
      const index = asked.push({ path: incoming.url ?? '', headers: incoming.headers, request, atMs: performance.now() }) - 1;
      script(request, index)(response, request);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    play(next) {
      asked.length = 0;
      script = typeof next === 'function' ? next : (_request, index) => next[Math.min(index, next.length - 1)] as Reply;
    },
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
}
