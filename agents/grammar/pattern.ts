/**
 * The small language of the phrase tables. `word` is itself; `(a b|c)` one of several; `x?` may be missing; `(…)*` any number, `(…)+` at least one;
 * `{slot}` or `{name:slot}` captures; `<macro>` stands for a piece used often; `..` skips up to four words.
 * A name, an account or a day is never skipped: what was named must be understood.
 */
export type PatternNode =
  | { is: 'word'; word: string }
  | { is: 'slot'; name: string; slot: string }
  | { is: 'sequence'; parts: PatternNode[] }
  | { is: 'choice'; options: PatternNode[] }
  | { is: 'maybe'; part: PatternNode }
  | { is: 'many'; part: PatternNode }
  | { is: 'gap' };

/** @throws SyntaxError on a mistake in the table. */
export function parsePattern(source: string, macros: Readonly<Record<string, string>>): PatternNode {
  const symbols = expand(source, macros).match(/\{[\w:]+\}|\.\.|[()|?*]|[^\s(){}|?*]+/g) ?? [];
  let at = 0;
  const node = choice();
  if (at < symbols.length) throw new SyntaxError(`unexpected ${symbols[at]} in "${source}"`);
  return node;

  function choice(): PatternNode {
    const options = [sequence()];
    while (symbols[at] === '|') { at += 1; options.push(sequence()); }
    return options.length === 1 && options[0] ? options[0] : { is: 'choice', options };
  }
  function sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (at < symbols.length && symbols[at] !== ')' && symbols[at] !== '|') parts.push(suffixed());
    if (parts.length === 0) throw new SyntaxError(`an empty alternative in "${source}"`);
    return parts.length === 1 && parts[0] ? parts[0] : { is: 'sequence', parts };
  }
  function suffixed(): PatternNode {
    let part = atom();
    for (let suffix = symbols[at]; suffix === '?' || suffix === '*' || suffix === '+'; suffix = symbols[at]) {
      part = suffix === '?' ? { is: 'maybe', part } : suffix === '*' ? { is: 'many', part } : { is: 'sequence', parts: [part, { is: 'many', part }] };
      at += 1;
    }
    return part;
  }
  function atom(): PatternNode {
    const symbol = symbols[at] ?? '';
    at += 1;
    if (symbol === '(') {
      const inner = choice();
      if (symbols[at] !== ')') throw new SyntaxError(`missing ) in "${source}"`);
      at += 1;
      return inner;
    }
    if (symbol === '..') return { is: 'gap' };
    if (symbol.startsWith('{')) {
      const [name = '', slot = name] = symbol.slice(1, -1).split(':');
      return { is: 'slot', name, slot };
    }
    if (!/^[\w&'%/₹+-]+$/.test(symbol)) throw new SyntaxError(`unexpected ${symbol} in "${source}"`);
    return { is: 'word', word: symbol };
  }
}

function expand(source: string, macros: Readonly<Record<string, string>>): string {
  return source.replace(/<(\w+)>/g, (_, name: string) => {
    const macro = macros[name];
    if (macro === undefined) throw new SyntaxError(`no macro <${name}>`);
    return `(${expand(macro, macros)})`;
  });
}

/** All words that the pattern may use. */
export function wordsOf(node: PatternNode): string[] {
  switch (node.is) {
    case 'word': return [node.word];
    case 'sequence': return node.parts.flatMap(wordsOf);
    case 'choice': return node.options.flatMap(wordsOf);
    case 'maybe': case 'many': return wordsOf(node.part);
    case 'slot': case 'gap': return [];
  }
}

/** Words of which a sentence must have at least one to match, or null when it can match without any: the table's index. */
export function anchorsOf(node: PatternNode): Set<string> | null {
  switch (node.is) {
    case 'word': return new Set([node.word]);
    case 'choice': {
      const sets = node.options.map(anchorsOf);
      return sets.some((set) => set === null) ? null : new Set(sets.flatMap((set) => [...(set ?? [])]));
    }
    case 'sequence':
      return node.parts.map(anchorsOf).filter((set) => set !== null).toSorted((a, b) => a.size - b.size)[0] ?? null;
    case 'maybe': case 'many': case 'slot': case 'gap': return null;
  }
}

/** Every set of words of which a matching sentence must have one: the parts that a pattern cannot do without. */
export function needsOf(node: PatternNode): ReadonlySet<string>[] {
  if (node.is === 'sequence') return node.parts.flatMap(needsOf);
  const anchors = anchorsOf(node);
  return anchors === null ? [] : [anchors];
}

/** How a pattern meets a sentence: the words at each place, and what a slot may take there. */
export interface Matchable {
  length: number;
  /** The place's word, or null where a figure, name or date stands. */
  wordAt(place: number): string | null;
  /** Ways in which the slot can be filled from this place, the best first. */
  slotAt(slot: string, place: number): { value: unknown; length: number }[];
}
export interface PatternMatch { captures: Record<string, unknown>; words: number; slots: number; from: number; to: number }

/** Matches from `from`; with `whole`, to the very end. */
export function matchPattern(node: PatternNode, terms: Matchable, { from, whole }: { from: number; whole: boolean }): PatternMatch | null {
  const captures: Record<string, unknown> = {};
  let words = 0;
  let slots = 0;
  let end = -1;
  const matched = step(node, from, (place) => {
    if (whole && place !== terms.length) return false;
    end = place;
    return true;
  });
  return matched ? { captures: { ...captures }, words, slots, from, to: end } : null;

  function step(part: PatternNode, place: number, then: (place: number) => boolean): boolean {
    switch (part.is) {
      case 'word': {
        if (terms.wordAt(place) !== part.word) return false;
        words += 1;
        if (then(place + 1)) return true;
        words -= 1;
        return false;
      }
      case 'sequence': return inOrder(part.parts, 0, place, then);
      case 'choice': return part.options.some((option) => step(option, place, then));
      case 'maybe': return step(part.part, place, then) || then(place);
      case 'many': return step(part.part, place, (next) => next > place && step(part, next, then)) || then(place);
      case 'gap': {
        for (let skip = 0; skip <= 4 && place + skip <= terms.length; skip += 1) {
          if (skip > 0 && terms.wordAt(place + skip - 1) === null) return false;
          if (then(place + skip)) return true;
        }
        return false;
      }
      case 'slot': {
        // Said twice is not said clearly: a second limit or stop in one sentence makes it no match.
        if (part.name !== '_' && Object.hasOwn(captures, part.name)) return false;
        for (const { value, length } of terms.slotAt(part.slot, place)) {
          captures[part.name] = value;
          slots += 1;
          if (then(place + length)) return true;
          slots -= 1;
          delete captures[part.name];
        }
        return false;
      }
    }
  }
  function inOrder(parts: PatternNode[], index: number, place: number, then: (place: number) => boolean): boolean {
    const part = parts[index];
    return part ? step(part, place, (next) => inOrder(parts, index + 1, next, then)) : then(place);
  }
}
