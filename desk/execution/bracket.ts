import Big from 'big.js';
import type { Bracket, Side } from '../actions/types.ts';
import type { Decimal } from '../decimal.ts';
import { isClosed, type OrderStatus } from './order-life.ts';
import { type Direction, tighterStop, trailActive, trailedStop } from './trail.ts';

export type ProtectiveCategory = 'STOP_LOSS' | 'TAKE_PROFIT' | 'TRAIL';

/** A child order of a bracket, open or closed, as the broker last reported it. */
export interface ProtectiveOrder {
  clientOrderId: string;
  category: ProtectiveCategory;
  status: OrderStatus;
  side: Side;
  /** Of the whole order, and what of it has filled. */
  quantity: number;
  filledQuantity: number;
  triggerPrice: Decimal | null;
  limitPrice: Decimal | null;
}

export interface ProtectedPosition {
  positionId: string;
  /** What is held now, signed; it follows every fill, partial ones included. */
  quantity: number;
  /** Which way the confirmed entry went. */
  direction: Direction;
  /** Best traded price since the entry (highest of a long), for the trail. */
  best: Decimal | null;
  /** Last traded price, to see a gap beyond the stop; null when unknown. */
  last: Decimal | null;
  tickSize: Decimal;
}

export interface PlaceChild {
  /** Stop or target leg. */
  leg: 'STOP' | 'TARGET';
  /** How many orders of this leg came before; the caller derives the client order id from action, leg and sequence. */
  sequence: number;
  category: ProtectiveCategory;
  side: Side;
  quantity: number;
  type: 'STOP' | 'LIMIT' | 'MARKET';
  triggerPrice: Decimal | null;
  limitPrice: Decimal | null;
  ocoGroup: string;
  reason: 'PROTECT' | 'GAPPED_THROUGH_STOP';
}
export interface ReplaceChild {
  clientOrderId: string;
  quantity: number;
  triggerPrice: Decimal | null;
  limitPrice: Decimal | null;
}
export interface BracketPlan {
  place: PlaceChild[];
  replace: ReplaceChild[];
  cancel: { clientOrderId: string; reason: 'POSITION_CLOSED' | 'WRONG_SIDE' | 'DUPLICATE' | 'NO_TARGET' }[];
  /** Orders whose fate is unknown: nothing is sent in their place until it is. */
  waitingFor: string[];
}

const legOf = (category: ProtectiveCategory): 'STOP' | 'TARGET' => (category === 'TAKE_PROFIT' ? 'TARGET' : 'STOP');
const remainingOf = (order: ProtectiveOrder): number => order.quantity - order.filledQuantity;
const same = (a: Decimal | null, b: Decimal | null): boolean => (a === null || b === null ? a === b : new Big(a).eq(b));

/**
 * Which stop and target orders must exist for a position, against those that do. One stop and at most one target, both
 * for exactly what is held, in one OCO group. The stop never moves against the position unless `mayLoosen` (a person
 * confirmed a looser one). A stop that is missing while the market is already beyond it becomes a market order, and no target is placed beside that.
 * Applying the plan and asking again gives an empty plan.
 */
