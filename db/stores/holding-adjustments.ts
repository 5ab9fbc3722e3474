import { sql } from 'drizzle-orm';
import type { Decimal, Minor } from '../../desk/decimal.ts';
import type { CorporateAction } from '../../desk/market/types.ts';
import type { Instant, TradingDate, Zone } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** A published corporate action that an account's shares, or its working orders, have come to and that is not worked in yet. */
export interface UnadjustedHolding extends Pick<CorporateAction, 'symbol' | 'exDate' | 'kind' | 'subject' | 'factor' | 'knownAt'> {
  accountId: string; amount: Decimal | null;
  /** Prices of the ex-date, or of a later day, have met the account's orders already. */
  met: boolean;
  /** A person gave another ratio for it, which is worked in. */
  contradicted: boolean;
}

/**
 * What has gone ex for shares held, or orders placed, before the ex-date began, from the first session on whose prices are recorded to
 * have met orders; all of it where none has, since what was placed then waits still. One told again under another date within three days,
 * or published after a person had given its ratio, is the one that was worked in. A demerger meets no price before the first one that it
 * is measured by, so it counts as met from the day after; a rights issue counts where its terms are told.
 */
export async function unadjustedHoldings(executor: Executor, input: { today: TradingDate; asOf: Instant; zone: Zone; of?: { accountId: string; symbol: string } }): Promise<UnadjustedHolding[]> {
  const { today, asOf, zone, of } = input;
  return rows<UnadjustedHolding & Record<string, unknown>>(executor, sql`
    with held as (
      select account_id, symbol, opened_at as since, closed_at as until, true as shares from core.positions where closed_at is null or closed_at >= (${today}::date - 30)
      union all select account_id, symbol, market_time, null, false from core.orders where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN') and superseded_by is null)
    select distinct h.account_id as "accountId", c.symbol, c.ex_date::text as "exDate", c.kind, c.subject, c.factor, trim_scale(c.amount)::text as amount, core.instant_text(c.known_at) as "knownAt",
      exists (select 1 from core.sessions_met m where m.date >= c.ex_date + case when c.kind = 'DEMERGER' then 1 else 0 end) as met,
      c.kind <> 'DIVIDEND' and exists (select 1 from core.holding_adjustments a where a.account_id = h.account_id and a.symbol = c.symbol and a.basis = 'GIVEN' and a.ex_date between c.ex_date - 3 and c.ex_date + 3) as contradicted
    from held h join core.corporate_actions c on c.symbol = h.symbol
    where c.basis = 'published' and c.ex_date <= ${today} and c.known_at <= ${asOf} and c.ex_date >= coalesce((select min(m.date) from core.sessions_met m), '-infinity'::date)
      and ((c.kind in ('SPLIT', 'BONUS') and c.factor <> 1) or c.kind = 'DEMERGER' or (c.kind = 'RIGHTS' and c.amount > 0) or (c.kind = 'DIVIDEND' and c.amount > 0 and h.shares))
      and h.since < (c.ex_date::timestamp at time zone ${zone}) and (h.until is null or h.until >= (c.ex_date::timestamp at time zone ${zone}))
      ${of ? sql`and h.account_id = ${of.accountId} and h.symbol = ${of.symbol}` : sql``}
      and not exists (select 1 from core.holding_adjustments a where a.account_id = h.account_id and a.symbol = c.symbol 
        and ((a.ex_date = c.ex_date and a.kind = c.kind) or (c.kind in ('RIGHTS', 'DEMERGER') and a.kind = c.kind and a.ex_date between c.ex_date - 3 and c.ex_date + 3) or (c.kind in ('SPLIT', 'BONUS') and a.kind in ('SPLIT', 'BONUS') and a.ex_date between c.ex_date - 3 and c.ex_date + 3 and (a.ex_date <> c.ex_date or a.basis = 'GIVEN') and abs(c.factor * a.new_shares / a.old_shares - 1) < 1e-6)))
    order by "exDate", c.kind desc, "accountId", c.symbol`);
}

