import { open, type FileHandle } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { crc32, createInflateRaw } from 'node:zlib';
import { SourceError } from './define.ts';

/** One file inside a zip, as its central directory describes it. */
export interface ZipMember { name: string; method: number; encrypted: boolean; crc: number; compressedBytes: number; headerOffset: number }

const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const COMMENT_LIMIT = 65_535;
const ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
/** A 32-bit field with this value is written elsewhere, in the 64-bit form. */
const ELSEWHERE = 0xffffffff;
const END_RECORD_64 = 0x06064b50;
const END_LOCATOR_64 = 0x07064b50;
const END_LOCATOR_64_BYTES = 20;
const EXTRA_64 = 1;

/**
 * Reads a zip's table of contents (PKWARE APPNOTE 4.3). Members are inflated one at a time as streams, so neither a
 * large member nor a lying size can fill memory, which unpacking in one call would allow.
 * @throws SourceError with one sentence when the archive is cut short, damaged or of a kind that is not read.
 */
export async function readZipDirectory(path: string): Promise<ZipMember[]> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const tail = await readAt(handle, Math.max(0, size - END_RECORD_BYTES - COMMENT_LIMIT), Math.min(size, END_RECORD_BYTES + COMMENT_LIMIT));
    let end = -1;
    for (let i = tail.length - END_RECORD_BYTES; i >= 0; i--) if (tail.readUInt32LE(i) === END_RECORD) { end = i; break; }
    if (end === -1) throw new SourceError('The zip is cut short: its table of contents is missing.');
    let [count, bytes, offset] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
    const locator = end - END_LOCATOR_64_BYTES;
    if (locator >= 0 && tail.readUInt32LE(locator) === END_LOCATOR_64) {
      const record = await readAt(handle, Number(tail.readBigUInt64LE(locator + 8)), 56);
      if (record.length < 56 || record.readUInt32LE(0) !== END_RECORD_64) throw new SourceError('The zip is damaged: its 64-bit end record is missing.');
      [count, bytes, offset] = [Number(record.readBigUInt64LE(32)), Number(record.readBigUInt64LE(40)), Number(record.readBigUInt64LE(48))];
    }
    if (offset + bytes > size) throw new SourceError('The zip is damaged: its table of contents lies outside the file.');
    return parseEntries(await readAt(handle, offset, bytes), count);
  } finally {
    await handle.close();
  }
}

function parseEntries(directory: Buffer, count: number): ZipMember[] {
  const members: ZipMember[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY) throw new SourceError('The zip is damaged: its table of contents is broken.');
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraBytes = directory.readUInt16LE(at + 30);
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    const wide = wideFields(directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes));
    const [unpacked, packed, header] = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)].map((field) => (field === ELSEWHERE ? (wide.shift() ?? field) : field)) as [number, number, number];
    if (unpacked === ELSEWHERE) throw new SourceError('The zip is damaged: a 64-bit size is missing.');
    const member: ZipMember = {
      name, method: directory.readUInt16LE(at + 10), encrypted: (directory.readUInt16LE(at + 8) & 1) === 1, crc: directory.readUInt32LE(at + 16),
      compressedBytes: packed, headerOffset: header,
    };
    if (!name.endsWith('/')) members.push(member);
    at += 46 + nameBytes + extraBytes + directory.readUInt16LE(at + 32);
  }
  return members;
}

/** The 64-bit numbers of an entry, in the order of the 32-bit fields they stand for. */
function wideFields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== EXTRA_64) continue;
    const numbers: number[] = [];
    for (let i = at + 4; i + 8 <= Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2)); i += 8) numbers.push(Number(extra.readBigUInt64LE(i)));
    return numbers;
  }
  return [];
}

/** The member's bytes, inflated. @throws SourceError when they are encrypted, damaged or of an unknown method. */
export async function* readZipMember(path: string, member: ZipMember): AsyncGenerator<Uint8Array> {
  if (member.encrypted) throw new SourceError('The zip member is encrypted.');
  if (member.method !== STORED && member.method !== DEFLATED) throw new SourceError(`The zip member is packed with method ${member.method}, which is not read.`);
  const start = await dataOffset(path, member);
  if (member.compressedBytes === 0) return;
  const stored = createReadStream(path, { start, end: start + member.compressedBytes - 1 });
  const inflated = member.method === STORED ? null : createInflateRaw({ chunkSize: 262_144 });
  if (inflated) stored.on('error', (error) => inflated.destroy(error));
  const stream = inflated ? stored.pipe(inflated) : stored;
  let crc = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (error) {
    throw new SourceError(`The zip member is damaged (${error instanceof Error ? error.message : 'unreadable'}).`);
  } finally {
    stored.destroy();
  }
  if (crc !== member.crc) throw new SourceError('The zip member is damaged: its checksum does not match.');
}

async function dataOffset(path: string, member: ZipMember): Promise<number> {
  const handle = await open(path, 'r');
  try {
    const header = await readAt(handle, member.headerOffset, 30);
    if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_HEADER) throw new SourceError('The zip member is damaged: its header is not where the table of contents says.');
    return member.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await handle.close();
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}
