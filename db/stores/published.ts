import { sql } from 'drizzle-orm';
import type { FundNav, SeriesPoint } from '../../desk/market/published-facts.ts';
import type { DailyBar } from '../../desk/market/types.ts';
import { dateIn, type Instant, type TradingDate } from '../../desk/time.ts';
import type { Institution, PolicyText } from '../../feeds/define.ts';
import { bulkWrite } from '../bulk-write.ts';
import type { Executor } from '../client.ts';
import type { WriteCounts } from './bars.ts';
import { array, rows } from '../sql.ts';
import { uuidv7 } from '../uuid.ts';
import { eventFingerprint, writeEvents } from './events.ts';
import { onDay, toldColumns } from './flows.ts';

interface PolicyFact { policy: PolicyText; knownAt: Instant; source: string }
/** Stores whole texts and the event that announces each. A text told again keeps its earliest moment. */
export async function writePolicyTexts(executor: Executor, facts: readonly PolicyFact[], ingestedAt: Instant): Promise<WriteCounts & { fresh: string[] }> {
  const earliest = new Map<string, PolicyFact>();
  for (const fact of facts) {
    const key = `${fact.policy.institution}\n${fact.policy.event.title}\n${fact.policy.event.happenedAt}`;
    const before = earliest.get(key);
    if (!before || fact.knownAt < before.knownAt) earliest.set(key, fact);
  }
  const distinct = [...earliest.values()];
  const { fresh } = await writeEvents(executor, distinct.map(({ policy }) => policy.event), ingestedAt);
  const counts = await bulkWrite(executor, {
    table: 'core.policy_updates', facts: distinct, key: ['institution', 'title', 'date'], revised: [], earliest: true,
    columns: [
      { name: 'id', type: 'uuid', of: ({ knownAt }) => uuidv7(Date.parse(knownAt)) }, { name: 'institution', type: 'text', of: ({ policy }) => policy.institution }, { name: 'kind', type: 'text', of: ({ policy }) => policy.kind }, { name: 'title', type: 'text', of: ({ policy }) => policy.event.title },
      { name: 'date', type: 'date', of: ({ policy }) => dateIn(policy.event.happenedAt, 'Asia/Kolkata') }, { name: 'event_fingerprint', type: 'text', of: ({ policy }) => eventFingerprint(policy.event) }, { name: 'text', type: 'text', of: ({ policy }) => policy.text },
      ...toldColumns<PolicyFact>(({ policy }) => policy.event.happenedAt),
    ],
  });
  return { ...counts, duplicate: counts.duplicate + facts.length - distinct.length, fresh };
}

/** Whole texts by the events that announce them. */
export async function policyTextsOf(executor: Executor, eventIds: readonly string[], asOf: Instant): Promise<Map<string, { institution: Institution; kind: PolicyText['kind']; text: string }>> {
  const found = await rows<{ id: string; institution: Institution; kind: PolicyText['kind']; text: string }>(executor, sql`
    select e.id, p.institution, p.kind, p.text from core.policy_updates p join core.events e on e.fingerprint = p.event_fingerprint where e.id = any(${array(eventIds, 'uuid')}) and p.known_at <= ${asOf}`);
  return new Map(found.map(({ id, ...text }) => [id, text]));
}

interface NavFact { fund: FundNav; knownAt: Instant; source: string }
export const writeFundNavs = (executor: Executor, facts: readonly NavFact[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.fund_navs', facts, key: ['scheme', 'date'], revised: ['nav', 'name', 'isin'],
  columns: [{ name: 'scheme', type: 'text', of: ({ fund }) => fund.scheme }, { name: 'date', type: 'date', of: ({ fund }) => fund.date }, { name: 'isin', type: 'text', of: ({ fund }) => fund.isin }, { name: 'name', type: 'text', of: ({ fund }) => fund.name }, { name: 'nav', type: 'numeric', of: ({ fund }) => fund.nav }, ...toldColumns<NavFact>(({ fund, knownAt }) => onDay(fund.date, knownAt))],
});

interface PointFact { point: SeriesPoint; knownAt: Instant; source: string }
export const writeSeriesPoints = (executor: Executor, facts: readonly PointFact[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.market_series', facts, key: ['series', 'key', 'date'], revised: ['value', 'unit'],
  columns: [{ name: 'series', type: 'text', of: ({ point }) => point.series }, { name: 'key', type: 'text', of: ({ point }) => point.key }, { name: 'date', type: 'date', of: ({ point }) => point.date }, { name: 'value', type: 'float8', of: ({ point }) => point.value }, { name: 'unit', type: 'text', of: ({ point }) => point.unit }, ...toldColumns<PointFact>(({ point, knownAt }) => onDay(point.date, knownAt))],
});

interface ForeignBarFact { exchange: 'US'; bar: DailyBar; knownAt: Instant; source: string }
export const writeForeignBars = (executor: Executor, facts: readonly ForeignBarFact[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.bars_foreign', facts, key: ['exchange', 'symbol', 'date'], revised: ['open', 'high', 'low', 'close', 'volume'],
  columns: [
    { name: 'exchange', type: 'text', of: ({ exchange }) => exchange }, { name: 'symbol', type: 'text', of: ({ bar }) => bar.symbol }, { name: 'date', type: 'date', of: ({ bar }) => bar.date }, { name: 'open', type: 'numeric', of: ({ bar }) => bar.open }, { name: 'high', type: 'numeric', of: ({ bar }) => bar.high },
    { name: 'low', type: 'numeric', of: ({ bar }) => bar.low }, { name: 'close', type: 'numeric', of: ({ bar }) => bar.close }, { name: 'volume', type: 'bigint', of: ({ bar }) => bar.volume }, ...toldColumns<ForeignBarFact>(({ knownAt }) => knownAt),
  ],
});

/** Daily bars of a share of another exchange with dates in [from, to], oldest first, of what was known at `asOf`. */
export const foreignBars = (executor: Executor, input: { exchange: 'US'; symbol: string; from: TradingDate; to: TradingDate; asOf: Instant }): Promise<DailyBar[]> => rows<DailyBar & Record<string, unknown>>(executor, sql`
  select symbol, date::text, open::float8, high::float8, low::float8, close::float8, volume::float8 from core.bars_foreign
  where exchange = ${input.exchange} and symbol = ${input.symbol} and date between ${input.from} and ${input.to} and known_at <= ${input.asOf} order by date`);
/** From when to when bars of such a share are known; null without any. */
export async function foreignSpan(executor: Executor, input: { symbol: string; asOf: Instant }): Promise<{ exchange: 'US'; from: TradingDate; to: TradingDate; sessions: number } | null> {
  const [row] = await rows<{ exchange: 'US'; from: TradingDate; to: TradingDate; sessions: number }>(executor, sql`
    select exchange, min(date)::text as "from", max(date)::text as "to", count(*)::int as sessions from core.bars_foreign where symbol = ${input.symbol} and known_at <= ${input.asOf} group by exchange order by exchange limit 1`);
  return row ?? null;
}
/** Every such share of which bars are stored. */
export const foreignSymbols = async (executor: Executor): Promise<string[]> => (await rows<{ symbol: string }>(executor, sql`select distinct symbol from core.bars_foreign order by symbol`)).map(({ symbol }) => symbol);
