import { cardOfAction } from '../db/stores/cards.ts';
import { z } from 'zod';
import type { Account } from '../db/stores/accounts.ts';
import { chargesByName } from '../db/stores/execution.ts';
import { closedPositions } from '../db/stores/positions.ts';
import { corporateActions } from '../db/stores/reference.ts';
import { sumBySector } from '../desk/portfolio/exposures.ts';
import { dateIn } from '../desk/time.ts';
import { ClosedTrades, closedTrades, fewestTrades } from './book/closed-trades.ts';
import { everyFill } from './book/trades.ts';
import { AsOf, type Moment, momentOf } from './book/moment.ts';
import { bounds, PeriodInput, type Span, spanOf } from './book/period.ts';
import { profitBySymbol, type SymbolProfit } from './book/profit-by-symbol.ts';
import { benchmarkSymbol, Returns, returnsOf } from './book/returns.ts';
import { accountsInScope, oneCurrency, openedOn } from './book/scope.ts';
import { closesOf, type Valuations, valuationsOf } from './book/valuation-days.ts';
import { defineTool, type ToolContext } from './define.ts';
import { symbolNamed } from './order-terms.ts';
import type { ToolServices } from './services.ts';

const Minor = z.int().nullable();
const Figure = z.number().nullable();
const Input = z.object({
  account: z.string().optional().describe('name or id; absent: all that you may see'), period: PeriodInput,
  symbol: z.string().optional(), by: z.enum(['account', 'sector', 'symbol']).optional(), charges: z.boolean().optional().describe('the costs by what was charged, too'), asOf: AsOf,
});
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), accounts: z.array(z.string()), symbol: z.string().nullable(),
  startEquityMinor: Minor, endEquityMinor: Minor, netFlowMinor: Minor.describe('money in less money out'), capitalMinor: Minor.describe('what the period began with and what came in'),
  pnlMinor: Minor.describe('after charges, without what came in or went out'), costsMinor: z.int(),
  ...Returns.shape, trades: ClosedTrades, fewestTrades: z.int(), taxesMinor: z.int().describe('of the charges what is a tax: STT, GST, stamp duty; 0 unless charges were asked for'), charges: z.array(z.object({ charge: z.string(), name: z.string(), amountMinor: z.int(), amount: z.number() })).describe('largest first; empty unless asked for'),
  rows: z.array(z.object({ name: z.string(), pnlMinor: Minor, pnl: Figure, costsMinor: z.int(), costs: z.number(), timeWeightedPercent: Figure })),
  series: z.array(z.object({ date: z.string(), equityMinor: Minor, flowMinor: z.int() })),
});
type Rows = z.infer<typeof Output>['rows'];
const row = (name: string, { pnlMinor, costsMinor }: { pnlMinor: number | null; costsMinor: number }, timeWeightedPercent: number | null = null): Rows[number] => ({ name, pnlMinor, pnl: pnlMinor === null ? null : pnlMinor / 100, costsMinor, costs: costsMinor / 100, timeWeightedPercent });

/**
 * How accounts did over a span of days. Daily worth comes from the ledger and from positions at session closes, of what was known;
 * the last day is at its last price. The index is NIFTY. Errors: `NO_SUCH_ACCOUNT`, `MIXED_CURRENCIES`, `PERIOD_INVALID`, `PERIOD_AHEAD`.
 */
