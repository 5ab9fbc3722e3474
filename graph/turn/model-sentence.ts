import type { MissReason } from '../../agents/model/miss.ts';
import { claimedDeed, hadMarkup, plainReply } from '../../agents/model/output-filter.ts';
import type { Tool } from '../../tools/define.ts';
import { cellAt, ground } from './figures.ts';
import type { RecordedCall } from './tool-calls.ts';

/** What a model's sentences are held against. */
export interface SentenceSources {
  calls: readonly RecordedCall[];
  tools: ReadonlyMap<string, Pick<Tool, 'effect'>>;
  /** The person's own message: its figures may be said back as theirs. */
  personSaid: string;
}
export type ReviewedSentence = { text: string } | { removed: MissReason };

const reference = /\{\{([^{}|]+?)(?:\|([a-z_]+))?\}\}/g;
const number = /\d[\d,]*(?:\.\d+)?/g;
const plainNumber = (text: string): string => text.replaceAll(',', '');

/** The unit comes from the cell's name, never from the model: minor units read as a price would be wrong by a hundred. */
function formatFor(path: string, format: string): string {
  const field = path.split('.').at(-1) ?? '';
  const signed = format.startsWith('signed_') ? 'signed_' : '';
  if (/Minor$/.test(field)) return `${signed}money`;
  if (/Percent$/.test(field)) return `${signed}percent`;
  return /money$/.test(format) ? 'price' : format;
}

/** The reference as it may stand, or null where it leads to nothing that can be shown. */
function settled(whole: string, target: string, format: string, { calls, personSaid }: SentenceSources): string | null {
  if (target.startsWith('said:')) {
    const figures = target.slice(5).match(number) ?? [];
    const theirs = new Set((personSaid.match(number) ?? []).map(plainNumber));
    return /^[\d.,%₹$\s-]+$/.test(target.slice(5)) && figures.length > 0 && figures.every((figure) => theirs.has(plainNumber(figure))) ? whole : null;
  }
  const [call = '', ...rest] = target.split('.');
  const path = rest.join('.');
  const found = calls.find((each) => each.call === call);
  const cell = found?.result.ok ? cellAt(found.result.output, path) : undefined;
  if (typeof cell !== 'string' && typeof cell !== 'number') return null;
  // Words of others come through here as well; what a chat would make a picture or a link of does not.
  if (typeof cell === 'string' && hadMarkup(cell, plainReply(cell))) return null;
  const written = `{{${target}|${formatFor(path, format)}}}`;
  return ground(written, calls).removed === 0 ? written : null;
}

/** Numbers in words before a unit. “A share”, “a lot” and “a percentage” are no figures; “a crore” is one. */
const spelled = /\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]+(?:(?:and|an?)[\s-]+)*)+(?:hundred|thousand|lakhs?|crores?|million|billion|per ?cent|percentage|rupees?|paise|dollars?|cents?|shares?|lots?)\b|\b(?:half\s+)?an?[\s-]+(?:half[\s-]+)?(?:hundred|thousand|lakh|crore|million|billion|per ?cent)\b/i;
/** Multiples and parts of a figure, without a number. */
const multiple = /\b(?:doubled|tripled|trebled|quadrupled|halved|(?:two|three|four|five|ten|hundred)fold)\b|\b(?:up|down|by|gain(?:ed|s)?|lost|loss|ros?e|risen|fell|fallen|grew|grown)\s+(?:by\s+)?(?:(?:nearly|almost|about|over|roughly)\s+)?(?:an?|one|two|three)[\s-]+(?:third|quarter|fifth|tenth|half)s?\b(?![\s-]+(?:part(?:y|ies)|person|time|day|week|month|quarter|session)\b)|\bby half\b/gi;
/** Parts of a whole that is somebody's or was spoken of: “a third of your money”. Halves of a day or year are none. */
const part = /(?<!\b(?:first|second|other|better|latter) )\b(?:(?:an?|one|two|three|four)[\s-]+(?:third|quarter|fifth|tenth)s?|half)\s+of\s+(?:it|them|this|that|all|your|the|my|its)\b(?!\s+(?:trading\s+)?(?:years?|days?|sessions?|weeks?|months?|quarters?|hours?)\b)/gi;
/** Digits of other scripts, and Han numerals, which are letters to Unicode. */
const otherDigits = /(?![0-9])[\p{Nd}\p{No}\p{Nl}]|[〇零一二三四五六七八九十百千万萬亿億兆]/u;

/** Digits outside references, but for names that have some (`NIFTY50`, `3MINDIA`) and that the person or a tool said. */
function hasStrayFigure(text: string, { calls, personSaid }: SentenceSources): boolean {
  const without = text.replace(reference, ' ');
  if (spelled.test(without) || otherDigits.test(without)) return true;
  if ([...(without.match(multiple) ?? []), ...(without.match(part) ?? [])].some((words) => !personSaid.toLowerCase().includes(words.toLowerCase()))) return true;
  for (const [token] of without.matchAll(/[^\s]*\d[^\s]*/g)) {
    const name = token.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '');
    const isName = /^[A-Z][A-Z0-9&-]*$/i.test(name) && !/^(?:rs|inr|usd|p|x)\.?\d/i.test(name);
    const known = isName ? personSaid.includes(name) || calls.some(({ result }) => result.ok && JSON.stringify(result.output).includes(name)) : /[A-Z]{3,}/.test(name) && calls.some(({ result }) => result.ok && JSON.stringify(result.output).includes(`"${name}"`));
    if (!known) return true;
  }
  return false;
}

/** Whether the sentence refers to something that a read tool found: a record that can bear out that something happened. */
const citesRecord = (text: string, { calls, tools }: SentenceSources): boolean => [...text.matchAll(reference)].some(([, target = '']) => {
  const found = calls.find(({ call }) => call === target.split('.')[0]);
  return found !== undefined && tools.get(found.name)?.effect === 'read';
});

/** One sentence of a model's as it may be said, or why it may not. A sentence goes whole: without its figure it would say something else. */
export function reviewSentence(sentence: string, sources: SentenceSources): ReviewedSentence {
  let lost = false;
  const text = sentence.replace(reference, (whole, target: string, format: string | undefined) => {
    const stands = settled(whole, target.trim(), format ?? 'text', sources);
    if (stands === null) lost = true;
    return stands ?? '';
  });
  if (lost || /\{\{|\}\}/.test(text.replace(reference, '')) || hasStrayFigure(text, sources)) return { removed: 'UNGROUNDED' };
  const deed = claimedDeed(text.replace(reference, 'N'));
  if (deed === 'own' || (deed === 'reported' && !citesRecord(text, sources))) return { removed: 'FALSE_CLAIM' };
  return { text };
}
