import type { PaperFill } from '../../brokers/paper/book.ts';
import type { StoredAction } from '../../db/stores/actions.ts';
import type { StoredOrder } from '../../db/stores/execution.ts';
import type { StoredPosition } from '../../db/stores/positions.ts';
import { verifyClearance } from '../../desk/actions/clearance.ts';
import { policyFor } from '../../desk/actions/policy.ts';
import { canonicalJson, digestOf } from '../../desk/canonical.ts';
import { msBetween } from '../../desk/time.ts';
import type { MemoryStore } from './memory/store.ts';
import { mayConfirm } from './memory/people.ts';
import type { Change, ClearanceRow, ConfirmationRow, FillRow, LedgerRow } from './memory/tables.ts';
import type { Arrival } from './network.ts';
import { heldAtExchange } from './held.ts';
import { afterSplit } from './market.ts';
import { signingKey, type Surroundings } from './processes.ts';

export interface Violation { invariant: string; what: string }
type Raise = (invariant: string, what: string) => void;
const explicit = new Set(['pause', 'kill_switch_trip', 'cancel', 'watchlist_edit']);

/**
 * The invariants of an order's path, judged by what is in the tables and at the broker's door, with sums of their own: the
 * gates' arithmetic is not asked. Numbered as the safety notes number them.
 */
