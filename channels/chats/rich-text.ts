import { withoutUnshown } from '../unshown.ts';

/** Text with a little structure, before a channel's own markup. A line holds no line end; `pre` lines keep their columns. */
export interface Span { text: string; style?: 'bold' | 'italic' | 'code' }
export interface Line { spans: readonly Span[]; pre?: boolean }

export const line = (...spans: readonly (string | Span)[]): Line => ({ spans: spans.map((span) => (typeof span === 'string' ? { text: withoutUnshown(span) } : { ...span, text: withoutUnshown(span.text) })).filter(({ text }) => text !== '') });
export const bold = (text: string): Span => ({ text, style: 'bold' });
export const italic = (text: string): Span => ({ text, style: 'italic' });
export const pre = (text: string): Line => ({ spans: [{ text: withoutUnshown(text) }], pre: true });
/** One line for each line of a text. */
export const linesOfText = (text: string): Line[] => text.split(/\r\n|[\n\r\u2028\u2029]/).map((each) => line(each));

export const plainText = (lines: readonly Line[]): string => lines.map(({ spans }) => spans.map(({ text }) => text).join('')).join('\n');
const lengthOf = ({ spans }: Line): number => spans.reduce((sum, { text }) => sum + text.length, 0);

/** Where to cut a text so that at most `most` units stand before it: after a blank if there is one near, never inside a character. */
function cutAt(text: string, most: number): number {
  if (text.length <= most) return text.length;
  const blank = text.lastIndexOf(' ', most - 1);
  if (blank > most / 2) return blank + 1;
  const unit = text.charCodeAt(most - 1);
  return unit >= 0xd800 && unit <= 0xdbff && most > 1 ? most - 1 : most;
}

function cutLine(long: Line, most: number): Line[] {
  const parts: Line[] = [];
  let current: Span[] = [];
  let room = most;
  for (const span of long.spans) {
    let rest = span.text;
    while (rest.length > 0) {
      if (room === 0) { parts.push({ ...long, spans: current }); current = []; room = most; }
      const length = cutAt(rest, room);
      // A character of two units that no longer fits opens the next part.
      if (length > room) { parts.push({ ...long, spans: current }); current = []; room = most; continue; }
      current.push({ ...span, text: rest.slice(0, length) });
      rest = rest.slice(length);
      room = rest.length > 0 ? 0 : room - length;
    }
  }
  if (current.length > 0) parts.push({ ...long, spans: current });
  return parts;
}

/**
 * Splits into messages of at most `most` UTF-16 units of text each, line ends counted: between paragraphs where that leaves
 * no message half empty, else between lines, and within a line only where the line alone is too long. Nothing is lost.
 */
export function splitLines(lines: readonly Line[], most: number): Line[][] {
  const messages: Line[][] = [];
  let current: Line[] = [];
  let length = 0;
  const close = (): void => { if (current.length > 0) messages.push(current); current = []; length = 0; };
  for (const each of lines.flatMap((whole) => (lengthOf(whole) > most ? cutLine(whole, most) : [whole]))) {
    const added = lengthOf(each) + (current.length > 0 ? 1 : 0);
    if (length + added > most) {
      const gap = current.findLastIndex((candidate) => lengthOf(candidate) === 0);
      const carried = gap >= current.length / 2 ? current.splice(gap) : [];
      close();
      current = carried.slice(1);
      length = current.reduce((sum, carry) => sum + lengthOf(carry) + 1, -1);
      if (current.length === 0) length = 0;
      if (length + lengthOf(each) + (current.length > 0 ? 1 : 0) > most) close();
    }
    length += lengthOf(each) + (current.length > 0 ? 1 : 0);
    current.push(each);
  }
  close();
  return messages;
}
