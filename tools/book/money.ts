import { activeFundingPlan } from '../../db/stores/accounts.ts';
import { listActions } from '../../db/stores/actions.ts';
import { fundingReleases } from '../../db/stores/controls.ts';
import { intentsOfAction } from '../../db/stores/confirmations.ts';
import { listOrders, openStatuses } from '../../db/stores/execution.ts';
import { balances } from '../../db/stores/ledger.ts';
import { type Minor, valueMinor } from '../../desk/decimal.ts';
import { deployableMinor, fundingPlanOf, heldBackMinor } from '../../desk/treasury/deployable.ts';
import { bufferOf } from '../../desk/treasury/ledger.ts';
import type { ToolServices } from '../services.ts';
import type { Moment } from './moment.ts';

export interface AccountMoney {
  /** Sums of the account's ledgers; null where it had no entries. */
  ledger: { cashMinor: Minor; securitiesAtCostMinor: Minor; chargesMinor: Minor; realisedMinor: Minor; depositedMinor: Minor; transitMinor: Minor } | null;
  /** For entries that are cleared or wait at the broker; null for an earlier moment, whose orders are not kept. */
  reservedMinor: Minor | null;
}

/** Balances of each account, of what had happened at the moment. Debits are positive in the ledger; gains and deposits read positive here. */
export async function moneyOf(services: ToolServices, { accountIds, moment }: { accountIds: readonly string[]; moment: Moment }): Promise<Map<string, AccountMoney>> {
  const sums = await balances(services.database.orm, { accountIds, ...(moment.now ? {} : { asOf: moment.asOf }) });
  const result = new Map<string, AccountMoney>();
  for (const accountId of accountIds) {
    const of = sums.get(accountId) ?? {};
    const cashMinor = of.cash;
    result.set(accountId, {
      ledger: cashMinor === undefined ? null : {
        cashMinor, securitiesAtCostMinor: of.securities ?? 0, chargesMinor: of.charges ?? 0, realisedMinor: negated(of.realised_pnl), depositedMinor: negated(of.external), transitMinor: of.transit ?? 0,
      },
      reservedMinor: moment.now ? await reservedOf(services, accountId) : null,
    });
  }
  return result;
}
const negated = (amount: Minor | undefined): Minor => (amount ? -amount : 0);

/** Cash that is spoken for: entries that were confirmed and are not at the broker yet, and buy entries that wait there. Null where a price is missing. */
async function reservedOf({ database, market }: ToolServices, accountId: string): Promise<Minor | null> {
  const prices: (number | null)[] = [];
  let total = 0;
  const take = (price: number | null, quantity: number): void => { prices.push(price); total += valueMinor(price ?? 0, quantity); };
  for (const order of await listOrders(database.orm, { accountIds: [accountId], statuses: openStatuses, limit: 500 })) {
    if (order.category !== 'ENTRY' || order.side !== 'BUY') continue;
    take(order.limitPrice === null ? (market.quote(order.symbol)?.last ?? null) : Number(order.limitPrice), order.quantity - order.filledQuantity);
  }
  const inFlight = (await listActions(database.orm, { states: ['confirmed', 'cleared', 'executing'], accountIds: [accountId], limit: 200 })).filter((each) => each.accountId === accountId);
  const intents = await intentsOfAction(database.orm, inFlight.map((each) => each.id));
  for (const { id, action } of inFlight) {
    if (action.kind !== 'enter') continue;
    // Once an entry's order is at the broker it counts as an order or a position instead.
    if (intents.some((intent) => intent.actionId === id && intent.leg === 'entry' && ['SENT', 'DONE', 'VOID'].includes(intent.state))) continue;
    take(action.limitPrice ? Number(action.limitPrice) : (market.quote(action.symbol)?.ask ?? null), action.quantity);
  }
  return prices.includes(null) ? null : total;
}

export interface FreeMoney { bufferMinor: Minor | null; heldBackMinor: Minor | null; deployableMinor: Minor | null; bufferPercent: number | null }

/** How much of the cash entries may use under the funding plan, and what keeps the rest. */
export async function freeMoneyOf({ database }: ToolServices, input: { accountId: string; moment: Moment; cashMinor: Minor | null; reservedMinor: Minor | null; equityMinor: Minor | null }): Promise<FreeMoney> {
  const plan = await activeFundingPlan(database.orm, input.accountId);
  const released = (await fundingReleases(database.orm, input.accountId)).filter(({ releasedOn }) => releasedOn <= input.moment.date).map(({ tranche }) => tranche);
  const today = input.moment.date;
  const { cashMinor, equityMinor } = input;
  // Of an earlier moment the reservations are not kept; then nobody can say what was free.
  const deployable = cashMinor === null || equityMinor === null || input.reservedMinor === null ? null : deployableMinor({ cashMinor, reservedMinor: input.reservedMinor, equityMinor, plan, today, released });
  return {
    bufferPercent: plan?.emergencyBufferPercent ?? null,
    bufferMinor: !plan ? 0 : equityMinor === null ? null : bufferOf(equityMinor, plan.emergencyBufferPercent),
    heldBackMinor: plan ? heldBackMinor({ plan: fundingPlanOf(plan), today, released }) : 0,
    deployableMinor: deployable,
  };
}
