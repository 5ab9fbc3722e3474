import type * as real from '../../../db/stores/positions.ts';
import { type MemoryStore, type Settled, statement } from './store.ts';

const all = (store: MemoryStore): real.StoredPosition[] => [...store.tables.positions.values()];
const byOpening = (a: real.StoredPosition, b: real.StoredPosition): number => (a.openedAt + a.id < b.openedAt + b.id ? -1 : 1);

export const openPositions: typeof real.openPositions = (executor, accountIds) => statement(executor, 'openPositions', (store) => all(store).filter((row) => accountIds.includes(row.accountId) && row.closedAt === null).sort(byOpening));
export const closedPositions: typeof real.closedPositions = (executor, { accountIds, limit }) => statement(executor, 'closedPositions', (store) =>
  all(store).filter((row) => accountIds.includes(row.accountId) && row.closedAt !== null).sort((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? 1 : -1)).slice(0, limit));
export const closedSetups: typeof real.closedSetups = (executor, { accountId, strategy, direction, to, limit }) => statement(executor, 'closedSetups', (store) =>
  all(store).filter((row) => { const card = store.tables.cards.get(row.actionId); return row.accountId === accountId && row.closedAt !== null && row.closedAt <= to && card?.strategy === strategy && card.direction === direction; })
    .sort((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? 1 : -1)).slice(0, limit).map(({ symbol, realisedMinor, feesMinor }) => ({ symbol, netMinor: realisedMinor - feesMinor })));
export const positionById: typeof real.positionById = (executor, id) => statement(executor, 'positionById', (store) => store.tables.positions.get(id) ?? null);
export const openPositionIn: typeof real.openPositionIn = (executor, accountId, symbol) => statement(executor, 'openPositionIn', (store) => all(store).find((row) => row.accountId === accountId && row.symbol === symbol && row.closedAt === null) ?? null);
export const positionOpenedBy: typeof real.positionOpenedBy = (executor, actionId) => statement(executor, 'positionOpenedBy', (store) => all(store).filter((row) => row.actionId === actionId).sort(byOpening)[0] ?? null);
export const savePosition: typeof real.savePosition = (tx, position) => statement(tx, 'savePosition', (store) => {
  const there = store.tables.positions.get(position.id);
  store.put('positions', position.id, there ? { ...position, accountId: there.accountId, actionId: there.actionId, cardId: there.cardId, symbol: there.symbol, exchange: there.exchange, openedAt: there.openedAt } : { ...position });
});
function change(store: MemoryStore, id: string, changes: Partial<real.StoredPosition>): void {
  const row = store.tables.positions.get(id);
  if (row && row.closedAt === null) store.put('positions', id, { ...row, ...changes });
}
export const savePositionBracket: Settled<typeof real.savePositionBracket> = (tx, { id, ...bracket }) => statement(tx, 'savePositionBracket', (store) => change(store, id, bracket));
export const saveBestPrice: Settled<typeof real.saveBestPrice> = (tx, { id, bestPrice }) => statement(tx, 'saveBestPrice', (store) => change(store, id, { bestPrice }));
export const fillCursor: typeof real.fillCursor = (executor, accountId) => statement(executor, 'fillCursor', (store) => store.tables.cursors.get(accountId) ?? null);
export const saveFillCursor: Settled<typeof real.saveFillCursor> = (tx, { accountId, brokerFillId }) => statement(tx, 'saveFillCursor', (store) => store.put('cursors', accountId, brokerFillId));
