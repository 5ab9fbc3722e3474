import type { Tx } from '../../db/client.ts';
import type { StoredAction } from '../../db/stores/actions.ts';
import { appendAudit } from '../../db/stores/audit.ts';
import { insertPartedShares, type PartedShares } from '../../db/stores/parted-shares.ts';
import { openPositionIn, savePosition, type StoredPosition } from '../../db/stores/positions.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { ActionOf } from '../../desk/actions/types.ts';
import { decimal } from '../../desk/decimal.ts';
import { askedBy, type CreditPlan, isAsCredited, planCredit } from '../../desk/execution/parted-shares.ts';
import { averagePrice, openCostMinor, type Position } from '../../desk/execution/position.ts';
import { formatCount, formatMoneyExact } from '../../desk/format.ts';
import { at } from '../../desk/time.ts';
import { partedFacts } from '../../tools/parted-facts.ts';
import { syncUnderLock, withBookLock } from './bracket-sync.ts';
import { CannotChange } from './changes/define.ts';
import { bookEveryFill } from './corporate-actions.ts';
import type { ExecutionServices } from './services.ts';

/**
 * Credits the shares of a parted company as it was confirmed, or ends what was expected. Both positions, the row that makes it happen once,
 * the audit and the action's end (`end`) are one transaction. No money moves and no ledger: the cost goes from one position to the other.
 * A stop that protects the resulting company's shares already grows over the new ones; a crash before it does leaves that to the next look.
 * @throws CannotChange where it is not as it was shown; nothing has changed then.
 */
export async function creditParted(services: ExecutionServices, { stored, end }: { stored: StoredAction; end: (tx: Tx, sentence: string) => Promise<void> }): Promise<void> {
  const action = stored.action as ActionOf<'parted_shares'>;
  const { accountId } = action;
  await withBookLock(services, accountId, async () => {
    const account = await accountById(services.database.orm, accountId);
    const broker = account ? services.broker(account.broker) : null;
    if (!broker) throw new CannotChange('the account has no broker');
    for (const symbol of action.into === null ? [action.symbol] : [action.symbol, action.into]) {
      const unlisted = await bookEveryFill(services, { reads: broker.reads, accountId, symbol });
      if (unlisted > 0) throw new CannotChange(`the broker has filled ${unlisted} of ${symbol} that it does not list yet; ask again in a minute`);
    }
    const grown = await services.database.transaction(async (tx) => {
      const { row, sentence } = await record(tx, services, { stored, action });
      await end(tx, sentence);
      return row.intoPositionId;
    });
    if (grown !== null) await syncUnderLock(services, { positionId: grown });
  });
}

async function record(tx: Tx, services: ExecutionServices, { stored, action }: { stored: StoredAction; action: ActionOf<'parted_shares'> }): Promise<{ row: PartedShares; sentence: string }> {
  const { accountId, symbol, exDate, into } = action;
  const [parent, resulting] = [await openPositionIn(tx, accountId, symbol), into === null ? null : await openPositionIn(tx, accountId, into)];
  const facts = await partedFacts(tx, { market: services.market, accountId, symbol, exDate, into });
  const plan = facts && planCredit(facts, askedBy(action));
  if (!plan) throw new CannotChange('there is no such account any more');
  if ('refused' in plan) throw new CannotChange(plan.refused);
  if (!isAsCredited(action, plan)) throw new CannotChange(`what is held or published of ${symbol} is not as it was shown; ask again`);
  const { credit } = plan;
  const saved = credit && parent ? { parent, resulting: resulting ?? openedBy(services, { stored, parent, into: credit.into, costMinor: credit.costMinor, quantity: credit.quantity }) } : null;
  if (credit && saved) {
    await savePosition(tx, withShares(saved.parent, credit.parent));
    await savePosition(tx, withShares(saved.resulting, credit.resulting));
  }
  const row: PartedShares = {
    id: uuidv7(Date.parse(services.wallNow())), accountId, symbol, exDate, into, newShares: action.newShares, oldShares: action.oldShares, quantityThen: plan.quantityThen, quantity: credit?.quantity ?? 0, since: at(exDate, '00:00', services.market.zone),
    costMinor: credit?.costMinor ?? 0, costBasis: credit?.costBasis ?? null, partedPercent: action.partedPercent,
    positionId: saved?.parent.id ?? null, positionQuantity: credit?.parent.quantity ?? 0, positionCostMinor: credit ? openCostMinor(credit.parent) : 0, intoPositionId: saved?.resulting.id ?? null, intoQuantity: credit?.resulting.quantity ?? 0, intoCostMinor: credit ? openCostMinor(credit.resulting) : 0,
    expectedMinor: plan.expectedMinor, actionId: stored.id, happenedAt: services.market.now(),
  };
  if (!(await insertPartedShares(tx, row))) throw new CannotChange('it was credited already');
  await appendAudit(tx, { kind: 'corporate_action.credited', subject: accountId, actor: 'desk', payload: { ...row, source: 'given by the person who confirmed' } });
  return { row, sentence: sentenceOf(action, plan) };
}

const withShares = (stored: StoredPosition, { quantity, basis }: Position): StoredPosition => {
  const after: Position = { quantity, basis, realisedMinor: stored.realisedMinor, chargesMinor: stored.feesMinor };
  return { ...stored, quantity, averagePrice: averagePrice(after, 6) ?? stored.averagePrice, costMinor: openCostMinor(after), basisQuantity: basis.quantity, basisCostMinor: basis.costMinor };
};

/** A position that no order made: without a stop until somebody sets one. */
const openedBy = (services: ExecutionServices, { stored, parent, into, costMinor, quantity }: { stored: StoredAction; parent: StoredPosition; into: string; costMinor: number; quantity: number }): StoredPosition => ({
  id: uuidv7(Date.parse(services.wallNow())), accountId: parent.accountId, actionId: stored.id, cardId: null, symbol: into, exchange: parent.exchange, quantity, averagePrice: decimal((costMinor / 100 / quantity).toFixed(6)), costMinor, basisQuantity: quantity, basisCostMinor: costMinor,
  bestPrice: null, stopLoss: null, takeProfit: null, trailing: null, realisedMinor: 0, feesMinor: 0, openedAt: services.market.now(), closedAt: null,
});

function sentenceOf({ symbol }: ActionOf<'parted_shares'>, { credit, expectedMinor }: CreditPlan): string {
  if (!credit) return `No shares of the ${symbol} demerger are expected any more; ${formatMoneyExact(Math.abs(expectedMinor), 'INR')} that counted in the equity ${expectedMinor < 0 ? 'against it' : ''} is gone.`.replace('  ', ' ');
  const cost = (position: Position): string => formatMoneyExact(openCostMinor(position), 'INR');
  return `Credited: you now hold ${formatCount(credit.resulting.quantity)} ${credit.into} at a cost of ${cost(credit.resulting)}; ${symbol} keeps ${cost(credit.parent)}.`;
}
