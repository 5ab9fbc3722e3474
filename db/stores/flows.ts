import { sql } from 'drizzle-orm';
import type { InstitutionalFlow, ParticipantPosition } from '../../desk/market/published-facts.ts';
import { type Instant, plusDays, type TradingDate } from '../../desk/time.ts';
import { type BulkColumn, bulkWrite } from '../bulk-write.ts';
import type { Executor } from '../client.ts';
import type { WriteCounts } from './bars.ts';
import { rows } from '../sql.ts';

interface Told { knownAt: Instant; source: string }
export const toldColumns = <F extends Told>(happenedAt: (fact: F) => Instant): BulkColumn<F>[] => [
  { name: 'happened_at', type: 'timestamptz', of: happenedAt }, { name: 'known_at', type: 'timestamptz', of: (fact) => fact.knownAt }, { name: 'source', type: 'text', of: (fact) => fact.source },
];
/** A dated fact happened on its day; a day that is known before it is over happened by then. */
export const onDay = (date: TradingDate, knownAt: Instant): Instant => { const start = `${plusDays(date, -1)}T18:30:00.000Z` as Instant; return start < knownAt ? start : knownAt; };

export const writeFlows = (executor: Executor, facts: readonly (Told & { flow: InstitutionalFlow })[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.institutional_flows', facts, key: ['date', 'period', 'investor', 'segment', 'sector', 'source'], revised: ['buy_crore', 'sell_crore', 'net_crore', 'assets_crore'],
  columns: [
    { name: 'date', type: 'date', of: ({ flow }) => flow.date }, { name: 'period', type: 'text', of: ({ flow }) => flow.period }, { name: 'investor', type: 'text', of: ({ flow }) => flow.investor }, { name: 'segment', type: 'text', of: ({ flow }) => flow.segment },
    { name: 'sector', type: 'text', of: ({ flow }) => flow.sector }, { name: 'buy_crore', type: 'float8', of: ({ flow }) => flow.buyCrore }, { name: 'sell_crore', type: 'float8', of: ({ flow }) => flow.sellCrore },
    { name: 'net_crore', type: 'float8', of: ({ flow }) => flow.netCrore }, { name: 'assets_crore', type: 'float8', of: ({ flow }) => flow.assetsCrore }, ...toldColumns<Told & { flow: InstitutionalFlow }>(({ flow, knownAt }) => onDay(flow.date, knownAt)),
  ],
});

export const writeParticipantPositions = (executor: Executor, facts: readonly (Told & { position: ParticipantPosition })[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.participant_positions', facts, key: ['date', 'measure', 'participant', 'instrument', 'source'], revised: ['long_contracts', 'short_contracts'],
  columns: [
    { name: 'date', type: 'date', of: ({ position }) => position.date }, { name: 'measure', type: 'text', of: ({ position }) => position.measure }, { name: 'participant', type: 'text', of: ({ position }) => position.participant },
    { name: 'instrument', type: 'text', of: ({ position }) => position.instrument }, { name: 'long_contracts', type: 'bigint', of: ({ position }) => position.longContracts }, { name: 'short_contracts', type: 'bigint', of: ({ position }) => position.shortContracts },
    ...toldColumns<Told & { position: ParticipantPosition }>(({ position, knownAt }) => onDay(position.date, knownAt)),
  ],
});

/** What one source told about one class of institutions, in the cash market, on one day. */
export interface CashFlowRow { date: TradingDate; investor: 'FPI' | 'DII'; netCrore: number; buyCrore: number | null; sellCrore: number | null; source: string; knownAt: Instant }
/** Cash-market flows by day, newest first. Of several sources the exchange's own holds, then what was fetched, then what was seeded. */
export const cashFlows = (executor: Executor, input: { from?: TradingDate; to?: TradingDate; asOf: Instant; days: number }): Promise<CashFlowRow[]> => rows<CashFlowRow & Record<string, unknown>>(executor, sql`
  with best as (
    select distinct on (date, investor) date, investor, net_crore, buy_crore, sell_crore, source, known_at from core.institutional_flows
    where period = 'DAY' and segment = 'CASH' and sector = '' and known_at <= ${input.asOf} ${input.from ? sql`and date >= ${input.from}` : sql``} ${input.to ? sql`and date <= ${input.to}` : sql``}
    order by date, investor, (source = 'nse-fii-dii') desc, (source like '%seeded%'), source
  )
  select date::text, investor, net_crore as "netCrore", buy_crore as "buyCrore", sell_crore as "sellCrore", source, core.instant_text(known_at) as "knownAt" from best
  where date in (select distinct date from best order by date desc limit ${input.days}) order by date desc, investor`);

export interface SectorFlowRow { date: TradingDate; sector: string; netCrore: number; assetsCrore: number | null }
/** Foreign investors by sector over the last fortnight that was known. */
export const sectorFlows = (executor: Executor, asOf: Instant): Promise<SectorFlowRow[]> => rows<SectorFlowRow & Record<string, unknown>>(executor, sql`
  select date::text, sector, net_crore as "netCrore", assets_crore as "assetsCrore" from core.institutional_flows
  where period = 'FORTNIGHT' and sector <> '' and known_at <= ${asOf} and date = (select max(date) from core.institutional_flows where period = 'FORTNIGHT' and sector <> '' and known_at <= ${asOf}) order by net_crore desc, sector`);

export interface MonthFlowRow { month: string; equityCrore: number | null; debtCrore: number | null; totalCrore: number | null }
/** Foreign investors by month, newest first. */
export const monthFlows = (executor: Executor, input: { asOf: Instant; months: number; from?: TradingDate | undefined; to?: TradingDate | undefined }): Promise<MonthFlowRow[]> => rows<MonthFlowRow & Record<string, unknown>>(executor, sql`
  select to_char(date, 'YYYY-MM') as month, max(net_crore) filter (where segment = 'EQUITY') as "equityCrore", max(net_crore) filter (where segment = 'DEBT') as "debtCrore", max(net_crore) filter (where segment = 'TOTAL') as "totalCrore"
  from core.institutional_flows where period = 'MONTH' and investor = 'FPI' and sector = '' and known_at <= ${input.asOf}
    ${input.from ? sql`and date >= ${input.from}` : sql``} ${input.to ? sql`and date <= ${input.to}` : sql``} group by date order by date desc limit ${input.months}`);

export interface PositionRow { date: TradingDate; participant: ParticipantPosition['participant']; instrument: ParticipantPosition['instrument']; longContracts: number; shortContracts: number }
/** Open contracts by class of participants on the last day that was known. */
export const participantPositions = (executor: Executor, { asOf, to }: { asOf: Instant; to?: TradingDate | undefined }): Promise<PositionRow[]> => rows<PositionRow & Record<string, unknown>>(executor, sql`
  select distinct on (participant, instrument) date::text, participant, instrument, long_contracts::float8 as "longContracts", short_contracts::float8 as "shortContracts" from core.participant_positions
  where measure = 'OPEN_INTEREST' and known_at <= ${asOf} and date = (select max(date) from core.participant_positions where measure = 'OPEN_INTEREST' and known_at <= ${asOf} ${to ? sql`and date <= ${to}` : sql``})
  order by participant, instrument, (source = 'nse-participants') desc, source`);
