import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, valueMinor } from '../../../desk/decimal.ts';
import { applyFill, flatPosition, type Position } from '../../../desk/execution/position.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';
import { postingsForDeposit, postingsForFill, postingsForTransfer } from '../../../desk/treasury/postings.ts';
import { dayEnds, knownDays, ledgerDays } from '../../../tools/book/day-ends.ts';
import { profitBySymbol } from '../../../tools/book/profit-by-symbol.ts';
import { returnsOf } from '../../../tools/book/returns.ts';

const first = tradingDate('2024-01-01');
const day = (n: number) => plusDays(first, n);
const dates = (count: number) => Array.from({ length: count + 1 }, (_, n) => day(n - 1));
const index = { symbol: 'NIFTY', name: 'Nifty', closeOn: () => 100 };
const deposit = (n: number, amountMinor: number, accountId = 'a') => postingsForDeposit({ accountId, amountMinor, reason: 'test', cause: { clearanceId: 'c' } }).postings.map((posting) => ({ ...posting, date: day(n) }));

describe('worth at the end of each day', () => {
  it('is cash and shares at that day’s closes, whatever was bought when', () => {
    const ledger = ledgerDays([...deposit(0, 100_000), { date: day(1), ledger: 'cash', amountMinor: -30_150 }, { date: day(1), ledger: 'charges', amountMinor: 150 }, { date: day(1), ledger: 'securities', amountMinor: 30_000 }]);
    const ends = dayEnds({ dates: dates(3), ledger, shares: [{ date: day(1), symbol: 'AAA', quantity: 3 }], closeOf: (_, date) => (date === day(1) ? 100 : 110) });
    expect(ends.map((end) => end.equityMinor)).toEqual([0, 100_000, 99_850, 102_850]);
    expect(ends.map((end) => end.flowMinor)).toEqual([0, 100_000, 0, 0]);
    expect(ends.map((end) => end.chargesMinor)).toEqual([0, 0, 150, 0]);
  });

  it('is unknown while a held share has no price, and not zero', () => {
    const ends = dayEnds({ dates: dates(3), ledger: ledgerDays(deposit(0, 100_000)), shares: [{ date: day(1), symbol: 'AAA', quantity: 1 }], closeOf: (_, date) => (date === day(2) ? 5 : null) });
    expect(ends.map((end) => end.equityMinor)).toEqual([0, 100_000, null, 100_500]);
    expect(ends[2]?.unpriced).toEqual(['AAA']);
  });

  it('takes a transfer between two of the accounts for no flow, and for one where only one is looked at', () => {
    const { postings } = postingsForTransfer({ fromAccountId: 'a', toAccountId: 'b', amountMinor: 4_000, reason: 'test', cause: { clearanceId: 'c' } });
    const flow = (accounts: readonly string[]): number | undefined => dayEnds({ dates: [day(0)], ledger: ledgerDays(postings.filter((posting) => accounts.includes(posting.accountId)).map((posting) => ({ ...posting, date: day(0) }))), shares: [], closeOf: () => null })[0]?.flowMinor;
    expect([flow(['a', 'b']), flow(['a']), flow(['b'])]).toEqual([0, -4_000, 4_000]);
  });

  it('keeps what flowed over days that cannot be valued', () => {
    const ends = dayEnds({ dates: dates(3), ledger: ledgerDays([...deposit(0, 1_000), ...deposit(1, 500)]), shares: [{ date: day(1), symbol: 'AAA', quantity: 1 }], closeOf: (_, date) => (date === day(1) ? null : 10) });
    expect(knownDays(ends)).toEqual([{ date: day(-1), value: 0, netFlow: 0 }, { date: day(0), value: 1_000, netFlow: 1_000 }, { date: day(2), value: 2_500, netFlow: 500 }]);
  });
});

/** A few days of random deposits and trades in three symbols at random prices, as the desk books them. */
const history = fc.record({
  deposits: fc.array(fc.record({ n: fc.integer({ min: 0, max: 5 }), amount: fc.integer({ min: 1, max: 5_000_000 }) }), { maxLength: 4 }),
  trades: fc.array(fc.record({ n: fc.integer({ min: 0, max: 5 }), symbol: fc.constantFrom('AAA', 'BBB', 'CCC'), side: fc.constantFrom('BUY' as const, 'SELL' as const), quantity: fc.integer({ min: 1, max: 500 }), paise: fc.integer({ min: 1, max: 500_000 }), charges: fc.integer({ min: 0, max: 9_999 }) }), { maxLength: 12 }),
  closes: fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 24, maxLength: 24 }),
});

