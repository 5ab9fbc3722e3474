import { extractText, getDocumentProxy } from 'unpdf';
import { unpacksWithin } from './pdf-unpacked.ts';

/** A filing has tens of pages; an annual report's first hundreds say enough. */
const PAGES_LIMIT = 300;
const CHARACTERS_LIMIT = 2_000_000;
const MOST_IMAGE_PIXELS = 16_777_216;

/**
 * The words of a PDF, page after page. Nothing in it is run or fetched. A file that cannot be read, that is locked, or
 * that holds pictures of text only, gives the reason.
 */
export async function pdfText(bytes: Uint8Array): Promise<{ text: string; pages: number } | { reason: string }> {
  if (!unpacksWithin(bytes)) return { reason: 'The PDF unpacks to far more than a document holds.' };
  let pdf: Awaited<ReturnType<typeof getDocumentProxy>> | null = null;
  try {
    // Level 0 says errors only: warnings about fonts are of no use to anybody.
    pdf = await getDocumentProxy(bytes, { maxImageSize: MOST_IMAGE_PIXELS, verbosity: 0 });
    if (pdf.numPages > PAGES_LIMIT) return { reason: `The PDF has ${pdf.numPages} pages; at most ${PAGES_LIMIT} are read.` };
    const { text } = await extractText(pdf, { mergePages: false });
    const joined = text.join('\n').slice(0, CHARACTERS_LIMIT);
    return joined.trim().length < 40 ? { reason: 'The PDF holds no text, only pictures of it.' } : { text: joined, pages: pdf.numPages };
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable';
    return { reason: /password/i.test(message) ? 'The PDF is locked with a password.' : `The PDF cannot be read (${message.slice(0, 120)}).` };
  } finally {
    await pdf?.cleanup();
  }
}
