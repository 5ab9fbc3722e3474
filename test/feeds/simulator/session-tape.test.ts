import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntradayBar } from '../../../desk/market/types.ts';
import { SESSION_MINUTES } from '../../../feeds/simulator/exchange-days.ts';
import { dailyBar } from '../../../feeds/simulator/daily-bar.ts';
import { createTape } from '../../../feeds/simulator/session-tape.ts';
import { COMPANIES, INDEX_SYMBOL } from '../../../feeds/simulator/universe.ts';
import { firstSessions } from './sessions.ts';

const seed = 9;
const plans = firstSessions({ seed, count: 60 });
const tapes = plans.map((plan) => createTape(seed, plan));
const symbols = [...COMPANIES.map(({ symbol }) => symbol), INDEX_SYMBOL];
const anySymbol = fc.constantFrom(...symbols);
const anyDay = fc.integer({ min: 0, max: plans.length - 1 });
const anyMinute = fc.integer({ min: 0, max: SESSION_MINUTES - 1 });
const barOf = (day: number, minute: number, symbol: string): IntradayBar => tapes[day]!.bars(minute).find((bar) => bar.symbol === symbol)!;
const quoteAt = (day: number, symbol: string, second: number): NonNullable<ReturnType<(typeof tapes)[0]['quote']>> =>
  tapes[day]!.quote(symbol, plans[day]!.times.openMs + second * 1000)!;

describe('a session’s tape', () => {
  it('has minute bars that add up to the daily bar exactly, price and volume', () => {
    for (const [day, plan] of plans.entries()) {
      const bars = Array.from({ length: SESSION_MINUTES }, (_, minute) => tapes[day]!.bars(minute));
      plan.stocks.forEach((stock, i) => {
        const own = bars.map((minute) => minute[i]!);
        const daily = dailyBar(stock, plan.date);
        expect([
          own[0]!.open,
          Math.max(...own.map(({ high }) => high)),
          Math.min(...own.map(({ low }) => low)),
          own.at(-1)!.close,
          own.reduce((sum, { volume }) => sum + volume, 0),
        ]).toEqual([daily.open, daily.high, daily.low, daily.close, daily.volume]);
      });
    }
  });

  it('has every second’s last price within its minute’s bar, touching high and low, ending on the close', () => {
    fc.assert(
      fc.property(anyDay, anyMinute, anySymbol, (day, minute, symbol) => {
        const bar = barOf(day, minute, symbol);
        const lasts = Array.from({ length: 60 }, (_, second) => quoteAt(day, symbol, minute * 60 + second).last);
        expect([lasts[0], Math.max(...lasts), Math.min(...lasts), lasts[59]]).toEqual([bar.open, bar.high, bar.low, bar.close]);
      }),
      { numRuns: 150 },
    );
  });

  it('quotes the same at the same moment whatever was asked before', () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.array(fc.integer({ min: 0, max: 22_500 }), { minLength: 2, maxLength: 6 }),
        anySymbol,
        (day, seconds, symbol) => {
          const fresh = createTape(seed, plans[day]!);
          const backwards = [...seconds]
            .reverse()
            .map((second) => fresh.quote(symbol, plans[day]!.times.openMs + second * 1000))
            .reverse();
          expect(seconds.map((second) => quoteAt(day, symbol, second))).toEqual(backwards);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('keeps bid below ask around the last price, on whole ticks, with sizes; an index has no book', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 22_500 }), anySymbol, (day, second, symbol) => {
        const quote = quoteAt(day, symbol, second);
        expect(quote.spreadFrom).toBe('book');
        if (symbol === INDEX_SYMBOL) {
          expect([quote.bid, quote.ask, quote.bidSize, quote.askSize]).toEqual([quote.last, quote.last, 0, 0]);
          return;
        }
        expect(quote.bid).toBeLessThan(quote.ask);
        expect(quote.bid).toBeLessThanOrEqual(quote.last);
        expect(quote.ask).toBeGreaterThanOrEqual(quote.last);
        for (const price of [quote.bid, quote.ask, quote.last]) expect(price).toBe(Math.round(price * 20) / 20);
        expect((quote.ask - quote.bid) / quote.last).toBeLessThan(0.1);
        expect(Math.min(quote.bidSize, quote.askSize)).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });

  it('lets the day’s range and volume in quotes only grow, and end at the daily bar’s', () => {
    fc.assert(
      fc.property(anyDay, anySymbol, fc.integer({ min: 0, max: 22_400 }), (day, symbol, second) => {
        const [now, later, end] = [quoteAt(day, symbol, second), quoteAt(day, symbol, second + 97), quoteAt(day, symbol, 22_500)];
        for (const [a, b] of [
          [now, later],
          [later, end],
        ] as const) {
          expect(b.high).toBeGreaterThanOrEqual(a.high!);
          expect(b.low).toBeLessThanOrEqual(a.low!);
          expect(b.volume).toBeGreaterThanOrEqual(a.volume);
        }
        const bar = dailyBar(plans[day]!.stocks.find((stock) => stock.symbol === symbol)!, plans[day]!.date);
        expect([end.open, end.high, end.low, end.last, end.volume, end.previousClose]).toEqual([
          bar.open,
          bar.high,
          bar.low,
          bar.close,
          bar.volume,
          bar.previousClose,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it('trades more in the first and last half hour than in the two at noon', () => {
    const volumeOf = (from: number): number =>
      tapes.reduce(
        (sum, tape) => sum + Array.from({ length: 30 }, (_, i) => tape.bars(from + i).at(-1)!.volume).reduce((a, b) => a + b, 0),
        0,
      );
    const [first, noon, last] = [volumeOf(0), volumeOf(165), volumeOf(345)];
    expect(first).toBeGreaterThan(2 * noon);
    expect(last).toBeGreaterThan(1.3 * noon);
  });

  it('moves shares together within the day, those of a sector more than others', () => {
    const returns = (symbol: string): number[] =>
      tapes.flatMap((tape) =>
        Array.from({ length: 75 }, (_, i) => {
          const from = tape.bars(i * 5).find((bar) => bar.symbol === symbol)!;
          const to = tape.bars(i * 5 + 4).find((bar) => bar.symbol === symbol)!;
          return Math.log(to.close / from.open);
        }),
      );
    const correlation = (a: number[], b: number[]): number => {
      const dot = (x: number[], y: number[]): number =>
        x.reduce((sum, value, i) => sum + Math.max(-0.01, Math.min(0.01, value)) * Math.max(-0.01, Math.min(0.01, y[i]!)), 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    const bank = returns('MERUBANK');
    const sameSector = correlation(bank, returns('SANDHURA'));
    expect(correlation(bank, returns('LUMORA'))).toBeGreaterThan(0.05);
    expect(sameSector).toBeGreaterThan(correlation(bank, returns('LUMORA')));
    expect(correlation(bank, returns(INDEX_SYMBOL))).toBeGreaterThan(0.3);
  });

  it('knows no symbol that is not listed', () => {
    expect(tapes[0]!.quote('RELIANCE', plans[0]!.times.openMs)).toBeNull();
  });
});
