import { type Minor, valueMinor } from '../../desk/decimal.ts';
import type { TradingDate } from '../../desk/time.ts';

/** What moved on a date of the exchange's wall. `flowMinor`: money from outside (positive) or to it, transfers between accounts included. */
export interface LedgerDay { date: TradingDate; cashMinor: Minor; flowMinor: Minor; chargesMinor: Minor }
/** Shares bought (positive) or sold (negative) on a date. */
export interface ShareDay { date: TradingDate; symbol: string; quantity: number }
/** Worth at the end of a day; `flowMinor` and `chargesMinor` are those since the day before in the list. Null where a held symbol has no price. */
export interface DayEnd { date: TradingDate; equityMinor: Minor | null; cashMinor: Minor; flowMinor: Minor; chargesMinor: Minor; unpriced: string[] }

/** By ledger's name, debits positive, as `ledgerByDay` gives it; several accounts are one, so transfers among them are no flow. */
export function ledgerDays(rows: readonly { date: TradingDate; ledger: string; amountMinor: Minor }[]): LedgerDay[] {
  const days = new Map<TradingDate, LedgerDay>();
  for (const { date, ledger, amountMinor } of rows) {
    const day = days.get(date) ?? { date, cashMinor: 0, flowMinor: 0, chargesMinor: 0 };
    days.set(date, day);
    if (ledger === 'cash') day.cashMinor += amountMinor;
    if (ledger === 'charges') day.chargesMinor += amountMinor;
    if (ledger === 'external' || ledger === 'transit') day.flowMinor -= amountMinor;
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Equity at the end of each of `dates` (ascending): cash of all entries and shares of all fills up to it, at its closes, and what parted companies' shares are expected to be worth until they come. Pure. */
export function dayEnds({ dates, ledger, shares, expected = [], closeOf }: {
  dates: readonly TradingDate[]; ledger: readonly LedgerDay[]; shares: readonly ShareDay[]; /** By how much what is expected grew or went on a date. */ expected?: readonly { date: TradingDate; worthMinor: Minor }[]; closeOf: (symbol: string, date: TradingDate) => number | null;
}): DayEnd[] {
  const held = new Map<string, number>();
  const trades = shares.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  let [nextEntry, nextTrade, cashMinor] = [0, 0, 0];
  return dates.map((date) => {
    let [flowMinor, chargesMinor] = [0, 0];
    for (let entry = ledger[nextEntry]; entry && entry.date <= date; entry = ledger[++nextEntry]) { cashMinor += entry.cashMinor; flowMinor += entry.flowMinor; chargesMinor += entry.chargesMinor; }
    for (let trade = trades[nextTrade]; trade && trade.date <= date; trade = trades[++nextTrade]) held.set(trade.symbol, (held.get(trade.symbol) ?? 0) + trade.quantity);
    const unpriced: string[] = [];
    let worth = expected.reduce((sum, each) => (each.date <= date ? sum + each.worthMinor : sum), 0);
    for (const [symbol, quantity] of held) {
      if (quantity === 0) continue;
      const close = closeOf(symbol, date);
      if (close === null) unpriced.push(symbol); else worth += valueMinor(close, quantity);
    }
    return { date, cashMinor, flowMinor, chargesMinor, unpriced, equityMinor: unpriced.length > 0 ? null : cashMinor + worth };
  });
}

/** Days whose worth is known, from the last day before there was any money on; what flowed over days that are left out is kept. */
export function knownDays(ends: readonly DayEnd[]): { date: TradingDate; value: number; netFlow: number }[] {
  const days: { date: TradingDate; value: number; netFlow: number }[] = [];
  let carried = 0;
  for (const { date, equityMinor, flowMinor } of ends) {
    carried += flowMinor;
    if (equityMinor === null) continue;
    days.push({ date, value: equityMinor, netFlow: carried });
    carried = 0;
  }
  const firstMoney = days.findIndex(({ value, netFlow }) => value !== 0 || netFlow !== 0);
  return firstMoney < 0 ? [] : days.slice(Math.max(0, firstMoney - 1));
}
