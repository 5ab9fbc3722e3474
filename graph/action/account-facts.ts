import type { Executor } from '../../db/client.ts';
import { accountById, activeFundingPlan, activeMandate, tradingStates } from '../../db/stores/accounts.ts';
import { actionById, recentActions } from '../../db/stores/actions.ts';
import { fundingReleases } from '../../db/stores/controls.ts';
import { intentsOfAction } from '../../db/stores/confirmations.ts';
import { listActions } from '../../db/stores/actions.ts';
import { listOrders, openStatuses, ordersSince } from '../../db/stores/execution.ts';
import { balances } from '../../db/stores/ledger.ts';
import { personById, rightsOf } from '../../db/stores/people.ts';
import { openPositions } from '../../db/stores/positions.ts';
import { tradingHolds } from '../../db/stores/trading-holds.ts';
import { SwitchType } from '../../desk/actions/types.ts';
import { valueMinor } from '../../desk/decimal.ts';
import { netPremiumMinor } from '../../desk/gates/option-payoff.ts';
import { readContract } from '../../desk/options/contract-symbol.ts';
import { type GateSnapshot, known, missing, type OpenOrderFacts, type PositionFacts } from '../../desk/gates/snapshot.ts';
import { deployableMinor } from '../../desk/treasury/deployable.ts';
import type { Instant } from '../../desk/time.ts';
import type { MarketView } from '../../tools/services.ts';

type Facts<K extends keyof GateSnapshot> = Pick<GateSnapshot, K>;

export async function personFact(executor: Executor, input: { personId: string; accountId: string | null; now: Instant }): Promise<GateSnapshot['person']> {
  const person = await personById(executor, input.personId);
  if (!person) return missing('nobody by that identity is known');
  const rights = (await rightsOf(executor, person.id)).find((row) => row.accountId === input.accountId);
  const owner = person.role === 'owner' && input.accountId === null;
  return known({ personId: person.id, role: person.role, canView: owner || (rights?.canView ?? false), canPropose: owner || (rights?.canPropose ?? false), canConfirm: owner || (rights?.canConfirm ?? false) }, 'rights', input.now);
}

/** Loss if the stop is hit, in minor units; the whole value where there is no stop. */
function openRisk(quantity: number, average: number, stop: number | null): number {
  if (stop === null) return valueMinor(average, Math.abs(quantity));
  return Math.max(0, valueMinor(quantity > 0 ? average - stop : stop - average, Math.abs(quantity)));
}

export async function positionFacts(executor: Executor, input: { accountIds: readonly string[]; market: MarketView }): Promise<PositionFacts[]> {
  return (await openPositions(executor, input.accountIds)).map((position) => {
    const average = Number(position.averagePrice);
    const stop = position.stopLoss === null ? null : Number(position.stopLoss);
    return {
      positionId: position.id, accountId: position.accountId, symbol: position.symbol, sector: input.market.symbols().get(position.symbol)?.sector ?? null,
      quantity: position.quantity, averagePrice: average, last: input.market.quote(position.symbol)?.last ?? null, stop, openRiskMinor: openRisk(position.quantity, average, stop),
      trailDistance: position.trailing ? Number(position.trailing.distance) : null, exchange: position.exchange as 'NSE' | 'BSE' | 'US', product: 'DELIVERY' as const,
    };
  });
}

async function openOrderFacts(executor: Executor, accountId: string, market: MarketView): Promise<OpenOrderFacts[]> {
  return (await listOrders(executor, { accountIds: [accountId], statuses: openStatuses, limit: 500 })).map((order) => ({
    orderId: order.id, accountId, symbol: order.symbol, side: order.side, remainingQuantity: order.quantity - order.filledQuantity,
    price: Number(order.limitPrice ?? order.triggerPrice ?? market.quote(order.symbol)?.last ?? 0) || null, category: order.category, clientOrderId: order.clientOrderId, sector: market.symbols().get(order.symbol)?.sector ?? null,
  }));
}

