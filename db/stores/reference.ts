import { sql } from 'drizzle-orm';
import type { CalendarDay, CorporateAction, SymbolRecord } from '../../desk/market/types.ts';
import type { Decimal } from '../../desk/decimal.ts';
import { decimal } from '../../desk/decimal.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';
import type { WriteCounts } from './bars.ts';

const countFresh = (written: { fresh: boolean }[], sent: number): WriteCounts => {
  const accepted = written.filter((row) => row.fresh).length;
  return { accepted, updated: written.length - accepted, duplicate: sent - written.length };
};

export interface SymbolFact { symbol: SymbolRecord; knownAt: Instant; source: string }

/** Adds what a source knows to what is there: a master without sector does not erase a sector, aliases accumulate. */
export async function writeSymbols(executor: Executor, facts: readonly SymbolFact[]): Promise<WriteCounts> {
  const column = (pick: (record: SymbolRecord) => unknown) => facts.map(({ symbol }) => pick(symbol) ?? null);
  const written = await rows<{ fresh: boolean }>(executor, sql`
    insert into core.symbols as s (symbol, exchange, name, kind, isin, series, sector, industry, lot_size, tick_size, face_value, listed_on, aliases, happened_at, known_at, source)
    select distinct on (symbol) symbol, exchange, name, kind, isin, series, sector, industry, lot, tick, face, listed, array(select jsonb_array_elements_text(aliases::jsonb)), known, known, source
    from unnest(${array(column((r) => r.symbol), 'text')}, ${array(column((r) => r.exchange), 'text')}, ${array(column((r) => r.name), 'text')}, ${array(column((r) => r.kind), 'text')}, ${array(column((r) => r.isin), 'text')},
      ${array(column((r) => r.series), 'text')}, ${array(column((r) => r.sector), 'text')}, ${array(column((r) => r.industry), 'text')}, ${array(column((r) => r.lotSize), 'int')}, ${array(column((r) => r.tickSize), 'numeric')},
      ${array(column((r) => r.faceValue), 'float8')}, ${array(column((r) => r.listedOn), 'date')}, ${array(column((r) => JSON.stringify(r.aliases)), 'text')}, ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.source), 'text')})
      as t(symbol, exchange, name, kind, isin, series, sector, industry, lot, tick, face, listed, aliases, known, source) order by symbol
    on conflict (symbol) do update set
      name = case when length(excluded.name) > length(s.name) then excluded.name else s.name end, isin = coalesce(s.isin, excluded.isin), series = coalesce(s.series, excluded.series),
      sector = coalesce(s.sector, excluded.sector), industry = coalesce(s.industry, excluded.industry), lot_size = greatest(s.lot_size, excluded.lot_size), face_value = coalesce(s.face_value, excluded.face_value),
      listed_on = coalesce(s.listed_on, excluded.listed_on), known_at = least(s.known_at, excluded.known_at),
      aliases = (select coalesce(array_agg(distinct a order by a), '{}') from unnest(s.aliases || excluded.aliases || array[s.name, excluded.name]) a where a <> s.symbol)
    where s.isin is null and excluded.isin is not null or s.series is null and excluded.series is not null or s.sector is null and excluded.sector is not null or s.industry is null and excluded.industry is not null
      or excluded.lot_size > s.lot_size or s.face_value is null and excluded.face_value is not null or s.listed_on is null and excluded.listed_on is not null or excluded.known_at < s.known_at
      or not (excluded.aliases || array[excluded.name]) <@ (s.aliases || array[s.name, s.symbol]) or length(excluded.name) > length(s.name)
    returning (xmax = 0) as fresh`);
  return countFresh(written, facts.length);
}

/** The first day of which a price is stored, of shares that are said to be listed later: they were permitted to trade before, as Nestlé India was for years. */
export async function firstTrades(executor: Executor): Promise<Map<string, TradingDate>> {
  const found = await rows<{ symbol: string; first: TradingDate }>(executor, sql`
    select s.symbol, b.date::text as first from core.symbols s cross join lateral (select date from core.bars_daily where symbol = s.symbol order by date limit 1) b where b.date < s.listed_on`);
  return new Map(found.map(({ symbol, first }) => [symbol, first]));
}

