import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, instant, tradingDate } from '../../desk/time.ts';
import { momentNamed, readingMoment } from '../../tools/as-of.ts';
import type { ToolContext } from '../../tools/define.ts';

const zone = 'Asia/Kolkata' as const;
const contextAt = (now: string, asOf?: string) => ({ services: { market: { now: () => instant(now), zone } }, caller: { ...(asOf === undefined ? {} : { asOf }) } }) as unknown as ToolContext;
const moments = fc.date({ min: new Date('2019-01-01T00:00:00Z'), max: new Date('2031-01-01T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString());

describe('when a reading takes place', () => {
  it('is never later than the market’s now nor than the turn’s own as-of, whatever is asked', () => {
    fc.assert(fc.property(moments, fc.option(moments), fc.option(moments), (now, turn, asked) => {
      const { asOf } = readingMoment(contextAt(now, turn ?? undefined), asked ?? undefined);
      expect(asOf <= now).toBe(true);
      if (turn) expect(asOf <= turn).toBe(true);
      if (asked) expect(asOf <= asked).toBe(true);
      expect([now, turn, asked]).toContain(asOf);
    }));
  });

  it('takes a bare date as its last second on the exchange’s wall', () => {
    expect(readingMoment(contextAt('2024-08-30T10:00:00.000Z'), '2024-08-14')).toEqual({ asOf: at(tradingDate('2024-08-14'), '23:59:59', zone), date: '2024-08-14', live: false });
  });
  it('is live only at the market’s now', () => {
    expect(readingMoment(contextAt('2024-08-30T04:00:00.000Z'), undefined).live).toBe(true);
    expect(readingMoment(contextAt('2024-08-30T04:00:00.000Z'), '2024-08-30').live).toBe(true);
    expect(readingMoment(contextAt('2024-08-30T04:00:00.000Z', '2024-08-29'), undefined).live).toBe(false);
  });
  it('reads a time without zone on the exchange’s wall and one with a zone as it stands', () => {
    expect(momentNamed('2024-06-03T11:42', { zone, field: 'asOf' })).toBe('2024-06-03T06:12:00.000Z');
    expect(momentNamed('2024-06-03 11:42:30', { zone, field: 'asOf' })).toBe('2024-06-03T06:12:30.000Z');
    expect(momentNamed('2024-06-03T11:42:00+05:30', { zone, field: 'asOf' })).toBe('2024-06-03T06:12:00.000Z');
    expect(momentNamed('2024-06-03', { zone, field: 'from', edge: 'start' })).toBe('2024-06-02T18:30:00.000Z');
  });
  it.each(['yesterday', '2024-02-30', '2024-13-01T10:00', '', '5', 'March 7', '2024', '2024-06-03 25:99', '2024-02-30T10:00:00Z', '0001-01-01', '9999-12-31', '0001-01-01T00:00:00Z', '+275760-09-13T00:00:00.000Z', '-000001-01-01T00:00:00Z'])('refuses “%s” with the field’s name', (text) => {
    expect(() => momentNamed(text, { zone, field: 'asOf' })).toThrow(expect.objectContaining({ field: 'asOf' }));
  });
});
