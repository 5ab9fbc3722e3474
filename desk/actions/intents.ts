import { roundToTick, type Decimal } from '../decimal.ts';
import type { GateReport } from '../gates/define.ts';
import { instrumentOf } from '../gates/figures.ts';
import { orderOf, positionOf, unclaimedQuantity } from '../gates/reduces-risk.ts';
import type { GateSnapshot, OpenOrderFacts, PositionFacts } from '../gates/snapshot.ts';
import { clientOrderIdFor } from './client-order-id.ts';
import type { Intent, IntentSpec, SubmitSpec } from './intent-specs.ts';
import { freezeQuantity as freezeOn } from '../gates/rules/index-derivatives.ts';
import type { Action, ActionOf, Side } from './types.ts';

type OptionLeg = ActionOf<'option_structure'>['legs'][number];

/**
 * The full list of what a clearance lets the executor do: nothing that isn't here happens. Legs are named so that the
 * same action always has the same legs and so the same client order ids, also after a crash. Actions that move no order
 * (money, rules, rights, pauses) have none: the executor applies the action itself.
 */
interface Work { actionId: string; snapshot: GateSnapshot }
const opposite = (side: Side): Side => (side === 'BUY' ? 'SELL' : 'BUY');
const intent = (work: Work, leg: string, spec: IntentSpec, after: string | null = null): Intent =>
  ({ leg, clientOrderId: clientOrderIdFor(work.actionId, leg), state: after === null ? 'READY' : 'WAITING', after, spec });

function entry(action: ActionOf<'enter'>, work: Work): Intent[] {
  const { symbol, exchange, side, quantity, product, bracket } = action;
  const ocoGroup = clientOrderIdFor(work.actionId, 'oco');
  const away = { operation: 'submit', symbol, exchange, side: opposite(side), quantity, product, ocoGroup, onlyIf: null } as const;
  const legs = [
    intent(work, 'entry', { ...away, side, type: action.orderType, limitPrice: action.limitPrice ?? null, triggerPrice: null, category: 'ENTRY', ocoGroup: null, onlyIf: action.onlyIf ?? null }),
    intent(work, 'stop', { ...away, type: 'STOP', limitPrice: null, triggerPrice: bracket.stop, category: 'STOP_LOSS' }, 'entry'),
  ];
  if (bracket.target !== undefined) legs.push(intent(work, 'target', { ...away, type: 'LIMIT', limitPrice: bracket.target, triggerPrice: null, category: 'TAKE_PROFIT' }, 'entry'));
  if (bracket.trail !== undefined) {
    const { distance, activateAt = null } = bracket.trail;
    legs.push(intent(work, 'trail', { operation: 'trail', symbol, side: opposite(side), quantity, category: 'TRAIL', distance, activateAt, ocoGroup }, 'entry'));
  }
  return legs;
}

/** The exchange takes no more than its freeze quantity at once, so a large exit goes in slices: an exit is never refused for its size. */
function slices(quantity: number, freeze: number | null, lot: number): number[] {
  const largest = freeze === null || freeze < lot ? quantity : Math.floor(freeze / lot) * lot;
  const parts: number[] = [];
  for (let left = quantity; left > 0; left -= largest) parts.push(Math.min(largest, left));
  return parts;
}

function leave(work: Work, position: PositionFacts, quantity: number, terms: { leg: string; exchange: string; limitPrice: Decimal | null }): Intent[] {
  const instrument = instrumentOf(work.snapshot, position.symbol);
  const side: Side = position.quantity > 0 ? 'SELL' : 'BUY';
  // The exchange refuses a limit between two ticks, and an exit must not fail for that: it goes to the next tick towards the market.
  const limitPrice = terms.limitPrice === null || !instrument ? terms.limitPrice : roundToTick(Number(terms.limitPrice), Number(instrument.tickSize), side === 'SELL' ? 'down' : 'up');
  const spec: Omit<SubmitSpec, 'quantity'> = {
    operation: 'submit', symbol: position.symbol, exchange: terms.exchange, side, type: limitPrice === null ? 'MARKET' : 'LIMIT', limitPrice, triggerPrice: null,
    product: position.product ?? 'DELIVERY', category: 'EXIT', ocoGroup: null, onlyIf: null,
  };
  return slices(quantity, instrument?.freezeQuantity ?? null, instrument?.lotSize ?? 1)
    .map((part, index) => intent(work, index === 0 ? terms.leg : `${terms.leg}:${index + 1}`, { ...spec, quantity: part }));
}

