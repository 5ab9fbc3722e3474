import { type Account, activeMandate, type Mandate } from '../../db/stores/accounts.ts';
import { adjustmentsOf, type HoldingAdjustment } from '../../db/stores/holding-adjustments.ts';
import { type ExpectedShares, expectedShares, type PartedShares, partedSharesOf } from '../../db/stores/parted-shares.ts';
import { type Minor, valueMinor } from '../../desk/decimal.ts';
import { lastFromWords } from '../../desk/market/last-price.ts';
import type { ToolServices } from '../services.ts';
import { type Holding, holdingsAt } from './holdings.ts';
import { type Mark, marksOf } from './marks.ts';
import { type Moment, startOf } from './moment.ts';
import { type AccountMoney, type FreeMoney, freeMoneyOf, moneyOf } from './money.ts';
import { type BookTrade, bookTrades } from './trades.ts';

/** A holding with what it is worth. Null where no price is known. */
export interface ValuedHolding extends Holding {
  account: string; name: string; sector: string | null;
  mark: Mark | null;
  valueMinor: Minor | null;
  /** Against what was paid, before charges. */
  pnlMinor: Minor | null; pnlPercent: number | null;
  /** Since the previous close, or since it was bought today, charges included. */
  todayPnlMinor: Minor | null;
  /** From the last price to the stop; the whole value without a stop. Null where price or stop is not known. */
  riskLeftMinor: Minor | null;
  /** Of the account's equity. */
  weightPercent: number | null;
}

export interface AccountBook extends FreeMoney {
  account: Account; mandate: Mandate | null;
  holdings: ValuedHolding[];
  ledger: AccountMoney['ledger'];
  cashMinor: Minor | null; reservedMinor: Minor | null;
  /** Cash, positions at their last prices, and what is expected of parted companies. */
  equityMinor: Minor | null;
  /** Cash and positions alone: what the gates, sizes and limits go by. What is expected is no collateral and is not free. */
  tradableEquityMinor: Minor | null;
  /** Shares of parted companies that are not credited yet. */
  expected: ExpectedShares[];
  /** Positions at their last prices, long and short both counted as above zero. */
  deployedMinor: Minor | null;
  openRiskMinor: Minor | null;
  todayPnlMinor: Minor | null; todayPercent: number | null;
  /** Why something above is null, and what is valued by something else than a trade; empty where there is neither. */
  missing: string[];
}

/** Sum of what is known, or null as soon as one part is not. */
export const sumKnown = (values: readonly (Minor | null)[]): Minor | null => values.reduce<Minor | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
export const percentOf = (part: number | null, whole: number | null): number | null => (part === null || whole === null || !(whole > 0) ? null : (part * 100) / whole);

/** The books of several accounts at a moment. */
export async function accountBooks(services: ToolServices, { accounts, moment }: { accounts: readonly Account[]; moment: Moment }): Promise<AccountBook[]> {
  const { orm } = services.database;
  const { market } = services;
  const accountIds = accounts.map((account) => account.id);
  const holdings = await holdingsAt(services, { accountIds, moment });
  const today = await bookTrades(orm, { accountIds, from: startOf(moment.date, market.zone), to: moment.asOf });
  const symbols = [...new Set([...holdings, ...today].map((each) => each.symbol))];
  const marks = await marksOf(services, { symbols, moment });
  const adjustments = await adjustmentsOf(orm, { accountIds, to: moment.asOf, exDate: moment.date });
  const owed = await expectedShares(orm, { accountIds, ...(moment.now ? {} : { to: moment.asOf }) });
  const creditedToday = (await partedSharesOf(orm, { accountIds, to: moment.asOf })).filter(({ happenedAt }) => happenedAt >= startOf(moment.date, market.zone));
  const money = await moneyOf(services, { accountIds, moment });
  const books: AccountBook[] = [];
  for (const account of accounts) {
    const own = holdings.filter((holding) => holding.accountId === account.id);
    const fills = today.filter((fill) => fill.accountId === account.id);
    const adjusted = adjustments.filter((row) => row.accountId === account.id);
    const credits = creditedToday.filter((row) => row.accountId === account.id);
    const valued = own.map((holding) => valuedHolding(holding, { account, marks, fills, adjusted, credits, record: market.symbols().get(holding.symbol), stopsKnown: moment.now }));
    const { ledger, reservedMinor } = money.get(account.id) ?? { ledger: null, reservedMinor: null };
    const cashMinor = ledger?.cashMinor ?? null;
    const worth = sumKnown(valued.map((holding) => holding.valueMinor));
    const expected = owed.filter((each) => each.accountId === account.id);
    const tradableEquityMinor = cashMinor === null || worth === null ? null : cashMinor + worth;
    const equityMinor = tradableEquityMinor === null ? null : tradableEquityMinor + expected.reduce((sum, each) => sum + each.worthMinor, 0);
    const todayPnlMinor = sumKnown([...new Set([...[...own, ...fills].map((each) => each.symbol), ...credits.map(({ symbol, into }) => into ?? symbol)])].map((symbol) => todayPnl(symbol, { held: own.find((holding) => holding.symbol === symbol)?.quantity ?? 0, fills, adjusted, credits, mark: marks.get(symbol) ?? null })));
    const before = equityMinor === null || todayPnlMinor === null ? null : equityMinor - todayPnlMinor;
    books.push({
      account, mandate: await activeMandate(orm, account.id), ledger, cashMinor, reservedMinor, equityMinor, tradableEquityMinor, expected,
      holdings: valued.map((holding) => ({ ...holding, weightPercent: percentOf(holding.valueMinor, equityMinor) })),
      deployedMinor: sumKnown(valued.map((holding) => (holding.valueMinor === null ? null : Math.abs(holding.valueMinor)))), openRiskMinor: sumKnown(valued.map((holding) => holding.riskLeftMinor)),
      todayPnlMinor, todayPercent: percentOf(todayPnlMinor, before),
      ...(await freeMoneyOf(services, { accountId: account.id, moment, cashMinor, reservedMinor, equityMinor: tradableEquityMinor })),
      missing: missingIn({ account, own: valued, cashMinor, moment }),
    });
  }
  return books;
}

