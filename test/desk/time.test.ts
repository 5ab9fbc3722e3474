import { describe, expect, it } from 'vitest';
import { instant, plusDays, tradingDate } from '../../desk/time.ts';

describe('dates and moments', () => {
  it('never leave the years that sort as they are written, so that no count of days runs on for ever', () => {
    expect(() => { for (let date = tradingDate('9999-12-30'), days = 0; date <= '9999-12-31'; date = plusDays(date, 1)) if ((days += 1) > 5) return; }).toThrow(RangeError);
    expect(() => plusDays(tradingDate('0000-01-01'), -1)).toThrow(RangeError);
    expect(() => instant('+275760-09-13T00:00:00.000Z')).toThrow(RangeError);
    expect(() => instant(-1e14)).toThrow(RangeError);
    expect([plusDays(tradingDate('9999-12-30'), 1), instant('9999-12-31T23:59:59Z')]).toEqual(['9999-12-31', '9999-12-31T23:59:59.000Z']);
  });
});
