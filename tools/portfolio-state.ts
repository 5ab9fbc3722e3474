import { z } from 'zod';
import { listActions } from '../db/stores/actions.ts';
import { cardOfAction } from '../db/stores/cards.ts';
import { formatDay } from '../desk/format.ts';
import { lastFromWords } from '../desk/market/last-price.ts';
import { type AccountBook, accountBooks, percentOf, sumKnown, type ValuedHolding } from './book/account-book.ts';
import { ComingEvent, comingEvents } from './book/coming-events.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { accountsInScope, commonCurrency } from './book/scope.ts';
import { defineTool } from './define.ts';
import type { ToolServices } from './services.ts';

const Minor = z.int().nullable();
const Percent = z.number().nullable();
const Money = {
  equityMinor: Minor, cashMinor: Minor, deployableMinor: Minor, deployedMinor: Minor.describe('positions at their last prices'), reservedMinor: Minor,
  todayPnlMinor: Minor.describe('since the previous close, with the day’s trades and charges'), todayPercent: Percent, todayMoveMinor: Minor.describe('the same without its sign'), openRiskMinor: Minor.describe('what is lost if every stop is hit from here'),
};
const Position = z.object({
  positionId: z.string().nullable(), accountId: z.string(), account: z.string(), symbol: z.string(), name: z.string(), quantity: z.int(), averagePrice: z.number(), last: z.number().nullable(), lastFrom: z.string().nullable().describe('what the last price is where no trade is known; null: a trade'), lastAt: z.string().nullable(),
  costMinor: z.int().describe('without charges'), cost: z.number(), value: Percent.describe('in the currency'), valueMinor: Minor, pnlMinor: Minor, pnl: Percent.describe('in the currency, for tables'), pnlPercent: Percent, todayPnlMinor: Minor, todayPnl: Percent, stop: z.number().nullable(), target: z.number().nullable(), trail: z.number().nullable(), stopAwayPercent: Percent.describe('from the last price to the stop, in percent of the price'), targetAwayPercent: Percent,
  riskLeftMinor: Minor, riskLeft: Percent, sector: z.string().nullable(), weightPercent: Percent, openedAt: z.string(), actionId: z.string().nullable(),
});
const Account = z.object({ accountId: z.string(), name: z.string(), type: z.string(), status: z.string(), mode: z.string(), currency: z.enum(['INR', 'USD']), ...Money, positions: z.int() });
const Expected = z.object({ account: z.string(), symbol: z.string().describe('the company that was parted'), exDate: z.string(), exDateText: z.string(), quantity: z.int().describe('shares of it held on the ex-date'), worthMinor: z.int().describe('an estimate: what the demerger took out of their price; in the equity, never in cash or what is free'), worth: z.number() });
const Row = z.object({ account: z.string(), positions: z.int(), equity: Percent, deployed: Percent, cash: Percent, deployable: Percent, today: Percent, todayPercent: Percent, openRisk: Percent });
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), accounts: z.array(Account), positions: z.array(Position), expected: z.array(Expected).describe('shares of parted companies that are not credited yet'), expectedMinor: z.int(),
  table: z.array(Row).describe('the accounts and, where there are several, their total, in whole currency'),
  totals: z.object({ ...Money, positions: z.int(), accounts: z.int(), costMinor: Minor.describe('of what is held, without charges'), pnlMinor: Minor }),
  nextEvents: z.array(ComingEvent), eventsCovered: z.boolean(),
  pendingActions: z.array(z.object({ actionId: z.string(), cardNumber: z.int().nullable(), kind: z.string(), state: z.string(), symbol: z.string().nullable(), account: z.string().nullable() })),
  missing: z.array(z.string()),
});

/** Holdings, cash and open risk. A price that nobody knows makes what depends on it null and is named in `missing`. Errors: `NO_SUCH_ACCOUNT`, `AS_OF_AHEAD`. */
export const portfolioState = defineTool({
  name: 'portfolio_state',
  purpose: 'What is held and what it is worth: positions with profit, stop and risk left, cash, deployable cash, today’s profit, open risk, coming events, what waits for a yes',
  effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional().describe('name or id; absent: all that you may see'), asOf: AsOf }), output: Output,
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const books = await accountBooks(services, { accounts, moment });
    const holdings = books.flatMap((book) => book.holdings);
    const { events, covered } = await comingEvents(services, { symbols: [...new Set(holdings.map((holding) => holding.symbol))], moment });
    const currency = commonCurrency(accounts);
    const totals = { ...(currency ? totalsOf(books) : noTotals), positions: holdings.length, accounts: books.length, costMinor: currency ? holdings.reduce((sum, holding) => sum + holding.costMinor, 0) : null, pnlMinor: currency ? sumKnown(holdings.map((holding) => holding.pnlMinor)) : null };
    const lines = books.map(accountLine);
    return {
      asOf: moment.asOf, currency: currency ?? 'INR', accounts: lines, positions: holdings.map(positionLine),
      expected: books.flatMap((book) => book.expected.map(({ symbol, exDate, quantity, worthMinor }) => ({ account: book.account.name, symbol, exDate, exDateText: formatDay(exDate, moment.date), quantity, worthMinor, worth: worthMinor / 100 }))), expectedMinor: books.reduce((sum, book) => sum + book.expected.reduce((all, each) => all + each.worthMinor, 0), 0),
      totals, table: [...lines.map((line) => rowOf(line.name, line)), ...(lines.length > 1 ? [rowOf('Total', totals)] : [])],
      nextEvents: events, eventsCovered: covered, pendingActions: moment.now ? await pendingIn(services, accounts) : [],
      missing: [...new Set([...books.flatMap((book) => book.missing), ...(currency ? [] : ['The accounts are in different currencies, so there is no total.'])])],
    };
  },
});

