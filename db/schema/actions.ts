import { sql } from 'drizzle-orm';
import { bigint, bigserial, check, doublePrecision, index, integer, jsonb, numeric, serial, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { accounts } from './accounts.ts';
import { core, day, id, minor, moment, price } from './columns.ts';

/** A card is what a person sees of an action: the candidate with its thesis and evidence. People say its number. */
export const tradeCards = core.table('trade_cards', {
  id: id(), number: serial('number').notNull().unique(), actionId: uuid('action_id').notNull(), accountId: uuid('account_id').references(() => accounts.id),
  symbol: text('symbol'), exchange: text('exchange'), direction: text('direction'), strategy: text('strategy').notNull(), status: text('status').notNull(), priority: text('priority').notNull(),
  entryPrice: price('entry_price'), quantity: integer('quantity'), valueMinor: minor('value_minor'), stopLoss: price('stop_loss'), takeProfit: price('take_profit'),
  trailing: jsonb('trailing'), tranches: jsonb('tranches'), thesis: jsonb('thesis').$type<{ text: string; evidenceId: string | null; evidenceKind: string | null }[]>().notNull(),
  risks: jsonb('risks').$type<string[]>().notNull(), confidence: doublePrecision('confidence'), edgePercent: doublePrecision('edge_percent'), horizonDays: integer('horizon_days'),
  riskMinor: minor('risk_minor'), rewardMinor: minor('reward_minor'), riskRewardRatio: doublePrecision('risk_reward_ratio'),
  guardrails: jsonb('guardrails').notNull(), riskWarnings: jsonb('risk_warnings').$type<string[]>().notNull(), playbook: text('playbook'), signalId: uuid('signal_id'), eventId: uuid('event_id'),
  modelVersion: text('model_version').notNull(), judgeRationale: text('judge_rationale'), cycleId: uuid('cycle_id'),
  createdAt: moment('created_at').notNull(), marketTime: moment('market_time').notNull(), expiresAt: moment('expires_at'), updateCount: integer('update_count').notNull().default(0),
  approvedAt: moment('approved_at'), rejectedAt: moment('rejected_at'), executedAt: moment('executed_at'), approvedBy: uuid('approved_by'), rejectionReason: text('rejection_reason'),
}, (t) => [
  check('trade_cards_status', sql`${t.status} in ('PENDING','APPROVED','REJECTED','EXPIRED','EXECUTED','FILLED','CLOSED','BLOCKED','FAILED')`),
  index('trade_cards_status_idx').on(t.status), uniqueIndex('trade_cards_action').on(t.actionId),
]);

export const actions = core.table('actions', {
  id: id(), kind: text('kind').notNull(), accountId: uuid('account_id'),
  /** Canonical text; its SHA-256 is `digest`. */
  body: text('body').notNull(), digest: text('digest').notNull(), state: text('state').notNull(),
  proposerKind: text('proposer_kind').notNull(), proposer: text('proposer').notNull(), onBehalfOf: uuid('on_behalf_of'), channel: text('channel').notNull(),
  threadId: uuid('thread_id'), turn: uuid('turn'), revises: uuid('revises'), worldLabel: text('world_label').notNull(),
  reason: text('reason'), createdAt: moment('created_at').notNull(), updatedAt: moment('updated_at').notNull(), marketTime: moment('market_time').notNull(),
}, (t) => [index('actions_state').on(t.state), index('actions_account').on(t.accountId, t.createdAt), index('actions_digest').on(t.digest), index('actions_thread').on(t.threadId)]);

export const actionTransitions = core.table('action_transitions', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), actionId: uuid('action_id').notNull().references(() => actions.id),
  from: text('from_state'), to: text('to_state').notNull(), at: moment('at').notNull(), reason: text('reason'), auditSequence: bigint('audit_sequence', { mode: 'number' }),
}, (t) => [index('action_transitions_action').on(t.actionId)]);

