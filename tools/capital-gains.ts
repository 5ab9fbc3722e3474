import { z } from 'zod';
import { chargeOfFills } from '../db/stores/execution.ts';
import { gainsTaxOfYear, type YearLot } from '../desk/portfolio/gains-tax.ts';
import { type ClosedLot, longTermFrom } from '../desk/portfolio/tax-lots.ts';
import { type TradingDate, tradingDate } from '../desk/time.ts';
import { accountLots } from './book/account-lots.ts';
import { contractsAmong } from './book/contracts-among.ts';
import { marksOf } from './book/marks.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, oneCurrency, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';
import { symbolNamed } from './order-terms.ts';

const Figure = z.number().nullable();
const Term = z.enum(['SAME_DAY', 'SHORT', 'LONG']);
const Closed = z.object({ account: z.string(), symbol: z.string(), quantity: z.int(), openedOn: z.string(), closedOn: z.string(), holdingDays: z.int(), term: Term, termText: z.string(), cost: z.number(), proceeds: z.number(), gain: z.number() });
const Open = z.object({ account: z.string(), symbol: z.string(), quantity: z.int(), openedOn: z.string(), price: z.number(), cost: z.number(), last: Figure, gainMinor: z.int().nullable(), gain: Figure.describe('at the last price, before the charges of selling'), term: z.enum(['SHORT', 'LONG']), termText: z.string(), longFrom: z.string().nullable().describe('first day on which it is long-term; null for what is owed') });
const Group = z.object({ count: z.int().describe('lots'), gainMinor: z.int() });
const termText = { SAME_DAY: 'same day', SHORT: 'short-term', LONG: 'long-term' } as const;
/** Rows shown; the sums are over all. */
const mostRows = 200;

/**
 * Gains by tax lots (first in, first out) of what was sold in a period, this financial year unless one is named, by how long it was held; the tax
 * that Indian rates ask on them; and the lots still held, with the day on which each turns long-term. Gains are after all charges; for the tax
 * securities transaction tax is not deducted (section 48). Options are business income and stand apart. Errors: `NO_SUCH_ACCOUNT`,
 * `MIXED_CURRENCIES`, `NO_SUCH_SYMBOL`, `PERIOD_INVALID`, `PERIOD_AHEAD`.
 */