/**
 * Actions that were confirmed and whose orders are not at the broker yet. At the proposal all that people have said yes to
 * count. When the gates run again only what is cleared counts: clearing is done one at a time for an account, so those
 * that still wait will meet this one, and the first yes gets the last place rather than nobody.
 */
async function committedFacts(executor: Executor, input: { accountId: string; exceptActionId: string; market: MarketView; phase: 'propose' | 'confirm' | 'tranche'; positions: readonly PositionFacts[] }): Promise<{ committed: GateSnapshot['committed']; unpriced: string[] }> {
  const states = input.phase === 'propose' ? ['confirmed', 'cleared', 'executing'] as const : ['cleared', 'executing'] as const;
  const inFlight = (await listActions(executor, { states, accountIds: [input.accountId], limit: 500 })).filter((each) => each.id !== input.exceptActionId && each.accountId === input.accountId);
  const intents = await intentsOfAction(executor, inFlight.map((each) => each.id));
  const exitOf = (actionId: string, position: PositionFacts, quantity: number) => ({ actionId, symbol: position.symbol, sector: position.sector, valueMinor: 0, riskMinor: 0, exitQuantity: quantity });
  const unpriced: string[] = [];
  const committed = inFlight.flatMap(({ id, action }) => {
    // From the moment that it is about to be sent it counts as an open order, and then as a position, instead.
    const main = intents.filter((intent) => intent.actionId === id && (intent.leg === 'entry' || intent.leg.startsWith('exit')));
    if (main.length > 0 && main.every((intent) => intent.state !== 'READY' && intent.state !== 'WAITING')) return [];
    const sector = 'symbol' in action ? (input.market.symbols().get(action.symbol)?.sector ?? null) : null;
    if (action.kind === 'enter') {
      const price = Number(action.limitPrice ?? input.market.quote(action.symbol)?.ask ?? 0);
      if (price === 0) unpriced.push(action.symbol);
      return [{ actionId: id, symbol: action.symbol, sector, valueMinor: valueMinor(price, action.quantity), riskMinor: openRisk(action.side === 'BUY' ? action.quantity : -action.quantity, price, Number(action.bracket.stop)) }];
    }
    // Its margin and premium are spoken for from the yes on, until its legs are held.
    if (action.kind === 'option_structure') return [{ actionId: id, symbol: action.underlying, sector, valueMinor: action.legs.some(({ effect }) => effect !== 'CLOSE') ? action.marginMinor + Math.max(0, netPremiumMinor(action)) : 0, riskMinor: action.maxLossMinor ?? 0 }];
    if (action.kind === 'reduce') return [{ actionId: id, symbol: action.symbol, sector, valueMinor: 0, riskMinor: 0, exitQuantity: action.quantity }];
    if (action.kind === 'exit') return input.positions.filter(({ positionId }) => positionId === action.positionId).map((position) => exitOf(id, position, Math.abs(position.quantity)));
    if (action.kind === 'close_all') return input.positions.map((position) => exitOf(id, position, Math.abs(position.quantity)));
    return [];
  });
  return { committed, unpriced };
}

/** What the structures that are held tie up: a short leg needs its margin for as long as it is there. */
async function structureMarginMinor(executor: Executor, accountId: string): Promise<number> {
  const openers = new Set((await openPositions(executor, [accountId])).filter(({ quantity, symbol }) => quantity < 0 && readContract(symbol) !== null).map(({ actionId }) => actionId));
  let total = 0;
  for (const id of openers) {
    const action = (await actionById(executor, id))?.action;
    if (action?.kind === 'option_structure') total += action.marginMinor;
  }
  return total;
}

type AccountPart = Facts<'account' | 'balances' | 'mandate' | 'positions' | 'openOrders' | 'committed' | 'recentActions' | 'orderRate'> & { switches: Pick<GateSnapshot['switches'], 'desk' | 'account' | 'deskReason' | 'accountReason' | 'tripped'> };

