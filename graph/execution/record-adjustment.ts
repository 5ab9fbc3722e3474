import type { Tx } from '../../db/client.ts';
import { actionById } from '../../db/stores/actions.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { setCardStatus } from '../../db/stores/cards.ts';
import { closeConfirmation, pendingConfirmations } from '../../db/stores/confirmations.ts';
import { intentIdsFor } from '../../db/stores/execution.ts';
import { type HoldingAdjustment, insertAdjustment, supersedeOrders, type UnadjustedHolding } from '../../db/stores/holding-adjustments.ts';
import { postTransaction } from '../../db/stores/ledger.ts';
import { savePosition, type StoredPosition } from '../../db/stores/positions.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { AdjustmentEffect, BracketTerms } from '../../desk/execution/adjust-holding.ts';
import { averagePrice, openCostMinor, type Position } from '../../desk/execution/position.ts';
import { ratioWords, type ShareRatio } from '../../desk/market/share-ratio.ts';
import type { Instant } from '../../desk/time.ts';
import type { LedgerTransaction } from '../../desk/treasury/ledger.ts';
import { postingsForDividend, postingsForFraction } from '../../desk/treasury/postings.ts';
import type { ExecutionServices } from './services.ts';

type Terms = Pick<UnadjustedHolding, 'accountId' | 'symbol' | 'exDate' | 'kind' | 'subject' | 'amount'>;
export interface Adjusting {
  of: Terms; ratio: ShareRatio; /** Of a rights issue or demerger, which leave the shares. */ priceFactor: number | null; /** What the shares of the parted company are worth by that; absent: nothing is parted. */ partedMinor?: number; effect: AdjustmentEffect;
  /** The position as it stands, locked; null where only orders are there, or a dividend is of shares that are sold since. */
  held: StoredPosition | null; positionId: string | null; quantityBefore: number; costBeforeMinor: number;
  /** What is held then; null: the shares stay as they are. */
  after: Position | null;
  /** Of the shares as the ex-date found them, where some were sold or went ex again since; absent: `after` is they. */
  found?: Pick<HoldingAdjustment, 'quantityAfter' | 'costAfterMinor' | 'restatedMinor' | 'soldSince'>;
  bracket: BracketTerms | null;
  /** The ex-date's first moment. */
  happenedAt: Instant;
  /** The action that a person confirmed for it, where it came late. */
  confirmed: Pick<HoldingAdjustment, 'basis'> & { actionId: string } | null;
}

/**
 * One adjustment in the caller's transaction, under the account's and the book's lock: the row that makes it happen once, shares, cost and
 * bracket, cash, the orders of before superseded, questions about old prices closed, and the audit. Null where it was there already.
 */
