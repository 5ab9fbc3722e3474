import { sql } from 'drizzle-orm';
import type { Decimal, Minor } from '../../desk/decimal.ts';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

export type CardStatus = 'PENDING' | 'APPROVED' | 'REJECTED' | 'EXPIRED' | 'EXECUTED' | 'FILLED' | 'CLOSED' | 'BLOCKED' | 'FAILED';
export interface ThesisBullet { text: string; evidenceId: string | null; evidenceKind: 'event' | 'feature' | 'bars' | 'outcome' | null }
export interface CardTerms {
  symbol: string | null; exchange: string | null; direction: 'LONG' | 'SHORT' | null; strategy: string; priority: 'HIGH' | 'MEDIUM' | 'LOW';
  entryPrice: Decimal | null; quantity: number | null; valueMinor: Minor | null; stopLoss: Decimal | null; takeProfit: Decimal | null; trailing: unknown;
  thesis: ThesisBullet[]; risks: string[]; confidence: number | null; edgePercent: number | null; horizonDays: number | null;
  riskMinor: Minor | null; rewardMinor: Minor | null; riskRewardRatio: number | null; guardrails: Record<string, boolean>; riskWarnings: string[];
  playbook: string | null; signalId: string | null; eventId: string | null; modelVersion: string; judgeRationale: string | null; cycleId: string | null;
}
export interface StoredCard extends CardTerms { id: string; number: number; actionId: string; accountId: string | null; status: CardStatus; createdAt: Instant; marketTime: Instant; expiresAt: Instant | null; updateCount: number; approvedBy: string | null; rejectionReason: string | null }

export async function insertCard(tx: Executor, input: { id: string; actionId: string; accountId: string | null; status: CardStatus; marketTime: Instant; expiresAt: Instant | null; terms: CardTerms }): Promise<number> {
  const { terms: t } = input;
  const [row] = await rows<{ number: number }>(tx, sql`
    insert into core.trade_cards (id, action_id, account_id, symbol, exchange, direction, strategy, status, priority, entry_price, quantity, value_minor, stop_loss, take_profit, "trailing", thesis, risks, confidence, edge_percent, horizon_days,
      risk_minor, reward_minor, risk_reward_ratio, guardrails, risk_warnings, playbook, signal_id, event_id, model_version, judge_rationale, cycle_id, created_at, market_time, expires_at)
    values (${input.id}, ${input.actionId}, ${input.accountId}, ${t.symbol}, ${t.exchange}, ${t.direction}, ${t.strategy}, ${input.status}, ${t.priority}, ${t.entryPrice}, ${t.quantity}, ${t.valueMinor}, ${t.stopLoss}, ${t.takeProfit}, ${t.trailing === null ? null : JSON.stringify(t.trailing)}::jsonb,
      ${JSON.stringify(t.thesis)}::jsonb, ${JSON.stringify(t.risks)}::jsonb, ${t.confidence}, ${t.edgePercent}, ${t.horizonDays}, ${t.riskMinor}, ${t.rewardMinor}, ${t.riskRewardRatio}, ${JSON.stringify(t.guardrails)}::jsonb, ${JSON.stringify(t.riskWarnings)}::jsonb,
      ${t.playbook}, ${t.signalId}, ${t.eventId}, ${t.modelVersion}, ${t.judgeRationale}, ${t.cycleId}, core.wall_now(), ${input.marketTime}, ${input.expiresAt}) returning number`);
  if (!row) throw new Error('the card was not stored');
  return row.number;
}

const columns = sql`id, number, action_id as "actionId", account_id as "accountId", symbol, exchange, direction, strategy, status, priority, trim_scale(entry_price)::text as "entryPrice", quantity, value_minor::float8 as "valueMinor",
  trim_scale(stop_loss)::text as "stopLoss", trim_scale(take_profit)::text as "takeProfit", "trailing", thesis, risks, confidence, edge_percent as "edgePercent", horizon_days as "horizonDays", risk_minor::float8 as "riskMinor", reward_minor::float8 as "rewardMinor",
  risk_reward_ratio as "riskRewardRatio", guardrails, risk_warnings as "riskWarnings", playbook, signal_id as "signalId", event_id as "eventId", model_version as "modelVersion", judge_rationale as "judgeRationale", cycle_id as "cycleId",
  core.instant_text(created_at) as "createdAt", core.instant_text(market_time) as "marketTime", core.instant_text(expires_at) as "expiresAt", update_count as "updateCount", approved_by as "approvedBy", rejection_reason as "rejectionReason"`;
type Row = StoredCard & Record<string, unknown>;
/** A number that no column could hold is no card's. */
export const cardByNumber = async (executor: Executor, number: number): Promise<StoredCard | null> => !(Number.isInteger(number) && Math.abs(number) < 2 ** 31) ? null : (await rows<Row>(executor, sql`select ${columns} from core.trade_cards where number = ${number}`))[0] ?? null;
export const cardOfAction = async (executor: Executor, actionId: string): Promise<StoredCard | null> => (await rows<Row>(executor, sql`select ${columns} from core.trade_cards where action_id = ${actionId}`))[0] ?? null;
export const listCards = (executor: Executor, input: { accountIds: readonly string[]; statuses?: readonly CardStatus[]; limit: number }): Promise<StoredCard[]> =>
  rows<Row>(executor, sql`select ${columns} from core.trade_cards where (account_id is null or account_id = any(${array(input.accountIds, 'uuid')})) ${input.statuses ? sql`and status = any(${array(input.statuses, 'text')})` : sql``} order by number desc limit ${input.limit}`);
/** The card follows its action; `since` columns are stamped by the status. */
export async function setCardStatus(tx: Executor, input: { actionId: string; status: CardStatus; personId?: string | null; reason?: string | null }): Promise<void> {
  await tx.execute(sql`update core.trade_cards set status = ${input.status}, update_count = update_count + 1,
    approved_at = case when ${input.status} = 'APPROVED' then core.wall_now() else approved_at end, approved_by = case when ${input.status} = 'APPROVED' then ${input.personId ?? null}::uuid else approved_by end,
    rejected_at = case when ${input.status} = 'REJECTED' then core.wall_now() else rejected_at end, rejection_reason = coalesce(${input.reason ?? null}, rejection_reason),
    executed_at = case when ${input.status} in ('EXECUTED', 'FILLED') then coalesce(executed_at, core.wall_now()) else executed_at end where action_id = ${input.actionId}`);
}
export const cardsOfActions = (executor: Executor, actionIds: readonly string[]): Promise<StoredCard[]> => rows<Row>(executor, sql`select ${columns} from core.trade_cards where action_id = any(${array(actionIds, 'uuid')}) order by number`);
