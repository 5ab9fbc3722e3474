import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { periodAt } from '../../../desk/market/spoken-periods.ts';
import { plusDays, tradingDate } from '../../../desk/time.ts';
import { calendar, marketDate } from '../../agents/grammar/desk-talk.ts';

const read = (text: string, date = marketDate) => periodAt(text.toLowerCase().split(' '), 0, { calendar, marketDate: date });

describe('dates and periods, seen from Wednesday 3 July 2024', () => {
  it.each([
    ['today', '2024-07-03', '2024-07-03'], ['yesterday', '2024-07-02', '2024-07-02'], ['tomorrow', '2024-07-04', '2024-07-04'], ['day before yesterday', '2024-07-01', '2024-07-01'],
    ['last thursday', '2024-06-27', '2024-06-27'], ['thursday', '2024-06-27', '2024-06-27'], ['last wednesday', '2024-06-26', '2024-06-26'], ['next monday', '2024-07-08', '2024-07-08'],
    ['15 august', '2023-08-15', '2023-08-15'], ['15th august 2024', '2024-08-15', '2024-08-15'], ['june 3', '2024-06-03', '2024-06-03'], ['3 june 2024', '2024-06-03', '2024-06-03'], ['3rd of june', '2024-06-03', '2024-06-03'], ['3 jun', '2024-06-03', '2024-06-03'],
    ['3/6/24', '2024-06-03', '2024-06-03'], ['3-6-2024', '2024-06-03', '2024-06-03'], ['2024-06-03', '2024-06-03', '2024-06-03'], ['13/12/2023', '2023-12-13', '2023-12-13'],
    ['this week', '2024-07-01', '2024-07-07'], ['last week', '2024-06-24', '2024-06-30'], ['next week', '2024-07-08', '2024-07-14'], ['this month', '2024-07-01', '2024-07-31'], ['last month', '2024-06-01', '2024-06-30'],
    ['this quarter', '2024-07-01', '2024-09-30'], ['last quarter', '2024-04-01', '2024-06-30'], ['this fy', '2024-04-01', '2025-03-31'], ['last fy', '2023-04-01', '2024-03-31'], ['this financial year', '2024-04-01', '2025-03-31'], ['fy24', '2023-04-01', '2024-03-31'], ['last year', '2023-01-01', '2023-12-31'],
    ['ytd', '2024-01-01', '2024-07-03'], ['mtd', '2024-07-01', '2024-07-03'], ['since 3 june', '2024-06-03', '2024-07-03'], ['since last month', '2024-06-01', '2024-07-03'], ['from 3 june to 10 june', '2024-06-03', '2024-06-10'],
    ['saturday 20 january 2024', '2024-01-20', '2024-01-20'], ['sat 20 jan', '2024-01-20', '2024-01-20'], ['fy', '2024-04-01', '2025-03-31'],
    ['june', '2024-06-01', '2024-06-30'], ['december', '2023-12-01', '2023-12-31'], ['june 2023', '2023-06-01', '2023-06-30'],
    ['past 10 days', '2024-06-24', '2024-07-03'], ['last 3 months', '2024-04-03', '2024-07-03'], ['last two weeks', '2024-06-20', '2024-07-03'], ['last 5 sessions', '2024-06-27', '2024-07-03'], ['last session', '2024-07-02', '2024-07-02'], ['last 13 sessions', '2024-06-14', '2024-07-03'],
  ])('reads "%s" as %s to %s, taking every word', (text, from, to) => {
    expect(read(text)).toMatchObject({ period: { from, to }, length: text.split(' ').length });
  });

  it.each(['31 june', '30/2/24', '2024-13-01', 'may', 'march', '5', 'since', 'last', 'from sip', 'this stock', 'sun'])('does not take "%s" for a date', (text) => {
    expect(read(text)).toBeNull();
  });

  it.each([['first week of june', '2024-06-01', '2024-06-07'], ['the second half of february 2024', '2024-02-16', '2024-02-29'], ['first half of this month', '2024-07-01', '2024-07-15']])('reads "%s" as that part of the month', (text, from, to) => {
    expect(read(text)).toMatchObject({ period: { from, to, day: false }, length: text.split(' ').length });
  });
  it.each([['second half of last year', '2023-07-01', '2023-12-31'], ['the first half of 2024', '2024-01-01', '2024-06-30'], ['first half of fy24', '2023-04-01', '2023-09-30']])('reads "%s" as six months', (text, from, to) => expect(read(text)).toMatchObject({ period: { from, to, day: false }, length: text.split(' ').length }));
  it.each([
    ['q4 fy24', '2024-01-01', '2024-03-31'], ['last quarter of fy24', '2024-01-01', '2024-03-31'], ['second quarter of fy2024', '2023-07-01', '2023-09-30'], ['third quarter of 2023', '2023-07-01', '2023-09-30'], ['1st quarter of 2024', '2024-01-01', '2024-03-31'],
    ['march quarter', '2024-01-01', '2024-03-31'], ['the last quarter of fy24', '2024-01-01', '2024-03-31'], ['sep quarter', '2024-07-01', '2024-09-30'], ['the december quarter', '2023-10-01', '2023-12-31'], ['december quarter of fy24', '2023-10-01', '2023-12-31'], ['june quarter 2023', '2023-04-01', '2023-06-30'], ['march quarter fy23', '2023-01-01', '2023-03-31'], ['quarter ended march', '2024-01-01', '2024-03-31'], ['quarter ending june 2023', '2023-04-01', '2023-06-30'],
  ])('reads "%s" as that quarter', (text, from, to) => expect(read(text)).toMatchObject({ period: { from, to, day: false }, length: text.split(' ').length }));
  it.each(['march quarter results', 'may quarter', 'second quarter', 'fifth quarter of fy24', 'quarter of a percent', 'quarter ended'])('reads no quarter into "%s"', (text) => expect(read(text)).toBeNull());

  it.each(['first week of 2024', 'second half of next year', 'first half'])('reads no part of a month into "%s"', (text) => expect(read(text)).toBeNull());

  it('reads “in March 24” as a month of 2024, and “on March 24” as a day', () => {
    const words = ['in', 'march', '24'];
    expect(periodAt(words, 1, { calendar, marketDate })).toMatchObject({ period: { from: '2024-03-01', to: '2024-03-31', day: false }, length: 2 });
    expect(periodAt(['on', ...words.slice(1)], 1, { calendar, marketDate })).toMatchObject({ period: { from: '2024-03-24', day: true }, length: 2 });
  });

  it('knows the coming reading of a day without a year', () => {
    expect(read('15 august')?.period.ahead).toBe('2024-08-15');
    expect(read('thursday')?.period.ahead).toBe('2024-07-04');
  });

  it('puts January to March into the financial year that began the April before', () => {
    expect(read('this fy', tradingDate('2024-02-10'))?.period).toMatchObject({ from: '2023-04-01', to: '2024-03-31' });
  });

  it('holds the last of February for 31 March less a month', () => {
    expect(read('last 1 months', tradingDate('2024-03-31'))?.period.from).toBe('2024-02-29');
  });

  it('reads every day back, however it is written', () => {
    const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
    fc.assert(fc.property(fc.integer({ min: -3000, max: 3000 }), (days) => {
      const date = plusDays(marketDate, days);
      const [year = '', month = '', day = ''] = date.split('-');
      const name = months[Number(month) - 1] ?? '';
      for (const text of [date, `${day}/${month}/${year}`, `${Number(day)} ${name} ${year}`, `${name.slice(0, 3)} ${Number(day)} ${year}`]) expect(read(text)?.period).toMatchObject({ from: date, to: date, day: true });
    }));
  });
});