export const performance = defineTool({
  name: 'performance',
  purpose: 'Return (time- and money-weighted) against NIFTY, profit against deposits, closed trades, win rate, worst drawdown, costs, Sharpe and the like, of an account or all',
  effect: 'read', permission: 'account:read', input: Input, output: Output,
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const currency = oneCurrency(accounts);
    const moment = momentOf(context, input.asOf);
    const span = spanOf(input.period, { moment, since: openedOn(accounts, { zone: services.market.zone, otherwise: services.market.today() }) });
    const symbol = input.symbol === undefined ? null : symbolNamed(context, input.symbol).symbol;
    const valuations = await valuationsOf(services, { accountIds: accounts.map((account) => account.id), span, moment });
    const bySymbol = profitBySymbol({ fills: valuations.trades, adjustments: valuations.adjustments, credits: valuations.credits, span, closeOf: valuations.closeOf, zone: services.market.zone });
    const closed = await closedIn(services, { accounts, span, moment });
    const nameOf = (id: string): string => accounts.find((account) => account.id === id)?.name ?? id;
    const trades = closedTrades(symbol === null ? closed : closed.filter((position) => position.symbol === symbol), nameOf);
    const withCard = async (trade: typeof trades.best): Promise<typeof trades.best> => trade && { ...trade, cardNumber: (await cardOfAction(services.database.orm, trade.actionId))?.number ?? null };
    const charged = input.charges ? await chargesIn(services, { accounts, symbol, span, moment }) : [];
    const common = {
      asOf: moment.asOf, currency, period: span, accounts: accounts.map((account) => account.name), symbol, fewestTrades,
      charges: charged, taxesMinor: charged.reduce((sum, { charge, amountMinor }) => sum + (taxNames.has(charge) ? amountMinor : 0), 0),
      trades: { ...trades, best: await withCard(trades.best), worst: await withCard(trades.worst) },
    };
    if (symbol !== null) return { ...common, ...ofSymbol(symbol, bySymbol), ...benchmarkOnly };
    const returns = await measured(context, { valuations, moment, span });
    return {
      ...common, ...returns, ...wholeBook(valuations), rows: await rowsBy(context, { by: input.by, accounts, bySymbol, span, moment }),
      reasons: [...returns.reasons, ...carriedWords(valuations), ...(await splitsWhileHeld(services, { valuations, span, moment }))],
    };
  },
});

/** What people call the charges. */
const chargeNames: Record<string, string> = { stt: 'STT', gst: 'GST', sebi: 'SEBI fee', exchange: 'exchange fee', ipft: 'IPFT', stampDuty: 'stamp duty', brokerage: 'brokerage', dp: 'DP charge', secFee: 'SEC fee', taf: 'TAF' };
const taxNames: ReadonlySet<string> = new Set(['stt', 'gst', 'stampDuty']);
async function chargesIn({ database, market }: ToolServices, { accounts, symbol, span, moment }: { accounts: readonly Account[]; symbol: string | null; span: Span; moment: Moment }): Promise<z.infer<typeof Output>['charges']> {
  const found = await chargesByName(database.orm, { accountIds: accounts.map((account) => account.id), ...(symbol === null ? {} : { symbol }), ...bounds(span, { moment, zone: market.zone }) });
  return found.map(({ charge, amountMinor }) => ({ charge, name: chargeNames[charge] ?? charge, amountMinor, amount: amountMinor / 100 }));
}

const index = { symbol: benchmarkSymbol, name: 'Nifty' };
const benchmarkOnly: Pick<Returns, 'benchmark'> = { benchmark: { ...index, percent: null } };

async function measured({ services }: ToolContext, { valuations, moment, span }: { valuations: Valuations; moment: Moment; span: Span }): Promise<Returns> {
  const closeOf = await closesOf(services, { symbols: [index.symbol], from: span.from, moment });
  return returnsOf(valuations.ends, { ...index, closeOn: (date) => closeOf(index.symbol, date) });
}

/** Worth at both ends and what flowed in between; null where a price at an end is missing. */
function wholeBook({ ends }: Valuations) {
  const [first, ...rest] = ends;
  const startEquityMinor = first?.equityMinor ?? null;
  const endEquityMinor = ends.at(-1)?.equityMinor ?? null;
  const netFlowMinor = rest.reduce((sum, day) => sum + day.flowMinor, 0);
  const cameIn = rest.reduce((sum, day) => sum + Math.max(0, day.flowMinor), 0);
  return {
    startEquityMinor, endEquityMinor, netFlowMinor, capitalMinor: startEquityMinor === null ? null : startEquityMinor + cameIn, costsMinor: rest.reduce((sum, day) => sum + day.chargesMinor, 0),
    pnlMinor: startEquityMinor === null || endEquityMinor === null ? null : endEquityMinor - startEquityMinor - netFlowMinor,
    series: ends.map(({ date, equityMinor, flowMinor }, index) => ({ date, equityMinor, flowMinor: index === 0 ? 0 : flowMinor })),
  };
}

