import { Worker } from 'node:worker_threads';
import { unpacksWithin } from './pdf-unpacked.ts';
import type { PdfWords } from './pdf-words.ts';

/** Far above what an annual report takes on a slow machine. */
const longestReadingMs = 45_000;
const mostMemoryMb = 1024;

/**
 * The words of a PDF, page after page. Nothing in it is run or fetched. A file that cannot be read, that is locked, or
 * that holds pictures of text only, gives the reason. Read in a thread of its own: a small file can draw the same words a
 * billion times over, and nothing but the end of its thread ends that.
 */
export async function pdfText(bytes: Uint8Array, { withinMs = longestReadingMs }: { withinMs?: number } = {}): Promise<PdfWords> {
  if (!unpacksWithin(bytes)) return { reason: 'The PDF unpacks to far more than a document holds.' };
  const thread = new Worker(new URL('./pdf-words.ts', import.meta.url), { workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb } });
  const { promise, resolve } = Promise.withResolvers<PdfWords>();
  const late = setTimeout(() => { resolve({ reason: 'The PDF takes too long to read: it repeats itself beyond measure.' }); }, withinMs);
  thread.once('message', resolve);
  thread.once('error', (error) => { resolve({ reason: (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'The PDF takes too much memory to read.' : `The PDF cannot be read (${error.message.slice(0, 120)}).` }); });
  thread.once('exit', () => { resolve({ reason: 'The PDF cannot be read (its reader stopped).' }); });
  try { return await promise; } finally {
    clearTimeout(late);
    await thread.terminate();
  }
}
