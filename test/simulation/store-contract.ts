import type * as accountOpening from '../../db/stores/account-opening.ts';
import type * as accounts from '../../db/stores/accounts.ts';
import type * as actions from '../../db/stores/actions.ts';
import type * as audit from '../../db/stores/audit.ts';
import type { Database } from '../../db/client.ts';
import type * as confirmations from '../../db/stores/confirmations.ts';
import type * as execution from '../../db/stores/execution.ts';
import type * as adjustments from '../../db/stores/holding-adjustments.ts';
import type * as ledger from '../../db/stores/ledger.ts';
import type * as outbox from '../../db/stores/outbox.ts';
import type * as people from '../../db/stores/people.ts';
import type * as positions from '../../db/stores/positions.ts';
import type * as reference from '../../db/stores/reference.ts';
import type * as holds from '../../db/stores/trading-holds.ts';
import { signClearance } from '../../desk/actions/clearance.ts';
import { intentsFor } from '../../desk/actions/intents.ts';
import { canonicalJson, digestOf } from '../../desk/canonical.ts';
import { decimal } from '../../desk/decimal.ts';
import { instant, plusMs } from '../../desk/time.ts';
import { accountId, enterAction, judge, mandateTerms, passingSnapshot, personId } from '../desk/gates/fixtures.ts';
import { signingKey } from './processes.ts';

/** A store's function of which nobody uses what it gives. */
type Done<F extends (...input: never[]) => unknown> = (...input: Parameters<F>) => PromiseLike<unknown>;

/** What an order's path asks of the stores; the ones in `db/stores` and those in memory both are this. */
export interface Stores {
  accountOpening: Pick<typeof accountOpening, 'insertAccount'>;
  accounts: Pick<typeof accounts, 'listAccounts' | 'activeMandate' | 'writeMandate' | 'tradingStates' | 'writeTradingState'>;
  actions: Pick<typeof actions, 'createAction' | 'moveAction' | 'recordReport' | 'reportsOf' | 'actionById' | 'listActions' | 'recentActions' | 'snapshotByDigest'>;
  audit: Pick<typeof audit, 'appendAudit' | 'auditEntries' | 'auditHead' | 'isOnRecord'>;
  confirmations: Pick<typeof confirmations, 'openConfirmation' | 'decideConfirmation' | 'closeConfirmation' | 'confirmationById' | 'confirmationOf' | 'pendingConfirmations' | 'eligiblePeople' | 'issueClearance' | 'clearanceOf' | 'consumeClearance' | 'approvalsOf'>;
  execution: Pick<typeof execution, 'intentsOf' | 'intentIdsFor' | 'moveIntent' | 'insertOrder' | 'recordOrderState' | 'bookFilledQuantity' | 'insertFill' | 'fillByBrokerId' | 'orderByClientId' | 'listOrders' | 'ordersSince' | 'unansweredOrders' | 'protectiveIntents'> & { setUnanswered: Done<typeof execution.setUnanswered> };
  ledger: Pick<typeof ledger, 'postTransaction' | 'balances'>;
  outbox: Pick<typeof outbox, 'claimOutbox' | 'outboxDepth'> & { finishOutbox: Done<typeof outbox.finishOutbox>; failOutbox: Done<typeof outbox.failOutbox> };
  people: Pick<typeof people, 'addPerson' | 'setRights' | 'listPeople' | 'rightsOf'>;
  adjustments: Pick<typeof adjustments, 'unadjustedHoldings' | 'insertAdjustment' | 'adjustmentsOf' | 'supersedeOrders' | 'supersededOrders' | 'recordSessionMet'>;
  reference: Pick<typeof reference, 'writeCorporateActions'>;
  positions: Pick<typeof positions, 'openPositions' | 'positionById' | 'openPositionIn' | 'savePosition' | 'fillCursor'> & { savePositionBracket: Done<typeof positions.savePositionBracket>; saveFillCursor: Done<typeof positions.saveFillCursor> };
  holds: Pick<typeof holds, 'placeHold' | 'tradingHolds' | 'liftHolds'>;
}
/** Of them, what brings an action along its path. */
type PathStores = Omit<Stores, 'adjustments' | 'positions' | 'reference'>;

let made = 0;
export const newId = (): string => `01900000-0000-7000-9000-${(++made).toString(16).padStart(12, '0')}`;
export const somebodyElse = '01900000-0000-7000-8000-0000000000ab';
/** A person who may say yes on the one account, and one who may not; ₹5,00,000 of cash. */
export async function openContractWorld(stores: PathStores, database: Database): Promise<void> {
  const now = instant('2024-06-03T04:00:00Z');
  await database.ownerTransaction(async (tx) => {
    await stores.people.addPerson(tx, { id: personId, name: 'owner', role: 'owner' });
    await stores.people.addPerson(tx, { id: somebodyElse, name: 'viewer', role: 'viewer' });
    await stores.accounts.writeTradingState(tx, { accountId: null, state: 'ACTIVE', reason: null, actionId: null });
    await stores.accountOpening.insertAccount(tx, { id: accountId, ownerId: personId, name: 'contract', type: 'LUMP_SUM', openedAt: now });
    await stores.people.setRights(tx, personId, { accountId, canView: true, canPropose: true, canConfirm: true });
    await stores.people.setRights(tx, somebodyElse, { accountId, canView: true, canPropose: true, canConfirm: false });
    await stores.accounts.writeMandate(tx, { id: newId(), accountId, terms: mandateTerms(), summary: '', assumptionLog: [], actionId: null });
    const postings = [{ accountId, ledger: 'cash', amountMinor: 50_000_000 }, { accountId, ledger: 'external', amountMinor: -50_000_000 }];
    await stores.ledger.postTransaction(tx, { id: newId(), kind: 'OPENING', reason: 'opening', cause: { opening: `opening:${accountId}` }, happenedAt: now, knownAt: now, postings });
  });
}

