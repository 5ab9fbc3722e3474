import type { DailyBar } from '../../desk/market/types.ts';
import type { TradingDate } from '../../desk/time.ts';
import type { StockDay } from './session-plan.ts';
import { TICKS_PER_RUPEE } from './universe.ts';

/** Exact: a number of ticks over twenty is the double nearest to the printed price. */
export const rupees = (ticks: number): number => ticks / TICKS_PER_RUPEE;

export const dailyBar = ({ symbol, shape, previousClose, volume, trades, deliveryQuantity }: StockDay, date: TradingDate): DailyBar => ({
  symbol,
  date,
  open: rupees(shape.open),
  high: rupees(shape.high),
  low: rupees(shape.low),
  close: rupees(shape.close),
  volume,
  previousClose: rupees(previousClose),
  trades,
  ...(deliveryQuantity !== null && { deliveryQuantity }),
});
