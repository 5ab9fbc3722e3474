import { sql } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { rows } from '../sql.ts';

/**
 * Everything that only a confirmed or explicitly commanded action may change, one line a row, in words: orders, what lies at the
 * broker, money, mandates, funding plans, limits, switches, trading states, accounts, people, rights, identities and keys. What differs between two
 * readings is what happened to the desk in between.
 */
export async function governedFacts(executor: Executor): Promise<string[]> {
  const found = await rows<{ fact: string }>(executor, sql`
    select concat_ws(' ', 'order', a.name, o.category, o.side, o.quantity, o.symbol) as fact from core.orders o join core.accounts a on a.id = o.account_id
    union all select concat_ws(' ', 'broker', p.client_order_id) from paper.orders p left join core.orders o on o.client_order_id = p.client_order_id where o.id is null
    union all select concat_ws(' ', 'money', a.name, t.kind, e.ledger, e.amount_minor) from core.ledger_entries e join core.ledger_transactions t on t.id = e.transaction_id left join core.accounts a on a.id = e.account_id where t.kind <> 'TRADE'
    union all select concat_ws(' ', 'mandate', a.name, m.version, case when m.active then 'active' end) from core.mandates m join core.accounts a on a.id = m.account_id
    union all select concat_ws(' ', 'plan', a.name, f.version, f.type, f.sip_amount_minor, f.lump_sum_amount_minor, f.emergency_buffer_percent, case when f.active then 'active' end) from core.funding_plans f join core.accounts a on a.id = f.account_id
    union all select concat_ws(' ', 'limit', coalesce(a.name, l.scope), l.setting, l.value) from core.limit_settings l left join core.accounts a on a.id = l.account_id
    union all select concat_ws(' ', 'switch', coalesce(a.name, k.scope), k.type, k.threshold, k.threshold_type, k.active) from core.kill_switches k left join core.accounts a on a.id = k.account_id
    union all select concat_ws(' ', 'state', coalesce(a.name, s.scope), s.state) from core.trading_states s left join core.accounts a on a.id::text = s.scope
    union all select concat_ws(' ', 'account', name, mode, deleted_at is not null, live_armed_until) from core.accounts
    union all select concat_ws(' ', 'person', name, role) from core.people
    union all select concat_ws(' ', 'right', p.name, a.name, r.can_view, r.can_propose, r.can_confirm) from core.account_rights r join core.people p on p.id = r.person_id join core.accounts a on a.id = r.account_id
    union all select concat_ws(' ', 'identity', channel, person_id) from core.identities
    union all select concat_ws(' ', 'yes', c.status, a.body::jsonb->>'kind') from core.confirmations c join core.actions a on a.id = c.action_id where c.status = 'confirmed'
    union all select concat_ws(' ', 'carried out', a.body::jsonb->>'kind') from core.actions a where a.state = 'done'
    order by 1`);
  return found.map(({ fact }) => fact);
}