/** Every symbol the desk knows; `sector` undefined where no source named one, `knownAt` the earlier of its first listing and its first bar. */
export async function allSymbols(executor: Executor): Promise<SymbolRecord[]> {
  const found = await rows<Record<string, unknown> & { symbol: string; exchange: SymbolRecord['exchange']; name: string; kind: SymbolRecord['kind']; isin: string | null; series: string | null; sector: string | null; industry: string | null; lot_size: number; tick: string; face_value: number | null; listed: string | null; aliases: string[]; known: Instant }>(executor, sql`
    select symbol, exchange, name, kind, isin, series, sector, industry, lot_size, tick_size::text as tick, face_value, listed_on::text as listed, aliases,
      core.instant_text(least(known_at, (select b.known_at from core.bars_daily b where b.symbol = s.symbol order by b.date limit 1))) as known
    from core.symbols s order by symbol`);
  return found.map((row) => ({
    symbol: row.symbol, exchange: row.exchange, name: row.name, kind: row.kind, lotSize: row.lot_size, tickSize: decimal(row.tick), aliases: row.aliases, knownAt: row.known,
    ...(row.isin ? { isin: row.isin } : {}), ...(row.series ? { series: row.series } : {}), ...(row.sector ? { sector: row.sector } : {}), ...(row.industry ? { industry: row.industry } : {}),
    ...(row.face_value === null ? {} : { faceValue: row.face_value }), ...(row.listed ? { listedOn: row.listed as TradingDate } : {}),
  }));
}

export async function writeCalendarDays(executor: Executor, facts: readonly { day: CalendarDay; knownAt: Instant; source: string }[]): Promise<WriteCounts> {
  const written = await rows<{ fresh: boolean }>(executor, sql`
    insert into core.calendar_days as c (exchange, date, kind, open, close, description, happened_at, known_at, source)
    select distinct on (exchange, date, source) * from unnest(${array(facts.map((f) => f.day.exchange), 'text')}, ${array(facts.map((f) => f.day.date), 'date')}, ${array(facts.map((f) => f.day.kind), 'text')}, ${array(facts.map((f) => f.day.open ?? null), 'text')},
      ${array(facts.map((f) => f.day.close ?? null), 'text')}, ${array(facts.map((f) => f.day.description ?? null), 'text')}, ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.source), 'text')})
      as t(exchange, date, kind, open, close, description, happened, known, source) order by exchange, date, source
    on conflict do nothing returning (xmax = 0) as fresh`);
  return countFresh(written, facts.length);
}
export async function calendarDays(executor: Executor, exchange: string): Promise<(CalendarDay & { source: string })[]> {
  const found = await rows<{ date: string; kind: CalendarDay['kind']; open: string | null; close: string | null; description: string | null; source: string }>(executor, sql`
    select date::text, kind, open, close, description, source from core.calendar_days where exchange = ${exchange} order by date, source`);
  return found.map((row) => ({
    exchange: exchange as CalendarDay['exchange'], date: row.date as TradingDate, kind: row.kind, source: row.source,
    ...(row.open ? { open: row.open } : {}), ...(row.close ? { close: row.close } : {}), ...(row.description ? { description: row.description } : {}),
  }));
}

export async function writeCorporateActions(executor: Executor, facts: readonly (CorporateAction & { source: string })[]): Promise<WriteCounts> {
  const written = await rows<{ fresh: boolean }>(executor, sql`
    insert into core.corporate_actions (symbol, ex_date, kind, subject, factor, amount, basis, happened_at, known_at, source)
    select distinct on (symbol, ex_date, kind, basis) * from unnest(${array(facts.map((f) => f.symbol), 'text')}, ${array(facts.map((f) => f.exDate), 'date')}, ${array(facts.map((f) => f.kind), 'text')}, ${array(facts.map((f) => f.subject), 'text')}, ${array(facts.map((f) => f.factor), 'float8')},
      ${array(facts.map((f) => f.amount ?? null), 'numeric')}, ${array(facts.map((f) => f.basis), 'text')}, ${array(facts.map((f) => `${f.exDate}T00:00:00Z`), 'timestamptz')}, ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.source), 'text')})
      as t(symbol, ex_date, kind, subject, factor, amount, basis, happened, known, source) order by symbol, ex_date, kind, basis
    on conflict do nothing returning (xmax = 0) as fresh`);
  return countFresh(written, facts.length);
}
type ActionRow = { symbol: string; ex_date: string; kind: CorporateAction['kind']; subject: string; factor: number; amount: string | null; basis: CorporateAction['basis']; known: string };
const actionOf = (row: ActionRow): CorporateAction => ({ symbol: row.symbol, exDate: row.ex_date as TradingDate, kind: row.kind, subject: row.subject, factor: row.factor, basis: row.basis, knownAt: row.known as Instant, ...(row.amount ? { amount: row.amount as Decimal } : {}) });
const actionColumns = sql`symbol, ex_date::text, kind, subject, factor, trim_scale(amount)::text as amount, basis, core.instant_text(known_at) as known`;
/** Published actions that change the number of shares, rights and demergers, with an ex-date in (after, through]; whoever shows them bounds them by when they were known. */
export const shareActionsBetween = async (executor: Executor, input: { after: TradingDate; through: TradingDate }): Promise<CorporateAction[]> =>
  (await rows<ActionRow>(executor, sql`select ${actionColumns} from core.corporate_actions where basis = 'published' and ((kind in ('SPLIT', 'BONUS') and factor <> 1) or kind in ('RIGHTS', 'DEMERGER')) and ex_date > ${input.after} and ex_date <= ${input.through} order by symbol, ex_date, kind`)).map(actionOf);
