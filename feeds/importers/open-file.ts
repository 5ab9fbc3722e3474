import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { SourceError, type Source } from './define.ts';
import { withinUnpackLimit } from './unpack-limit.ts';
import { readZipDirectory, readZipMember } from './zip-directory.ts';

const CHUNK_BYTES = 262_144;

/** First bytes of what is not opened, and what to do with it. */
const UNOPENED: readonly [string, string][] = [
  ['d0cf11e0', 'An old workbook or document of an office program; save the table as CSV and import that.'],
  ['425a68', 'A bzip2 archive; unpack it first.'], ['fd377a58', 'An xz archive; unpack it first.'], ['28b52ffd', 'A zstd archive; unpack it first.'], ['52617221', 'A rar archive; unpack it first.'], ['377abcaf', 'A 7z archive; unpack it first.'],
];

/**
 * Opens a file as what its first bytes say: a zip gives one source a member, gzip its inside, anything else itself.
 * `file` is the name for reports. A file that cannot be opened gives the reason in one sentence.
 */
export async function openFile({ path, file }: { path: string; file: string }): Promise<{ sources: Source[] } | { reason: string }> {
  try {
    const magic = await firstBytes(path);
    const digest = await digestOfFile(path);
    const name = basename(file);
    const unopened = UNOPENED.find(([sign]) => magic.startsWith(sign));
    if (unopened) return { reason: unopened[1] };
    if (magic.startsWith('504b0304') || magic.startsWith('504b0506')) {
      const members = await readZipDirectory(path);
      // What an office program saves is a zip of its own parts.
      if (members.some(({ name: member }) => member === '[Content_Types].xml')) return { reason: 'A workbook or document of an office program; save the table as CSV and import that.' };
      return {
        sources: members.map((member) => ({
          file: `${file}!${member.name}`, name: basename(member.name), path: resolve(path),
          digest: createHash('sha256').update(`${digest}!${member.name}`).digest('hex'),
          chunks: () => withinUnpackLimit(readZipMember(path, member), member.compressedBytes),
        })),
      };
    }
    const { size: bytes } = await stat(path);
    if (magic.startsWith('1f8b')) return { sources: [{ file, name: name.replace(/\.gz$/i, ''), path: resolve(path), digest, chunks: () => withinUnpackLimit(gunzip(path), bytes) }] };
    return { sources: [{ file, name, path: resolve(path), digest, chunks: () => plain(path) }] };
  } catch (error) {
    if (error instanceof SourceError) return { reason: error.message };
    if (error instanceof Error && 'code' in error) return { reason: `The file cannot be opened (${String(error.code)}).` };
    throw error;
  }
}

async function firstBytes(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await handle.close();
  }
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function* plain(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) yield chunk as Buffer;
  } catch (error) {
    throw new SourceError(`The file cannot be read on (${error instanceof Error ? error.message : 'unreadable'}).`);
  }
}

async function* gunzip(path: string): AsyncGenerator<Uint8Array> {
  const stored = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    const inflated = createGunzip({ chunkSize: CHUNK_BYTES });
    stored.on('error', (error) => inflated.destroy(error));
    for await (const chunk of stored.pipe(inflated)) yield chunk as Buffer;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unreadable';
    throw new SourceError(message.includes('unexpected end') ? 'The gzip file ends early.' : `The gzip file is damaged (${message}).`);
  } finally {
    stored.destroy();
  }
}
