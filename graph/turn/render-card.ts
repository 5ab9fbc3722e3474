import type { Card, CardCheck } from '../../agents/vocabulary.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { actionById, reportsOf, snapshotByDigest, type StoredAction } from '../../db/stores/actions.ts';
import { cardOfAction, type StoredCard } from '../../db/stores/cards.ts';
import { confirmationOf } from '../../db/stores/confirmations.ts';
import { listFills, listOrders, orderById } from '../../db/stores/execution.ts';
import { personById } from '../../db/stores/people.ts';
import { openPositionIn, positionById } from '../../db/stores/positions.ts';
import type { Executor } from '../../db/client.ts';
import type { GateReport } from '../../desk/gates/define.ts';
import { wouldPass } from '../../desk/gates/explain.ts';
import { type Currency, formatCount, formatMoney, formatPercent, formatPrice } from '../../desk/format.ts';
import type { MarketView } from '../../tools/services.ts';
import { actionSentence } from './action-sentence.ts';

const cardStates: Record<StoredCard['status'], Card['state']> = {
  PENDING: 'PENDING', APPROVED: 'APPROVED', REJECTED: 'REJECTED', EXPIRED: 'EXPIRED', EXECUTED: 'EXECUTED', FILLED: 'FILLED', CLOSED: 'CLOSED', BLOCKED: 'BLOCKED', FAILED: 'FAILED',
};

/** The card of an action as it stands now, drawn from what is stored and nothing else. */
export async function renderCard(input: { executor: Executor; market: MarketView; actionId: string; baseUrl?: string }): Promise<Card | null> {
  const { executor, market, actionId } = input;
  const stored = await actionById(executor, actionId);
  const card = await cardOfAction(executor, actionId);
  if (!stored || !card) return null;
  const latest = (await reportsOf(executor, actionId)).at(-1);
  const report = latest?.report ?? null;
  const balances = latest ? (await snapshotByDigest(executor, latest.snapshotDigest))?.snapshot.balances : undefined;
  const equityMinor = balances?.known ? balances.value.equityMinor : null;
  const confirmation = await confirmationOf(executor, actionId);
  const account = stored.accountId ? await accountById(executor, stored.accountId) : null;
  const currency: Currency = account?.baseCurrency ?? 'INR';
  const { action } = stored;
  const subject = await subjectOf(executor, action);
  const quote = subject.symbol ? market.quote(subject.symbol) : null;
  const pending = confirmation?.status === 'pending';
  return {
    cardNumber: card.number, actionId, state: stored.state === 'blocked' ? 'BLOCKED' : stored.state === 'failed' ? 'FAILED' : cardStates[card.status],
    headline: actionSentence(action, { currency, symbol: subject.symbol, held: subject.held, accountName: account?.name ?? null, last: quote?.last ?? null, personName: 'personId' in action ? ((await personById(executor, action.personId))?.name ?? null) : null, toName: action.kind === 'transfer_cash' ? ((await accountById(executor, action.toAccountId))?.name ?? null) : null }),
    worstLoss: worstLoss(report, card, { currency, equityMinor }), account: account?.name ?? '', exchange: card.exchange, symbol: subject.symbol,
    entry: card.entryPrice === null ? null : Number(card.entryPrice), stop: card.stopLoss === null ? null : Number(card.stopLoss), target: card.takeProfit === null ? null : Number(card.takeProfit), last: quote?.last ?? null,
    why: card.thesis.map((bullet) => ({ ...bullet, url: null })), against: [...card.risks, ...warningsOf(report)],
    gates: gatesOf(report), counterfactuals: report ? wouldPass(report) : [],
    confirmation: pending && confirmation ? { id: confirmation.id, digest: confirmation.actionDigest, expiresAt: confirmation.expiresAt, driftPercent: confirmation.driftPercent } : null,
    outcome: await outcomeOf(executor, stored, currency), world: market.label(), marketTime: stored.marketTime,
    // Confirm and Reject follow from `confirmation`; these are what else one may want to know.
    choices: pending && action.kind === 'enter' ? [{ label: 'Why not bigger?', command: `/why ${card.number} bigger`, style: 'plain' as const }] : [],
  };
}

async function subjectOf(executor: Executor, action: StoredAction['action']): Promise<{ symbol: string | null; held: number | null }> {
  if ('symbol' in action) {
    const position = 'accountId' in action && (action.kind === 'reduce' || action.kind === 'exit') ? await openPositionIn(executor, action.accountId, action.symbol) : null;
    return { symbol: action.symbol, held: position?.quantity ?? null };
  }
  if (action.kind === 'modify' && action.positionId) { const position = await positionById(executor, action.positionId); return { symbol: position?.symbol ?? null, held: position?.quantity ?? null }; }
  const orderId = action.kind === 'cancel' || action.kind === 'modify' ? action.orderId : undefined;
  return { symbol: orderId ? ((await orderById(executor, orderId))?.symbol ?? null) : null, held: null };
}

