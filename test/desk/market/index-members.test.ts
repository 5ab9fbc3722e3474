import { describe, expect, it } from 'vitest';
import { indexKey, membersOn } from '../../../desk/market/index-members.ts';
import { tradingDate } from '../../../desk/time.ts';

const day = tradingDate;
const list = (listedOn: string, ...symbols: string[]) => symbols.map((symbol) => ({ listedOn: day(listedOn), symbol }));
const lists = [...list('2024-03-28', 'BBB', 'AAA', 'CCC'), ...list('2024-09-27', 'AAA', 'DDD', 'CCC'), ...list('2025-03-28', 'AAA', 'DDD', 'BBB')];

describe('members of an index', () => {
  it('are those of the last list up to the day, each since the first of its unbroken run', () => {
    expect(membersOn(lists, day('2025-06-01'))).toEqual({
      listedOn: '2025-03-28', firstList: '2024-03-28', members: [{ symbol: 'AAA', since: '2024-03-28' }, { symbol: 'BBB', since: '2025-03-28' }, { symbol: 'DDD', since: '2024-09-27' }],
      left: [{ symbol: 'CCC', until: '2025-03-28' }],
    });
  });
  it('are told of a day in the past by what held then, and not at all before the first list', () => {
    expect(membersOn(lists, day('2024-12-31'))).toMatchObject({ listedOn: '2024-09-27', members: [{ symbol: 'AAA' }, { symbol: 'CCC' }, { symbol: 'DDD' }], left: [{ symbol: 'BBB', until: '2024-09-27' }] });
    expect(membersOn(lists, day('2024-03-28'))?.left).toEqual([]);
    expect(membersOn(lists, day('2024-03-27'))).toBeNull();
  });
  it.each([['Nifty', 'NIFTY 50'], ['nifty50', 'NIFTY 50'], ['NIFTY', 'Nifty 50 index'], ['bank nifty', 'NIFTY BANK'], ['Nifty Total Market', 'NIFTY TOTAL MARKET']])('go by “%s” as by “%s”', (one, other) => { expect(indexKey(one)).toBe(indexKey(other)); });
  it('tells indices with like names apart', () => { expect(new Set(['NIFTY 50', 'NIFTY 500', 'NIFTY NEXT 50', 'NIFTY BANK'].map(indexKey)).size).toBe(4); });
});
