import type * as real from '../../../db/stores/holding-adjustments.ts';
import { valueMinor } from '../../../desk/decimal.ts';
import { at } from '../../../desk/time.ts';
import { Refused, statement } from './store.ts';
import { byHappening } from './tables.ts';

const working = ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'];
const keyOf = ({ accountId, symbol, exDate, kind }: { accountId: string; symbol: string; exDate: string; kind: string }): string => [accountId, symbol, exDate, kind].join('/');

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
      const counts = ((action.kind === 'SPLIT' || action.kind === 'BONUS') && action.factor !== 1) || (action.kind === 'DIVIDEND' && Number(action.amount ?? 0) > 0 && row.shares);
      if (row.symbol !== action.symbol || !counts || row.since >= midnight || (row.until !== null && row.until < midnight) || (of && (of.accountId !== row.accountId || of.symbol !== row.symbol))) continue;
      const key = keyOf({ ...action, accountId: row.accountId });
      if (store.tables.adjustments.has(key)) continue;
      const { symbol, exDate, kind, subject, factor, knownAt } = action;
      found.set(key, { accountId: row.accountId, symbol, exDate, kind, subject, factor, knownAt, amount: action.amount ?? null, met: met.some((date) => date >= exDate) });
    }
  }
  return [...found.values()].sort((a, b) => (a.exDate + a.accountId + a.symbol < b.exDate + b.accountId + b.symbol ? -1 : 1));
});
/** With `core.check_adjustment` and the table's own checks. */
export const insertAdjustment: typeof real.insertAdjustment = (tx, row) => statement(tx, 'insertAdjustment', (store) => {
  const action = [...store.tables.corporateActions.values()].find(({ symbol, exDate, kind, basis }) => symbol === row.symbol && exDate === row.exDate && kind === row.kind && basis === 'published');
  const given = action && (action.kind === 'DIVIDEND' ? row.newShares === 1 && row.oldShares === 1 && row.cashMinor === valueMinor(action.amount ?? '0' as never, row.quantityBefore) : Math.abs((action.factor * row.newShares) / row.oldShares - 1) < 1e-6);
  if (!given) throw new Refused('no published action gives this adjustment');
  const position = row.positionId === null ? null : store.tables.positions.get(row.positionId);
  if (position === null ? row.quantityBefore !== 0 : !position || position.accountId !== row.accountId || position.symbol !== row.symbol || position.quantity !== row.quantityBefore || position.costMinor !== row.costBeforeMinor) throw new Refused('the adjustment is not of what is held');
  if (row.quantityAfter !== Math.trunc((row.quantityBefore * row.newShares) / row.oldShares) || row.costBeforeMinor - row.costAfterMinor !== row.cashMinor - row.realisedMinor) throw new Refused('violates a check of holding_adjustments', '23514');
  const key = keyOf(row);
  if (store.tables.adjustments.has(key)) return false;
  store.put('adjustments', key, { ...row });
  return true;
});
export const adjustmentsOf: typeof real.adjustmentsOf = (executor, { accountIds, symbol, to, exDate }) => statement(executor, 'adjustmentsOf', (store) =>
  [...store.tables.adjustments.values()].filter((row) => accountIds.includes(row.accountId) && (symbol === undefined || row.symbol === symbol) && (to === undefined || row.happenedAt <= to) && (exDate === undefined || row.exDate === exDate)).sort(byHappening));
export const supersedeOrders: typeof real.supersedeOrders = (tx, { accountId, symbol, adjustmentId }) => statement(tx, 'supersedeOrders', (store) => {
  const void_ = [...store.tables.orders.values()].filter((row) => row.accountId === accountId && row.symbol === symbol && row.supersededBy === null && working.includes(row.status));
  for (const row of void_) store.put('orders', row.id, { ...row, supersededBy: adjustmentId, updatedAt: store.now() });
  return void_.map(({ clientOrderId }) => clientOrderId).sort();
});
export const supersededOrders: typeof real.supersededOrders = (executor) => statement(executor, 'supersededOrders', (store) => {
  const found = [...store.tables.orders.values()].filter((row) => row.supersededBy !== null && working.includes(row.status));
  return [...new Map(found.map(({ accountId, symbol }) => [`${accountId}/${symbol}`, { accountId, symbol }])).values()].sort((a, b) => (a.accountId + a.symbol < b.accountId + b.symbol ? -1 : 1));
});
export const recordSessionMet: typeof real.recordSessionMet = (executor, date) => statement(executor, 'recordSessionMet', (store) => { if (!store.tables.sessionsMet.has(date)) store.put('sessionsMet', date, date); });
