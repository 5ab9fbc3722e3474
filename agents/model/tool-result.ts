import type { TurnCall } from '../define.ts';

/** What a model reads of one tool result, at most. */
const mostBytes = 12_000;
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Where tools keep words that came from outside, or that were made from such words. */
const outsideKeys = new Set(['title', 'headline', 'excerpt', 'purpose', 'subject', 'body', 'snippet', 'quote', 'summary', 'text', 'url', 'wording']);
const shownAs = (reference: string): string => `(words from outside; to show them write {{${reference}|text}})`;

interface View { items: number; characters: number; withhold: boolean }
/** From generous to tight; cut from the end only, so that every path that is left still leads to the same cell. */
const views: readonly Omit<View, 'withhold'>[] = [{ items: 200, characters: 1000 }, { items: 60, characters: 400 }, { items: 20, characters: 200 }, { items: 8, characters: 120 }, { items: 3, characters: 80 }, { items: 1, characters: 40 }];

function viewed(value: unknown, path: string, key: string, view: View): unknown {
  if (typeof value === 'string') {
    if (view.withhold && outsideKeys.has(key) && value !== '') return shownAs(path);
    return value.length > view.characters ? `${value.slice(0, view.characters)}…` : value;
  }
  if (Array.isArray(value)) {
    const kept = value.slice(0, view.items).map((each, index) => viewed(each, `${path}.${index}`, key, view));
    return value.length > view.items ? [...kept, `… ${value.length - view.items} more, not shown here`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, viewed(member, `${path}.${name}`, name, view)]));
}

/** No text inside can close the frame round it. */
const framed = (json: string): string => json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
const cut = (text: string, most: number): string => (bytes(text) <= most ? text : `${Buffer.from(text, 'utf8').subarray(0, most).toString('utf8')}…`);

/**
 * One tool result as a model reads it: compact JSON in a frame that says which call it was (figures refer to it) and whom to
 * trust. `readsOutside`: the words that came from outside stand there as data; otherwise only the way to show them does.
 */
export function toolResultText({ tool, result, readsOutside }: { tool: string; result: TurnCall; readsOutside: boolean }): string {
  const frame = (json: string): string => `<tool_result call="${result.call}" tool="${tool}" trust="${readsOutside ? 'outside' : 'desk'}">\n${framed(json)}\n</tool_result>`;
  if (!result.ok) return frame(JSON.stringify({ error: viewed(result.error, result.call, '', { items: 20, characters: 400, withhold: false }) }));
  for (const view of views) {
    const json = JSON.stringify(viewed(result.output, result.call, '', { ...view, withhold: !readsOutside }));
    if (bytes(json) <= mostBytes) return frame(json);
  }
  return frame(cut(JSON.stringify(viewed(result.output, result.call, '', { items: 1, characters: 40, withhold: !readsOutside })), mostBytes));
}

/** What another agent handed over. Of one that reads outside text, its words count as such. */
export const handedOverText = ({ call, agent, output, readsOutside }: { call: string; agent: string; output: unknown; readsOutside: boolean }): string =>
  `<agent_result call="${call}" agent="${agent}" trust="${readsOutside ? 'outside' : 'desk'}">\n${framed(cut(JSON.stringify(output), mostBytes))}\n</agent_result>`;
