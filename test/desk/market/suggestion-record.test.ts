import { describe, expect, it } from 'vitest';
import type { AdjustedBar } from '../../../desk/market/corporate-actions.ts';
import { panelOf } from '../../../desk/market/share-panel.ts';
import { firstOfEach, recordOf, type Suggestion } from '../../../desk/market/suggestion-record.ts';
import type { TradingDate } from '../../../desk/time.ts';

const dates = Array.from({ length: 200 }, (_, i) => `s${String(i).padStart(3, '0')}` as TradingDate);
/** A share that closes as `close` says, with a turnover of a thousand times that. */
const share = (symbol: string, close: (at: number) => number, without: readonly number[] = []): AdjustedBar[] =>
  dates.flatMap((date, at) => (without.includes(at) ? [] : [{ symbol, date, open: close(at), high: close(at), low: close(at), close: close(at), volume: 1000 } as unknown as AdjustedBar]));
const suggestions = (symbol: string, ...at: number[]): Suggestion[] => at.map((each) => ({ kind: 'K', symbol, at: each }));

describe('a share', () => {
  it('counts again for the same kind only after twenty sessions, and apart from other kinds and shares', () => {
    const found = firstOfEach([...suggestions('A', 1, 2, 20, 21, 22, 41), { kind: 'L', symbol: 'A', at: 41 }, { kind: 'K', symbol: 'B', at: 41 }]);
    expect(found.map(({ kind, symbol, at }) => `${kind}${symbol}${at}`)).toEqual(['KA1', 'KA21', 'KA41', 'LA41', 'KB41']);
  });
});

describe('the panel', () => {
  const panel = panelOf([share('FLAT', () => 100), share('UP', (at) => 100 * 1.01 ** at, [7]), share('THIN', () => 1)], { dates, leastTurnover: 50_000 });
  it('has changes from close to close in percent, and none to a session that a share did not trade in or that is not there', () => {
    expect(panel.change('UP', 0, 5)).toBeCloseTo(100 * (1.01 ** 5 - 1), 9);
    expect([panel.change('UP', 2, 5), panel.change('UP', 7, 1), panel.change('UP', 199, 1), panel.change('NONE', 0, 1)]).toEqual([null, null, null, null]);
  });
  it('measures the market by what traded enough', () => {
    expect(panel.market(0, 1)).toBeCloseTo(0.5, 9);
    expect(panel.liquid(0).map(({ symbol }) => symbol)).toEqual(['FLAT', 'UP']);
    expect(panel.liquid(7).map(({ symbol }) => symbol)).toEqual(['FLAT']);
  });
  it('shows no bar after the session', () => { for (const at of [0, 60, 199]) expect(panel.liquid(at)[0]?.bars.at(-1)?.date).toBe(dates[at]); });
});

describe('the record', () => {
  const always = { market: (): number => 1 };
  it('is the change less the market’s, with how many were ahead', () => {
    const [record] = recordOf(suggestions('A', 0, 1, 2, 3), { ...always, change: (_, at, horizon) => (horizon === 20 && at === 3 ? null : [3, 0, 1, 4][at] ?? null) });
    expect(record).toMatchObject({ kind: 'K', count: 4, after: [{ sessions: 1, count: 4, mean: 2, over: 1, above: 50, stretches: 4 }, { sessions: 5, count: 4 }, { sessions: 20, count: 3, stretches: 1, low: null, high: null }] });
  });
  it('gives the interval of Student’s t over stretches: five with means −1, 0, 1, 2, 3 are 1 ± 1.963', () => {
    const [record] = recordOf(suggestions('A', 0, 1, 2, 3, 4), { market: () => 0, change: (_, at) => at - 1 });
    // Standard error 1.5811 / √5 = 0.70711, t(4) at 97.5 % = 2.7764.
    expect(record?.after[0]?.over).toBe(1);
    expect(record?.after[0]?.low).toBeCloseTo(1 - 1.9632, 1);
    expect(record?.after[0]?.high).toBeCloseTo(1 + 1.9632, 1);
  });
  it('does not take many suggestions of one week for many cases', () => {
    const crowd = Array.from({ length: 50 }, (_, n) => ({ kind: 'K', symbol: `S${n}`, at: n % 5 }));
    expect(recordOf(crowd, { market: () => 0, change: (symbol) => Number(symbol.slice(1)) % 3 })[0]?.after.map(({ stretches }) => stretches)).toEqual([5, 1, 1]);
  });
  it('names the kind that was furthest ahead first, and says nothing of what has not come yet', () => {
    const found = recordOf([{ kind: 'LOW', symbol: 'A', at: 0 }, { kind: 'HIGH', symbol: 'B', at: 0 }, { kind: 'NEW', symbol: 'C', at: 9 }], { market: () => 0, change: (symbol) => ({ A: -2, B: 2 })[symbol] ?? null });
    expect(found.map(({ kind }) => kind)).toEqual(['HIGH', 'LOW', 'NEW']);
    expect(found[2]?.after[2]).toEqual({ sessions: 20, count: 0, mean: null, over: null, above: null, stretches: 0, low: null, high: null });
  });
});
