import type { BrokerReads } from '../../brokers/define.ts';
import { accountById } from '../../db/stores/accounts.ts';
import { listOrders, openStatuses, type StoredOrder } from '../../db/stores/execution.ts';
import { bracketMovedSince, supersededOrders, type UnadjustedHolding } from '../../db/stores/holding-adjustments.ts';
import { openPositionIn, openPositions, type StoredPosition } from '../../db/stores/positions.ts';
import { type Decimal, decimal } from '../../desk/decimal.ts';
import { adjustBracket, adjustPosition, type AdjustmentEffect, dividendMinor } from '../../desk/execution/adjust-holding.ts';
import { openCostMinor, type Position } from '../../desk/execution/position.ts';
import { tighterStop } from '../../desk/execution/trail.ts';
import { partedWorth } from '../../desk/market/measured-factors.ts';
import { ratioOfPrices, ratioWords, type ShareRatio, shareRatio } from '../../desk/market/share-ratio.ts';
import { at, dateIn } from '../../desk/time.ts';
import { withAccountLock } from '../action/account-lock.ts';
import { syncUnderLock, withBookLock } from './bracket-sync.ts';
import { raiseDiscrepancy } from './discrepancy.ts';
import { tickOf, unadjusted, withdrawSuperseded } from './ex-date.ts';
import { asPosition } from './fills.ts';
import { changesPriceAlone, priceFactorOf } from './price-factor.ts';
import { takeInUnderLock } from './reconcile.ts';
import { recordAdjustment } from './record-adjustment.ts';
import type { ExecutionServices } from './services.ts';

/** Symbols whose prices must not meet orders yet, each with the reason; and those of a demerger whose first price is not there yet. */
export interface NotToMeet { waiting: Map<string, string>; unpriced: Set<string> }

/**
 * Works in what has gone ex, before a price of the ex-date meets any order: shares and cost, stop, target and trail, the orders of
 * before, cash. Each step is recorded where it is done, so that a run after a crash goes on with what is left. What a demerger takes out
 * of the price is known with its first price alone: the stop of before is held back from it until then.
 */
export async function workInCorporateActions(services: ExecutionServices): Promise<NotToMeet> {
  const [waiting, unpriced] = [new Map<string, string>(), new Set<string>()];
  const { due, late } = await unadjusted(services);
  for (const each of late) await putToPerson(services, each, lateSentence(each));
  const attempt = async (of: { accountId: string; symbol: string }, actions: readonly UnadjustedHolding[]): Promise<void> => {
    try {
      const outcome = await workIn(services, of, actions);
      if (outcome === 'UNPRICED') unpriced.add(of.symbol);
      if (outcome === 'TRADABLE') waiting.set(of.symbol, `an order of before its ex-date is still at the broker`);
    } catch (error) { waiting.set(of.symbol, error instanceof Error ? error.message : String(error)); }
  };
  const groups = Map.groupBy(due, ({ accountId, symbol }) => `${accountId}\n${symbol}`);
  for (const actions of groups.values()) if (actions[0]) await attempt(actions[0], actions);
  // What a crash, or a silent broker, left behind.
  for (const of of await supersededOrders(services.database.orm)) if (!groups.has(`${of.accountId}\n${of.symbol}`)) await attempt(of, []);
  return { waiting, unpriced };
}

/** `DONE` when nothing of before the ex-date can trade any more. */
const workIn = (services: ExecutionServices, { accountId, symbol }: { accountId: string; symbol: string }, actions: readonly UnadjustedHolding[]): Promise<'DONE' | 'TRADABLE' | 'UNPRICED'> =>
  withAccountLock(services.database, accountId, () => withBookLock(services, accountId, async () => {
    const account = await accountById(services.database.orm, accountId);
    const broker = account ? services.broker(account.broker) : null;
    if (!broker) throw new Error('the account has no broker');
    if (actions.length > 0) {
      const unlisted = await bookEveryFill(services, { reads: broker.reads, accountId, symbol });
      if (unlisted > 0) throw new Error(`the broker has filled ${unlisted} of ${symbol} that it does not list yet`);
    }
    // A dividend is on the shares of before a split that goes ex on the same day.
    for (const action of [...actions].sort((a, b) => (a.exDate === b.exDate ? Number(b.kind === 'DIVIDEND') - Number(a.kind === 'DIVIDEND') : a.exDate < b.exDate ? -1 : 1))) {
      if (!(changesPriceAlone(action) ? await movePrices(services, action) : await workInOne(services, action))) return 'UNPRICED';
    }
    return (await protectAnew(services, { broker, accountId, symbol })) ? 'DONE' : 'TRADABLE';
  }));

