import type * as real from '../../../db/stores/parted-shares.ts';
import { isNear } from '../../../desk/execution/late-adjustment.ts';
import { coveredQuantity } from '../../../desk/market/share-ratio.ts';
import { underWay } from './actions.ts';
import { type MemoryStore, Refused, statement } from './store.ts';
import { byHappening } from './tables.ts';

const all = (store: MemoryStore): real.PartedShares[] => [...store.tables.partedShares.values()];
const numeric = (value: string | null): number | null => (value === null ? null : Number(value));

/** With `core.check_parted` and the table's own checks. */
export const insertPartedShares: typeof real.insertPartedShares = (tx, row) => statement(tx, 'insertPartedShares', (store) => {
  const { tables } = store;
  const action = underWay(store, ['parted_shares']).find((each) => each.id === row.actionId && each.accountId === row.accountId)?.action;
  const asked = action?.kind === 'parted_shares' ? [action.symbol, action.exDate, action.into, action.newShares, action.oldShares, action.quantityThen, action.quantity, action.costMinor, action.costBasis, numeric(action.partedPercent), action.expectedMinor] : [];
  const is = [row.symbol, row.exDate, row.into, row.newShares, row.oldShares, row.quantityThen, row.quantity, row.costMinor, row.costBasis, numeric(row.partedPercent), row.expectedMinor];
  if (is.some((value, n) => value !== asked[n])) throw new Refused('the shares are not those that were confirmed');
  if (![...tables.corporateActions.values()].some((each) => each.symbol === row.symbol && each.exDate === row.exDate && each.kind === 'DEMERGER' && each.basis === 'published')) throw new Refused('no published demerger gives these shares');
  if (all(store).some((each) => each.accountId === row.accountId && each.symbol === row.symbol && isNear(each.exDate, row.exDate))) throw new Refused('the demerger was credited already');
  const measured = [...tables.adjustments.values()].filter((each) => each.accountId === row.accountId && each.symbol === row.symbol && each.kind === 'DEMERGER' && isNear(each.exDate, row.exDate));
  const worth = measured.reduce((sum, { partedMinor }) => sum + partedMinor, 0);
  if (row.expectedMinor !== worth || row.quantityThen !== (measured[0]?.quantityBefore ?? row.positionQuantity)) throw new Refused('the shares are not of what was held on the ex-date');
  if (row.into !== null) checkCredit(store, { ...row, into: row.into });
  store.put('partedShares', row.id, { ...row });
  return true;
});
function checkCredit({ tables }: MemoryStore, row: real.PartedShares & { into: string }): void {
  if ([...tables.fills.values()].some(({ orderId, fill }) => { const order = tables.orders.get(orderId); return order?.accountId === row.accountId && order.symbol === row.symbol && order.side === 'SELL' && fill.filledAt >= row.since; })) throw new Refused('the share was sold since its ex-date');
  const stands = (id: string | null, symbol: string, quantity: number, costMinor: number): boolean => { const position = tables.positions.get(id ?? ''); return position?.accountId === row.accountId && position.symbol === symbol && position.closedAt === null && position.quantity === quantity && position.costMinor === costMinor; };
  const securities = [...tables.ledger.values()].flatMap(({ postings }) => postings).reduce((sum, each) => (each.accountId === row.accountId && each.ledger === 'securities' ? sum + each.amountMinor : sum), 0);
  const cost = [...tables.positions.values()].reduce((sum, each) => (each.accountId === row.accountId && each.closedAt === null ? sum + each.costMinor : sum), 0);
  if (!stands(row.positionId, row.symbol, row.positionQuantity, row.positionCostMinor) || !stands(row.intoPositionId, row.into, row.intoQuantity, row.intoCostMinor) || securities !== cost) throw new Refused('the cost has not moved as it was confirmed');
  if (row.quantity <= 0 || row.quantity !== Math.trunc((row.quantityThen * row.newShares) / row.oldShares) || row.costMinor <= 0 || row.positionCostMinor <= 0 || row.into === row.symbol) throw new Refused('violates a check of parted_shares', '23514');
}
export const partedSharesOf: typeof real.partedSharesOf = (executor, { accountIds, symbol, to }) => statement(executor, 'partedSharesOf', (store) =>
  all(store).filter((row) => accountIds.includes(row.accountId) && (symbol === undefined || row.symbol === symbol) && (to === undefined || row.happenedAt <= to)).sort((a, b) => (a.happenedAt + a.id < b.happenedAt + b.id ? -1 : 1)));
/** `core.credited_quantity`, of the rows that count. */
export const creditedQuantity = (store: MemoryStore, counts: (row: real.PartedShares) => boolean): number => all(store).filter(counts).reduce((sum, { accountId, into, quantity, happenedAt }) =>
  sum + coveredQuantity(quantity, [...store.tables.adjustments.values()].filter((each) => each.accountId === accountId && each.symbol === into && each.happenedAt > happenedAt).sort(byHappening)), 0);
export const creditedInto: typeof real.creditedInto = (executor, positionId) => statement(executor, 'creditedInto', (store) => creditedQuantity(store, ({ intoPositionId }) => intoPositionId === positionId));
