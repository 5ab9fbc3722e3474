/**
 * The schema `desk` as the sql tool knows it: which views and columns a statement may name, and what a model is told of them. A test
 * holds it to the database; `outside` marks text that came from outside.
 */
export interface ViewColumn { type: string; note?: string; outside?: true }
export interface View { about: string; columns: Readonly<Record<string, ViewColumn>> }

const column = (type: string, note?: string): ViewColumn => (note === undefined ? { type } : { type, note });
const id = column('uuid');
const text = column('text');
const price = column('numeric', 'as printed');
const money = column('numeric', 'in the account’s currency');
const count = column('integer');
const time = column('timestamptz', 'market time');
const fraction = column('float8');
const account = { account_id: id, account: column('text', 'its name') };
const symbol = { instrument_id: column('text', 'the symbol'), symbol: text, sector: column('text', 'null where nobody named one') };
const ofCard = { card_id: column('integer', 'the number that people say'), strategy: column('text', 'momentum, breakout, mean_reversion, event_driven, manual …') };
const outside: ViewColumn = { type: 'text', note: 'text from outside', outside: true };

export const views: Readonly<Record<string, View>> = {
  clock: { about: 'one row: the moment that is asked about; use market_now and today instead of now() and current_date', columns: { market_now: time, today: column('date'), zone: text } },
  accounts: {
    about: 'accounts that the asking person may see',
    columns: { account_id: id, name: text, type: column('text', 'SIP, LUMP_SUM, EVENT_TACTICAL'), status: column('text', 'ACTIVE, PAUSED, CLOSED'), broker: text, mode: column('text', 'paper, live'), base_ccy: text, cash: money, equity: money, deposited: money, opened_at: time, deleted_at: time },
  },
  instruments: {
    about: 'what can be traded or watched',
    columns: { instrument_id: column('text', 'the symbol'), symbol: text, name: text, kind: column('text', 'EQUITY, ETF, INDEX, FUTURE, OPTION'), exchange: text, sector: text, industry: text, isin: text, underlying: text, expiry: column('date'), strike: price, opt_right: column('text', 'CE, PE'), lot_size: count, tick_size: price, listed_on: column('date') },
  },
  positions: {
    about: 'positions, open (closed_at is null) and closed (qty 0)',
    columns: { position_id: id, ...account, ...symbol, ...ofCard, qty: column('integer', 'signed, short below zero'), avg_price: price, mark: column('numeric', 'last price known'), value: money, unrealized_pnl: money, realized_pnl: column('numeric', 'before fees'), fees: money, stop_loss: price, take_profit: price, delta: fraction, gamma: fraction, theta: fraction, vega: fraction, opened_at: time, closed_at: time },
  },
  trades: {
    about: 'closed round trips, one row each',
    columns: { trade_id: id, ...account, ...symbol, ...ofCard, opened_at: time, closed_at: time, holding_days: column('numeric', 'calendar days'), qty: column('integer', 'shares bought'), entry_price: price, realized: column('numeric', 'before fees'), fees: money, pnl: column('numeric', 'after fees'), confidence: column('float8', 'the card’s, 0 to 1') },
  },
  trade_cards: {
    about: 'proposals as people see them',
    columns: {
      card_id: column('integer', 'the number that people say'), ...account, symbol: text, sector: text, direction: column('text', 'LONG, SHORT'), strategy: text, thesis: { ...outside, note: 'may quote text from outside' }, status: column('text', 'PENDING, APPROVED, REJECTED, EXPIRED, EXECUTED, FILLED, CLOSED, BLOCKED, FAILED'), max_loss: money, max_profit: money, entry_price: price, stop_loss: price, take_profit: price, qty: count,
      value: money, confidence: column('float8', '0 to 1'), edge_percent: fraction, horizon_days: count, legs: column('jsonb', '[{symbol, side, quantity, price}]'), created_at: time, expires_at: column('timestamptz', 'wall time'), update_count: count, rejection_reason: text,
    },
  },
  orders: {
    about: 'orders',
    columns: { order_id: id, ...account, ...ofCard, ...symbol, client_order_id: text, category: column('text', 'ENTRY, EXIT, STOP_LOSS, TAKE_PROFIT, TRAIL'), type: text, side: column('text', 'BUY, SELL'), qty: column('integer', 'without sign'), limit_price: price, trigger_price: price, status: column('text', 'PENDING, OPEN, TRIGGER_PENDING, PARTIALLY_FILLED, FILLED, CANCELLED, REJECTED, EXPIRED, UNKNOWN'), filled_qty: count, reject_reason: text, created_at: time, updated_at: time },
  },
  fills: {
    about: 'fills (executions) of orders',
    columns: { fill_id: id, order_id: id, ...account, ...ofCard, ...symbol, side: column('text', 'BUY, SELL'), qty: column('integer', 'without sign'), price, fee: column('numeric', 'all charges'), realized: column('numeric', 'before fees'), filled_at: time, d: column('date', 'of the fill, in the exchange’s zone') },
  },
  events: {
    about: 'news, filings and policy texts; for search there is event_rag',
    columns: { event_id: id, source: text, symbol: column('text', 'the first of symbols'), symbols: column('text[]'), event_type: column('text', 'EARNINGS, GUIDANCE, ORDER_WIN, BUYBACK, DIVIDEND, PENALTY, POLICY, RATING, MANAGEMENT, M&A … OTHER'), priority: column('text', 'HIGH, MEDIUM, LOW'), title: outside, body: outside, sentiment: column('float8', '-1 to 1'), stance: column('text', 'BULLISH, BEARISH, NEUTRAL'), published_at: column('timestamptz'), known_at: column('timestamptz'), embedding: column('vector') },
  },
  prices_daily: {
    about: 'daily bars as printed; price * adjustment_factor is in today’s shares',
    columns: { symbol: text, d: column('date'), open: price, high: price, low: price, close: price, volume: column('bigint', 'shares'), previous_close: price, delivery_qty: column('bigint'), adjustment_factor: fraction },
  },
  option_chain: {
    about: 'quotes of option chains, one row a contract and moment (asof)',
    columns: { symbol: column('text', 'the underlying'), asof: column('timestamptz'), expiry: column('date'), strike: price, opt_right: column('text', 'CE, PE'), bid: price, ask: price, last: price, iv: column('float8', '0.12 is 12 %'), delta: fraction, gamma: fraction, theta: column('float8', 'a day'), vega: fraction, oi: column('bigint'), oi_change: column('bigint'), volume: column('bigint'), lot_size: count, source: text },
  },
  pnl_daily: {
    about: 'profit by account and day; realized + unrealized - fees is the day’s result',
    columns: { ...account, d: column('date'), realized: column('numeric', 'before fees'), unrealized: column('numeric', 'the day’s change of it'), fees: money },
  },
};

/** The schema in words, for whoever writes statements: one line a view, then its columns. */
export function describeViews(): string {
  return Object.entries(views).map(([name, view]) => `desk.${name}: ${view.about}\n${Object.entries(view.columns).map(([each, { type, note }]) => `  ${each} ${type}${note ? ` (${note})` : ''}`).join('\n')}`).join('\n');
}