export async function corporateActions(executor: Executor, input: { symbols?: readonly string[]; asOf: Instant }): Promise<CorporateAction[]> {
  const found = await rows<ActionRow>(executor, sql`
    select ${actionColumns} from core.corporate_actions
    where known_at <= ${input.asOf} ${input.symbols ? sql`and symbol = any(${array(input.symbols, 'text')})` : sql``} order by symbol, ex_date, kind, basis`);
  return found.map(actionOf);
}

export interface SectorSpan { from: TradingDate; knownAt: Instant; sector: string }
/** What dated lists said of each symbol's sector, oldest first. */
export async function sectorHistory(executor: Executor): Promise<Map<string, SectorSpan[]>> {
  const found = await rows<{ symbol: string } & SectorSpan & Record<string, unknown>>(executor, sql`
    select symbol, valid_from::text as "from", core.instant_text(known_at) as "knownAt", value as sector from core.trading_rules where rule = 'SECTOR' order by symbol, valid_from`);
  return Map.groupBy(found, ({ symbol }) => symbol);
}

export interface CoverageRow { kind: string; source: string; symbol: string; from: TradingDate; to: TradingDate; mode: string }
/** Widens what sources cover. `symbol` is '' where a source covers all. */
export async function recordCoverage(executor: Executor, spans: readonly CoverageRow[]): Promise<void> {
  if (spans.length === 0) return;
  const column = (key: keyof CoverageRow, type: string) => array(spans.map((span) => span[key]), type);
  await executor.execute(sql`
    insert into core.coverage as c (kind, source, symbol, from_date, to_date, mode, recorded_at)
    select kind, source, symbol, min(from_date), max(to_date), min(mode), core.wall_now()
    from unnest(${column('kind', 'text')}, ${column('source', 'text')}, ${column('symbol', 'text')}, ${column('from', 'date')}, ${column('to', 'date')}, ${column('mode', 'text')}) as t(kind, source, symbol, from_date, to_date, mode) group by kind, source, symbol
    on conflict (kind, source, symbol) do update set from_date = least(c.from_date, excluded.from_date), to_date = greatest(c.to_date, excluded.to_date), recorded_at = excluded.recorded_at`);
}
export async function coverageOf(executor: Executor, kind: string): Promise<CoverageRow[]> {
  return rows<CoverageRow & Record<string, unknown>>(executor, sql`select kind, source, symbol, from_date::text as "from", to_date::text as "to", mode from core.coverage where kind = ${kind} order by source, symbol`);
}

export type TradingRuleName = 'PRICE_BAND_PERCENT' | 'MARKET_LOT' | 'FREEZE_QUANTITY' | 'SURVEILLANCE' | 'SECTOR';
/** Sources of one rule from the least to the most to be trusted; what stands in brackets behind a source's name is a remark. */
const ruleSources = ['nse-fo-lots-api', 'nse-fo-lots'];
const rank = (column: string) => sql`coalesce(array_position(${array(ruleSources, 'text')}, split_part(${sql.raw(column)}, ' (', 1)), 0)`;

export async function writeTradingRules(executor: Executor, facts: readonly { rule: { symbol: string; rule: string; validFrom: TradingDate; value: string | number }; knownAt: Instant; source: string }[]): Promise<WriteCounts> {
  const written = await rows<{ fresh: boolean }>(executor, sql`
    insert into core.trading_rules as r (symbol, rule, valid_from, value, happened_at, known_at, source)
    select distinct on (symbol, rule, valid_from) * from unnest(${array(facts.map((f) => f.rule.symbol), 'text')}, ${array(facts.map((f) => f.rule.rule), 'text')}, ${array(facts.map((f) => f.rule.validFrom), 'date')}, ${array(facts.map((f) => String(f.rule.value)), 'text')},
      ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.knownAt), 'timestamptz')}, ${array(facts.map((f) => f.source), 'text')}) as t(symbol, rule, valid_from, value, happened, known, source) order by symbol, rule, valid_from
    on conflict (symbol, rule, valid_from) do update set value = excluded.value, source = excluded.source
      where r.value <> excluded.value and ${rank('excluded.source')} >= ${rank('r.source')} returning (xmax = 0) as fresh`);
  return countFresh(written, facts.length);
}
/** The rule of each symbol in force on `date`, of what was known at `asOf`. */
export async function rulesInForce(executor: Executor, input: { rule: TradingRuleName; symbols: readonly string[]; date: TradingDate; asOf: Instant }): Promise<Map<string, string>> {
  const found = await rows<{ symbol: string; value: string }>(executor, sql`select distinct on (symbol) symbol, value from core.trading_rules
    where rule = ${input.rule} and symbol = any(${array(input.symbols, 'text')}) and valid_from <= ${input.date} and known_at <= ${input.asOf} order by symbol, valid_from desc`);
  return new Map(found.map((row) => [row.symbol, row.value]));
}
