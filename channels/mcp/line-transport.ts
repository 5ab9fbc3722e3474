import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';

/** The protocol's standard input and output, over lines that somebody else reads and writes. `done` resolves when the lines have ended and everything asked is answered. */
export class LineTransport implements Transport {
  onmessage?: (message: JSONRPCMessage) => void;
  onerror?: (error: Error) => void;
  onclose?: () => void;
  readonly #lines: AsyncIterable<string>;
  readonly #out: (line: string) => void;
  #closed = false;
  #done: Promise<void> = Promise.resolve();
  readonly #open = new Set<string | number>();
  #answered: () => void = () => undefined;
  constructor({ lines, out }: { lines: AsyncIterable<string>; out: (line: string) => void }) { this.#lines = lines; this.#out = out; }
  get done(): Promise<void> { return this.#done; }
  start(): Promise<void> { this.#done = this.#read(); return Promise.resolve(); }
  send(message: JSONRPCMessage): Promise<void> {
    if (!this.#closed) this.#out(JSON.stringify(message));
    if (!('method' in message) && message.id !== undefined) { this.#open.delete(message.id); if (this.#open.size === 0) this.#answered(); }
    return Promise.resolve();
  }
  close(): Promise<void> { if (!this.#closed) { this.#closed = true; this.onclose?.(); } return Promise.resolve(); }

  async #read(): Promise<void> {
    for await (const line of this.#lines) {
      if (this.#closed) return;
      if (line.trim() === '') continue;
      try {
        const message = JSONRPCMessageSchema.parse(JSON.parse(line));
        if ('method' in message && 'id' in message) this.#open.add(message.id);
        this.onmessage?.(message);
      } catch (error) { this.onerror?.(error instanceof Error ? error : new Error(String(error))); }
    }
    if (this.#open.size > 0) await new Promise<void>((resolve) => { this.#answered = resolve; });
  }
}
