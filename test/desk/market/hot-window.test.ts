import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOT_MS, hotSince } from '../../../desk/market/hot-window.ts';
import { at, type Instant, plusMinutes, plusMs, tradingDate } from '../../../desk/time.ts';

const date = tradingDate('2026-03-02');
const session = { open: at(date, '09:15', 'Asia/Kolkata'), close: at(date, '15:30', 'Asia/Kolkata') };
const closedAt: Instant = at(tradingDate('2026-02-27'), '15:30', 'Asia/Kolkata');

describe('news is hot', () => {
  it('for a quarter of an hour in the session', () => {
    expect(hotSince({ now: plusMinutes(session.open, 120), session, closedAt })).toBe(plusMinutes(session.open, 105));
  });
  it('since the close before, at the beginning of the session', () => {
    expect(hotSince({ now: session.open, session, closedAt })).toBe(closedAt);
    expect(hotSince({ now: plusMinutes(session.open, 14), session, closedAt })).toBe(closedAt);
    expect(hotSince({ now: plusMinutes(session.open, 15), session, closedAt })).toBe(session.open);
  });
  it('never while the exchange is closed, and for a quarter of an hour where the session before is not known', () => {
    expect(hotSince({ now: plusMs(session.open, -1), session, closedAt })).toBeNull();
    expect(hotSince({ now: session.close, session, closedAt })).toBeNull();
    expect(hotSince({ now: session.open, session: null, closedAt })).toBeNull();
    expect(hotSince({ now: session.open, session, closedAt: null })).toBe(plusMs(session.open, -HOT_MS));
  });
  it('so that looks within a quarter of an hour of one another leave nothing out from close to close', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: HOT_MS - 1 }), { minLength: 30, maxLength: 60 }), (steps) => {
      let seenTo: Instant = closedAt;
      let now = plusMs(session.open, steps[0]! - 1);
      for (const step of steps) {
        if (now >= session.close) break;
        expect(hotSince({ now, session, closedAt })! <= seenTo).toBe(true);
        seenTo = now;
        now = plusMs(now, step);
      }
    }));
  });
});
