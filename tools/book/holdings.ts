import { adjustmentsOf, type HoldingAdjustment } from '../../db/stores/holding-adjustments.ts';
import { closedPositions, openPositions, type StoredPosition } from '../../db/stores/positions.ts';
import { decimal, type Minor } from '../../desk/decimal.ts';
import { applyFill, averagePrice, flatPosition, openCostMinor, type Position } from '../../desk/execution/position.ts';
import type { Instant } from '../../desk/time.ts';
import type { ToolServices } from '../services.ts';
import type { Moment } from './moment.ts';
import { type BookTrade, bookTrades, everyFill } from './trades.ts';

/** What an account holds of one symbol at a moment. `quantity` is signed; stop, target and trail are null where they are not there or not known any more. */
export interface Holding {
  positionId: string | null; accountId: string; actionId: string | null; symbol: string; exchange: string | null;
  quantity: number; averagePrice: number; costMinor: Minor;
  stop: number | null; target: number | null; trailDistance: number | null; openedAt: Instant;
}

const numberOf = (price: string | null): number | null => (price === null ? null : Number(price));
const holdingOf = (position: StoredPosition): Holding => ({
  positionId: position.id, accountId: position.accountId, actionId: position.actionId, symbol: position.symbol, exchange: position.exchange,
  quantity: position.quantity, averagePrice: Number(Number(position.averagePrice).toFixed(4)), costMinor: position.costMinor,
  stop: numberOf(position.stopLoss), target: numberOf(position.takeProfit), trailDistance: position.trailing ? Number(position.trailing.distance) : null, openedAt: position.openedAt,
});

/** Open positions at the moment: now as they stand, earlier by taking in the fills and expiries up to it. The stops of earlier times are not kept. */
export async function holdingsAt({ database }: ToolServices, { accountIds, moment }: { accountIds: readonly string[]; moment: Moment }): Promise<Holding[]> {
  if (moment.now) return (await openPositions(database.orm, accountIds)).map(holdingOf);
  const fills = await bookTrades(database.orm, { accountIds, to: moment.asOf });
  const positions = [...(await openPositions(database.orm, accountIds)), ...(await closedPositions(database.orm, { accountIds, from: moment.asOf, limit: everyFill }))];
  const adjustments = await adjustmentsOf(database.orm, { accountIds, to: moment.asOf });
  return [...replayed(fills, adjustments).values()].filter(({ position }) => position.quantity !== 0).map(({ position, fill, openedAt }) => {
    const stored = positions.find((each) => each.accountId === fill.accountId && each.symbol === fill.symbol && each.openedAt <= moment.asOf && (each.closedAt === null || each.closedAt > moment.asOf));
    return {
      positionId: stored?.id ?? null, accountId: fill.accountId, actionId: stored?.actionId ?? null, symbol: fill.symbol, exchange: stored?.exchange ?? null,
      quantity: position.quantity, averagePrice: Number(averagePrice(position)), costMinor: openCostMinor(position), stop: null, target: null, trailDistance: null, openedAt,
    };
  });
}

function adjusted(position: Position, { newShares, oldShares, costBeforeMinor, costAfterMinor }: HoldingAdjustment): Position {
  const quantity = Math.trunc((position.quantity * newShares) / oldShares);
  return { ...position, quantity, basis: quantity === 0 ? flatPosition.basis : { quantity, costMinor: openCostMinor(position) + costAfterMinor - costBeforeMinor } };
}

/** Positions by account and symbol after fills and adjustments in order of time; a split, bonus or consolidation goes by its ratio, also where it is worked in after a later one. */
function replayed(fills: readonly BookTrade[], adjustments: readonly HoldingAdjustment[]): Map<string, { position: Position; fill: BookTrade; openedAt: Instant }> {
  const positions = new Map<string, { position: Position; fill: BookTrade; openedAt: Instant }>();
  let next = 0;
  const adjustUntil = (moment: Instant | null): void => {
    for (let row = adjustments[next]; row && (moment === null || row.happenedAt <= moment); row = adjustments[++next]) {
      const there = positions.get(`${row.accountId}\n${row.symbol}`);
      if (there && there.position.quantity !== 0 && row.positionId !== null && row.newShares !== row.oldShares) there.position = adjusted(there.position, row);
    }
  };
  for (const fill of fills) {
    adjustUntil(fill.happenedAt);
    const key = `${fill.accountId}\n${fill.symbol}`;
    const before = positions.get(key);
    const { position } = applyFill(before?.position ?? flatPosition, { side: fill.side, quantity: fill.quantity, price: decimal(fill.price), chargesMinor: fill.chargesMinor });
    const wasFlat = !before || before.position.quantity === 0;
    positions.set(key, { position, fill, openedAt: wasFlat ? fill.happenedAt : before.openedAt });
  }
  adjustUntil(null);
  return positions;
}
