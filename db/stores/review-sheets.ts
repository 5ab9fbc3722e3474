import { sql } from 'drizzle-orm';
import type { Instant, TradingDate } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** `decisions`: how many there were to draw from. */
export interface ReviewSheet { week: TradingDate; drawnAt: Instant; decisions: number; actionIds: string[] }

/** Whatever was proposed in that time and judged by the gates, on the wall clock. */
export const judgedBetween = async (executor: Executor, { from, before }: { from: Instant; before: Instant }): Promise<string[]> => (await rows<{ id: string }>(executor, sql`
  select id from core.actions a where created_at >= ${from} and created_at < ${before} and exists (select 1 from core.gate_reports r where r.action_id = a.id)`)).map(({ id }) => id);

/** False when the week's sheet is there already: the first one stays. */
export const storeReviewSheet = async (executor: Executor, { week, decisions, actionIds }: Omit<ReviewSheet, 'drawnAt'>): Promise<boolean> => (await rows(executor, sql`
  insert into core.review_sheets (week, drawn_at, decisions, action_ids) values (${week}, core.wall_now(), ${decisions}, ${JSON.stringify(actionIds)}::jsonb) on conflict (week) do nothing returning week`)).length > 0;

/** The sheet of a week, or the newest. */
export const reviewSheet = async (executor: Executor, week: TradingDate | null): Promise<ReviewSheet | null> => (await rows<ReviewSheet & Record<string, unknown>>(executor, sql`
  select week::text as week, core.instant_text(drawn_at) as "drawnAt", decisions, action_ids as "actionIds" from core.review_sheets ${week === null ? sql`` : sql`where week = ${week}`} order by week desc limit 1`))[0] ?? null;
