/**
 * Mends a slip of one letter (missing, extra, wrong or two swapped) in a long word, when exactly one known word is that near.
 * Short words, figures and symbols are never mended: there a slip could change what is meant.
 */
const leastLength = 5;
const byLength = new WeakMap<ReadonlySet<string>, Map<number, string[]>>();
function lengths(known: ReadonlySet<string>): Map<number, string[]> {
  const found = byLength.get(known);
  if (found) return found;
  const grouped = Map.groupBy([...known].filter((word) => word.length >= leastLength && /^[a-z]+$/.test(word)), (word) => word.length);
  byLength.set(known, grouped);
  return grouped;
}

export function mended(word: string, known: ReadonlySet<string>): string | null {
  if (word.length < leastLength || !/^[a-z]+$/.test(word)) return null;
  const groups = lengths(known);
  const near = [word.length - 1, word.length, word.length + 1].flatMap((length) => (groups.get(length) ?? []).filter((other) => isOneSlipAway(word, other)));
  // Where "card" and "cards" are both near, they mean the same; anything else is a doubt.
  // The first letter is seldom the wrong one.
  const likely = near.filter((other) => other[0] === word[0]);
  const chosen = likely.length > 0 ? likely : near.filter((other) => other[0] === word[1] && other[1] === word[0]);
  const [first] = chosen;
  return first !== undefined && chosen.every((other) => other === first || other === `${first}s` || first === `${other}s`) ? first : null;
}

const vowels = /(?<=.)[aeiou]/g;
const bySkeleton = new WeakMap<ReadonlySet<string>, Map<string, string[]>>();
/** The one known word of which the vowels, or some, were left out: "shw", "ordrs", "opn". Null where several are ("mny"). */
export function withVowels(word: string, known: ReadonlySet<string>): string | null {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return null;
  const skeletons = bySkeleton.get(known) ?? Map.groupBy([...known].filter((each) => each.length > 3 && /^[a-z]+$/.test(each)), (each) => each.replace(vowels, ''));
  bySkeleton.set(known, skeletons);
  const near = (skeletons.get(word.replace(vowels, '')) ?? []).filter((other) => other.length > word.length && other.length - word.length <= 3 && leavesOut(word, other));
  return near.length === 1 ? near[0] ?? null : null;
}
/** Whether `short` is `long` with letters left out. */
const leavesOut = (short: string, long: string): boolean => { let at = 0; for (const letter of long) if (letter === short[at]) at += 1; return at === short.length; };

export function isOneSlipAway(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let front = 0;
  while (front < a.length && a[front] === b[front]) front += 1;
  let back = 0;
  while (back < Math.min(a.length, b.length) - front && a[a.length - 1 - back] === b[b.length - 1 - back]) back += 1;
  const leftA = a.slice(front, a.length - back);
  const leftB = b.slice(front, b.length - back);
  if (leftA.length <= 1 && leftB.length <= 1) return true;
  return leftA.length === 2 && leftB.length === 2 && leftA[0] === leftB[1] && leftA[1] === leftB[0];
}

/** How alike two words are, 1 for the same: edits (neighbours swapped count one) against the longer length. */
export function likeness(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1), swapped));
    }
  }
  return 1 - at(a.length, b.length) / Math.max(1, a.length, b.length);
}
