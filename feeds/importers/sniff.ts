import { SourceError, type Form, type Sniff, type Source } from './define.ts';
import { splitHeader } from './split-csv.ts';

const HEAD_BYTES = 65_536;
const HEAD_LINES = 60;
/** Levels of a JSON document; the exchange's have six. Each level costs memory however little it holds. */
const DEEPEST = 200;
/** Characters of an unknown text that its refusal quotes. */
const BEGINNING_SHOWN = 80;
/** A JSON or XML document is read whole; beyond this many bytes it is refused. */
const DOCUMENT_LIMIT_BYTES = 67_108_864;

/** Looks at a source's beginning (and at the whole of a JSON document). Unreadable sources give the reason. */
export async function sniff(source: Source): Promise<Sniff | { reason: string }> {
  try {
    const head = await readHead(source);
    const encoding = encodingOf(head);
    const form = formOf(head, encoding);
    if (!['text', 'json', 'xml', 'html'].includes(form)) return { name: source.name, form, encoding, lines: [], header: [] };
    const text = new TextDecoder(encoding).decode(head, { stream: head.length === HEAD_BYTES });
    const lines = (text.includes('\n') ? text : text.replaceAll('\r', '\n')).split('\n', HEAD_LINES).map((line) => line.replace(/\r$/, ''));
    const base = { name: source.name, form, encoding, lines, header: splitHeader(headerOf(lines)) };
    if (form === 'xml') return { ...base, xmlRoot: /<([A-Za-z][\w:.-]*)[\s>]/.exec(text.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>/g, ''))?.[1] ?? '' };
    if (form !== 'json') return base;
    if (isJsonLines(lines)) return { ...base, form: 'json_lines' };
    const document = await readText(source, encoding);
    if (isNestedBeyond(document, DEEPEST)) return { reason: `The JSON is nested more than ${DEEPEST} deep.` };
    return { ...base, json: shapeOf(JSON.parse(document)) };
  } catch (error) {
    if (error instanceof SourceError) return { reason: error.message };
    if (error instanceof SyntaxError) return { reason: `The file begins like JSON and is not: ${error.message.slice(0, 120)}.` };
    throw error;
  }
}