export function createInvariants({ around, raise }: { around: () => Surroundings; raise: Raise }) {
  const confirmedActions = new Set<string>();
  /** A text under its signature is looked at once; another text, or another signature, is another one. */
  const verified = new Map<string, ReturnType<typeof verifyClearance>>();
  const verify = ({ body: text, signature }: ClearanceRow): ReturnType<typeof verifyClearance> => {
    const key = `${signature}\n${text}`;
    const checked = verified.get(key) ?? verifyClearance({ text, signature, publicKey: signingKey.publicKey });
    verified.set(key, checked);
    return checked;
  };

  /** Each transaction, at the moment that it is there for others to see. */
  const atCommit = (store: MemoryStore, changes: readonly Change[]): void => {
    // What only read has changed nothing that there is a rule about.
    if (changes.length === 0) return;
    const { tables } = store;
    const byTable = Map.groupBy(changes, ({ table }) => table);
    const of = <T>(table: Change['table']): { key: string; before: T | undefined; after: T }[] => (byTable.get(table) ?? []) as never;
    const audits = of<{ kind: string; subject: string; sequence: number; previousHash: string; hash: string }>('audit').map(({ after }) => after);
    const entries = (kind: string, subject: string): number => audits.filter((entry) => entry.kind === kind && entry.subject === subject).length;

    for (const { before, after } of of<StoredAction>('actions')) {
      if (before?.state === after.state) continue;
      if (entries(`action.${after.state}`, after.id) !== 1) raise('I7', `${after.action.kind} went to ${after.state} without its one audit entry`);
    }
    for (const { after } of of<FillRow>('fills')) {
      const order = tables.orders.get(after.orderId);
      const filled = [...tables.fills.values()].filter((fill) => fill.orderId === after.orderId).reduce((sum, { fill }) => sum + fill.quantity, 0);
      if (!order || filled > order.quantity) raise('I4', `${filled} filled of an order for ${order?.quantity ?? 'nothing'}`);
      if (order && entries('fill', order.actionId) < 1) raise('I7', 'a fill without an audit entry');
      const twice = [...tables.fills.values()].filter((fill) => fill.accountId === after.accountId && fill.fill.brokerFillId === after.fill.brokerFillId).length;
      if (twice !== 1) raise('I4', `fill ${after.fill.brokerFillId} is booked ${twice} times`);
      if (order) positionIsItsFills(store, order.accountId, order.symbol);
    }
    for (const { before, after } of of<StoredOrder>('orders')) if (!before) orderIsAllowed(store, after, entries('order.sending', after.actionId));
    for (const { before, after } of of<ConfirmationRow>('confirmations')) {
      if (!before) shownIsStored(store, after);
      else if (before.status !== 'pending') raise('I3', `a question that was ${before.status} became ${after.status}`);
      if (after.status === 'confirmed' && before?.status === 'pending') pressIsGood(store, after);
    }
    for (const { before, after } of of<ClearanceRow>('clearances')) {
      if (!before) clearanceIsGood(store, after);
      else if (before.consumedAt !== null) raise('I1', 'a clearance was taken up twice');
    }
    for (const { after } of of<LedgerRow>('ledger')) {
      if (after.postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0) !== 0) raise('ledger', `${after.kind} does not balance`);
      if ('clearanceId' in after.cause && !audits.some(({ subject }) => subject === tables.clearances.get((after.cause as { clearanceId: string }).clearanceId)?.actionId)) raise('I7', `${after.kind} moved money without an audit entry`);
    }
    for (const table of ['tradingStates', 'holds', 'mandates', 'rights'] as const) if (of(table).length > 0 && audits.length === 0) raise('I7', `${table} changed without an audit entry in the same transaction`);
    // The chain as it stands, not only as it was meant: each entry follows the one before it.
    for (const entry of audits) {
      const before = tables.audit.get(String(entry.sequence - 1));
      if (entry.sequence > 1 && before?.hash !== entry.previousHash) raise('I7', `audit entry ${entry.sequence} does not follow the one before it`);
    }
    for (const previous of audits.map(({ previousHash }) => previousHash)) if (audits.filter((entry) => entry.previousHash === previous).length > 1) raise('I7', 'the audit forks');
  };

  function positionIsItsFills(store: MemoryStore, accountId: string, symbol: string): void {
    const held = [...store.tables.positions.values()].filter((row) => row.accountId === accountId && row.symbol === symbol && row.closedAt === null).reduce((sum, row) => sum + row.quantity, 0);
    const adjustments = [...store.tables.adjustments.values()].filter((row) => row.accountId === accountId && row.symbol === symbol).sort((a, b) => (a.happenedAt < b.happenedAt ? -1 : 1));
    const between = (from: string, to: string): number => [...store.tables.fills.values()].reduce((sum, row) => {
      const order = store.tables.orders.get(row.orderId);
      return order?.accountId === accountId && order.symbol === symbol && row.fill.filledAt >= from && row.fill.filledAt < to ? sum + (order.side === 'BUY' ? 1 : -1) * row.fill.quantity : sum;
    }, 0);
    let [filled, from] = [0, ''];
    const credits = [...store.tables.partedShares.values()].filter((row) => row.accountId === accountId && row.into === symbol);
    const changes = [...adjustments.map((row) => ({ at: row.happenedAt, become: (before: number) => afterSplit(before, row) })), ...credits.map((row) => ({ at: row.happenedAt, become: (before: number) => before + row.quantity }))].sort((a, b) => (a.at < b.at ? -1 : 1));
    for (const { at, become } of changes) { filled = become(filled + between(from, at)); from = at; }
    filled += between(from, '~');
    if (held !== filled) raise('I4', `${symbol}: ${held} held, ${filled} filled`);
  }

  /** I10: what was hashed as shown is the action and the verdict that are stored. */
  function shownIsStored(store: MemoryStore, row: ConfirmationRow): void {
    const action = store.tables.actions.get(row.actionId);
    if (!action || row.actionDigest !== action.digest || row.renderingDigest !== digestOf({ action: action.body, report: row.reportDigest })) raise('I10', 'a question shows something else than what is stored');
  }

  function pressIsGood(store: MemoryStore, row: ConfirmationRow): void {
    const now = store.now();
    if (row.expiresAt <= now) raise('I3', `a yes counted after ${row.expiresAt}`);
    if (row.decidedBy === null || !row.eligible.includes(row.decidedBy) || !mayConfirm(store, row.decidedBy, row.accountId)) raise('I3', 'a yes counted of somebody who may not say it');
    const people = new Set([...store.tables.approvals.values()].filter(({ confirmationId }) => confirmationId === row.id).map(({ personId }) => personId));
    if (people.size < row.approvalsNeeded) raise('I3', `${people.size} people where ${row.approvalsNeeded} must say yes`);
    if (confirmedActions.has(row.actionId)) raise('I3', 'an action was confirmed twice');
    confirmedActions.add(row.actionId);
  }

  function clearanceIsGood(store: MemoryStore, row: ClearanceRow): void {
    const { tables } = store;
    const action = tables.actions.get(row.actionId);
    const report = tables.reports.get(row.reportId);
    if (!action || report?.verdict !== 'PASS' || report.phase !== 'confirm') { raise('I9', 'cleared without a passing verdict after the yes'); return; }
    const checked = verify(row);
    if (!checked.ok || checked.body.actionDigest !== action.digest) raise('I1', 'a clearance that is not signed for this action');
    const question = row.confirmationId === null ? null : tables.confirmations.get(row.confirmationId);
    if (question === null) { if (action.proposer.kind !== 'person' || !explicit.has(action.action.kind)) raise('I1', `${action.action.kind} was cleared without a yes`); }
    else if (question?.status !== 'confirmed' || question.actionDigest !== action.digest) raise('I1', 'cleared without a yes to this very content');
    else if (question.decidedAt && !report.report.reducesRisk && msBetween(question.decidedAt, row.issuedAt) > policyFor(action.action.kind).expiryMinutes * 60_000) raise('I3', 'cleared on a yes that had lapsed');
    if (action.action.kind === 'enter') limitsHold(store, action);
  }

  /** I6: counted anew from positions, open entries and what is cleared and not sent. */
  function limitsHold(store: MemoryStore, stored: StoredAction): void {
    const { tables } = store;
    const { accountId, action } = stored;
    if (action.kind !== 'enter' || accountId === null) return;
    const terms = [...tables.mandates.values()].find((row) => row.accountId === accountId && row.active)?.terms;
    const entries = [...tables.orders.values()].filter((order) => order.accountId === accountId && order.category === 'ENTRY' && ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'].includes(order.status));
    const unsent = [...tables.intents.values()].filter((intent) => intent.accountId === accountId && intent.leg === 'entry' && (intent.state === 'READY' || intent.state === 'WAITING')).map((intent) => JSON.parse(intent.spec) as { symbol: string; quantity: number; limitPrice: string | null });
    const held = [...tables.positions.values()].filter((row) => row.accountId === accountId && row.closedAt === null).map(({ symbol }) => symbol);
    const names = new Set([...held, ...entries.map(({ symbol }) => symbol), ...unsent.map(({ symbol }) => symbol), action.symbol]);
    if (terms && !held.includes(action.symbol) && names.size > terms.maxPositions) raise('I6', `${names.size} positions where ${terms.maxPositions} are allowed`);
    const price = (symbol: string, limit: string | null): number => Number(limit ?? around().market.quote(symbol)?.ask ?? 0);
    const cash = [...tables.ledger.values()].flatMap(({ postings }) => postings).filter((each) => each.accountId === accountId && each.ledger === 'cash').reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const wanted = [...entries.map((order) => price(order.symbol, order.limitPrice) * (order.quantity - order.filledQuantity)), ...unsent.map((spec) => price(spec.symbol, spec.limitPrice) * spec.quantity)].reduce((sum, value) => sum + value, 0);
    // Sums of the gates round each order to the minor unit.
    if (Math.round(wanted * 100) > cash + entries.length + unsent.length + 1) raise('I6', `entries of ${Math.round(wanted * 100)} on ${cash} of cash`);
  }

  /** I1, I5 and I7 where an order is written down to be sent. */
  function orderIsAllowed(store: MemoryStore, order: StoredOrder, audited: number): void {
    const { tables } = store;
    const clearance = tables.clearances.get(order.clearanceId);
    if (clearance?.consumedAt == null) raise('I1', 'an order without a clearance that was taken up');
    if (audited < 1 && ['ENTRY', 'EXIT'].includes(order.category)) raise('I7', 'an order without an audit entry');
    if (order.category !== 'ENTRY') return;
    const { killFile } = around();
    const stopped = [...tables.tradingStates.values()].filter((row) => (row.accountId === null || row.accountId === order.accountId) && row.state !== 'ACTIVE');
    if (killFile.state !== 'ABSENT' || stopped.length > 0) raise('I5', `an entry is sent while ${killFile.state === 'ABSENT' ? stopped[0]?.state : 'the kill file is there'}`);
  }

  /** By the exchange's own fills, not by what is booked: what is held, less what exits of their own are about to sell. */
  const heldAtSending = ({ accountId, symbol }: Arrival['order']): number => {
    const { store } = around();
    const held = heldAtExchange(around(), { accountId, symbol });
    const leaving = [...store.tables.orders.values()].filter((order) => order.accountId === accountId && order.symbol === symbol && order.category === 'EXIT' && order.ocoGroup === null && ['PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN'].includes(order.status));
    return Math.abs(held) - leaving.reduce((sum, order) => sum + order.quantity - order.filledQuantity, 0);
  };

  /** At the broker's door. */
  const atArrival = ({ order, times, heldAtSending }: Arrival): void => {
    const { store, exchange } = around();
    const { tables } = store;
    const clearance = tables.clearances.get(order.clearanceId);
    const intents = [...tables.intents.values()].filter(({ clearanceId }) => clearanceId === order.clearanceId);
    if (!clearance || !verify(clearance).ok || clearance.consumedAt === null) raise('I1', 'the broker is sent an order without a clearance');
    if (!exchange.deduplicates && times > 1) raise('I2', 'a broker that does not know repeats is sent the same order twice');
    const stored = [...tables.orders.values()].find(({ clientOrderId }) => clientOrderId === order.clientOrderId);
    if (!stored) raise('I2', 'the broker hears of an order that is not on record');
    const main = order.category === 'ENTRY' || order.category === 'EXIT';
    const listed = intents.find(({ clientOrderId }) => clientOrderId === order.clientOrderId);
    if (main && (!listed || (JSON.parse(listed.spec) as { quantity: number }).quantity < order.quantity)) raise('I1', 'the broker is sent something else than what was cleared');
    if (main && times > 1) { const first = exchange.arrivals.get(order.clientOrderId)?.order; if (first && canonicalJson(terms(first)) !== canonicalJson(terms(order))) raise('I2', 'a repeat is not the same order'); }
    if (!main) {
      const held = [...tables.positions.values()].filter((row: StoredPosition) => row.accountId === order.accountId && row.symbol === order.symbol && row.closedAt === null).reduce((sum, row) => sum + Math.abs(row.quantity), 0);
      // What left the desk while it was held and came late, after an exit, is the network's doing: nobody could have known.
      if (order.quantity > Math.max(held, heldAtSending) && times === 1) raise('I4', `a ${order.category} for ${order.quantity} where ${held} are held`);
    }
  };
  const terms = ({ symbol, side, quantity, type, limitPrice, triggerPrice }: Arrival['order']): object => ({ symbol, side, quantity, type, limitPrice, triggerPrice });

  /** After each trade at the exchange: nobody sells what they do not have. */
  const afterTrade = (fills: readonly PaperFill[]): void => {
    for (const { accountId, symbol } of new Map(fills.map((fill) => [`${fill.accountId}/${fill.symbol}`, fill])).values()) {
      const held = heldAtExchange(around(), { accountId, symbol });
      if (held < 0) raise('I4', `${-held} of ${symbol} sold that nobody held`);
    }
    // An order's price and quantity are of the shares on the day on which it was placed; one that nobody was told of in time meets the old orders, and a right that is worth nothing leaves them.
    const { market, store } = around();
    for (const split of market.splits.filter(({ late, priceFactor }) => !late && priceFactor !== 1)) for (const { symbol, clientOrderId, filledAt } of fills) {
      const placed = symbol === split.symbol && filledAt >= split.from ? [...store.tables.orders.values()].find((order) => order.clientOrderId === clientOrderId) : undefined;
      if (placed && placed.marketTime < split.from) raise('ex', `a ${placed.category} of before the ex-date of ${symbol} traded after it`);
    }
  };
  return { atCommit, heldAtSending, atArrival, afterTrade };
}
