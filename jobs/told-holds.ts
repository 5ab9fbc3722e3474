import { listAccounts } from '../db/stores/accounts.ts';
import { actionById } from '../db/stores/actions.ts';
import { appendAudit, isOnRecord } from '../db/stores/audit.ts';
import { type TradingHold, tradingHolds } from '../db/stores/trading-holds.ts';
import type { Notice } from '../graph/conversation/announce.ts';
import type { Job } from './define.ts';
import type { JobServices } from './services.ts';

/** Whatever stopped entries without a person's word is told to everybody concerned, once, also after a restart. */
export function toldHoldsJob(services: JobServices, announce: (notice: Notice) => Promise<void>): Job {
  return {
    name: 'told_holds', does: 'Tells everybody concerned when entries were stopped by a switch, the kill file or a difference with the broker', schedule: { everySeconds: 2 },
    async run() {
      const { database } = services;
      let told = 0;
      for (const hold of await tradingHolds(database.orm)) {
        const key = `${hold.scope}:${hold.cause}:${hold.since}`;
        const record = { kind: 'notice.told', subject: hold.scope, key };
        if (await isOnRecord(database.orm, record)) continue;
        if (await byDesk(services, hold)) { await announce(await noticeOf(services, hold)); told += 1; }
        // Said first and recorded after: a crash in between tells it twice, never not at all.
        await database.transaction((tx) => appendAudit(tx, { kind: record.kind, subject: record.subject, actor: 'desk', payload: { key, cause: hold.cause, reason: hold.reason } }));
      }
      return told > 0 ? `${told} told` : null;
    },
  };
}

/** What a person did they know, and whoever else sees the account finds it in the switches. */
async function byDesk({ database }: JobServices, { actionId }: TradingHold): Promise<boolean> {
  const action = actionId === null ? null : await actionById(database.orm, actionId);
  return action === null || action.proposer.kind === 'desk';
}

async function noticeOf({ database }: JobServices, { accountId, state, cause, reason, actionId }: TradingHold): Promise<Notice> {
  const where = accountId === null ? 'the whole desk' : ((await listAccounts(database.orm, [accountId]))[0]?.name ?? 'an account');
  const sentence = /[.!?]$/.test(reason) ? reason : `${reason}.`;
  const what = state === 'HALTED' ? `Halted in ${where}; open entries are being cancelled` : state === 'REDUCING' ? `No new entries in ${where}` : `A switch has tripped in ${where} and is set only to tell`;
  return {
    kind: cause === 'DISCREPANCY' ? 'discrepancy' : 'entries_stopped', severity: state === 'ACTIVE' ? 'WARNING' : 'CRITICAL', accountId, actionId, source: { tool: 'switches', path: `holds.${cause}` },
    text: `${what}. ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)} Stops and exits keep working.`,
  };
}
