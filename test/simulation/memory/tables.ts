import type { BrokerFill } from '../../../brokers/define.ts';
import type { Account, FundingPlanRow, Mandate, TradingState } from '../../../db/stores/accounts.ts';
import type { StoredAction, StoredReport } from '../../../db/stores/actions.ts';
import type { AuditEntry } from '../../../db/stores/audit.ts';
import type { StoredCard } from '../../../db/stores/cards.ts';
import type { StoredClearance, StoredConfirmation } from '../../../db/stores/confirmations.ts';
import type { Intent, StoredOrder } from '../../../db/stores/execution.ts';
import type { HoldingAdjustment } from '../../../db/stores/holding-adjustments.ts';
import type { LedgerCause, LedgerPosting } from '../../../db/stores/ledger.ts';
import type { PartedShares } from '../../../db/stores/parted-shares.ts';
import type { PersonRow, Rights } from '../../../db/stores/people.ts';
import type { StoredPosition } from '../../../db/stores/positions.ts';
import type { TradingHold } from '../../../db/stores/trading-holds.ts';
import { genesisHash } from '../../../desk/audit/verify.ts';
import type { CorporateAction } from '../../../desk/market/types.ts';
import type { Instant } from '../../../desk/time.ts';

export interface OutboxEntry { sequence: number; topic: string; actionId: string | null; payload: string; leaseUntil: Instant | null; attempts: number; doneAt: Instant | null; lastError: string | null }
export interface FillRow { id: string; orderId: string; accountId: string; fill: BrokerFill; chargesMinor: number; realisedMinor: number; knownAt: Instant }
export interface LedgerRow { id: string; kind: string; reason: string; cause: LedgerCause; happenedAt: Instant; postings: readonly LedgerPosting[] }
export interface IntentRow extends Intent { createdAt: Instant }
export interface ConfirmationRow extends StoredConfirmation { renderingDigest: string }
export interface ClearanceRow extends StoredClearance { reportId: string; issuedAt: Instant }
export interface Approval { confirmationId: string; personId: string; channel: string; at: Instant }
export interface MandateRow extends Mandate { accountId: string; active: boolean }

/** The tables that an action's path reads and writes. Rows are values: a change puts a new row in the place of the old one. */
export interface Tables {
  people: Map<string, PersonRow>; rights: Map<string, Rights & { personId: string }>; identities: Map<string, { personId: string; channel: string; externalId: string }>;
  accounts: Map<string, Account>; mandates: Map<string, MandateRow>; fundingPlans: Map<string, FundingPlanRow>; tradingStates: Map<string, TradingState & { actionId: string | null }>; holds: Map<string, TradingHold>;
  actions: Map<string, StoredAction>; reports: Map<string, StoredReport & { verdict: string }>; snapshots: Map<string, string>; cards: Map<string, StoredCard>;
  confirmations: Map<string, ConfirmationRow>; approvals: Map<string, Approval>; clearances: Map<string, ClearanceRow>; intents: Map<string, IntentRow>;
  orders: Map<string, StoredOrder>; fills: Map<string, FillRow>; cursors: Map<string, string>; positions: Map<string, StoredPosition>; adjustments: Map<string, HoldingAdjustment>; partedShares: Map<string, PartedShares>; corporateActions: Map<string, CorporateAction>; sessionsMet: Map<string, string>; ledger: Map<string, LedgerRow>;
  outbox: Map<string, OutboxEntry>; audit: Map<string, AuditEntry>; auditHead: Map<'head', { sequence: number; hash: string }>;
}
/** Oldest first; of one day a split before a bonus. */
export const byHappening = (a: HoldingAdjustment, b: HoldingAdjustment): number => (a.happenedAt !== b.happenedAt ? (a.happenedAt < b.happenedAt ? -1 : 1) : a.kind > b.kind ? -1 : 1);
export type TableName = keyof Tables;
export interface Change { table: TableName; key: string; before: unknown; after: unknown }

export const emptyTables = (): Tables => ({
  people: new Map(), rights: new Map(), identities: new Map(), accounts: new Map(), mandates: new Map(), fundingPlans: new Map(), tradingStates: new Map(), holds: new Map(),
  actions: new Map(), reports: new Map(), snapshots: new Map(), cards: new Map(), confirmations: new Map(), approvals: new Map(), clearances: new Map(), intents: new Map(),
  orders: new Map(), fills: new Map(), cursors: new Map(), positions: new Map(), adjustments: new Map(), partedShares: new Map(), corporateActions: new Map(), sessionsMet: new Map(), ledger: new Map(), outbox: new Map(), audit: new Map(), auditHead: new Map([['head', { sequence: 0, hash: genesisHash }]]),
});
