import type * as real from '../../../db/stores/confirmations.ts';
import type { ClearanceBody } from '../../../desk/actions/clearance.ts';
import { canonicalJson } from '../../../desk/canonical.ts';
import { type Instant, msBetween, plusMs } from '../../../desk/time.ts';
import { step } from './actions.ts';
import { writeAudit } from './audit.ts';
import { enqueue } from './outbox.ts';
import { mayConfirm } from './people.ts';
import { type MemoryStore, Refused, statement } from './store.ts';
import type { ConfirmationRow } from './tables.ts';
import { isUuid } from './uuid.ts';

/** Which kinds a person's own command confirms: `core.explicit_kinds`. */
const explicitKinds = new Set(['pause', 'kill_switch_trip', 'cancel', 'watchlist_edit', 'run_cycle', 'trigger_eval', 'disarm_live']);
const asked = (store: MemoryStore): ConfirmationRow[] => [...store.tables.confirmations.values()];
const shown = ({ renderingDigest: _digest, ...row }: ConfirmationRow): real.StoredConfirmation => row;
const byShown = (a: real.StoredConfirmation, b: real.StoredConfirmation): number => (a.shownAt + a.id < b.shownAt + b.id ? -1 : 1);

export const openConfirmation: typeof real.openConfirmation = (tx, input) => statement(tx, 'openConfirmation', (store) => {
  const { actor, ...row } = input;
  const action = store.tables.actions.get(input.actionId);
  const report = store.tables.reports.get(input.reportId);
  if (!action || report?.actionId !== action.id || report.phase !== 'propose') throw new Refused('query returned no rows', 'P0002');
  if (report.verdict !== 'PASS') throw new Refused('a blocked action cannot be confirmed');
  if (!input.eligible.every((person) => mayConfirm(store, person, action.accountId))) throw new Refused('somebody without the right is on the list');
  const approvalsNeeded = Math.max(1, input.approvalsNeeded);
  if (input.eligible.length < approvalsNeeded) throw new Refused('too few people may confirm this');
  if (!(input.seconds >= 1 && input.seconds <= 3600)) throw new Refused('a question stays open for a second to an hour');
  const now = store.now();
  const expiresAt = plusMs(now, input.seconds * 1000);
  store.put('confirmations', input.id, {
    id: input.id, actionId: action.id, actionDigest: action.digest, reportDigest: report.digest, accountId: action.accountId, eligible: [...input.eligible], approvalsNeeded, threadId: input.threadId, shownAt: now, expiresAt,
    referencePrice: input.referencePrice, driftPercent: input.driftPercent, status: 'pending', decidedBy: null, decidedAt: null, decidedIn: null, reason: null, renderingDigest: input.renderingDigest,
  });
  if (!step(store, { id: action.id, from: 'gated', to: 'awaiting_confirmation', reason: null, actor, payload: canonicalJson(row) })) throw new Refused('the action is not waiting for this', '40001');
  return { expiresAt };
});

