import { appendAudit } from '../db/stores/audit.ts';
import { type HoldingAdjustment, untoldAdjustments } from '../db/stores/holding-adjustments.ts';
import { formatCount, formatMoneyExact } from '../desk/format.ts';
import { ratioWords } from '../desk/market/share-ratio.ts';
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

const price = (value: string): string => formatCount(Number(value));
const from = (what: string, before: string | null, after: string | null): string[] => (before === null || after === null ? [] : [`${what} ${price(before)} → ${price(after)}`]);

/** `RELIANCE 1:1 bonus: you now hold 200, before 100; stop 1,450 → 725; target 1,600 → 800.` Null where nothing was held and no order stood. */
export function adjustmentSentence(a: HoldingAdjustment): string | null {
  const { symbol, kind, quantityBefore, quantityAfter } = a;
  if (kind === 'DIVIDEND') return a.cashMinor === 0 ? null : `${symbol} dividend on ${formatCount(Math.abs(quantityBefore))} ${quantityBefore < 0 ? 'sold short' : 'held'}: ${formatMoneyExact(Math.abs(a.cashMinor), 'INR')} ${a.cashMinor < 0 ? 'paid' : 'booked'} on the ex-date ${a.exDate}.`;
  const what = `${symbol} ${ratioWords(kind, a)}`;
  if (quantityBefore === 0) return `${what}: orders of before the ex-date ${a.exDate} were cancelled; nothing was held.`;
  const held = `you now ${quantityBefore < 0 ? 'are short' : 'hold'} ${formatCount(Math.abs(quantityAfter))}, before ${formatCount(Math.abs(quantityBefore))}`;
  const fraction = a.cashMinor === 0 ? [] : [`the fraction of a share ${a.cashMinor < 0 ? 'cost' : 'brought'} ${formatMoneyExact(Math.abs(a.cashMinor), 'INR')}`];
  return `${[`${what}: ${held}`, ...from('stop', a.stopBefore, a.stopAfter), ...from('target', a.targetBefore, a.targetAfter), ...fraction].join('; ')}. Orders of before the ex-date ${a.exDate} were cancelled.`;
}