/** Everything about the account, read once. */
export async function accountFacts(executor: Executor, input: { accountId: string | null; actionId: string; market: MarketView; now: Instant; duplicateWindowSeconds: number; /** A proposal where it is not said. */ phase?: 'propose' | 'confirm' | 'tranche' }): Promise<AccountPart> {
  const { market, now, accountId } = input;
  const states = await tradingStates(executor);
  const tripped = (await tradingHolds(executor)).flatMap(({ cause, accountId: of, measured, since }) => {
    const type = SwitchType.safeParse(cause);
    return type.success && (of === null || of === accountId) ? [{ type: type.data, scope: of === null ? ('desk' as const) : ('account' as const), value: measured, at: since }] : [];
  });
  const desk = states.find((row) => row.scope === 'desk');
  const own = states.find((row) => row.accountId === accountId && accountId !== null);
  const switches = { desk: desk?.state ?? 'ACTIVE', deskReason: desk?.reason ?? null, account: own?.state ?? 'ACTIVE', accountReason: own?.reason ?? null, tripped } as AccountPart['switches'];
  const orderRate = known({ lastSecond: await ordersSince(executor, 1), lastMinute: await ordersSince(executor, 60) }, 'orders', now);
  const nothing = missing('the action names no account');
  if (accountId === null) return { account: nothing, balances: nothing, mandate: nothing, positions: nothing, openOrders: nothing, committed: [], recentActions: [], orderRate, switches };

  const account = await accountById(executor, accountId);
  if (!account) { const gone = missing('there is no such account'); return { account: gone, balances: gone, mandate: gone, positions: gone, openOrders: gone, committed: [], recentActions: [], orderRate, switches }; }
  const mandate = await activeMandate(executor, accountId);
  const plan = await activeFundingPlan(executor, accountId);
  const positions = await positionFacts(executor, { accountIds: [accountId], market });
  const openOrders = await openOrderFacts(executor, accountId, market);
  const { committed, unpriced: unpricedYes } = await committedFacts(executor, { accountId, exceptActionId: input.actionId, market, phase: input.phase ?? 'propose', positions });
  const ledger = (await balances(executor, { accountIds: [accountId] })).get(accountId) ?? {};
  const buying = openOrders.filter((order) => order.category === 'ENTRY' && order.side === 'BUY');
  // Without a price neither what is held nor what is spoken for can be added up; none of it counts as nothing.
  const unpriced = [...new Set([...positions.filter(({ last }) => last === null), ...buying.filter(({ price }) => price === null)].map(({ symbol }) => symbol).concat(unpricedYes))];
  const cashMinor = ledger.cash;
  const holdingsMinor = positions.reduce((sum, position) => sum + valueMinor(position.last ?? 0, position.quantity), 0);
  const reservedMinor = committed.reduce((sum, each) => sum + each.valueMinor, 0) + await structureMarginMinor(executor, accountId)
    + buying.reduce((sum, order) => sum + valueMinor(order.price ?? 0, order.remainingQuantity), 0);
  return {
    account: known({ accountId, name: account.name, type: account.type, status: account.status, mode: account.mode, broker: account.broker, baseCurrency: account.baseCurrency, liveArmedUntil: account.liveArmedUntil }, 'accounts', now),
    balances: cashMinor === undefined ? missing('the account has no ledger entries') : unpriced.length > 0 ? missing(`no price is known for ${unpriced.join(', ')}`)
      : known({ cashMinor, reservedMinor, equityMinor: cashMinor + holdingsMinor, deployableMinor: deployableMinor({ cashMinor, reservedMinor, equityMinor: cashMinor + holdingsMinor, plan, today: market.today(), released: (await fundingReleases(executor, accountId)).map(({ tranche }) => tranche) }) }, 'ledger', now),
    mandate: mandate ? known({ ...mandate.terms, version: mandate.version }, 'mandates', now) : missing('the account has no mandate'),
    positions: known(positions, 'positions', now), openOrders: known(openOrders, 'orders', now), committed,
    recentActions: await recentActions(executor, { accountId, seconds: input.duplicateWindowSeconds, exceptId: input.actionId }), orderRate, switches,
  };
}
