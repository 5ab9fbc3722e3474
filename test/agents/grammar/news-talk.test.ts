import { describe, expect, it } from 'vitest';
import { paraphrases, say, score } from './desk-talk.ts';
import { wholeMarket, wholeMarketIsThere } from './whole-market.ts';

const rows = paraphrases().filter((row) => row.id.startsWith('n'));
const texts = (list: readonly { text: string }[]): string[] => list.map(({ text }) => text);
const newsOf = (text: string) => { const said = say(text); return said.kind === 'intent' && said.intent.kind === 'news' ? said.intent : null; };

describe('a question about news', () => {
  it('carries company, words and time in every one of 40 phrasings or more', () => {
    const { wrong, missed } = score(rows);
    expect(rows.length).toBeGreaterThanOrEqual(40);
    expect([...texts(wrong), ...texts(missed)]).toEqual([]);
  });

  it.skipIf(!wholeMarketIsThere)('does so though thousands of words are tickers (skipped without ../shared/data)', () => {
    const { wrong, missed } = score(rows, wholeMarket());
    expect([...texts(wrong), ...texts(missed)]).toEqual([]);
  });

  it('has nothing in it that was not asked for', () => {
    expect(newsOf('news on TCS last week')).toEqual({ kind: 'news', symbol: 'TCS', period: { from: '2024-06-24', to: '2024-06-30', label: 'last week' } });
    expect(newsOf('news about electric vehicles')).toEqual({ kind: 'news', query: 'electric vehicles' });
    expect(newsOf('news on INFY')).toEqual({ kind: 'news', symbol: 'INFY' });
  });

  it('names two companies by its words, not one of them by its symbol', () => {
    expect(newsOf('news on TCS and INFY deals')).toEqual({ kind: 'news', query: 'TCS INFY deals' });
  });

  it.each([
    ['buy 10 TCS on the buyback news at 3900', 'news'], ['what if infy gets a penalty', 'news'], ['set my penalty limit', 'news'], ['should I sell INFY on the downgrade', 'news'], ['when is the TCS buyback record date', 'news'],
    ['are the news feeds stale', 'news'], ['what is a merger', 'news'], ['story of trade 9', 'news'], ['what did the RBI say?', 'news'], ['latest policy news', 'news'],
  ])('is not heard in "%s"', (text, kind) => {
    const said = say(text);
    expect(said.kind === 'intent' && said.intent.kind).not.toBe(kind);
  });

  it('asks which company is meant where one name stands for several and nothing else is said', () => {
    expect(say('news on tata').kind).toBe('ask');
  });
});
