import type * as real from '../../../db/stores/holding-adjustments.ts';
import { valueMinor } from '../../../desk/decimal.ts';
import { isNear } from '../../../desk/execution/late-adjustment.ts';
import { at } from '../../../desk/time.ts';
import { underWay } from './actions.ts';
import { type MemoryStore, Refused, statement } from './store.ts';
import { byHappening } from './tables.ts';

const working = ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'];
const keyOf = ({ accountId, symbol, exDate, kind }: { accountId: string; symbol: string; exDate: string; kind: string }): string => [accountId, symbol, exDate, kind].join('/');

const gives = (factor: number, { newShares, oldShares }: { newShares: number; oldShares: number }): boolean => Math.abs((factor * newShares) / oldShares - 1) < 1e-6;

const ofShares = (kind: string): boolean => kind === 'SPLIT' || kind === 'BONUS';
const ofPrices = (kind: string): boolean => kind === 'RIGHTS' || kind === 'DEMERGER';

export const unadjustedHoldings: typeof real.unadjustedHoldings = (executor, { today, asOf, zone, of }) => statement(executor, 'unadjustedHoldings', (store) => {
  const held = [
    ...[...store.tables.positions.values()].map((row) => ({ accountId: row.accountId, symbol: row.symbol, since: row.openedAt, until: row.closedAt, shares: true })),
    ...[...store.tables.orders.values()].filter((row) => working.includes(row.status) && row.supersededBy === null).map((row) => ({ accountId: row.accountId, symbol: row.symbol, since: row.marketTime, until: null, shares: false })),
  ];
  const met = [...store.tables.sessionsMet.keys()].sort();
  const found = new Map<string, real.UnadjustedHolding>();
  for (const action of store.tables.corporateActions.values()) {
    if (action.basis !== 'published' || action.exDate > today || action.knownAt > asOf || action.exDate < (met[0] ?? '')) continue;
    const midnight = at(action.exDate, '00:00', zone);
    for (const row of held) {
      const counts = (ofShares(action.kind) && action.factor !== 1) || action.kind === 'DEMERGER' || (action.kind === 'RIGHTS' && Number(action.amount ?? 0) > 0) || (action.kind === 'DIVIDEND' && Number(action.amount ?? 0) > 0 && row.shares);
      if (row.symbol !== action.symbol || !counts || row.since >= midnight || (row.until !== null && row.until < midnight) || (of && (of.accountId !== row.accountId || of.symbol !== row.symbol))) continue;
      const key = keyOf({ ...action, accountId: row.accountId });
      const near = [...store.tables.adjustments.values()].filter((each) => each.accountId === row.accountId && each.symbol === action.symbol && action.kind !== 'DIVIDEND' && isNear(each.exDate, action.exDate));
      const toldAgain = near.some((each) => (ofPrices(action.kind) ? each.kind === action.kind : ofShares(each.kind) && (each.exDate !== action.exDate || each.basis === 'GIVEN') && gives(action.factor, each)));
      if (store.tables.adjustments.has(key) || toldAgain) continue;
      const { symbol, exDate, kind, subject, factor, knownAt } = action;
      found.set(key, { accountId: row.accountId, symbol, exDate, kind, subject, factor, knownAt, amount: action.amount ?? null, met: met.some((date) => (kind === 'DEMERGER' ? date > exDate : date >= exDate)), contradicted: near.some(({ basis }) => basis === 'GIVEN') });
    }
  }
  return [...found.values()].sort((a, b) => (a.exDate + a.accountId + a.symbol < b.exDate + b.accountId + b.symbol ? -1 : 1));
});
interface Over { accountId: string; symbol: string }
const heldIn = (store: MemoryStore, { accountId, symbol }: Over): number => [...store.tables.positions.values()].filter((each) => each.accountId === accountId && each.symbol === symbol && each.closedAt === null).reduce((sum, { quantity }) => sum + quantity, 0);
function tradedIn(store: MemoryStore, { accountId, symbol, at: from }: Over & { at: string }): { bought: number; sold: number; soldCostMinor: number } {
  const sum = { bought: 0, sold: 0, soldCostMinor: 0 };
  for (const { orderId, fill, realisedMinor } of store.tables.fills.values()) {
    const order = store.tables.orders.get(orderId);
    if (order?.accountId !== accountId || order.symbol !== symbol || fill.filledAt < from) continue;
    sum[order.side === 'BUY' ? 'bought' : 'sold'] += fill.quantity;
    if (order.side === 'SELL') sum.soldCostMinor += valueMinor(fill.price, fill.quantity) - realisedMinor;
  }
  return sum;
}
/** What comes late needs the action that was confirmed for exactly that. */
function checkConfirmed(store: MemoryStore, row: real.HoldingAdjustment): void {
  if (row.actionId === null) {
    if ([...store.tables.sessionsMet.keys()].some((date) => (row.kind === 'DEMERGER' ? date > row.exDate : date >= row.exDate))) throw new Refused('a late adjustment needs the action that was confirmed for it');
    return;
  }
  const action = underWay(store, ['holding_adjustment']).find((each) => each.id === row.actionId && each.accountId === row.accountId)?.action;
  const asked = action?.kind === 'holding_adjustment' ? [action.symbol, action.exDate, action.of, action.basis, action.newShares, action.oldShares, action.quantityBefore, action.quantityAfter, action.cashMinor, action.stop === null ? null : Number(action.stop), action.target === null ? null : Number(action.target), action.soldSince ?? 0, action.restatedMinor ?? 0] : [];
  const is = [row.symbol, row.exDate, row.kind, row.basis, row.newShares, row.oldShares, row.quantityBefore, row.quantityAfter, row.cashMinor, row.stopAfter === null ? null : Number(row.stopAfter), row.targetAfter === null ? null : Number(row.targetAfter), row.soldSince, row.restatedMinor];
  if (is.some((value, n) => value !== asked[n])) throw new Refused('the adjustment is not the one that was confirmed');
  const published = [...store.tables.corporateActions.values()].some((each) => each.symbol === row.symbol && each.basis === 'published' && (each.kind === 'SPLIT' || each.kind === 'BONUS') && each.factor !== 1 && isNear(each.exDate, row.exDate));
  if (row.basis === 'GIVEN' && (row.kind === 'DIVIDEND' || published)) throw new Refused('a ratio is given only where none is published');
}
/** With `core.check_adjustment` and the table's own checks. */
export const insertAdjustment: typeof real.insertAdjustment = (tx, row) => statement(tx, 'insertAdjustment', (store) => {
  const action = [...store.tables.corporateActions.values()].find(({ symbol, exDate, kind, basis }) => symbol === row.symbol && exDate === row.exDate && kind === row.kind && basis === 'published');
  const given = action && (ofPrices(action.kind) ? row.newShares === 1 && row.oldShares === 1 && (action.factor === 1 || Math.abs(action.factor / (row.priceFactor ?? 0) - 1) < 1e-6) : action.kind === 'DIVIDEND' ? row.newShares === 1 && row.oldShares === 1 && row.cashMinor === valueMinor(action.amount ?? '0' as never, row.quantityBefore) : gives(action.factor, row));
  checkConfirmed(store, row);
  if (row.basis !== 'GIVEN' && !given) throw new Refused('no published action gives this adjustment');
  const near = [...store.tables.adjustments.values()].filter((each) => each.accountId === row.accountId && each.symbol === row.symbol && ofShares(each.kind) && isNear(each.exDate, row.exDate));
  if (ofShares(row.kind) && near.some((each) => each.basis === 'GIVEN' || (each.exDate !== row.exDate && each.newShares * row.oldShares === each.oldShares * row.newShares))) throw new Refused('it was worked in already');
  if (ofPrices(row.kind) && [...store.tables.adjustments.values()].some((each) => each.accountId === row.accountId && each.symbol === row.symbol && each.kind === row.kind && each.exDate !== row.exDate && isNear(each.exDate, row.exDate))) throw new Refused('it was worked in already');
  const { bought, sold, soldCostMinor } = row.actionId === null ? { bought: 0, sold: 0, soldCostMinor: 0 } : tradedIn(store, { accountId: row.accountId, symbol: row.symbol, at: row.happenedAt });
  if (row.kind !== 'DIVIDEND' && (bought > 0 || (sold > 0 && (row.basis !== 'PUBLISHED' || row.quantityBefore < sold || row.quantityAfter < sold)))) throw new Refused('the share was traded since its ex-date');
  const soldCost = row.kind === 'DIVIDEND' ? 0 : soldCostMinor;
  if (row.soldSince !== (row.kind === 'DIVIDEND' ? 0 : sold) || row.restatedMinor !== (row.soldSince === 0 ? 0 : soldCost - (row.costAfterMinor - Math.round((row.costAfterMinor * (row.quantityAfter - row.soldSince)) / row.quantityAfter)))) throw new Refused('what was sold since is not restated by its cost');
  const later = [...store.tables.adjustments.values()].filter((each) => row.actionId !== null && each.accountId === row.accountId && each.symbol === row.symbol && ofShares(each.kind) && (each.exDate > row.exDate || (each.exDate === row.exDate && row.kind === 'DIVIDEND')));
  if (later.some(({ cashMinor }) => cashMinor !== 0 || bought + sold > 0)) throw new Refused('what was held before a later adjustment cannot be counted back');
  const [laterNew, laterOld] = later.reduce(([fresh, old], { newShares, oldShares }) => [fresh * newShares, old * oldShares], [1, 1] as [number, number]);
  if (row.kind !== 'DIVIDEND' && (row.quantityAfter * laterNew) % laterOld !== 0) throw new Refused('a later adjustment would leave a fraction of a share');
  const position = row.positionId === null ? null : store.tables.positions.get(row.positionId);
  if (position === null ? row.quantityBefore !== 0 : !position || position.accountId !== row.accountId || position.symbol !== row.symbol || (row.actionId === null ? position.quantity !== row.quantityBefore : (heldIn(store, row) - bought + sold) * laterOld !== row.quantityBefore * laterNew) || position.costMinor + soldCost !== row.costBeforeMinor) throw new Refused('the adjustment is not of what is held');
  if (row.quantityAfter !== Math.trunc((row.quantityBefore * row.newShares) / row.oldShares) || row.costBeforeMinor - row.costAfterMinor !== row.cashMinor - row.realisedMinor) throw new Refused('violates a check of holding_adjustments', '23514');
  const priced = row.priceFactor !== null && row.priceFactor > 0 && row.priceFactor <= 1 && row.newShares === row.oldShares && row.cashMinor === 0 && row.costAfterMinor === row.costBeforeMinor;
  if (ofPrices(row.kind) ? !priced : row.priceFactor !== null) throw new Refused('violates a check of holding_adjustments', '23514');
  if (row.partedMinor !== 0 && (row.kind !== 'DEMERGER' || (row.priceFactor ?? 1) >= 1 || Math.sign(row.partedMinor) !== Math.sign(row.quantityBefore))) throw new Refused('violates a check of holding_adjustments', '23514');
  const key = keyOf(row);
  if (store.tables.adjustments.has(key)) return false;
  store.put('adjustments', key, { ...row });
  return true;
});
export const adjustmentsOf: typeof real.adjustmentsOf = (executor, { accountIds, symbol, to, exDate }) => statement(executor, 'adjustmentsOf', (store) =>
  [...store.tables.adjustments.values()].filter((row) => accountIds.includes(row.accountId) && (symbol === undefined || row.symbol === symbol) && (to === undefined || row.happenedAt <= to) && (exDate === undefined || row.exDate === exDate)).sort(byHappening));
