import { adjustmentsOf, type HoldingAdjustment } from '../../db/stores/holding-adjustments.ts';
import { type PartedShares, partedSharesOf } from '../../db/stores/parted-shares.ts';
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
  const credits = await partedSharesOf(database.orm, { accountIds, to: moment.asOf });
  return [...replayed(fills, adjustments, credits).values()].filter(({ position }) => position.quantity !== 0).map(({ position, accountId, symbol, openedAt }) => {
    const stored = positions.find((each) => each.accountId === accountId && each.symbol === symbol && each.openedAt <= moment.asOf && (each.closedAt === null || each.closedAt > moment.asOf));
    return {
      positionId: stored?.id ?? null, accountId, actionId: stored?.actionId ?? null, symbol, exchange: stored?.exchange ?? null,
      quantity: position.quantity, averagePrice: Number(averagePrice(position)), costMinor: openCostMinor(position), stop: null, target: null, trailDistance: null, openedAt,
    };
  });
}

function adjusted(position: Position, { newShares, oldShares, costBeforeMinor, costAfterMinor }: HoldingAdjustment): Position {
  const quantity = Math.trunc((position.quantity * newShares) / oldShares);
  return { ...position, quantity, basis: quantity === 0 ? flatPosition.basis : { quantity, costMinor: openCostMinor(position) + costAfterMinor - costBeforeMinor } };
}

interface Replayed { accountId: string; symbol: string; position: Position; openedAt: Instant }
/**
 * Positions by account and symbol after fills, adjustments and credits of parted companies in order of time; a split, bonus or
 * consolidation goes by its ratio, also where it is worked in after a later one.
 */
function replayed(fills: readonly BookTrade[], adjustments: readonly HoldingAdjustment[], credits: readonly PartedShares[]): Map<string, Replayed> {
  const positions = new Map<string, Replayed>();
  const changes = [
    ...adjustments.map((row) => ({ happenedAt: row.happenedAt, apply: () => {
      const there = positions.get(`${row.accountId}\n${row.symbol}`);
      if (there && there.position.quantity !== 0 && row.positionId !== null && row.newShares !== row.oldShares) there.position = adjusted(there.position, row);
    } })),
    ...credits.map((row) => ({ happenedAt: row.happenedAt, apply: () => credit(positions, row) })),
  ].sort((a, b) => (a.happenedAt < b.happenedAt ? -1 : a.happenedAt > b.happenedAt ? 1 : 0));
  let next = 0;
  const changeUntil = (moment: Instant | null): void => { for (let change = changes[next]; change && (moment === null || change.happenedAt <= moment); change = changes[++next]) change.apply(); };
  for (const { accountId, symbol, ...fill } of fills) {
    changeUntil(fill.happenedAt);
    const key = `${accountId}\n${symbol}`;
    const before = positions.get(key);
    const { position } = applyFill(before?.position ?? flatPosition, { side: fill.side, quantity: fill.quantity, price: decimal(fill.price), chargesMinor: fill.chargesMinor });
    positions.set(key, { accountId, symbol, position, openedAt: !before || before.position.quantity === 0 ? fill.happenedAt : before.openedAt });
  }
  changeUntil(null);
  return positions;
}

/** A part of the parent's cost goes over to the shares of the resulting company. */
function credit(positions: Map<string, Replayed>, { accountId, symbol, into, quantity, costMinor, happenedAt }: PartedShares): void {
  const parent = positions.get(`${accountId}\n${symbol}`);
  if (into === null || !parent) return;
  const grown = ({ position }: { position: Position }, shares: number, cost: number): Position => ({ ...position, quantity: position.quantity + shares, basis: { quantity: position.quantity + shares, costMinor: openCostMinor(position) + cost } });
  const there = positions.get(`${accountId}\n${into}`) ?? { position: flatPosition, openedAt: happenedAt };
  parent.position = grown(parent, 0, -costMinor);
  positions.set(`${accountId}\n${into}`, { accountId, symbol: into, position: grown(there, quantity, costMinor), openedAt: there.position.quantity === 0 ? happenedAt : there.openedAt });
}