function valuedHolding(holding: Holding, { account, marks, fills, adjusted, credits, record, stopsKnown }: { account: Account; marks: ReadonlyMap<string, Mark>; fills: readonly BookTrade[]; adjusted: readonly HoldingAdjustment[]; credits: readonly PartedShares[]; record: { name: string; sector?: string } | undefined; stopsKnown: boolean }): ValuedHolding {
  const mark = marks.get(holding.symbol) ?? null;
  const worth = mark && valueMinor(mark.last, holding.quantity);
  const pnlMinor = worth === null ? null : worth - holding.costMinor;
  return {
    ...holding, account: account.name, name: record?.name ?? holding.symbol, sector: record?.sector ?? null, mark, valueMinor: worth, pnlMinor,
    pnlPercent: percentOf(pnlMinor, Math.abs(holding.costMinor)), todayPnlMinor: todayPnl(holding.symbol, { held: holding.quantity, fills, adjusted, credits, mark }),
    riskLeftMinor: mark && stopsKnown ? riskLeft(holding, mark.last) : null, weightPercent: null,
  };
}

/** What is still lost when the stop is hit from here. Without a stop all of a long position is; a short one then has no bound. */
function riskLeft({ quantity, stop }: Holding, last: number): Minor | null {
  if (stop === null) return quantity > 0 ? valueMinor(last, quantity) : null;
  return Math.max(0, valueMinor(last - stop, quantity));
}

/** Change since the previous close of what was held overnight, with the day's trades at their prices and charges, and what it paid on its ex-date. Shares that were credited cost what was expected of them. */
export function todayPnl(symbol: string, { held, fills, adjusted, credits = [], mark }: { held: number; fills: readonly BookTrade[]; adjusted: readonly HoldingAdjustment[]; credits?: readonly PartedShares[]; mark: Mark | null }): Minor | null {
  const own = fills.filter((fill) => fill.symbol === symbol);
  const signed = (fill: BookTrade): number => (fill.side === 'BUY' ? fill.quantity : -fill.quantity);
  const credited = credits.filter(({ symbol: parent, into }) => (into ?? parent) === symbol);
  const overnight = held - own.reduce((sum, fill) => sum + signed(fill), 0) - credited.reduce((sum, { quantity }) => sum + quantity, 0);
  if ((held !== 0 && !mark) || (overnight !== 0 && (mark?.previousClose ?? null) === null)) return null;
  const paid = own.reduce((sum, fill) => sum + valueMinor(fill.price, signed(fill)) + fill.chargesMinor, 0) + credited.reduce((sum, { expectedMinor }) => sum + expectedMinor, 0);
  return valueMinor(mark?.last ?? 0, held) - valueMinor(mark?.previousClose ?? 0, overnight) - paid + adjusted.reduce((sum, row) => (row.symbol === symbol ? sum + row.cashMinor : sum), 0);
}

function missingIn({ account, own, cashMinor, moment }: { account: Account; own: readonly ValuedHolding[]; cashMinor: Minor | null; moment: Moment }): string[] {
  const reasons: string[] = [];
  if (cashMinor === null) reasons.push(account.openedAt > moment.asOf ? `${account.name} was not open yet.` : `${account.name} has no ledger entries.`);
  const unpriced = own.filter((holding) => holding.mark === null).map((holding) => holding.symbol);
  if (unpriced.length > 0) reasons.push(`No price is known for ${unpriced.join(', ')}, so what depends on it is not known.`);
  const uncompared = own.filter((holding) => holding.mark !== null && holding.mark.previousClose === null && holding.todayPnlMinor === null).map((holding) => holding.symbol);
  if (uncompared.length > 0) reasons.push(`The previous close of ${uncompared.join(', ')} is not known, so what changed today is not.`);
  for (const from of ['middle', 'bid', 'ask'] as const) {
    const untraded = own.filter((holding) => holding.mark?.lastFrom === from).map((holding) => holding.symbol);
    if (untraded.length > 0) reasons.push(`No trade of ${untraded.join(', ')} is known; ${lastFromWords[from]} stands for the last price.`);
  }
  const unbounded = own.filter((holding) => moment.now && holding.mark !== null && holding.riskLeftMinor === null).map((holding) => holding.symbol);
  if (unbounded.length > 0) reasons.push(`${unbounded.join(', ')} is short without a stop: its risk has no bound.`);
  if (!moment.now) reasons.push('Stops, reservations and deployable cash of earlier times are not kept.');
  return reasons;
}
