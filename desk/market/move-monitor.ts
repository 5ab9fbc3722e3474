import { type Instant, msBetween, plusMs } from '../time.ts';
import type { SymbolName } from './types.ts';

/** Catalogue F8: how far a share must move within how long to be an event, and how long it is then left alone. */
export interface MoveRule { windowMs: number; movePercent: number; coolDownMs: number }
export const USUAL_MOVE_RULE: MoveRule = { windowMs: 15 * 60_000, movePercent: 5, coolDownMs: 15 * 60_000 };

/** Prices seen within the window, oldest first, and when each symbol last was an event. Passed in and given back, never changed. */
export interface MoveMemory { seen: ReadonlyMap<SymbolName, readonly { at: Instant; price: number }[]>; told: ReadonlyMap<SymbolName, Instant> }
export const emptyMoveMemory: MoveMemory = { seen: new Map(), told: new Map() };
export interface PriceMove { symbol: SymbolName; from: number; to: number; since: Instant; at: Instant; /** Like 5.2 for 5.2 %; negative for a fall. */ percent: number }

/**
 * Takes one look at prices (market time) and says which shares have moved: by at least the rule's percentage from the lowest
 * or highest price seen within its window. A share that was told is left alone for the cool-down, counted from the telling.
 * Prices that are not above zero, or older than one already seen, are passed over; what the window has left is forgotten.
 */
export function watchMoves(memory: MoveMemory, look: readonly { symbol: SymbolName; at: Instant; price: number }[], rule: MoveRule = USUAL_MOVE_RULE): { moves: PriceMove[]; memory: MoveMemory } {
  const seen = new Map(memory.seen);
  const told = new Map(memory.told);
  const moves: PriceMove[] = [];
  for (const { symbol, at, price } of look) {
    const before = seen.get(symbol) ?? [];
    const last = before.at(-1);
    if (!(price > 0) || !Number.isFinite(price) || (last && at < last.at)) continue;
    const from = plusMs(at, -rule.windowMs);
    const within = before.filter((each) => each.at >= from);
    seen.set(symbol, [...within, { at, price }]);
    const lately = told.get(symbol);
    if (lately && msBetween(lately, at) < rule.coolDownMs) continue;
    const furthest = within.reduce<{ at: Instant; price: number } | null>((best, each) => (best === null || Math.abs(price / each.price - 1) > Math.abs(price / best.price - 1) ? each : best), null);
    if (!furthest) continue;
    const percent = 100 * (price / furthest.price - 1);
    if (Math.abs(percent) < rule.movePercent) continue;
    told.set(symbol, at);
    moves.push({ symbol, from: furthest.price, to: price, since: furthest.at, at, percent });
  }
  return { moves, memory: { seen, told } };
}