/** Canonical snapshots by digest, stored once. */
export const snapshots = core.table('snapshots', { digest: text('digest').primaryKey(), body: text('body').notNull(), takenAt: moment('taken_at').notNull() });

export const gateReports = core.table('gate_reports', {
  id: id(), actionId: uuid('action_id').notNull().references(() => actions.id), phase: text('phase').notNull(), digest: text('digest').notNull(), body: text('body').notNull(),
  snapshotDigest: text('snapshot_digest').notNull().references(() => snapshots.digest), verdict: text('verdict').notNull(), policyVersion: text('policy_version').notNull(), at: moment('at').notNull(),
}, (t) => [index('gate_reports_action').on(t.actionId), check('gate_reports_phase', sql`${t.phase} in ('propose','confirm','tranche')`)]);

export const confirmations = core.table('confirmations', {
  id: id(), actionId: uuid('action_id').notNull().references(() => actions.id), actionDigest: text('action_digest').notNull(), reportDigest: text('report_digest').notNull(),
  accountId: uuid('account_id'), eligible: uuid('eligible').array().notNull(), approvalsNeeded: integer('approvals_needed').notNull(),
  threadId: uuid('thread_id'), shownAt: moment('shown_at').notNull(), expiresAt: moment('expires_at').notNull(), referencePrice: price('reference_price'), driftPercent: doublePrecision('drift_percent'),
  /** SHA-256 of what the person was shown. */
  renderingDigest: text('rendering_digest').notNull(),
  status: text('status').notNull(), decidedBy: uuid('decided_by'), decidedAt: moment('decided_at'), decidedIn: text('decided_in'), reason: text('reason'),
}, (t) => [
  check('confirmations_status', sql`${t.status} in ('pending','confirmed','rejected','expired','superseded')`),
  uniqueIndex('confirmations_open').on(t.actionId).where(sql`${t.status} = 'pending'`), index('confirmations_thread').on(t.threadId, t.status),
]);

/** Each yes on its own, for four-eyes. */
export const approvals = core.table('approvals', {
  id: id(), confirmationId: uuid('confirmation_id').notNull().references(() => confirmations.id), personId: uuid('person_id').notNull(), channel: text('channel').notNull(), at: moment('at').notNull(),
}, (t) => [uniqueIndex('approvals_person').on(t.confirmationId, t.personId)]);

export const clearances = core.table('clearances', {
  id: id(), actionId: uuid('action_id').notNull().references(() => actions.id), confirmationId: uuid('confirmation_id').references(() => confirmations.id),
  reportId: uuid('report_id').notNull().references(() => gateReports.id), body: text('body').notNull(), signature: text('signature').notNull(), keyId: text('key_id').notNull(),
  issuedAt: moment('issued_at').notNull(), expiresAt: moment('expires_at').notNull(), consumedAt: moment('consumed_at'),
}, (t) => [uniqueIndex('clearances_action').on(t.actionId)]);

/** Written before anything is sent: the send is a consequence of this row. */
export const orderIntents = core.table('order_intents', {
  id: id(), clearanceId: uuid('clearance_id').notNull().references(() => clearances.id), actionId: uuid('action_id').notNull(), accountId: uuid('account_id').notNull(),
  leg: text('leg').notNull(), clientOrderId: text('client_order_id').notNull().unique(), spec: text('spec').notNull(), state: text('state').notNull(), message: text('message'),
  attempts: integer('attempts').notNull().default(0), createdAt: moment('created_at').notNull(), updatedAt: moment('updated_at').notNull(),
}, (t) => [uniqueIndex('order_intents_leg').on(t.actionId, t.leg), index('order_intents_state').on(t.state),
  check('order_intents_state_values', sql`${t.state} in ('WAITING','READY','SENDING','SENT','UNKNOWN','DONE','VOID')`)]);

