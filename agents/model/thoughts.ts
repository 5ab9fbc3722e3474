const opening = /^\s*<(think|thinking|reasoning)>/i;
const mayOpen = (text: string): boolean => ['<think>', '<thinking>', '<reasoning>'].some((tag) => tag.startsWith(text.trimStart().toLowerCase()));

/**
 * An answer without what some models think aloud before it (`<think>…</think>`): that is said to nobody. `hear` gives the part of what has come so far
 * that belongs to the answer and was not given before, `rest` what was held back when the stream ended.
 */
export function withoutThoughts(): { hear(piece: string): string; rest(): string } {
  let state: 'undecided' | 'thinking' | 'between' | 'answering' = 'undecided';
  let held = '';
  let closing = '';
  const give = (): string => { const text = held; held = ''; return text; };
  return {
    hear(piece) {
      held += piece;
      if (state === 'undecided') {
        const tag = opening.exec(held)?.[1];
        if (tag !== undefined) { state = 'thinking'; closing = `</${tag.toLowerCase()}>`; } else if (!mayOpen(held)) state = 'answering';
      }
      if (state === 'thinking') {
        const at = held.toLowerCase().indexOf(closing);
        // Of a thought nothing is kept but what may be the beginning of its end.
        if (at < 0) { held = held.slice(-closing.length); return ''; }
        held = held.slice(at + closing.length);
        state = 'between';
      }
      if (state === 'between') {
        held = held.trimStart();
        if (held !== '') state = 'answering';
      }
      return state === 'answering' ? give() : '';
    },
    rest: () => (state === 'undecided' ? give() : ''),
  };
}
