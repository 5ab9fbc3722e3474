import type pg from 'pg';
import type { Database } from '../../../db/client.ts';
import { listAccounts } from '../../../db/stores/accounts.ts';
import { rightsOf } from '../../../db/stores/people.ts';
import { uuidv7 } from '../../../db/uuid.ts';
import { firstStart } from '../../../start/first-start.ts';
import { clock, day, openToolBench, type ToolBench, writeMadeMarket } from '../made-market.ts';

/** Trades with dates, prices and fees by hand, so that every answer can be worked out on paper. Entry at 10:00, exit at 14:00 of their days. */
export const bookedTrades = [
  { account: 'SIP', symbol: 'ALFATECH', strategy: 'momentum', qty: 20, entry: { d: '2024-08-20', price: 100, fee: 5 }, exit: null, confidence: 0.7 },
  { account: 'SIP', symbol: 'DELTAFIN', strategy: 'breakout', qty: 10, entry: { d: '2024-08-05', price: 1400, fee: 20 }, exit: { d: '2024-08-09', price: 1450, fee: 25 }, confidence: 0.6 },
  { account: 'LumpSum', symbol: 'DELTAFIN', strategy: 'momentum', qty: 50, entry: { d: '2024-07-10', price: 1380, fee: 60 }, exit: { d: '2024-07-24', price: 1350, fee: 60 }, confidence: 0.55 },
  { account: 'LumpSum', symbol: 'GAMAPAINT', strategy: 'momentum', qty: 30, entry: { d: '2024-08-12', price: 1100, fee: 40 }, exit: null, confidence: 0.8 },
  { account: 'LumpSum', symbol: 'BETAGRID', strategy: 'mean_reversion', qty: 100, entry: { d: '2024-08-21', price: 400, fee: 45 }, exit: null, confidence: 0.65 },
  { account: 'Tactical', symbol: 'GAMAPAINT', strategy: 'event_driven', qty: 15, entry: { d: '2024-08-16', price: 1090, fee: 18 }, exit: { d: '2024-08-23', price: 1150, fee: 19 }, confidence: 0.75 },
  { account: 'Tactical', symbol: 'EPSILON', strategy: 'event_driven', qty: 5, entry: { d: '2024-08-26', price: 1700, fee: 9 }, exit: { d: '2024-08-28', price: 1680, fee: 9 }, confidence: 0.5 },
] as const;
const otherCards = [{ account: 'SIP', symbol: 'ZETALABS', status: 'PENDING' }, { account: 'Tactical', symbol: 'BETAGRID', status: 'REJECTED' }, { account: 'LumpSum', symbol: 'EPSILON', status: 'EXPIRED' }] as const;
const otherOrders = [{ account: 'SIP', symbol: 'ZETALABS', side: 'BUY', qty: 7, price: 1900, status: 'REJECTED', message: 'margin', d: '2024-08-29' }, { account: 'LumpSum', symbol: 'GAMAPAINT', side: 'SELL', qty: 30, price: 1200, status: 'OPEN', message: null, d: '2024-08-29' }, { account: 'Tactical', symbol: 'BETAGRID', side: 'BUY', qty: 12, price: 390, status: 'CANCELLED', message: null, d: '2024-08-28' }] as const;

export interface QuestionWorld { bench: ToolBench; accountIds: Map<string, string>; personId: string }

