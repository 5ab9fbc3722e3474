import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { array, rows } from '../sql.ts';

interface Span { accountIds: readonly string[]; from: Instant; to: Instant }
/** Reports on actions of these accounts (or of none) whose market time lies in the span. */
const reportsIn = ({ accountIds, from, to }: Span) => sql`core.gate_reports r join core.actions a on a.id = r.action_id
  where (a.account_id is null or a.account_id = any(${array(accountIds, 'uuid')})) and a.market_time >= ${from} and a.market_time <= ${to}`;

export const verdictCounts = (executor: Executor, span: Span) => rows<{ phase: string; verdict: 'PASS' | 'BLOCK'; reports: number }>(executor, sql`
  select r.phase, r.verdict, count(*)::int as reports from ${reportsIn(span)} group by 1, 2 order by 1, 2`);

/** How often each check judged, warned and blocked; where it did not apply it is not counted. */
export const checkCounts = (executor: Executor, span: Span) => rows<{ check: string; judged: number; warned: number; blocked: number }>(executor, sql`
  select c->>'id' as check, count(*)::int as judged, count(*) filter (where c->>'severity' = 'WARN')::int as warned, count(*) filter (where c->>'severity' = 'BLOCK' and not (c->>'passed')::boolean)::int as blocked
  from (select r.body from ${reportsIn(span)}) as reports, jsonb_array_elements(reports.body::jsonb->'checks') as c
  where c->>'code' is distinct from 'NOT_APPLICABLE' group by 1 order by blocked desc, warned desc, 1`);

/** Checks that warned when these actions were proposed. */
export const warningsOf = (executor: Executor, actionIds: readonly string[]) => rows<{ actionId: string; check: string }>(executor, sql`
  select distinct r.action_id as "actionId", c->>'id' as check from core.gate_reports r, jsonb_array_elements(r.body::jsonb->'checks') as c
  where r.phase = 'propose' and r.action_id = any(${array(actionIds, 'uuid')}) and c->>'severity' = 'WARN' order by 1, 2`);
