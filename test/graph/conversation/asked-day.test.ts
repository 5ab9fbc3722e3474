import { expect, it } from 'vitest';
import { tradingDate } from '../../../desk/time.ts';
import { askedDay } from '../../../graph/conversation/asked-day.ts';

it.each([
  [undefined, '2024-09-02'], ['2024-08-14', '2024-08-14'], ['2024-08-14T19:00:00Z', '2024-08-15'], ['2024-08-14 09:15', '2024-08-14'],
  ['2025-01-01', '2024-09-02'], ['no time at all', '2024-09-02'], ['2024-13-45', '2024-09-02'],
])('“today” of a question as of %s is the day of that moment in the exchange’s zone, never after the market’s: %s', (asOf, day) => {
  expect(askedDay(asOf, { zone: 'Asia/Kolkata', today: tradingDate('2024-09-02') })).toBe(day);
});
