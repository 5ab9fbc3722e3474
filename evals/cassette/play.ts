import type { Completion } from './completion.ts';
import { streamOf } from './completion.ts';
import { CassetteRefusal, type Header, readCassette } from './format.ts';
import { difference, keyOf, withIds } from './request-key.ts';

/**
 * Answers requests from a cassette, each time with the next answer that was recorded for exactly the same request. Where there is none,
 * `onMissing` has the sentence and the request fails: it is never sent anywhere and never made up.
 */
export function playFrom({ file, nowMs, onMissing }: { file: string; nowMs: () => number; onMissing: (sentence: string) => void }): { fetch: typeof fetch; header: Header; played: () => number } {
  const { header, recordings } = readCassette(file);
  const answers = Map.groupBy(recordings, ({ key }) => key);
  const given = new Map<string, number>();
  let played = 0;
  return {
    header, played: () => played,
    async fetch(_url, init) {
      if (typeof init?.body !== 'string') throw new TypeError('a request for a chat completion has a body');
      const { key, parts, ids } = keyOf(init.body, nowMs());
      const times = given.get(key) ?? 0;
      const found = answers.get(key)?.[times];
      if (!found) {
        const known = answers.get(key)?.length ?? 0;
        const why = known > 0 ? `it was recorded ${known === 1 ? 'once' : `${known} times`} and is asked once more` : difference(parts, recordings.map(({ request }) => request));
        const sentence = `${file} has no recording of a request (${key.slice(0, 12)}): ${why}; record it again with --record.`;
        onMissing(sentence);
        throw new CassetteRefusal(sentence);
      }
      given.set(key, times + 1);
      played += 1;
      const answer = JSON.parse(withIds(JSON.stringify(found.answer), ids)) as Completion;
      return new Response(streamOf(answer, parts.model), { status: 200, headers: { 'content-type': 'text/event-stream' } });
    },
  };
}
