import { sessionsSeen } from '../../desk/market/calendar-source.ts';
import { createCalendar } from '../../desk/market/calendar.ts';
import type { CalendarDay, DailyBar, Quote, SymbolRecord } from '../../desk/market/types.ts';
import { decimal } from '../../desk/decimal.ts';
import type { ShareRatio } from '../../desk/market/share-ratio.ts';
import { at, dateIn, type Instant, instant, plusDays, type TradingDate, tradingDate } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';
import type { Random } from './random.ts';

const zone = 'Asia/Kolkata' as const;
/** A Monday with its session open from 03:45 to 10:00 UTC. */
export const firstDay = tradingDate('2024-06-03');
export const opening: Instant = instant('2024-06-03T04:00:00.000Z');
const names = ['ALPHA', 'BRAVO', 'CHARLIE', 'DELTA', 'ECHO', 'FOXTROT'] as const;
export const symbols: readonly string[] = names;
const records = new Map<string, SymbolRecord>(names.map((symbol, n) => [symbol, { symbol, exchange: 'NSE', name: `${symbol} Ltd`, kind: 'EQUITY', sector: ['Energy', 'Metals', 'Software'][n % 3]!, lotSize: 1, tickSize: decimal('0.05'), aliases: [] }]));
const startPrice = (symbol: string): number => 200 + 150 * names.indexOf(symbol as (typeof names)[number]);

const isWeekday = (date: string): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const days: CalendarDay[] = Array.from({ length: 120 }, (_, n) => plusDays(firstDay, n - 60)).filter(isWeekday).map((date) => ({ exchange: 'NSE', date, kind: 'SESSION' }));
const calendar = createCalendar({ exchange: 'NSE', zone, regular: { open: '09:15', close: '15:30' }, sources: sessionsSeen(days) });

/** The same quiet past for every seed: what is tested is the path of an order, not the features. */
const past = new Map(names.map((symbol, n) => [symbol as string, days.filter(({ date }) => date < firstDay).slice(-24).map(({ date }, i): DailyBar => {
  const close = startPrice(symbol) * (1 + 0.004 * Math.sin(i * (n + 1.7)));
  return { symbol, date, open: close, high: close * 1.01, low: close * 0.99, close, volume: 4_000_000 + 1000 * ((i * 37) % 50) };
})]));
export const pastOf = (symbol: string): DailyBar[] | null => past.get(symbol) ?? null;

/** A split, bonus or consolidation of a night: prices of its ex-date are of the new shares. A rights issue or demerger leaves the shares and takes `priceFactor` of the price. */
export interface SimulatedSplit extends ShareRatio { symbol: string; exDate: TradingDate; kind: 'SPLIT' | 'BONUS' | 'RIGHTS' | 'DEMERGER'; priceFactor: number | null; from: Instant; /** Told when its prices have met the orders: it counts where a confirmed action has worked it in. */ late: boolean }
/** Shares after what has gone ex, of `quantity` held before it; the fraction is paid out. */
export const afterSplit = (quantity: number, { newShares, oldShares }: ShareRatio): number => Math.trunc((quantity * newShares) / oldShares);

export interface SimulatedMarket extends MarketView {
  readonly splits: readonly SimulatedSplit[];
  /** Announces a ratio for the next date; prices follow it from then on by themselves. */
  goesEx(split: Omit<SimulatedSplit, 'from'>): void;
  /** Lets prices go a step; `jumps`: as after news. */
  move(random: Random, jumps: boolean): void;
}

/** Prices that a seed moves, in a session that stays open as long as the clock is within it. */
export function openSimulatedMarket(now: () => Instant): SimulatedMarket {
  const prices = new Map(names.map((symbol) => [symbol as string, startPrice(symbol)]));
  const sizes = new Map<string, number>();
  const onTick = (price: number): number => Math.round(price * 20) / 20;
  const splits: SimulatedSplit[] = [];
  const factorOf = (symbol: string): number => splits.filter((split) => split.symbol === symbol && split.from <= now()).reduce((factor, { newShares, oldShares, priceFactor }) => factor * (priceFactor ?? oldShares / newShares), 1);
  return {
    kind: 'sim', zone, label: () => 'SIMULATED', now, today: () => dateIn(now(), zone), calendar: () => calendar, symbols: () => records,
    chain: () => null, contract: () => null,
    resolve: (name) => (records.has(name) ? { kind: 'one', symbol: name, name } : { kind: 'unknown', near: [] }),
    quote(symbol): Quote | null {
      const before = prices.get(symbol);
      if (before === undefined) return null;
      const price = before * factorOf(symbol);
      const size = sizes.get(symbol) ?? 400;
      const previousClose = onTick(startPrice(symbol) * factorOf(symbol));
      return { symbol, at: now(), last: onTick(price), bid: onTick(price) - 0.05, ask: onTick(price) + 0.05, bidSize: size, askSize: size, volume: 1_000_000, open: now() < (calendar.session(dateIn(now(), zone))?.open ?? '') ? null : previousClose, high: Math.max(price, previousClose), low: Math.min(price, previousClose), previousClose, spreadFrom: 'book' };
    },
    splits,
    goesEx(split) { splits.push({ ...split, from: at(split.exDate, '00:00', zone) }); },
    move(random, jumps) {
      for (const [symbol, price] of prices) {
        if (!random.chance(0.7)) continue;
        const step = jumps && random.chance(0.3) ? 0.05 : 0.004;
        prices.set(symbol, Math.max(startPrice(symbol) * 0.7, Math.min(startPrice(symbol) * 1.3, price * (1 + step * (2 * random.unit() - 1)))));
        // Thin books make partial fills.
        sizes.set(symbol, random.chance(0.3) ? random.between(1, 8) : 400);
      }
    },
  };
}