interface Of { accountId: string; symbol: string }
/** Fills of before the ex-date are counted in its shares: all of them are booked first. Returns what the broker has filled without listing it yet. */
export async function bookEveryFill(services: ExecutionServices, { reads, accountId, symbol }: Of & { reads: BrokerReads }): Promise<number> {
  await takeInUnderLock(services, { accountId, reads });
  for (const order of await listOrders(services.database.orm, { accountIds: [accountId], symbol, statuses: openStatuses, limit: 500 })) {
    const state = await reads.lookUp(accountId, order.clientOrderId);
    if (state && state.filledQuantity > order.filledQuantity) return state.filledQuantity - order.filledQuantity;
  }
  return 0;
}

/** Takes the orders of before away and sets stop and target for what is held now. True when nothing of before can trade any more. */
export async function protectAnew(services: ExecutionServices, { broker, accountId, symbol }: Of & { broker: NonNullable<ReturnType<ExecutionServices['broker']>> }): Promise<boolean> {
  const { tradable } = await withdrawSuperseded(services, { broker, accountId, symbol });
  for (const position of await openPositions(services.database.orm, [accountId])) if (position.symbol === symbol) await syncUnderLock(services, { positionId: position.id });
  return !tradable;
}

async function refuse(services: ExecutionServices, due: UnadjustedHolding, why: string): Promise<never> {
  const sentence = `${due.symbol} went ex on ${due.exDate} (${due.subject}) and is not adjusted: ${why}; its orders meet no price until it is`;
  await putToPerson(services, due, sentence);
  throw new Error(sentence);
}

const unchanged = { newShares: 1, oldShares: 1 };
async function workInOne(services: ExecutionServices, due: UnadjustedHolding): Promise<true> {
  const { accountId, symbol, exDate, kind } = due;
  const ratio = kind === 'DIVIDEND' ? unchanged : shareRatio(due.factor);
  if (!ratio) return refuse(services, due, 'no ratio of whole shares can be read from it');
  const refused = await services.database.transaction(async (tx) => {
    const stored = await openPositionIn(tx, accountId, symbol);
    const happenedAt = at(exDate, '00:00', services.market.zone);
    const held = stored && stored.openedAt < happenedAt ? stored : null;
    const working = await listOrders(tx, { accountIds: [accountId], symbol, statuses: openStatuses, limit: 500 });
    const before = asPosition(held);
    const after = kind === 'DIVIDEND' ? dividendOn(before, due.amount) : adjustPosition({ position: before, ratio, priceAfter: priceBefore(services, symbol) });
    if ('refused' in after) return after.refused;
    const bracket = held && bracketOf(services, { held, ratio, working });
    await recordAdjustment(tx, services, {
      of: due, ratio, priceFactor: null, effect: after.effect, held, positionId: held?.id ?? null, quantityBefore: before.quantity, costBeforeMinor: openCostMinor(before), after: kind === 'DIVIDEND' ? null : after.position, bracket, happenedAt, confirmed: null,
    });
    return null;
  });
  return refused === null ? true : refuse(services, due, refused);
}

/**
 * A rights issue or a demerger: shares and cost stay, stop, target and trail move by what it makes of the price. What a person has moved
 * on the ex-date is in its prices already and stays. False while the first price after a demerger is not there.
 */
