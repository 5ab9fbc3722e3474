import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountAt, parseFigure } from '../../../agents/grammar/amounts.ts';

const read = (text: string) => amountAt(text.toLowerCase().split(' '), 0);

describe('amounts', () => {
  it.each([
    ['10', '10', 'plain'], ['1,23,456.50', '123456.5', 'plain'], ['1,234,567', '1234567', 'plain'], ['3,900', '3900', 'plain'], ['12k', '12000', 'plain'], ['1.5 lakh', '150000', 'plain'], ['2L', '200000', 'plain'], ['3 crores', '30000000', 'plain'],
    ['₹2cr', '20000000', 'money'], ['₹ 500', '500', 'money'], ['Rs. 500', '500', 'money'], ['rs500', '500', 'money'], ['20000 rupees', '20000', 'money'], ['5 thousand rupees', '5000', 'money'], ['$250', '250', 'money'], ['3900/-', '3900', 'money'], ['2 lakh rupees', '200000', 'money'],
    ['0.5 %', '0.5', 'percent'], ['0.5%', '0.5', 'percent'], ['25 percent', '25', 'percent'], ['50 bps', '0.5', 'percent'], ['50bps', '0.5', 'percent'], ['30 basis points', '0.3', 'percent'],
    ['half', '0.5', 'fraction'], ['a third', '0.333333', 'fraction'], ['two thirds', '0.666667', 'fraction'], ['three quarters', '0.75', 'fraction'], ['1/4', '0.25', 'fraction'],
    ['fifty', '50', 'plain'], ['twenty five', '25', 'plain'], ['five hundred', '500', 'plain'], ['a hundred', '100', 'plain'], ['one lakh', '100000', 'plain'], ['a hundred rupees', '100', 'money'],
    ['four hundred and ten', '410', 'plain'], ['two thousand five hundred', '2500', 'plain'], ['fifteen hundred', '1500', 'plain'], ['fourteen fifty', '1450', 'plain'], ['thirty eight twenty five', '3825', 'plain'], ['three thousand nine hundred and fifty', '3950', 'plain'], ['zero point seven five percent', '0.75', 'percent'], ['two point five percent', '2.5', 'percent'],
    ['one and a half lakh', '150000', 'plain'], ['one point five lakh', '150000', 'plain'], ['two hundred thousand', '200000', 'plain'], ['one lakh twenty thousand rupees', '120000', 'money'], ['fifty thousand', '50000', 'plain'], ['pachees hazaar', '25000', 'plain'], ['dedh lakh', '150000', 'plain'], ['seventeen', '17', 'plain'], ['one hundred', '100', 'plain'], ['thirty nine hundred', '3900', 'plain'],
  ])('reads "%s" as %s %s, taking every word', (text, value, unit) => {
    expect(read(text)).toMatchObject({ amount: { value, unit }, length: text.split(' ').length });
  });

  it.each(['10,20', '1,2,3', '1e3', '12abc', '--5', '1.2.3', 'k', 'one', 'a', '₹', '%', '1,23', '12,34,5'])('does not take "%s" for an amount', (text) => {
    expect(read(text)).toBeNull();
  });

  it('says when a multiplier was used, since nobody writes prices so', () => {
    expect(parseFigure('12k')?.scaled).toBe(true);
    expect(parseFigure('12000')?.scaled).toBe(false);
    expect(read('fifty thousand')?.amount.scaled).toBe(true);
    expect(['one hundred', 'three thousand nine hundred', 'fifteen hundred'].map((text) => read(text)?.amount.scaled)).toEqual([false, false, false]);
  });

  it('reads every amount back from Indian and Western grouping', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (value) => {
      for (const locale of ['en-IN', 'en-US']) expect(Number(parseFigure(value.toLocaleString(locale))?.value)).toBe(value);
    }));
  });
});
