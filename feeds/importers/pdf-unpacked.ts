import { inflateSync } from 'node:zlib';

export interface UnpackedLimits { /** Of pages, fonts and everything else that is no picture, together. */ bytes: number; /** With the pictures. */ withPictures: number }
/** Far above an annual report's; what is larger was packed to cost time and memory. */
const earnest: UnpackedLimits = { bytes: 67_108_864, withPictures: 1_073_741_824 };
const longestDictionary = 4096;

/**
 * Whether the deflated streams of a PDF unpack to no more than that, each as often as its dictionary says it was packed. Streams that
 * cannot be unpacked alone (encrypted or broken ones) are left to the reader of the file.
 */
export function unpacksWithin(pdf: Uint8Array, limits: UnpackedLimits = earnest): boolean {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let plain = 0;
  let all = 0;
  for (let at = bytes.indexOf('stream'), end = 0; at !== -1; at = bytes.indexOf('stream', end)) {
    const begin = at + 6 + (bytes[at + 6] === 13 ? 1 : 0) + (bytes[at + 6 + (bytes[at + 6] === 13 ? 1 : 0)] === 10 ? 1 : 0);
    const stop = bytes.indexOf('endstream', begin);
    const dictionary = bytes.toString('latin1', Math.max(end, at - longestDictionary), at);
    const packed = dictionary.slice(dictionary.lastIndexOf(' obj') + 1).match(/\/(?:FlateDecode|Fl)\b/g)?.length ?? 0;
    const picture = /\/Subtype\s*\/Image\b/.test(dictionary);
    end = stop === -1 ? bytes.length : stop + 9;
    if (packed === 0) continue;
    const size = unpackedSize(bytes.subarray(begin, stop === -1 ? bytes.length : stop), packed, Math.max(1, Math.min(limits.withPictures - all, picture ? Number.POSITIVE_INFINITY : limits.bytes - plain)));
    if (size === null) return false;
    all += size;
    if (!picture) plain += size;
  }
  return true;
}

/** Bytes after unpacking so many times; null beyond `most`. */
function unpackedSize(stream: Buffer, times: number, most: number): number | null {
  let inner = stream;
  try {
    for (let time = 0; time < times; time += 1) inner = inflateSync(inner, { maxOutputLength: most });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? null : 0;
  }
  return inner.length;
}
