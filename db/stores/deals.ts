import { sql } from 'drizzle-orm';
import { sha256 } from '../../desk/canonical.ts';
import type { Deal, InsiderTrade } from '../../desk/market/published-facts.ts';
import type { Instant, TradingDate } from '../../desk/time.ts';
import { bulkWrite } from '../bulk-write.ts';
import type { Executor } from '../client.ts';
import type { WriteCounts } from './bars.ts';
import { array, rows } from '../sql.ts';
import { onDay, toldColumns } from './flows.ts';

interface DealFact { deal: Deal; knownAt: Instant; source: string }
const dealFingerprint = ({ deal }: DealFact): string => sha256(JSON.stringify([deal.date, deal.kind, deal.symbol, deal.client, deal.side, deal.quantity, deal.price, deal.occurrence]));

export const writeDeals = (executor: Executor, facts: readonly DealFact[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.bulk_deals', facts, key: ['fingerprint'], revised: [],
  columns: [
    { name: 'fingerprint', type: 'text', of: dealFingerprint }, { name: 'date', type: 'date', of: ({ deal }) => deal.date }, { name: 'kind', type: 'text', of: ({ deal }) => deal.kind }, { name: 'symbol', type: 'text', of: ({ deal }) => deal.symbol },
    { name: 'company', type: 'text', of: ({ deal }) => deal.company }, { name: 'client', type: 'text', of: ({ deal }) => deal.client }, { name: 'side', type: 'text', of: ({ deal }) => deal.side }, { name: 'quantity', type: 'bigint', of: ({ deal }) => deal.quantity },
    { name: 'price', type: 'numeric', of: ({ deal }) => deal.price }, { name: 'remarks', type: 'text', of: ({ deal }) => deal.remarks }, { name: 'occurrence', type: 'int', of: ({ deal }) => deal.occurrence }, ...toldColumns<DealFact>(({ deal, knownAt }) => onDay(deal.date, knownAt)),
  ],
});

interface TradeFact { trade: InsiderTrade; knownAt: Instant; source: string }
const tradeFingerprint = ({ trade: t }: TradeFact): string => sha256(JSON.stringify([t.symbol, t.person, t.category, t.transaction, t.mode, t.security, t.quantity, t.valueRupees, t.heldAfter, t.broadcastAt, t.occurrence]));

export const writeInsiderTrades = (executor: Executor, facts: readonly TradeFact[]): Promise<WriteCounts> => bulkWrite(executor, {
  table: 'core.insider_trades', facts, key: ['fingerprint'], revised: [],
  columns: [
    { name: 'fingerprint', type: 'text', of: tradeFingerprint }, { name: 'symbol', type: 'text', of: ({ trade }) => trade.symbol }, { name: 'company', type: 'text', of: ({ trade }) => trade.company }, { name: 'person', type: 'text', of: ({ trade }) => trade.person },
    { name: 'category', type: 'text', of: ({ trade }) => trade.category }, { name: 'transaction', type: 'text', of: ({ trade }) => trade.transaction }, { name: 'mode', type: 'text', of: ({ trade }) => trade.mode }, { name: 'security', type: 'text', of: ({ trade }) => trade.security },
    { name: 'quantity', type: 'float8', of: ({ trade }) => trade.quantity }, { name: 'value_rupees', type: 'float8', of: ({ trade }) => trade.valueRupees }, { name: 'prior_percent', type: 'float8', of: ({ trade }) => trade.priorPercent }, { name: 'held_after', type: 'float8', of: ({ trade }) => trade.heldAfter },
    { name: 'from_date', type: 'date', of: ({ trade }) => trade.from }, { name: 'to_date', type: 'date', of: ({ trade }) => trade.to }, { name: 'occurrence', type: 'int', of: ({ trade }) => trade.occurrence }, ...toldColumns<TradeFact>(({ trade }) => trade.broadcastAt),
  ],
});

interface Wanted { symbols?: readonly string[]; from?: TradingDate; to?: TradingDate; asOf: Instant; limit: number }
export interface DealRow { date: TradingDate; kind: Deal['kind']; symbol: string; company: string; client: string; side: Deal['side']; quantity: number; price: number | null; knownAt: Instant }
/** Deals, newest first and the largest first within a day. */
export const deals = (executor: Executor, input: Wanted & { kinds: readonly Deal['kind'][] }): Promise<DealRow[]> => rows<DealRow & Record<string, unknown>>(executor, sql`
  select date::text, kind, symbol, company, client, side, quantity::float8, price::float8, core.instant_text(known_at) as "knownAt" from core.bulk_deals
  where known_at <= ${input.asOf} and kind = any(${array(input.kinds, 'text')}) ${input.symbols ? sql`and symbol = any(${array(input.symbols, 'text')})` : sql``} ${input.from ? sql`and date >= ${input.from}` : sql``} ${input.to ? sql`and date <= ${input.to}` : sql``}
  order by date desc, quantity * coalesce(price, 0) desc, fingerprint limit ${input.limit}`);

export interface InsiderTradeRow { symbol: string; company: string; person: string; category: string; transaction: InsiderTrade['transaction']; mode: string; quantity: number; valueRupees: number | null; knownAt: Instant }
/** Disclosures by insiders, newest first. Days are those of the disclosure in the exchange's zone. */
export const insiderTrades = (executor: Executor, input: Wanted): Promise<InsiderTradeRow[]> => rows<InsiderTradeRow & Record<string, unknown>>(executor, sql`
  select symbol, company, person, category, transaction, mode, quantity, value_rupees as "valueRupees", core.instant_text(known_at) as "knownAt" from core.insider_trades
  where known_at <= ${input.asOf} ${input.symbols ? sql`and symbol = any(${array(input.symbols, 'text')})` : sql``}
    ${input.from ? sql`and (happened_at at time zone 'Asia/Kolkata')::date >= ${input.from}` : sql``} ${input.to ? sql`and (happened_at at time zone 'Asia/Kolkata')::date <= ${input.to}` : sql``}
  order by known_at desc, fingerprint limit ${input.limit}`);

/** From when to when deals and disclosures of each kind are known at `asOf`. */
export const dealSpans = (executor: Executor, asOf: Instant): Promise<{ kind: string; from: TradingDate; to: TradingDate }[]> => rows<{ kind: string; from: TradingDate; to: TradingDate }>(executor, sql`
  select kind, min(date)::text as "from", max(date)::text as "to" from core.bulk_deals where known_at <= ${asOf} group by kind
  union all select 'INSIDER', min((happened_at at time zone 'Asia/Kolkata')::date)::text, max((happened_at at time zone 'Asia/Kolkata')::date)::text from core.insider_trades where known_at <= ${asOf} having count(*) > 0`);
