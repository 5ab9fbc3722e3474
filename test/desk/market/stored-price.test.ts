import { describe, expect, it } from 'vitest';
import { isStoredPrice, storedPriceStands } from '../../../desk/market/stored-price.ts';
import { at, tradingDate } from '../../../desk/time.ts';
import { calendar } from '../../feeds/replay/market-week.ts';

const on = (date: string, time: string) => at(tradingDate(date), time, 'Asia/Kolkata');
/** Made in the session of Friday 31 May; Monday 3 June is the next. */
const noon = on('2024-05-31', '12:00');

describe('a stored price of an option', () => {
  it.each([
    ['in its own session', on('2024-05-31', '12:01'), true], ['late in it', on('2024-05-31', '15:29'), true], ['after its close', on('2024-05-31', '23:00'), true], ['over the weekend', on('2024-06-02', '10:00'), true],
    ['before the next open', on('2024-06-03', '09:14'), true], ['once the next session has opened', on('2024-06-03', '09:15'), false], ['a day later', on('2024-06-04', '16:00'), false], ['before it was made', on('2024-05-31', '11:59'), false],
    ['on a day that no calendar knows', on('2024-07-01', '10:00'), false],
  ])('stands %s: %s', (_, now, stands) => expect(storedPriceStands({ at: noon, now, calendar })).toBe(stands));

  it('of the close stands until the next open, one of before the open of the day does not stand in its session', () => {
    expect(storedPriceStands({ at: on('2024-05-31', '15:30'), now: on('2024-06-03', '09:00'), calendar })).toBe(true);
    expect(storedPriceStands({ at: on('2024-05-31', '08:00'), now: on('2024-05-31', '12:00'), calendar })).toBe(false);
  });

  it('is told apart from a book and from bars', () => {
    expect((['book', 'bars', 'snapshot', 'close'] as const).map((spreadFrom) => isStoredPrice({ spreadFrom }))).toEqual([false, false, true, true]);
  });
});
