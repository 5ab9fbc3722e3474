/** One piece of a line. `strong` and `link` are the only marks that the desk's text can make. */
export type Piece = { kind: 'text' | 'strong'; text: string } | { kind: 'link'; text: string; href: string };
type Paragraph = { kind: 'paragraph'; lines: Piece[][] } | { kind: 'list'; items: Piece[][] };

// Controls that reorder or hide what is read: a filing could use them to show one thing and mean another. Joiners (200c, 200d) stay: Indian scripts need them.
const hiding = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
export const withoutHiding = (text: string): string => text.replace(/\r\n?/g, '\n').replace(hiding, '');

/** The address if it is http(s) without a name or password in it, else null. */
export function safeAddress(text: string | null): { href: string; host: string } | null {
  if (text === null) return null;
  try {
    const url = new URL(text);
    if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '') return null;
    return { href: url.href, host: url.host.replace(/^www\./, '') };
  } catch {
    return null;
  }
}

const marks = /\*\*([^*\n]+)\*\*|(https?:\/\/[^\s<>"')\]]+[^\s<>"')\].,;:!?])/g;
function pieces(line: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of line.matchAll(marks)) {
    const [whole, strong, address] = match;
    const safe = address === undefined ? null : safeAddress(address);
    if (address !== undefined && !safe) continue;
    if (match.index > from) found.push({ kind: 'text', text: line.slice(from, match.index) });
    found.push(safe ? { kind: 'link', text: safe.host, href: safe.href } : { kind: 'strong', text: strong ?? whole });
    from = match.index + whole.length;
  }
  if (from < line.length) found.push({ kind: 'text', text: line.slice(from) });
  return found;
}

/** Splits the desk's text into paragraphs, lists ("- " at the start of each line), bold and links; all else stays text. */
export function readPlainText(text: string): Paragraph[] {
  return withoutHiding(text)
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map(
      (lines): Paragraph =>
        lines.every((line) => /^\s*[-•] /.test(line))
          ? { kind: 'list', items: lines.map((line) => pieces(line.replace(/^\s*[-•] /, ''))) }
          : { kind: 'paragraph', lines: lines.map(pieces) },
    );
}