export const supersedeOrders: typeof real.supersedeOrders = (tx, { accountId, symbol, adjustmentId, exitsSince }) => statement(tx, 'supersedeOrders', (store) => {
  const void_ = [...store.tables.orders.values()].filter((row) => row.accountId === accountId && row.symbol === symbol && row.supersededBy === null && working.includes(row.status) && !(exitsSince !== null && row.category === 'EXIT' && row.marketTime >= exitsSince));
  for (const row of void_) store.put('orders', row.id, { ...row, supersededBy: adjustmentId, updatedAt: store.now() });
  return void_.map(({ clientOrderId }) => clientOrderId).sort();
});
export const supersededOrders: typeof real.supersededOrders = (executor) => statement(executor, 'supersededOrders', (store) => {
  const found = [...store.tables.orders.values()].filter((row) => row.supersededBy !== null && working.includes(row.status));
  return [...new Map(found.map(({ accountId, symbol }) => [`${accountId}/${symbol}`, { accountId, symbol }])).values()].sort((a, b) => (a.accountId + a.symbol < b.accountId + b.symbol ? -1 : 1));
});
export const tradedSince: typeof real.tradedSince = (executor, { accountId, symbol, at: from }) => statement(executor, 'tradedSince', (store) => {
  const over = [...store.tables.positions.values()].filter((row) => row.accountId === accountId && row.symbol === symbol && row.openedAt < from && (row.closedAt === null || row.closedAt >= from)).sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  return { ...tradedIn(store, { accountId, symbol, at: from }), positionId: over[0]?.id ?? null };
});
export const bracketMovedSince: typeof real.bracketMovedSince = (executor, { positionId, at: from }) => statement(executor, 'bracketMovedSince', (store) => {
  const moves = [...store.tables.actions.values()].flatMap(({ action, state, marketTime }) => (action.kind === 'modify' && action.positionId === positionId && (state === 'executing' || state === 'done') && marketTime >= from ? [action] : []));
  return { stop: moves.some(({ stop }) => stop !== undefined), target: moves.some(({ target }) => target !== undefined), trail: moves.some(({ trail }) => trail !== undefined) };
});
export const recordSessionMet: typeof real.recordSessionMet = (executor, date) => statement(executor, 'recordSessionMet', (store) => { if (!store.tables.sessionsMet.has(date)) store.put('sessionsMet', date, date); });
