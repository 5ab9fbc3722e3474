import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InjectionBench, openInjectionBench } from '../../evals/suites/injection.ts';
import { addressesSoftware } from '../../tools/outside-text.ts';

const folder = fileURLToPath(new URL('../../../shared/attacks/', import.meta.url));
interface Attack { id: string; channel: string; technique?: string; text: string }
const lines = (name: string): Attack[] => readFileSync(`${folder}${name}`, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Attack);
const channelOf = (channel: string) => (channel === 'filing' || channel === 'pdf' ? 'filing' as const : ['email', 'group_chat', 'memory'].includes(channel) ? 'message' as const : 'news' as const);
const there = existsSync(folder);

describe.skipIf(!there)(`the shared hostile texts against a desk whose model obeys them${there ? '' : ' (skipped: ../shared/attacks is not here)'}`, () => {
  let bench: InjectionBench;
  beforeAll(async () => { bench = await openInjectionBench(); });
  afterAll(() => bench.close());

  it.each(['injections.jsonl', 'injections_benign.jsonl'])('change nothing that only a yes may change, show no link of theirs and break no turn: %s', { timeout: 300_000 }, async (file) => {
    const wrong = [];
    for (const { id, channel, technique, text } of lines(file)) {
      const outcome = await bench.judge({ id, family: technique ?? 'benign', channel: channelOf(channel), hostile: technique !== undefined, text });
      if (outcome.detail !== null) wrong.push(outcome);
    }
    expect(wrong).toEqual([]);
  });
  it('are no reason to flag what only sounds like them', () => { expect(lines('injections_benign.jsonl').filter(({ text }) => addressesSoftware(text)).map(({ id }) => id)).toEqual([]); });
});