export function bracketOrders({
  position,
  bracket,
  existing,
  mayLoosen = false,
}: {
  position: ProtectedPosition;
  bracket: Bracket;
  existing: readonly ProtectiveOrder[];
  mayLoosen?: boolean;
}): BracketPlan {
  const plan: BracketPlan = { place: [], replace: [], cancel: [], waitingFor: [] };
  const closingSide: Side = position.direction === 'LONG' ? 'SELL' : 'BUY';
  const held = position.direction === 'LONG' ? Math.max(0, position.quantity) : Math.max(0, -position.quantity);
  const working = existing.filter((order) => !isClosed(order.status) && remainingOf(order) > 0);

  for (const leg of ['STOP', 'TARGET'] as const) {
    const ofLeg = working.filter((order) => legOf(order.category) === leg);
    const unsure = ofLeg.filter((order) => order.status === 'UNKNOWN');
    const live = ofLeg.filter((order) => order.status !== 'UNKNOWN');
    plan.waitingFor.push(...unsure.map(({ clientOrderId }) => clientOrderId));
    if (held === 0) {
      plan.cancel.push(...live.map(({ clientOrderId }) => ({ clientOrderId, reason: 'POSITION_CLOSED' as const })));
      continue;
    }
    const wrong = live.filter((order) => order.side !== closingSide);
    plan.cancel.push(...wrong.map(({ clientOrderId }) => ({ clientOrderId, reason: 'WRONG_SIDE' as const })));
    const [keep, ...spare] = live.filter((order) => order.side === closingSide);
    plan.cancel.push(...spare.map(({ clientOrderId }) => ({ clientOrderId, reason: 'DUPLICATE' as const })));
    if (leg === 'TARGET' && bracket.target === undefined) {
      if (keep) plan.cancel.push({ clientOrderId: keep.clientOrderId, reason: 'NO_TARGET' });
      continue;
    }
    if (unsure.length > 0) continue;
    const sequence = existing.filter((order) => legOf(order.category) === leg).length;
    if (leg === 'STOP') planStop({ plan, position, bracket, keep, held, closingSide, sequence, mayLoosen });
    // A stop on its way to the market sells at once: a target that came to the broker after it would sell again.
    else if (!keep && (plan.place.some(({ type }) => type === 'MARKET') || working.some((order) => legOf(order.category) === 'STOP' && order.triggerPrice === null))) continue;
    else planTarget({ plan, position, target: bracket.target as Decimal, keep, held, closingSide, sequence });
  }
  return plan;
}

interface LegContext {
  plan: BracketPlan;
  position: ProtectedPosition;
  keep: ProtectiveOrder | undefined;
  held: number;
  closingSide: Side;
  sequence: number;
}

const groupOf = (position: ProtectedPosition): string => `bracket:${position.positionId}`;

function planStop({
  plan,
  position,
  bracket,
  keep,
  held,
  closingSide,
  sequence,
  mayLoosen,
}: LegContext & { bracket: Bracket; mayLoosen: boolean }): void {
  const { direction, best, last, tickSize } = position;
  const trail = bracket.trail;
  const byRule = trail ? trailedStop({ direction, stop: bracket.stop, trail, best, tickSize }) : bracket.stop;
  if (keep) {
    // A gap order without a trigger is on its way to the market already; only its quantity may still change.
    const standing = keep.triggerPrice;
    const trigger = standing === null ? null : mayLoosen ? byRule : tighterStop(direction, standing, byRule);
    if (!same(trigger, standing) || remainingOf(keep) !== held) {
      plan.replace.push({
        clientOrderId: keep.clientOrderId,
        quantity: keep.filledQuantity + held,
        triggerPrice: trigger,
        limitPrice: keep.limitPrice,
      });
    }
    return;
  }
  const gapped = last !== null && (direction === 'LONG' ? new Big(last).lte(byRule) : new Big(last).gte(byRule));
  plan.place.push({
    leg: 'STOP',
    sequence,
    side: closingSide,
    quantity: held,
    ocoGroup: groupOf(position),
    limitPrice: null,
    category: trail && trailActive(direction, trail, best) ? 'TRAIL' : 'STOP_LOSS',
    type: gapped ? 'MARKET' : 'STOP',
    triggerPrice: gapped ? null : byRule,
    reason: gapped ? 'GAPPED_THROUGH_STOP' : 'PROTECT',
  });
}

function planTarget({ plan, position, target, keep, held, closingSide, sequence }: LegContext & { target: Decimal }): void {
  if (keep) {
    if (!same(keep.limitPrice, target) || remainingOf(keep) !== held) {
      plan.replace.push({
        clientOrderId: keep.clientOrderId,
        quantity: keep.filledQuantity + held,
        triggerPrice: null,
        limitPrice: target,
      });
    }
    return;
  }
  plan.place.push({
    leg: 'TARGET',
    sequence,
    side: closingSide,
    quantity: held,
    ocoGroup: groupOf(position),
    category: 'TAKE_PROFIT',
    type: 'LIMIT',
    triggerPrice: null,
    limitPrice: target,
    reason: 'PROTECT',
  });
}