const away = (level: number | null, last: number | null): number | null => (level === null || last === null || last === 0 ? null : (100 * (level - last)) / last);

const accountLine = (book: AccountBook): z.infer<typeof Account> => ({
  accountId: book.account.id, name: book.account.name, type: book.account.type, status: book.account.status, mode: book.account.mode, currency: book.account.baseCurrency, positions: book.holdings.length,
  equityMinor: book.equityMinor, cashMinor: book.cashMinor, deployableMinor: book.deployableMinor, deployedMinor: book.deployedMinor, reservedMinor: book.reservedMinor,
  todayPnlMinor: book.todayPnlMinor, todayMoveMinor: withoutSign(book.todayPnlMinor), todayPercent: book.todayPercent, openRiskMinor: book.openRiskMinor,
});
const withoutSign = (minor: number | null): number | null => (minor === null ? null : Math.abs(minor));
const major = (minor: number | null): number | null => (minor === null ? null : minor / 100);
const positionLine = (holding: ValuedHolding): z.infer<typeof Position> => ({
  positionId: holding.positionId, accountId: holding.accountId, account: holding.account, symbol: holding.symbol, name: holding.name, quantity: holding.quantity, averagePrice: holding.averagePrice,
  costMinor: holding.costMinor, cost: holding.costMinor / 100, value: major(holding.valueMinor), last: holding.mark?.last ?? null, lastFrom: holding.mark?.lastFrom ? lastFromWords[holding.mark.lastFrom] : null, lastAt: holding.mark?.at ?? null, valueMinor: holding.valueMinor, pnlMinor: holding.pnlMinor, pnl: major(holding.pnlMinor), pnlPercent: holding.pnlPercent,
  todayPnlMinor: holding.todayPnlMinor, todayPnl: major(holding.todayPnlMinor), stop: holding.stop, target: holding.target, trail: holding.trailDistance, stopAwayPercent: away(holding.stop, holding.mark?.last ?? null), targetAwayPercent: away(holding.target, holding.mark?.last ?? null), riskLeftMinor: holding.riskLeftMinor, riskLeft: major(holding.riskLeftMinor),
  sector: holding.sector, weightPercent: holding.weightPercent, openedAt: holding.openedAt, actionId: holding.actionId,
});

type Totals = Record<keyof typeof Money, number | null>;
const rowOf = (account: string, line: Totals & { positions: number }): z.infer<typeof Row> => ({
  account, positions: line.positions, equity: major(line.equityMinor), deployed: major(line.deployedMinor), cash: major(line.cashMinor), deployable: major(line.deployableMinor), today: major(line.todayPnlMinor), todayPercent: line.todayPercent, openRisk: major(line.openRiskMinor),
});

const noTotals: Totals = { equityMinor: null, cashMinor: null, deployableMinor: null, deployedMinor: null, reservedMinor: null, todayPnlMinor: null, todayMoveMinor: null, todayPercent: null, openRiskMinor: null };
function totalsOf(books: readonly AccountBook[]): Totals {
  const total = (pick: (book: AccountBook) => number | null): number | null => sumKnown(books.map(pick));
  const equityMinor = total((book) => book.equityMinor);
  const todayPnlMinor = total((book) => book.todayPnlMinor);
  return {
    equityMinor, todayPnlMinor, todayMoveMinor: withoutSign(todayPnlMinor), todayPercent: percentOf(todayPnlMinor, equityMinor === null || todayPnlMinor === null ? null : equityMinor - todayPnlMinor), cashMinor: total((book) => book.cashMinor),
    deployableMinor: total((book) => book.deployableMinor), deployedMinor: total((book) => book.deployedMinor), reservedMinor: total((book) => book.reservedMinor), openRiskMinor: total((book) => book.openRiskMinor),
  };
}

/** What has been put forward and is not over. */
async function pendingIn({ database }: ToolServices, accounts: readonly { id: string; name: string }[]): Promise<z.infer<typeof Output>['pendingActions']> {
  const open = await listActions(database.orm, { states: ['awaiting_confirmation', 'confirmed', 'cleared', 'executing', 'unknown'], accountIds: accounts.map((account) => account.id), limit: 100 });
  return Promise.all(open.map(async ({ id, action, state, accountId }) => ({
    actionId: id, cardNumber: (await cardOfAction(database.orm, id))?.number ?? null, kind: action.kind, state, symbol: 'symbol' in action ? action.symbol : null, account: accounts.find((account) => account.id === accountId)?.name ?? null,
  })));
}
