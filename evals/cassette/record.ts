import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import type { Configuration } from '../../ops/configuration.ts';
import { completionIn } from './completion.ts';
import { CassetteRefusal, Header, Recording } from './format.ts';
import { keyOf, withoutIds } from './request-key.ts';

/** Stands for an address that a recording does not tell. */
export const nowhere = 'http://recorded.invalid/v1';
const kept = /^(OPENAI_MODEL|ANALYST_LLM_TEMPERATURE|LLM_MAX_TOKENS|[A-Z]+_(MODEL|BASE_URL|API_KEY))$/;

/** What decides which model is asked how; that there is a key or an address is told, never which. */
export function modelSettingsOf(configuration: Configuration): Record<string, string> {
  const told = Object.entries(configuration).flatMap(([name, value]): [string, string][] => {
    if (value === null || value === undefined || !kept.test(name) || /^(EMBEDDINGS|LANGSMITH)_/.test(name)) return [];
    return [[name, name.endsWith('_API_KEY') ? 'recorded' : name.endsWith('_BASE_URL') ? nowhere : String(value)]];
  });
  return Object.fromEntries(told);
}

/** Asks the provider and keeps each whole answer. @throws CassetteRefusal where the file is there already: what it holds may have cost money. */
export function recordTo({ file, configuration, nowMs, ask = fetch }: { file: string; configuration: Configuration; nowMs: () => number; ask?: typeof fetch }): { fetch: typeof fetch; recorded: () => number } {
  if (existsSync(file)) throw new CassetteRefusal(`${file} is there already; record to another file or move it away.`);
  const line = (value: unknown): string => `${JSON.stringify(value)}\n`;
  writeFileSync(file, line(Header.parse({ cassette: 1, recordedAt: new Date(nowMs()).toISOString(), settings: modelSettingsOf(configuration) })), { flag: 'wx' });
  let recorded = 0;
  return {
    recorded: () => recorded,
    async fetch(url, init) {
      const response = await ask(url, init);
      if (!response.ok || !response.headers.get('content-type')?.includes('event-stream') || typeof init?.body !== 'string') return response;
      const text = await response.text();
      const answer = completionIn(text);
      if (answer) {
        const { key, parts, ids } = keyOf(init.body, nowMs());
        const told = JSON.parse(withoutIds(JSON.stringify(answer), ids)) as unknown;
        appendFileSync(file, line(Recording.parse({ key, request: parts, answer: told })));
        recorded += 1;
      }
      return new Response(text, { status: response.status, headers: response.headers });
    },
  };
}
