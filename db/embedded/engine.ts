import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './worker.ts';

/** What goes on when the engine's thread ends: every open session is told so, and whoever comes next finds another thread. */
export class EngineStopped extends Error {
  constructor(reason: string) { super(`the embedded database stopped: ${reason}`); this.name = 'EngineStopped'; }
}

export interface EmbeddedEngine {
  /** A fresh byte stream for one `pg` client. The engine has one session, so only one may be open at a time. */
  stream(): Duplex;
  /** The data directory as a tar archive (tests start from one). */
  dump(): Promise<ArrayBuffer>;
  /**
   * Ends the thread at once, whatever it is doing, and starts another one on the same directory: for a statement that passed its
   * deadline. Open sessions fail; what was committed is there. A database in memory has nothing to come back to and stays closed.
   */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Messages after which the engine owes an answer: Query, Sync, Flush, CopyDone, CopyFail. A session's end (Terminate) is no affair of the engine's, which has one for ever. */
const endsBatch = new Set(['Q', 'S', 'H', 'c', 'f'].map((letter) => letter.charCodeAt(0)));

/**
 * What `pg` expects of a socket, over messages to the engine's thread. The engine answers one batch at a time and forgets,
 * between batches, that an error has to be skipped up to the next Sync; so a batch goes over whole, never in the pieces
 * in which it was written.
 */
class EngineStream extends Duplex {
  readonly #send: (bytes: Uint8Array<ArrayBuffer>) => void;
  #held: Buffer = Buffer.alloc(0);
  /** How many of the held bytes are whole messages, and how many of those are whole batches. */
  #read = 0;
  #whole = 0;
  #flushing = false;
  #started = false;
  constructor(send: (bytes: Uint8Array<ArrayBuffer>) => void) { super(); this.#send = send; }
  connect(): this { queueMicrotask(() => this.emit('connect')); return this; }
  setNoDelay(): this { return this; }
  setKeepAlive(): this { return this; }
  ref(): this { return this; }
  unref(): this { return this; }
  override _read(): void { /* bytes are pushed as they come */ }
  /** A session that the client ends is over on both sides at once: the pool lets nobody else in before it has seen the stream close. */
  override _final(done: () => void): void { this.push(null); done(); }
  /** What the engine says to a session that is over is nobody's. */
  receive(bytes: Buffer): void { if (bytes.length > 0 && !this.writableEnded && !this.destroyed) this.push(bytes); }
  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: () => void): void { this.#take(chunk); done(); }
  override _writev(chunks: { chunk: Uint8Array }[], done: () => void): void { this.#take(Buffer.concat(chunks.map(({ chunk }) => chunk))); done(); }

  #take(bytes: Uint8Array): void {
    this.#held = this.#held.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#held, bytes]);
    while (this.#read < this.#held.length) {
      // The first message of a session has no letter before its length.
      const head = this.#started ? 1 : 0;
      if (this.#read + head + 4 > this.#held.length) break;
      const next = this.#read + head + this.#held.readInt32BE(this.#read + head);
      if (next > this.#held.length) break;
      if (!this.#started || endsBatch.has(this.#held[this.#read] ?? 0)) this.#whole = next;
      this.#started = true;
      this.#read = next;
    }
    if (this.#whole === 0 || this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.#flush());
  }

  /** What was written in one go is one message to the thread, whose waking costs more than most statements. */
  #flush(): void {
    this.#flushing = false;
    if (this.destroyed) return;
    // In a buffer of its own: a small `Buffer` is a view of a large shared one, and a message to a thread copies the whole of that.
    this.#send(new Uint8Array(this.#held.subarray(0, this.#whole)));
    this.#held = this.#held.subarray(this.#whole);
    this.#read -= this.#whole;
    this.#whole = 0;
  }
}

const hand = (thread: Worker, message: ToWorker): void => thread.postMessage(message, message.kind === 'bytes' ? [message.bytes.buffer] : []);

/** @param directory where the database lives; null keeps it in memory. @param template a dump to start from. */
export async function startEngine({ directory, template = null }: { directory: string | null; template?: ArrayBuffer | null }): Promise<EmbeddedEngine> {
  let current: EngineStream | null = null;
  const waiting = new Map<'ready' | 'dump' | 'closed', { resolve: (message: FromWorker) => void; reject: (error: Error) => void }>();
  const expect = (kind: 'ready' | 'dump' | 'closed'): Promise<FromWorker> => new Promise((resolve, reject) => waiting.set(kind, { resolve, reject }));
  const fail = (message: string): void => {
    const error = new EngineStopped(message);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    current?.destroy(error);
  };
  const startThread = (from: ArrayBuffer | null): Worker => {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { directory, template: from } });
    thread.on('message', (message: FromWorker) => {
      if (thread !== worker) return;
      if (message.kind === 'bytes') current?.receive(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength));
      else if (message.kind === 'failed') broken(message.message);
      else { waiting.get(message.kind)?.resolve(message); waiting.delete(message.kind); }
    });
    thread.on('error', (error) => { if (thread === worker) broken(error.message); });
    return thread;
  };
  // Between two threads nobody listens: what is said then is kept for the next one. A thread that is still starting keeps it by itself.
  let unheard: ToWorker[] = [];
  const post = (message: ToWorker): void => { if (worker) hand(worker, message); else unheard.push(message); };
  /** Nobody can say in which state a thread is that failed: another one takes its place, unless it failed before it had begun. */
  function broken(message: string): void {
    if (waiting.has('ready') || waiting.has('closed')) fail(message);
    else again(message).catch(() => undefined);
  }
  let lost: string | null = null;
  const first = expect('ready');
  let worker: Worker | null = startThread(template);
  await first;

  let beginning: Promise<void> | null = null;
  /** However many want it at once, one thread takes the place of the last. */
  function again(reason: string): Promise<void> {
    beginning ??= anotherThread(reason).finally(() => { beginning = null; });
    return beginning;
  }
  async function anotherThread(reason: string): Promise<void> {
    const ended = worker;
    worker = null;
    lost = directory === null ? 'it was kept in memory and had to be ended' : null;
    fail(reason);
    // Never two threads on one directory: they would diverge without a word.
    await ended?.terminate();
    if (lost !== null) return;
    const ready = expect('ready');
    worker = startThread(null);
    for (const message of unheard) hand(worker, message);
    unheard = [];
    try { await ready; } catch (error) { lost = 'it did not start again'; throw error; }
  }

  return {
    stream() {
      const stream = new EngineStream((bytes) => post({ kind: 'bytes', bytes }));
      current = stream;
      const reason = lost;
      if (reason !== null) queueMicrotask(() => stream.destroy(new EngineStopped(reason)));
      return stream;
    },
    async dump() {
      const answer = expect('dump');
      post({ kind: 'dump' });
      const message = await answer;
      if (message.kind !== 'dump') throw new Error('no dump');
      return message.bytes;
    },
    restart: () => again('a statement passed its deadline'),
    async close() {
      await beginning?.catch(() => undefined);
      if (!worker || lost !== null) return;
      const closed = expect('closed');
      post({ kind: 'close' });
      await closed;
      await worker.terminate();
    },
  };
}
