import { z } from 'zod';
import { listFills } from '../db/stores/execution.ts';
import { valueMinor } from '../desk/decimal.ts';
import { formatDay } from '../desk/format.ts';
import { dateIn, timeIn } from '../desk/time.ts';
import { everyFill } from './book/trades.ts';
import { localTime } from './book/local-time.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { bounds, PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, commonCurrency, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';
import { symbolNamed } from './order-terms.ts';

const Minor = z.int().nullable();
const Fill = z.object({
  fillId: z.string(), orderId: z.string(), account: z.string(), symbol: z.string(), side: z.enum(['BUY', 'SELL']), category: z.string(), quantity: z.int(), price: z.number(),
  valueMinor: z.int(), value: z.number(), chargesMinor: z.int(), charges: z.number(), realisedMinor: z.int(), realised: z.number(), at: z.string().describe('market clock'), when: z.string(), pricedFrom: z.enum(['book', 'bars', 'snapshot', 'close']).nullable().describe('snapshot, close: at a stored price of an option chain'), pricedText: z.string().nullable(),
});

/** Fills, newest first, with their sums; the sums are over the whole period, also where the list is cut. Errors: `NO_SUCH_ACCOUNT`, `NO_SUCH_SYMBOL`, `PERIOD_INVALID`. */
export const fills = defineTool({
  name: 'fills', purpose: 'What was bought and sold, at which price and charges, and what it realised', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), symbol: z.string().optional(), side: z.enum(['BUY', 'SELL']).optional(), protective: z.enum(['STOP', 'TARGET']).optional().describe('only what a stop (or trail) or a target sold'), period: PeriodInput, limit: z.int().min(1).max(1000).default(100), asOf: AsOf }),
  output: z.object({
    asOf: z.string(), currency: z.enum(['INR', 'USD']), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), fills: z.array(Fill), count: z.int(), truncated: z.boolean(),
    boughtMinor: Minor, soldMinor: Minor, boughtQuantity: z.int(), soldQuantity: z.int().describe('of all symbols together where none is named'), chargesMinor: Minor, realisedMinor: Minor.describe('before charges'),
  }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const since = openedOn(accounts, { zone: market.zone, otherwise: moment.date });
    const span = spanOf(input.period, { moment, since });
    const symbol = input.symbol === undefined ? undefined : symbolNamed(context, input.symbol).symbol;
    const found = (await listFills(orm, { accountIds: accounts.map((account) => account.id), ...bounds(span, { moment, zone: market.zone }), limit: everyFill })).filter((fill) => (symbol === undefined || fill.symbol === symbol) && (input.side === undefined || fill.side === input.side) && (input.protective === undefined || (input.protective === 'TARGET' ? fill.category === 'TAKE_PROFIT' : fill.category === 'STOP_LOSS' || fill.category === 'TRAIL')));
    const units = (side: 'BUY' | 'SELL'): number => found.reduce((total, fill) => total + (fill.side === side ? fill.quantity : 0), 0);
    const currency = commonCurrency(accounts);
    const sum = (pick: (fill: (typeof found)[number]) => number): number | null => (currency ? found.reduce((total, fill) => total + pick(fill), 0) : null);
    return {
      asOf: moment.asOf, currency: currency ?? 'INR', period: span, count: found.length, truncated: found.length > input.limit,
      boughtQuantity: units('BUY'), soldQuantity: units('SELL'), boughtMinor: sum((fill) => (fill.side === 'BUY' ? valueMinor(fill.price, fill.quantity) : 0)), soldMinor: sum((fill) => (fill.side === 'SELL' ? valueMinor(fill.price, fill.quantity) : 0)),
      chargesMinor: sum((fill) => fill.chargesMinor), realisedMinor: sum((fill) => fill.realisedMinor),
      fills: found.slice(0, input.limit).map((fill) => {
        const worth = valueMinor(fill.price, fill.quantity);
        return {
          fillId: fill.id, orderId: fill.orderId, account: accounts.find((account) => account.id === fill.accountId)?.name ?? '', symbol: fill.symbol, side: fill.side, category: fill.category, quantity: fill.quantity, price: fill.price,
          valueMinor: worth, value: worth / 100, chargesMinor: fill.chargesMinor, charges: fill.chargesMinor / 100, realisedMinor: fill.realisedMinor, realised: fill.realisedMinor / 100,
          at: fill.happenedAt, when: localTime(fill.happenedAt, { today: moment.date, zone: market.zone }), pricedFrom: fill.pricedFrom ?? null,
          pricedText: fill.pricedAt ? `${fill.pricedFrom === 'close' ? 'closing price' : 'option chain'} of ${formatDay(dateIn(fill.pricedAt, market.zone), moment.date)} ${timeIn(fill.pricedAt, market.zone)}` : fill.pricedFrom === 'bars' ? 'bars' : null,
        };
      }),
    };
  },
});