export const capitalGains = defineTool({
  name: 'capital_gains', purpose: 'Tax lots: gains short- and long-term, tax owed on them by Indian rates, lots still held and when each turns long-term', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), symbol: z.string().optional(), period: PeriodInput, turning: z.object({ from: z.string(), to: z.string() }).optional().describe('of the lots held those that turn long-term between these dates'), asOf: AsOf }),
  output: z.object({
    asOf: z.string(), currency: z.enum(['INR', 'USD']), accounts: z.array(z.string()), symbol: z.string().nullable(), period: z.object({ from: z.string(), to: z.string(), label: z.string() }),
    short: Group, long: Group, sameDay: Group, options: Group, totalMinor: z.int().describe('short- and long-term'), closed: z.array(Closed).describe('newest first'),
    tax: z.object({ known: z.boolean(), reason: z.string().nullable(), minor: z.int().nullable(), taxedShortMinor: z.int(), taxedLongMinor: z.int(), freeMinor: z.int().describe('of long-term gains, free of tax') }),
    open: z.array(Open).describe('oldest first'), openCount: z.int(), longCount: z.int().describe('of the lots held, long-term by now'), shortCount: z.int(), next: z.object({ at: z.int().describe('place in open') }).nullable().describe('of the lots held the one that turns long-term next'),
  }),
  run: async (context, input) => {
    const { services } = context;
    const accounts = await accountsInScope(context, input.account);
    const currency = oneCurrency(accounts);
    const moment = momentOf(context, input.asOf);
    const year = financialYearOf(moment.date);
    const span = spanOf(input.period ?? { ...year, label: 'this FY' }, { moment, since: openedOn(accounts, { zone: services.market.zone, otherwise: moment.date }) });
    const symbol = input.symbol === undefined ? null : symbolNamed(context, input.symbol).symbol;
    const stt = await chargeOfFills(services.database.orm, { accountIds: accounts.map(({ id }) => id), charge: 'stt', to: moment.asOf });
    const [lots, forTax] = [await accountLots(services, { accounts, to: moment.asOf }), await accountLots(services, { accounts, to: moment.asOf, leftOutMinor: stt })];
    const wanted = (lot: { symbol: string }): boolean => symbol === null || lot.symbol === symbol;
    const isOption = (lot: { symbol: string }): boolean => contractsAmong([lot.symbol]).length > 0;
    const sold = (list: typeof lots): (ClosedLot & { account: string })[] => list.flatMap(({ account, closed }) => closed.filter((lot) => wanted(lot) && lot.closedOn >= span.from && lot.closedOn <= span.to).map((lot) => ({ ...lot, account: account.name })));
    const inPeriod = sold(lots);
    const shares = inPeriod.filter((lot) => !isOption(lot));
    const group = (list: readonly ClosedLot[]): z.infer<typeof Group> => ({ count: list.length, gainMinor: list.reduce((sum, { gainMinor }) => sum + gainMinor, 0) });
    const ofTerm = (term: ClosedLot['term']): z.infer<typeof Group> => group(shares.filter((lot) => lot.term === term));
    const [short, long] = [ofTerm('SHORT'), ofTerm('LONG')];
    const held = lots.flatMap(({ account, open }) => open.filter((lot) => wanted(lot) && !isOption(lot)).map((lot) => ({ ...lot, account: account.name, longFrom: lot.quantity > 0 ? longTermFrom(lot.openedOn) : null })))
      .filter(({ longFrom }) => input.turning === undefined || (longFrom !== null && longFrom >= input.turning.from && longFrom <= input.turning.to)).sort((a, b) => (a.openedOn < b.openedOn ? -1 : a.openedOn > b.openedOn ? 1 : a.symbol < b.symbol ? -1 : 1));
    const marks = await marksOf(services, { symbols: [...new Set(held.map((lot) => lot.symbol))], moment });
    const open = held.map((lot): z.infer<typeof Open> => {
      const last = marks.get(lot.symbol)?.last ?? null;
      const gainMinor = last === null ? null : Math.round(last * lot.quantity * 100) - lot.costMinor - lot.chargesMinor;
      const term = lot.longFrom !== null && lot.longFrom <= moment.date ? 'LONG' as const : 'SHORT' as const;
      return { account: lot.account, symbol: lot.symbol, quantity: lot.quantity, openedOn: lot.openedOn, price: lot.price, cost: Math.abs(lot.costMinor) / 100, last, gainMinor, gain: gainMinor === null ? null : gainMinor / 100, term, termText: termText[term], longFrom: lot.longFrom };
    });
    const coming = open.findIndex(({ longFrom }) => longFrom !== null && longFrom > moment.date);
    return {
      asOf: moment.asOf, currency, accounts: accounts.map(({ name }) => name), symbol, period: span, short, long, sameDay: ofTerm('SAME_DAY'), options: group(inPeriod.filter(isOption)), totalMinor: short.gainMinor + long.gainMinor,
      closed: shares.toSorted((a, b) => (a.closedOn > b.closedOn ? -1 : a.closedOn < b.closedOn ? 1 : 0)).slice(0, mostRows).map((lot) => ({ account: lot.account, symbol: lot.symbol, quantity: lot.quantity, openedOn: lot.openedOn, closedOn: lot.closedOn, holdingDays: lot.holdingDays, term: lot.term, termText: termText[lot.term], cost: lot.costMinor / 100, proceeds: lot.proceedsMinor / 100, gain: lot.gainMinor / 100 })),
      tax: currency === 'INR' ? taxOn(sold(forTax).filter((lot) => !isOption(lot))) : { known: false, reason: 'tax outside India is not known here', minor: null, taxedShortMinor: 0, taxedLongMinor: 0, freeMinor: 0 },
      open: open.slice(0, mostRows), openCount: open.length, longCount: open.filter(({ term }) => term === 'LONG').length, shortCount: open.filter(({ term }) => term === 'SHORT').length, next: coming < 0 || coming >= mostRows ? null : { at: coming },
    };
  },
});

/** The Indian one, from April to March. */
function financialYearOf(date: TradingDate): { from: TradingDate; to: TradingDate } {
  const year = Number(date.slice(0, 4)) - (date.slice(5, 7) < '04' ? 1 : 0);
  return { from: tradingDate(`${year}-04-01`), to: tradingDate(`${year + 1}-03-31`) };
}

/** Of each financial year by itself: losses of one do not lessen the gains of another here. */
function taxOn(sold: readonly ClosedLot[]): { known: boolean; reason: string | null; minor: number | null; taxedShortMinor: number; taxedLongMinor: number; freeMinor: number } {
  const none = { known: true, reason: null, minor: 0, taxedShortMinor: 0, taxedLongMinor: 0, freeMinor: 0 };
  const years = Map.groupBy(sold.flatMap(({ gainMinor, term, closedOn }): YearLot[] => (term === 'SAME_DAY' ? [] : [{ gainMinor, term, soldOn: closedOn }])), ({ soldOn }) => financialYearOf(soldOn).from);
  return [...years].reduce<ReturnType<typeof taxOn>>((sum, [from, lots]) => {
    const tax = gainsTaxOfYear(lots, from);
    if (!tax.known || sum.minor === null) return { ...none, known: false, reason: tax.known ? sum.reason : tax.reason, minor: null };
    return { known: true, reason: null, minor: sum.minor + tax.taxMinor, taxedShortMinor: sum.taxedShortMinor + tax.taxedShortMinor, taxedLongMinor: sum.taxedLongMinor + tax.taxedLongMinor, freeMinor: sum.freeMinor + tax.freeMinor };
  }, none);
}
