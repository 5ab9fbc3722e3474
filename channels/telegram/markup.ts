import type { Line, Span } from '../chats/rich-text.ts';

/** Telegram's HTML knows three characters that are not text; nothing else in a text can mean anything. */
export const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const tags = { bold: 'b', italic: 'i', code: 'code' } as const;
const span = ({ text, style }: Span): string => (style ? `<${tags[style]}>${escapeHtml(text)}</${tags[style]}>` : escapeHtml(text));
const inside = (each: Line): string => each.spans.map(span).join('');

/** Lines as Telegram's HTML. Neighbouring lines that keep their columns share one block, so that they scroll together. */
export function telegramHtml(lines: readonly Line[]): string {
  const parts: string[] = [];
  let columns: string[] = [];
  const close = (): void => { if (columns.length > 0) parts.push(`<pre>${columns.join('\n')}</pre>`); columns = []; };
  for (const each of lines) {
    if (each.pre) columns.push(each.spans.map(({ text }) => escapeHtml(text)).join(''));
    else { close(); parts.push(inside(each)); }
  }
  close();
  return parts.join('\n');
}
