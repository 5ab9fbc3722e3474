import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../../desk/csv.ts';
import { type LotTrade, longTermFrom, taxLots } from '../../../desk/portfolio/tax-lots.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';

const on = tradingDate;
const trade = (side: 'BUY' | 'SELL', quantity: number, price: number, date: string, chargesMinor = 0): LotTrade => ({ symbol: 'INFY', side, quantity, price, chargesMinor, date: on(date) });

describe('tax lots', () => {
  it('of a bonus are a lot of their own that cost nothing, and of a split keep their day and cost', () => {
    const bought = [trade('BUY', 10, 100, '2024-01-10'), trade('BUY', 5, 120, '2024-02-10')];
    const bonus = { symbol: 'INFY', date: on('2024-03-01'), kind: 'BONUS', newShares: 2, oldShares: 1, quantityAfter: 30 };
    expect(taxLots([...bought, trade('SELL', 20, 60, '2024-04-01')], [bonus])).toMatchObject({
      closed: [{ quantity: 10, openedOn: '2024-01-10', costMinor: 1_000_00 }, { quantity: 5, openedOn: '2024-02-10', costMinor: 600_00 }, { quantity: 5, openedOn: '2024-03-01', costMinor: 0, gainMinor: 300_00 }],
      open: [{ quantity: 10, openedOn: '2024-03-01', costMinor: 0 }],
    });
    const split = { ...bonus, kind: 'SPLIT', newShares: 5, quantityAfter: 75 };
    expect(taxLots(bought, [split]).open).toMatchObject([{ quantity: 50, openedOn: '2024-01-10', price: 20, costMinor: 1_000_00 }, { quantity: 25, openedOn: '2024-02-10', price: 24, costMinor: 600_00 }]);
    const merged = { ...split, newShares: 1, oldShares: 4, quantityAfter: 3 };
    expect(taxLots(bought, [merged]).open.map(({ quantity }) => quantity)).toEqual([2, 1]);
  });

  it('sell what was bought first, each part with its share of both charges', () => {
    const { closed, open } = taxLots([trade('BUY', 10, 100, '2024-01-10', 100), trade('BUY', 10, 120, '2024-02-10', 50), trade('SELL', 15, 130, '2024-03-10', 90)]);
    expect(closed).toMatchObject([
      { quantity: 10, openedOn: '2024-01-10', costMinor: 1_000_00, proceedsMinor: 1_300_00, chargesMinor: 160, gainMinor: 298_40, term: 'SHORT', holdingDays: 60 },
      { quantity: 5, openedOn: '2024-02-10', costMinor: 600_00, proceedsMinor: 650_00, chargesMinor: 55, gainMinor: 49_45, term: 'SHORT', holdingDays: 29 },
    ]);
    expect(open).toEqual([{ symbol: 'INFY', quantity: 5, openedOn: '2024-02-10', price: 120, costMinor: 600_00, chargesMinor: 25 }]);
  });

  it.each([['2024-01-10', '2024-01-10', 'SAME_DAY'], ['2024-01-10', '2025-01-10', 'SHORT'], ['2024-01-10', '2025-01-11', 'LONG'], ['2024-02-29', '2025-03-01', 'LONG']])('from %s to %s are %s', (from, to, term) => {
    expect(taxLots([trade('BUY', 1, 100, from), trade('SELL', 1, 100, to)]).closed[0]?.term).toBe(term);
  });

  it.each([['2024-01-10', '2025-01-11'], ['2024-02-28', '2025-03-01'], ['2024-02-29', '2025-03-01'], ['2023-12-31', '2025-01-01']])('bought on %s are long-term from %s on, and not the day before', (bought, from) => {
    expect(longTermFrom(on(bought))).toBe(from);
    const term = (sold: string) => taxLots([trade('BUY', 1, 100, bought), trade('SELL', 1, 100, sold)]).closed[0]?.term;
    expect([term(plusDays(on(from), -1)), term(from)]).toEqual(['SHORT', 'LONG']);
  });

  it('turn over: what is sold beyond what is held opens a short lot, closed by the next purchase', () => {
    const { closed, open } = taxLots([trade('BUY', 5, 100, '2024-01-10'), trade('SELL', 8, 110, '2024-01-11'), trade('BUY', 1, 90, '2024-01-12')]);
    expect(closed).toMatchObject([{ side: 'LONG', quantity: 5, gainMinor: 50_00 }, { side: 'SHORT', quantity: 1, gainMinor: 20_00, costMinor: 90_00, proceedsMinor: 110_00 }]);
    expect(open).toMatchObject([{ quantity: -2, price: 110 }]);
  });

  it('lose no share and no paisa, whatever was traded', () => {
    const trades = fc.array(fc.record({ symbol: fc.constantFrom('A', 'B'), side: fc.constantFrom('BUY' as const, 'SELL' as const), quantity: fc.integer({ min: 1, max: 50 }), price: fc.integer({ min: 1, max: 500 }), chargesMinor: fc.integer({ min: 0, max: 5000 }), gap: fc.integer({ min: 0, max: 400 }) }), { maxLength: 30 });
    fc.assert(fc.property(trades, (list) => {
      let date = on('2020-01-01');
      const dated = list.map(({ gap, ...each }) => { date = plusDays(date, gap); return { ...each, date }; });
      const { closed, open } = taxLots(dated);
      const signed = (each: LotTrade): number => (each.side === 'BUY' ? each.quantity : -each.quantity);
      for (const symbol of ['A', 'B']) {
        const own = dated.filter((each) => each.symbol === symbol);
        expect(open.filter((lot) => lot.symbol === symbol).reduce((sum, lot) => sum + lot.quantity, 0)).toBe(own.reduce((sum, each) => sum + signed(each), 0));
        expect(new Set(open.filter((lot) => lot.symbol === symbol).map((lot) => Math.sign(lot.quantity))).size).toBeLessThanOrEqual(1);
      }
      const charges = [...closed, ...open].reduce((sum, lot) => sum + lot.chargesMinor, 0);
      expect(charges).toBe(dated.reduce((sum, each) => sum + each.chargesMinor, 0));
      const cash = dated.reduce((sum, each) => sum - signed(each) * each.price * 100 - each.chargesMinor, 0);
      expect(closed.reduce((sum, lot) => sum + lot.gainMinor, 0)).toBe(cash + open.reduce((sum, lot) => sum + lot.costMinor + lot.chargesMinor, 0));
      for (const lot of closed) expect(lot.closedOn >= lot.openedOn).toBe(true);
    }), { seed: 11, numRuns: 300 });
  });
});

describe('comma-separated text', () => {
  it('quotes what would break a line and disarms what a spreadsheet would run, and leaves figures alone', () => {
    expect(csvText(['a', 'b'], [['x,y', 'say "hi"'], ['=1+1', '@cmd'], [-5, null], ['M&M', 'two\nlines']])).toBe('a,b\r\n"x,y","say ""hi"""\r\n\'=1+1,\'@cmd\r\n-5,\r\nM&M,"two\nlines"\r\n');
  });
});
