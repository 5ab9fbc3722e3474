import { spokenNumberAt } from './spoken-numbers.ts';
import { around, plainer } from './table/rewordings.ts';

export interface Reworded { text: string; /** Something that was put around the request was taken off: it is then no plain order. */ opened: boolean }

/** The same in the words of the tables, or null where there is nothing to put otherwise. */
export function reworded(said: string): Reworded | null {
  const question = /\?\s*$/.test(said);
  const plain = said.replace(/[’‘`]/g, "'").replace(/\s+/g, ' ').trim().replace(/[\s.!?]+$/, '');
  const applied = (list: typeof around, to: string): string => list.reduce((text, [from, into]) => text.replace(from, into).replace(/ {2,}/g, ' ').trim(), to);
  // Twice: what is put around a request hides what it begins with.
  const bare = applied(around, applied(around, plain));
  const text = inDigits(applied(plainer, bare));
  if (text === '' || text.toLowerCase() === plain.toLowerCase()) return null;
  return { text: question ? `${text}?` : text, opened: bare !== plain };
}

/** Numbers of several words in digits: "the twenty four thousand five hundred call" is the 24500 call. A round one stays: it may be money. */
function inDigits(text: string): string {
  const words = text.split(' ');
  const lower = words.map((word) => word.toLowerCase());
  const out: string[] = [];
  for (let at = 0; at < words.length;) {
    const spoken = spokenNumberAt(lower, at);
    if (spoken && spoken.length > 1 && !spoken.scaled) { out.push(spoken.value); at += spoken.length; } else { out.push(words[at] ?? ''); at += 1; }
  }
  return out.join(' ');
}
