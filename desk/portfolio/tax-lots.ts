import { type Minor, valueMinor } from '../decimal.ts';
import type { ShareRatio } from '../market/share-ratio.ts';
import { plusDays, type TradingDate, tradingDate } from '../time.ts';

/** One trade of one account, oldest first. Quantity above zero; charges of the whole trade. */
export interface LotTrade { symbol: string; side: 'BUY' | 'SELL'; quantity: number; price: number; chargesMinor: Minor; date: TradingDate }
/** What a split, bonus or consolidation made of what an account held, from its ex-date on. */
export interface LotAdjustment extends ShareRatio { symbol: string; date: TradingDate; kind: string; quantityAfter: number }
/** Shares of the company that a demerger parted: of the lots bought before `exDate`, a part of whose cost went over to them. */
export interface LotCredit { symbol: string; into: string; exDate: TradingDate; date: TradingDate; quantity: number; costMinor: Minor }
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
const heldOverAYear = (from: TradingDate, to: TradingDate): boolean => to > yearAfter(from);
const yearAfter = (from: TradingDate): string => `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
/** The first day on which shares bought then are long-term. After 29 February that is 1 March. */
export const longTermFrom = (openedOn: TradingDate): TradingDate => { const [last, leap] = [yearAfter(openedOn), openedOn.endsWith('-02-29')]; return leap ? tradingDate(`${last.slice(0, 4)}-03-01`) : plusDays(tradingDate(last), 1); };
/** The charges of a part, so that the parts of a trade sum to its charges to the last paisa. */
const shareOf = (chargesLeftMinor: Minor, part: number, left: number): Minor => (part === left ? chargesLeftMinor : Math.round((chargesLeftMinor * part) / left));

/**
 * First in, first out, a symbol at a time, as dematerialised shares are counted (section 45(2A)). Shares of a bonus are a lot of their own
 * that cost nothing and was bought on the ex-date (section 55(2)(aa)); a split or consolidation keeps each lot's day and cost. The fraction
 * that was paid out is in no lot. The shares of a company that a demerger parted keep the day on which the parent's were bought (section 2(42A), Explanation 1(i)(g)) and
 * take a part of their cost (section 49(2C)). `adjustments` and `credits` of one account, oldest first.
 */
export function taxLots(trades: readonly LotTrade[], adjustments: readonly LotAdjustment[] = [], credits: readonly LotCredit[] = []): { closed: ClosedLot[]; open: OpenLot[] } {
  const queues = new Map<string, { side: 'BUY' | 'SELL'; lots: Queued[] }>();
  const closed: ClosedLot[] = [];
  let [nextAdjustment, nextCredit] = [0, 0];
  const adjustUntil = (date: TradingDate | null): void => {
    for (let each = credits[nextCredit]; each && (date === null || each.date <= date); each = credits[++nextCredit]) {
      splitUntil(each.date);
      const parent = queues.get(each.symbol);
      const queue = queues.get(each.into) ?? { side: 'BUY' as const, lots: [] };
      if (parent) queue.lots.push(...partedLots(parent.lots, each));
      queues.set(each.into, queue);
    }
    splitUntil(date);
  };
  const splitUntil = (date: TradingDate | null): void => {
    for (let each = adjustments[nextAdjustment]; each && (date === null || each.date <= date); each = adjustments[++nextAdjustment]) {
      const queue = queues.get(each.symbol);
      if (queue) queue.lots = adjustedLots(queue.lots, each);
    }
  };
  for (const trade of trades) {
    adjustUntil(trade.date);
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
  adjustUntil(null);
  const open = [...queues].flatMap(([symbol, { side, lots }]) => lots.map((lot): OpenLot => ({
    symbol, quantity: side === 'BUY' ? lot.left : -lot.left, openedOn: lot.date, price: lot.price, costMinor: valueMinor(lot.price, side === 'BUY' ? lot.left : -lot.left), chargesMinor: lot.chargesLeftMinor,
  })));
  return { closed, open };
}

/** Takes each lot's part of the cost off it, and gives the new lots, whole shares that sum to what was credited. */
function partedLots(lots: readonly Queued[], { exDate, quantity, costMinor }: LotCredit): Queued[] {
  const owed = lots.filter(({ date }) => date < exDate);
  const [shares, cost] = [owed.reduce((sum, { left }) => sum + left, 0), owed.reduce((sum, { left, price }) => sum + price * left, 0)];
  let [before, whole] = [0, 0];
  return owed.flatMap((lot) => {
    before += lot.left;
    const upTo = Math.floor((before * quantity) / shares);
    const left = upTo - whole;
    whole = upTo;
    const part = cost === 0 ? 0 : (costMinor / 100) * ((lot.price * lot.left) / cost);
    lot.price -= part / lot.left;
    return left === 0 ? [] : [{ quantity: left, left, price: part / left, date: lot.date, chargesMinor: 0, chargesLeftMinor: 0 }];
  });
}

function adjustedLots(lots: readonly Queued[], { newShares, oldShares, kind, date, quantityAfter }: LotAdjustment): Queued[] {
  const after = Math.abs(quantityAfter);
  const held = lots.reduce((sum, { left }) => sum + left, 0);
  if (kind === 'BONUS' && newShares > oldShares) {
    const given = after - held;
    return given > 0 ? [...lots, { quantity: given, left: given, price: 0, date, chargesMinor: 0, chargesLeftMinor: 0 }] : [...lots];
  }
  // Lots are counted together, so that their whole shares sum to what is held.
  let [before, whole] = [0, 0];
  return lots.flatMap((lot) => {
    before += lot.left;
    const upTo = Math.min(after, Math.floor((before * newShares) / oldShares));
    const left = upTo - whole;
    whole = upTo;
    return left === 0 ? [] : [{ ...lot, quantity: left, left, price: (lot.price * lot.left) / left }];
  });
}
