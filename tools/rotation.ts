import { z } from 'zod';
import { cardsOfActions } from '../db/stores/cards.ts';
import { adjustmentsOf } from '../db/stores/holding-adjustments.ts';
import { partedSharesOf } from '../db/stores/parted-shares.ts';
import type { Account } from '../db/stores/accounts.ts';
import { decimal } from '../desk/decimal.ts';
import { chargesFor } from '../desk/execution/charges.ts';
import { gainsTax, type SoldLot } from '../desk/portfolio/gains-tax.ts';
import { leastGainPercent, remainingEdge, rotationOf } from '../desk/portfolio/rotation.ts';
import { taxLots } from '../desk/portfolio/tax-lots.ts';
import { dateIn, instant } from '../desk/time.ts';
import { creditLots } from './book/credit-lots.ts';
import { momentOf } from './book/moment.ts';
import { accountsInScope } from './book/scope.ts';
import { bookTrades } from './book/trades.ts';
import { defineTool, type ToolContext, ToolError } from './define.ts';
import { tradingDaysAway } from './event-days.ts';
import { proposerOf } from './order-terms.ts';
import { portfolioState } from './portfolio-state.ts';
import type { ReplacementEntry } from './services.ts';

const Minor = z.int().nullable();
const Pair = z.object({
  number: z.int(), account: z.string(), pairText: z.string(),
  sell: z.object({ symbol: z.string(), quantity: z.number(), valueMinor: z.int(), edgePercent: z.number().describe('what its own reason still expects of it; 0 where nothing speaks for it'), basis: z.string(), term: z.string(), concern: z.string().nullable() }),
  buy: z.object({ symbol: z.string(), quantity: z.int(), valueMinor: z.int(), limitPrice: z.string(), stop: z.string(), target: z.string().nullable(), strategy: z.string(), edgePercent: z.number(), confidencePercent: z.number(), comparables: z.int(), horizonDays: z.int(), why: z.string(), eventId: z.string().nullable() }),
  expectedMinor: z.int(), givenUpMinor: z.int(), chargesMinor: z.int(), spreadMinor: Minor, taxMinor: Minor, gainMinor: z.int(), barMinor: z.int(), worthIt: z.boolean(),
  expected: z.number(), givenUp: z.number(), charges: z.number(), spread: z.number().nullable(), tax: z.number().nullable(), gain: z.number(), notes: z.array(z.string()),
});
const Output = z.object({
  asOf: z.string(), currency: z.enum(['INR', 'USD']), barPercent: z.number(), pairs: z.array(Pair).describe('the largest gain after costs first'), worth: z.int().describe('pairs whose gain reaches the bar'), holdings: z.int(), closed: z.array(z.object({ account: z.string(), reason: z.string() })), basis: z.string(), reason: z.string().nullable(),
});
export type RotationAnswer = z.output<typeof Output>;
type State = z.output<(typeof portfolioState)['output']>;
type Held = State['positions'][number];

const basis = 'Expected moves are averages of similar set-ups before, shrunk, and no forecast; tax is the most that the rates ask for, without what is free of tax a year and without setting off losses of other sales';

/** Exit and entry in pairs: what is held against what the desk would enter now, after charges of all three orders, spread and tax. It proposes nothing. Errors: `NOW_ONLY`, `NO_CYCLE`, those of `portfolio_state`. */
export const rotation = defineTool({
  name: 'rotation', purpose: 'Whether changing a holding for the best candidate of the mandate is worth its cost: pairs of exit and entry with expected gain, charges, spread and tax', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional() }), output: Output,
  run: async (context, { account }) => {
    const moment = momentOf(context);
    if (!moment.now) throw new ToolError('NOW_ONLY', 'A rotation is drawn up at the prices of now alone, not as of an earlier moment.', 'asOf');
    if (!context.services.replacements) throw new ToolError('NO_CYCLE', 'No cycle runs here, so there is nothing to compare holdings with.');
    const accounts = await accountsInScope(context, account);
    const state = portfolioState.output.parse(await portfolioState.run(context, { ...(account === undefined ? {} : { account }) }));
    const found = await Promise.all(accounts.map((each) => pairsIn(context, each, state)));
    const pairs = found.flatMap((each) => each.pairs).sort((a, b) => b.gainMinor - a.gainMinor).map((pair, index) => ({ ...pair, number: index + 1 }));
    const closed = found.flatMap(({ closed: reason }, i) => (reason === null ? [] : [{ account: accounts[i]?.name ?? '', reason }]));
    const holdings = found.reduce((sum, each) => sum + each.held, 0);
    return {
      asOf: moment.asOf, currency: state.currency, barPercent: leastGainPercent, pairs, worth: pairs.filter(({ worthIt }) => worthIt).length, holdings, closed, basis,
      reason: pairs.length > 0 ? null : holdings === 0 ? 'no share is held' : closed.length > 0 ? 'nothing new may be entered' : 'no set-up that fits the mandate stands now',
    };
  },
});

