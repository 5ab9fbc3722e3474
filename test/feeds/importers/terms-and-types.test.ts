import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tradingDate } from '../../../desk/time.ts';
import { readActionTerms } from '../../../feeds/importers/corporate-action-terms.ts';
import { typeEvent } from '../../../feeds/importers/event-type.ts';
import { dateInName, readDate, readMoment } from '../../../feeds/importers/read-date.ts';
import { printedPrice, readCount, readDecimal } from '../../../feeds/importers/read-number.ts';

describe('what a corporate action says', () => {
  it.each([
    ['Bonus 2:1', { kind: 'BONUS', factor: 1 / 3 }], ['BONUS 1:3', { kind: 'BONUS', factor: 0.75 }], ['Bonus issue 1:1', { kind: 'BONUS', factor: 0.5 }],
    ['FVSPLT FRM RS 10 TO RS 2', { kind: 'SPLIT', factor: 0.2 }], ['Stock  Split From Rs.5/- to Rs.2/-', { kind: 'SPLIT', factor: 0.4 }], ['Face Value Split (Sub-Division) - From Rs 10/- Per Share To Re 1/- Per Share', { kind: 'SPLIT', factor: 0.1 }],
    ['AGM/DIV - RS 1.50 PER SH', { kind: 'DIVIDEND', factor: 1, amount: '1.5' }], ['Dividend - Rs 12e308 Per Share', { kind: 'DIVIDEND', factor: 1 }], ['Interim Dividend - Rs. - 18.0000', { kind: 'DIVIDEND', factor: 1, amount: '18' }], ['Dividend - Rs 2 Per Share/Special Dividend - Rs 3 Per Share', { kind: 'DIVIDEND', factor: 1, amount: '5' }],
    ['DIVIDEND', { kind: 'DIVIDEND', factor: 1 }], ['Rights 1:5 @ Premium Rs 90/-', { kind: 'RIGHTS', factor: 1 }], ['Rights 1:15 @ Rs 1257', { kind: 'RIGHTS', factor: 1, amount: '1257' }], ['Right Issue of Equity Shares', { kind: 'RIGHTS', factor: 1 }], ['Rights 1:5 of Debentures @ Rs 100', { kind: 'RIGHTS', factor: 1 }], ['DEMERGER', { kind: 'DEMERGER', factor: 1 }], ['BUYBACK', { kind: 'OTHER', factor: 1 }], ['ANNUAL GENERAL MEETING', { kind: 'OTHER', factor: 1 }],
  ])('reads %s', (subject, terms) => { expect(readActionTerms(subject)).toEqual(terms); });

  it('adds the face value to the premium of a right, where it is known', () => {
    expect(readActionTerms('Rights 1:15 @ Premium Rs 1247/-', 10)).toEqual({ kind: 'RIGHTS', factor: 1, amount: '1257' });
    expect(readActionTerms('RIGHTS 3:10@PRM RS 40', 2)).toEqual({ kind: 'RIGHTS', factor: 1, amount: '42' });
  });

  it('makes an a-for-b bonus leave the holding\'s value as it was', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (added, held) => {
      const terms = readActionTerms(`BONUS ${added}:${held}`);
      expect('factor' in terms && terms.factor * (added + held)).toBeCloseTo(held, 9);
    }));
  });

  it.each(['Bonus issue', 'Bonus 5:0', 'FVSPLT FRM RS 0 TO RS 2'])('refuses %s, whose ratio it cannot use', (subject) => {
    expect(readActionTerms(subject)).toEqual({ reason: expect.stringContaining('ratio') });
  });
});

