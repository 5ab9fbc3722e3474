import { accountById } from '../../db/stores/accounts.ts';
import type { StoredAction } from '../../db/stores/actions.ts';
import type { HoldingAdjustment } from '../../db/stores/holding-adjustments.ts';
import { openPositionIn, positionById } from '../../db/stores/positions.ts';
import type { Tx } from '../../db/client.ts';
import type { ActionOf } from '../../desk/actions/types.ts';
import { adjustmentSentence } from '../../desk/execution/adjustment-sentence.ts';
import { isAsPlanned, planLateAdjustment } from '../../desk/execution/late-adjustment.ts';
import { at } from '../../desk/time.ts';
import { lateAdjustmentFacts } from '../../tools/late-adjustments.ts';
import { withBookLock } from './bracket-sync.ts';
import { CannotChange } from './changes/define.ts';
import { bookEveryFill, protectAnew } from './corporate-actions.ts';
import { recordAdjustment } from './record-adjustment.ts';
import type { ExecutionServices } from './services.ts';

/**
 * Works in a split, bonus, consolidation or dividend that came late, as it was confirmed. The adjustment and the action's end (`end`) are
 * one transaction; the orders of before, which it names as superseded, are taken away after it, and a run after a crash goes on with that
 * before a price meets them (`workInCorporateActions`).
 * @throws CannotChange where it is not as it was shown; nothing has changed then.
 */
export async function workInLate(services: ExecutionServices, { stored, end }: { stored: StoredAction; end: (tx: Tx, sentence: string) => Promise<void> }): Promise<void> {
  const action = stored.action as ActionOf<'holding_adjustment'>;
  const { accountId, symbol } = action;
  await withBookLock(services, accountId, async () => {
    const account = await accountById(services.database.orm, accountId);
    const broker = account ? services.broker(account.broker) : null;
    if (!broker) throw new CannotChange('the account has no broker');
    const unlisted = await bookEveryFill(services, { reads: broker.reads, accountId, symbol });
    if (unlisted > 0) throw new CannotChange(`the broker has filled ${unlisted} of ${symbol} that it does not list yet; ask again in a minute`);
    await services.database.transaction(async (tx) => end(tx, await recordLate(tx, services, { stored, action })));
    await protectAnew(services, { broker, accountId, symbol });
  });
}

async function recordLate(tx: Tx, services: ExecutionServices, { stored, action }: { stored: StoredAction; action: ActionOf<'holding_adjustment'> }): Promise<string> {
  const { accountId, symbol, exDate, of: kind, subject, basis } = action;
  const open = await openPositionIn(tx, accountId, symbol);
  const facts = await lateAdjustmentFacts(tx, { market: services.market, accountId, symbol, exDate, kind });
  const plan = facts && planLateAdjustment(facts, action);
  if (!facts || !plan) throw new CannotChange('there is no such account any more');
  if ('refused' in plan) throw new CannotChange(plan.refused);
  if (!isAsPlanned(action, plan)) throw new CannotChange(`what is held or published of ${symbol} is not as it was shown; ask again`);
  const position = facts.positionId === null ? null : await positionById(tx, facts.positionId);
  const row = await recordAdjustment(tx, services, {
    of: { accountId, symbol, exDate, kind, subject, amount: plan.amount }, ratio: plan.ratio, priceFactor: null, effect: plan.effect, held: plan.position ? (open ?? position) : null, positionId: plan.quantityBefore === 0 ? null : facts.positionId,
    quantityBefore: plan.quantityBefore, costBeforeMinor: plan.costBeforeMinor, after: plan.position, found: { quantityAfter: plan.quantityAfter, costAfterMinor: plan.costAfterMinor, restatedMinor: plan.restatedMinor, soldSince: plan.soldSince }, bracket: plan.bracket, happenedAt: at(exDate, '00:00', services.market.zone),
    confirmed: { actionId: stored.id, basis },
  });
  if (!row) throw new CannotChange('it was worked in already');
  return sentenceOf(row);
}

const sentenceOf = (row: HoldingAdjustment): string => `Worked in. ${adjustmentSentence(row) ?? ''}`.trim();