export const orders = core.table('orders', {
  id: id(), intentId: uuid('intent_id').notNull().references(() => orderIntents.id), clearanceId: uuid('clearance_id').notNull().references(() => clearances.id),
  actionId: uuid('action_id').notNull(), cardId: uuid('card_id'), accountId: uuid('account_id').notNull(), symbol: text('symbol').notNull(), exchange: text('exchange').notNull(),
  clientOrderId: text('client_order_id').notNull().unique(), brokerOrderId: text('broker_order_id'), parentClientOrderId: text('parent_client_order_id'), ocoGroup: text('oco_group'), category: text('category').notNull(),
  type: text('type').notNull(), side: text('side').notNull(), product: text('product').notNull(), quantity: integer('quantity').notNull(), limitPrice: price('limit_price'), triggerPrice: price('trigger_price'),
  status: text('status').notNull(), message: text('message'), filledQuantity: integer('filled_quantity').notNull(), averagePrice: price('average_price'),
  createdAt: moment('created_at').notNull(), updatedAt: moment('updated_at').notNull(), marketTime: moment('market_time').notNull(),
  /** The corporate action that has made its price and quantity those of shares that are no more; it is taken away at the broker. */
  supersededBy: uuid('superseded_by').references(() => holdingAdjustments.id),
}, (t) => [index('orders_account').on(t.accountId, t.createdAt), index('orders_status').on(t.status), index('orders_action').on(t.actionId)]);

export const fills = core.table('fills', {
  id: id(), orderId: uuid('order_id').notNull().references(() => orders.id), brokerFillId: text('broker_fill_id').notNull(), accountId: uuid('account_id').notNull(),
  quantity: integer('quantity').notNull(), price: price('price').notNull(), chargesMinor: minor('charges_minor').notNull(), charges: jsonb('charges').notNull(),
  happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(), realisedMinor: minor('realised_minor').notNull(),
  /** Of what kind the price was that a paper broker filled at, and from when where it was stored (`Quote.spreadFrom`). */
  pricedFrom: text('priced_from'), pricedAt: moment('priced_at'),
}, (t) => [uniqueIndex('fills_broker').on(t.accountId, t.brokerFillId), index('fills_account').on(t.accountId, t.happenedAt)]);

export const positions = core.table('positions', {
  id: id(), accountId: uuid('account_id').notNull(), actionId: uuid('action_id').notNull(), cardId: uuid('card_id'), symbol: text('symbol').notNull(), exchange: text('exchange').notNull(),
  /** Signed. */
  quantity: integer('quantity').notNull(), averagePrice: price('average_price').notNull(), costMinor: minor('cost_minor').notNull(),
  /** Quantity and cost when the position last grew, so that the average stays exact. */
  basisQuantity: integer('basis_quantity').notNull(), basisCostMinor: minor('basis_cost_minor').notNull(), bestPrice: price('best_price'), stopLoss: price('stop_loss'), takeProfit: price('take_profit'), trailing: jsonb('trailing'),
  realisedMinor: minor('realised_minor').notNull(), feesMinor: minor('fees_minor').notNull(), openedAt: moment('opened_at').notNull(), closedAt: moment('closed_at'), updatedAt: moment('updated_at').notNull(),
}, (t) => [index('positions_account').on(t.accountId), uniqueIndex('positions_open').on(t.accountId, t.symbol).where(sql`${t.closedAt} is null`)]);

