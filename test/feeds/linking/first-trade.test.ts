import { describe, expect, it } from 'vitest';
import type { Decimal } from '../../../desk/decimal.ts';
import type { SymbolRecord } from '../../../desk/market/types.ts';
import { tradingDate } from '../../../desk/time.ts';
import { sinceFirstTrade } from '../../../feeds/linking/first-trade.ts';
import { createSymbolLinker } from '../../../feeds/linking/link-symbols.ts';

const record = (symbol: string, name: string, listedOn: string): SymbolRecord => ({ symbol, name, exchange: 'NSE', kind: 'EQUITY', lotSize: 1, tickSize: '0.05' as Decimal, aliases: [], listedOn: tradingDate(listedOn) });
const records = [record('NESTLEIND', 'Nestle India Limited', '2023-08-01'), record('TATAMOTORS', 'Tata Motors Limited', '2025-11-12'), record('SWIGGY', 'Swiggy Limited', '2024-11-13')];
const firsts = new Map([['NESTLEIND', tradingDate('2019-08-23')], ['TATAMOTORS', tradingDate('2019-08-23')], ['SWIGGY', tradingDate('2024-11-13')]]);
const resolved = (name: string, on: string) => createSymbolLinker(sinceFirstTrade(records, firsts), { asOf: tradingDate(on) }).resolve(name);

describe('a share that traded before it was listed', () => {
  it('goes by its name from its first price on', () => {
    expect(resolved('nestle', '2021-05-03')).toMatchObject({ kind: 'one', symbol: 'NESTLEIND' });
    expect(resolved('nestle', '2019-08-01')).toMatchObject({ kind: 'unknown' });
  });

  it('does not give a name back to before it passed to another company, nor move a day of listing that agrees', () => {
    const moved = sinceFirstTrade(records, firsts);
    expect(moved.map(({ listedOn }) => listedOn)).toEqual(['2019-08-23', '2025-11-12', '2024-11-13']);
    expect(resolved('swiggy', '2024-01-02')).toMatchObject({ kind: 'unknown' });
  });
});
