import { parentPort, workerData } from 'node:worker_threads';
import { extractText, getDocumentProxy } from 'unpdf';

/** A filing has tens of pages; an annual report's first hundreds say enough. */
const PAGES_LIMIT = 300;
const CHARACTERS_LIMIT = 2_000_000;
const MOST_IMAGE_PIXELS = 16_777_216;

export type PdfWords = { text: string; pages: number } | { reason: string };

async function wordsOf(bytes: Uint8Array): Promise<PdfWords> {
  try {
    // Level 0 says errors only: warnings about fonts are of no use to anybody.
    const pdf = await getDocumentProxy(bytes, { maxImageSize: MOST_IMAGE_PIXELS, verbosity: 0 });
    if (pdf.numPages > PAGES_LIMIT) return { reason: `The PDF has ${pdf.numPages} pages; at most ${PAGES_LIMIT} are read.` };
    const { text } = await extractText(pdf, { mergePages: false });
    const joined = text.join('\n').slice(0, CHARACTERS_LIMIT);
    return joined.trim().length < 40 ? { reason: 'The PDF holds no text, only pictures of it.' } : { text: joined, pages: pdf.numPages };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable';
    return { reason: /password/i.test(message) ? 'The PDF is locked with a password.' : `The PDF cannot be read (${message.slice(0, 120)}).` };
  }
}

// The thread of one file: `pdf-text.ts` starts it and ends it.
parentPort?.postMessage(await wordsOf(workerData as Uint8Array));
