import { z } from 'zod';
import { listFills } from '../db/stores/execution.ts';
import { csvText } from '../desk/csv.ts';
import { valueMinor } from '../desk/decimal.ts';
import { dateIn, timeIn } from '../desk/time.ts';
import { accountLots } from './book/account-lots.ts';
import { everyFill } from './book/trades.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';

const major = (minor: number): number => minor / 100;

/**
 * Trades for a spreadsheet or an accountant. `tradebook`: every fill of the period. `tax_lots`: what was sold in the period
 * against what it was bought for, first in, first out, and what is still held; lots are counted from each account's first
 * trade whatever the period. Errors: `NO_SUCH_ACCOUNT`, `PERIOD_INVALID`.
 */
export const tradeExport = defineTool({
  name: 'trade_export', purpose: 'The tradebook or the tax lots (first in, first out) as CSV', effect: 'read', permission: 'account:read',
  input: z.object({ what: z.enum(['tradebook', 'tax_lots']), account: z.string().optional(), period: PeriodInput, asOf: AsOf }),
  output: z.object({ asOf: z.string(), what: z.string(), fileName: z.string(), period: z.object({ from: z.string(), to: z.string(), label: z.string() }), rows: z.int(), csv: z.string(), notes: z.array(z.string()) }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const since = openedOn(accounts, { zone: market.zone, otherwise: moment.date });
    const span = spanOf(input.period, { moment, since });
    const fills = (await listFills(orm, { accountIds: accounts.map(({ id }) => id), to: moment.asOf, limit: everyFill })).sort((a, b) => (a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : a.id < b.id ? -1 : 1));
    const dated = fills.map((fill) => ({ ...fill, date: dateIn(fill.happenedAt, market.zone) }));
    const lots = input.what === 'tax_lots' ? await accountLots(context.services, { accounts, to: moment.asOf }) : [];
    const within = (date: string): boolean => date >= span.from && date <= span.to;
    const rows = input.what === 'tradebook'
      ? dated.filter(({ date }) => within(date)).map((fill) => [fill.date, timeIn(fill.happenedAt, market.zone), accounts.find(({ id }) => id === fill.accountId)?.name ?? '', fill.symbol, fill.side, fill.category, fill.quantity, fill.price, major(valueMinor(fill.price, fill.quantity)), major(fill.chargesMinor), major(fill.realisedMinor), fill.orderId, fill.id])
      : lots.flatMap(({ account, closed, open }) => [
        ...closed.filter(({ closedOn }) => within(closedOn)).map((lot) => [account.name, lot.symbol, 'CLOSED', lot.side, lot.quantity, lot.openedOn, lot.closedOn, lot.holdingDays, lot.term, lot.openPrice, lot.closePrice, major(lot.costMinor), major(lot.proceedsMinor), major(lot.chargesMinor), major(lot.gainMinor)]),
        ...open.map((lot) => [account.name, lot.symbol, 'OPEN', lot.quantity > 0 ? 'LONG' : 'SHORT', Math.abs(lot.quantity), lot.openedOn, null, null, null, lot.price, null, major(Math.abs(lot.costMinor)), null, major(lot.chargesMinor), null]),
      ]);
    const header = input.what === 'tradebook'
      ? ['date', 'time', 'account', 'symbol', 'side', 'category', 'quantity', 'price', 'value', 'charges', 'realised_before_charges', 'order_id', 'fill_id']
      : ['account', 'symbol', 'state', 'side', 'quantity', 'opened_on', 'closed_on', 'holding_days', 'term', 'open_price', 'close_price', 'cost', 'proceeds', 'charges', 'gain_after_charges'];
    return {
      asOf: moment.asOf, what: input.what, fileName: `${input.what.replace('_', '-')}-${span.from}-${span.to}.csv`, period: span, rows: rows.length, csv: csvText(header, rows),
      notes: input.what === 'tax_lots' ? ['First in, first out within an account; shares of a bonus count as a lot of their own that cost nothing, a split or consolidation keeps each lot’s day and cost; shares of a parted company keep the day of the parent’s lot and take the part of its cost that was credited with them; an option that ended closes at what it was worth. Not tax advice.', `${market.label()}.`] : [`${market.label()}.`],
    };
  },
});
