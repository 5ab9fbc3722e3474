import type { Line, Span } from '../chats/rich-text.ts';

/** Every character that Discord's markdown gives a meaning to; behind a backslash it is itself. A mention needs its `<` or `@` as they are. */
const special = /[\\*_~`|>#[\]()<@:-]/g;
/** Text that Discord shows as it stands, at most twice as long. */
export const escapeMarkdown = (text: string): string => text.replaceAll(special, (character) => `\\${character}`).replace(/^(\d+)\./, '$1\\.');

const marks = { bold: '**', italic: '*', code: '' } as const;
const span = ({ text, style }: Span): string => {
  const escaped = escapeMarkdown(text);
  if (!style || text.trim() === '') return escaped;
  // Marks bind only where no blank stands inside them.
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(escaped) ?? [];
  return `${before}${marks[style]}${inner}${marks[style]}${after}`;
};
/** Inside a block nothing is read but the end of the block. */
const block = (lines: readonly string[]): string => `\`\`\`\n${lines.join('\n').replaceAll('```', '`\u200b`\u200b`')}\n\`\`\``;

/** Lines as Discord's markdown; neighbouring lines that keep their columns share one block. */
export function discordMarkdown(lines: readonly Line[]): string {
  const parts: string[] = [];
  let columns: string[] = [];
  const close = (): void => { if (columns.length > 0) parts.push(block(columns)); columns = []; };
  for (const each of lines) {
    if (each.pre) columns.push(each.spans.map(({ text }) => text).join(''));
    else { close(); parts.push(each.spans.map(span).join('')); }
  }
  close();
  return parts.join('\n');
}
