import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as accountOpening from '../../db/stores/account-opening.ts';
import * as accounts from '../../db/stores/accounts.ts';
import * as actions from '../../db/stores/actions.ts';
import * as audit from '../../db/stores/audit.ts';
import type { Database } from '../../db/client.ts';
import * as confirmations from '../../db/stores/confirmations.ts';
import * as execution from '../../db/stores/execution.ts';
import * as adjustments from '../../db/stores/holding-adjustments.ts';
import * as ledger from '../../db/stores/ledger.ts';
import * as outbox from '../../db/stores/outbox.ts';
import * as people from '../../db/stores/people.ts';
import * as positions from '../../db/stores/positions.ts';
import * as reference from '../../db/stores/reference.ts';
import * as holds from '../../db/stores/trading-holds.ts';
import { createAuditVerifier, hashedText } from '../../desk/audit/verify.ts';
import { sha256 } from '../../desk/canonical.ts';
import { decimal } from '../../desk/decimal.ts';
import { instant, msBetween, tradingDate } from '../../desk/time.ts';
import { accountId, mandateTerms, now, personId } from '../desk/gates/fixtures.ts';
import { openTestDatabase } from '../helpers/database.ts';
import * as memoryAccountOpening from './memory/account-opening.ts';
import * as memoryAccounts from './memory/accounts.ts';
import * as memoryActions from './memory/actions.ts';
import * as memoryAudit from './memory/audit.ts';
import * as memoryConfirmations from './memory/confirmations.ts';
import * as memoryExecution from './memory/execution.ts';
import * as memoryAdjustments from './memory/holding-adjustments.ts';
import * as memoryLedger from './memory/ledger.ts';
import * as memoryOutbox from './memory/outbox.ts';
import * as memoryPeople from './memory/people.ts';
import * as memoryPositions from './memory/positions.ts';
import * as memoryReference from './memory/reference.ts';
import { MemoryStore, openMemory } from './memory/store.ts';
import * as memoryHolds from './memory/trading-holds.ts';
import { signingKey } from './processes.ts';
import { newId, openContractWorld, pathOf, somebodyElse, type Stores } from './store-contract.ts';

/** An account that is not there. */
const stranger = '01900000-0000-7000-8000-0000000000ee';

const real: Stores = { accountOpening, accounts, actions, adjustments, positions, reference, audit, confirmations, execution, ledger, outbox, people, holds };
const inMemory: Stores = { accountOpening: memoryAccountOpening, accounts: memoryAccounts, actions: memoryActions, adjustments: memoryAdjustments, positions: memoryPositions, reference: memoryReference, audit: memoryAudit, confirmations: memoryConfirmations, execution: memoryExecution, ledger: memoryLedger, outbox: memoryOutbox, people: memoryPeople, holds: memoryHolds };
const openInMemory = async (): Promise<Database> => openMemory({ store: new MemoryStore(() => instant(Date.now())), seam: async (_what, run) => run() });
/** The sentence of a refusal, whichever driver wraps it. */
const refusal = async (work: Promise<unknown>): Promise<string> => work.then(() => 'nothing was refused', (error: unknown) => { const cause = (error as { cause?: unknown }).cause; return cause instanceof Error ? cause.message : (error as Error).message; });

