import { wordTable } from '../../desk/market/word-table.ts';

const NAMED: Readonly<Record<string, string>> = wordTable({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', rsquo: '’', lsquo: '‘', ldquo: '“', rdquo: '”', ndash: '–', mdash: '—', hellip: '…', inr: '₹' });

/** Character references as the characters they name; unknown ones stay as they are. Nothing is ever fetched. */
export function decodeEntities(text: string): string {
  return text.replace(/&(#x?[0-9a-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return NAMED[name.toLowerCase()] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The words of a page, a paragraph a line: scripts, styles and navigation out, markup taken off. */
export function pageText(html: string): string {
  const body = withoutCode(html)
    .replace(/<(br|\/p|\/div|\/tr|\/h[1-6]|\/li|\/table)\b[^>]*>/gi, '\n').replace(/<[^<>]*>/g, ' ');
  return decodeEntities(body).split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '').join('\n');
}
const withoutCode = (html: string): string => html.replace(/<!--[\s\S]*?-->/g, ' ').replace(/<(script|style|noscript|nav|header|footer|svg|form)\b[\s\S]*?<\/\1\s*>/gi, ' ');
/** What stands in the first element of that name; empty when there is none. */
export const elementText = (html: string, tag: string): string => pageText(new RegExp(`<${tag}\\b[^>]*>([\\s\\S]*?)</${tag}\\s*>`, 'i').exec(withoutCode(html))?.[1] ?? '').replaceAll('\n', ' ').trim();