/** `core.confirmation_decide`: one statement, one winner. */
export const decideConfirmation: typeof real.decideConfirmation = (database, { id, actionDigest, personId, channel, choice, reason }) => statement(database.orm, 'decideConfirmation', (store): real.Press => {
  const payload = canonicalJson({ confirmation: id, actionDigest, person: personId, channel, choice, reason });
  const row = store.tables.confirmations.get(id);
  if (!row) return { outcome: 'not_found', actionId: null, status: null, decidedBy: null, decidedAt: null, decidedIn: null, expiresAt: null };
  const now = store.now();
  const refused = (outcome: real.PressOutcome): real.PressOutcome => { writeAudit(store, { kind: 'press.refused', subject: row.actionId, actor: personId, payload }); return outcome; };
  const close = (status: ConfirmationRow['status'], to: 'confirmed' | 'rejected' | 'expired', why: string | null, decided: Partial<ConfirmationRow>): void => {
    store.put('confirmations', id, { ...row, status, decidedAt: now, ...decided });
    const moved = step(store, { id: row.actionId, from: 'awaiting_confirmation', to, reason: why, actor: personId, payload });
    if (!moved && to === 'confirmed') throw new Refused('the action moved on', '40001');
    enqueue(store, { topic: `action.${to}`, actionId: row.actionId, payload });
  };
  const decide = (): real.PressOutcome => {
    if (!row.eligible.includes(personId) || !mayConfirm(store, personId, row.accountId)) return refused('not_eligible');
    if (row.status !== 'pending') return 'already';
    if (actionDigest !== row.actionDigest) return refused('other_content');
    if (row.expiresAt <= now) { close('expired', 'expired', 'expired before the press', {}); return 'expired'; }
    if (choice === 'reject') { close('rejected', 'rejected', reason, { decidedBy: personId, decidedIn: channel, reason }); return 'rejected'; }
    if (choice !== 'confirm') throw new Refused(`confirm or reject, not ${choice as string}`, '22023');
    const key = `${id}/${personId}`;
    if (!store.tables.approvals.has(key)) store.put('approvals', key, { confirmationId: id, personId, channel, at: now });
    const given = [...store.tables.approvals.values()].filter((each) => each.confirmationId === id && mayConfirm(store, each.personId, row.accountId)).length;
    if (given < row.approvalsNeeded) { writeAudit(store, { kind: 'press.first_of_two', subject: row.actionId, actor: personId, payload }); return 'needs_another'; }
    close('confirmed', 'confirmed', null, { decidedBy: personId, decidedIn: channel });
    return 'won';
  };
  const outcome = decide();
  const after = store.tables.confirmations.get(id) ?? row;
  return { outcome, actionId: after.actionId, status: after.status, decidedBy: after.decidedBy, decidedAt: after.decidedAt, decidedIn: after.decidedIn, expiresAt: after.expiresAt };
});

export const closeConfirmation: typeof real.closeConfirmation = (tx, { id, status, reason, actor }) => statement(tx, 'closeConfirmation', (store) => {
  const row = store.tables.confirmations.get(id);
  if (row?.status !== 'pending') return false;
  const payload = canonicalJson({ confirmation: id, status, reason });
  store.put('confirmations', id, { ...row, status, decidedAt: store.now(), reason });
  step(store, { id: row.actionId, from: 'awaiting_confirmation', to: 'expired', reason, actor, payload });
  enqueue(store, { topic: 'action.expired', actionId: row.actionId, payload });
  return true;
});

export const confirmationById: typeof real.confirmationById = (executor, id) => statement(executor, 'confirmationById', (store) => { const row = isUuid(id) ? store.tables.confirmations.get(id) : undefined; return row ? shown(row) : null; });
export const confirmationOf: typeof real.confirmationOf = (executor, actionId) => statement(executor, 'confirmationOf', (store) => { const row = asked(store).filter((each) => each.actionId === actionId).sort(byShown).at(-1); return row ? shown(row) : null; });
export const pendingConfirmations: typeof real.pendingConfirmations = (executor, { threadId, personId }) => statement(executor, 'pendingConfirmations', (store) =>
  asked(store).filter((row) => row.status === 'pending' && (threadId === undefined || row.threadId === threadId) && (personId === undefined || row.eligible.includes(personId))).sort(byShown).map(shown));
export const overdueConfirmations: typeof real.overdueConfirmations = (executor) => statement(executor, 'overdueConfirmations', (store) =>
  asked(store).filter((row) => row.status === 'pending' && row.expiresAt <= store.now()).sort((a, b) => (a.expiresAt + a.id < b.expiresAt + b.id ? -1 : 1)).map(shown));
export const eligiblePeople: typeof real.eligiblePeople = (executor, accountId) => statement(executor, 'eligiblePeople', (store) => [...store.tables.people.keys()].filter((id) => mayConfirm(store, id, accountId)).sort());