describe.each([['in memory', inMemory, openInMemory], [inject('databaseTemplate').kind === 'server' ? 'on the server' : 'embedded', real, openTestDatabase]] as const)('the stores %s', (_where, stores, open) => {
  let database: Database;
  beforeAll(async () => { database = await open(); await openContractWorld(stores, database); });
  afterAll(async () => { await database.close(); });
  const path = (quantity = 20) => pathOf(stores, database, quantity);
  const entries = async () => stores.audit.auditEntries(database.orm, { after: 0, limit: 5000 });
  const kindsOf = async (subject: string): Promise<string[]> => (await entries()).filter((entry) => entry.subject === subject).map(({ kind }) => kind);

  it('let an action go only along its legal steps, each with its entry in the audit', async () => {
    const mine = path();
    await mine.propose();
    const move = (from: 'proposed' | 'gated' | 'done', to: 'gated' | 'done' | 'confirmed' | 'cleared' | 'failed') => database.transaction((tx) => stores.actions.moveAction(tx, { id: mine.actionId, from, to, actor: 'test', payload: {} }));
    expect(await refusal(move('proposed', 'done'))).toMatch(/cannot go from proposed to done/);
    expect(await refusal(move('proposed', 'gated'))).toMatch(/no passing gate report/);
    for (const to of ['confirmed', 'cleared'] as const) expect(await refusal(move('gated', to))).toMatch(/only a confirmation or a clearance/);
    expect(await move('gated', 'failed')).toBe(false);
    expect(await move('proposed', 'failed')).toBe(true);
    expect(await kindsOf(mine.actionId)).toEqual(['action.proposed', 'action.failed']);
  });

  it('keep nothing of a transaction that fails, whatever came before in it', async () => {
    const before = await stores.audit.auditHead(database.orm);
    const id = newId();
    const attempt = database.transaction(async (tx) => {
      await stores.audit.appendAudit(tx, { kind: 'test', subject: id, actor: 'test', payload: {} });
      await stores.execution.moveIntent(tx, { id, from: ['READY'], to: 'SENDING' });
      throw new Error('after all');
    });
    expect(await refusal(attempt)).toBe('after all');
    expect(await stores.audit.auditHead(database.orm)).toEqual(before);
  });

  it('take nothing more in a transaction in which something was refused', async () => {
    const attempt = database.transaction(async (tx) => {
      await stores.audit.appendAudit(tx, { kind: 'action.done', subject: 'x', actor: 'test', payload: {} }).catch(() => undefined);
      await stores.audit.appendAudit(tx, { kind: 'test', subject: 'x', actor: 'test', payload: {} });
    });
    expect(await refusal(attempt)).toMatch(/aborted/);
  });

  it('open a question only on a passing verdict and to people who may answer it', async () => {
    const mine = path();
    await mine.gate();
    expect(await refusal(mine.open({ eligible: [personId, somebodyElse] }))).toMatch(/without the right/);
    expect(await refusal(mine.open({ approvalsNeeded: 2 }))).toMatch(/too few people/);
    expect(await refusal(mine.open({ seconds: 7200 }))).toMatch(/a second to an hour/);
    await mine.open();
    expect(await refusal(mine.open({ id: newId() }))).toMatch(/not waiting|duplicate/);
    expect((await stores.actions.actionById(database.orm, mine.actionId))?.state).toBe('awaiting_confirmation');
    expect(await stores.confirmations.eligiblePeople(database.orm, accountId)).toEqual([personId]);
  });

  it('let one press win and tell everybody else how it ended', async () => {
    const mine = path();
    await mine.ask();
    expect((await stores.confirmations.decideConfirmation(database, { id: newId(), actionDigest: '', personId, channel: 'test', choice: 'confirm', reason: null })).outcome).toBe('not_found');
    expect((await mine.press({ personId: somebodyElse })).outcome).toBe('not_eligible');
    expect((await mine.press({ actionDigest: '0'.repeat(64) })).outcome).toBe('other_content');
    expect((await stores.confirmations.confirmationById(database.orm, mine.confirmationId))?.status).toBe('pending');
    const answers = await Promise.all([mine.press(), mine.press(), mine.press({ choice: 'reject' })]);
    expect(answers.filter(({ outcome }) => outcome === 'won' || outcome === 'rejected')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'already')).toHaveLength(2);
    expect((await kindsOf(mine.actionId)).filter((kind) => kind === 'press.refused')).toHaveLength(2);
  });

  it('count a yes no more when its question was closed', async () => {
    const mine = path();
    await mine.ask();
    expect(await database.transaction((tx) => stores.confirmations.closeConfirmation(tx, { id: mine.confirmationId, status: 'expired', reason: 'test', actor: 'desk' }))).toBe(true);
    expect(await database.transaction((tx) => stores.confirmations.closeConfirmation(tx, { id: mine.confirmationId, status: 'expired', reason: 'test', actor: 'desk' }))).toBe(false);
    expect(await mine.press()).toMatchObject({ outcome: 'already', status: 'expired' });
    expect((await stores.actions.actionById(database.orm, mine.actionId))?.state).toBe('expired');
  });

  it('issue a clearance only for a yes and a verdict after it, with exactly the intents that were signed', async () => {
    const mine = path();
    await mine.ask();
    expect(await refusal(mine.clear())).toMatch(/cannot be cleared/);
    await mine.press();
    expect(await refusal(mine.clear())).toMatch(/must run again after the press/);
    await mine.regate();
    expect(await refusal(mine.clear({ spec: (text) => text.replace('"quantity":20', '"quantity":21') }))).toMatch(/not those that were signed/);
    await mine.clear();
    expect(await refusal(mine.clear())).toMatch(/cannot be cleared|duplicate/);
    expect((await stores.confirmations.clearanceOf(database.orm, mine.actionId))?.consumedAt).toBeNull();
    expect((await stores.confirmations.approvalsOf(database.orm, mine.confirmationId)).map((each) => each.personId)).toEqual([personId]);
  });

  it('use a clearance up once, and take no order before that, nor a larger or another one', async () => {
    const mine = path();
    await mine.cleared();
    expect(await refusal(mine.order())).toMatch(/needs a clearance/);
    expect(await mine.consume()).toBe(true);
    expect(await mine.consume()).toBe(false);
    expect(await refusal(mine.order({ quantity: 21 }))).toMatch(/larger than what was cleared/);
    for (const other of [{ side: 'SELL' }, { symbol: 'TCS' }, { limitPrice: '1501' }, { type: 'MARKET' }]) expect(await refusal(mine.order(other))).toMatch(/not the one that was cleared/);
    expect(await refusal(mine.order({ clientOrderId: 'another' }))).toMatch(/needs a clearance/);
    await mine.order();
    expect(await stores.execution.listOrders(database.orm, { accountIds: [accountId], actionId: mine.actionId, limit: 10 })).toMatchObject([{ status: 'PENDING', quantity: 20, filledQuantity: 0 }]);
  });

  it('move an intent by compare-and-set, and never back to where it could be sent again', async () => {
    const mine = path();
    await mine.working();
    const [intent] = (await stores.execution.intentsOf(database.orm, mine.actionId)).filter(({ leg }) => leg === 'entry');
    const move = (from: 'READY' | 'SENDING' | 'SENT', to: 'READY' | 'SENDING' | 'SENT' | 'UNKNOWN') => database.transaction((tx) => stores.execution.moveIntent(tx, { id: intent?.id ?? '', from: [from], to, attempted: true }));
    expect(await Promise.all([move('READY', 'SENDING'), move('READY', 'SENDING')])).toContain(false);
    expect(await refusal(move('SENDING', 'READY'))).toMatch(/cannot go from SENDING to READY/);
    expect(await move('SENDING', 'SENT')).toBe(true);
    expect(await refusal(move('SENT', 'SENDING'))).toMatch(/cannot go from SENT to SENDING/);
    expect((await stores.execution.intentsOf(database.orm, mine.actionId)).find(({ leg }) => leg === 'entry')).toMatchObject({ state: 'SENT' });
  });

  it('write an order down once, and take an answer for the one order that it names', async () => {
    const [mine, other] = [path(), path()];
    await mine.working();
    await other.working();
    const named = async (of: typeof mine) => (await stores.execution.intentsOf(database.orm, of.actionId)).find(({ leg }) => leg === 'entry');
    const intent = await named(mine);
    const clientOrderId = intent?.clientOrderId ?? '';
    const answer = (brokerOrderId: string) => database.transaction((tx) => stores.execution.recordOrderState(tx, { clientOrderId, brokerOrderId, status: 'OPEN', message: null, filledQuantity: 0, averagePrice: null, updatedAt: now }));
    const lost = (status: 'UNKNOWN' | 'EXPIRED') => database.transaction(async (tx) => { await stores.execution.setUnanswered(tx, { clientOrderId, status, message: 'no answer' }); });
    await lost('UNKNOWN');
    expect(await stores.execution.orderByClientId(database.orm, clientOrderId)).toMatchObject({ status: 'UNKNOWN', message: 'no answer' });
    await answer(`B-${mine.actionId}`);
    await answer('');
    await mine.order();
    await lost('EXPIRED');
    expect(await stores.execution.orderByClientId(database.orm, clientOrderId)).toMatchObject({ status: 'OPEN', brokerOrderId: `B-${mine.actionId}` });
    expect(await stores.execution.unansweredOrders(database.orm, intent?.id ?? '')).toEqual([]);
    expect(await stores.execution.orderByClientId(database.orm, (await named(other))?.clientOrderId ?? '')).toMatchObject({ status: 'PENDING', brokerOrderId: null });
  });

  it('show an account its own orders, fills, stops and money, and no other’s', async () => {
    const mine = path();
    const orderId = await mine.working();
    await mine.fill(orderId, `${mine.actionId}-own`, 3);
    const listed = (accountIds: string[]) => stores.execution.listOrders(database.orm, { accountIds, actionId: mine.actionId, limit: 10 });
    expect([(await listed([accountId])).length, (await listed([stranger])).length]).toEqual([1, 0]);
    expect(await stores.execution.fillByBrokerId(database.orm, stranger, `${mine.actionId}-own`)).toBeNull();
    const stops = async (of: string, symbol: string) => (await stores.execution.protectiveIntents(database.orm, { accountId: of, symbol })).filter(({ actionId }) => actionId === mine.actionId).map(({ leg }) => leg).sort();
    expect([await stops(accountId, 'INFY'), await stops(stranger, 'INFY'), await stops(accountId, 'TCS')]).toEqual([['stop', 'target'], [], []]);
    expect((await stores.ledger.balances(database.orm, { accountIds: [stranger] })).get(stranger)).toEqual({});
    expect((await stores.ledger.balances(database.orm, { accountIds: [accountId], asOf: instant('2024-06-03T03:59:59Z') })).get(accountId)).toEqual({});
  });

  it('keep a position as its last fill made it, under the bracket that was set, and apart from every other', async () => {
    const mine = path();
    await mine.working();
    const held = { id: newId(), accountId, actionId: mine.actionId, cardId: null, symbol: `HELD${newId().slice(-4)}`, exchange: 'NSE', quantity: 5, averagePrice: decimal('1500'), costMinor: 750_000, basisQuantity: 5, basisCostMinor: 750_000, bestPrice: null, stopLoss: decimal('1450'), takeProfit: null, trailing: null, realisedMinor: 0, feesMinor: 20_00, openedAt: now, closedAt: null };
    const save = (changes: object) => database.transaction((tx) => stores.positions.savePosition(tx, { ...held, ...changes }));
    const setStop = (stopLoss: string) => database.transaction(async (tx) => { await stores.positions.savePositionBracket(tx, { id: held.id, stopLoss: decimal(stopLoss), takeProfit: decimal('1600'), trailing: null }); });
    const found = () => stores.positions.positionById(database.orm, held.id);
    await save({});
    await save({ quantity: 8, averagePrice: decimal('1512.5'), costMinor: 1_210_000, basisQuantity: 8, basisCostMinor: 1_210_000, feesMinor: 40_00 });
    await setStop('1460');
    expect(await found()).toEqual({ ...held, quantity: 8, averagePrice: '1512.5', costMinor: 1_210_000, basisQuantity: 8, basisCostMinor: 1_210_000, feesMinor: 40_00, stopLoss: '1460', takeProfit: '1600' });
    expect((await stores.positions.openPositions(database.orm, [stranger])).length).toBe(0);
    expect(await database.transaction((tx) => stores.positions.openPositionIn(tx, stranger, held.symbol))).toBeNull();
    expect((await database.transaction((tx) => stores.positions.openPositionIn(tx, accountId, held.symbol)))?.id).toBe(held.id);
    await save({ quantity: 0, costMinor: 0, realisedMinor: 30_000, stopLoss: decimal('1460'), closedAt: now });
    await setStop('1');
    expect(await found()).toMatchObject({ quantity: 0, realisedMinor: 30_000, stopLoss: '1460', closedAt: now });
    expect(await database.transaction((tx) => stores.positions.openPositionIn(tx, accountId, held.symbol))).toBeNull();
    expect((await stores.positions.openPositions(database.orm, [accountId])).map(({ id }) => id)).not.toContain(held.id);
  });

  it('remember the last fill that was taken in', async () => {
    for (const brokerFillId of ['F1', 'F2']) await database.transaction(async (tx) => { await stores.positions.saveFillCursor(tx, { accountId, brokerFillId }); });
    expect([await stores.positions.fillCursor(database.orm, accountId), await stores.positions.fillCursor(database.orm, stranger)]).toEqual(['F2', null]);
  });

  it('let a question and a clearance end with their time', async () => {
    const [asked, cleared] = [path(), path()];
    await asked.gate();
    await cleared.confirm();
    await cleared.regate();
    await cleared.clear({ lifeMs: 4000 });
    const { expiresAt } = await asked.open({ seconds: 1 });
    const last = [expiresAt, (await stores.confirmations.clearanceOf(database.orm, cleared.actionId))?.expiresAt ?? ''].sort().at(-1) ?? '';
    await new Promise((resolve) => { setTimeout(resolve, Date.parse(last) - Date.now() + 50); });
    expect(await asked.press()).toMatchObject({ outcome: 'expired', status: 'expired' });
    expect((await stores.actions.actionById(database.orm, asked.actionId))?.state).toBe('expired');
    expect(await cleared.consume()).toBe(false);
    expect(await refusal(cleared.order())).toMatch(/needs a clearance/);
  }, 20_000);

  it('count each fill once and never more than the order', async () => {
    const mine = path();
    const orderId = await mine.working();
    expect(await mine.fill(orderId, `${mine.actionId}-1`, 8).catch((error: unknown) => error)).toMatchObject({ filledQuantity: 8, status: 'PARTIALLY_FILLED' });
    expect(await mine.fill(orderId, `${mine.actionId}-1`, 8)).toBeNull();
    expect(await refusal(mine.fill(orderId, `${mine.actionId}-2`, 13))).toMatch(/would exceed the order/);
    expect(await mine.fill(orderId, `${mine.actionId}-3`, 12)).toMatchObject({ filledQuantity: 20, status: 'FILLED' });
    expect(await stores.execution.fillByBrokerId(database.orm, accountId, `${mine.actionId}-1`)).toMatchObject({ quantity: 8, price: 1500 });
  });

  it('keep an order open that the broker calls filled until its fills are booked, and a filled one filled', async () => {
    const mine = path();
    const orderId = await mine.working();
    const intent = (await stores.execution.intentsOf(database.orm, mine.actionId)).find(({ leg }) => leg === 'entry');
    const clientOrderId = intent?.clientOrderId ?? '';
    const state = (status: 'FILLED' | 'CANCELLED', filledQuantity: number) => database.transaction((tx) => stores.execution.recordOrderState(tx, { clientOrderId, brokerOrderId: 'B1', status, message: null, filledQuantity, averagePrice: null, updatedAt: now }));
    expect((await stores.execution.unansweredOrders(database.orm, intent?.id ?? '')).map((order) => order.id)).toEqual([orderId]);
    await state('FILLED', 20);
    expect((await stores.execution.orderByClientId(database.orm, clientOrderId))?.status).toBe('OPEN');
    await mine.fill(orderId, `${mine.actionId}-1`, 20);
    await state('CANCELLED', 20);
    expect(await stores.execution.orderByClientId(database.orm, clientOrderId)).toMatchObject({ status: 'FILLED', brokerOrderId: 'B1' });
  });

  it('keep a cancelled order cancelled when a fill of it comes late', async () => {
    const mine = path();
    const orderId = await mine.working();
    const clientOrderId = (await stores.execution.intentsOf(database.orm, mine.actionId)).find(({ leg }) => leg === 'entry')?.clientOrderId ?? '';
    await database.transaction((tx) => stores.execution.recordOrderState(tx, { clientOrderId, brokerOrderId: `B-${mine.actionId}`, status: 'CANCELLED', message: null, filledQuantity: 0, averagePrice: null, updatedAt: now }));
    expect(await mine.fill(orderId, `${mine.actionId}-late`, 5)).toEqual({ filledQuantity: 5, status: 'CANCELLED' });
  });

  it('take a ledger transaction only balanced, with a cause, for what the cause moved', async () => {
    const post = (cause: ledger.LedgerCause, postings: { ledger: string; amountMinor: number }[]) => database.transaction((tx) => stores.ledger.postTransaction(tx, { id: newId(), kind: 'TEST', reason: 'test', cause, happenedAt: now, knownAt: now, postings: postings.map((each) => ({ accountId, ...each })) }));
    const mine = path();
    const orderId = await mine.working();
    const fillId = newId();
    await database.transaction((tx) => stores.execution.insertFill(tx, { id: fillId, orderId, accountId, fill: { brokerFillId: fillId, clientOrderId: '', quantity: 2, price: '1500.37' as never, charges: {}, filledAt: now }, chargesMinor: 0, realisedMinor: 0, knownAt: now }));
    const cash = (amountMinor: number) => [{ ledger: 'cash', amountMinor: -amountMinor }, { ledger: 'securities', amountMinor }];
    expect(await refusal(post({ fillId }, [{ ledger: 'cash', amountMinor: -1 }, { ledger: 'securities', amountMinor: 2 }]))).toMatch(/does not balance/);
    expect(await refusal(post({ fillId }, cash(299_000)))).toMatch(/not what its fill moved/);
    expect(await refusal(post({ opening: 'again' }, cash(1)))).toMatch(/once, at its set-up/);
    expect(await refusal(post({ clearanceId: mine.clearanceId }, cash(1)))).toMatch(/needs its cause/);
    expect(await refusal(post({ reconciliation: '1' }, cash(1)))).toMatch(/reconciliation record/);
    const before = (await stores.ledger.balances(database.orm, { accountIds: [accountId] })).get(accountId)?.cash ?? 0;
    await post({ fillId }, cash(300_074));
    expect((await stores.ledger.balances(database.orm, { accountIds: [accountId] })).get(accountId)?.cash).toBe(before - 300_074);
  });

  it('take an adjustment once and only as a published action gives it, and let stops reach what it makes of what was cleared', async () => {
    const mine = path();
    const orderId = await mine.working();
    const intents = await stores.execution.intentsOf(database.orm, mine.actionId);
    const stop = intents.find(({ leg }) => leg === 'stop');
    expect(await stores.execution.intentIdsFor(database.orm, { accountId, symbol: 'INFY' })).toEqual(expect.arrayContaining(intents.map(({ id }) => id)));
    const positionId = newId();
    const [exDate, happenedAt] = [tradingDate('2024-06-04'), instant('2024-06-03T18:30:00Z')];
    await database.transaction((tx) => stores.positions.savePosition(tx, { id: positionId, accountId, actionId: mine.actionId, cardId: null, symbol: 'INFY', exchange: 'NSE', quantity: 7, averagePrice: decimal('1500'), costMinor: 1_050_000, basisQuantity: 7, basisCostMinor: 1_050_000, bestPrice: null, stopLoss: decimal('1400'), takeProfit: null, trailing: null, realisedMinor: 0, feesMinor: 0, openedAt: now, closedAt: null }));
    const due = (today = exDate) => stores.adjustments.unadjustedHoldings(database.orm, { today, asOf: instant(`${today}T03:00:00Z`), zone: 'Asia/Kolkata' });
    const row = { id: newId(), accountId, symbol: 'INFY', exDate, kind: 'BONUS' as const, subject: 'Bonus 1:2', newShares: 3, oldShares: 2, positionId, quantityBefore: 7, quantityAfter: 10, costBeforeMinor: 1_050_000, costAfterMinor: 1_000_000, cashMinor: 50_500, realisedMinor: 500, stopBefore: decimal('1400'), stopAfter: decimal('933.35'), targetBefore: null, targetAfter: null, coveredIntents: intents.map(({ id }) => id), happenedAt, actionId: null, basis: 'PUBLISHED' as const, priceFactor: null, restatedMinor: 0, soldSince: 0, partedMinor: 0 };
    const insert = (changes: object = {}) => database.transaction((tx) => stores.adjustments.insertAdjustment(tx, { ...row, id: newId(), ...changes }));
    expect(await due()).toEqual([]);
    expect(await refusal(insert())).toMatch(/no published action/);
    const published = { symbol: 'INFY', exDate, kind: 'BONUS' as const, subject: 'Bonus 1:2', factor: 2 / 3, basis: 'published' as const, knownAt: now, source: 'test' };
    await stores.reference.writeCorporateActions(database.orm, [published, { ...published, kind: 'SPLIT', factor: 0.1, basis: 'detected' }]);
    expect(await due()).toMatchObject([{ accountId, symbol: 'INFY', kind: 'BONUS', met: false }]);
    // Nor does a desk forget it that never met a session and was down all of the ex-date.
    expect(await due(tradingDate('2024-06-06'))).toMatchObject([{ kind: 'BONUS', met: false }]);
    expect(await refusal(insert({ newShares: 2, oldShares: 1, quantityAfter: 14 }))).toMatch(/no published action/);
    expect(await refusal(insert({ quantityBefore: 8, quantityAfter: 12 }))).toMatch(/not of what is held/);
    expect(await refusal(insert({ quantityAfter: 11 }))).toMatch(/holding_adjustments/);
    expect(await refusal(insert({ realisedMinor: 0 }))).toMatch(/holding_adjustments/);
    const before = await largestChild();
    expect(await insert({ id: row.id })).toBe(true);
    expect(await insert()).toBe(false);
    expect(await due()).toEqual([]);
    expect((await stores.adjustments.adjustmentsOf(database.orm, { accountIds: [accountId], symbol: 'INFY' })).map(({ appliedAt: _at, ...each }: { appliedAt?: unknown } & object) => each)).toEqual([row]);
    expect(await largestChild()).toBe(before + 10);
    expect(await database.transaction((tx) => stores.adjustments.supersedeOrders(tx, { accountId, symbol: 'INFY', adjustmentId: row.id, exitsSince: null }))).toContain((await stores.execution.listOrders(database.orm, { accountIds: [accountId], actionId: mine.actionId, limit: 10 })).find(({ id }) => id === orderId)?.clientOrderId);
    expect(await stores.adjustments.supersededOrders(database.orm)).toEqual([{ accountId, symbol: 'INFY' }]);
    // A demerger leaves the shares and says what it made of the price; it is met from the day after, and an exit of the ex-date stays.
    await stores.adjustments.recordSessionMet(database.orm, exDate);
    await stores.reference.writeCorporateActions(database.orm, [{ ...published, kind: 'DEMERGER', factor: 1 }, { ...published, kind: 'RIGHTS', factor: 1 }]);
    expect(await due()).toMatchObject([{ kind: 'DEMERGER', met: false }]);
    const parted = { kind: 'DEMERGER', newShares: 1, oldShares: 1, quantityBefore: 7, quantityAfter: 7, costBeforeMinor: 1_050_000, costAfterMinor: 1_050_000, cashMinor: 0, realisedMinor: 0, priceFactor: 0.9375, partedMinor: 65_625 };
    expect(await refusal(insert({ ...parted, partedMinor: -65_625 }))).toMatch(/holding_adjustments/);
    expect(await refusal(insert({ ...parted, priceFactor: 1 }))).toMatch(/holding_adjustments/);
    expect(await refusal(insert({ ...parted, priceFactor: null }))).toMatch(/holding_adjustments|no published/);
    expect(await refusal(insert({ ...parted, priceFactor: 1.5 }))).toMatch(/holding_adjustments/);
    expect(await refusal(insert({ ...parted, kind: 'BONUS', exDate: tradingDate('2024-06-05'), happenedAt: instant('2024-06-04T18:30:00Z') }))).toMatch(/holding_adjustments|no published/);
    expect(await insert(parted)).toBe(true);
    expect((await stores.adjustments.adjustmentsOf(database.orm, { accountIds: [accountId], symbol: 'INFY' })).map(({ kind, priceFactor }) => [kind, priceFactor]).sort()).toEqual([['BONUS', null], ['DEMERGER', 0.9375]]);
    await stores.adjustments.recordSessionMet(database.orm, tradingDate('2024-06-05'));
    await stores.reference.writeCorporateActions(database.orm, [{ ...published, kind: 'DEMERGER', factor: 1, exDate: tradingDate('2024-06-06') }]);
    expect(await due(tradingDate('2024-06-06'))).toEqual([]);
    await stores.reference.writeCorporateActions(database.orm, [{ ...published, kind: 'SPLIT', factor: 0.5 }]);
    expect(await due()).toMatchObject([{ kind: 'SPLIT', met: true }]);

    /** How many shares a stop may cover, found by what is refused. */
    async function largestChild(): Promise<number> {
      let [fits, fails] = [0, 100_000];
      while (fails - fits > 1) {
        const middle = Math.floor((fits + fails) / 2);
        const message = await refusal(database.transaction(async (tx) => { await stores.execution.insertOrder(tx, { id: newId(), intent: stop!, cardId: null, parentClientOrderId: null, marketTime: now, order: { clientOrderId: newId(), accountId, symbol: 'INFY', exchange: 'NSE', side: 'SELL', quantity: middle, type: 'STOP', limitPrice: null, triggerPrice: decimal('1400'), product: 'DELIVERY', category: 'STOP_LOSS', ocoGroup: null } }); throw new Error('fits'); }));
        if (message === 'fits') fits = middle; else { expect(message).toMatch(/larger than what was cleared/); fails = middle; }
      }
      return fits;
    }
  });

  it('give a row of work to one worker at a time, and again when its lease is over', async () => {
    for (const { sequence } of await stores.outbox.claimOutbox(database.orm, { limit: 10_000, seconds: 60 })) await stores.outbox.finishOutbox(database.orm, sequence);
    expect(await stores.outbox.outboxDepth(database.orm)).toBe(0);
    const mine = path();
    await mine.confirm();
    const [row] = await stores.outbox.claimOutbox(database.orm, { limit: 10, seconds: 60 });
    expect(row).toMatchObject({ topic: 'action.confirmed', actionId: mine.actionId, attempts: 1 });
    expect(await stores.outbox.claimOutbox(database.orm, { limit: 10, seconds: 60 })).toEqual([]);
    await stores.outbox.failOutbox(database.orm, { sequence: row?.sequence ?? 0, error: 'test', seconds: 0 });
    expect(await stores.outbox.claimOutbox(database.orm, { limit: 10, seconds: 60 })).toMatchObject([{ attempts: 2 }]);
    await stores.outbox.finishOutbox(database.orm, row?.sequence ?? 0);
    expect(await stores.outbox.outboxDepth(database.orm)).toBe(0);
    expect(await stores.outbox.claimOutbox(database.orm, { limit: 10, seconds: 60 })).toEqual([]);
  });

  it('write the work that a step leaves behind in the same breath, where it leaves any', async () => {
    const [told, silent] = [path(), path()];
    for (const [mine, topic] of [[told, 'action.failed'], [silent, undefined]] as const) {
      await mine.propose();
      await database.transaction((tx) => stores.actions.moveAction(tx, { id: mine.actionId, from: 'proposed', to: 'failed', actor: 'test', payload: {}, ...(topic ? { topic } : {}) }));
    }
    const rows = await stores.outbox.claimOutbox(database.orm, { limit: 100, seconds: 60 });
    expect(rows.filter(({ actionId }) => actionId === told.actionId || actionId === silent.actionId)).toMatchObject([{ topic: 'action.failed', actionId: told.actionId }]);
    for (const { sequence } of rows) await stores.outbox.finishOutbox(database.orm, sequence);
  });

  it('let trading states and holds get stricter at any time, and looser or gone by no one’s word alone', async () => {
    const write = (state: 'ACTIVE' | 'REDUCING' | 'HALTED') => database.transaction((tx) => stores.accounts.writeTradingState(tx, { accountId: null, state, reason: 'test', actionId: null }));
    await database.transaction((tx) => stores.holds.placeHold(tx, { accountId: null, cause: 'PAUSE', state: 'REDUCING', reason: 'test', actionId: null }));
    expect((await stores.accounts.tradingStates(database.orm)).find(({ scope }) => scope === 'desk')?.state).toBe('REDUCING');
    await write('HALTED');
    expect(await refusal(write('REDUCING'))).toMatch(/may only change by a confirmed action/);
    expect(await refusal(database.transaction((tx) => stores.holds.liftHolds(tx, { accountId: null, cause: 'all', actionId: newId() })))).toMatch(/lifted by a confirmed action/);
    expect(await stores.holds.tradingHolds(database.orm)).toMatchObject([{ cause: 'PAUSE', state: 'REDUCING', resetsAt: null }]);
  });

  it('keep of two holds for one cause the stricter state and the later end, and no end where one waits for a person', async () => {
    const hold = async (cause: string, state: 'REDUCING' | 'HALTED', resetMinutes: number | null) => {
      await database.transaction((tx) => stores.holds.placeHold(tx, { accountId: null, cause, state, reason: 'test', actionId: null, resetMinutes }));
      return (await stores.holds.tradingHolds(database.orm)).find((each) => each.cause === cause);
    };
    const first = await hold('STALE_DATA', 'HALTED', 30);
    expect(await hold('STALE_DATA', 'REDUCING', 5)).toMatchObject({ state: 'HALTED', resetsAt: first?.resetsAt });
    const later = await hold('STALE_DATA', 'REDUCING', 60);
    expect(msBetween(first?.resetsAt ?? now, later?.resetsAt ?? now)).toBeGreaterThan(25 * 60_000);
    expect(await hold('STALE_DATA', 'REDUCING', null)).toMatchObject({ state: 'HALTED', resetsAt: null });
    expect((await hold('STALE_DATA', 'REDUCING', 60))?.resetsAt).toBeNull();
  });

  it('change rights, people and mandates by confirmed actions alone', async () => {
    expect(await refusal(database.transaction((tx) => stores.people.setRights(tx, somebodyElse, { accountId, canView: true, canPropose: true, canConfirm: true })))).toMatch(/may only change by a confirmed action/);
    expect(await refusal(database.transaction((tx) => stores.people.addPerson(tx, { id: newId(), name: 'mallory', role: 'owner' })))).toMatch(/may only change by a confirmed action/);
    expect(await refusal(database.transaction((tx) => stores.accounts.writeMandate(tx, { id: newId(), accountId, terms: mandateTerms({ maxPositions: 99 }), summary: '', assumptionLog: [], actionId: null })))).toMatch(/may only change by a confirmed action/);
    expect((await stores.accounts.activeMandate(database.orm, accountId))?.version).toBe(1);
  });

  it('chain the audit: every entry follows the one before it, presses and steps are recorded by themselves, and all of it verifies', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => database.transaction((tx) => stores.audit.appendAudit(tx, { kind: 'test', subject: 'chain', actor: 'test', payload: { key: `k${n}` } }))));
    expect(await refusal(database.transaction((tx) => stores.audit.appendAudit(tx, { kind: 'press.refused', subject: 'x', actor: 'x', payload: {} })))).toMatch(/recorded by the step itself/);
    expect(await refusal(database.transaction((tx) => stores.audit.appendAudit(tx, { kind: 'test', subject: 'two\nlines', actor: 'x', payload: {} })))).toMatch(/one line/);
    expect(await stores.audit.isOnRecord(database.orm, { kind: 'test', subject: 'chain', key: 'k7' })).toBe(true);
    expect(await stores.audit.isOnRecord(database.orm, { kind: 'test', subject: 'chain', key: 'k20' })).toBe(false);
    const all = await entries();
    expect(all.every((entry) => sha256(hashedText(entry)) === entry.hash)).toBe(true);
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, n) => n + 1));
    const verifier = createAuditVerifier({ publicKey: signingKey.publicKey });
    for (const line of all) verifier.add(line);
    expect(verifier.finish()).toMatchObject({ ok: true, firstBad: null });
    expect(await stores.audit.auditHead(database.orm)).toEqual({ sequence: all.length, hash: all.at(-1)?.hash });
  });
});
