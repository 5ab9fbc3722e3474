import type { Executor } from '../../db/client.ts';
import { accountById, activeFundingPlan, activeMandate, tradingStates } from '../../db/stores/accounts.ts';
import { actionById, recentActions } from '../../db/stores/actions.ts';
import { fundingReleases } from '../../db/stores/controls.ts';
import { intentsOfAction } from '../../db/stores/confirmations.ts';
import { listActions } from '../../db/stores/actions.ts';
import { listOrders, openStatuses, ordersSince, type StoredOrder } from '../../db/stores/execution.ts';
import { balances } from '../../db/stores/ledger.ts';
import { personById, rightsOf } from '../../db/stores/people.ts';
import { openPositions, type StoredPosition } from '../../db/stores/positions.ts';
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
  const [person, allRights] = await Promise.all([personById(executor, input.personId), rightsOf(executor, input.personId)]);
  if (!person) return missing('nobody by that identity is known');
  const rights = allRights.find((row) => row.accountId === input.accountId);
  const owner = person.role === 'owner' && input.accountId === null;
  return known({ personId: person.id, role: person.role, canView: owner || (rights?.canView ?? false), canPropose: owner || (rights?.canPropose ?? false), canConfirm: owner || (rights?.canConfirm ?? false) }, 'rights', input.now);
}

/** Loss if the stop is hit, in minor units; the whole value where there is no stop. */
function openRisk(quantity: number, average: number, stop: number | null): number {
  if (stop === null) return valueMinor(average, Math.abs(quantity));
  return Math.max(0, valueMinor(quantity > 0 ? average - stop : stop - average, Math.abs(quantity)));
}

function positionFacts(held: readonly StoredPosition[], market: MarketView): PositionFacts[] {
  return held.map((position) => {
    const average = Number(position.averagePrice);
    const stop = position.stopLoss === null ? null : Number(position.stopLoss);
    return {
      positionId: position.id, accountId: position.accountId, symbol: position.symbol, sector: market.symbols().get(position.symbol)?.sector ?? null,
      quantity: position.quantity, averagePrice: average, last: market.quote(position.symbol)?.last ?? null, stop, openRiskMinor: openRisk(position.quantity, average, stop),
      trailDistance: position.trailing ? Number(position.trailing.distance) : null, exchange: position.exchange as 'NSE' | 'BSE' | 'US', product: 'DELIVERY' as const,
    };
  });
}

function openOrderFacts(orders: readonly StoredOrder[], accountId: string, market: MarketView): OpenOrderFacts[] {
  return orders.map((order) => ({
    orderId: order.id, accountId, symbol: order.symbol, side: order.side, remainingQuantity: order.quantity - order.filledQuantity,
    price: Number(order.limitPrice ?? order.triggerPrice ?? market.quote(order.symbol)?.last ?? 0) || null, category: order.category, clientOrderId: order.clientOrderId, sector: market.symbols().get(order.symbol)?.sector ?? null,
  }));
}

/**
 * Actions that were confirmed and whose orders are not at the broker yet. At the proposal all that people have said yes to
 * count. When the gates run again only what is cleared counts: clearing is done one at a time for an account, so those
 * that still wait will meet this one, and the first yes gets the last place rather than nobody.
 */
async function committedActions(executor: Executor, input: { accountId: string; exceptActionId: string; phase: 'propose' | 'confirm' | 'tranche' }) {
  const states = input.phase === 'propose' ? ['confirmed', 'cleared', 'executing'] as const : ['cleared', 'executing'] as const;
  const inFlight = (await listActions(executor, { states, accountIds: [input.accountId], limit: 500 })).filter((each) => each.id !== input.exceptActionId && each.accountId === input.accountId);
  return { inFlight, intents: inFlight.length === 0 ? [] : await intentsOfAction(executor, inFlight.map((each) => each.id)) };
}

