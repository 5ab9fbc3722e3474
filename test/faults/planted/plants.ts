// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is found and put is source text.
import { readdirSync, readFileSync } from 'node:fs';
import type { Edit, Plant } from '../../simulation/plants.ts';

/** Tests that must find a fault: a file, and a pattern of the names of those of its tests that are meant. */
export interface Finder { file: string; named?: string }
/** A fault of the executor or of a store. `needsServer`: it shows only where transactions run side by side. */
export interface StorePlant extends Plant { by: Finder; needsServer?: true }

/** The half of the contract that runs on a database. */
const contract: Finder = { file: 'test/simulation/store-contract.test.ts', named: 'the stores (embedded|on the server)' };
const fills: Finder = { file: 'test/faults/fills.test.ts' };
const tickets: Finder = { file: 'test/faults/tickets.test.ts' };
const forgery: Finder = { file: 'test/faults/forgery.test.ts', named: 'an order' };
const books: Finder = { file: 'test/faults/forged-books.test.ts', named: 'the ledger' };
const eyes: Finder = { file: 'test/faults/four-eyes.test.ts' };
const people: Finder = { file: 'test/db/people-store.test.ts' };
const paper: Finder = { file: 'test/brokers/paper/database-book.test.ts' };
const governor: Finder = { file: 'test/graph/execution/governor.test.ts' };
const senders: Finder = { ...governor, named: 'lets nobody count before' };
const changes: Finder = { file: 'test/graph/execution/changes.test.ts' };
const expiry: Finder = { file: 'test/graph/execution/option-expiry.test.ts' };

const edit = (file: string, find: string, put: string): Edit => ({ file, find, put });
const store = (file: string, find: string, put: string): Edit[] => [edit(`db/stores/${file}.ts`, find, put)];
const execution = (file: string, find: string, put: string): Edit[] => [edit(`graph/execution/${file}.ts`, find, put)];
const migrations = new URL('../../../db/migrations/', import.meta.url);
const statements = readdirSync(migrations).filter((name) => name.endsWith('.sql')).sort().map((name) => ({ file: `db/migrations/${name}`, text: readFileSync(new URL(name, migrations), 'utf8') }));
/** In the newest migration that has the text: a function that was defined anew is what it became last, and a fault in its older body is none. */
const schema = (find: string, put: string): Edit[] => [edit(statements.findLast(({ text }) => text.includes(find))?.file ?? 'db/migrations/0000_first_light.sql', find, put)];

