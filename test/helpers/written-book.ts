import type pg from 'pg';
import type { Database } from '../../db/client.ts';
import { uuidv7 } from '../../db/uuid.ts';
import type { Instant } from '../../desk/time.ts';

/** A share that was bought, and sold again unless `closed` is null. Prices in rupees, fees in rupees of each side. */
export interface WrittenTrade {
  accountId: string; symbol: string; qty: number; strategy: string;
  /** Of its card, 0–1; null: the card has none. */
  confidence: number | null;
  opened: { at: Instant; price: number; fee: number }; closed: { at: Instant; price: number; fee: number } | null;
  stop?: number | undefined;
  /** Checks that warned when it was proposed; absent: no report is written. */
  warnings?: readonly string[] | undefined;
  /** Features of the day that its signal stood on; absent: it has no signal. */
  features?: { id: string } | undefined;
}
export interface WrittenCard { accountId: string; symbol: string; strategy: string; status: string; qty: number; price: number; confidence: number | null; at: Instant; actionId?: string; signalId?: string | null }
export interface WrittenOrder { accountId: string; symbol: string; side: string; qty: number; price: number; status: string; message: string | null; category: string; cardId: string | null; at: Instant; trigger?: number }
export interface BookWriter {
  card(card: WrittenCard): Promise<string>;
  order(order: WrittenOrder): Promise<string>;
  /** Gives the position's id. */
  trade(trade: WrittenTrade): Promise<string>;
}

/** Writes a book as it stands, with no actions, clearances or broker behind it; how one comes about is what other tests are about. */
export async function writeBook(database: Database, now: Instant, work: (book: BookWriter) => Promise<void>): Promise<void> {
  await database.asOwner(async (client) => {
    for (const table of ['orders', 'fills', 'ledger_transactions', 'ledger_entries', 'order_intents', 'clearances', 'positions']) await client.query(`alter table core.${table} disable trigger all`);
    // References to intents and clearances, which such a book has none of.
    await client.query("set session_replication_role = 'replica'");
    try { await work(bookWriter(client, now)); } finally { await client.query('reset session_replication_role'); }
  });
}

let written = 0;
function bookWriter(client: pg.ClientBase, now: Instant): BookWriter {
  const id = (): string => { written += 1; return uuidv7(Date.parse(now) + written); };
  const card: BookWriter['card'] = async ({ accountId, symbol, strategy, status, qty, price, confidence, at, actionId = id(), signalId = null }) => {
    const cardId = id();
    await client.query(`insert into core.trade_cards (id, action_id, account_id, symbol, exchange, direction, strategy, status, priority, entry_price, quantity, value_minor, thesis, risks, confidence, risk_minor, guardrails, risk_warnings, model_version, created_at, market_time, signal_id)
      values ($1, $2, $3, $4, 'NSE', 'LONG', $5, $6, 'MEDIUM', $7, $8, $9, '[{"text": "made"}]', '[]', $10, $11, '{}', '[]', 'made', $12, $12, $13)`, [cardId, actionId, accountId, symbol, strategy, status, price, qty, Math.round(price * qty * 100), confidence, Math.round(price * qty * 3), at, signalId]);
    return cardId;
  };
  const order: BookWriter['order'] = async ({ accountId, symbol, side, qty, price, status, message, category, cardId, at, trigger }) => {
    const orderId = id();
    await client.query(`insert into core.orders (id, intent_id, clearance_id, action_id, card_id, account_id, symbol, exchange, client_order_id, category, type, side, product, quantity, limit_price, trigger_price, status, message, filled_quantity, created_at, updated_at, market_time)
      values ($1, $2, $3, $4, $5, $6, $7, 'NSE', $16, $8, 'LIMIT', $9, 'CNC', $10, $11, $17, $12, $13, $14, $15, $15, $15)`, [orderId, id(), id(), id(), cardId, accountId, symbol, category, side, qty, price, status, message, status === 'FILLED' ? qty : 0, at, orderId, trigger ?? null]);
    return orderId;
  };
  return {
    card, order,
    async trade({ accountId, symbol, qty, strategy, confidence, opened, closed, stop, warnings, features }) {
      const actionId = id();
      const signalId = features ? id() : null;
      if (features) await client.query("insert into core.signals (id, symbol, strategy, direction, edge_percent, confidence, horizon_days, comparable_count, thesis_bullets, model_version, feature_id, status, happened_at, known_at, expires_at) values ($1, $2, $3, 'LONG', 1, 0.6, 10, 40, '[]', 'made', $4, 'EXPIRED', $5, $5, $5)", [signalId, symbol, strategy, features.id, opened.at]);
      const cardId = await card({ accountId, symbol, strategy, status: closed ? 'CLOSED' : 'FILLED', qty, price: opened.price, confidence, at: opened.at, actionId, signalId });
      if (warnings) await client.query("insert into core.gate_reports (id, action_id, phase, digest, body, snapshot_digest, verdict, policy_version, at) values ($1, $2, 'propose', $3, $4, $3, 'PASS', 'made', $5)", [id(), actionId, `made ${actionId}`, JSON.stringify({ checks: warnings.map((check) => ({ id: check, severity: 'WARN', passed: false, code: 'MEASURED' })) }), opened.at]);
      const realised = closed ? (closed.price - opened.price) * qty : 0;
      const sides = [{ side: 'BUY', category: 'ENTRY', ...opened, realised: 0 }, ...(closed ? [{ side: 'SELL', category: 'EXIT', ...closed, realised }] : [])];
      for (const { side, category, at, price, fee, realised: made } of sides) {
        const orderId = await order({ accountId, symbol, side, qty, price, status: 'FILLED', message: null, category, cardId, at });
        const fillId = id();
        await client.query("insert into core.fills (id, order_id, broker_fill_id, account_id, quantity, price, charges_minor, charges, happened_at, known_at, realised_minor) values ($1, $2, $9, $3, $4, $5, $6, '{}', $7, $7, $8)", [fillId, orderId, accountId, qty, price, Math.round(fee * 100), at, Math.round(made * 100), fillId]);
        const transaction = id();
        await client.query("insert into core.ledger_transactions (id, kind, reason, fill_id, happened_at, known_at) values ($1, 'TRADE', 'made', $2, $3, $3)", [transaction, fillId, at]);
        await client.query("insert into core.ledger_entries (transaction_id, account_id, ledger, amount_minor, happened_at) values ($1, $2, 'cash', $3, $4)", [transaction, accountId, Math.round(((side === 'BUY' ? -1 : 1) * price * qty - fee) * 100), at]);
      }
      const positionId = id();
      await client.query(`insert into core.positions (id, account_id, action_id, card_id, symbol, exchange, quantity, average_price, cost_minor, basis_quantity, basis_cost_minor, realised_minor, fees_minor, opened_at, closed_at, updated_at, stop_loss)
        values ($1, $2, $3, $4, $5, 'NSE', $6, $7, $13, $6, $13, $8, $9, $10, $11, $10, $12)`, [positionId, accountId, actionId, cardId, symbol, closed ? 0 : qty, opened.price, Math.round(realised * 100), Math.round((opened.fee + (closed?.fee ?? 0)) * 100), opened.at, closed?.at ?? null, stop ?? null, closed ? 0 : Math.round(opened.price * qty * 100)]);
      return positionId;
    },
  };
}
