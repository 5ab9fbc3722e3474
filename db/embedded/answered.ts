const code = (letter: string): number => letter.charCodeAt(0);
/** Query and Execute: each batch with one of them is told how the first of them ended. */
const asks = new Set(['Q', 'E'].map(code));
/** CommandComplete, ErrorResponse, EmptyQueryResponse, PortalSuspended, CopyInResponse, CopyOutResponse, CopyBothResponse. */
const ends = new Set(['C', 'E', 'I', 's', 'G', 'H', 'W'].map(code));

/** Whether one of the messages is of these types. */
function has(bytes: Uint8Array, types: ReadonlySet<number>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 5 <= bytes.length; at += 1 + view.getInt32(at + 1)) if (types.has(bytes[at] ?? 0)) return true;
  return false;
}

/**
 * Whether an answer says how the batch that was sent ended. A statement that runs the embedded engine out of its stack leaves it without a word, and
 * with every later one unanswered. The first message of a session has no type, so nothing is expected of it here.
 */
export const isAnswered = (batch: Uint8Array, answer: Uint8Array): boolean => batch[0] === 0 || !has(batch, asks) || has(answer, ends);
