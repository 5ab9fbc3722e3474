import type { Database } from '../db/client.ts';
import { listAccounts } from '../db/stores/accounts.ts';
import { actionById } from '../db/stores/actions.ts';
import { alertWithKey, planDelivery, raiseAlert } from '../db/stores/alerts.ts';
import { type AuditEntry, auditEntries, auditHead } from '../db/stores/audit.ts';
import { cardOfAction } from '../db/stores/cards.ts';
import { jobRows } from '../db/stores/jobs.ts';
import { tradingHolds } from '../db/stores/trading-holds.ts';
import { uuidv7 } from '../db/uuid.ts';
import { formatMoney } from '../desk/format.ts';
import { type Instant, timeIn, type Zone } from '../desk/time.ts';
import type { DeskState } from '../channels/conversation-service.ts';
import { type AlertFacts, type AlertKind, alertText } from '../ops/alerts/templates.ts';
import type { ToolServices } from '../tools/services.ts';

const entriesAtATime = 200;
/** An action's alert is raised once, however often the audit is read. */
const once: ReadonlySet<AlertKind> = new Set(['kill_switch', 'unknown_order', 'reconciliation', 'daily_pnl', 'large_change', 'desk_silent']);
/** Causes of a hold that a person brought about and knows of. */
const ownDoing: ReadonlySet<string> = new Set(['PAUSE', 'FLATTEN']);

export interface AlertWatch {
  raise<K extends AlertKind>(kind: K, facts: AlertFacts[K], about?: { accountId?: string | null; keyPart?: string; /** The conversation has said it in every chat: only the other ways are left. */ toldInChats?: boolean }): Promise<void>;
  /** Looks at what has changed since the last look. */
  look(): Promise<void>;
}

/**
 * Turns what happens on the desk into alerts: it follows the audit, whose entries are there whatever caused them, and looks at
 * feeds and at the day's change of each account. `state`: the desk as its owner sees it.
 */
export async function createAlertWatch({ database, zone, wallNow, feedHealth, state, session, largeChangePercent, raised }: {
  database: Database; zone: Zone; wallNow: () => Instant; feedHealth: ToolServices['feedHealth']; state: () => Promise<DeskState>; /** The exchange's day once its session has begun, else null; and whether that is over. */ session: () => { day: string | null; over: boolean }; largeChangePercent: number;
  /** Something new is to be delivered. */
  raised: () => void;
}): Promise<AlertWatch> {
  /** What came before the last start was told then or is told by its state; an hour of it is read again, and known keys are passed over. */
  let read = Math.max(0, ((await auditHead(database.orm))?.sequence ?? 0) - entriesAtATime);
  const raise: AlertWatch['raise'] = async (kind, facts, about = {}) => {
    const { severity, key, title, body } = alertText(kind, facts);
    const whole = about.keyPart === undefined ? key : `${kind}:${about.keyPart}`;
    const isNew = await database.transaction(async (tx) => {
      if (once.has(kind) && (await alertWithKey(tx, whole))) return false;
      const { id, isNew } = await raiseAlert(tx, { id: uuidv7(Date.parse(wallNow())), kind, severity, key: whole, title, body, accountId: about.accountId ?? null });
      if (isNew && about.toldInChats) for (const route of ['telegram', 'discord']) await planDelivery(tx, { alertId: id, route, round: 0, state: 'dropped', error: 'told in the conversation' });
      return isNew;
    });
    if (isNew) raised();
  };
  const nameOf = async (accountId: string | null): Promise<string> => (accountId === null ? 'the whole desk' : ((await listAccounts(database.orm, [accountId]))[0]?.name ?? 'an account'));

  /** Why entries were stopped. What the desk did by itself the conversation has told in every chat already, so the chats are left out then. */
  const followHold = async (entry: AuditEntry): Promise<void> => {
    const { key, cause, reason } = JSON.parse(entry.payload) as { key: string; cause?: string; reason?: string };
    // What a corporate action did is told as well, and stops nothing.
    if (cause === undefined || reason === undefined || ownDoing.has(cause)) return;
    const accountId = entry.subject === 'desk' ? null : entry.subject;
    // What a person did, somewhere, was answered to them there: everybody else hears of it by this.
    const hold = (await tradingHolds(database.orm)).find((each) => each.accountId === accountId && each.cause === cause);
    const toldInChats = !hold?.actionId || (await actionById(database.orm, hold.actionId))?.proposer.kind !== 'person';
    const scope = await nameOf(accountId);
    if (cause === 'DISCREPANCY') await raise('reconciliation', { account: scope, difference: reason }, { accountId, keyPart: key, toldInChats });
    else await raise('kill_switch', { scope, reason }, { accountId, keyPart: key, toldInChats });
  };
  const follow = async (entry: AuditEntry): Promise<void> => {
    if (entry.kind === 'notice.told') { await followHold(entry); return; }
    if (entry.kind !== 'action.unknown' && entry.kind !== 'action.failed') return;
    const stored = await actionById(database.orm, entry.subject);
    if (!stored) return;
    const card = await cardOfAction(database.orm, stored.id);
    const name = card ? `card ${card.number}` : stored.action.kind.replaceAll('_', ' ');
    const about = { accountId: stored.accountId, keyPart: stored.id };
    if (entry.kind === 'action.unknown') await raise('unknown_order', { card: name, detail: stored.reason ?? 'the broker’s answer did not come' }, about);
    else await raise('error', { what: `${name} failed`, detail: stored.reason ?? 'No reason was given.' }, about);
  };
  const followAudit = async (): Promise<void> => {
    for (;;) {
      const entries = await auditEntries(database.orm, { after: read, limit: entriesAtATime });
      for (const entry of entries) { await follow(entry); read = entry.sequence; }
      if (entries.length < entriesAtATime) return;
    }
  };
  const lookAtFeeds = async (): Promise<void> => {
    for (const feed of await feedHealth()) if (feed.stale) await raise('stale_feed', { feed: feed.feed, lastHeard: feed.lastHeardMarketTime ? timeIn(feed.lastHeardMarketTime, zone) : null });
  };
  const lookAtJobs = async (): Promise<void> => {
    for (const job of await jobRows(database.orm)) if (job.lastOk === false) await raise('job_failed', { job: job.name.replaceAll('_', ' '), detail: job.lastMessage ?? 'No reason was given.' });
  };
  const lookAtAccounts = async (): Promise<void> => {
    // On a day without a session the change shown is that of the day before, which was told.
    const { day, over } = session();
    if (day === null) return;
    const { accounts } = await state();
    for (const { accountId, name, currency, todayPnl, todayPercent } of accounts) {
      if (todayPnl === null) continue;
      const amount = `${todayPnl > 0 ? '+' : ''}${formatMoney(Math.round(todayPnl * 100), currency)}`;
      if (todayPercent !== null && Math.abs(todayPercent) >= largeChangePercent) await raise('large_change', { account: name, percent: todayPercent, amount, day }, { accountId });
      // A day without a trade or a holding has nothing to tell.
      if (over && todayPnl !== 0) await raise('daily_pnl', { account: name, percent: todayPercent, amount, day }, { accountId });
    }
  };
  return {
    raise,
    async look() { await followAudit(); await lookAtFeeds(); await lookAtJobs(); await lookAtAccounts(); },
  };
}