/** What a split, bonus, consolidation, dividend, rights issue or demerger did to an account's shares as the ex-date found them, once: `newShares` for every `oldShares`. */
export const holdingAdjustments = core.table('holding_adjustments', {
  id: id(), accountId: uuid('account_id').notNull().references(() => accounts.id), symbol: text('symbol').notNull(), exDate: day('ex_date').notNull(), kind: text('kind').notNull(), subject: text('subject').notNull(),
  newShares: integer('new_shares').notNull(), oldShares: integer('old_shares').notNull(),
  /** Null where only orders were there. */
  positionId: uuid('position_id').references(() => positions.id), quantityBefore: integer('quantity_before').notNull(), quantityAfter: integer('quantity_after').notNull(),
  costBeforeMinor: minor('cost_before_minor').notNull(), costAfterMinor: minor('cost_after_minor').notNull(),
  /** A fraction paid out, or the dividend. */
  cashMinor: minor('cash_minor').notNull(), realisedMinor: minor('realised_minor').notNull(),
  stopBefore: price('stop_before'), stopAfter: price('stop_after'), targetBefore: price('target_before'), targetAfter: price('target_after'),
  /** The stops and targets that clearances had listed by then: what they allow is meant in the old shares. */
  coveredIntents: uuid('covered_intents').array().notNull(),
  /** The ex-date's first moment, by the market's clock; and when the desk did it, by the wall's. */
  happenedAt: moment('happened_at').notNull(), appliedAt: moment('applied_at').notNull(),
  /** The action that a person confirmed for it, where it came too late to be worked in by itself. */
  actionId: uuid('action_id').references(() => actions.id),
  /** `GIVEN`: nobody published the ratio, the person who confirmed said it. */
  basis: text('basis').notNull().default('PUBLISHED'),
  /** Of those after the ex-date, how many were sold before it was worked in. */
  soldSince: integer('sold_since').notNull().default(0),
  /** By how much the realised result of what was sold since is more, where a split came too late: those shares cost less than was booked. */
  restatedMinor: minor('restated_minor').notNull().default(0),
  /** What a rights issue or a demerger makes of the price while the shares stay as they are; the stop and target moved by it. */
  priceFactor: numeric('price_factor', { precision: 18, scale: 12 }),
  /** What a demerger took out of the price, on the shares held then: the parted company's worth until its shares are credited. An estimate; below zero where they are owed. */
  partedMinor: minor('parted_minor').notNull().default(0),
}, (t) => [uniqueIndex('holding_adjustments_once').on(t.accountId, t.symbol, t.exDate, t.kind),
  check('holding_adjustments_terms', sql`${t.newShares} between 1 and 1000 and ${t.oldShares} between 1 and 1000 and ${t.quantityAfter} = trunc(${t.quantityBefore}::numeric * ${t.newShares} / ${t.oldShares})`),
  check('holding_adjustments_basis', sql`${t.basis} = 'PUBLISHED' or (${t.basis} = 'GIVEN' and ${t.actionId} is not null)`),
  check('holding_adjustments_price', sql`(${t.priceFactor} is not null) = (${t.kind} in ('RIGHTS', 'DEMERGER')) and (${t.priceFactor} is null or (${t.priceFactor} > 0 and ${t.priceFactor} <= 1 and ${t.newShares} = ${t.oldShares} and ${t.cashMinor} = 0 and ${t.costAfterMinor} = ${t.costBeforeMinor}))`),
  check('holding_adjustments_parted', sql`${t.partedMinor} = 0 or (${t.kind} = 'DEMERGER' and ${t.priceFactor} < 1 and sign(${t.partedMinor}) = sign(${t.quantityBefore}))`),
  check('holding_adjustments_cost', sql`${t.costBeforeMinor} - ${t.costAfterMinor} = ${t.cashMinor} - ${t.realisedMinor}`)]);

