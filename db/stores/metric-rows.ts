import { sql } from 'drizzle-orm';
import type { Instant } from '../../desk/time.ts';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/** Counts of what was written after `since`, by the labels under which they are told; sums by the end of a label's life are the reader's. */
export interface CountRow { metric: string; labels: Record<string, string>; count: number }
type Row = CountRow & Record<string, unknown>;

/** What happened between two moments of the wall clock: reports of the gates, confirmations, orders, positions, cards, messages, signals, events. */
export const countsBetween = (executor: Executor, { since, until }: { since: Instant; until: Instant }): Promise<CountRow[]> => rows<Row>(executor, sql`
  with span as (select ${since}::timestamptz as a, ${until}::timestamptz as b),
  checks as (select c ->> 'id' as id, case when (c ->> 'passed')::boolean then 'pass' when c ->> 'severity' = 'BLOCK' then 'block' else 'warn' end as result
    from span, core.gate_reports r cross join lateral jsonb_array_elements(r.body::jsonb -> 'checks') c where r.at > span.a and r.at <= span.b)
  select 'guardrail_checks_total' as metric, jsonb_build_object('check', id, 'result', result) as labels, count(*)::int as count from checks group by 2
  union all select 'gate_reports', jsonb_build_object('account', coalesce(a.name, 'desk'), 'verdict', r.verdict), count(*)::int from span, core.gate_reports r join core.actions x on x.id = r.action_id left join core.accounts a on a.id = x.account_id where r.phase = 'propose' and r.at > span.a and r.at <= span.b group by 2
  union all select 'confirmations_total', jsonb_build_object('channel', coalesce(c.decided_in, 'none'), 'outcome', c.status), count(*)::int from span, core.confirmations c where c.decided_at > span.a and c.decided_at <= span.b group by 2
  union all select 'trade_cards_created_total', jsonb_build_object('account', coalesce(a.name, 'desk')), count(*)::int from span, core.trade_cards c left join core.accounts a on a.id = c.account_id where c.created_at > span.a and c.created_at <= span.b group by 2
  union all select 'orders_placed_total', jsonb_build_object('symbol', o.symbol, 'account', a.name, 'status', o.status), count(*)::int from span, core.orders o join core.accounts a on a.id = o.account_id where o.created_at > span.a and o.created_at <= span.b group by 2
  union all select 'channel_messages_total', jsonb_build_object('channel', t.channel, 'direction', case when m.author = 'desk' then 'out' else 'in' end), count(*)::int from span, core.messages m join core.threads t on t.id = m.thread_id where m.at > span.a and m.at <= span.b group by 2
  union all select 'pipeline_runs_total', jsonb_build_object('stage', 'cycle', 'status', 'done'), count(*)::int from span, core.cycles c where c.started_at > span.a and c.started_at <= span.b
  union all select 'events_ingested', '{}', count(*)::int from span, core.events e where e.ingested_at > span.a and e.ingested_at <= span.b`);

export interface GaugeRow { metric: string; labels: Record<string, string>; value: number }
/** How things stand now. */
export const gaugesNow = (executor: Executor): Promise<GaugeRow[]> => rows<GaugeRow & Record<string, unknown>>(executor, sql`
  select 'outbox_depth' as metric, '{}'::jsonb as labels, count(*)::float8 as value from core.outbox where done_at is null
  union all select 'audit_entries', '{}', sequence::float8 from core.audit_head
  union all select 'quarantined_rows', jsonb_build_object('kind', kind), count(*)::float8 from core.quarantine group by kind
  union all select 'feed_last_success', jsonb_build_object('feed', feed), extract(epoch from last_success_at)::float8 from core.feed_health where last_success_at is not null
  union all select 'feed_errors', jsonb_build_object('feed', feed), errors::float8 from core.feed_health
  union all select 'positions_open', jsonb_build_object('account', a.name), count(p.id)::float8 from core.accounts a left join core.positions p on p.account_id = a.id and p.closed_at is null group by a.name
  union all select 'confirmations_pending', '{}', count(*)::float8 from core.confirmations where status = 'pending'
  union all select 'confirmation_age', '{}', extract(epoch from core.wall_now() - min(shown_at))::float8 from core.confirmations where status = 'pending' having count(*) > 0
  union all select 'kill_switch_state', jsonb_build_object('account', coalesce(a.name, 'desk'), 'type', h.cause), case h.state when 'HALTED' then 2 when 'REDUCING' then 1 else 0 end::float8 from core.trading_holds h left join core.accounts a on a.id = h.account_id
  union all select 'risk_snapshot_age', '{}', extract(epoch from core.wall_now() - max(at))::float8 from core.risk_snapshots having count(*) > 0
  union all select 'job_failures', jsonb_build_object('job', name), failures::float8 from core.jobs
  union all select 'database_bytes', '{}', pg_database_size(current_database())::float8`);

/** The wall clock's moment, to count from. */
export const metricsNow = async (executor: Executor): Promise<Instant> => {
  const [row] = await rows<{ now: Instant }>(executor, sql`select core.instant_text(core.wall_now()) as now`);
  if (!row) throw new Error('the database tells no time');
  return row.now;
};
