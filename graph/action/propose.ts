import { closeConfirmation, confirmationOf } from '../../db/stores/confirmations.ts';
import { actionById, createAction, moveAction, recordReport, reportsOf, type StoredAction } from '../../db/stores/actions.ts';
import { type CardTerms, insertCard } from '../../db/stores/cards.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { GateReport } from '../../desk/gates/define.ts';
import { evaluateGates } from '../../desk/gates/evaluate.ts';
import { actionDigest } from '../../desk/actions/digest.ts';
import { canonicalJson, sha256 } from '../../desk/canonical.ts';
import { valueMinor } from '../../desk/decimal.ts';
import type { GateSnapshot } from '../../desk/gates/snapshot.ts';
import type { Instant } from '../../desk/time.ts';
import type { ProposalInput } from '../../tools/services.ts';
import { buildSnapshot } from './snapshot-builder.ts';
import type { ActionServices } from './services.ts';

/** Whose rights count: the person who spoke, or the one an agent speaks for; the desk's own rules act for the owner. */
export const personBehind = (action: Pick<StoredAction, 'proposer'>, ownerId: string): string =>
  action.proposer.kind === 'person' ? action.proposer.personId : action.proposer.kind === 'agent' ? action.proposer.onBehalfOf : ownerId;

/** Writes the proposal down. What it replaces is closed first, so that two versions can never both be confirmed. */
export async function writeProposal(services: ActionServices, input: ProposalInput): Promise<string> {
  const { database, market } = services;
  const id = uuidv7(Date.parse(services.wallNow()));
  await database.transaction(async (tx) => {
    if (input.revises) {
      const open = await confirmationOf(tx, input.revises);
      if (open?.status === 'pending') await closeConfirmation(tx, { id: open.id, status: 'superseded', reason: 'replaced by a changed proposal', actor: 'desk' });
    }
    await createAction(tx, {
      id, action: input.action, proposer: input.proposer, channel: input.proposer.kind === 'desk' ? 'desk' : input.proposer.channel,
      threadId: input.threadId, turn: input.turn, revises: input.revises ?? null, worldLabel: market.label(), marketTime: market.now(),
    });
    await insertCard(tx, { id: uuidv7(Date.parse(services.wallNow())), actionId: id, accountId: 'accountId' in input.action ? (input.action.accountId ?? null) : null, status: 'PENDING', marketTime: market.now(), expiresAt: null, terms: cardTerms(input) });
  });
  return id;
}

function cardTerms(input: ProposalInput): CardTerms {
  const { action } = input;
  const common = {
    thesis: input.thesis ?? [], risks: input.risks ?? [], confidence: input.confidence ?? null, edgePercent: input.edgePercent ?? null, guardrails: {}, riskWarnings: [], playbook: input.playbook ?? null, signalId: input.signalId ?? null,
    modelVersion: input.modelVersion ?? 'none', judgeRationale: input.judgeRationale ?? null, cycleId: input.cycleId ?? null, priority: 'MEDIUM' as const,
  };
  const symbol = 'symbol' in action ? action.symbol : null;
  const exchange = 'exchange' in action ? (action.exchange ?? null) : null;
  if (action.kind !== 'enter') {
    return { ...common, symbol, exchange, direction: null, strategy: action.kind, entryPrice: null, quantity: 'quantity' in action ? action.quantity : null, valueMinor: null, stopLoss: null, takeProfit: null, trailing: null, horizonDays: null, riskMinor: null, rewardMinor: null, riskRewardRatio: null, eventId: null };
  }
  const entry = action.limitPrice ?? null;
  const long = action.side === 'BUY';
  const risk = entry === null ? null : valueMinor(long ? Number(entry) - Number(action.bracket.stop) : Number(action.bracket.stop) - Number(entry), action.quantity);
  const reward = entry === null || action.bracket.target === undefined ? null : valueMinor(Math.abs(Number(action.bracket.target) - Number(entry)), action.quantity);
  return {
    ...common, symbol, exchange, direction: long ? 'LONG' : 'SHORT', strategy: action.strategy, entryPrice: entry, quantity: action.quantity, valueMinor: entry === null ? null : valueMinor(entry, action.quantity),
    stopLoss: action.bracket.stop, takeProfit: action.bracket.target ?? null, trailing: action.bracket.trail ?? null, horizonDays: action.horizonDays, riskMinor: risk, rewardMinor: reward,
    riskRewardRatio: risk && reward ? reward / risk : null, eventId: action.eventId ?? null,
  };
}

/** Runs the gates on an action and stores the verdict; the action goes on as `gated` or ends as `blocked`. */
export async function gateProposal(services: ActionServices, input: { actionId: string; personId: string }): Promise<{ report: GateReport; reportId: string }> {
  const stored = await mustFind(services, input.actionId);
  const earlier = (await reportsOf(services.database.orm, stored.id)).find((each) => each.phase === 'propose');
  if (earlier) return { report: earlier.report, reportId: earlier.id };
  const snapshot = await buildSnapshot(services, { action: stored.action, actionId: stored.id, personId: input.personId, phase: 'propose' });
  const judged = judge(stored, snapshot);
  const { report } = judged;
  return services.database.transaction(async (tx) => {
    const { reportId } = await recordReport(tx, { actionId: stored.id, phase: 'propose', ...judged, nowMs: Date.parse(services.wallNow()) });
    const blocked = report.verdict === 'BLOCK';
    const reason = blocked ? (report.checks.find((check) => check.severity === 'BLOCK' && !check.passed)?.message ?? 'blocked by the gates') : null;
    await moveAction(tx, { id: stored.id, from: 'proposed', to: blocked ? 'blocked' : 'gated', ...(reason ? { reason } : {}), actor: 'gate', payload: { reportId, verdict: report.verdict }, ...(blocked ? { topic: 'action.blocked' } : {}) });
    return { report, reportId };
  });
}

/** A verdict, and the exact text of the snapshot that it is on: what was hashed is what is stored. */
export interface Judged { report: GateReport; snapshotText: string; takenAt: Instant }
export function judge(stored: Pick<StoredAction, 'action' | 'digest'>, snapshot: GateSnapshot): Judged {
  const snapshotText = canonicalJson(snapshot);
  return { report: evaluateGates({ action: stored.action, actionDigest: stored.digest, snapshot, snapshotDigest: sha256(snapshotText) }), snapshotText, takenAt: snapshot.takenAt };
}

/** The verdict on an action that nobody proposed yet. Nothing is stored. */
export async function checkHypothetical(services: ActionServices, input: { action: ProposalInput['action']; personId: string }): Promise<GateReport> {
  const snapshot = await buildSnapshot(services, { action: input.action, actionId: uuidv7(Date.parse(services.wallNow())), personId: input.personId, phase: 'propose' });
  return judge({ action: input.action, digest: actionDigest(input.action) }, snapshot).report;
}

export async function mustFind(services: ActionServices, actionId: string): Promise<StoredAction> {
  const found = await actionById(services.database.orm, actionId);
  if (!found) throw new Error(`there is no action ${actionId}`);
  return found;
}
