import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { isAnswered } from './answered.ts';

/**
 * The embedded database, in a thread of its own: PGlite ignores `statement_timeout` and a long statement would freeze
 * the desk's event loop. It speaks the wire protocol, so that the desk uses one client, `pg`, for both kinds of server.
 */
interface Start { directory: string | null; template: ArrayBuffer | null }
export type FromWorker = { kind: 'ready' } | { kind: 'failed'; message: string } | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'dump'; bytes: ArrayBuffer } | { kind: 'closed' };
export type ToWorker = { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'dump' } | { kind: 'close' };

const port = parentPort;
if (!port) throw new Error('the embedded database runs in a worker thread');
const post = (message: FromWorker): void => port.postMessage(message, message.kind === 'bytes' ? [message.bytes.buffer] : []);
const { directory, template } = workerData as Start;
/** In a buffer of its own, so that it can be handed over instead of copied. */
function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) { whole.set(piece, at); at += piece.length; }
  return whole;
}

try {
  const engine = await PGlite.create({
    dataDir: directory ?? 'memory://', extensions: { vector },
    ...(template ? { loadDataDir: new Blob([template]) } : {}),
  });
  let queue: Promise<void> = Promise.resolve();
  /** By the streaming call: the other one also parses every reply and keeps each of its rows for as long as the engine lives. */
  const answerTo = async (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
    const pieces: Uint8Array[] = [];
    // A piece is a view of the engine's memory, which the next one overwrites.
    await engine.execProtocolRawStream(bytes, { onRawData: (piece) => { pieces.push(piece.slice()); } });
    return joined(pieces);
  };
  const handle = async (message: ToWorker): Promise<void> => {
    if (message.kind === 'bytes') {
      const answer = await answerTo(message.bytes);
      if (!isAnswered(message.bytes, answer)) throw new Error('a statement broke it');
      post({ kind: 'bytes', bytes: answer });
    }
    else if (message.kind === 'dump') post({ kind: 'dump', bytes: await (await engine.dumpDataDir('none')).arrayBuffer() });
    else { await engine.close(); post({ kind: 'closed' }); }
  };
  port.on('message', (message: ToWorker) => {
    queue = queue.then(() => handle(message)).catch((error: unknown) => post({ kind: 'failed', message: String(error) }));
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
