import { createPublicKey } from 'node:crypto';
import { auditEntries } from '../../db/stores/audit.ts';
import type { Database } from '../../db/client.ts';
import { createAuditVerifier } from '../../desk/audit/verify.ts';
import { advance, type CrashHome, openCrashDesk, openHomeDatabase, press, type Scenario, turnsOf } from './crash-home.ts';
import { faultsInBooks } from './trading.ts';

type Row = Record<string, unknown>;
const asker = (database: Database) => async (text: string): Promise<Row[]> => (await database.pool.query<Row>(text)).rows;
/** The action that the run was about: its last one. */
const subject = 'select id, kind, state, reason from core.actions order by created_at desc, id desc limit 1';
const entriesAtBroker = `select p.client_order_id as id from paper.orders p where p.body::jsonb->>'category' = 'ENTRY' and p.body::jsonb->>'clearanceId' in (select c.id::text from core.clearances c where c.action_id = (select id from (${subject}) a))`;
const sentTwice = "select payload::jsonb->>'clientOrderId' as id from core.audit_log where kind = 'order.sending' group by 1 having count(*) > 1";

async function auditFaults(database: Database, publicKeyPem: string): Promise<string[]> {
  const verifier = createAuditVerifier({ publicKey: createPublicKey(publicKeyPem) });
  for (let after = 0; ; ) {
    const lines = await auditEntries(database.orm, { after, limit: 500 });
    for (const line of lines) verifier.add(line);
    const last = lines.at(-1);
    if (!last) break;
    after = last.sequence;
  }
  const { ok, firstBad } = verifier.finish();
  return ok ? [] : [`the audit does not verify: ${JSON.stringify(firstBad)}`];
}

/** Whole or not at all; in the order of the fills nothing was ever short without its cover; nothing was filled beyond its leg. */
async function structureFaults(all: (text: string) => Promise<Row[]>, whole: boolean): Promise<string[]> {
  const faults: string[] = [];
  const legs = await all("select quantity from core.positions where closed_at is null and symbol like 'NIFTY-%' order by quantity");
  const held = legs.map(({ quantity }) => Number(quantity)).join(' ');
  if (held !== (whole ? '-75 -75 75 75' : '')) faults.push(`of a structure that ${whole ? 'filled' : 'was taken back'} ${held || 'nothing'} is held`);
  const cover = { CE: 0, PE: 0 };
  for (const { symbol, side, quantity } of await all("select o.symbol, o.side, f.quantity from core.fills f join core.orders o on o.id = f.order_id where o.symbol like 'NIFTY-%' order by f.happened_at, f.broker_fill_id, f.id")) {
    const right = String(symbol).slice(-2) as keyof typeof cover;
    cover[right] += (side === 'BUY' ? 1 : -1) * Number(quantity);
    if (cover[right] < 0) faults.push(`${String(symbol)} was short without its cover`);
  }
  for (const { symbol } of await all("select symbol from core.orders where symbol like 'NIFTY-%' group by symbol, side, category having count(*) > 1")) faults.push(`${String(symbol)} has two orders for one leg`);
  return faults;
}

/** Opens a home that a desk died in, lets the new desk work through it, and says everything that is not as it must be. */
export async function verdictOn(home: CrashHome, scenario: Scenario): Promise<string[]> {
  const faults: string[] = [];
  const must = (holds: boolean, otherwise: string): void => { if (!holds) faults.push(otherwise); };
  const database = await openHomeDatabase(home);
  const before = (await asker(database)(entriesAtBroker)).length;
  must(scenario === 'structure' || before <= 1, `${before} entries at the broker before the restart`);
  const desk = await openCrashDesk(home, database);
  try {
    const all = asker(database);
    // A press that was not stored is as if it had not happened: the question is still open and is answered now.
    const [open] = await all("select id from core.confirmations where status = 'pending'");
    if (open) await press(desk, String(open.id));
    await advance(desk, 3);
    for (let turn = 1; turn < turnsOf(scenario); turn += 1) await advance(desk, 1);
    const [action] = await all(subject);
    must(action?.state === 'done' || (scenario === 'structure' && action?.state === 'failed'), `the action is ${String(action?.state)}: ${String(action?.reason)}`);
    for (const { id } of await all(sentTwice)) faults.push(`${String(id)} was sent twice`);
    must((await all("select 1 from core.order_intents where state in ('SENDING', 'UNKNOWN')")).length === 0, 'a send is still without an answer');
    must((await all('select 1 from core.outbox where done_at is null and (lease_until is null or lease_until < now())')).length === 0, 'work is left in the outbox');
    if (scenario === 'entry') {
      must((await all(entriesAtBroker)).length === 1, 'there is not exactly one entry at the broker');
      for (const { what } of await all(`select p.symbol as what from core.positions p where p.closed_at is null and exists (select 1 from unnest(array['STOP_LOSS', 'TAKE_PROFIT']) c
        where (select coalesce(sum(o.quantity - o.filled_quantity), 0) from core.orders o join paper.orders b using (client_order_id) where o.account_id = p.account_id and o.symbol = p.symbol and o.category = c and o.status = 'OPEN' and b.status = 'OPEN') <> p.quantity)`)) faults.push(`${String(what)} is not protected for exactly what is held`);
      must((await all("select 1 from core.positions where closed_at is null and quantity = 10")).length === 3, 'the position is not there, or not of its size');
    } else if (scenario === 'late_adjustment') {
      must((await all("select 1 from core.holding_adjustments where quantity_before = 10 and quantity_after = 10 and cash_minor > 0 and action_id is not null")).length === 1 && (await all("select 1 from core.audit_log where kind = 'corporate_action.applied'")).length === 1, 'the bonus is not worked in exactly once');
      for (const { what } of await all(`select h.symbol as what from core.holding_adjustments h join core.positions p on p.id = h.position_id where p.quantity <> 10 or p.stop_loss <> h.stop_after or p.cost_minor <> h.cost_after_minor
        or (select array_agg(b.body::jsonb->>'triggerPrice' || ' ' || (b.body::jsonb->>'quantity')) from paper.orders b join core.orders o using (client_order_id) where o.symbol = h.symbol and o.category = 'STOP_LOSS' and b.status = 'OPEN') is distinct from array[trim_scale(h.stop_after)::text || ' 10']`)) faults.push(`${String(what)} is not held, or not protected, as the bonus left it`);
    } else if (scenario === 'structure') {
      faults.push(...(await structureFaults(all, action?.state === 'done')));
    } else {
      must((await all('select 1 from core.positions where closed_at is null')).length === 0, 'a position is left');
      must((await all("select 1 from core.orders where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN') union all select 1 from paper.orders where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED')")).length === 0, 'an order is left');
      must((await all("select 1 from core.trading_states where account_id is not null and state = 'HALTED'")).length === 1, 'the account is not halted');
    }
    faults.push(...(await faultsInBooks(all)), ...(await auditFaults(database, desk.publicKeyPem)), ...desk.logged);
  } finally { await desk.close(); }
  return faults;
}