function committedFacts(input: Awaited<ReturnType<typeof committedActions>> & { market: MarketView; positions: readonly PositionFacts[] }): { committed: GateSnapshot['committed']; unpriced: string[] } {
  const { inFlight, intents } = input;
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
async function structureMarginMinor(executor: Executor, held: readonly StoredPosition[]): Promise<number> {
  const openers = new Set(held.filter(({ quantity, symbol }) => quantity < 0 && readContract(symbol) !== null).map(({ actionId }) => actionId));
  let total = 0;
  for (const id of openers) {
    const action = (await actionById(executor, id))?.action;
    if (action?.kind === 'option_structure') total += action.marginMinor;
  }
  return total;
}

type AccountPart = Facts<'account' | 'balances' | 'mandate' | 'positions' | 'openOrders' | 'committed' | 'recentActions' | 'orderRate'> & { switches: Pick<GateSnapshot['switches'], 'desk' | 'account' | 'deskReason' | 'accountReason' | 'tripped'> };

/** Everything about the account, read once. On a reading of one moment it is all of that moment. */
export async function accountFacts(executor: Executor, input: { accountId: string | null; actionId: string; market: MarketView; now: Instant; duplicateWindowSeconds: number; /** A proposal where it is not said. */ phase?: 'propose' | 'confirm' | 'tranche' }): Promise<AccountPart> {
  const { market, now, accountId } = input;
  const read = accountId === null ? null : Promise.all([
    accountById(executor, accountId), activeMandate(executor, accountId), activeFundingPlan(executor, accountId),
    openPositions(executor, [accountId]).then(async (held) => ({ held, structuresMinor: await structureMarginMinor(executor, held) })), listOrders(executor, { accountIds: [accountId], statuses: openStatuses, limit: 500 }),
    committedActions(executor, { accountId, exceptActionId: input.actionId, phase: input.phase ?? 'propose' }), balances(executor, { accountIds: [accountId] }), fundingReleases(executor, accountId),
    recentActions(executor, { accountId, seconds: input.duplicateWindowSeconds, exceptId: input.actionId }),
  ]);
  const [states, holds, lastSecond, lastMinute, own] = await Promise.all([tradingStates(executor), tradingHolds(executor), ordersSince(executor, 1), ordersSince(executor, 60), read]);
  const tripped = holds.flatMap(({ cause, accountId: of, measured, since }) => {
    const type = SwitchType.safeParse(cause);
    return type.success && (of === null || of === accountId) ? [{ type: type.data, scope: of === null ? ('desk' as const) : ('account' as const), value: measured, at: since }] : [];
  });
  const desk = states.find((row) => row.scope === 'desk');
  const ownState = states.find((row) => row.accountId === accountId && accountId !== null);
  const switches = { desk: desk?.state ?? 'ACTIVE', deskReason: desk?.reason ?? null, account: ownState?.state ?? 'ACTIVE', accountReason: ownState?.reason ?? null, tripped } as AccountPart['switches'];
  const orderRate = known({ lastSecond, lastMinute }, 'orders', now);
  const without = (reason: string): AccountPart => { const gone = missing(reason); return { account: gone, balances: gone, mandate: gone, positions: gone, openOrders: gone, committed: [], recentActions: [], orderRate, switches }; };
  if (accountId === null || own === null) return without('the action names no account');
  const [account, mandate, plan, { held, structuresMinor }, orders, inFlight, booked, releases, recent] = own;
  if (!account) return without('there is no such account');
  const positions = positionFacts(held, market);
  const openOrders = openOrderFacts(orders, accountId, market);
  const { committed, unpriced: unpricedYes } = committedFacts({ ...inFlight, market, positions });
  const ledger = booked.get(accountId) ?? {};
  const buying = openOrders.filter((order) => order.category === 'ENTRY' && order.side === 'BUY');
  // Without a price neither what is held nor what is spoken for can be added up; none of it counts as nothing.
  const unpriced = [...new Set([...positions.filter(({ last }) => last === null), ...buying.filter(({ price }) => price === null)].map(({ symbol }) => symbol).concat(unpricedYes))];
  const cashMinor = ledger.cash;
  const holdingsMinor = positions.reduce((sum, position) => sum + valueMinor(position.last ?? 0, position.quantity), 0);
  const reservedMinor = committed.reduce((sum, each) => sum + each.valueMinor, 0) + structuresMinor
    + buying.reduce((sum, order) => sum + valueMinor(order.price ?? 0, order.remainingQuantity), 0);
  return {
    account: known({ accountId, name: account.name, type: account.type, status: account.status, mode: account.mode, broker: account.broker, baseCurrency: account.baseCurrency, liveArmedUntil: account.liveArmedUntil }, 'accounts', now),
    balances: cashMinor === undefined ? missing('the account has no ledger entries') : unpriced.length > 0 ? missing(`no price is known for ${unpriced.join(', ')}`)
      : known({ cashMinor, reservedMinor, equityMinor: cashMinor + holdingsMinor, deployableMinor: deployableMinor({ cashMinor, reservedMinor, equityMinor: cashMinor + holdingsMinor, plan, today: market.today(), released: releases.map(({ tranche }) => tranche) }) }, 'ledger', now),
    mandate: mandate ? known({ ...mandate.terms, version: mandate.version }, 'mandates', now) : missing('the account has no mandate'),
    positions: known(positions, 'positions', now), openOrders: known(openOrders, 'orders', now), committed,
    recentActions: recent, orderRate, switches,
  };
}
