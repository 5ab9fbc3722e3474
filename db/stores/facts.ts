import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { FeedRecord } from '../../feeds/define.ts';
import type { Executor } from '../client.ts';
import type { CopyThrough } from '../copy-through.ts';
import { array, rows } from '../sql.ts';
import { type WriteCounts, writeIntradayBars } from './bars.ts';
import { writeDeals, writeInsiderTrades } from './deals.ts';
import { writeEvents, writeScheduledEvents } from './events.ts';
import { writeIndexMembers } from './index-members.ts';
import { writeFlows, writeParticipantPositions } from './flows.ts';
import { writeForeignBars, writeFundNavs, writePolicyTexts, writeSeriesPoints } from './published.ts';
import { writeOptionChains } from './option-chains.ts';
import { writeCalendarDays, writeCorporateActions, writeSymbols, writeTradingRules } from './reference.ts';
import { copyDailyBars, type DailyBarFact, writeDailyBars } from './write-daily-bars.ts';

type Of<T extends FeedRecord['type']> = Extract<FeedRecord, { type: T }>;
const only = <T extends FeedRecord['type']>(records: readonly FeedRecord[], type: T): Of<T>[] => records.filter((record): record is Of<T> => record.type === type);

/** One statement cannot write a row twice: within a batch the last word on a symbol's day counts. */
const lastWord = (daily: readonly Of<'daily_bar'>[]): readonly DailyBarFact[] =>
  (tellsTwice(daily) ? [...new Map(daily.map((record) => [`${record.bar.symbol}\n${record.bar.date}`, record])).values()] : daily);
/** By numbers: texts for the key of every bar of an import would cost more than all else that is done here. */
function tellsTwice(daily: readonly Of<'daily_bar'>[]): boolean {
  const [symbols, dates, told] = [new Map<string, number>(), new Map<string, number>(), new Set<number>()];
  const numberOf = (numbers: Map<string, number>, text: string): number => {
    let found = numbers.get(text);
    if (found === undefined) numbers.set(text, (found = numbers.size));
    return found;
  };
  for (const { bar: { symbol, date } } of daily) told.add(numberOf(symbols, symbol) * daily.length + numberOf(dates, date));
  return told.size < daily.length;
}
const counting = (counts: WriteCounts, repeated: number): WriteCounts => ({ ...counts, duplicate: counts.duplicate + repeated });

/** Writes whatever came in to its table, and says what was new. Quotes are not stored. */
export async function writeFacts(tx: Executor, records: readonly FeedRecord[], ingestedAt: Instant): Promise<WriteCounts & { freshEvents: string[] }> {
  const total = { accepted: 0, updated: 0, duplicate: 0, freshEvents: [] as string[] };
  const add = (counts: WriteCounts): void => { total.accepted += counts.accepted; total.updated += counts.updated; total.duplicate += counts.duplicate; };
  const daily = only(records, 'daily_bar');
  if (daily.length > 0) {
    const facts = lastWord(daily);
    add(counting(await writeDailyBars(tx, facts), daily.length - facts.length));
  }
  const intraday = only(records, 'intraday_bar');
  if (intraday.length > 0) add(await writeIntradayBars(tx, intraday));
  const symbols = only(records, 'symbol');
  if (symbols.length > 0) add(await writeSymbols(tx, symbols));
  const events = only(records, 'event');
  if (events.length > 0) {
    const { fresh, ...counts } = await writeEvents(tx, events.map((record) => record.event), ingestedAt);
    add(counts);
    total.freshEvents.push(...fresh);
  }
  const days = only(records, 'calendar_day');
  if (days.length > 0) add(await writeCalendarDays(tx, days));
  const scheduled = only(records, 'scheduled_event');
  if (scheduled.length > 0) add(await writeScheduledEvents(tx, scheduled.map(({ event, source }) => ({ ...event, source }))));
  const actions = only(records, 'corporate_action');
  if (actions.length > 0) add(await writeCorporateActions(tx, actions.map(({ action, source }) => ({ ...action, source }))));
  const rules = only(records, 'trading_rule');
  if (rules.length > 0) add(await writeTradingRules(tx, rules));
  add(await writeIndexMembers(tx, only(records, 'index_member')));
  add(await writeFlows(tx, only(records, 'institutional_flow')));
  add(await writeParticipantPositions(tx, only(records, 'participant_position')));
  add(await writeDeals(tx, only(records, 'deal')));
  add(await writeInsiderTrades(tx, only(records, 'insider_trade')));
  add(await writeFundNavs(tx, only(records, 'fund_nav')));
  add(await writeSeriesPoints(tx, only(records, 'series_point')));
  add(await writeForeignBars(tx, only(records, 'foreign_bar')));
  const policies = only(records, 'policy_text');
  if (policies.length > 0) {
    const { fresh, ...counts } = await writePolicyTexts(tx, policies, ingestedAt);
    add(counts);
    total.freshEvents.push(...fresh);
  }
  const chains = only(records, 'option_chain');
  if (chains.length > 0) add(await writeOptionChains(tx, chains));
  return total;
}

