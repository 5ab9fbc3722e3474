import type { FigureFormat, TurnCall } from '../define.ts';

/** Writes references into one call's output: `cell('bar.close', 'price')` is `{{c1.bar.close|price}}`. */
export const cellsOf = ({ call }: Pick<TurnCall, 'call'>) => (path: string, format: FigureFormat = 'text'): string => `{{${call}.${path}|${format}}}`;

/** Words of the person's own, as their figure; what could be read as a reference is taken out. */
export const said = (words: string): string => {
  const plain = words.replace(/[{}|]/g, '').trim();
  return /\d/.test(plain) ? `{{said:${plain}}}` : plain;
};
/** A list for a sentence: `a, b and c`. */
export const listed = (parts: readonly string[]): string => (parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);
export const sentences = (...parts: (string | null | false | undefined)[]): string => parts.filter((part) => part).join(' ');