function worstLoss(report: GateReport | null, card: StoredCard, { currency, equityMinor }: { currency: Currency; equityMinor: number | null }): string {
  if (!report) return '';
  if (report.worstLossMinor === null) return report.reducesRisk ? 'Reduces risk, so limits do not apply.' : '';
  const share = equityMinor ? ` (${formatPercent((report.worstLossMinor / equityMinor) * 100, 2)} of equity)` : '';
  const ratio = card.riskRewardRatio ? ` Reward : risk ${card.riskRewardRatio.toFixed(1)}.` : '';
  return `Most you can lose: ${formatMoney(report.worstLossMinor, currency)}${share} incl. charges.${ratio}`;
}

const warningsOf = (report: GateReport | null): string[] => report?.checks.filter((check) => check.severity === 'WARN' && check.code !== 'NOT_APPLICABLE').map((check) => check.message) ?? [];

export function gatesOf(report: GateReport | null): Card['gates'] {
  const checks: CardCheck[] = (report?.checks ?? []).filter((check) => check.code !== 'NOT_APPLICABLE')
    .map(({ id, severity, passed, measured, limit, unit, headroom, message }) => ({ id, severity, passed, measured, limit, unit, headroom, message }));
  return { passed: checks.filter((check) => check.passed && check.severity === 'INFO').length, warnings: checks.filter((check) => check.severity === 'WARN').length, blocks: checks.filter((check) => check.severity === 'BLOCK').length, checks };
}

/** One line for what came of it; null while it is open. */
export async function outcomeOf(executor: Executor, stored: StoredAction, currency: Currency): Promise<string | null> {
  switch (stored.state) {
    case 'blocked': return `Blocked: ${stored.reason ?? 'the gates refused it'}`;
    case 'rejected': return `Rejected${stored.reason ? `: ${stored.reason}` : '.'}`;
    case 'expired': return `Not sent: ${stored.reason ?? 'it expired'}.`;
    case 'failed': return stored.reason ?? 'It failed.';
    case 'unknown': return stored.reason;
    case 'done': return doneSentence(executor, stored, currency);
    default: return null;
  }
}

async function doneSentence(executor: Executor, stored: StoredAction, currency: Currency): Promise<string> {
  if (stored.action.kind === 'option_structure') return structureOutcome(executor, stored, currency);
  if (!['enter', 'exit', 'reduce', 'close_all'].includes(stored.action.kind) || !stored.accountId) return stored.reason ?? 'Done.';
  const fills = (await listFills(executor, { accountIds: [stored.accountId], actionId: stored.id, limit: 500 })).filter((fill) => fill.category === 'ENTRY' || fill.category === 'EXIT');
  const orders = await listOrders(executor, { accountIds: [stored.accountId], actionId: stored.id, limit: 50 });
  const main = orders.find((order) => order.category === 'ENTRY' || order.category === 'EXIT');
  if (fills.length === 0) return main ? (main.status === 'REJECTED' ? `The broker rejected it: ${main.message ?? 'no reason given'}.` : `Sent: working at the broker, nothing filled yet.`) : (stored.reason ?? 'Done.');
  const quantity = fills.reduce((sum, fill) => sum + fill.quantity, 0);
  const average = fills.reduce((sum, fill) => sum + fill.quantity * fill.price, 0) / quantity;
  const rest = main && quantity < main.quantity ? ` of ${formatCount(main.quantity)}` : '';
  const children = orders.filter((order) => ['OPEN', 'PARTIALLY_FILLED', 'PENDING'].includes(order.status));
  const stop = children.some((order) => order.category === 'STOP_LOSS' || order.category === 'TRAIL');
  const target = children.some((order) => order.category === 'TAKE_PROFIT');
  const bracket = stop && target ? '; stop and target are working' : stop ? '; the stop is working' : '';
  return `Filled ${formatCount(quantity)}${rest} at ${formatPrice(Number(average.toFixed(2)), currency)}${bracket}.`;
}

/** What a structure cost or brought in, all legs together. */
async function structureOutcome(executor: Executor, stored: StoredAction, currency: Currency): Promise<string> {
  const fills = stored.accountId ? await listFills(executor, { accountIds: [stored.accountId], actionId: stored.id, limit: 500 }) : [];
  const paid = fills.reduce((sum, { side, quantity, price }) => sum + (side === 'BUY' ? 1 : -1) * quantity * price, 0);
  return `${stored.reason ?? 'Done.'} ${paid >= 0 ? 'Paid' : 'Received'} ${formatMoney(Math.round(Math.abs(paid) * 100), currency)} in premium.`;
}
