/** Marks round an answer that some models add whatever they are told. */
const fence = /^\s*```(?:json)?\s*\n?([\s\S]*?)\n?\s*```\s*$/;

/** Whether an answer begins like JSON, a reference to a figure aside. Known from its first characters, so it can be held back while it streams. */
export const looksLikeJson = (text: string): boolean => /^\s*(?:```|\{(?!\{)|\[)/.test(text);

/** The value that an answer is, or undefined where it is not JSON from end to end. */
export function jsonIn(text: string): unknown {
  const inner = fence.exec(text)?.[1] ?? text;
  try { return JSON.parse(inner.trim()) as unknown; } catch { return undefined; }
}

/** JSON with a text of its own somewhere in prose: two answers in one. */
export const hasSecondAnswer = (text: string): boolean => /(?<!\{)\{\s*"(?:text|answer|reply|showCards|action|tool|name)"\s*:/.test(text);
