import { createHash, randomBytes } from 'node:crypto';

/** UUID version 7 (RFC 9562): sorts by the millisecond in which it was made. */
export const uuidv7 = (atMs: number): string => withTime(randomBytes(16), atMs);

/** The same for the same moment and content, whoever makes it and however often: its random part is the content's SHA-256. */
export const uuidOfContent = (atMs: number, content: string): string => withTime(createHash('sha256').update(content).digest().subarray(0, 16), atMs);

function withTime(bytes: Buffer, atMs: number): string {
  bytes.writeUIntBE(Math.floor(atMs), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether the database would read it as an identity; it refuses the whole statement for one that it can't. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
