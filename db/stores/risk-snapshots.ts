import { sql } from 'drizzle-orm';
import type { Minor } from '../../desk/decimal.ts';
import type { RiskState } from '../../desk/portfolio/risk-state.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

/** Catalogue C12; `scope` is `desk` or an account's id. */
export interface RiskSnapshot extends RiskState {
  scope: string; accountId: string | null; at: Instant; marketTime: Instant; day: TradingDate; currency: string | null;
  volatilityPercent: number | null; volatilityTargetPercent: number | null; switchesActive: string[];
}
export async function insertRiskSnapshot(tx: Executor, snapshot: Omit<RiskSnapshot, 'at' | 'scope'> & { id: string }): Promise<void> {
  await tx.execute(sql`insert into core.risk_snapshots (id, scope, account_id, at, market_time, day, currency, equity_minor, pnl_minor, day_start_pnl_minor, day_start_equity_minor, peak_pnl_minor, total_open_risk_minor, unrealised_minor, open_positions,
      daily_new_risk_minor, daily_realised_minor, drawdown_minor, drawdown_percent, daily_max_drawdown_minor, volatility_percent, volatility_target_percent, sector_exposures, switches_active, missing)
    values (${snapshot.id}, ${snapshot.accountId ?? 'desk'}, ${snapshot.accountId}, core.wall_now(), ${snapshot.marketTime}, ${snapshot.day}, ${snapshot.currency}, ${snapshot.equityMinor}, ${snapshot.pnlMinor}, ${snapshot.dayStartPnlMinor},
      ${snapshot.dayStartEquityMinor}, ${snapshot.peakPnlMinor}, ${snapshot.totalOpenRiskMinor}, ${snapshot.unrealisedMinor}, ${snapshot.openPositions}, ${snapshot.dailyNewRiskMinor}, ${snapshot.dailyRealisedMinor}, ${snapshot.drawdownMinor},
      ${snapshot.drawdownPercent}, ${snapshot.dailyMaxDrawdownMinor}, ${snapshot.volatilityPercent}, ${snapshot.volatilityTargetPercent}, ${JSON.stringify(snapshot.sectorExposures)}::jsonb, ${JSON.stringify(snapshot.switchesActive)}::jsonb, ${JSON.stringify(snapshot.missing)}::jsonb)`);
}
const columns = sql`scope, account_id as "accountId", core.instant_text(at) as at, core.instant_text(market_time) as "marketTime", day::text as day, currency, equity_minor::float8 as "equityMinor", pnl_minor::float8 as "pnlMinor",
  day_start_pnl_minor::float8 as "dayStartPnlMinor", day_start_equity_minor::float8 as "dayStartEquityMinor", peak_pnl_minor::float8 as "peakPnlMinor", total_open_risk_minor::float8 as "totalOpenRiskMinor", unrealised_minor::float8 as "unrealisedMinor",
  open_positions as "openPositions", daily_new_risk_minor::float8 as "dailyNewRiskMinor", daily_realised_minor::float8 as "dailyRealisedMinor", drawdown_minor::float8 as "drawdownMinor", drawdown_percent as "drawdownPercent",
  daily_max_drawdown_minor::float8 as "dailyMaxDrawdownMinor", volatility_percent as "volatilityPercent", volatility_target_percent as "volatilityTargetPercent", sector_exposures as "sectorExposures", switches_active as "switchesActive", missing`;
/** The last reading of each scope. */
export const latestRiskSnapshots = async (executor: Executor): Promise<Map<string, RiskSnapshot>> =>
  new Map((await rows<RiskSnapshot & Record<string, unknown>>(executor, sql`select distinct on (scope) ${columns} from core.risk_snapshots order by scope, at desc, id desc`)).map((row) => [row.scope, row]));
/** Readings older than `days` go, but for the last of each day and scope. */
export async function pruneRiskSnapshots(tx: Executor, days: number): Promise<number> {
  return (await rows<{ id: string }>(tx, sql`delete from core.risk_snapshots r where r.at < core.wall_now() - make_interval(days => ${days})
    and exists (select 1 from core.risk_snapshots later where later.scope = r.scope and later.day = r.day and later.at > r.at) returning r.id`)).length;
}

export interface PortfolioSnapshot { accountId: string; day: TradingDate; marketTime: Instant; cashMinor: Minor | null; equityMinor: Minor | null; externalMinor: Minor; pnlMinor: Minor | null; positions: { symbol: string; quantity: number; last: number | null; valueMinor: Minor | null }[]; missing: string[] }
/** Once an account and day; false when it is there already. */
export async function insertPortfolioSnapshot(tx: Executor, row: PortfolioSnapshot): Promise<boolean> {
  return (await rows<{ day: string }>(tx, sql`insert into core.portfolio_snapshots (account_id, day, at, market_time, cash_minor, equity_minor, external_minor, pnl_minor, positions, missing)
    values (${row.accountId}, ${row.day}, core.wall_now(), ${row.marketTime}, ${row.cashMinor}, ${row.equityMinor}, ${row.externalMinor}, ${row.pnlMinor}, ${JSON.stringify(row.positions)}::jsonb, ${JSON.stringify(row.missing)}::jsonb)
    on conflict do nothing returning day::text as day`)).length > 0;
}
/** The last days of each account, latest first. */
export const portfolioSnapshots = (executor: Executor, input: { accountIds: readonly string[]; days: number }): Promise<PortfolioSnapshot[]> => rows<PortfolioSnapshot & Record<string, unknown>>(executor, sql`
  select * from (select account_id as "accountId", day::text as day, core.instant_text(market_time) as "marketTime", cash_minor::float8 as "cashMinor", equity_minor::float8 as "equityMinor", external_minor::float8 as "externalMinor", pnl_minor::float8 as "pnlMinor",
    positions, missing, row_number() over (partition by account_id order by day desc) as n from core.portfolio_snapshots where account_id = any(${array(input.accountIds, 'uuid')})) d where n <= ${input.days} order by day desc, "accountId"`);