describe('what an event is about', () => {
  it.each([
    ['TCS board approves Rs 18,000 crore buyback', 'BUYBACK', 'HIGH'], ['NCC bags one new order for Rs 292 crore in August', 'ORDER_WIN', 'HIGH'], ['RBI imposes penalty of Rs 30 lakh on Bank of Baroda', 'PENALTY', 'HIGH'],
    ['HCL Technologies reports 11% rise in Q4 consolidated net profit', 'EARNINGS', 'HIGH'], ['S&P Global Ratings upgrades Axis Bank’s rating', 'RATING', 'MEDIUM'], ['Billionaire banker Uday Kotak steps down as CEO', 'MANAGEMENT', 'MEDIUM'],
    ['ITC to acquire stake in Mother Sparsh', 'M&A', 'HIGH'], ['CRISIL board recommends final dividend', 'DIVIDEND', 'MEDIUM'], ['Gail (India) informs about bonus issue of equity shares', 'BONUS', 'HIGH'], ['Stock split', 'SPLIT', 'HIGH'],
    ['NBCC (India) informs about board meeting', 'BOARD_MEETING', 'LOW'], ['Galaxy Surfactants informs about notice of postal ballot', 'OTHER', 'LOW'], ['JSW Steel’s arm to invest $145 million to upgrade manufacturing operations', 'OTHER', 'LOW'],
    ['Manappuram Finance raises Rs 600 crore through NCDs', 'FUND_RAISE', 'MEDIUM'], ['KRBL informs about update on litigation', 'LITIGATION', 'MEDIUM'], ['Framework for trading preferences of retail investors', 'POLICY', 'MEDIUM'], ['Tata Motors launches Punch in CNG variant', 'OTHER', 'LOW'],
  ])('types "%s"', (title, eventType, priority) => { expect(typeEvent({ title })).toEqual({ eventType, priority }); });

  it('does not take a filing that quotes the regulator for policy', () => {
    expect(typeEvent({ title: 'Updates', body: 'Disclosure under Regulation 30 of the SEBI (LODR) Regulations, 2015' })).toEqual({ eventType: 'OTHER', priority: 'LOW' });
  });
});

describe('numbers and dates as sources print them', () => {
  it('reads every way of writing a day and no other text', () => {
    for (const text of ['2024-06-03', '03-Jun-2024', '3 JUN 2024', '03/06/2024', '20240603', '2024-06-03 00:00:00+05:30']) expect(readDate(text)).toBe('2024-06-03');
    for (const text of ['', '-', '2024-06-03 09:15:00', '31-Feb-2024', '2024-13-01', '06/31/2024', '45000']) expect(readDate(text)).toBeNull();
  });
  it('takes a time without a zone for India\'s', () => {
    expect(readMoment('18-Oct-2023 22:11:42')).toBe('2023-10-18T16:41:42.000Z');
    expect(readMoment('Wed, 17 Jun 2026 13:15:00')).toBe('2026-06-17T07:45:00.000Z');
    expect(readMoment('2023-02-04T11:42:09+00:00')).toBe('2023-02-04T11:42:09.000Z');
    for (const text of ['18-Oct-2023', '18-Oct-2023 25:00:00', 'yesterday']) expect(readMoment(text)).toBeNull();
  });
  it('finds the date in a file\'s name', () => {
    expect(['sec_list_24022025.csv', 'BhavCopy_NSE_CM_0_0_0_20250224_F_0000.csv', 'An011220.txt', 'list_2023-01-18.csv', 'EQUITY_L.csv'].map(dateInName)).toEqual(['2025-02-24', '2025-02-24', '2020-12-01', '2023-01-18', null]);
  });
  it('reads plain decimals exactly and nothing else', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).filter((value) => !String(value).includes('e')), (value) => { expect(readDecimal(` ${value} `)).toBe(value === 0 ? Number(String(value)) : value); }));
    for (const text of ['', ' ', '1e5', '0x1f', '1,000', 'Infinity', '--1', '1.2.3', '٣']) expect(readDecimal(text)).toBeNaN();
    expect(readCount('7398.0')).toBe(7398);
    expect(readCount('9007199254740993')).toBeNaN();
  });
  it('gives back what a 32-bit float has made of a price, and leaves other values alone', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000_000 }), (paise) => { expect(printedPrice(Math.fround(paise / 100))).toBe(paise / 100); }));
    expect(printedPrice(4494.6499)).toBe(4494.6499);
    expect(tradingDate('2024-06-03')).toBe('2024-06-03');
  });
});
