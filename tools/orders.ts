import { z } from 'zod';
import { cardsOfActions } from '../db/stores/cards.ts';
import { listOrders, openStatuses } from '../db/stores/execution.ts';
import { localTime } from './book/local-time.ts';
import { AsOf, momentOf } from './book/moment.ts';
import { bounds, PeriodInput, spanOf } from './book/period.ts';
import { accountsInScope, commonCurrency, openedOn } from './book/scope.ts';
import { defineTool } from './define.ts';
import { symbolNamed } from './order-terms.ts';

const Price = z.number().nullable();
const Order = z.object({
  orderId: z.string(), account: z.string(), symbol: z.string(), side: z.enum(['BUY', 'SELL']), category: z.string(), type: z.string(), quantity: z.int(), filledQuantity: z.int(), remainingQuantity: z.int(),
  limitPrice: Price, triggerPrice: Price, averagePrice: Price, status: z.string(), message: z.string().nullable(), cardNumber: z.int().nullable(), actionId: z.string(),
  marketTime: z.string().describe('market clock'), when: z.string(), createdAt: z.string().describe('wall clock'),
});

const outcomes = { REJECTED: ['REJECTED'], CANCELLED: ['CANCELLED', 'EXPIRED'], FILLED: ['FILLED'] } as const;
const mostOrders = 100_000;

/** Orders, newest first; a period is that in which they were sent, on the market clock. An earlier `asOf` gives those that had been sent by then, in the state that they are in now. Errors: `NO_SUCH_ACCOUNT`, `NO_SUCH_SYMBOL`, `PERIOD_INVALID`, `PERIOD_AHEAD`. */
export const orders = defineTool({
  name: 'orders', purpose: 'Orders at the broker: entries, exits, stops and targets with their state; all or the open ones', effect: 'read', permission: 'account:read',
  input: z.object({ account: z.string().optional(), symbol: z.string().optional(), open: z.boolean().default(false), limit: z.int().min(1).max(500).default(100), period: PeriodInput, outcome: z.enum(['REJECTED', 'CANCELLED', 'FILLED']).optional(), asOf: AsOf }),
  output: z.object({ asOf: z.string(), currency: z.enum(['INR', 'USD']), period: z.object({ from: z.string(), to: z.string(), label: z.string() }).nullable(), orders: z.array(Order), count: z.int(), openCount: z.int(), protectiveCount: z.int().describe('open stops, targets and trails'), truncated: z.boolean() }),
  run: async (context, input) => {
    const { database: { orm }, market } = context.services;
    const accounts = await accountsInScope(context, input.account);
    const moment = momentOf(context, input.asOf);
    const symbol = input.symbol === undefined ? undefined : symbolNamed(context, input.symbol).symbol;
    const span = input.period === undefined ? null : spanOf(input.period, { moment, since: openedOn(accounts, { zone: market.zone, otherwise: moment.date }) });
    const within = span && bounds(span, { moment, zone: market.zone });
    const found = (await listOrders(orm, { accountIds: accounts.map((account) => account.id), limit: mostOrders, ...(input.open ? { statuses: openStatuses } : input.outcome === undefined ? {} : { statuses: outcomes[input.outcome] }), ...(symbol ? { symbol } : {}) }))
      .filter((order) => order.marketTime <= moment.asOf && (within === null || (order.marketTime >= within.from && order.marketTime <= within.to)));
    const shown = found.slice(0, input.limit);
    const numbers = new Map((await cardsOfActions(orm, [...new Set(shown.map((order) => order.actionId))])).map((card) => [card.actionId, card.number]));
    const open = shown.filter((order) => (openStatuses as readonly string[]).includes(order.status));
    return {
      asOf: moment.asOf, currency: commonCurrency(accounts) ?? 'INR', period: span, count: found.length, truncated: found.length > input.limit, openCount: open.length, protectiveCount: open.filter((order) => order.category !== 'ENTRY' && order.category !== 'EXIT').length,
      orders: shown.map((order) => ({
        orderId: order.id, account: accounts.find((account) => account.id === order.accountId)?.name ?? '', symbol: order.symbol, side: order.side, category: order.category, type: order.type,
        quantity: order.quantity, filledQuantity: order.filledQuantity, remainingQuantity: order.quantity - order.filledQuantity, limitPrice: numberOf(order.limitPrice), triggerPrice: numberOf(order.triggerPrice), averagePrice: numberOf(order.averagePrice),
        status: order.status, message: order.message, cardNumber: numbers.get(order.actionId) ?? null, actionId: order.actionId, marketTime: order.marketTime, when: localTime(order.marketTime, { today: moment.date, zone: market.zone }), createdAt: order.createdAt,
      })),
    };
  },
});
const numberOf = (price: string | null): number | null => (price === null ? null : Number(price));
