import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryGroups } from '../../../desk/recall/query-words.ts';

const first = (query: string): string[] => queryGroups(query).map(({ phrases }) => phrases[0] ?? '');

describe('what a query asks for', () => {
  it('is one thing, however the market says it', () => {
    expect(first('buy back by Infosys')).toEqual(first('buyback by Infosys'));
    expect(first('chief financial officer resigns')[0]).toBe('cfo');
    expect(first('TCS second quarter results')).toEqual(['tcs', 'q2', 'results']);
  });
  it('is one thing in the plural too', () => {
    expect(first('penalties and order wins')).toEqual(first('penalty, order win'));
    expect(first('stock splits')).toEqual(['stock split']);
    expect(first('frauds')).toEqual(['fraud']);
  });
  it('keeps a bank whose name is a phrase apart from the Reserve Bank, and a broker from a won order', () => {
    expect(queryGroups('RBI').flatMap(({ phrases }) => phrases)).not.toContain('central bank');
    expect(queryGroups('order wins').flatMap(({ phrases }) => phrases)).not.toContain('secures');
  });
  it('takes the longest phrase that it knows', () => {
    expect(first('qualified institutional placement of Titagarh')).toEqual(['qip', 'titagarh']);
  });
  it('leaves words of the asking out, and marks what every filing says', () => {
    expect(queryGroups('what is the latest news on the company')).toEqual(['latest', 'news', 'company'].map((word) => ({ phrases: [word], common: true })));
    expect(queryGroups('of the and')).toEqual([]);
  });
  it('has each thing once and no signs of a search language in it, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (query) => {
      const groups = queryGroups(query);
      expect(new Set(groups.map(({ phrases }) => phrases[0])).size).toBe(groups.length);
      for (const { phrases } of groups) for (const phrase of phrases) expect(phrase).toMatch(/^[\p{L}\p{N}& ]+$/u);
    }));
  });
});