async function pairsIn(context: ToolContext, account: Account, state: State): Promise<{ pairs: z.input<typeof Pair>[]; held: number; closed: string | null }> {
  const { services } = context;
  const { market, database: { orm } } = services;
  // An option is a part of a structure, and a short position frees no cash.
  const held = state.positions.filter((position) => position.accountId === account.id && position.quantity > 0 && position.valueMinor !== null && (market.symbols().get(position.symbol)?.kind ?? 'EQUITY') === 'EQUITY' && market.contract(position.symbol) === null);
  if (held.length === 0) return { pairs: [], held: 0, closed: null };
  const answer = await services.replacements?.({ accountId: account.id, requestedBy: proposerOf(context), holdings: held.map(({ symbol, valueMinor }) => ({ symbol, proceedsMinor: valueMinor ?? 0 })) });
  if (!answer || answer.closed !== null) return { pairs: [], held: held.length, closed: answer?.closed ?? 'no cycle runs here' };
  const cards = new Map((await cardsOfActions(orm, held.flatMap(({ actionId }) => actionId ?? []))).map((card) => [card.actionId, card]));
  const trades = (await bookTrades(orm, { accountIds: [account.id], to: market.now() })).map((trade) => ({ ...trade, date: dateIn(trade.happenedAt, market.zone) }));
  const adjustments = (await adjustmentsOf(orm, { accountIds: [account.id], to: market.now() })).filter(({ kind }) => kind !== 'DIVIDEND').map((row) => ({ ...row, date: row.exDate }));
  const credits = creditLots(await partedSharesOf(orm, { accountIds: [account.id], to: market.now() }), market.zone);
  const pairs = held.flatMap((position): z.input<typeof Pair>[] => {
    const line = answer.holdings.find(({ symbol }) => symbol === position.symbol);
    if (!line?.entry) return [];
    const card = position.actionId === null ? undefined : cards.get(position.actionId);
    const own = edgeOf(context, position, { setUp: line.setUp, opened: card ? { edgePercent: card.edgePercent, horizonDays: card.horizonDays } : null });
    const last = position.last ?? 0;
    const sale = chargesFor({ exchange: market.symbols().get(position.symbol)?.exchange ?? 'NSE', product: 'DELIVERY', side: 'SELL', quantity: position.quantity, price: decimal(last.toFixed(2)), date: market.today(), instrument: 'EQUITY' });
    if (!sale.known) return [];
    const parents = credits.filter(({ into }) => into === position.symbol).map(({ symbol }) => symbol);
    const lots = taxLots([...trades.filter(({ symbol }) => symbol === position.symbol || parents.includes(symbol)), { symbol: position.symbol, side: 'SELL', quantity: position.quantity, price: last, chargesMinor: sale.totalMinor, date: market.today() }], adjustments.filter(({ symbol }) => symbol === position.symbol || parents.includes(symbol)), credits).closed.filter(({ symbol }) => symbol === position.symbol).slice(-mostLots);
    const sold = lots.filter(({ closedOn, closePrice }) => closedOn === market.today() && closePrice === last);
    const tax = account.baseCurrency === 'INR' ? gainsTax(sold, market.today()) : { known: false as const, reason: 'tax outside India is not known here' };
    const quote = market.quote(position.symbol);
    const sum = rotationOf({
      sold: { valueMinor: position.valueMinor ?? 0, edgePercent: own.edgePercent, chargesMinor: sale.totalMinor, spreadMinor: halfSpread(quote, position.quantity), taxMinor: tax.known ? tax.taxMinor : null },
      bought: { valueMinor: line.entry.valueMinor, edgePercent: line.entry.edgePercent, chargesMinor: line.entry.chargesMinor, spreadMinor: halfSpread(line.entry, line.entry.quantity) },
    });
    return [{
      number: 0, account: account.name, pairText: `${position.symbol} → ${line.entry.symbol}`,
      sell: { symbol: position.symbol, quantity: position.quantity, valueMinor: position.valueMinor ?? 0, ...own, term: termOf(sold), concern: concernOf(position, state) },
      buy: boughtOf(line.entry), ...sum, worthIt: sum.gainMinor >= sum.barMinor,
      expected: sum.expectedMinor / 100, givenUp: sum.givenUpMinor / 100, charges: sum.chargesMinor / 100, spread: sum.spreadMinor === null ? null : sum.spreadMinor / 100, tax: sum.taxMinor === null ? null : sum.taxMinor / 100, gain: sum.gainMinor / 100,
      notes: [...(tax.known ? [] : [`Tax is not counted: ${tax.reason}.`]), ...(sum.spreadMinor === null ? ['The spread is not known and not counted.'] : []), ...answer.degraded],
    }];
  });
  return { pairs, held: held.length, closed: null };
}
/** Lots that one sale can close; more are not looked at. */
const mostLots = 500;

