import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingWords } from '../../../desk/recall/missing-words.ts';
import { queryGroups } from '../../../desk/recall/query-words.ts';

const missing = (query: string, text: string): string[] => missingWords(queryGroups(query), text);

describe('what a text does not say of a query', () => {
  it('is named, in the words that the market uses first', () => {
    expect(missing('RBI repo rate', 'RBI names bidders for a bank')).toEqual(['repo rate']);
    expect(missing('solar projects', 'Wind farm commissioned')).toEqual(['solar', 'projects']);
  });
  it('is nothing where another wording or another form of a word says it', () => {
    expect(missing('penalties', 'Regulator fined the company')).toEqual([]);
    expect(missing('solar projects', 'Commissions a Solar Project')).toEqual([]);
    expect(missing('RBI repo rate', 'Reserve Bank of India keeps the policy rate')).toEqual([]);
    expect(missing('latest news of the company', 'Anything else')).toEqual([]);
  });
  it('is nothing for a text that holds the query itself, whatever it is', () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 80 }), (query, more) => { expect(missing(query, `${query} ${more}`.slice(0, query.length + 1))).toEqual([]); }));
  });
});
