const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|vs|no|approx|rs|mr|ms|dr|st|ltd|inc|co)\.$/i;
const ordinal = /(?:^|\n)\s*\d{1,2}\.$/;

/** A text as its sentences and lines, each with the white space that follows it: together they are the text again. A reference is never cut. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  let inReference = false;
  for (let at = 0; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair === '{{') inReference = true;
    else if (pair === '}}') inReference = false;
    // A line end closes whatever was left open, or one lost brace would swallow all that follows.
    if (text[at] === '\n') inReference = false;
    else if (inReference || !'.!?…'.includes(text[at] ?? '') || !/^["'”’)\]]*\s/.test(text.slice(at + 1, at + 6))) continue;
    const soFar = text.slice(start, at + 1);
    if (text[at] !== '\n' && (abbreviation.test(soFar) || ordinal.test(soFar))) continue;
    let end = at + 1;
    while (/["'”’)\]]/.test(text[end] ?? '')) end += 1;
    while (/\s/.test(text[end] ?? '')) end += 1;
    sentences.push(text.slice(start, end));
    start = end;
    at = end - 1;
  }
  if (start < text.length) sentences.push(text.slice(start));
  return sentences;
}

/** Whether a sentence has come to its end. */
export const isWhole = (sentence: string): boolean => /[.!?…]["'”’)\]]*\s*$|\n\s*$/.test(sentence);
