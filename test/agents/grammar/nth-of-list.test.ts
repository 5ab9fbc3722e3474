import { describe, expect, it } from 'vitest';
import { intentOf, say } from './desk-talk.ts';

const listed = { lastIntent: { kind: 'discovery' as const }, lastListed: ['SBIN', 'WIPRO', 'ITC'] };
const paired = { lastIntent: { kind: 'rotation' as const } };

describe('the second of a list', () => {
  it.each([['watch the second', 'WIPRO'], ['add the first one to my watchlist', 'SBIN'], ['track number 3', 'ITC'], ['watch the top one', 'SBIN']])('“%s” is watched', (text, symbol) => expect(intentOf(text, listed)).toEqual({ kind: 'watchlist_edit', add: [symbol], remove: [] }));
  it('is asked about where it is a question or not on the list, and is nothing without a list', () => {
    expect(say('watch the second?', listed)).toMatchObject({ kind: 'ask', choices: [{ command: 'watch WIPRO' }] });
    expect(say('watch the fifth', listed).kind).toBe('ask');
    expect(intentOf('watch the second')).toBeNull();
  });
  it.each([['do the first', 1, 'EXIT'], ['take the second one', 2, 'EXIT'], ['go with pair 3', 3, 'EXIT'], ['then the entry', 1, 'ENTRY']] as const)('“%s” takes a pair of the rotation', (text, number, step) => {
    expect(say(text, paired)).toMatchObject({ kind: 'intent', explicit: false, intent: { kind: 'rotation_take', number, step } });
  });
  it.each(['do the first?', 'can you do the first', "don't do the first", 'he said do the first', 'do the first tomorrow', 'do the first if it falls', 'should I do the first'])('“%s” takes none', (text) => expect(intentOf(text, paired)?.kind).not.toBe('rotation_take'));
  it('takes none where no pair was shown', () => expect(intentOf('do the first')?.kind).not.toBe('rotation_take'));
});