function exit(action: ActionOf<'exit'> | ActionOf<'reduce'>, work: Work): Intent[] {
  const position = positionOf(work.snapshot, action.accountId, action.positionId);
  if (!position) return [];
  const left = unclaimedQuantity(work.snapshot, position);
  const quantity = action.kind === 'exit' ? left : Math.min(action.quantity, left);
  return leave(work, position, quantity, { leg: 'exit', exchange: action.exchange, limitPrice: action.orderType === 'LIMIT' ? action.limitPrice ?? null : null });
}

const cancelOf = (work: Work, leg: string, { orderId, clientOrderId, symbol, category }: OpenOrderFacts): Intent =>
  intent(work, leg, { operation: 'cancel', orderId, targetClientOrderId: clientOrderId, symbol, category });
const isStop = ({ category }: OpenOrderFacts): boolean => category === 'STOP_LOSS' || category === 'TRAIL';

function replaceOf(work: Work, leg: string, order: OpenOrderFacts, price: Decimal): Intent {
  const { orderId, clientOrderId, symbol, category, remainingQuantity } = order;
  return intent(work, leg, { operation: 'replace', orderId, targetClientOrderId: clientOrderId, symbol, category, quantity: remainingQuantity, limitPrice: isStop(order) ? null : price, triggerPrice: isStop(order) ? price : null });
}

const homeExchange = ({ account }: GateSnapshot): string => (account.known && account.value.baseCurrency === 'USD' ? 'US' : 'NSE');

function modify(action: ActionOf<'modify'>, work: Work): Intent[] {
  const { snapshot } = work;
  if (action.orderId !== undefined) {
    const order = orderOf(snapshot, action.accountId, action.orderId);
    const price = action.limitPrice ?? action.stop ?? action.target;
    return order && price !== undefined ? [replaceOf(work, 'replace', order, price)] : [];
  }
  const position = action.positionId === undefined ? undefined : positionOf(snapshot, action.accountId, action.positionId);
  if (!position) return [];
  const { symbol, positionId, quantity } = position;
  const { stop, target, trail } = action;
  const legs = [intent(work, 'protect', { operation: 'protect', positionId, symbol, ...(stop === undefined ? {} : { stop }), ...(target === undefined ? {} : { target }), ...(trail === undefined ? {} : { trail }) })];
  const working = snapshot.openOrders.known ? snapshot.openOrders.value.filter((order) => order.accountId === action.accountId && order.symbol === symbol) : [];
  const fresh = {
    operation: 'submit', symbol, exchange: position.exchange ?? homeExchange(snapshot), side: quantity > 0 ? 'SELL' : 'BUY', quantity: Math.abs(quantity),
    product: position.product ?? 'DELIVERY', ocoGroup: null, onlyIf: null,
  } as const;
  const move = (leg: 'stop' | 'target', price: Decimal, orders: readonly OpenOrderFacts[], spec: SubmitSpec): void => {
    if (orders.length === 0) legs.push(intent(work, leg, spec));
    for (const [index, order] of orders.entries()) legs.push(replaceOf(work, index === 0 ? leg : `${leg}:${index + 1}`, order, price));
  };
  if (stop !== undefined) move('stop', stop, working.filter(isStop), { ...fresh, type: 'STOP', limitPrice: null, triggerPrice: stop, category: 'STOP_LOSS' });
  if (target !== undefined) move('target', target, working.filter(({ category }) => category === 'TAKE_PROFIT'), { ...fresh, type: 'LIMIT', limitPrice: target, triggerPrice: null, category: 'TAKE_PROFIT' });
  return legs;
}