/** The whole text of a document. @throws SourceError when it is too large or its bytes are damaged. */
export async function readText(source: Source, encoding: string): Promise<string> {
  const decoder = new TextDecoder(encoding);
  let text = '';
  let bytes = 0;
  for await (const chunk of source.chunks()) {
    bytes += chunk.length;
    if (bytes > DOCUMENT_LIMIT_BYTES) throw new SourceError(`The document is larger than ${DOCUMENT_LIMIT_BYTES} bytes.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return (text + decoder.decode()).replace(/^\uFEFF/, '');
}

async function readHead(source: Source): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of source.chunks()) {
      parts.push(chunk);
      length += chunk.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch (error) {
    // A file that is cut short can still be recognised; its reader gives the reason for the rest.
    if (!(error instanceof SourceError) || length === 0) throw error;
  }
  return Buffer.concat(parts).subarray(0, HEAD_BYTES);
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const unmarked = wideWithoutMark(head);
  if (unmarked) return unmarked;
  const declared = /^(?:\xEF\xBB\xBF)?<\?xml[^>]*encoding=["']([\w-]+)["']/i.exec(head.toString('latin1', 0, 200))?.[1];
  if (declared) try { return new TextDecoder(declared).encoding; } catch { /* an unknown label: look at the bytes */ }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** UTF-16 without a byte-order mark: of text in Latin letters every other byte is zero, nearly always on the same side. */
function wideWithoutMark(head: Buffer): 'utf-16le' | 'utf-16be' | null {
  const looked = head.subarray(0, 512);
  const zeros = [0, 0];
  for (let i = 0; i < looked.length; i++) if (looked[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [first = 0, second = 0] = zeros.map((count) => count / (looked.length / 2));
  return looked.length < 8 ? null : second > 0.6 && first < 0.1 ? 'utf-16le' : first > 0.6 && second < 0.1 ? 'utf-16be' : null;
}

function formOf(head: Buffer, encoding: string): Form {
  if (head.length === 0) return 'empty';
  const magic = head.toString('latin1', 0, 5);
  if (magic.startsWith('%PDF')) return 'pdf';
  if (magic.startsWith('PAR1')) return 'parquet';
  if (magic.startsWith('PK\x03\x04')) return 'zip';
  if (magic.startsWith('\x1f\x8b')) return 'gzip';
  if (head.toString('latin1', 257, 262) === 'ustar') return 'tar';
  if (!encoding.startsWith('utf-16') && zerosIn(head.subarray(0, 8192)) > Math.min(head.length, 8192) / 50) return 'binary';
  const text = new TextDecoder(encoding).decode(head.subarray(0, 2048), { stream: true }).trimStart();
  if (text === '') return 'empty';
  if (/^(<!doctype html|<html)/i.test(text)) return 'html';
  if (text.startsWith('<?xml') || /^<(rss|feed|rdf)/i.test(text)) return 'xml';
  if (/^[[{]/.test(text)) return 'json';
  if (isNoise(text)) return 'binary';
  return 'text';
}

/** A stray NUL costs its row; more of them are no text. */
const zerosIn = (bytes: Buffer): number => bytes.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);

/** Why no importer reads it, as far as its beginning tells. */
const UNDERSTOOD = 'understood are daily and minute prices, ticks, option chains and derivatives files of NSE, its lists of shares, indices, lots and holidays, announcements, results, meetings, corporate actions, deals, insider trades and flows, fund values, news as RSS or JSON, and texts of RBI, SEBI, PIB and the Fed';
export function whyUnknown({ form, lines, json }: Sniff): string {
  if (form === 'empty') return 'The file is empty.';
  if (form === 'binary') return 'The file holds binary data of no kind that is read.';
  const [first = ''] = lines;
  if (form === 'text' && lines.length === 1 && first.length > HEAD_BYTES / 3) return `No importer knows this content: its first line does not end within ${first.length} characters.`;
  const begins = json && json.keys.length + json.recordKeys.length === 0 ? '' : json ? `keys ${(json.recordKeys.length > 0 ? json.recordKeys : json.keys).slice(0, 6).join(', ')}` : first.replace(/^\uFEFF/, '').trim();
  return `No importer knows this content${begins === '' ? '' : `, which begins "${begins.slice(0, BEGINNING_SHOWN)}"`}; ${UNDERSTOOD}.`;
}

/** The first record: some downloads break their quoted column names over lines. */
function headerOf(lines: readonly string[]): string {
  let header = lines[0] ?? '';
  const open = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;
  for (let i = 1; i < lines.length && open(header); i++) header += `\n${lines[i]}`;
  return open(header) ? (lines[0] ?? '') : header;
}

/** More than one control character in fifty is no text, whatever it decodes to. */
function isNoise(text: string): boolean {
  const controls = text.match(/[\u0001-\u0008\u000e-\u001f\u007f-\u009f\ufffd]/g)?.length ?? 0;
  return controls > text.length / 50;
}

/** True where brackets open `deepest` times without closing, those inside texts aside. */
function isNestedBeyond(json: string, deepest: number): boolean {
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (code === 34) {
      do { i = json.indexOf('"', i + 1); if (i === -1) return false; } while (isEscaped(json, i));
    } else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}
function isEscaped(json: string, at: number): boolean {
  let marks = 0;
  while (json.charCodeAt(at - 1 - marks) === 92) marks += 1;
  return marks % 2 === 1;
}

function isJsonLines(lines: readonly string[]): boolean {
  const [first, second] = lines;
  if (!first?.startsWith('{') || !second?.startsWith('{')) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

function shapeOf(document: unknown): NonNullable<Sniff['json']> {
  const keysOf = (value: unknown): string[] => (value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : []);
  if (Array.isArray(document)) return { root: 'array', keys: [], recordKeys: keysOf(document[0]), document };
  const values = document !== null && typeof document === 'object' ? Object.values(document) : [];
  const inner = values.find((value) => Array.isArray(value) && keysOf(value[0]).length > 0) as unknown[] | undefined;
  const record = inner?.[0] ?? values.find((value) => keysOf(value).length > 0);
  return { root: 'object', keys: keysOf(document), recordKeys: keysOf(record), document };
}
