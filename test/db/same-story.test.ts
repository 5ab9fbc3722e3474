import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRetellings, type ToldStory } from '../../db/same-story.ts';
import { instant, plusMinutes } from '../../desk/time.ts';

const start = instant('2026-03-02T04:00:00Z');
const told = (id: string, minutes: number, over: Partial<ToldStory> = {}): ToldStory =>
  ({ id, fingerprint: id, source: `paper ${id}`, knownAt: plusMinutes(start, minutes), words: ['infosi', 'bag', 'order', 'european', 'bank'], about: 'INFY 1,500', retells: null, ...over });
const all = (stories: readonly ToldStory[]): ReadonlySet<string> => new Set(stories.map(({ id }) => id));
const pairs = (stories: readonly ToldStory[], fresh = all(stories)): Record<string, string> => Object.fromEntries(findRetellings({ stories, fresh }));

describe('the same story', () => {
  it('points every report at the first one, along any number of steps between them', () => {
    const day = 24 * 60;
    expect(pairs([told('d', 3 * day), told('b', day), told('a', 0), told('c', 2 * day)])).toEqual({ b: 'a', c: 'a', d: 'a' });
  });

  it('leaves a report with the first one that it retold before, unless an earlier one comes to light', () => {
    const [a, b] = [told('a', 0), told('b', 60, { retells: { id: 'a', knownAt: start } })];
    expect(pairs([a, b, told('c', 30)], new Set(['c']))).toEqual({ c: 'a' });
    expect(pairs([a, b, told('z', -30)], new Set(['z']))).toEqual({ a: 'z', b: 'z' });
  });

  it('puts two of one moment in the same order, whichever row came first', () => {
    const [x, y] = [told('row 1', 0, { fingerprint: 'm' }), told('row 2', 0, { fingerprint: 'k' })];
    expect([pairs([x, y]), pairs([y, x])]).toEqual([{ 'row 1': 'row 2' }, { 'row 1': 'row 2' }]);
  });

  it.each<[string, Partial<ToldStory>]>([
    ['other symbols or numbers', { about: 'INFY 2,500' }], ['the same paper', { source: 'paper a' }], ['more than 36 hours later', { knownAt: plusMinutes(start, 36 * 60 + 1) }],
    ['too few words in common', { words: ['infosi', 'bag', 'order', 'us', 'retail', 'chain'] }], ['too few words at all', { words: ['infosi', 'bag', 'order'] }],
  ])('is another one with %s', (_what, over) => expect(pairs([told('a', 0), told('b', 30, over)])).toEqual({}));

  it('finds what comparing every report with every other finds', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const any = fc.record({ minutes: fc.integer({ min: 0, max: 6 * 24 * 60 }), source: fc.constantFrom('A', 'B', 'C'), words: fc.uniqueArray(word, { minLength: 3 }), about: fc.constantFrom('X', 'Y'), fresh: fc.boolean() });
    fc.assert(fc.property(fc.array(any, { maxLength: 25 }), (list) => {
      const stories = list.map(({ minutes, fresh: _, ...rest }, i) => told(String(i).padStart(2, '0'), minutes, rest));
      const fresh = new Set(stories.filter((_, i) => list[i]?.fresh).map(({ id }) => id));
      const before = (a: ToldStory, b: ToldStory): boolean => a.knownAt < b.knownAt || (a.knownAt === b.knownAt && a.fingerprint < b.fingerprint);
      const same = (a: ToldStory, b: ToldStory): boolean => {
        const common = a.words.filter((each) => b.words.includes(each)).length;
        return a.about === b.about && a.source !== b.source && Math.min(a.words.length, b.words.length) >= 5 && Math.abs(Date.parse(a.knownAt) - Date.parse(b.knownAt)) <= 36 * 3_600_000 && common >= 0.6 * (a.words.length + b.words.length - common);
      };
      const up = new Map<string, string>();
      for (const story of stories) {
        const first = stories.filter((other) => before(other, story) && (fresh.has(story.id) || fresh.has(other.id)) && same(other, story)).sort((a, b) => (before(a, b) ? -1 : 1))[0];
        if (first) up.set(story.id, first.id);
      }
      const root = (id: string): string => { const next = up.get(id); return next === undefined ? id : root(next); };
      expect(pairs(stories, fresh)).toEqual(Object.fromEntries([...up].map(([id, first]) => [id, root(first)])));
    }), { numRuns: 300 });
  });
});