describe('profit', () => {
  it('of the symbols adds up to what the accounts are worth more than was put in', () => {
    fc.assert(fc.property(history, ({ deposits, trades, closes }) => {
      const ordered = trades.toSorted((a, b) => a.n - b.n);
      const positions = new Map<string, Position>();
      const rows = deposits.flatMap(({ n, amount }) => deposit(n, amount));
      for (const [fillId, trade] of ordered.entries()) {
        const { position, effect } = applyFill(positions.get(trade.symbol) ?? flatPosition, { side: trade.side, quantity: trade.quantity, price: decimal(trade.paise / 100), chargesMinor: trade.charges });
        positions.set(trade.symbol, position);
        rows.push(...postingsForFill({ accountId: 'a', fillId: String(fillId), effect, reason: 'test' }).postings.map((posting) => ({ ...posting, date: day(trade.n) })));
      }
      const closeOf = (symbol: string, date: string): number => (closes[('AAA BBB CCC'.indexOf(symbol) / 4) * 8 + Math.max(0, (Date.parse(date) - Date.parse(first)) / 86_400_000)] ?? 1) / 100;
      const fills = ordered.map((trade, i) => ({
        id: String(i), orderId: 'o', accountId: 'a', symbol: trade.symbol, side: trade.side, category: 'ENTRY' as const, quantity: trade.quantity, price: trade.paise / 100, chargesMinor: trade.charges, realisedMinor: 0, happenedAt: `${day(trade.n)}T05:00:00.000Z` as never,
      }));
      const ends = dayEnds({ dates: dates(7), ledger: ledgerDays(rows), shares: ordered.map((trade) => ({ date: day(trade.n), symbol: trade.symbol, quantity: trade.side === 'BUY' ? trade.quantity : -trade.quantity })), closeOf });
      const bySymbol = profitBySymbol({ fills, span: { from: first, to: day(6), label: '' }, closeOf, zone: 'Asia/Kolkata' });
      const flowed = deposits.reduce((sum, { amount }) => sum + amount, 0);
      expect(bySymbol.reduce((sum, { pnlMinor }) => sum + (pnlMinor ?? Number.NaN), 0)).toBe((ends.at(-1)?.equityMinor ?? Number.NaN) - flowed);
    }), { numRuns: 300 });
  });

  it('of a symbol is unknown where the price at an end is', () => {
    const fill = { id: '1', orderId: 'o', accountId: 'a', symbol: 'AAA', side: 'BUY' as const, category: 'ENTRY' as const, quantity: 1, price: 10, chargesMinor: 5, realisedMinor: 0, happenedAt: `${day(1)}T05:00:00.000Z` as never };
    const profit = (closeOf: () => number | null) => profitBySymbol({ fills: [fill], span: { from: first, to: day(2), label: '' }, closeOf, zone: 'Asia/Kolkata' })[0]?.pnlMinor;
    expect([profit(() => null), profit(() => 12)]).toEqual([null, 195]);
  });
});

describe('returns', () => {
  const end = (n: number, equityMinor: number | null, flowMinor = 0) => ({ date: day(n), equityMinor, flowMinor, cashMinor: 0, chargesMinor: 0, unpriced: equityMinor === null ? ['AAA'] : [] });

  it('do not change when money comes in, while the money-weighted one does', () => {
    const without = returnsOf([end(-1, 0), end(0, 100_000, 100_000), end(1, 110_000), end(2, 121_000)], index);
    const late = returnsOf([end(-1, 0), end(0, 100_000, 100_000), end(1, 110_000), end(2, 1_221_000, 1_000_000)], index);
    expect(without.timeWeightedPercent).toBeCloseTo(21, 6);
    expect(late.timeWeightedPercent).toBeCloseTo(21, 6);
    expect(without.moneyWeightedPercent).toBeCloseTo(21, 6);
    expect(late.moneyWeightedPercent).not.toBeCloseTo(21, 1);
  });

  it('take a day’s money for there from its open, in the money-weighted one too', () => {
    // 100 over two days and 100 over one came to 220: 100 g² + 100 g = 220.
    const g = (Math.sqrt(1 + 8.8) - 1) / 2;
    expect(returnsOf([end(-1, 0), end(0, 100, 100), end(1, 220, 100)], index).moneyWeightedPercent).toBeCloseTo((g * g - 1) * 100, 4);
  });

  it('name the worst drop with the days it went from and to', () => {
    expect(returnsOf([end(-1, 0), end(0, 100, 100), end(1, 120), end(2, 90), end(3, 100)], index).drawdown).toEqual({ percent: -25, from: day(1), date: day(2) });
  });

  it('leave out days without a price and say so', () => {
    const { reasons, timeWeightedPercent } = returnsOf([end(-1, 0), end(0, 100, 100), end(1, null), end(2, 150)], index);
    expect(timeWeightedPercent).toBeCloseTo(50, 6);
    expect(reasons[0]).toContain('AAA');
  });

  it('give no ratio over too few days and none without money, with the reason', () => {
    const few = returnsOf([end(-1, 0), end(0, 100, 100), end(1, 101)], index);
    expect([few.sharpe, few.sortino, few.calmar, few.beta]).toEqual([null, null, null, null]);
    expect(few.reasons.join(' ')).toMatch(/need 20 daily returns; there are 2/);
    const none = returnsOf([end(-1, 0), end(0, 0)], index);
    expect([none.timeWeightedPercent, none.moneyWeightedPercent, none.drawdown]).toEqual([null, null, null]);
    expect(none.reasons[0]).toMatch(/no full day|no money/);
  });

  it('compare with the index over the very days that were measured, and give ratios once there are enough', () => {
    const ends = [end(-1, 0), ...Array.from({ length: 25 }, (_, n) => end(n, 100_000 + (n % 2 === 0 ? 0 : 700) + n * 100, n === 0 ? 100_000 : 0))];
    const with25 = returnsOf(ends, { ...index, closeOn: (date) => (date === day(24) ? 110 : 100) });
    expect(with25.benchmark.percent).toBeCloseTo(10, 6);
    expect(with25.days).toBe(25);
    expect([with25.sharpe, with25.volatilityPercent, with25.calmar].every((value) => typeof value === 'number')).toBe(true);
  });

  it('say that the index is unknown where it has no prices', () => {
    const { benchmark, reasons } = returnsOf([end(-1, 0), end(0, 100, 100)], { ...index, closeOn: () => null });
    expect([benchmark.percent, reasons.some((reason) => reason.includes('Nifty'))]).toEqual([null, true]);
  });

  it('value a share at its price to the paisa', () => expect(valueMinor(2294.25, 5)).toBe(1_147_125));
});
