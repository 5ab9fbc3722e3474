import { type Minor, valueMinor } from '../decimal.ts';
import type { TradingDate } from '../time.ts';

/** One trade of one account, oldest first. Quantity above zero; charges of the whole trade. */
export interface LotTrade { symbol: string; side: 'BUY' | 'SELL'; quantity: number; price: number; chargesMinor: Minor; date: TradingDate }
/** What is held from one purchase (or owed from one short sale: `quantity` below zero). Cost is without charges. */
export interface OpenLot { symbol: string; quantity: number; openedOn: TradingDate; price: number; costMinor: Minor; chargesMinor: Minor }
/** A part of a lot with what closed it. `gainMinor` after the charges of both ends. */
export interface ClosedLot {
  symbol: string; quantity: number; side: 'LONG' | 'SHORT'; openedOn: TradingDate; closedOn: TradingDate; openPrice: number; closePrice: number; holdingDays: number;
  costMinor: Minor; proceedsMinor: Minor; chargesMinor: Minor; gainMinor: Minor;
  /** `SAME_DAY` is business income in India; listed shares are long-term when held for more than twelve months (Income-tax Act, section 2(42A)). */
  term: 'SAME_DAY' | 'SHORT' | 'LONG';
}

interface Queued { quantity: number; left: number; price: number; date: TradingDate; chargesMinor: Minor; chargesLeftMinor: Minor }
const dayNumber = (date: TradingDate): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
/** More than twelve months: past the same day a year on. */
const heldOverAYear = (from: TradingDate, to: TradingDate): boolean => to > `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
/** The charges of a part, so that the parts of a trade sum to its charges to the last paisa. */
const shareOf = (chargesLeftMinor: Minor, part: number, left: number): Minor => (part === left ? chargesLeftMinor : Math.round((chargesLeftMinor * part) / left));

/** First in, first out, a symbol at a time, as dematerialised shares are counted (section 45(2A)). Prices are as traded: splits and bonuses are not worked in. */
export function taxLots(trades: readonly LotTrade[]): { closed: ClosedLot[]; open: OpenLot[] } {
  const queues = new Map<string, { side: 'BUY' | 'SELL'; lots: Queued[] }>();
  const closed: ClosedLot[] = [];
  for (const trade of trades) {
    const queue = queues.get(trade.symbol) ?? { side: trade.side, lots: [] };
    queues.set(trade.symbol, queue);
    let [left, chargesLeftMinor] = [trade.quantity, trade.chargesMinor];
    while (left > 0 && queue.side !== trade.side && queue.lots[0]) {
      const lot = queue.lots[0];
      const quantity = Math.min(left, lot.left);
      const [openCharges, closeCharges] = [shareOf(lot.chargesLeftMinor, quantity, lot.left), shareOf(chargesLeftMinor, quantity, left)];
      const long = queue.side === 'BUY';
      const [opened, ended] = [valueMinor(lot.price, quantity), valueMinor(trade.price, quantity)];
      const [costMinor, proceedsMinor] = long ? [opened, ended] : [ended, opened];
      closed.push({
        symbol: trade.symbol, quantity, side: long ? 'LONG' : 'SHORT', openedOn: lot.date, closedOn: trade.date, openPrice: lot.price, closePrice: trade.price, holdingDays: dayNumber(trade.date) - dayNumber(lot.date),
        costMinor, proceedsMinor, chargesMinor: openCharges + closeCharges, gainMinor: proceedsMinor - costMinor - openCharges - closeCharges,
        term: lot.date === trade.date ? 'SAME_DAY' : long && heldOverAYear(lot.date, trade.date) ? 'LONG' : 'SHORT',
      });
      lot.left -= quantity;
      lot.chargesLeftMinor -= openCharges;
      left -= quantity;
      chargesLeftMinor -= closeCharges;
      if (lot.left === 0) queue.lots.shift();
    }
    if (left === 0) continue;
    if (queue.lots.length === 0) queue.side = trade.side;
    queue.lots.push({ quantity: left, left, price: trade.price, date: trade.date, chargesMinor: chargesLeftMinor, chargesLeftMinor });
  }
  const open = [...queues].flatMap(([symbol, { side, lots }]) => lots.map((lot): OpenLot => ({
    symbol, quantity: side === 'BUY' ? lot.left : -lot.left, openedOn: lot.date, price: lot.price, costMinor: valueMinor(lot.price, side === 'BUY' ? lot.left : -lot.left), chargesMinor: lot.chargesLeftMinor,
  })));
  return { closed, open };
}
