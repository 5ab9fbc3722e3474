import { describe, expect, it } from 'vitest';
import { gainsTax, gainsTaxOfYear, type YearLot } from '../../../desk/portfolio/gains-tax.ts';
import { remainingEdge, rotationOf } from '../../../desk/portfolio/rotation.ts';
import { tradingDate } from '../../../desk/time.ts';

describe('tax on gains', () => {
  const short = [{ gainMinor: 1_000_000, term: 'SHORT' as const }];
  it('takes the rates of the day of the sale, with cess', () => {
    expect(gainsTax(short, tradingDate('2024-07-22'))).toMatchObject({ known: true, taxMinor: 156_000 });
    expect(gainsTax(short, tradingDate('2024-07-23'))).toMatchObject({ known: true, taxMinor: 208_000 });
    expect(gainsTax([{ gainMinor: 1_000_000, term: 'LONG' }], tradingDate('2024-07-23'))).toMatchObject({ known: true, taxMinor: 130_000 });
    expect(gainsTax([{ gainMinor: 1_000_000, term: 'LONG' }], tradingDate('2019-05-02'))).toMatchObject({ known: true, taxMinor: 104_000 });
  });
  it('sets short-term losses off against either, long-term losses against long-term gains alone', () => {
    expect(gainsTax([{ gainMinor: -400_000, term: 'SHORT' }, { gainMinor: 1_000_000, term: 'LONG' }], tradingDate('2024-08-01'))).toMatchObject({ taxMinor: 78_000 });
    expect(gainsTax([{ gainMinor: 400_000, term: 'SHORT' }, { gainMinor: -1_000_000, term: 'LONG' }], tradingDate('2024-08-01'))).toMatchObject({ taxMinor: 83_200 });
    expect(gainsTax([{ gainMinor: -400_000, term: 'SHORT' }], tradingDate('2024-08-01'))).toMatchObject({ taxMinor: 0 });
  });
  it('does not guess what is business income, nor rates before they are known', () => {
    expect(gainsTax([{ gainMinor: 5, term: 'SAME_DAY' }], tradingDate('2024-08-01'))).toMatchObject({ known: false });
    expect(gainsTax(short, tradingDate('2017-08-01'))).toMatchObject({ known: false });
  });
});

describe('a rotation', () => {
  const sold = { valueMinor: 10_000_000, edgePercent: 0.5, chargesMinor: 12_000, spreadMinor: 1_000, taxMinor: 20_000 };
  const bought = { valueMinor: 9_900_000, edgePercent: 2, chargesMinor: 25_000, spreadMinor: 2_000 };
  it('adds up: what is expected, less what is given up, three orders, both spreads and tax', () => {
    expect(rotationOf({ sold, bought })).toEqual({ expectedMinor: 198_000, givenUpMinor: 50_000, chargesMinor: 37_000, spreadMinor: 3_000, taxMinor: 20_000, gainMinor: 88_000, barMinor: 50_000 });
  });
  it('keeps what is not known out of the sum and says so', () => {
    expect(rotationOf({ sold: { ...sold, taxMinor: null, spreadMinor: null }, bought })).toMatchObject({ spreadMinor: null, taxMinor: null, gainMinor: 111_000 });
  });
  it('counts a holding of which a fall is expected for the rotation', () => {
    expect(rotationOf({ sold: { ...sold, edgePercent: -1 }, bought }).gainMinor).toBe(238_000);
  });
  it('lets an edge run out with its horizon', () => {
    expect([remainingEdge(2, 0, 10), remainingEdge(2, 5, 10), remainingEdge(2, 10, 10), remainingEdge(2, 30, 10)]).toEqual([2, 1, 0, 0]);
  });
});

describe('the tax of a financial year', () => {
  const [before, after] = [tradingDate('2024-07-22'), tradingDate('2024-07-23')];
  const lot = (term: YearLot['term'], rupees: number, soldOn = after): YearLot => ({ term, gainMinor: rupees * 100, soldOn });
  const taxOf = (lots: readonly YearLot[], from = '2024-04-01') => gainsTaxOfYear(lots, tradingDate(from));
  it.each<[string, YearLot[], number, number]>([
    ['each rate on what was sold under it', [lot('SHORT', 1000, before), lot('SHORT', 1000)], 364, 0],
    ['losses set off where the rate is highest', [lot('SHORT', 1000, before), lot('SHORT', 1000), lot('SHORT', -1000)], 156, 0],
    ['long-term gains free up to the year’s amount', [lot('LONG', 1_25_000), lot('LONG', 8000)], 1040, 1_25_000],
    ['what is free taken from the higher rate first', [lot('LONG', 1_25_000), lot('LONG', 10_000, before)], 1040, 1_25_000],
    ['no long-term loss set off against a short-term gain', [lot('SHORT', 1000), lot('LONG', -5000)], 208, 0],
    ['a short-term loss set off against a long-term gain', [lot('LONG', 2_00_000), lot('SHORT', -50_000)], 3250, 1_25_000],
    ['nothing on losses alone', [lot('SHORT', -1000), lot('LONG', -10)], 0, 0],
  ])('asks %s', (_, lots, taxRupees, freeRupees) => expect(taxOf(lots)).toMatchObject({ known: true, taxMinor: taxRupees * 100, freeMinor: freeRupees * 100 }));
  it('let one lakh of long-term gains go free before April 2024, and says so where it knows no rate', () => {
    expect(gainsTaxOfYear([lot('LONG', 1_10_000, tradingDate('2023-05-02'))], tradingDate('2023-04-01'))).toMatchObject({ taxMinor: 1_040_00, freeMinor: 1_00_000_00 });
    expect(gainsTaxOfYear([lot('LONG', 1, tradingDate('2017-05-02'))], tradingDate('2017-04-01'))).toMatchObject({ known: false });
  });
});
