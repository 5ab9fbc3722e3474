import type { Action, ActionKind, ActionOf, TrailRule } from '../actions/types.ts';
import { readContract } from '../options/contract-symbol.ts';
import { uncoveredBy } from './option-cover.ts';
import { signed } from './option-payoff.ts';
import type { GateSnapshot, OpenOrderFacts, PositionFacts } from './snapshot.ts';

/**
 * Which way an action moves the account's worst-case loss: what it can still lose from here if every stop is hit at its
 * price and a position without a stop loses all. What cannot be shown to lower it doesn't: an unknown position, order or
 * trailing rule counts as raising. Only what `reduces` escapes the limits; `neutral` and `raises` meet every check.
 *
 * Decided here: moving or cancelling a target is neutral (the worst case doesn't see it). Taking a trailing rule away
 * raises, since the stop would have followed. An entry always raises, even against a position the other way: leaving is
 * said with exit or reduce. Orders of rules and rights are `raises` unless they only take something away.
 */
export type RiskDirection = 'reduces' | 'neutral' | 'raises';

export const positionOf = (snapshot: GateSnapshot, accountId: string, positionId: string): PositionFacts | undefined =>
  (snapshot.positions.known ? snapshot.positions.value.find((held) => held.positionId === positionId && held.accountId === accountId) : undefined);
export const orderOf = (snapshot: GateSnapshot, accountId: string, orderId: string): OpenOrderFacts | undefined =>
  (snapshot.openOrders.known ? snapshot.openOrders.value.find((open) => open.orderId === orderId && open.accountId === accountId) : undefined);

/** What of a position no exit has claimed yet, at the broker or on its way there. Shares, never below zero. */
export function unclaimedQuantity(snapshot: GateSnapshot, position: PositionFacts): number {
  let claimed = 0;
  if (snapshot.openOrders.known) {
    for (const order of snapshot.openOrders.value) {
      if (order.category === 'EXIT' && order.symbol === position.symbol && order.accountId === position.accountId) claimed += order.remainingQuantity;
    }
  }
  for (const action of snapshot.committed) if (action.symbol === position.symbol) claimed += action.exitQuantity ?? 0;
  return Math.max(0, Math.abs(position.quantity) - claimed);
}

/** Units that are short and would lose their cover by leaving an option; null when it is no option. */
export function uncoveredByLeaving(snapshot: GateSnapshot, action: ActionOf<'exit'> | ActionOf<'reduce'>): number | null {
  const contract = readContract(action.symbol);
  const position = positionOf(snapshot, action.accountId, action.positionId);
  if (!contract) return null;
  const quantity = action.kind === 'exit' ? -(position?.quantity ?? 0) : -Math.sign(position?.quantity ?? 0) * action.quantity;
  return uncoveredBy(snapshot, { accountId: action.accountId, underlying: contract.underlying, changes: [{ symbol: action.symbol, quantity }] });
}

/** Every leg takes back what is held the other way, and nothing short loses its cover. */
function structureMove(action: ActionOf<'option_structure'>, snapshot: GateSnapshot): RiskDirection {
  if (action.legs.some(({ effect }) => effect !== 'CLOSE') || !snapshot.positions.known) return 'raises';
  if (closingFault(snapshot, action) !== null) return 'raises';
  return uncoveredBy(snapshot, { accountId: action.accountId, underlying: action.underlying, changes: action.legs.map((leg) => ({ symbol: leg.symbol, quantity: signed(leg) })) }) > 0 ? 'raises' : 'reduces';
}

/** Why a closing leg does not close: nothing of it is held the other way, or less than that. Null when all do, or none closes. */
export function closingFault(snapshot: GateSnapshot, action: ActionOf<'option_structure'>): string | null {
  for (const leg of action.legs) {
    if (leg.effect !== 'CLOSE') continue;
    const position = snapshot.positions.known ? snapshot.positions.value.find((held) => held.accountId === action.accountId && held.symbol === leg.symbol) : undefined;
    if (!position || Math.sign(position.quantity) === Math.sign(signed(leg))) return `nothing of ${leg.symbol} is held that this would close`;
    if (Math.abs(signed(leg)) > unclaimedQuantity(snapshot, position)) return `of ${leg.symbol} only ${unclaimedQuantity(snapshot, position)} are left to close`;
  }
  return null;
}

function leaving(action: ActionOf<'exit'> | ActionOf<'reduce'>, snapshot: GateSnapshot): RiskDirection {
  const position = positionOf(snapshot, action.accountId, action.positionId);
  if (!position || position.symbol !== action.symbol) return 'raises';
  const left = unclaimedQuantity(snapshot, position);
  if (left === 0) return 'raises';
  if ((uncoveredByLeaving(snapshot, action) ?? 0) > 0) return 'raises';
  return action.kind === 'exit' || action.quantity <= left ? 'reduces' : 'raises';
}