/** One symbol has a profit, but no money of its own to measure a return on. */
function ofSymbol(symbol: string, bySymbol: readonly SymbolProfit[]) {
  const own = bySymbol.find((each) => each.symbol === symbol);
  const none = { startEquityMinor: null, endEquityMinor: null, netFlowMinor: null, capitalMinor: null, timeWeightedPercent: null, moneyWeightedPercent: null, moneyWeightedAnnualPercent: null, drawdown: null, underwater: [] };
  const ratios = { sharpe: null, sortino: null, calmar: null, volatilityPercent: null, beta: null, alphaPercent: null };
  const reasons = ['One symbol has a profit but no money of its own, so it has no return.', ...(own ? (own.pnlMinor === null ? [`A price of ${symbol} is missing at an end of the period.`] : []) : [`${symbol} was neither held nor traded in that time.`])];
  const rows: Rows = own ? [row(symbol, own)] : [];
  return { ...none, ...ratios, pnlMinor: own?.pnlMinor ?? null, costsMinor: own?.costsMinor ?? 0, days: 0, reasons, series: [], rows };
}

const closedIn = async ({ database, market }: ToolServices, { accounts, span, moment }: { accounts: readonly Account[]; span: Span; moment: Moment }) =>
  closedPositions(database.orm, { accountIds: accounts.map((account) => account.id), ...bounds(span, { moment, zone: market.zone }), limit: everyFill });

async function rowsBy(context: ToolContext, { by, accounts, bySymbol, span, moment }: { by: z.infer<typeof Input>['by']; accounts: readonly Account[]; bySymbol: readonly SymbolProfit[]; span: Span; moment: Moment }): Promise<Rows> {
  const largestFirst = (rows: Rows): Rows => rows.sort((a, b) => (b.pnlMinor ?? -Infinity) - (a.pnlMinor ?? -Infinity));
  if (by === 'account') {
    return Promise.all(accounts.map(async (account) => {
      const valuations = await valuationsOf(context.services, { accountIds: [account.id], span, moment });
      return row(account.name, wholeBook(valuations), (await measured(context, { valuations, moment, span })).timeWeightedPercent);
    }));
  }
  if (by === 'sector') {
    const sectorOf = (symbol: string): string | null => context.services.market.symbols().get(symbol)?.sector ?? null;
    // A sector with one unknown profit has no known sum.
    const costs = new Map(sumBySector(bySymbol.map(({ symbol, costsMinor }) => ({ symbol, sector: sectorOf(symbol), amount: costsMinor }))).map(({ sector, amount }) => [sector, amount]));
    const unknown = new Set(sumBySector(bySymbol.filter(({ pnlMinor }) => pnlMinor === null).map(({ symbol }) => ({ symbol, sector: sectorOf(symbol), amount: 0 }))).map(({ sector }) => sector));
    return largestFirst(sumBySector(bySymbol.map(({ symbol, pnlMinor }) => ({ symbol, sector: sectorOf(symbol), amount: pnlMinor ?? 0 })))
      .map(({ sector, amount }) => row(sector, { pnlMinor: unknown.has(sector) ? null : amount, costsMinor: costs.get(sector) ?? 0 })));
  }
  return largestFirst(bySymbol.map((each) => row(each.symbol, each)));
}

/** A day without a stored chain has no price of an option of its own. */
const carriedWords = ({ carried }: Valuations): string[] => (carried.size === 0 ? [] : [`No option chain is stored of some days: ${[...carried].map(([symbol, days]) => `${symbol} stands on ${days} ${days === 1 ? 'day' : 'days'}`).join(', ')} at the price of an earlier one.`]);

/** Where a split or bonus of something held was not worked in, the figures are not to be trusted, and this says so. */
async function splitsWhileHeld({ database, market }: ToolServices, { valuations, span, moment }: { valuations: Valuations; span: Span; moment: Moment }): Promise<string[]> {
  const symbols = [...new Set(valuations.trades.map((trade) => trade.symbol))];
  if (symbols.length === 0) return [];
  const actions = await corporateActions(database.orm, { symbols, asOf: moment.asOf });
  const wasHeld = ({ symbol, exDate }: { symbol: string; exDate: string }): boolean => valuations.trades.reduce((sum, trade) => (trade.symbol === symbol && dateIn(trade.happenedAt, market.zone) < exDate ? sum + (trade.side === 'BUY' ? trade.quantity : -trade.quantity) : sum), 0) !== 0;
  return actions.filter((action) => (action.kind === 'SPLIT' || action.kind === 'BONUS') && action.exDate >= span.from && action.exDate <= span.to && wasHeld(action) && !valuations.adjustments.some((each) => each.symbol === action.symbol && each.exDate === action.exDate && each.kind === action.kind))
    .map((action) => `${action.symbol} had a ${action.kind.toLowerCase()} on ${action.exDate}; shares held over it are counted as they were bought.`);
}
