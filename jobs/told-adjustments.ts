import { appendAudit, isOnRecord } from '../db/stores/audit.ts';
import { unadjustedHoldings, untoldAdjustments } from '../db/stores/holding-adjustments.ts';
import { openPositions } from '../db/stores/positions.ts';
import { adjustmentSentence } from '../desk/execution/adjustment-sentence.ts';
import type { Notice } from '../graph/conversation/announce.ts';
import type { Job } from './define.ts';
import type { JobServices } from './services.ts';

/** What a split, bonus, consolidation, dividend, rights issue or demerger did to what is held is told to everybody concerned, once, also after a restart. */
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
      const heldBack = await tellHeldBack(services, announce);
      return untold.length + heldBack > 0 ? `${untold.length + heldBack} told` : null;
    },
  };
}

/** Whoever holds a share that is parted today is told once that its stop waits for the first price, and what an exit does meanwhile. */
async function tellHeldBack({ database, market }: JobServices, announce: (notice: Notice) => Promise<void>): Promise<number> {
  const today = market.today();
  const due = (await unadjustedHoldings(database.orm, { today, asOf: market.now(), zone: market.zone })).filter(({ kind, factor, exDate, met }) => kind === 'DEMERGER' && factor === 1 && exDate === today && !met);
  const held = due.length === 0 ? [] : await openPositions(database.orm, due.map(({ accountId }) => accountId));
  let told = 0;
  for (const { accountId, symbol, exDate } of due) {
    const position = held.find((each) => each.accountId === accountId && each.symbol === symbol);
    const key = `held-back:${symbol}:${exDate}`;
    if (!position || (await isOnRecord(database.orm, { kind: 'notice.told', subject: accountId, key }))) continue;
    const stop = position.stopLoss === null ? '' : `, so the stop of ${position.stopLoss} is held back until then and moved by as much`;
    const text = `${symbol} goes ex its demerger today. What that takes out of the price is known with the first trade${stop}. An exit that you ask for meanwhile goes out as always.`;
    await announce({ kind: 'holding_adjusted', severity: 'WARNING', accountId, actionId: null, source: { tool: 'corporate_actions', path: key }, text });
    await database.transaction((tx) => appendAudit(tx, { kind: 'notice.told', subject: accountId, actor: 'desk', payload: { key, text } }));
    told += 1;
  }
  return told;
}