/** What is still expected of a holding: by the set-up that stands in it now, else by what is left of the reason it was bought for. */
function edgeOf({ services: { market } }: ToolContext, { openedAt }: Held, { setUp, opened }: { setUp: { strategy: string; edgePercent: number; horizonDays: number } | null; opened: { edgePercent: number | null; horizonDays: number | null } | null }): { edgePercent: number; basis: string } {
  if (setUp) return { edgePercent: setUp.edgePercent, basis: `${setUp.strategy.replaceAll('_', ' ')} stands in it now` };
  if (!opened || opened.edgePercent === null || opened.horizonDays === null) return { edgePercent: 0, basis: 'no signal speaks for it, so nothing is expected of it either way' };
  const sessions = tradingDaysAway(market.calendar(), dateIn(instant(openedAt), market.zone), market.today()).days;
  const left = remainingEdge(opened.edgePercent, sessions, opened.horizonDays);
  return { edgePercent: left, basis: left > 0 ? 'what is left of the reason it was bought for' : 'the horizon of the reason it was bought for is over' };
}
const halfSpread = (quote: { bid: number | null; ask: number | null } | null, quantity: number): number | null => (quote?.bid == null || quote.ask === null || quote.ask < quote.bid ? null : Math.round(((quote.ask - quote.bid) / 2) * quantity * 100));
const termOf = (lots: readonly SoldLot[]): string => { const terms = new Set(lots.map(({ term }) => term)); return terms.size > 1 ? 'lots of different terms' : terms.has('LONG') ? 'long-term' : terms.has('SAME_DAY') ? 'bought today' : 'short-term'; };
function concernOf({ symbol, last, stop }: Held, { nextEvents }: State): string | null {
  const event = nextEvents.find((each) => each.symbol === symbol && each.kind === 'RESULTS');
  if (event) return `results on ${event.date}`;
  return last !== null && stop !== null && last <= stop * 1.01 ? 'it is within a percent of its stop' : null;
}
const boughtOf = ({ confidence, comparables, thesis, edgePercent, netEdgePercent: _net, chargesMinor: _charges, bid: _bid, ask: _ask, ...entry }: ReplacementEntry): z.input<typeof Pair>['buy'] => ({ ...entry, edgePercent, confidencePercent: Math.round(1000 * confidence) / 10, comparables, why: thesis[0] ?? '' });
