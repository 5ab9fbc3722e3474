import { refused, SourceError, type ParsedRow, type Source } from './define.ts';

/** A line may be this long; a longer one is refused and never held in memory whole. */
export const LINE_LIMIT_CHARACTERS = 1_000_000;
const HELD_OF_LONG_LINE = 500;
/** A quoted field may run over this many lines; beyond that the opening mark is taken for a stray one. */
const QUOTED_LINES_LIMIT = 50;

export interface LineBlock {
  lines: string[];
  /** 1-based line in the file of each entry of `lines`. */
  numbers: number[];
  refused: ParsedRow[];
}

/** Records of a text source, block by block. `quoted`: a record goes on over line ends inside quotation marks. */
export async function* readLines(source: Source, encoding: string, { quoted }: { quoted: boolean }): AsyncGenerator<LineBlock> {
  const decoder = new TextDecoder(encoding);
  let tail = '';
  let longLine: string | null = null;
  let number = 0;
  /** Old Macintosh files end their lines with a carriage return alone; the first block tells. */
  let returnsOnly: boolean | null = null;
  const joiner = quoted ? quoteJoiner() : null;

  function take(text: string, last: boolean): LineBlock {
    const block: LineBlock = { lines: [], numbers: [], refused: [] };
    if (text !== '') returnsOnly ??= text.includes('\r') && !text.includes('\n');
    const parts = (tail + (returnsOnly ? text.replaceAll('\r', '\n') : text)).split('\n');
    tail = last ? '' : (parts.pop() ?? '');
    for (const part of parts) {
      number += 1;
      if (longLine !== null) {
        block.refused.push(refused(number, `Line is longer than ${LINE_LIMIT_CHARACTERS} characters.`, longLine));
        longLine = null;
        continue;
      }
      const line = part.charCodeAt(part.length - 1) === 13 ? part.slice(0, -1) : part;
      if (line.length > LINE_LIMIT_CHARACTERS) block.refused.push(refused(number, `Line is longer than ${LINE_LIMIT_CHARACTERS} characters.`, line));
      else if (joiner) joiner.push(line, number, block);
      else if (line !== '') { block.lines.push(line); block.numbers.push(number); }
    }
    if (tail.length > LINE_LIMIT_CHARACTERS) longLine ??= tail.slice(0, HELD_OF_LONG_LINE);
    if (longLine !== null) tail = '';
    if (last) joiner?.end(block);
    return block;
  }

  try {
    for await (const chunk of source.chunks()) yield take(decoder.decode(chunk, { stream: true }), false);
    yield take(decoder.decode(), true);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    // The unfinished last line is left out: a cut number still reads as a number.
    const block: LineBlock = { lines: [], numbers: [], refused: [] };
    joiner?.end(block);
    block.refused.push(refused(number + 1, `${error.message} Rows before line ${number + 1} were read, the unfinished rest was not.`, tail));
    yield block;
  }
}

/** Puts lines together that one quoted field spans; gives them back one by one when the field never closes. */
function quoteJoiner(): { push(line: string, number: number, block: LineBlock): void; end(block: LineBlock): void } {
  let held: { line: string; number: number }[] = [];
  let length = 0;
  const odd = (line: string): boolean => {
    let marks = 0;
    for (let i = line.indexOf('"'); i !== -1; i = line.indexOf('"', i + 1)) marks += 1;
    return marks % 2 === 1;
  };
  function push(line: string, number: number, block: LineBlock): void {
    if (held.length === 0) {
      if (line.indexOf('"') === -1 || !odd(line)) {
        if (line !== '') { block.lines.push(line); block.numbers.push(number); }
        return;
      }
    } else if (odd(line)) {
      block.numbers.push(held[0]?.number ?? number);
      block.lines.push(`${held.map((each) => each.line).join('\n')}\n${line}`);
      held = [];
      length = 0;
      return;
    }
    held.push({ line, number });
    length += line.length;
    if (held.length > QUOTED_LINES_LIMIT || length > LINE_LIMIT_CHARACTERS) giveUp(block);
  }
  function giveUp(block: LineBlock): void {
    const [first, ...rest] = held;
    held = [];
    length = 0;
    if (!first) return;
    block.refused.push(refused(first.number, 'A quotation mark opens a field and none closes it.', first.line));
    for (const each of rest) push(each.line, each.number, block);
  }
  return { push, end: (block) => { while (held.length > 0) giveUp(block); } };
}