/** Halt first, then the entries, then the positions: what fills in between is seen by the executor and left in its turn. */
function closeAll(action: ActionOf<'close_all'>, work: Work): Intent[] {
  const { positions, openOrders } = work.snapshot;
  const mine = ({ accountId }: { accountId: string }): boolean => accountId === action.accountId;
  const legs = action.haltEntries ? [intent(work, 'halt', { operation: 'halt', accountId: action.accountId })] : [];
  for (const order of openOrders.known ? openOrders.value.filter(mine) : []) if (order.category === 'ENTRY') legs.push(cancelOf(work, `cancel:${order.orderId}`, order));
  // What is short first: its cover must not go before it.
  for (const position of positions.known ? positions.value.filter(mine).sort((a, b) => Math.sign(a.quantity) - Math.sign(b.quantity)) : []) {
    const quantity = unclaimedQuantity(work.snapshot, position);
    legs.push(...leave(work, position, quantity, { leg: `exit:${position.positionId}`, exchange: position.exchange ?? homeExchange(work.snapshot), limitPrice: null }));
  }
  return legs;
}

/**
 * In which turn a leg goes out, each turn after the one before has filled whole: protection is bought, shorts are taken back, then what is
 * covered is sold, and what protected before is sold last. At no moment is anything short without its cover.
 */
export const structureTurn = ({ side, effect }: OptionLeg): 0 | 1 | 2 | 3 => (effect === 'CLOSE' ? (side === 'BUY' ? 1 : 3) : side === 'BUY' ? 0 : 2);

/** Legs in their turns, in slices under the freeze quantity, and for each one that opens the order that takes it back where another leg fails. */
function optionLegs(action: ActionOf<'option_structure'>, work: Work): Intent[] {
  const exchange = action.exchange ?? homeExchange(work.snapshot);
  const parts = action.legs.flatMap((leg, index) => {
    const freeze = instrumentOf(work.snapshot, leg.symbol)?.freezeQuantity ?? freezeOn(action.underlying, work.snapshot.marketDate) ?? null;
    return slices(leg.lots * leg.lotSize, freeze, leg.lotSize).map((quantity, slice) => ({ leg, quantity, name: slice === 0 ? `${index + 1}` : `${index + 1}:${slice + 1}`, turn: structureTurn(leg) }));
  }).sort((a, b) => a.turn - b.turn);
  const away = { operation: 'submit', exchange, triggerPrice: null, product: 'DELIVERY', ocoGroup: null, onlyIf: null } as const;
  const main = parts.map(({ leg, quantity, name, turn }) => {
    const before = parts.filter((each) => each.turn < turn).at(-1);
    return intent(work, `leg-${name}`, { ...away, symbol: leg.symbol, side: leg.side, quantity, type: 'LIMIT', limitPrice: leg.limitPrice, category: leg.effect === 'CLOSE' ? 'EXIT' : 'ENTRY' }, before ? `leg-${before.name}` : null);
  });
  const back = parts.filter(({ leg }) => leg.effect !== 'CLOSE').map(({ leg, quantity, name }) =>
    intent(work, `unwind-${name}`, { ...away, symbol: leg.symbol, side: opposite(leg.side), quantity, type: 'MARKET', limitPrice: null, category: 'EXIT' }, `leg-${name}`));
  return [...main, ...back];
}

/** @throws Error when the gates did not pass, or judged another action: no clearance may list anything then. */
export function intentsFor({ actionId, actionDigest, action, snapshot, report }: { actionId: string; actionDigest: string; action: Action; snapshot: GateSnapshot; report: GateReport }): Intent[] {
  if (report.verdict !== 'PASS') throw new Error('a blocked action has no intents');
  if (report.actionDigest !== actionDigest) throw new Error('the report is about another action');
  const work: Work = { actionId, snapshot };
  switch (action.kind) {
    case 'enter': return entry(action, work);
    case 'exit': case 'reduce': return exit(action, work);
    case 'modify': return modify(action, work);
    case 'close_all': return closeAll(action, work);
    case 'option_structure': return optionLegs(action, work);
    case 'cancel': {
      const order = orderOf(snapshot, action.accountId, action.orderId);
      return order ? [cancelOf(work, 'cancel', order)] : [];
    }
    default: return [];
  }
}
