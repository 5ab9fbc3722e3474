import { describe, expect, it } from 'vitest';
import { tradesOrMovesMoney } from '../../../agents/grammar/routes.ts';
import { card12, paraphrases, routingRows, say, score } from './desk-talk.ts';
import { wholeMarket, wholeMarketIsThere } from './whole-market.ts';

describe.skipIf(!wholeMarketIsThere)('over every NSE symbol (skipped without ../shared/data)', () => {
  const resolver = wholeMarketIsThere ? wholeMarket() : undefined;

  it('understands 85 % of the paraphrases and misreads at most 1 %', () => {
    const rows = paraphrases();
    const result = score(rows, resolver);
    console.info(`whole market: ${result.understood} of ${result.rows} understood, ${result.wrong.length} wrong`);
    expect(result.wrong.length / result.rows).toBeLessThanOrEqual(0.01);
    expect(result.understood / result.rows).toBeGreaterThanOrEqual(0.85);
  });

  it('orders nothing on a read, though thousands of words are tickers', () => {
    const reads = routingRows().filter((row) => !tradesOrMovesMoney(row.intent as never)).map((row) => row.text);
    expect(reads.filter((text) => { const said = say(text, card12, resolver); return said.kind === 'intent' && tradesOrMovesMoney(said.intent.kind); })).toEqual([]);
  });

  it.each(['buy 10 infosis', 'sell half of relianse', 'exit coalindai', 'buy 5 hdfc banc'])('asks before it orders "%s"', (text) => {
    expect(say(text, {}, resolver).kind).toBe('ask');
  });

  it('orders under usual names and says what it took them for', () => {
    expect(say('buy 10 sbi at 820', {}, resolver)).toMatchObject({ kind: 'intent', explicit: false, intent: { kind: 'buy', symbol: 'SBIN' } });
    expect(say('buy 10 infosys at 1500', {}, resolver)).toMatchObject({ kind: 'intent', explicit: true, intent: { kind: 'buy', symbol: 'INFY' } });
  });
});
