import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decimal } from '../../../desk/decimal.ts';
import { tradingDate } from '../../../desk/time.ts';
import type { SymbolRecord } from '../../../desk/market/types.ts';
import { createSymbolLinker, type SymbolLinker } from '../../../feeds/linking/link-symbols.ts';
import { likeness } from '../../../feeds/linking/resolve-name.ts';
import { whatBecame } from '../../../start/what-became.ts';
import { noSharedFiles } from '../importers/shared-files.ts';
import { listedSymbols } from './listed-symbols.ts';

describe.skipIf(noSharedFiles)('resolving a name among the real 2,266 symbols (needs ../shared/data)', () => {
  let symbols: SymbolRecord[];
  let linker: SymbolLinker;
  beforeAll(async () => { symbols = await listedSymbols(); linker = createSymbolLinker(symbols); });

  it.each([
    ['TCS', 'TCS'], ['tcs', 'TCS'], ['tata consultancy', 'TCS'], ['Tata Consultancy Services Ltd.', 'TCS'], ['Reliance', 'RELIANCE'], ['HDFC Bank', 'HDFCBANK'], ['hdfcbank', 'HDFCBANK'], ['zomato', 'ETERNAL'], ['eternal', 'ETERNAL'],
    ['M&M', 'M&M'], ['m and m', 'M&M'], ['bajaj auto', 'BAJAJ-AUTO'], ['sbi', 'SBIN'], ['L&T', 'LT'], ['infosis', 'INFY'], ['asian paint', 'ASIANPAINT'], ['tata steeel', 'TATASTEEL'], ['nifty', 'NIFTY'], ['bank nifty', 'BANKNIFTY'], ['NSE:ITC', 'ITC'], ['TCS.NS', 'TCS'],
  ])('takes "%s" for %s', (name, symbol) => { expect(linker.resolve(name)).toEqual({ kind: 'one', symbol }); });

  it.each([['tata', 'TATASTEEL'], ['bajaj', 'BAJFINANCE'], ['hdfc', 'HDFCLIFE'], ['icici', 'ICICIBANK'], ['adani', 'ADANIPORTS'], ['tata motors', 'TMCV']])('offers candidates for "%s" instead of choosing', (name, among) => {
    const resolved = linker.resolve(name);
    expect(resolved).toMatchObject({ kind: 'ambiguous', candidates: expect.arrayContaining([among]) });
  });

  it.each(['', 'xyz', 'gibberish company', 'coal', 'PAN ELECTRONICS INDIA LTD.', 'Reserve Bank of India', '🙂', 'x'.repeat(5_000)])('does not guess at "%s"', (name) => {
    expect(linker.resolve(name).kind).toBe('unknown');
  });

  it('uses the symbol of the day that is asked about', () => {
    const before = createSymbolLinker(symbols, { asOf: tradingDate('2024-06-03') });
    expect(['zomato', 'ETERNAL', 'tata motors'].map((name) => before.resolve(name))).toEqual(['ZOMATO', 'ZOMATO', 'TATAMOTORS'].map((symbol) => ({ kind: 'one', symbol })));
    expect(createSymbolLinker(symbols, { asOf: tradingDate('2023-07-12') }).resolve('hdfc')).toEqual({ kind: 'one', symbol: 'HDFC' });
  });

  it('resolves every listed symbol to itself or to what it is called now', () => {
    const lost = symbols.filter(({ symbol, listedOn }) => listedOn !== undefined && linker.resolve(symbol).kind !== 'one').map(({ symbol }) => symbol);
    expect(lost).toEqual([]);
  });

  it('never answers with a symbol that it was not given', () => {
    const given = new Set(symbols.map(({ symbol }) => symbol));
    fc.assert(fc.property(fc.string({ maxLength: 20 }), (name) => {
      const resolved = linker.resolve(name);
      const named = resolved.kind === 'one' ? [resolved.symbol] : resolved.kind === 'ambiguous' ? resolved.candidates : resolved.near;
      expect(named.every((symbol) => given.has(symbol))).toBe(true);
    }), { numRuns: 100 });
  });
});

describe('a name whose company is not listed here', () => {
  const record = (symbol: string, name: string): SymbolRecord => ({ symbol, name, exchange: 'NSE', kind: 'EQUITY', lotSize: 1, tickSize: decimal('0.05'), aliases: [] });
  const few = createSymbolLinker([record('HDFCBANK', 'HDFC Bank Limited'), record('SBIN', 'State Bank of India'), record('M&M', 'Mahindra & Mahindra Limited'), record('LT', 'Larsen & Toubro Limited'), record('IDFCFIRSTB', 'IDFC First Bank Limited')]);

  it.each([['HDFC Ltd', 'HDFCBANK'], ['hdfc', 'HDFCBANK'], ['Housing Development Finance Corporation Ltd', 'HDFCBANK'], ['IDFC Limited', 'IDFCFIRSTB']])('is no other’s: “%s” is only near %s', (name, near) => {
    expect(few.resolve(name)).toMatchObject({ kind: 'unknown', near: [near], elsewhere: { into: near } });
    expect(few.link(`${name} shares gain 3%`).symbols).toEqual([]);
  });
  it.each(['SBI Life', 'SBI Cards', 'Tech Mahindra', 'L&T Finance', 'L&T Technology Services', 'HDFC Life', 'HDFC AMC'])('takes “%s” for no part of its own', (name) => {
    expect(few.resolve(name)).toMatchObject({ kind: 'unknown', elsewhere: 'not listed' });
    expect(few.link(`${name} shares gain 3%`).symbols).toEqual([]);
  });
  it('says what became of it, and on an earlier day that it was there', () => {
    const gone = { symbol: 'HDFC', lastSession: '2023-07-12', into: 'HDFCBANK' };
    expect(whatBecame('HDFC Ltd', gone, tradingDate('2024-06-03'))).toBe('"HDFC Ltd" left the exchange after 12 July 2023; its holders got shares of HDFCBANK.');
    expect(whatBecame('HDFC Ltd', gone, tradingDate('2022-06-03'))).toContain('was listed by itself until 12 July 2023');
  });
});

describe('likeness of two words', () => {
  it('is 1 for the same word, the same both ways, and loses one edit for a swap of neighbours', () => {
    fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(likeness(a, a)).toBe(1);
      expect(likeness(a, b)).toBeCloseTo(likeness(b, a), 12);
    }));
    expect(likeness('infosys', 'inofsys')).toBeCloseTo(1 - 1 / 7, 12);
  });
});