async function movePrices(services: ExecutionServices, due: UnadjustedHolding): Promise<boolean> {
  const { accountId, symbol, exDate } = due;
  const found = await priceFactorOf(services, due);
  if (found === 'WAITS') return false;
  if ('refused' in found) return refuse(services, due, found.refused);
  await services.database.transaction(async (tx) => {
    const stored = await openPositionIn(tx, accountId, symbol);
    const happenedAt = at(exDate, '00:00', services.market.zone);
    const held = stored && stored.openedAt < happenedAt ? stored : null;
    const working = await listOrders(tx, { accountIds: [accountId], symbol, statuses: openStatuses, limit: 500 });
    const moved = held ? await bracketMovedSince(tx, { positionId: held.id, at: happenedAt }) : null;
    const scaled = held && bracketOf(services, { held, ratio: ratioOfPrices({ ...unchanged, priceFactor: found.factor }), working: moved?.stop ? [] : working });
    const bracket = held && scaled && { ...scaled, ...(moved?.stop ? { stop: held.stopLoss } : {}), ...(moved?.target ? { target: held.takeProfit } : {}), ...(moved?.trail ? { trail: held.trailing, best: held.bestPrice } : {}) };
    const before = asPosition(held);
    await recordAdjustment(tx, services, {
      of: due, ratio: unchanged, priceFactor: found.factor, partedMinor: due.kind === 'DEMERGER' ? partedWorth({ ...found, quantity: before.quantity }) : 0, effect: { cashMinor: 0, costMinor: 0, realisedMinor: 0 }, held, positionId: held?.id ?? null, quantityBefore: before.quantity, costBeforeMinor: openCostMinor(before), after: before, bracket, happenedAt, confirmed: null,
    });
  });
  return true;
}

/** Cash on shares that stay as they are. */
function dividendOn(position: Position, amount: Decimal | null): { position: Position; effect: AdjustmentEffect } {
  const cashMinor = amount === null ? 0 : dividendMinor(position.quantity, amount);
  return { position, effect: { cashMinor, costMinor: 0, realisedMinor: cashMinor } };
}

/** The last price before the session, in today's shares as a feed tells it; null where nobody knows one. */
function priceBefore({ market }: ExecutionServices, symbol: string): Decimal | null {
  const quote = market.quote(symbol);
  const before = quote && (dateIn(quote.at, market.zone) === market.today() ? quote.previousClose : quote.last);
  return before == null ? null : decimal(before);
}

function bracketOf(services: ExecutionServices, { held, ratio, working }: { held: StoredPosition; ratio: ShareRatio; working: readonly StoredOrder[] }) {
  const direction = held.quantity >= 0 ? 'LONG' : 'SHORT';
  const stops = working.flatMap(({ category, ocoGroup, triggerPrice }) => ((category === 'STOP_LOSS' || category === 'TRAIL') && ocoGroup === `bracket:${held.id}` ? triggerPrice ?? [] : []));
  return adjustBracket({
    direction, ratio, tickSize: tickOf(services, held.symbol), bracket: { stop: held.stopLoss, target: held.takeProfit, trail: held.trailing, best: held.bestPrice },
    standing: stops.reduce<Decimal | null>((tightest, stop) => (tightest === null ? stop : tighterStop(direction, tightest, stop)), null),
  });
}

const lateSentence = ({ symbol, exDate, subject, kind, contradicted }: UnadjustedHolding): string =>
  (contradicted ? `of ${symbol} another ratio is published (${subject}, ex ${exDate}) than the one that a person gave and that is worked in; nothing is changed by it`
    : `${symbol} went ex on ${exDate} (${subject}), which was not known before its prices met the orders; ${changesPriceAlone({ kind }) ? `the stop and target of before still work, and an order may have filled at a price that only the ${ratioWords(kind, unchanged)} had lowered. Move them, as in “move the stop of ${symbol} to …”` : `${kind === 'DIVIDEND' ? 'the dividend is not booked' : 'the shares held, stop and target are not adjusted, and an order may have filled at a price of other shares'}. Say “work in ${symbol}” to see what working it in would change`}`);

/** On record once, with new entries in the account stopped until a person has looked. */
async function putToPerson(services: ExecutionServices, due: UnadjustedHolding, sentence: string): Promise<void> {
  const { accountId, symbol, exDate, kind, factor } = due;
  await services.database.transaction((tx) => raiseDiscrepancy(tx, { kind: 'AMBIGUOUS', accountId, key: `corporate-action:${symbol}:${exDate}:${kind}`, sentence, detail: { symbol, exDate, kind, factor } }));
}