/** `core.clearance_issue`: only for a confirmed action with a verdict after the press, or a person's own explicit command. */
export const issueClearance: typeof real.issueClearance = (database, input) => statement(database.orm, 'issueClearance', (store) => {
  const action = store.tables.actions.get(input.actionId);
  const report = store.tables.reports.get(input.reportId);
  const body = JSON.parse(input.body) as ClearanceBody;
  if (!action || report?.actionId !== action.id) throw new Refused('query returned no rows', 'P0002');
  if (report.verdict !== 'PASS') throw new Refused('the gates did not pass');
  if (body.actionId !== action.id || body.actionDigest !== action.digest || body.reportDigest !== report.digest) throw new Refused('the clearance is not about this action and report');
  if (action.state === 'confirmed') {
    if (report.phase !== 'confirm') throw new Refused('the gates must run again after the press');
    const row = store.tables.confirmations.get(input.confirmationId ?? '');
    if (row?.actionId !== action.id || row.status !== 'confirmed' || row.actionDigest !== action.digest) throw new Refused('query returned no rows', 'P0002');
    if (body.confirmationId !== row.id) throw new Refused('the clearance names another confirmation');
    if (row.decidedAt === null || report.at < row.decidedAt) throw new Refused('the verdict is older than the press');
  } else if (action.state === 'gated') {
    if (action.proposer.kind !== 'person' || !explicitKinds.has(action.action.kind) || input.confirmationId !== null) throw new Refused('this needs a confirmation');
  } else throw new Refused(`an action that is ${action.state} cannot be cleared`);
  const now = store.now();
  const lifeMs = msBetween(now, body.expiresAt);
  if (!(lifeMs >= 0 && lifeMs <= 86_400_000)) throw new Refused('a clearance lives for a day at most');
  const listed = (leg: string, clientOrderId: string, spec: string): boolean => body.intents.some((intent) => intent.leg === leg && intent.clientOrderId === clientOrderId && canonicalJson(intent.spec) === canonicalJson(JSON.parse(spec)));
  if (input.intents.length !== body.intents.length || !input.intents.every(({ leg, clientOrderId, spec }) => listed(leg, clientOrderId, spec))) throw new Refused('the intents are not those that were signed');
  if ([...store.tables.clearances.values()].some((each) => each.actionId === action.id)) throw new Refused('an action has one clearance', '23505');
  store.put('clearances', input.id, { id: input.id, actionId: action.id, confirmationId: input.confirmationId, body: input.body, signature: input.signature, keyId: input.keyId, expiresAt: body.expiresAt, consumedAt: null, reportId: report.id, issuedAt: now });
  for (const intent of input.intents) {
    store.put('intents', intent.id, { id: intent.id, clearanceId: input.id, actionId: action.id, accountId: action.accountId ?? '', leg: intent.leg, clientOrderId: intent.clientOrderId, spec: intent.spec, state: intent.state, attempts: 0, message: null, createdAt: now });
  }
  const payload = canonicalJson({ clearance: input.id, body: input.body, signature: input.signature, keyId: input.keyId, intents: input.intents });
  if (!step(store, { id: action.id, from: action.state, to: 'cleared', reason: null, actor: input.actor, payload })) throw new Refused('the action moved on', '40001');
  enqueue(store, { topic: 'action.cleared', actionId: action.id, payload });
});
const ticketed = ({ reportId: _report, issuedAt: _issued, ...row }: { reportId: string; issuedAt: Instant } & real.StoredClearance): real.StoredClearance => row;
export const clearanceOf: typeof real.clearanceOf = (executor, actionId) => statement(executor, 'clearanceOf', (store) => { const row = [...store.tables.clearances.values()].find((each) => each.actionId === actionId); return row ? ticketed(row) : null; });
export const clearanceById: typeof real.clearanceById = (executor, id) => statement(executor, 'clearanceById', (store) => { const row = store.tables.clearances.get(id); return row ? ticketed(row) : null; });
export const consumeClearance: typeof real.consumeClearance = (tx, id) => statement(tx, 'consumeClearance', (store) => {
  const row = store.tables.clearances.get(id);
  const now = store.now();
  if (!row || row.consumedAt !== null || row.expiresAt <= now) return false;
  store.put('clearances', id, { ...row, consumedAt: now });
  return true;
});
export const approvalsOf: typeof real.approvalsOf = (executor, confirmationId) => statement(executor, 'approvalsOf', (store) =>
  [...store.tables.approvals.values()].filter((each) => each.confirmationId === confirmationId).sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ personId, channel, at }) => ({ personId, channel, at })));
export const intentsOfAction: typeof real.intentsOfAction = (executor, actionIds) => statement(executor, 'intentsOfAction', (store) =>
  [...store.tables.intents.values()].filter(({ actionId }) => actionIds.includes(actionId)).sort((a, b) => (a.leg < b.leg ? -1 : 1)).map(({ id, actionId, leg, clientOrderId, spec, state }) => ({ id, actionId, leg, clientOrderId, spec, state })));
