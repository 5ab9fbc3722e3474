import type * as real from '../../../db/stores/ledger.ts';
import { type MemoryStore, Refused, statement } from './store.ts';
import type { LedgerRow } from './tables.ts';

const moneyKinds = new Set(['transfer_cash', 'deposit', 'withdrawal', 'funding_release', 'account_open', 'account_reset']);

/** `core.check_ledger_cause` and `core.check_balanced`. */
function check(store: MemoryStore, row: LedgerRow): void {
  const { cause, postings } = row;
  const total = (of: string | null): number => postings.filter(({ ledger }) => of === null || ledger === of).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (total(null) !== 0 || postings.length < 2) throw new Refused(`ledger transaction ${row.id} does not balance (sum ${total(null)}, ${postings.length} entries)`, '23514');
  const others = [...store.tables.ledger.values()];
  if ('opening' in cause && !store.asOwner) throw new Refused('an account is opened once, at its set-up');
  if ('reconciliation' in cause && !store.tables.audit.get(cause.reconciliation)?.kind.startsWith('reconcile.')) throw new Refused('a correction names the reconciliation record in the audit');
  if ('fillId' in cause) {
    const fill = store.tables.fills.get(cause.fillId);
    const order = fill && store.tables.orders.get(fill.orderId);
    if (!fill || !order) throw new Refused('there is no such fill', 'P0002');
    if (others.some(({ cause: other }) => 'fillId' in other && other.fillId === cause.fillId)) throw new Refused('a fill has one ledger transaction', '23505');
    const paid = (order.side === 'BUY' ? 1 : -1) * Math.round(Number(fill.fill.price) * fill.fill.quantity * 100);
    if (postings.some(({ accountId }) => accountId !== fill.accountId) || total('charges') !== fill.chargesMinor || total('realised_pnl') !== -fill.realisedMinor
      || Math.abs(total('cash') + fill.chargesMinor + paid) > 1 + fill.fill.quantity / 10_000) throw new Refused(`ledger transaction ${row.id} is not what its fill moved`, '23514');
  }
  if ('clearanceId' in cause) {
    const clearance = store.tables.clearances.get(cause.clearanceId);
    const action = clearance && store.tables.actions.get(clearance.actionId)?.action;
    if (!clearance?.consumedAt || !action || !moneyKinds.has(action.kind) || others.some(({ cause: other }) => 'clearanceId' in other && other.clearanceId === cause.clearanceId)) throw new Refused('a ledger row needs its cause');
    const { amountMinor, accountId, toAccountId } = action as { amountMinor?: number; accountId?: string; toAccountId?: string };
    if (amountMinor !== undefined && postings.some((each) => Math.abs(each.amountMinor) !== amountMinor || (each.accountId !== accountId && each.accountId !== toAccountId))) throw new Refused(`ledger transaction ${row.id} is not what was confirmed`, '23514');
  }
}

export const postTransaction: typeof real.postTransaction = (tx, { id, kind, reason, cause, happenedAt, postings }) => statement(tx, 'postTransaction', (store) => {
  const row: LedgerRow = { id, kind, reason, cause, happenedAt, postings };
  check(store, row);
  store.put('ledger', id, row);
});
export const balances: typeof real.balances = (executor, { accountIds, asOf }) => statement(executor, 'balances', (store) => {
  const result = new Map<string, Record<string, number>>(accountIds.map((id) => [id, {}]));
  for (const { happenedAt, postings } of store.tables.ledger.values()) {
    if (asOf !== undefined && happenedAt > asOf) continue;
    for (const { accountId, ledger, amountMinor } of postings) { const of = result.get(accountId); if (of) of[ledger] = (of[ledger] ?? 0) + amountMinor; }
  }
  return result;
});
