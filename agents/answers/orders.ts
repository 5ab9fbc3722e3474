import type { z } from 'zod';
import { fills } from '../../tools/fills.ts';
import { orders } from '../../tools/orders.ts';
import { portfolioState } from '../../tools/portfolio-state.ts';
import type { Draft } from '../define.ts';
import type { AnswerContext, AnswerTable } from './define.ts';
import { refusalDraft } from './proposal-draft.ts';
import { cells, choice, draft, figures, many, namedScope, type Read, read, signOf, table, words } from './wording.ts';

/** Orders, what was filled of them, and whether a stop or target did its work. */
export const orderAnswers: AnswerTable = {
  async orders(context) {
    const { symbol, period, outcome } = context.intent;
    if (period !== undefined || outcome !== undefined) return orderList(context);
    const call = await read(context, orders, { ...namedScope(context), ...(symbol === undefined ? { open: true } : { symbol, limit: 20 }) });
    if (!call.ok) return refusalDraft(call);
    if (call.output.orders.length > 0) return orderDraft(call, openWords(call, symbol));
    if (symbol !== undefined) return draft(`There has been no order in ${symbol}.`, { choices: [choice(`Idea in ${symbol}`, `idea in ${symbol}`)] });
    const recent = await read(context, orders, { ...namedScope(context), limit: 5 });
    return recent.ok && recent.output.orders.length > 0 ? orderDraft(recent, 'No order is open. The last ones:') : draft('No order is open, and none has been sent yet.');
  },

  async fills(context) {
    const { symbol, period, side } = context.intent;
    const call = await read(context, fills, { ...namedScope(context), ...(side === undefined ? {} : { side }), ...(symbol === undefined ? {} : { symbol }), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { count, realisedMinor, boughtMinor, soldMinor, truncated } = call.output;
    const of = symbol === undefined ? '' : ` in ${symbol}`;
    if (count === 0) return draft(`Nothing was ${side === undefined ? 'filled' : side === 'BUY' ? 'bought' : 'sold'}${of} ${cell('period.label', 'text')}.`, { choices: [choice('Open orders', 'open orders')] });
    const sums = [symbol !== undefined && call.output.boughtQuantity > 0 ? `${cell('boughtQuantity', 'quantity')} bought` : '', symbol !== undefined && call.output.soldQuantity > 0 ? `${cell('soldQuantity', 'quantity')} sold` : '', boughtMinor ? `bought ${cell('boughtMinor', 'money')}` : '', soldMinor ? `sold ${cell('soldMinor', 'money')}` : '', `charges ${cell('chargesMinor', 'money')}`, realisedMinor ? `realised ${cell('realisedMinor', 'signed_money')} before charges` : ''].filter(Boolean).join(', ');
    return draft(`${cell('count', 'count')} ${many(count, 'fill')}${of} ${cell('period.label', 'text')}: ${sums}.${truncated ? ' The newest are below.' : ''}`, {
      parts: [fillTable(call)],
    });
  },

  async stop_hits(context) {
    const { symbol, period } = context.intent;
    const which = context.intent.which ?? 'STOP';
    const name = which === 'STOP' ? 'stop' : 'target';
    const call = await read(context, fills, { ...namedScope(context), protective: which, ...(symbol === undefined ? {} : { symbol }), ...(period ? { period } : {}) });
    if (!call.ok) return refusalDraft(call);
    const cell = cells(call);
    const { fills: hit, count, realisedMinor } = call.output;
    const of = symbol === undefined ? '' : ` of ${symbol}`;
    if (count === 0) return draft(`No ${name}${of} was hit ${cell('period.label', 'text')}.${symbol === undefined ? '' : await stillThere(context, symbol)}`, { choices: [choice(`Where the ${name}s are`, `show all my ${name}s`)] });
    const [first] = hit;
    if (first) context.remember({ lastSymbol: first.symbol });
    const line = (index: number): string => { const fill = hit[index]; return `${cell(`fills.${index}.symbol`, 'text')} in ${cell(`fills.${index}.account`, 'text')} on ${cell(`fills.${index}.when`, 'text')}: ${fill?.side === 'BUY' ? 'bought back' : 'sold'} ${cell(`fills.${index}.quantity`, 'quantity')} at ${cell(`fills.${index}.price`, 'price')}, ${cell(`fills.${index}.realisedMinor`, 'signed_money')} before charges`; };
    const { order } = context.intent;
    const outermost = hit.map(({ realisedMinor: each }, index) => ({ each, index })).sort((a, b) => (order === 'BEST' ? b.each - a.each : a.each - b.each))[0];
    if (order !== undefined && outermost) return draft(`${order === 'WORST' ? 'Costliest stop' : 'Best target'}${of} ${cell('period.label', 'text')}: ${line(outermost.index)}. ${cell('count', 'count')} ${many(count, 'was', 'were')} hit.`, { parts: [fillTable(call)] });
    const told = hit.slice(0, 5).map((_, index) => line(index));
    const lead = symbol !== undefined ? `Yes, the ${name}${of} was hit${count === 1 ? '' : ` ${cell('count', 'count')} times`}` : `${cell('count', 'count')} ${many(count, name)} ${many(count, 'was', 'were')} hit ${cell('period.label', 'text')}`;
    return draft(`${lead}: ${told.join('; ')}${count > told.length ? ' and more' : ''}.${count > 1 && realisedMinor !== null ? ` Together ${cell('realisedMinor', 'signed_money')} before charges.` : ''}`, { parts: count > 1 ? [fillTable(call)] : [] });
  },
};

/** Where the stop or target of a share stands that is held. */
async function stillThere(context: AnswerContext<'stop_hits'>, symbol: string): Promise<string> {
  const state = await read(context, portfolioState, namedScope(context));
  if (!state.ok) return '';
  const cell = cells(state);
  const held = state.output.positions.flatMap((position, index) => (position.symbol === symbol ? [{ position, at: `positions.${index}` }] : []));
  if (held.length === 0) return ` No ${symbol} is held now.`;
  const target = context.intent.which === 'TARGET';
  return held.map(({ position, at }) => {
    const [level, away] = target ? [position.target, position.targetAwayPercent] : [position.stop, position.stopAwayPercent];
    const name = target ? 'target' : 'stop';
    return level === null ? ` In ${cell(`${at}.account`, 'text')} it has no ${name}.` : ` In ${cell(`${at}.account`, 'text')} it stands at ${cell(`${at}.${name}`, 'price')}${away === null ? '' : `, ${cell(`${at}.${name}AwayPercent`, 'signed_percent')} from the last price ${cell(`${at}.last`, 'price')}`}.`;
  }).join('');
}

const fared = { REJECTED: 'rejected', CANCELLED: 'cancelled or expired', FILLED: 'filled' } as const;
/** Orders of a time or of one fate, with what the broker said. */
async function orderList(context: AnswerContext<'orders'>): Promise<Draft> {
  const { symbol, period, outcome } = context.intent;
  const call = await read(context, orders, { ...namedScope(context), ...(symbol === undefined ? {} : { symbol }), ...(period ? { period } : {}), ...(outcome ? { outcome } : {}) });
  if (!call.ok) return refusalDraft(call);
  const cell = cells(call);
  const { count, orders: found } = call.output;
  const of = symbol === undefined ? '' : ` in ${symbol}`;
  const when = call.output.period === null ? '' : ` ${cell('period.label', 'text')}`;
  const verb = outcome === undefined ? 'sent' : fared[outcome];
  if (count === 0) return draft(`No order${of} was ${verb}${when}.${outcome === 'REJECTED' ? ' Cards that the gates blocked never become orders.' : ''}`, { choices: [...(outcome === 'REJECTED' ? [choice('Blocked cards', `blocked cards${period ? ` ${period.label}` : ''}`)] : []), choice('Open orders', 'open orders')] });
  const told = outcome === undefined ? '' : `: ${found.slice(0, 5).map((order, index) => `${cell(`orders.${index}.side`, 'text')} ${cell(`orders.${index}.quantity`, 'quantity')} ${cell(`orders.${index}.symbol`, 'text')} in ${cell(`orders.${index}.account`, 'text')}, ${cell(`orders.${index}.when`, 'text')}${order.message === null || outcome === 'FILLED' ? '' : ` (${cell(`orders.${index}.message`, 'text')})`}`).join('; ')}${count > 5 ? ' and more' : ''}`;
  const still = outcome === undefined && call.output.openCount > 0 ? `, ${cell('openCount', 'count')} of them open` : '';
  return orderDraft(call, `${cell('count', 'count')} ${many(count, 'order')}${of} ${many(count, 'was', 'were')} ${verb}${when}${still}${told}.`);
}

type Orders = z.output<(typeof orders)['output']>;
function openWords(call: Read<Orders>, symbol: string | undefined): string {
  const cell = cells(call);
  const { openCount, protectiveCount } = call.output;
  const of = symbol === undefined ? '' : ` in ${symbol}`;
  if (openCount === 0) return `No order${of} is open. The last ones:`;
  const protective = protectiveCount === 0 ? '' : protectiveCount === openCount ? (openCount === 1 ? ', a stop or target' : ', all of them stops and targets') : `, ${cell('protectiveCount', 'count')} of them ${many(protectiveCount, 'a stop or target', 'stops and targets')}`;
  return `${cell('openCount', 'count')} open ${many(openCount, 'order')}${of}${protective}.`;
}
function orderDraft(call: Read<Orders>, text: string): Draft {
  const sign = signOf(call.output.currency);
  return draft(text, {
    parts: [table(call, 'orders', 'Orders', [words('when', 'When'), words('account', 'Account'), words('side', 'Side'), figures('quantity', 'Qty'), figures('filledQuantity', 'Filled'), words('symbol', 'Symbol'), words('category', 'For'), figures('limitPrice', 'Limit', sign), figures('triggerPrice', 'Trigger', sign), words('status', 'State'), ...(call.output.orders.some(({ message }) => message !== null) ? [words('message', 'Said')] : [])])],
  });
}
const fillTable = (call: Read<z.output<(typeof fills)['output']>>): ReturnType<typeof table> => { const sign = signOf(call.output.currency); return table(call, 'fills', 'Fills', [words('when', 'When'), words('account', 'Account'), words('side', 'Side'), figures('quantity', 'Qty'), words('symbol', 'Symbol'), figures('price', 'Price', sign), figures('charges', 'Charges', sign), figures('realised', 'Realised', sign), ...(call.output.fills.some(({ pricedText }) => pricedText !== null) ? [words('pricedText', 'Priced by')] : [])]); };