/** One action brought as far along its path as a test wants it, with what the next step needs. */
export function pathOf(stores: PathStores, database: Database, quantity: number) {
  const actionId = newId();
  const action = enterAction({ quantity });
  const snapshot = passingSnapshot();
  const taken = { snapshotText: canonicalJson(snapshot), takenAt: snapshot.takenAt };
  const report = judge(action, snapshot);
  const confirmationId = newId();
  const clearanceId = newId();
  let [proposeReportId, confirmReportId] = ['', ''];
  const path = {
    actionId, confirmationId, clearanceId, action, report, snapshot,
    async propose(): Promise<void> {
      await database.transaction((tx) => stores.actions.createAction(tx, { id: actionId, action, proposer: { kind: 'person', personId, channel: 'test' }, channel: 'test', threadId: null, turn: null, revises: null, worldLabel: 'SIMULATED', marketTime: snapshot.marketTime }));
    },
    async gate(): Promise<void> {
      await path.propose();
      await database.transaction(async (tx) => {
        ({ reportId: proposeReportId } = await stores.actions.recordReport(tx, { actionId, phase: 'propose', report, ...taken, nowMs: Date.parse('2024-06-03T04:00:00Z') }));
        await stores.actions.moveAction(tx, { id: actionId, from: 'proposed', to: 'gated', actor: 'gate', payload: {} });
      });
    },
    open: (changes: Partial<confirmations.NewConfirmation> = {}) => database.transaction((tx) => stores.confirmations.openConfirmation(tx, {
      id: confirmationId, actionId, reportId: proposeReportId, eligible: [personId], approvalsNeeded: 1, threadId: null, seconds: 600, referencePrice: 1500, driftPercent: 0.5, renderingDigest: digestOf({}), actor: 'desk', ...changes,
    })),
    async ask(): Promise<void> { await path.gate(); await path.open(); },
    press: (changes: Partial<Parameters<Stores['confirmations']['decideConfirmation']>[1]> = {}) => stores.confirmations.decideConfirmation(database, { id: confirmationId, actionDigest: report.actionDigest, personId, channel: 'test', choice: 'confirm', reason: null, ...changes }),
    async confirm(): Promise<void> { await path.ask(); await path.press(); },
    async regate(): Promise<void> {
      await database.transaction(async (tx) => { ({ reportId: confirmReportId } = await stores.actions.recordReport(tx, { actionId, phase: 'confirm', report, ...taken, nowMs: Date.parse('2024-06-03T04:00:01Z') })); });
    },
    intents: () => intentsFor({ actionId, actionDigest: report.actionDigest, action, snapshot, report }),
    async clear(changes: { spec?: (text: string) => string; reportId?: string; lifeMs?: number } = {}): Promise<void> {
      const action_ = await stores.actions.actionById(database.orm, actionId);
      const issuedAt = action_?.updatedAt ?? snapshot.takenAt;
      const intents = path.intents();
      const reportRow = (await stores.actions.reportsOf(database.orm, actionId)).at(-1);
      const { text, signature } = signClearance({
        schema: 1, actionId, actionDigest: report.actionDigest, reportDigest: reportRow?.digest ?? '', snapshotDigest: report.snapshotDigest, confirmationId, approvedBy: [personId], accountId, issuedAt, expiresAt: plusMs(issuedAt, changes.lifeMs ?? 600_000), intents,
      }, signingKey.privateKey);
      await stores.confirmations.issueClearance(database, {
        id: clearanceId, actionId, confirmationId, reportId: changes.reportId ?? (confirmReportId || proposeReportId), body: text, signature, keyId: 'contract', actor: 'gate',
        intents: intents.map((intent) => ({ id: newId(), leg: intent.leg, clientOrderId: intent.clientOrderId, spec: (changes.spec ?? ((same) => same))(canonicalJson(intent.spec)), state: intent.state })),
      });
    },
    async cleared(): Promise<void> { await path.confirm(); await path.regate(); await path.clear(); },
    consume: () => database.transaction((tx) => stores.confirmations.consumeClearance(tx, clearanceId)),
    async order(changes: Record<string, unknown> = {}): Promise<string> {
      const [intent] = (await stores.execution.intentsOf(database.orm, actionId)).filter(({ leg }) => leg === 'entry');
      if (!intent) throw new Error('there is no intent');
      const id = newId();
      const order = { clientOrderId: intent.clientOrderId, accountId, symbol: 'INFY', exchange: 'NSE', side: 'BUY' as const, quantity, type: 'LIMIT' as const, limitPrice: decimal('1500'), triggerPrice: null, product: 'DELIVERY' as const, category: 'ENTRY' as const, ocoGroup: null, ...changes };
      await database.transaction((tx) => stores.execution.insertOrder(tx, { id, intent, order, cardId: null, parentClientOrderId: null, marketTime: snapshot.marketTime }));
      return id;
    },
    async working(): Promise<string> { await path.cleared(); await path.consume(); return path.order(); },
    fill: (orderId: string, brokerFillId: string, shares: number) => database.transaction(async (tx) => {
      const booked = await stores.execution.insertFill(tx, { id: newId(), orderId, accountId, fill: { brokerFillId, clientOrderId: '', quantity: shares, price: decimal('1500'), charges: {}, filledAt: snapshot.marketTime }, chargesMinor: 0, realisedMinor: 0, knownAt: snapshot.marketTime });
      return booked ? stores.execution.bookFilledQuantity(tx, orderId) : null;
    }),
  };
  return path;
}
