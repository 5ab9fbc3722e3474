import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DailyBar, IntradayBar, Quote } from '../../../desk/market/types.ts';
import { at, epochMs, instant, plusMinutes } from '../../../desk/time.ts';
import type { Instant } from '../../../desk/time.ts';
import { createReplay } from '../../../feeds/replay/replay.ts';
import { recordingSink } from './hand-timer.ts';
import { SESSIONS, calendar, listedHistory } from './market-week.ts';

interface Past {
  daily: DailyBar[];
  intraday: IntradayBar[];
}
const SYMBOLS = ['A', 'B', 'C'];
const price = fc.integer({ min: 100, max: 40_000 }).map((ticks) => ticks / 20);
const prices = fc
  .tuple(price, price, price, price)
  .map(([open, close, x, y]) => ({ open, close, high: Math.max(open, close, x, y), low: Math.min(open, close, x, y) }));
const volume = fc.integer({ min: 1, max: 1e7 });

/** Three symbols over four sessions; bars missing here and there, the third symbol with minute bars. */
const past: fc.Arbitrary<Past> = fc.record({
  daily: fc
    .tuple(
      ...SYMBOLS.flatMap((symbol) =>
        SESSIONS.map((date) =>
          fc.option(
            fc.tuple(prices, volume, fc.option(price, { nil: undefined })).map(
              ([bar, shares, previousClose]): DailyBar => ({
                symbol,
                date,
                ...bar,
                volume: shares,
                ...(previousClose !== undefined && { previousClose }),
              }),
            ),
            { nil: null, freq: 6 },
          ),
        ),
      ),
    )
    .map((bars) => bars.filter((bar) => bar !== null)),
  intraday: fc
    .tuple(
      ...SESSIONS.flatMap((date) =>
        [0, 1, 2, 30, 200, 374].map((minute) =>
          fc.tuple(prices, volume).map(
            ([bar, shares]): IntradayBar => ({
              symbol: 'C',
              start: plusMinutes(at(date, '09:15', 'Asia/Kolkata'), minute),
              minutes: 1,
              ...bar,
              volume: shares,
            }),
          ),
        ),
      ),
    )
    .map((bars) => [...bars]),
});
const moment = fc
  .tuple(fc.constantFrom(...SESSIONS), fc.integer({ min: 0, max: 1_439 }))
  .map(([date, minute]) => plusMinutes(at(date, '00:00', 'Asia/Kolkata'), minute));

/** The same past with everything changed or gone that was not known at the moment; the open of a session or first bar is known when it begins. */
function otherFuture({ daily, intraday }: Past, now: Instant): Past {
  const starts = new Map<string, Instant>();
  for (const { start } of intraday) {
    const date = start.slice(0, 10);
    if (!starts.has(date) || start < starts.get(date)!) starts.set(date, start);
  }
  return {
    daily: daily.flatMap((bar) => {
      const session = calendar.session(bar.date)!;
      if (session.close <= now) return [bar];
      const changed = { high: bar.high + 777, low: 0.05, close: bar.close + 333, volume: bar.volume + 13 };
      if (session.open <= now) return [{ ...bar, ...changed }];
      const { previousClose: _, ...rest } = bar;
      return bar.symbol === 'A' ? [] : [{ ...rest, ...changed, open: bar.open + 55 }];
    }),
    intraday: intraday.flatMap((bar) => {
      if (epochMs(bar.start) + 60_000 <= epochMs(now)) return [bar];
      const isFirst = starts.get(bar.start.slice(0, 10)) === bar.start;
      const open = isFirst && bar.start <= now ? bar.open : bar.open + 99;
      return isFirst ? [{ ...bar, open, high: bar.high + 99, low: 0.05, close: bar.close + 99, volume: bar.volume + 7 }] : [];
    }),
  };
}

async function quotesAt(history: Past, now: Instant): Promise<(Quote | null)[]> {
  const replay = createReplay({
    history: listedHistory(history),
    startAt: now,
    speed: 1,
    frozen: true,
    calendar,
    wallClock: () => instant(0),
    setTimer: null,
  });
  await replay.start(recordingSink());
  return SYMBOLS.map((symbol) => replay.quote(symbol));
}

describe('a replay’s quotes', () => {
  it('never depend on what was not yet known', async () => {
    await fc.assert(
      fc.asyncProperty(past, moment, async (history, now) => {
        expect(await quotesAt(otherFuture(history, now), now)).toEqual(await quotesAt(history, now));
      }),
      { numRuns: 400 },
    );
  });

  it('are never dated after the market’s now, and bid, last and ask stand in order', async () => {
    await fc.assert(
      fc.asyncProperty(past, moment, async (history, now) => {
        for (const quote of await quotesAt(history, now)) {
          if (!quote) continue;
          expect(quote.at <= now).toBe(true);
          expect(quote.bid).toBeLessThanOrEqual(quote.last);
          expect(quote.bid).toBeLessThan(quote.ask);
          expect(quote.ask).toBeGreaterThanOrEqual(quote.last);
          expect(quote.spreadFrom).toBe('bars');
        }
      }),
      { numRuns: 200 },
    );
  });

  it('do notice when the past is another (so that the promise above can fail)', async () => {
    await fc.assert(
      fc.asyncProperty(past, async (history) => {
        const now = at(SESSIONS[2]!, '09:00', 'Asia/Kolkata');
        const other = { ...history, daily: history.daily.map((bar) => ({ ...bar, close: bar.close + 1 })) };
        const [was, is] = [await quotesAt(history, now), await quotesAt(other, now)];
        was.forEach((quote, i) => expect(is[i]?.last).toBe(quote ? quote.last + 1 : undefined));
      }),
      { numRuns: 50 },
    );
  });
});
