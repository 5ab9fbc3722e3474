import type { Executor } from '../db/client.ts';
import { accountById } from '../db/stores/accounts.ts';
import { dailyBars, lastBars } from '../db/stores/bars.ts';
import { listOrders, openStatuses } from '../db/stores/execution.ts';
import { adjustmentsOf, bracketMovedSince, tradedSince, type UnadjustedHolding, unadjustedHoldings } from '../db/stores/holding-adjustments.ts';
import { partedSharesOf } from '../db/stores/parted-shares.ts';
import { openPositions, positionById, type StoredPosition } from '../db/stores/positions.ts';
import { corporateActions } from '../db/stores/reference.ts';
import type { ActionOf } from '../desk/actions/types.ts';
import { decimal } from '../desk/decimal.ts';
import { isLate, isNear, type LateAdjustmentFacts } from '../desk/execution/late-adjustment.ts';
import { shareRatio } from '../desk/market/share-ratio.ts';
import { readContract } from '../desk/options/contract-symbol.ts';
import { at, plusDays, type TradingDate } from '../desk/time.ts';
import type { MarketView } from './services.ts';

type Kind = ActionOf<'holding_adjustment'>['of'];
interface Asked { market: MarketView; accountId: string; symbol: string; exDate: TradingDate; kind: Kind }

/** What has gone ex for shares held and was known too late to be worked in by itself, of these accounts, oldest first. */
export async function lateAdjustments(executor: Executor, { market, accountIds }: { market: MarketView; accountIds: readonly string[] }): Promise<(UnadjustedHolding & { kind: Kind })[]> {
  const found = await unadjustedHoldings(executor, { today: market.today(), asOf: market.now(), zone: market.zone });
  return found.flatMap((each) => (accountIds.includes(each.accountId) && isLate(each, market.calendar()) && isKind(each.kind) ? [{ ...each, kind: each.kind }] : []));
}
const isKind = (kind: string): kind is Kind => kind === 'SPLIT' || kind === 'BONUS' || kind === 'DIVIDEND';

/** All that `planLateAdjustment` judges by, of one account and share, read at one moment. Null where there is no such account. */
export async function lateAdjustmentFacts(executor: Executor, { market, accountId, symbol, exDate, kind }: Asked): Promise<LateAdjustmentFacts | null> {
  const account = await accountById(executor, accountId);
  if (!account) return null;
  const moment = at(exDate, '00:00', market.zone);
  const asOf = market.now();
  const of = { accountId, symbol };
  const published = (await corporateActions(executor, { symbols: [symbol], asOf })).filter(({ basis }) => basis === 'published');
  const itself = published.find((each) => each.exDate === exDate && each.kind === kind);
  const open = await openPositions(executor, [accountId]);
  const position = open.find((each) => each.symbol === symbol) ?? null;
  const traded = await tradedSince(executor, { ...of, at: moment });
  // What a demerger of another share brought since is not of before the ex-date either.
  const credited = (await partedSharesOf(executor, { accountIds: [accountId] })).reduce((sum, { into, happenedAt, quantity }) => (into === symbol && happenedAt >= moment ? sum + quantity : sum), 0);
  const since = { ...traded, bought: traded.bought + credited };
  const held = position && position.openedAt < moment ? position : position === null && since.positionId !== null ? await positionById(executor, since.positionId) : null;
  const working = (await listOrders(executor, { accountIds: [accountId], symbol, statuses: openStatuses, limit: 500 })).filter(({ supersededBy }) => supersededBy === null);
  const chosen = working.filter(({ category }) => category === 'ENTRY' || category === 'EXIT');
  const before = (await lastBars(executor, { symbols: [symbol], asOf, onOrBefore: plusDays(exDate, -1) })).get(symbol);
  const [opened] = await dailyBars(executor, { symbol, from: exDate, to: exDate, asOf });
  const waiting = (await unadjustedHoldings(executor, { today: market.today(), asOf, zone: market.zone, of })).flatMap((each) => (isKind(each.kind) ? [{ exDate: each.exDate, kind: each.kind }] : []));
  return {
    symbol, exDate, accountName: account.name, broker: account.broker, live: account.mode === 'live',
    published: itself ? { factor: itself.factor, amount: itself.amount ?? null, subject: itself.subject } : null,
    publishedNear: published.flatMap((each) => {
      const ratio = (each.kind === 'SPLIT' || each.kind === 'BONUS') && each.factor !== 1 && isNear(each.exDate, exDate) ? shareRatio(each.factor) : null;
      return ratio && isKind(each.kind) ? [{ ...ratio, exDate: each.exDate, kind: each.kind }] : [];
    }),
    workedIn: (await adjustmentsOf(executor, { accountIds: [accountId], symbol })).flatMap((each) => (isKind(each.kind) ? [{ exDate: each.exDate, kind: each.kind, newShares: each.newShares, oldShares: each.oldShares, given: each.basis === 'GIVEN', cashMinor: each.cashMinor }] : [])),
    waiting,
    changedSince: published.filter((each) => (each.kind === 'SPLIT' || each.kind === 'BONUS') && each.factor !== 1 && each.exDate > exDate && each.exDate <= market.today()).map((each) => each.exDate).sort(),
    positionId: since.positionId, held: held && holdingOf(held, working),
    quantityThen: (position?.quantity ?? 0) - since.bought + since.sold, since: { bought: since.bought, sold: since.sold, soldCostMinor: since.soldCostMinor },
    movedSince: held ? await bracketMovedSince(executor, { positionId: held.id, at: moment }) : { stop: false, target: false, trail: false },
    placedSince: chosen.filter(({ marketTime }) => marketTime >= moment).length, placedBefore: chosen.filter(({ marketTime }) => marketTime < moment).length,
    contracts: open.flatMap((each) => (readContract(each.symbol)?.underlying === symbol ? [each.symbol] : [])).sort(),
    priceBefore: before ? decimal(before.close) : null,
    openingGap: before && opened ? opened.open / before.close : null,
    tickSize: market.symbols().get(symbol)?.tickSize ?? decimal('0.05'),
  };
}

function holdingOf(held: StoredPosition, working: Awaited<ReturnType<typeof listOrders>>): NonNullable<LateAdjustmentFacts['held']> {
  const stops = working.filter(({ category, ocoGroup }) => (category === 'STOP_LOSS' || category === 'TRAIL') && ocoGroup === `bracket:${held.id}`);
  return {
    position: { quantity: held.quantity, basis: { quantity: held.basisQuantity, costMinor: held.basisCostMinor }, realisedMinor: held.realisedMinor, chargesMinor: held.feesMinor },
    bracket: { stop: held.stopLoss, target: held.takeProfit, trail: held.trailing, best: held.bestPrice }, standing: stops.flatMap(({ triggerPrice }) => triggerPrice ?? []),
  };
}