export async function recordAdjustment(tx: Tx, services: ExecutionServices, adjusting: Adjusting): Promise<HoldingAdjustment | null> {
  const { of, ratio, priceFactor, effect, held, after, bracket, happenedAt, confirmed } = adjusting;
  const { quantityAfter, costAfterMinor, restatedMinor, soldSince } = adjusting.found ?? { quantityAfter: after ? after.quantity : adjusting.quantityBefore, costAfterMinor: after ? openCostMinor(after) : adjusting.costBeforeMinor, restatedMinor: 0, soldSince: 0 };
  const { accountId, symbol, exDate, kind, subject } = of;
  // Cash alone, or a right that is worth nothing, leaves every order what it was.
  const changes = kind !== 'DIVIDEND' && priceFactor !== 1;
  const row: HoldingAdjustment = {
    id: uuidv7(Date.parse(services.wallNow())), accountId, symbol, exDate, kind, subject, ...ratio, positionId: adjusting.positionId, quantityBefore: adjusting.quantityBefore, quantityAfter,
    costBeforeMinor: adjusting.costBeforeMinor, costAfterMinor, restatedMinor, soldSince, cashMinor: effect.cashMinor, realisedMinor: effect.realisedMinor,
    stopBefore: held?.stopLoss ?? null, stopAfter: bracket?.stop ?? null, targetBefore: held?.takeProfit ?? null, targetAfter: bracket?.target ?? null,
    coveredIntents: !changes ? [] : await intentIdsFor(tx, { accountId, symbol }), happenedAt, actionId: confirmed?.actionId ?? null, basis: confirmed?.basis ?? 'PUBLISHED', priceFactor, partedMinor: adjusting.partedMinor ?? 0,
  };
  if (!(await insertAdjustment(tx, row))) return null;
  if (held && after && bracket) {
    await savePosition(tx, {
      ...held, quantity: after.quantity, averagePrice: averagePrice(after, 6) ?? held.averagePrice, costMinor: openCostMinor(after), basisQuantity: after.basis.quantity, basisCostMinor: after.basis.costMinor,
      stopLoss: bracket.stop, takeProfit: bracket.target, trailing: bracket.trail, bestPrice: bracket.best, realisedMinor: after.realisedMinor, closedAt: after.quantity === 0 ? happenedAt : null,
    });
    if (after.quantity === 0) await setCardStatus(tx, { actionId: held.actionId, status: 'CLOSED' });
    else if (held.closedAt !== null) await setCardStatus(tx, { actionId: held.actionId, status: 'FILLED' });
  }
  const posting = postingOf(of, { effect: { ...effect, costMinor: effect.costMinor + restatedMinor, realisedMinor: effect.realisedMinor + restatedMinor }, ratio, restatedMinor });
  if (posting) await postTransaction(tx, { id: uuidv7(Date.parse(services.wallNow())), kind: posting.kind, reason: posting.reason, cause: posting.cause, happenedAt, knownAt: services.market.now(), postings: posting.postings });
  const superseded = !changes ? [] : await supersedeOrders(tx, { accountId, symbol, adjustmentId: row.id, exitsSince: priceFactor === null ? null : happenedAt });
  const { coveredIntents: _covered, basis, ...told } = row;
  await appendAudit(tx, { kind: 'corporate_action.applied', subject: accountId, actor: 'desk', payload: { ...told, source: basis === 'GIVEN' ? 'given by the person who confirmed' : 'published', orders: superseded } });
  if (changes) await closeQuestions(tx, { accountId, symbol, positionId: held?.id ?? null, exitsStay: priceFactor !== null, reason: `${symbol} went ex (${ratioWords(kind, ratio)}) on ${exDate}: its prices and quantities were of before; ask again` });
  return row;
}

function postingOf({ accountId, symbol, exDate, kind, subject, amount }: Terms, { effect, ratio, restatedMinor }: { effect: AdjustmentEffect; ratio: ShareRatio; restatedMinor: number }): LedgerTransaction | null {
  const corporateAction = `corporate-action:${symbol}:${exDate}:${kind}`;
  if (effect.cashMinor === 0 && effect.costMinor === 0) return null;
  if (kind === 'DIVIDEND') return postingsForDividend({ accountId, amountMinor: effect.cashMinor, corporateAction, reason: `${symbol} dividend of ${amount} a share (${subject})` });
  return postingsForFraction({ accountId, effect, corporateAction, reason: `${symbol} ${ratioWords(kind, ratio)}: ${[...(effect.cashMinor === 0 ? [] : ['the fraction of a share in cash']), ...(restatedMinor === 0 ? [] : ['the cost of what was sold since, restated'])].join('; ')}` });
}

/** Questions that show prices and quantities of before. `exitsStay`: an exit at the market shows neither where the shares stay as they are. */
async function closeQuestions(tx: Tx, { accountId, symbol, positionId, exitsStay, reason }: { accountId: string; symbol: string; positionId: string | null; exitsStay: boolean; reason: string }): Promise<void> {
  for (const { id, actionId } of await pendingConfirmations(tx, {})) {
    const stored = await actionById(tx, actionId);
    const action = stored?.accountId === accountId ? (stored.action as { kind: string; symbol?: string; positionId?: string; orderType?: string }) : null;
    if (exitsStay && (action?.kind === 'exit' || action?.kind === 'reduce') && action.orderType === 'MARKET') continue;
    if (action && (action.symbol === symbol || (positionId !== null && action.positionId === positionId))) await closeConfirmation(tx, { id, status: 'expired', reason, actor: 'desk' });
  }
}
