import { sql } from 'drizzle-orm';
import type { FundScheme } from '../../desk/market/published-facts.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Every scheme of which a value is known at `asOf`, by the name that was told last. */
export const fundSchemes = (executor: Executor, asOf: Instant): Promise<FundScheme[]> => rows<FundScheme & Record<string, unknown>>(executor, sql`
  select distinct on (scheme) scheme, name, isin from core.fund_navs where known_at <= ${asOf} order by scheme, date desc`);

export interface FundValue { date: TradingDate; nav: number }
/** A scheme's last value of a day or the days before it, in rupees a unit; null before its first. */
export async function fundValueOn(executor: Executor, { scheme, date, asOf }: { scheme: string; date: TradingDate; asOf: Instant }): Promise<FundValue | null> {
  const [row] = await rows<{ date: TradingDate; nav: number }>(executor, sql`
    select date::text, nav::float8 from core.fund_navs where scheme = ${scheme} and date <= ${date} and known_at <= ${asOf} order by date desc limit 1`);
  return row ?? null;
}
/** From when to when values of a scheme are known; null without any. */
export async function fundSpan(executor: Executor, { scheme, asOf }: { scheme: string; asOf: Instant }): Promise<{ from: TradingDate; to: TradingDate } | null> {
  const [row] = await rows<{ from: TradingDate | null; to: TradingDate | null }>(executor, sql`
    select min(date)::text as "from", max(date)::text as "to" from core.fund_navs where scheme = ${scheme} and known_at <= ${asOf}`);
  return row?.from && row.to ? { from: row.from, to: row.to } : null;
}
