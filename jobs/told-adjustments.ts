import { appendAudit } from '../db/stores/audit.ts';
import { untoldAdjustments } from '../db/stores/holding-adjustments.ts';
import { adjustmentSentence } from '../desk/execution/adjustment-sentence.ts';
import type { Notice } from '../graph/conversation/announce.ts';
import type { Job } from './define.ts';
import type { JobServices } from './services.ts';

/** What a split, bonus, consolidation or dividend did to what is held is told to everybody concerned, once, also after a restart. */
export function toldAdjustmentsJob(services: JobServices, announce: (notice: Notice) => Promise<void>): Job {
  return {
    name: 'told_adjustments', does: 'Tells everybody concerned what a split, bonus or dividend did to what is held', schedule: { everySeconds: 5 },
    async run() {
      const untold = await untoldAdjustments(services.database.orm);
      for (const adjustment of untold) {
        const text = adjustmentSentence(adjustment);
        if (text !== null) await announce({ kind: 'holding_adjusted', severity: 'INFO', accountId: adjustment.accountId, actionId: null, source: { tool: 'corporate_actions', path: `adjustments.${adjustment.id}` }, text });
        // Said first and recorded after: a crash in between tells it twice, never not at all.
        await services.database.transaction((tx) => appendAudit(tx, { kind: 'notice.told', subject: adjustment.accountId, actor: 'desk', payload: { key: adjustment.id, text: text ?? '' } }));
      }
      return untold.length > 0 ? `${untold.length} told` : null;
    },
  };
}
