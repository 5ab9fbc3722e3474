import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { SourceError, type Source } from './define.ts';
import { readZipDirectory, readZipMember } from './zip-directory.ts';

const CHUNK_BYTES = 262_144;

/**
 * Opens a file as what its first bytes say: a zip gives one source a member, gzip its inside, anything else itself.
 * `file` is the name for reports. A file that cannot be opened gives the reason in one sentence.
 */
export async function openFile({ path, file }: { path: string; file: string }): Promise<{ sources: Source[] } | { reason: string }> {
  try {
    const magic = await firstBytes(path);
    const digest = await digestOfFile(path);
    const name = basename(file);
    if (magic.startsWith('504b0304') || magic.startsWith('504b0506')) {
      const members = await readZipDirectory(path);
      return {
        sources: members.map((member) => ({
          file: `${file}!${member.name}`, name: basename(member.name), path: resolve(path),
          digest: createHash('sha256').update(`${digest}!${member.name}`).digest('hex'),
          chunks: () => readZipMember(path, member),
        })),
      };
    }
    if (magic.startsWith('1f8b')) return { sources: [{ file, name: name.replace(/\.gz$/i, ''), path: resolve(path), digest, chunks: () => gunzip(path) }] };
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
