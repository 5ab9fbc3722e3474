import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../desk/market/calendar.ts';
import { instant, tradingDate } from '../../../desk/time.ts';
import { bounds, spanOf } from '../../../tools/book/period.ts';
import { valuationDates } from '../../../tools/book/valuation-days.ts';

const moment = { asOf: instant('2024-06-12T06:00:00Z'), date: tradingDate('2024-06-12'), now: true };
const since = tradingDate('2024-01-10');

describe('a period', () => {
  it.each([
    ['today', '2024-06-12'], ['week', '2024-06-10'], ['month', '2024-06-01'], ['year', '2024-01-01'], ['all', '2024-01-10'],
  ] as const)('“%s” begins on %s and ends today', (word, from) => expect(spanOf(word, { moment, since })).toMatchObject({ from, to: '2024-06-12' }));
  it('begins its week on Monday, on a Sunday too', () => expect(spanOf('week', { moment: { ...moment, date: tradingDate('2024-06-16') }, since }).from).toBe('2024-06-10'));
  it('never reaches past the moment', () => {
    expect(spanOf({ from: '2024-06-01', to: '2024-06-30' }, { moment, since }).to).toBe('2024-06-12');
    expect(bounds({ from: tradingDate('2024-06-12'), to: tradingDate('2024-06-12') }, { moment, zone: 'Asia/Kolkata' })).toEqual({ from: '2024-06-11T18:30:00.000Z', to: moment.asOf });
  });
  it.each([[{ from: '2024-06-13', to: '2024-06-14' }, 'PERIOD_AHEAD'], [{ from: '2024-06-10', to: '2024-06-09' }, 'PERIOD_INVALID'], [{ from: '2024-02-30', to: '2024-03-01' }, 'PERIOD_INVALID']])('refuses %j', (period, code) => {
    expect(() => spanOf(period, { moment, since })).toThrow(expect.objectContaining({ code }));
  });
});

describe('days to value', () => {
  const session = (date: string) => ({ exchange: 'NSE' as const, date: tradingDate(date), kind: 'SESSION' as const });
  const calendar = createCalendar({ exchange: 'NSE', zone: 'Asia/Kolkata', regular: { open: '09:15', close: '15:30' }, sources: [{ mode: 'sessions-listed', coverage: { from: tradingDate('2024-06-03'), to: tradingDate('2024-06-09') }, days: ['2024-06-03', '2024-06-04', '2024-06-06', '2024-06-07'].map(session) }] });
  const span = { from: tradingDate('2024-06-03'), to: tradingDate('2024-06-09') };
  it('are the day before and the sessions', () => expect(valuationDates({ span, calendar, movedOn: [] })).toEqual(['2024-06-02', '2024-06-03', '2024-06-04', '2024-06-06', '2024-06-07']));
  it('end with the last day where money moved after the last session', () => expect(valuationDates({ span, calendar, movedOn: [tradingDate('2024-06-08')] }).at(-1)).toBe('2024-06-09'));
  it('are none of which the calendar knows nothing', () => expect(valuationDates({ span: { from: tradingDate('2024-07-01'), to: tradingDate('2024-07-05') }, calendar, movedOn: [] })).toEqual(['2024-06-30']));
});