/** `find` must be in its file exactly once, so a plant that no longer fits the code fails. */
export const storePlants: readonly StorePlant[] = [
  // Orders, intents and fills.
  { name: 'an intent is moved wherever it stands', by: contract, edits: store('execution', "where id = ${input.id} and state = any(${array(input.from, 'text')}) returning id", 'where id = ${input.id} returning id') },
  { name: 'an order written again starts over', by: contract, edits: store('execution', 'on conflict (client_order_id) do nothing`', "on conflict (client_order_id) do update set status = 'PENDING', broker_order_id = null`") },
  { name: 'a broker’s answer is taken for every order', by: contract, edits: store('execution', "else ${state.status} end\n    where client_order_id = ${state.clientOrderId}`", 'else ${state.status} end`') },
  { name: 'a filled order is brought back to life', by: contract, edits: store('execution', "status = case when status = 'FILLED' then status when", 'status = case when') },
  { name: 'an order is over before its fills are booked', by: contract, edits: store('execution', "when ${state.filledQuantity}::int > filled_quantity then", "when ${state.filledQuantity}::int < 0 then") },
  { name: 'the broker’s name of an order is forgotten', by: contract, edits: store('execution', "broker_order_id = coalesce(nullif(${state.brokerOrderId}, ''), broker_order_id)", "broker_order_id = nullif(${state.brokerOrderId}, '')") },
  { name: 'an answered order is taken for lost', by: contract, edits: store('execution', "where client_order_id = ${input.clientOrderId} and broker_order_id is null and status in ('PENDING', 'UNKNOWN')`", 'where client_order_id = ${input.clientOrderId}`') },
  { name: 'an answered order counts as unanswered', by: contract, edits: store('execution', "where intent_id = ${intentId} and status in ('PENDING', 'UNKNOWN') and broker_order_id is null order by", 'where intent_id = ${intentId} order by') },
  { name: 'a late fill revives a cancelled order', by: contract, edits: store('execution', "when o.status in ('CANCELLED', 'EXPIRED') then o.status else", 'else') },
  { name: 'the average price forgets quantities', by: fills, edits: store('execution', 'round(sum(price * quantity) / sum(quantity), 6) as average', 'round(avg(price), 6) as average') },
  { name: 'a fill told again changes the first', by: contract, edits: store('execution', 'on conflict (account_id, broker_fill_id) do nothing returning id', 'on conflict (account_id, broker_fill_id) do update set quantity = excluded.quantity returning id') },
  { name: 'a fill of another account is taken for one’s own', by: contract, edits: store('execution', 'where f.account_id = ${accountId} and f.broker_fill_id = ${brokerFillId}`', 'where f.broker_fill_id = ${brokerFillId}`') },
  { name: 'orders of every account are listed', by: contract, edits: store('execution', "from core.orders where account_id = any(${array(input.accountIds, 'uuid')}) ${input.statuses", 'from core.orders where true ${input.statuses') },
  { name: 'a stop of another account is authority', by: contract, edits: store('execution', "where account_id = ${input.accountId} and leg in ('stop', 'target')", "where leg in ('stop', 'target')") },
  { name: 'a stop of another share is authority', by: contract, edits: store('execution', " and spec::jsonb->>'symbol' = ${input.symbol} and spec::jsonb->>'operation'", " and spec::jsonb->>'operation'") },
  { name: 'changes and cancels are not counted', by: governor, edits: store('execution', '+ (select count(*) from core.order_messages where at > core.wall_now() - make_interval(secs => ${seconds})))::int as n', ')::int as n') },
  { name: 'one message too many a second', by: governor, edits: store('execution', 'if (sent >= input.limit) return false;', 'if (sent > input.limit) return false;') },
  { name: 'a cancel leaves no trace', by: governor, edits: store('execution', 'await tx.execute(sql`insert into core.order_messages (at, operation) values (core.wall_now(), ${input.operation})`);', '') },
  { name: 'senders do not wait for one another', by: senders, needsServer: true, edits: store('execution', 'await tx.execute(sql`select pg_advisory_xact_lock(727003)`);', '') },

  // Positions, money, holds.
  { name: 'a position of another account grows', by: contract, edits: store('positions', 'where account_id = ${accountId} and symbol = ${symbol} and closed_at is null for update', 'where symbol = ${symbol} and closed_at is null for update') },
  { name: 'a closed position is opened again', by: contract, edits: store('positions', 'where account_id = ${accountId} and symbol = ${symbol} and closed_at is null for update', 'where account_id = ${accountId} and symbol = ${symbol} order by opened_at limit 1 for update') },
  { name: 'a position never closes', by: contract, edits: store('positions', 'closed_at = excluded.closed_at, updated_at = excluded.updated_at`', 'updated_at = excluded.updated_at`') },
  { name: 'the cost stays that of the first fill', by: contract, edits: store('positions', 'average_price = excluded.average_price, cost_minor = excluded.cost_minor,', 'average_price = excluded.average_price,') },
  { name: 'a new stop is set on what is closed', by: contract, edits: store('positions', 'updated_at = core.wall_now() where id = ${input.id} and closed_at is null`);\nexport const saveBestPrice', 'updated_at = core.wall_now() where id = ${input.id}`);\nexport const saveBestPrice') },
  { name: 'the fill cursor stands still', by: contract, edits: store('positions', 'on conflict (account_id) do update set broker_fill_id = excluded.broker_fill_id', 'on conflict (account_id) do nothing') },
  { name: 'balances are rounded to a rupee', by: contract, edits: store('ledger', 'sum(amount_minor)::float8 as total from', '(round(sum(amount_minor) / 100.0) * 100)::float8 as total from') },
  { name: 'balances count what has not happened yet', by: contract, edits: store('ledger', '${input.asOf ? sql`and happened_at <= ${input.asOf}` : sql``} group by 1, 2`', 'group by 1, 2`') },
  { name: 'a later, looser hold wins', by: contract, edits: store('trading-holds', "state = case when array_position(array['ACTIVE','REDUCING','HALTED'], excluded.state) > array_position(array['ACTIVE','REDUCING','HALTED'], h.state) then excluded.state else h.state end,", 'state = excluded.state,') },
  { name: 'a hold for a person ends by itself', by: contract, edits: store('trading-holds', 'resets_at = case when h.resets_at is null or excluded.resets_at is null then null else greatest(h.resets_at, excluded.resets_at) end', 'resets_at = excluded.resets_at') },
  { name: 'a hold does not stop anything', by: contract, edits: store('trading-holds', "if (strictness[hold.state] > strictness[now?.state ?? 'ACTIVE'])", "if (strictness[hold.state] > 5)") },

  // Work, and who does it.
  { name: 'two workers take one row', by: contract, edits: store('outbox', 'where done_at is null and (lease_until is null or lease_until <= core.wall_now()) order by', 'where done_at is null order by') },
  { name: 'a lease never ends', by: contract, edits: store('outbox', '(lease_until is null or lease_until <= core.wall_now())', 'lease_until is null') },
  { name: 'work that is done comes again', by: contract, edits: store('outbox', 'set done_at = core.wall_now(), lease_until = null where sequence', 'set lease_until = null where sequence') },
  { name: 'the outbox row of a step is forgotten', by: contract, edits: schema('  IF p_topic IS NOT NULL THEN INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES (p_topic, p_id, p_payload, core.wall_now()); END IF;\n', '') },
  { name: 'the outbox row of a yes is forgotten', by: contract, edits: schema("      INSERT INTO core.outbox (topic, action_id, payload, created_at) VALUES ('action.confirmed', c.action_id, p_payload, core.wall_now());\n", '') },
  { name: 'a sign-in link works twice', by: people, edits: store('people', "where hash = ${sha256(token)} and kind = 'signin' and used_at is null and revoked_at is null", "where hash = ${sha256(token)} and kind = 'signin' and revoked_at is null") },
  { name: 'a revoked key still works', by: people, edits: store('people', 'and t.kind = ${kind} and t.revoked_at is null and', 'and t.kind = ${kind} and') },
  { name: 'a session never ends', by: people, edits: store('people', 'and (t.expires_at is null or t.expires_at > core.wall_now()) and', 'and') },
  { name: 'an ended link still answers', by: people, edits: store('identities', 'and i.external_id = ${input.externalId} and i.unlinked_at is null`', 'and i.external_id = ${input.externalId}`') },

  // What the database itself refuses.
  { name: 'a step is taken from wherever the action is', by: contract, edits: schema('updated_at = core.wall_now() WHERE id = p_id AND state = p_from;', 'updated_at = core.wall_now() WHERE id = p_id;') },
  { name: 'a question goes to people without the right', by: contract, edits: schema('IF NOT core.may_confirm(person, act.account_id) THEN', 'IF NOT core.may_confirm(person, act.account_id) AND person IS NULL THEN') },
  { name: 'anybody’s press counts', by: contract, edits: schema('IF NOT (p_person = ANY (c.eligible)) OR NOT core.may_confirm(p_person, c.account_id) THEN', 'IF p_person IS NULL THEN') },
  { name: 'a press is not about what was shown', by: contract, edits: schema('ELSIF p_digest IS DISTINCT FROM c.action_digest THEN', 'ELSIF p_digest IS NULL THEN') },
  { name: 'a press after the end of the question counts', by: contract, edits: schema("ELSIF c.expires_at <= core.wall_now() THEN\n    verdict := 'expired';", "ELSIF c.expires_at <= core.wall_now() - interval '1 day' THEN\n    verdict := 'expired';") },
  { name: 'one yes is enough for two people', by: eyes, edits: schema('IF given < c.approvals_needed THEN', 'IF given < 1 THEN') },
  { name: 'a yes counts though the right is gone', by: eyes, edits: schema('WHERE g.confirmation_id = p_id AND core.may_confirm(g.person_id, c.account_id);', 'WHERE g.confirmation_id = p_id;') },
  { name: 'a closed question is closed again', by: contract, edits: schema("reason = p_reason WHERE id = p_id AND status = 'pending' RETURNING", 'reason = p_reason WHERE id = p_id RETURNING') },
  { name: 'cleared on the verdict before the press', by: contract, edits: schema("IF rep.phase <> 'confirm' THEN", "IF rep.phase = '' THEN") },
  { name: 'intents that nobody signed', by: contract, edits: schema("AND listed->>'clientOrderId' = given->>'clientOrderId' AND listed->'spec' = (given->>'spec')::jsonb)) THEN", "AND listed->>'clientOrderId' = given->>'clientOrderId')) THEN") },
  { name: 'a clearance is used up again', by: contract, edits: schema('WHERE id = p_id AND consumed_at IS NULL AND expires_at > core.wall_now();', 'WHERE id = p_id AND expires_at > core.wall_now();') },
  { name: 'a clearance that is over is used', by: contract, edits: schema('WHERE id = p_id AND consumed_at IS NULL AND expires_at > core.wall_now();', 'WHERE id = p_id AND consumed_at IS NULL;') },
  { name: 'an order before the clearance is used up', by: contract, edits: schema('WHERE c.id = i.clearance_id AND c.consumed_at IS NOT NULL)\n', 'WHERE c.id = i.clearance_id)\n') },
  { name: 'an order larger than was cleared', by: contract, edits: schema('IF NOT coalesce(NEW.quantity BETWEEN 1 AND cleared, false) THEN', 'IF NOT coalesce(NEW.quantity BETWEEN 1 AND 2 * cleared, false) THEN') },
  { name: 'a stop of two positions’ size', by: forgery, edits: schema("AND o.spec::jsonb->>'side' = NEW.side AND o.spec::jsonb->>'category' = terms->>'category';", "AND o.spec::jsonb->>'operation' = 'submit';") },
  { name: 'an intent is made ready again', by: contract, edits: schema("OR (OLD.state IN ('SENDING', 'UNKNOWN') AND NEW.state IN ('UNKNOWN',", "OR (OLD.state IN ('SENDING', 'UNKNOWN') AND NEW.state IN ('READY', 'UNKNOWN',") },
  { name: 'more fills than the order', by: contract, edits: schema('already + NEW.quantity > o.quantity OR NEW.quantity <= 0', 'NEW.quantity <= 0') },
  { name: 'a fill in another account’s book', by: forgery, edits: schema('IF o.account_id <> NEW.account_id OR already', 'IF already') },
  { name: 'a ledger transaction out of balance', by: contract, edits: schema('IF total <> 0 OR entries < 2 THEN', 'IF entries < 2 THEN') },
  { name: 'a ledger transaction is not what its fill moved', by: contract, edits: schema("* round(f.price * f.quantity * 100)) > 1 + f.quantity / 10000 THEN", "* round(f.price * f.quantity * 100)) > 1000000 + f.quantity THEN") },
  { name: 'a clearance pays twice', by: books, edits: schema("AND NOT EXISTS (SELECT 1 FROM core.ledger_transactions l WHERE l.clearance_id = c.id AND (a.kind <> 'account_reset' OR l.kind = NEW.kind))", '') },
  { name: 'an entry of the audit does not hold the one before', by: contract, edits: schema("core.digest_text(concat_ws(E'\\n', head.hash, (head.sequence + 1)::text,", "core.digest_text(concat_ws(E'\\n', (head.sequence + 1)::text,") },
  { name: 'anybody writes that a person pressed', by: contract, edits: schema("IF p_kind ~ '^(action|press)\\.' THEN", "IF p_kind ~ '^(action|press)$' THEN") },
  { name: 'the audit’s head is not locked', by: contract, needsServer: true, edits: schema('SELECT * INTO STRICT head FROM core.audit_head WHERE one = 1 FOR UPDATE;', 'SELECT * INTO STRICT head FROM core.audit_head WHERE one = 1;') },

  // The paper exchange's book.
  { name: 'the second of two orders by one name counts', by: paper, edits: store('paper-book', 'on conflict (account_id, client_order_id) do nothing returning 1 as one', 'on conflict (account_id, client_order_id) do update set body = excluded.body returning 1 as one') },
  { name: 'a partly filled order trades no more', by: paper, edits: store('paper-book', "where status in ('PENDING', 'OPEN', 'PARTIALLY_FILLED')`", "where status in ('PENDING', 'OPEN')`") },
  { name: 'fills of every account are listed', by: paper, edits: store('paper-book', 'select body from paper.fills where account_id = ${accountId}\n      and sequence >', 'select body from paper.fills where sequence >') },

  // The executor.
  { name: 'a forged clearance is carried out', by: tickets, edits: [...execution('executor', 'if (!isGenuine(services, clearance)) {', "if (clearance.signature === '') {"), ...execution('ticket', "if (!checked.ok) throw new NotCleared('the clearance is not signed by the gate');", ''), ...execution('ticket', '  return checked.body;', '  return JSON.parse(clearance.body) as ClearanceBody;')] },
  { name: 'an intent that the clearance does not list is sent', by: tickets, edits: execution('ticket', ' || !listed || canonicalJson(listed.spec) !== intent.spec) throw', ' || !listed) throw') },
  { name: 'an entry goes out long after its clearance', by: tickets, edits: execution('ticket', "if (spec.category !== 'EXIT' && clearance.expiresAt <= services.wallNow()) throw", "if (spec.category === 'TRAIL' && clearance.expiresAt <= services.wallNow()) throw") },
  { name: 'an exit is lost with its clearance', by: tickets, edits: execution('ticket', "if (spec.category !== 'EXIT' && clearance.expiresAt <= services.wallNow()) throw", 'if (clearance.expiresAt <= services.wallNow()) throw') },
  { name: 'any order may be cancelled by any clearance', by: tickets, edits: execution('ticket', "if (body.accountId !== accountId || !listed) throw new NotCleared('the clearance does not name this order');\n  return ticket({ accountId, clientOrderId, clearanceId", "if (body.accountId !== accountId) throw new NotCleared('the clearance does not name this order');\n  return ticket({ accountId, clientOrderId, clearanceId") },
  { name: 'an order of another account is cancelled', by: tickets, edits: execution('executor', "if (!order || order.accountId !== stored.accountId) return { to: 'failed', sentence: 'There is no such order in this account.' };\n  const problem", "if (!order) return { to: 'failed', sentence: 'There is no such order in this account.' };\n  const problem") },
  { name: 'a POST is sent again', by: tickets, edits: execution('send', 'state = await input.submit();', 'state = await input.submit().catch(() => input.submit());') },
  { name: 'an exit sells what the stop has sold', by: fills, edits: execution('send', ' - (await filledUnbooked(services, reads, closing)));', ');') },
  { name: 'a part is sold beside its whole stop', by: fills, edits: execution('executor', '  await syncBracket(services, { position, leaving });', '') },
  { name: 'a stranger’s fill halts nothing', by: fills, edits: execution('discrepancy', "await placeHold(tx, { accountId, cause: 'DISCREPANCY', state: 'HALTED',", "await placeHold(tx, { accountId, cause: 'DISCREPANCY', state: 'ACTIVE',") },
  { name: 'a discrepancy is raised at each look', by: fills, edits: execution('discrepancy', 'if (await isOnRecord(tx, { kind: auditKind, subject: accountId, key })) return;', '') },
  { name: 'the ledger row of a fill is forgotten', by: fills, edits: execution('fills', 'await postTransaction(tx, {', 'if (fill.quantity < 0) await postTransaction(tx, {') },
  { name: 'charges count once for all fills', by: fills, edits: execution('fills', 'Object.values(fill.charges).reduce((sum, charge) => sum + charge, 0)', 'stored ? 0 : Object.values(fill.charges).reduce((sum, charge) => sum + charge, 0)') },
  { name: 'late fills behind the cursor stay unseen', by: fills, edits: execution('reconcile', 'if (missing) {', 'if (missing === null) {') },
  { name: 'an expired option is paid the wrong way round', by: expiry, edits: execution('expire-options', "type === 'call' ? close - strike : strike - close", "type === 'call' ? strike - close : close - strike") },
  { name: 'a plan pays an instalment twice', by: changes, edits: execution('changes/cash', "if ((await fundingReleases(tx, action.accountId)).some(({ tranche }) => tranche === action.tranche)) throw new CannotChange('It was released already.');", '') },
  { name: 'two may loosen the rule of two alone', by: changes, edits: execution('changes/safety', "action.setting === 'fourEyesAmount' && (await eligiblePeople", "action.setting === 'never' && (await eligiblePeople") },
];
