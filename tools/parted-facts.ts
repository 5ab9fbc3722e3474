import type { Executor } from '../db/client.ts';
import { accountById } from '../db/stores/accounts.ts';
import { dailyBars, lastBars } from '../db/stores/bars.ts';
import { adjustmentsOf, tradedSince } from '../db/stores/holding-adjustments.ts';
import { partedSharesOf } from '../db/stores/parted-shares.ts';
import { openPositions, type StoredPosition } from '../db/stores/positions.ts';
import { corporateActions } from '../db/stores/reference.ts';
import { isNear } from '../desk/execution/late-adjustment.ts';
import type { PartedFacts } from '../desk/execution/parted-shares.ts';
import { openCostMinor, type Position } from '../desk/execution/position.ts';
import { formatDay } from '../desk/format.ts';
import { demergerFactor } from '../desk/market/measured-factors.ts';
import { at, plusDays, type TradingDate } from '../desk/time.ts';
import type { MarketView } from './services.ts';

interface Asked { market: MarketView; accountId: string; symbol: string; exDate: TradingDate; /** The resulting company's symbol; null: none is named. */ into: string | null }

/** All that `planCredit` judges by, of one account and demerger, read at one moment. Null where there is no such account. */
export async function partedFacts(executor: Executor, { market, accountId, symbol, exDate, into }: Asked): Promise<PartedFacts | null> {
  const account = await accountById(executor, accountId);
  if (!account) return null;
  const [asOf, moment] = [market.now(), at(exDate, '00:00', market.zone)];
  const published = (await corporateActions(executor, { symbols: into === null ? [symbol] : [symbol, into], asOf })).filter(({ basis }) => basis === 'published');
  const adjusted = await adjustmentsOf(executor, { accountIds: [accountId], symbol });
  const row = adjusted.find((each) => each.kind === 'DEMERGER' && isNear(each.exDate, exDate)) ?? null;
  const later = adjusted.filter((each) => (each.kind === 'SPLIT' || each.kind === 'BONUS') && each.exDate > exDate);
  const settled = (await partedSharesOf(executor, { accountIds: [accountId], symbol })).find((each) => isNear(each.exDate, exDate)) ?? null;
  const open = await openPositions(executor, [accountId]);
  const parent = open.find((each) => each.symbol === symbol && each.openedAt < moment) ?? null;
  const since = await tradedSince(executor, { accountId, symbol, at: moment });
  const held = parent && { positionId: parent.id, position: positionOf(parent) };
  // Of a demerger that came too late no row says what was held: what is held now, where nothing was traded or split since.
  const unmoved = later.length === 0 && since.bought === 0;
  const then = row ? { quantity: row.quantityBefore, costMinor: row.costBeforeMinor } : !unmoved ? null : held ? { quantity: held.position.quantity, costMinor: openCostMinor(held.position) } : { quantity: 0, costMinor: 0 };
  const resulting = open.find((each) => each.symbol === into) ?? null;
  const record = into === null ? undefined : market.symbols().get(into);
  return {
    symbol, exDate, accountName: account.name, broker: account.broker, live: account.mode === 'live',
    subject: published.find((each) => each.symbol === symbol && each.kind === 'DEMERGER' && each.exDate === exDate)?.subject ?? null,
    settled: settled && { into: settled.into, quantity: settled.quantity, exDate: settled.exDate },
    heldThen: then, thenUnknown: `the ${symbol} demerger of ${formatDay(exDate)} came too late to be worked in and ${symbol} was ${later.length > 0 ? 'split' : 'bought'} since, so that nobody can tell what of the cost is of before`, held, soldSince: since.sold,
    fractionPaid: later.find(({ cashMinor }) => cashMinor !== 0)?.exDate ?? null, measured: await measuredOf(executor, { market, symbol, exDate, factor: row?.priceFactor ?? null }), expectedMinor: settled ? 0 : (row?.partedMinor ?? 0),
    into: record === undefined ? null : {
      symbol: record.symbol, last: market.quote(record.symbol)?.last ?? null,
      splitOn: published.find((each) => each.symbol === into && (each.kind === 'SPLIT' || each.kind === 'BONUS') && each.factor !== 1 && each.exDate > exDate && each.exDate <= market.today())?.exDate ?? null,
      held: resulting && { positionId: resulting.id, position: positionOf(resulting) },
    },
  };
}
const positionOf = (held: StoredPosition): Position => ({ quantity: held.quantity, basis: { quantity: held.basisQuantity, costMinor: held.basisCostMinor }, realisedMinor: held.realisedMinor, chargesMinor: held.feesMinor });

/** By the row that moved stop and target; of a demerger that came too late by the printed prices on both sides. */
async function measuredOf(executor: Executor, { market, symbol, exDate, factor }: { market: MarketView; symbol: string; exDate: TradingDate; factor: number | null }): Promise<PartedFacts['measured']> {
  const cumPrice = (await lastBars(executor, { symbols: [symbol], asOf: market.now(), onOrBefore: plusDays(exDate, -1) })).get(symbol)?.close ?? null;
  if (factor !== null) return { factor, cumPrice };
  const [first] = await dailyBars(executor, { symbol, from: exDate, to: plusDays(exDate, 5), asOf: market.now() });
  const measured = first && cumPrice !== null ? demergerFactor({ opening: first.open, cumPrice }) : null;
  return measured === null ? null : { factor: measured, cumPrice };
}