/** What came of a demerger for an account, once: shares of the resulting company with a part of the cost, or none (`into` null). */
export const partedShares = core.table('parted_shares', {
  id: id(), accountId: uuid('account_id').notNull().references(() => accounts.id), symbol: text('symbol').notNull(), exDate: day('ex_date').notNull(), into: text('into_symbol'),
  /** Shares of the resulting company for those held at the ex-date's first moment, `since`. */
  newShares: integer('new_shares').notNull(), oldShares: integer('old_shares').notNull(), quantityThen: integer('quantity_then').notNull(), quantity: integer('quantity').notNull(), since: moment('since').notNull(),
  /** The part of the cost that went over: as the company announced it, or by the measured prices. */
  costMinor: minor('cost_minor').notNull(), costBasis: text('cost_basis'), partedPercent: numeric('parted_percent', { precision: 9, scale: 6 }),
  /** Both positions as they stood after it. */
  positionId: uuid('position_id').references(() => positions.id), positionQuantity: integer('position_quantity').notNull(), positionCostMinor: minor('position_cost_minor').notNull(),
  intoPositionId: uuid('into_position_id').references(() => positions.id), intoQuantity: integer('into_quantity').notNull(), intoCostMinor: minor('into_cost_minor').notNull(),
  /** What had counted in the equity until then. */
  expectedMinor: minor('expected_minor').notNull(),
  actionId: uuid('action_id').notNull().references(() => actions.id), happenedAt: moment('happened_at').notNull(), appliedAt: moment('applied_at').notNull(),
}, (t) => [uniqueIndex('parted_shares_once').on(t.accountId, t.symbol, t.exDate), index('parted_shares_into').on(t.intoPositionId),
  check('parted_shares_terms', sql`${t.newShares} > 0 and ${t.oldShares} > 0 and case when ${t.into} is null then ${t.quantity} = 0 and ${t.costMinor} = 0 and ${t.costBasis} is null and ${t.positionId} is null and ${t.intoPositionId} is null
    else ${t.quantity} > 0 and ${t.quantity} = trunc(${t.quantityThen}::numeric * ${t.newShares} / ${t.oldShares}) and ${t.costMinor} > 0 and ${t.positionCostMinor} > 0 and ${t.costBasis} in ('GIVEN', 'PRICES') and ${t.into} <> ${t.symbol} and ${t.positionId} is not null and ${t.intoPositionId} is not null end`)]);

/** Sessions whose prices have met the desk's orders: what is announced of them later comes too late to be worked in by itself. */
export const sessionsMet = core.table('sessions_met', { date: day('date').primaryKey(), metAt: moment('met_at').notNull() });

/** The last fill of an account's broker that the desk has taken in. */
export const fillCursors = core.table('fill_cursors', { accountId: uuid('account_id').primaryKey(), brokerFillId: text('broker_fill_id').notNull() });

export const ledgerTransactions = core.table('ledger_transactions', {
  id: id(), kind: text('kind').notNull(), reason: text('reason').notNull(), clearanceId: uuid('clearance_id').references(() => clearances.id), fillId: uuid('fill_id').references(() => fills.id),
  corporateAction: text('corporate_action'), reconciliation: text('reconciliation'), opening: text('opening'), happenedAt: moment('happened_at').notNull(), knownAt: moment('known_at').notNull(),
}, (t) => [
  check('ledger_exactly_one_cause', sql`num_nonnulls(${t.clearanceId}, ${t.fillId}, ${t.corporateAction}, ${t.reconciliation}, ${t.opening}) = 1`),
  uniqueIndex('ledger_fill').on(t.fillId), uniqueIndex('ledger_opening').on(t.opening),
]);

export const ledgerEntries = core.table('ledger_entries', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), transactionId: uuid('transaction_id').notNull().references(() => ledgerTransactions.id),
  accountId: uuid('account_id').notNull().references(() => accounts.id), ledger: text('ledger').notNull(), amountMinor: minor('amount_minor').notNull(), happenedAt: moment('happened_at').notNull(),
}, (t) => [index('ledger_entries_account').on(t.accountId, t.ledger), index('ledger_entries_transaction').on(t.transactionId)]);

export const outbox = core.table('outbox', {
  sequence: bigserial('sequence', { mode: 'number' }).primaryKey(), topic: text('topic').notNull(), actionId: uuid('action_id'), payload: text('payload').notNull(),
  createdAt: moment('created_at').notNull(), attempts: integer('attempts').notNull().default(0), leaseUntil: moment('lease_until'), doneAt: moment('done_at'), lastError: text('last_error'),
}, (t) => [index('outbox_open').on(t.sequence).where(sql`${t.doneAt} is null`)]);
