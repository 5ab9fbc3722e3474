const edits = /^\/edit(?:@\w+)?(?:\s+([\s\S]*))?$/i;
const editsInWords = /^(?:please )?(?:edit|correct|change) my last message(?: please)?[.!]*$/i;
const retries = /^\/retry(?:@\w+)?\s*$/i;
const retriesInWords = /^(?:please |(?:can|could|would) you (?:please )?)?(?:(?:try|ask|do|run|answer|say)(?: (?:it|that|this))? (?:again|once more|one more time)|(?:have|take|give (?:it|that)) another (?:go|try|shot|stab|attempt)(?: at (?:it|that|this))?|once more|one more time|another try|retry(?: (?:it|that))?)(?: please)?[.!?]*$/i;

/** What a message asks about the one before it: other words for it ('' where they are missing), or the same once more. Null: it is a message of its own. */
export function editAsked(said: string): { words: string } | { again: true } | null {
  const text = said.trim();
  if (retries.test(text) || retriesInWords.test(text)) return { again: true };
  if (editsInWords.test(text)) return { words: '' };
  const edit = edits.exec(text);
  return edit ? { words: (edit[1] ?? '').trim() } : null;
}
