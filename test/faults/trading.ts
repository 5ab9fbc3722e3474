import type { Action } from '../../desk/actions/types.ts';
import type { ProposalOutcome } from '../../tools/services.ts';
import { openTestDesk, type TestDesk, type TestDeskOptions } from '../helpers/desk.ts';

type Row = Record<string, unknown>;
/** A test desk with shorthands for what fault tests do over and over, and a way to look at its database. */
export interface FaultDesk extends TestDesk {
  ask<R extends Row = Row>(text: string, values?: unknown[]): Promise<R[]>;
  account(name: string): Promise<string>;
  equities: string[];
  propose(action: Action): Promise<ProposalOutcome>;
  /** An order at the market in LumpSum that the gates let through, or whose refusal is in the outcome. */
  entry(symbol: string, quantity: number, changes?: Row): Promise<ProposalOutcome>;
  /** What is wrong with the books: nothing, whatever happened to the desk. */
  faultsInBooks(): Promise<string[]>;
}

export async function openFaultDesk(options: TestDeskOptions = {}): Promise<FaultDesk> {
  const desk = await openTestDesk(options);
  const ask = async <R extends Row = Row>(text: string, values: unknown[] = []): Promise<R[]> => (await desk.database.pool.query<R>(text, values)).rows;
  const account = async (name: string): Promise<string> => (await ask<{ id: string }>('select id from core.accounts where name = $1', [name]))[0]?.id ?? '';
  const propose = (action: Action): Promise<ProposalOutcome> => desk.services.propose({ action, proposer: { kind: 'person', personId: desk.owner.id, channel: 'test' }, threadId: null, turn: null });
  return {
    ...desk, ask, account, propose,
    equities: [...desk.market.symbols().values()].filter(({ kind }) => kind === 'EQUITY').map(({ symbol }) => symbol),
    async entry(symbol, quantity, changes = {}) {
      // A test enters faster than a desk may: what it sent before is long ago to the order governor.
      await desk.database.asOwner((client) => client.query("update core.orders set created_at = created_at - interval '1 hour'; delete from core.order_messages"));
      const last = desk.market.quote(symbol)?.last ?? 0;
      const onTick = (price: number): string => (Math.round(price * 20) / 20).toFixed(2);
      return propose({
        kind: 'enter', accountId: await account('LumpSum'), symbol, exchange: 'NSE', side: 'BUY', quantity, orderType: 'MARKET', product: 'DELIVERY',
        bracket: { stop: onTick(last * 0.95), target: onTick(last * 1.1) }, strategy: 'manual', horizonDays: 10, ...changes,
      } as Action);
    },
    faultsInBooks: () => faultsInBooks(ask),
  };
}

/** The identities that hold after anything: each is a query whose rows are the exceptions. */
const identities: readonly [string, string][] = [
  ['a ledger transaction does not balance', 'select transaction_id::text as what from core.ledger_entries group by 1 having sum(amount_minor) <> 0'],
  ['a fill has not exactly one ledger transaction', 'select f.id::text as what from core.fills f left join core.ledger_transactions t on t.fill_id = f.id group by f.id having count(t.id) <> 1'],
  ['an order’s filled quantity is not that of its fills', 'select o.client_order_id as what from core.orders o left join core.fills f on f.order_id = o.id group by o.id having o.filled_quantity <> coalesce(sum(f.quantity), 0)'],
  ['a position is not the sum of its fills', `select coalesce(p.symbol, f.symbol) as what from (select account_id, symbol, sum(quantity) as held from core.positions where closed_at is null group by 1, 2) p
    full join (select f.account_id, f.symbol, f.held + coalesce((select sum(s.quantity) from core.parted_shares s where s.account_id = f.account_id and s.into_symbol = f.symbol), 0) as held from (select f.account_id, o.symbol, coalesce(max(a.quantity_after), 0) + sum(case when f.happened_at < a.happened_at then 0 when o.side = 'BUY' then f.quantity else -f.quantity end) as held from core.fills f join core.orders o on o.id = f.order_id
      left join lateral (select trunc(round(quantity_after * coalesce((select exp(sum(ln(w.quantity_after::numeric / w.quantity_before))) from core.holding_adjustments w where w.position_id = h.position_id and w.kind in ('SPLIT', 'BONUS') and w.happened_at < h.happened_at and w.applied_at > h.applied_at and w.quantity_after <> 0 and w.quantity_before <> 0), 1), 6)) as quantity_after, happened_at from core.holding_adjustments h where h.account_id = f.account_id and h.symbol = o.symbol and h.kind in ('SPLIT', 'BONUS') order by h.happened_at desc, h.kind limit 1) a on true group by 1, 2 union all select s.account_id, s.into_symbol, 0 from core.parted_shares s where s.into_symbol is not null and not exists (select 1 from core.fills g join core.orders q on q.id = g.order_id where g.account_id = s.account_id and q.symbol = s.into_symbol)) f) f using (account_id, symbol) where coalesce(p.held, 0) <> coalesce(f.held, 0)`],
  ['securities in the ledger are not the cost of what is held', `select a.name as what from core.accounts a where coalesce((select sum(amount_minor) from core.ledger_entries where account_id = a.id and ledger = 'securities'), 0) <> coalesce((select sum(cost_minor) from core.positions where account_id = a.id and closed_at is null), 0)`],
  ['a fill of the broker is booked twice, or not at all', `select coalesce(p.broker_fill_id, f.broker_fill_id) as what from paper.fills p full join core.fills f on f.broker_fill_id = p.broker_fill_id and f.account_id::text = p.account_id where p.broker_fill_id is null or f.broker_fill_id is null`],
  ['the broker has an order that the desk has not', 'select p.client_order_id as what from paper.orders p left join core.orders o on o.client_order_id = p.client_order_id where o.id is null'],
];
export async function faultsInBooks(ask: (text: string) => Promise<Row[]>): Promise<string[]> {
  const faults: string[] = [];
  for (const [name, query] of identities) for (const row of await ask(query)) faults.push(`${name}: ${String(row.what)}`);
  return faults;
}