/** What a corporate action did to an account's shares as the ex-date found them. `newShares` for every `oldShares`; 1 for 1 where it paid cash alone. */
export interface HoldingAdjustment {
  id: string; accountId: string; symbol: string; exDate: TradingDate; kind: CorporateAction['kind']; subject: string; newShares: number; oldShares: number;
  positionId: string | null; quantityBefore: number; quantityAfter: number; costBeforeMinor: Minor; costAfterMinor: Minor; cashMinor: Minor; realisedMinor: Minor;
  stopBefore: Decimal | null; stopAfter: Decimal | null; targetBefore: Decimal | null; targetAfter: Decimal | null;
  coveredIntents: readonly string[];
  /** The ex-date's first moment. */
  happenedAt: Instant;
  /** The action that a person confirmed for it, where it came late; and whether the ratio is that person's. */
  actionId: string | null; basis: 'PUBLISHED' | 'GIVEN';
  /** What a rights issue or a demerger made of the price, to twelve decimals; null for the others. */
  priceFactor: number | null;
  /** By how much the realised result of what was sold since the ex-date is more. */
  restatedMinor: Minor;
  /** Of those after the ex-date, how many were sold before it was worked in. */
  soldSince: number;
  /** What a demerger took out of the price, on the shares held then: an estimate of the parted company's worth. 0 for the others. */
  partedMinor: Minor;
}
/** False where it was worked in before. The database refuses one that no published action gives. */
export async function insertAdjustment(tx: Executor, a: HoldingAdjustment): Promise<boolean> {
  return (await rows(tx, sql`insert into core.holding_adjustments (id, account_id, symbol, ex_date, kind, subject, new_shares, old_shares, position_id, quantity_before, quantity_after, cost_before_minor, cost_after_minor, cash_minor, realised_minor,
      stop_before, stop_after, target_before, target_after, covered_intents, happened_at, applied_at, action_id, basis, price_factor, restated_minor, sold_since, parted_minor)
    values (${a.id}, ${a.accountId}, ${a.symbol}, ${a.exDate}, ${a.kind}, ${a.subject}, ${a.newShares}, ${a.oldShares}, ${a.positionId}, ${a.quantityBefore}, ${a.quantityAfter}, ${a.costBeforeMinor}, ${a.costAfterMinor}, ${a.cashMinor}, ${a.realisedMinor},
      ${a.stopBefore}, ${a.stopAfter}, ${a.targetBefore}, ${a.targetAfter}, ${array(a.coveredIntents, 'uuid')}, ${a.happenedAt}, core.wall_now(), ${a.actionId}, ${a.basis}, ${a.priceFactor}, ${a.restatedMinor}, ${a.soldSince}, ${a.partedMinor})
    on conflict (account_id, symbol, ex_date, kind) do nothing returning id`)).length === 1;
}
const columns = sql`id, account_id as "accountId", symbol, ex_date::text as "exDate", kind, subject, new_shares as "newShares", old_shares as "oldShares", position_id as "positionId",
      quantity_before as "quantityBefore", quantity_after as "quantityAfter", cost_before_minor::float8 as "costBeforeMinor", cost_after_minor::float8 as "costAfterMinor", cash_minor::float8 as "cashMinor", realised_minor::float8 as "realisedMinor",
      trim_scale(stop_before)::text as "stopBefore", trim_scale(stop_after)::text as "stopAfter", trim_scale(target_before)::text as "targetBefore", trim_scale(target_after)::text as "targetAfter",
  array_to_json(covered_intents) as "coveredIntents", core.instant_text(happened_at) as "happenedAt", action_id as "actionId", basis, price_factor::float8 as "priceFactor", restated_minor::float8 as "restatedMinor", sold_since as "soldSince", parted_minor::float8 as "partedMinor"`;
type AdjustmentRow = HoldingAdjustment & Record<string, unknown>;
/** Oldest first. */
export const adjustmentsOf = (executor: Executor, input: { accountIds: readonly string[]; symbol?: string; to?: Instant; exDate?: TradingDate }): Promise<HoldingAdjustment[]> =>
  rows<AdjustmentRow>(executor, sql`select ${columns} from core.holding_adjustments where account_id = any(${array(input.accountIds, 'uuid')}) ${input.symbol === undefined ? sql`` : sql`and symbol = ${input.symbol}`} ${input.to ? sql`and happened_at <= ${input.to}` : sql``} ${input.exDate ? sql`and ex_date = ${input.exDate}` : sql``} order by happened_at, kind desc, id`);
