import fc from 'fast-check';
import type { DailyBar } from '../../../desk/market/types.ts';
import type { SignalEvent } from '../../../desk/signals/define.ts';
import { prepareSeries, type SymbolSeries } from '../../../desk/signals/series.ts';
import { at, instant, plusDays, tradingDate, type TradingDate } from '../../../desk/time.ts';

export const firstDay = tradingDate('2029-01-01');
/** Weekdays from the first of 2029 on. */
export const weekdays = (count: number): TradingDate[] => {
  const dates: TradingDate[] = [];
  for (let day = firstDay; dates.length < count; day = plusDays(day, 1)) if (![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())) dates.push(day);
  return dates;
};
export const closeOf = (date: TradingDate) => at(date, '15:30', 'Asia/Kolkata');
export const barriers = { stopAtr: 2, targetAtr: 3, trail: null };

/** Bars that open at the close before and reach one percent beyond open and close. */
export function barsFrom(closes: readonly number[], { symbol = 'AAA', volumes = [] }: { symbol?: string; volumes?: readonly number[] } = {}): DailyBar[] {
  const dates = weekdays(closes.length);
  return closes.map((close, i) => {
    const open = closes[i - 1] ?? close;
    return { symbol, date: dates[i]!, open, high: Math.max(open, close) * 1.01, low: Math.min(open, close) * 0.99, close, volume: volumes[i] ?? 100_000 };
  });
}
export function seriesOf(bars: readonly DailyBar[], sector: string | null = null): SymbolSeries {
  const series = prepareSeries({ bars, published: [], calendar: null, asOf: closeOf(bars.at(-1)!.date), exchange: 'NSE', sector });
  if (!series) throw new Error('no bars');
  return series;
}

/** Random walks of daily log returns within ±4 %, with random volumes: never far enough for a split to be suspected. */
export const walk = (sessions: { min: number; max: number }) =>
  fc.array(fc.record({ move: fc.double({ min: -0.04, max: 0.04, noNaN: true }), volume: fc.integer({ min: 1_000, max: 500_000 }) }), { minLength: sessions.min, maxLength: sessions.max }).map((steps) => {
    let price = 100;
    return barsFrom(steps.map(({ move }) => { price *= Math.exp(move); return price; }), { volumes: steps.map(({ volume }) => volume) });
  });

let made = 0;
export const bullish = (knownAt: string, overrides: Partial<SignalEvent> = {}): SignalEvent => ({
  id: `01900000-0000-7000-8000-${String((made += 1)).padStart(12, '0')}`, source: 'test-exchange', eventType: 'ORDER_WIN', priority: 'HIGH', stance: 'BULLISH', symbols: ['AAA'], knownAt: instant(knownAt), ...overrides,
});