/** From so many bars on COPY costs less than it takes to begin it. */
const WORTH_COPYING = 500;
/** The same for an import's batch: what the desk itself has to do for it is done when this returns, what it gives then writes it. */
export function prepareFacts(records: readonly FeedRecord[], ingestedAt: Instant): (tx: Executor, copy: CopyThrough) => Promise<WriteCounts> {
  const daily = only(records, 'daily_bar');
  if (daily.length < WORTH_COPYING || daily.length < records.length) return (tx) => writeFacts(tx, records, ingestedAt);
  const facts = lastWord(daily);
  const write = copyDailyBars(facts);
  return async (_tx, copy) => counting(await write(copy), daily.length - facts.length);
}

export interface RefusedRow { file: string; fileDigest: string; kind: string; line: number; reason: string; raw: string }
/** Keeps refused rows; one that is kept already is not counted again. */
export async function quarantineRows(tx: Executor, refused: readonly RefusedRow[]): Promise<number> {
  if (refused.length === 0) return 0;
  // Reasons quote what was refused, and names come out of archives: either may hold what the database takes in no text.
  const column = (key: 'fileDigest' | 'reason' | 'file' | 'kind' | 'raw') => array(refused.map((row) => row[key].replaceAll('\u0000', '\uFFFD')), 'text');
  return (await rows(tx, sql`insert into core.quarantine (file_digest, line, reason, file, kind, raw, at)
    select distinct on (1, 2, 3) digest, line, reason, file, kind, raw, core.wall_now() from unnest(${column('fileDigest')}, ${array(refused.map((r) => r.line), 'int')}, ${column('reason')}, ${column('file')}, ${column('kind')}, ${column('raw')}) as t(digest, line, reason, file, kind, raw) on conflict do nothing returning 1 as one`)).length;
}
/** By file and line, or the latest first; of one kind where it is named. */
export const listQuarantine = (executor: Executor, limit: number, { latest = false, kind }: { latest?: boolean; kind?: string } = {}) => rows<{ file: string; line: number; kind: string; reason: string; raw: string; at: string }>(executor, sql`
  select file, line, kind, reason, raw, core.instant_text(at) as at from core.quarantine ${kind === undefined ? sql`` : sql`where kind = ${kind}`} order by ${latest ? sql`core.quarantine.at desc,` : sql``} file, line, reason limit ${limit}`);
/** How many rows of each kind were refused, the most first. */
export const countQuarantine = (executor: Executor) => rows<{ kind: string; rows: number; files: number; lastAt: string }>(executor, sql`
  select kind, count(*)::int as rows, count(distinct file_digest)::int as files, core.instant_text(max(at)) as "lastAt" from core.quarantine group by kind order by 2 desc, kind`);
