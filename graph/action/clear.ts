import { moveAction, recordReport, reportsOf, type StoredAction, type StoredReport } from '../../db/stores/actions.ts';
import { approvalsOf, confirmationOf, issueClearance, type StoredConfirmation } from '../../db/stores/confirmations.ts';
import { uuidv7 } from '../../db/uuid.ts';
import { clearanceExpiry, signClearance } from '../../desk/actions/clearance.ts';
import { approvalsNeeded } from '../../desk/actions/confirmation.ts';
import { driftBetween } from '../../desk/actions/drift.ts';
import { intentsFor } from '../../desk/actions/intents.ts';
import { confirmationNeeded, policyFor } from '../../desk/actions/policy.ts';
import { canonicalJson } from '../../desk/canonical.ts';
import { type Instant, msBetween, plusMs } from '../../desk/time.ts';
import { formatChange, formatPercent, formatPrice } from '../../desk/format.ts';
import type { GateSnapshot } from '../../desk/gates/snapshot.ts';
import { withAccountLock } from './account-lock.ts';
import { pricedBy, valueAtStake } from './ask.ts';
import { judge, mustFind } from './propose.ts';
import { buildSnapshot } from './snapshot-builder.ts';
import type { ActionServices } from './services.ts';

/**
 * After a won press (or a person's own explicit command): the gates again on a fresh snapshot, under the account's lock,
 * and if they pass the signed clearance with its intents. Safe to call again: what is done stays done.
 */
export const gateAgainAndClear = (services: ActionServices, actionId: string): Promise<void> =>
  mustFind(services, actionId).then(({ accountId }) => withAccountLock(services.database, accountId ?? 'desk', () => clearUnderLock(services, actionId)));

async function clearUnderLock(services: ActionServices, actionId: string): Promise<void> {
  const stored = await mustFind(services, actionId);
  if (stored.state !== 'confirmed' && stored.state !== 'gated') return;
  const confirmation = stored.state === 'confirmed' ? await confirmationOf(services.database.orm, actionId) : null;
  const personId = confirmation?.decidedBy ?? (stored.proposer.kind === 'person' ? stored.proposer.personId : services.ownerId);
  const snapshot = await buildSnapshot(services, { action: stored.action, actionId, personId, phase: 'confirm' });
  const judged = judge(stored, snapshot);
  const { report } = judged;
  const { reportId, reportDigest } = await services.database.transaction((tx) => recordReport(tx, { actionId, phase: 'confirm', ...judged, nowMs: Date.parse(services.wallNow()) }));
  const stale = confirmation && !report.reducesRisk ? lapsed(confirmation, stored, services.wallNow()) : null;
  const drift = confirmation ? stale ?? driftSince(confirmation, stored, snapshot) : null;
  const approvedBy = confirmation ? (await approvalsOf(services.database.orm, confirmation.id)).map((approval) => approval.personId) : [];
  // Counted again by what holds now: the question itself only says how many were asked for.
  const needed = confirmation ? approvalsNeeded({ kind: stored.action.kind, valueMinor: valueAtStake(stored.action, report.worstLossMinor), fourEyesMinor: snapshot.limits.fourEyesMinor }) : 0;
  const tooFew = new Set(approvedBy).size < needed ? 'it needs a second person’s yes' : null;
  const refusal = drift ?? tooFew ?? (report.verdict === 'BLOCK' ? (report.checks.find((check) => check.severity === 'BLOCK' && !check.passed)?.message ?? 'blocked by the gates') : null);
  if (refusal !== null) {
    await services.database.transaction((tx) => moveAction(tx, { id: actionId, from: stored.state, to: drift ? 'expired' : 'blocked', reason: refusal, actor: 'gate', payload: { reportId, refusal }, topic: 'action.blocked' }));
    return;
  }
  const issuedAt = services.wallNow();
  const intents = intentsFor({ actionId, actionDigest: stored.digest, action: stored.action, snapshot, report });
  const { text, signature } = signClearance({
    schema: 1, actionId, actionDigest: stored.digest, reportDigest, snapshotDigest: report.snapshotDigest, confirmationId: confirmation?.id ?? null, approvedBy, accountId: stored.accountId,
    issuedAt, expiresAt: clearanceExpiry({ action: stored.action, issuedAt, sessionClosesAt: waitsUntil(snapshot, issuedAt) }), intents,
  }, services.signingKey.privateKey);
  await issueClearance(services.database, {
    id: uuidv7(Date.parse(issuedAt)), actionId, confirmationId: confirmation?.id ?? null, reportId, body: text, signature, keyId: services.signingKey.keyId, actor: 'gate',
    intents: intents.map((intent) => ({ id: uuidv7(Date.parse(issuedAt)), leg: intent.leg, clientOrderId: intent.clientOrderId, spec: canonicalJson(intent.spec), state: intent.state })),
  });
}

/** The session's end on the wall clock, for entries that wait for a price: market minutes that are left, taken as wall minutes at most. */
function waitsUntil(snapshot: GateSnapshot, issuedAt: Instant): Instant | null {
  if (!snapshot.session.known || snapshot.session.value.closesAt === null) return null;
  return plusMs(issuedAt, Math.max(0, msBetween(snapshot.marketTime, snapshot.session.value.closesAt)));
}

/** A yes is for now: what a stopped desk could not carry out in the time that the question had is asked again. Leaving is always carried on. */
function lapsed({ decidedAt }: StoredConfirmation, stored: StoredAction, now: Instant): string | null {
  const minutes = policyFor(stored.action.kind).expiryMinutes;
  return decidedAt !== null && msBetween(decidedAt, now) > minutes * 60_000 ? `it could not be carried out within ${minutes} minutes of the yes` : null;
}

/** A sentence when the price has left the band in which the yes was given. */
function driftSince(confirmation: StoredConfirmation, stored: StoredAction, snapshot: GateSnapshot): string | null {
  if (confirmation.driftPercent === null || confirmation.referencePrice === null) return null;
  const quote = snapshot.instruments[pricedBy(stored.action) ?? '']?.quote;
  if (!quote?.known) return null;
  const drift = driftBetween({ shown: confirmation.referencePrice, now: quote.value.last, boundPercent: confirmation.driftPercent });
  if (drift.within) return null;
  return `the price is now ${formatPrice(quote.value.last, 'INR')}, ${formatChange(drift.percent)} from when it was shown, more than the ${formatPercent(confirmation.driftPercent)} that a yes covers`;
}

/** Whether a person has to press for this one, by the policy table and the gates' classification. */
export const needsPress = (stored: StoredAction, report: StoredReport): boolean =>
  confirmationNeeded({ action: stored.action, proposer: stored.proposer, lowersRisk: report.report.reducesRisk, ...(stored.proposer.kind === 'desk' ? { automaticRule: stored.proposer.rule } : {}) }) === 'press';
export const proposeReport = async (services: ActionServices, actionId: string): Promise<StoredReport | undefined> => (await reportsOf(services.database.orm, actionId)).find((each) => each.phase === 'propose');
