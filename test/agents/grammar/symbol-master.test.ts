import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tradesOrMovesMoney } from '../../../agents/grammar/routes.ts';
import type { SymbolResolver } from '../../../agents/grammar/symbols.ts';
import type { SymbolRecord } from '../../../desk/market/types.ts';
import { decimal } from '../../../desk/decimal.ts';
import { createSymbolLinker } from '../../../feeds/linking/link-symbols.ts';
import { card12, paraphrases, routingRows, say, score } from './desk-talk.ts';

const file = new URL('../../../../shared/data/05_symbol_master/EQUITY_L.csv.gz', import.meta.url);

function wholeMarket(): SymbolResolver {
  const listed = gunzipSync(readFileSync(file)).toString().trim().split('\n').slice(1).map((line) => line.split(','))
    // The list is from after the demerger; the paraphrases speak of the company before it.
    .filter(([symbol]) => symbol !== 'TMPV').map(([symbol, name]) => [symbol === 'TMCV' ? 'TATAMOTORS' : symbol, name]);
  const records: SymbolRecord[] = [...listed, ['NIFTY', 'Nifty 50'], ['BANKNIFTY', 'Nifty Bank']]
    .map(([symbol = '', name = '']) => ({ symbol, name, exchange: 'NSE', kind: name.startsWith('Nifty') ? 'INDEX' : 'EQUITY', lotSize: 1, tickSize: decimal('0.05'), aliases: [] }));
  const names = new Map(records.map(({ symbol, name }) => [symbol, name]));
  const named = (symbol: string) => ({ symbol, name: names.get(symbol) ?? symbol });
  const linker = createSymbolLinker(records);
  return {
    resolve(name) {
      const found = linker.resolve(name);
      if (found.kind === 'one') return { kind: 'one', ...named(found.symbol) };
      return found.kind === 'ambiguous' ? { kind: 'ambiguous', candidates: found.candidates.map(named) } : { kind: 'unknown', near: found.near.map(named) };
    },
  };
}

describe.skipIf(!existsSync(file))('over every NSE symbol (skipped without ../shared/data)', () => {
  const resolver = existsSync(file) ? wholeMarket() : undefined;

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
