import type { Side } from '../actions/types.ts';
import type { Decimal } from '../decimal.ts';
import type { Quote } from '../market/types.ts';
import { seededUnit } from './seeded-unit.ts';

/** What the paper exchange assumes. Every number can be set; these are the defaults, and every fill follows from them. */
export interface MatchingModel {
  seed: number | string;
  /** Levels of the book behind the best price that an order may walk through at one quote. */
  depthLevels: number;
  /** A level's size is the displayed size times 1 ± this, by the seed. */
  depthJitter: number;
  /** Largest part of a bar's volume that one side's orders may take. */
  maxParticipation: number;
  /** Spread where only bars are known, in hundredths of a percent of the price. */
  barSpreadBps: number;
  /** Impact on a bar: this part of its range times the square root of the part of its volume taken. */
  impactOfRange: number;
  /** Market milliseconds from submitting to being matchable; null: at once. */
  latencyMs: { least: number; most: number } | null;
}

export const defaultMatchingModel: MatchingModel = {
  seed: 0,
  depthLevels: 5,
  depthJitter: 0.5,
  maxParticipation: 0.1,
  barSpreadBps: 5,
  impactOfRange: 0.5,
  latencyMs: null,
};

/** An order as the matching sees it. */
export interface RestingOrder {
  clientOrderId: string;
  side: Side;
  type: 'MARKET' | 'LIMIT' | 'STOP' | 'STOP_LIMIT';
  limitPrice: Decimal | null;
  triggerPrice: Decimal | null;
  /** Still to fill. */
  remaining: number;
  /** A stop that has gone off and now works as a market or limit order. */
  triggered: boolean;
}

export interface Match {
  /** One fill a price level, best first; empty when nothing trades. */
  fills: { quantity: number; price: Decimal }[];
  /** The stop has gone off, now or before. */
  triggered: boolean;
  /** As of the quote; unless `book`, whoever shows the fill says so. */
  spreadFrom: Quote['spreadFrom'];
}

export function latencyOf(model: MatchingModel, clientOrderId: string): number {
  if (!model.latencyMs) return 0;
  const { least, most } = model.latencyMs;
  return Math.round(least + seededUnit(model.seed, 'latency', clientOrderId) * (most - least));
}

/** Works as a market order: a market order, or a plain stop that has gone off. */
export const takesAnyPrice = (order: RestingOrder, triggered = order.triggered): boolean =>
  order.type === 'MARKET' || (order.type === 'STOP' && triggered);
export const waitsForTrigger = (order: RestingOrder): boolean => (order.type === 'STOP' || order.type === 'STOP_LIMIT') && !order.triggered;