/** Those that nobody was told of yet, oldest first. */
export const untoldAdjustments = (executor: Executor): Promise<HoldingAdjustment[]> =>
  rows<AdjustmentRow>(executor, sql`select ${columns} from core.holding_adjustments a
    where not exists (select 1 from core.audit_log l where l.subject = a.account_id::text and l.kind = 'notice.told' and l.payload::jsonb->>'key' = a.id::text) order by happened_at, kind desc, id`);

/** Working orders of an account's symbol are of shares that are no more, but exits of `exitsSince` on; returns their client order ids. */
export const supersedeOrders = async (tx: Executor, input: { accountId: string; symbol: string; adjustmentId: string; exitsSince: Instant | null }): Promise<string[]> =>
  (await rows<{ id: string }>(tx, sql`update core.orders set superseded_by = ${input.adjustmentId}, updated_at = core.wall_now()
    where account_id = ${input.accountId} and symbol = ${input.symbol} and superseded_by is null and status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN')
      ${input.exitsSince === null ? sql`` : sql`and not (category = 'EXIT' and market_time >= ${input.exitsSince})`} returning client_order_id as id`)).map(({ id }) => id).sort();
/** Orders of before an ex-date that may still work at a broker, with the account that they are of. */
export const supersededOrders = (executor: Executor): Promise<{ accountId: string; symbol: string }[]> =>
  rows(executor, sql`select distinct account_id as "accountId", symbol from core.orders where superseded_by is not null and status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN') order by 1, 2`);

/** Shares of an account's symbol that were traded from a moment on, what those sold were booked to have cost, and the position that went over it, open or closed. */
export interface TradedSince { bought: number; sold: number; soldCostMinor: Minor; positionId: string | null }
export const tradedSince = async (executor: Executor, { accountId, symbol, at }: { accountId: string; symbol: string; at: Instant }): Promise<TradedSince> =>
  (await rows<TradedSince & Record<string, unknown>>(executor, sql`
    select coalesce(sum(f.quantity) filter (where o.side = 'BUY'), 0)::int as bought, coalesce(sum(f.quantity) filter (where o.side = 'SELL'), 0)::int as sold, coalesce(sum(round(f.price * f.quantity * 100) - f.realised_minor) filter (where o.side = 'SELL'), 0)::float8 as "soldCostMinor",
      (select p.id from core.positions p where p.account_id = ${accountId} and p.symbol = ${symbol} and p.opened_at < ${at} and (p.closed_at is null or p.closed_at >= ${at}) order by p.opened_at desc limit 1) as "positionId"
    from core.fills f join core.orders o on o.id = f.order_id where f.account_id = ${accountId} and o.symbol = ${symbol} and f.happened_at >= ${at}`))[0] ?? { bought: 0, sold: 0, soldCostMinor: 0, positionId: null };
/** What of a position's bracket confirmed actions have moved from a moment on. */
export const bracketMovedSince = async (executor: Executor, { positionId, at }: { positionId: string; at: Instant }): Promise<{ stop: boolean; target: boolean; trail: boolean }> =>
  (await rows<{ stop: boolean; target: boolean; trail: boolean }>(executor, sql`
    select coalesce(bool_or(body::jsonb ? 'stop'), false) as stop, coalesce(bool_or(body::jsonb ? 'target'), false) as target, coalesce(bool_or(body::jsonb ? 'trail'), false) as trail
    from core.actions where kind = 'modify' and state in ('executing', 'done') and body::jsonb->>'positionId' = ${positionId} and market_time >= ${at}`))[0] ?? { stop: false, target: false, trail: false };

export const recordSessionMet = async (executor: Executor, date: TradingDate): Promise<void> => { await executor.execute(sql`insert into core.sessions_met (date, met_at) values (${date}, core.wall_now()) on conflict do nothing`); };
