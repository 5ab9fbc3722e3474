import { SourceError } from './define.ts';

/** Tables shrink to a fifth, repetitive ones to a fiftieth; what grows more than this, and beyond this size, was made to. */
const LARGEST_GROWTH = 100;
const ALWAYS_READ_BYTES = 268_435_456;

/** Bytes as they come unpacked, up to where they can only be meant to fill a disk or an afternoon. @throws SourceError there. */
export async function* withinUnpackLimit(chunks: AsyncIterable<Uint8Array>, storedBytes: number, alwaysRead = ALWAYS_READ_BYTES): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > alwaysRead && bytes > storedBytes * LARGEST_GROWTH) throw new SourceError(`It unpacks to more than ${LARGEST_GROWTH} times its size.`);
    yield chunk;
  }
}
