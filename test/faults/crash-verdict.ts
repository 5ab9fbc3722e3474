import { createPublicKey } from 'node:crypto';
import { auditEntries } from '../../db/stores/audit.ts';
import type { Database } from '../../db/client.ts';
import { createAuditVerifier } from '../../desk/audit/verify.ts';
import { advance, type CrashHome, openCrashDesk, openHomeDatabase, press, type Scenario } from './crash-home.ts';
import { faultsInBooks } from './trading.ts';

type Row = Record<string, unknown>;
const asker = (database: Database) => async (text: string): Promise<Row[]> => (await database.pool.query<Row>(text)).rows;
/** The action that the run was about: its last one. */
const subject = 'select id, kind, state, reason from core.actions order by created_at desc, id desc limit 1';
const entriesAtBroker = `select p.client_order_id as id from paper.orders p where p.body::jsonb->>'category' = 'ENTRY' and p.body::jsonb->>'clearanceId' in (select c.id::text from core.clearances c where c.action_id = (select id from (${subject}) a))`;
const sentTwice = "select payload::jsonb->>'clientOrderId' as id from core.audit_log where kind = 'order.sending' group by 1 having count(*) > 1";

async function auditFaults(database: Database, publicKeyPem: string): Promise<string[]> {
  const verifier = createAuditVerifier({ publicKey: createPublicKey(publicKeyPem), anchor: null });
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

/** Opens a home that a desk died in, lets the new desk work through it, and says everything that is not as it must be. */
export async function verdictOn(home: CrashHome, scenario: Scenario): Promise<string[]> {
  const faults: string[] = [];
  const must = (holds: boolean, otherwise: string): void => { if (!holds) faults.push(otherwise); };
  const database = await openHomeDatabase(home);
  const before = (await asker(database)(entriesAtBroker)).length;
  must(before <= 1, `${before} entries at the broker before the restart`);
  const desk = await openCrashDesk(home, database);
  try {
    const all = asker(database);
    // A press that was not stored is as if it had not happened: the question is still open and is answered now.
    const [open] = await all("select id from core.confirmations where status = 'pending'");
    if (open) await press(desk, String(open.id));
    await advance(desk, 3);
    const [action] = await all(subject);
    must(action?.state === 'done', `the action is ${String(action?.state)}: ${String(action?.reason)}`);
    for (const { id } of await all(sentTwice)) faults.push(`${String(id)} was sent twice`);
    must((await all("select 1 from core.order_intents where state in ('SENDING', 'UNKNOWN')")).length === 0, 'a send is still without an answer');
    must((await all('select 1 from core.outbox where done_at is null and (lease_until is null or lease_until < now())')).length === 0, 'work is left in the outbox');
    if (scenario === 'entry') {
      must((await all(entriesAtBroker)).length === 1, 'there is not exactly one entry at the broker');
      for (const { what } of await all(`select p.symbol as what from core.positions p where p.closed_at is null and exists (select 1 from unnest(array['STOP_LOSS', 'TAKE_PROFIT']) c
        where (select coalesce(sum(o.quantity - o.filled_quantity), 0) from core.orders o join paper.orders b using (client_order_id) where o.account_id = p.account_id and o.symbol = p.symbol and o.category = c and o.status = 'OPEN' and b.status = 'OPEN') <> p.quantity)`)) faults.push(`${String(what)} is not protected for exactly what is held`);
      must((await all("select 1 from core.positions where closed_at is null and quantity = 10")).length === 3, 'the position is not there, or not of its size');
    } else {
      must((await all('select 1 from core.positions where closed_at is null')).length === 0, 'a position is left');
      must((await all("select 1 from core.orders where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN') union all select 1 from paper.orders where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED')")).length === 0, 'an order is left');
      must((await all("select 1 from core.trading_states where account_id is not null and state = 'HALTED'")).length === 1, 'the account is not halted');
    }
    faults.push(...(await faultsInBooks(all)), ...(await auditFaults(database, desk.publicKeyPem)), ...desk.logged);
  } finally { await desk.close(); }
  return faults;
}
