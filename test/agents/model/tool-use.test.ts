import { tool } from '@langchain/core/tools';
import { describe, expect, it } from 'vitest';
import type { MissReason } from '../../../agents/model/miss.ts';
import type { AskedCall } from '../../../agents/model/read-stream.ts';
import { createToolUse, type Usable } from '../../../agents/model/tool-use.ts';

/** Tools that note when they begin and end. */
function bench({ effects = {}, outside = [], signal = new AbortController().signal }: { effects?: Record<string, Usable['effect']>; outside?: string[]; signal?: AbortSignal } = {}) {
  const noted: string[] = [];
  const missed: MissReason[] = [];
  const usable = new Map(Object.entries({ read: 'read', propose: 'propose', ask_research: 'ask_agent', ...effects } as Record<string, Usable['effect']>).map(([name, effect]): [string, Usable] => {
    const run = async (input: unknown): Promise<string> => {
      noted.push(`begin ${name} ${JSON.stringify(input)}`);
      await new Promise((resolve) => { setTimeout(resolve, 10); });
      noted.push(`end ${name} ${JSON.stringify(input)}`);
      return `result of ${name}`;
    };
    return [name, { tool: tool(run, { name, description: name, schema: { type: 'object', properties: { n: { type: 'number' } } } }) as unknown as Usable['tool'], effect, bringsOutsideText: outside.includes(name), run }];
  }));
  return { noted, missed, use: createToolUse({ usable, signal, onMiss: (reason) => { missed.push(reason); } }) };
}
const call = (name: string, n: number | null = 0): AskedCall => ({ id: `${name}${n}`, name, args: n === null ? null : { n } });
const thrown = (reason: MissReason) => expect.objectContaining({ reason }) as Error;

describe('a model’s tool calls', () => {
  it('read side by side, and propose one after the other', async () => {
    const { use, noted } = bench();
    expect(await use.answer([call('propose', 1), call('read', 1), call('propose', 2), call('read', 2)])).toEqual(['result of propose', 'result of read', 'result of propose', 'result of read']);
    const at = (line: string): number => noted.indexOf(line);
    expect(at('begin read {"n":2}')).toBeLessThan(at('end read {"n":1}'));
    expect(at('end propose {"n":1}')).toBeLessThan(at('begin propose {"n":2}'));
  });

  it('are told about the first repetition and ended at the next', async () => {
    const { use, noted } = bench();
    await use.answer([call('read')]);
    expect((await use.answer([call('read')]))[0]).toContain('made already');
    await expect(use.answer([call('read')])).rejects.toEqual(thrown('LOOP'));
    expect(noted.filter((line) => line.startsWith('begin'))).toHaveLength(1);
  });

  it('count together over all steps', async () => {
    const { use } = bench();
    for (let n = 0; n < 24; n += 1) await use.answer([call('read', n)]);
    await expect(use.answer([call('read', 24)])).rejects.toEqual(thrown('TOO_MANY_CALLS'));
  });

  it('get an answer for what cannot run, so that every call has its result', async () => {
    const { use, missed } = bench();
    const [none, broken] = await use.answer([call('press'), call('read', null)]);
    expect(none).toContain('there is no tool press');
    expect(broken).toContain('not one JSON object');
    expect(missed).toEqual(['NO_SUCH_TOOL', 'BROKEN_ARGUMENTS']);
  });

  it('propose nothing once outside text was read, be it in the same breath', async () => {
    const { use, noted, missed } = bench({ outside: ['ask_research'] });
    await use.answer([call('ask_research'), call('propose', 1)]);
    await use.answer([call('propose', 2)]);
    expect(noted.filter((line) => line.includes('propose'))).toEqual([]);
    expect(missed).toEqual(['PROPOSAL_AFTER_OUTSIDE_TEXT', 'PROPOSAL_AFTER_OUTSIDE_TEXT']);
  });

  it('may propose before outside text is read', async () => {
    const { use, noted } = bench({ outside: ['ask_research'] });
    await use.answer([call('propose', 1)]);
    await use.answer([call('ask_research')]);
    expect(noted[0]).toBe('begin propose {"n":1}');
  });

  it('propose at most three times and ask at most four agents', async () => {
    const { use, noted, missed } = bench();
    await use.answer([1, 2, 3, 4, 5].map((n) => call('propose', n)));
    await use.answer([1, 2, 3, 4, 5].map((n) => call('ask_research', n)));
    expect(noted.filter((line) => line.startsWith('begin propose'))).toHaveLength(3);
    expect(noted.filter((line) => line.startsWith('begin ask'))).toHaveLength(4);
    expect(missed).toEqual(['TOO_MANY_PROPOSALS', 'TOO_MANY_PROPOSALS']);
  });

  it('leave a read behind when the time is over, and bring a proposal to its end', async () => {
    const stop = new AbortController();
    const reading = bench({ signal: stop.signal });
    const left = reading.use.answer([call('read')]);
    stop.abort(new Error('time is over'));
    await expect(left).rejects.toThrow('time is over');

    const later = new AbortController();
    const proposing = bench({ signal: later.signal });
    const done = proposing.use.answer([call('propose')]);
    setTimeout(() => { later.abort(new Error('time is over')); }, 2);
    expect(await done).toEqual(['result of propose']);
    expect(proposing.noted.at(-1)).toBe('end propose {"n":0}');
  });

  it('get the tool’s own refusal of an input that does not fit its schema', async () => {
    const { use, noted } = bench();
    expect(await use.answer([{ id: 'a', name: 'read', args: { n: 'many' } }])).toEqual(['result of read']);
    expect(noted[0]).toBe('begin read {"n":"many"}');
  });
});
