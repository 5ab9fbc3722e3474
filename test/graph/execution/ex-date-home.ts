import type { Database } from '../../../db/client.ts';
import { writeFacts } from '../../../db/stores/facts.ts';
import { decimal } from '../../../desk/decimal.ts';
import type { CalendarDay, CorporateAction } from '../../../desk/market/types.ts';
import { at, instant, plusDays, tradingDate, type TradingDate } from '../../../desk/time.ts';
import type { FeedRecord } from '../../../feeds/define.ts';
import { openTestDatabase } from '../../helpers/database.ts';

export const on = (date: string, time: string) => at(tradingDate(date), time, 'Asia/Kolkata');
const isWeekday = (date: TradingDate): boolean => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
export const sessions = Array.from({ length: 90 }, (_, n) => plusDays(tradingDate('2025-01-01'), n)).filter(isWeekday);
export const names = ['ALFA', 'BETA', 'CHAR', 'DELT', 'ECHO', 'FOXT'] as const;
const known = instant('2024-12-01T00:00:00Z');

/** Announces an action a week before its ex-date, unless `knownAt` says otherwise. */
export const action = (symbol: string, exDate: string, terms: Pick<CorporateAction, 'kind' | 'factor' | 'subject'> & Partial<CorporateAction>): FeedRecord => ({
  type: 'corporate_action', source: 'made', action: { symbol, exDate: tradingDate(exDate), basis: 'published', knownAt: on(plusDays(tradingDate(exDate), -7), '18:00'), ...terms },
});

/**
 * A home with daily bars alone: every share stands at ₹1,000 with small moves, and from an ex-date on at its price by the ratio. Bars and
 * previous closes are as printed, the way the exchange's files are.
 */
export async function homeWithActions(actions: readonly FeedRecord[], { database, untold = [] }: { database?: Database; /** Prices go by these, too, and nobody is told of them. */ untold?: readonly FeedRecord[] } = {}): Promise<Database> {
  const home = database ?? (await openTestDatabase());
  const factorOn = (symbol: string, date: string): number => [...actions, ...untold].reduce((factor, record) => (record.type === 'corporate_action' && record.action.symbol === symbol && record.action.exDate <= date ? factor * record.action.factor : factor), 1);
  const onTick = (price: number): number => Math.round(price * 20) / 20;
  const printed = (symbol: string, i: number, base: number): number => onTick(base * (1 + 0.004 * Math.sin(i)) * factorOn(symbol, sessions[i] ?? ''));
  const bars = names.flatMap((symbol) => sessions.map((date, i): FeedRecord => {
    const [open, close] = [printed(symbol, i, 1001), printed(symbol, i, 1000)];
    return { type: 'daily_bar', source: 'made', knownAt: on(date, '15:30'), bar: { symbol, date, open, high: onTick(Math.max(open, close) * 1.005), low: onTick(Math.min(open, close) * 0.995), close, volume: Math.round(5_000_000 / factorOn(symbol, date)), ...(i > 0 ? { previousClose: printed(symbol, i - 1, 1000) } : {}) } };
  }));
  await writeFacts(home.orm, [
    ...sessions.map((date) => ({ type: 'calendar_day' as const, day: { exchange: 'NSE', date, kind: 'SESSION', open: '09:15', close: '15:30' } as CalendarDay, knownAt: known, source: 'made' })),
    ...names.map((symbol) => ({ type: 'symbol' as const, symbol: { symbol, exchange: 'NSE' as const, name: `${symbol} Ltd`, kind: 'EQUITY' as const, sector: 'Energy', lotSize: 1, tickSize: decimal('0.05'), aliases: [] }, knownAt: known, source: 'made' })),
    ...bars, ...actions,
  ], instant('2025-04-30T00:00:00Z'));
  return home;
}