/** The made market on Friday 30 August 2024 after the close, with that book. */
export async function openQuestionWorld(database: Database): Promise<QuestionWorld> {
  await writeMadeMarket(database);
  const now = clock('2024-08-30', '16:00');
  const owner = await firstStart(database, { wallNow: now, marketNow: clock('2024-07-01', '09:00'), today: day('2024-07-01') });
  const accountIds = new Map((await listAccounts(database.orm)).map(({ name, id }) => [name, id]));
  await database.asOwner(async (client) => {
    // The book is written as it stands; how it comes about is what other tests are about.
    for (const table of ['orders', 'fills', 'ledger_transactions', 'ledger_entries', 'order_intents', 'clearances', 'positions']) await client.query(`alter table core.${table} disable trigger all`);
    let number = 0;
    const id = (): string => { number += 1; return uuidv7(Date.parse(now) + number); };
    const cardOf = async (card: { account: string; symbol: string; strategy: string; status: string; qty: number; price: number; confidence: number; at: string }): Promise<string> => {
      const cardId = id();
      await client.query(`insert into core.trade_cards (id, action_id, account_id, symbol, exchange, direction, strategy, status, priority, entry_price, quantity, value_minor, thesis, risks, confidence, risk_minor, guardrails, risk_warnings, model_version, created_at, market_time)
        values ($1, $2, $3, $4, 'NSE', 'LONG', $5, $6, 'MEDIUM', $7, $8, $9, '[{"text": "made"}]', '[]', $10, $11, '{}', '[]', 'made', $12, $12)`, [cardId, id(), accountIds.get(card.account), card.symbol, card.strategy, card.status, card.price, card.qty, Math.round(card.price * card.qty * 100), card.confidence, Math.round(card.price * card.qty * 3), card.at]);
      return cardId;
    };
    const orderOf = async (order: { account: string; symbol: string; side: string; qty: number; price: number; status: string; message: string | null; category: string; cardId: string | null; at: string }): Promise<string> => {
      const orderId = id();
      await client.query(`insert into core.orders (id, intent_id, clearance_id, action_id, card_id, account_id, symbol, exchange, client_order_id, category, type, side, product, quantity, limit_price, status, message, filled_quantity, created_at, updated_at, market_time)
        values ($1, $2, $3, $4, $5, $6, $7, 'NSE', $16, $8, 'LIMIT', $9, 'CNC', $10, $11, $12, $13, $14, $15, $15, $15)`, [orderId, id(), id(), id(), order.cardId, accountIds.get(order.account), order.symbol, order.category, order.side, order.qty, order.price, order.status, order.message, order.status === 'FILLED' ? order.qty : 0, order.at, orderId]);
      return orderId;
    };
    await withoutReferences(client, async () => {
      for (const trade of bookedTrades) {
        const account = accountIds.get(trade.account);
        const [opened, closed] = [clock(trade.entry.d, '10:00'), trade.exit ? clock(trade.exit.d, '14:00') : null];
        const cardId = await cardOf({ ...trade, status: trade.exit ? 'CLOSED' : 'FILLED', price: trade.entry.price, at: opened });
        const sides = [{ side: 'BUY', category: 'ENTRY', at: opened, ...trade.entry, realised: 0 }, ...(trade.exit && closed ? [{ side: 'SELL', category: 'EXIT', at: closed, ...trade.exit, realised: (trade.exit.price - trade.entry.price) * trade.qty }] : [])];
        for (const { side, category, at, price, fee, realised } of sides) {
          const orderId = await orderOf({ account: trade.account, symbol: trade.symbol, side, qty: trade.qty, price, status: 'FILLED', message: null, category, cardId, at });
          const fillId = id();
          await client.query("insert into core.fills (id, order_id, broker_fill_id, account_id, quantity, price, charges_minor, charges, happened_at, known_at, realised_minor) values ($1, $2, $9, $3, $4, $5, $6, '{}', $7, $7, $8)", [fillId, orderId, account, trade.qty, price, fee * 100, at, realised * 100, fillId]);
          const transaction = id();
          await client.query("insert into core.ledger_transactions (id, kind, reason, fill_id, happened_at, known_at) values ($1, 'TRADE', 'made', $2, $3, $3)", [transaction, fillId, at]);
          await client.query("insert into core.ledger_entries (transaction_id, account_id, ledger, amount_minor, happened_at) values ($1, $2, 'cash', $3, $4)", [transaction, account, ((side === 'BUY' ? -1 : 1) * price * trade.qty - fee) * 100, at]);
        }
        await client.query(`insert into core.positions (id, account_id, action_id, card_id, symbol, exchange, quantity, average_price, cost_minor, basis_quantity, basis_cost_minor, realised_minor, fees_minor, opened_at, closed_at, updated_at)
          values ($1, $2, $3, $4, $5, 'NSE', $6, $7, 0, 0, 0, $8, $9, $10, $11, $10)`, [id(), account, id(), cardId, trade.symbol, trade.exit ? 0 : trade.qty, trade.entry.price, (trade.exit ? (trade.exit.price - trade.entry.price) * trade.qty : 0) * 100, (trade.entry.fee + (trade.exit?.fee ?? 0)) * 100, opened, closed]);
      }
      for (const card of otherCards) await cardOf({ ...card, strategy: 'breakout', qty: 1, price: 100, confidence: 0.4, at: clock('2024-08-29', '11:00') });
      for (const order of otherOrders) await orderOf({ ...order, category: 'ENTRY', cardId: null, at: clock(order.d, '11:00') });
    });
  });
  const bench = await openToolBench(database, { at: now });
  bench.caller = { personId: owner.id, role: 'owner', channel: 'test', viewableAccountIds: (await rightsOf(database.orm, owner.id)).map((row) => row.accountId) };
  return { bench, accountIds, personId: owner.id };
}

/** References to intents and clearances, which this book has none of. */
async function withoutReferences(client: pg.ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query("set session_replication_role = 'replica'");
  try { await work(); } finally { await client.query('reset session_replication_role'); }
}