/** Moving a stop towards the market lowers the loss, away from it raises it. */
function stopMove(isLong: boolean, from: number | null, to: number): RiskDirection {
  if (from === null) return 'reduces';
  if (to === from) return 'neutral';
  return to > from === isLong ? 'reduces' : 'raises';
}

function trailMove(from: number | null | undefined, to: TrailRule | null): RiskDirection {
  if (from === undefined) return 'raises';
  if (to === null) return from === null ? 'neutral' : 'raises';
  // A rule that starts later than the one in force protects later, so only an unconditional one is a tightening.
  if (from === null) return 'reduces';
  const distance = Number(to.distance);
  if (to.activateAt !== undefined || distance > from) return 'raises';
  return distance === from ? 'neutral' : 'reduces';
}

const worst = (moves: readonly RiskDirection[]): RiskDirection =>
  moves.includes('raises') ? 'raises' : moves.includes('reduces') ? 'reduces' : 'neutral';

function modifiedPosition(action: ActionOf<'modify'>, snapshot: GateSnapshot, positionId: string): RiskDirection {
  const position = positionOf(snapshot, action.accountId, positionId);
  if (!position || position.quantity === 0) return 'raises';
  const moves: RiskDirection[] = [];
  if (action.stop !== undefined) moves.push(stopMove(position.quantity > 0, position.stop, Number(action.stop)));
  if (action.trail !== undefined) moves.push(trailMove(position.trailDistance, action.trail));
  if (action.limitPrice !== undefined) moves.push('raises');
  return worst(moves);
}

function modifiedOrder(action: ActionOf<'modify'>, snapshot: GateSnapshot, orderId: string): RiskDirection {
  const order = orderOf(snapshot, action.accountId, orderId);
  if (!order) return 'raises';
  const moves: RiskDirection[] = [];
  const price = action.limitPrice ?? (order.category === 'STOP_LOSS' || order.category === 'TRAIL' ? action.stop : undefined);
  if (price !== undefined) {
    if (order.category === 'ENTRY') {
      // A dearer purchase or a cheaper short sale has farther to fall; a market order has no price to compare with.
      const to = Number(price);
      moves.push(order.price === null ? 'raises' : to === order.price ? 'neutral' : to < order.price === (order.side === 'BUY') ? 'reduces' : 'raises');
    } else if (order.category === 'STOP_LOSS' || order.category === 'TRAIL') {
      moves.push(order.price === null ? 'raises' : stopMove(order.side === 'SELL', order.price, Number(price)));
    } else moves.push('neutral');
  }
  if (action.stop !== undefined && action.stop !== price) moves.push('raises');
  if (action.trail !== undefined) moves.push('raises');
  return worst(moves);
}

function cancelled(action: ActionOf<'cancel'>, snapshot: GateSnapshot): RiskDirection {
  const order = orderOf(snapshot, action.accountId, action.orderId);
  if (!order) return 'raises';
  return order.category === 'ENTRY' ? 'reduces' : order.category === 'TAKE_PROFIT' ? 'neutral' : 'raises';
}

type Rule<K extends ActionKind> = RiskDirection | ((action: ActionOf<K>, snapshot: GateSnapshot) => RiskDirection);
const rules: { readonly [K in ActionKind]: Rule<K> } = {
  enter: 'raises', option_structure: structureMove,
  exit: leaving, reduce: leaving, cancel: cancelled,
  modify: (action, snapshot) =>
    action.positionId !== undefined ? modifiedPosition(action, snapshot, action.positionId)
      : action.orderId !== undefined ? modifiedOrder(action, snapshot, action.orderId) : 'raises',
  close_all: 'reduces', pause: 'reduces', kill_switch_trip: 'reduces', disarm_live: 'reduces',
  resume: 'raises', kill_switch_reset: 'raises', arm_live: 'raises',
  // The snapshot doesn't hold the rule in force, so nobody can show that the new one is tighter.
  kill_switch_set: 'raises', limit_change: 'raises', mandate_change: 'raises', playbook_change: 'raises',
  account_mode: 'raises', account_open: 'neutral', account_edit: 'neutral', account_close: 'neutral', account_reset: 'raises',
  transfer_cash: 'raises', withdrawal: 'raises', deposit: 'neutral', funding_release: 'neutral',
  watchlist_edit: 'neutral', run_cycle: 'neutral', trigger_eval: 'neutral',
  person_add: 'raises', rights_change: 'raises', identity_link: 'raises', api_key_create: 'raises',
  identity_unlink: 'neutral', api_key_revoke: 'neutral',
  // The same value in other shares.
  holding_adjustment: 'neutral', parted_shares: 'neutral',
};

/** Pure and total: every action has a direction against every snapshot. */
export function riskDirection(action: Action, snapshot: GateSnapshot): RiskDirection {
  const rule = rules[action.kind] as Rule<ActionKind>;
  return typeof rule === 'function' ? rule(action, snapshot) : rule;
}
export const reducesRisk = (action: Action, snapshot: GateSnapshot): boolean => riskDirection(action, snapshot) === 'reduces';
