import { wordTable } from '../../desk/market/word-table.ts';

/**
 * What questions are about, as data: the view that answers them, its dates, what can be added up in it and by what it can be split.
 * Expressions are SQL over the view; nothing that a person said gets into them but as a quoted value.
 */
export interface Measure { expression: string; name: string; /** How the rows of a list are ordered by it. */ column?: string }
export interface Subject {
  view: string; said: string;
  /** Words that name it; a word may have more than one meaning, then the first subject that fits wins. */
  words: readonly string[];
  /** The date of a row in the exchange's zone. */
  date: string | null;
  dimensions: Readonly<Record<string, string>>;
  measures: Readonly<Record<string, Measure>>;
  /** What a list shows, and its order where none was asked. */
  columns: readonly string[]; order: string;
  /** Where nothing else was said. */
  standing?: string;
  /** Conditions by word. */
  states: Readonly<Record<string, string>>;
  filters: Readonly<Partial<Record<'symbol' | 'sector' | 'account' | 'strategy' | 'side', string>>>;
}
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const book = { symbol: 'symbol', sector: 'sector', account: 'account', strategy: 'strategy' };
const byTime = (date: string): Record<string, string> => ({ day: date, date, week: `date_trunc('week', ${date})::date`, month: `date_trunc('month', ${date})::date`, quarter: `date_trunc('quarter', ${date})::date`, weekday: `trim(to_char(${date}, 'Day'))`, year: `date_trunc('year', ${date})::date` });
const sum = (column: string, name: string): Measure => ({ expression: `sum(${column})`, name, column });

export const subjects: readonly Subject[] = [
  {
    view: 'positions', said: 'positions', words: ['position', 'positions', 'holding', 'holdings', 'held', 'hold'], date: 'opened_at::date', dimensions: { ...book, ...byTime('opened_at::date') },
    measures: {
      'equity-share': { expression: 'round(100.0 * sum(value) / (SELECT sum(equity) FROM desk.accounts a WHERE a.account_id IN (SELECT p.account_id FROM desk.positions p WHERE p.closed_at IS NULL)), 2)', name: 'percent_of_equity', column: 'round(100.0 * value / (SELECT equity FROM desk.accounts a WHERE a.account_id = positions.account_id), 2)' },
      'stop-distance': { expression: 'round(avg(100.0 * (mark - stop_loss) / mark), 2)', name: 'average_distance_to_stop_percent', column: 'round(100.0 * (mark - stop_loss) / mark, 2)' }, 'target-distance': { expression: 'round(avg(100.0 * (take_profit - mark) / mark), 2)', name: 'average_distance_to_target_percent', column: 'round(100.0 * (take_profit - mark) / mark, 2)' },
      invested: sum('round(qty * avg_price, 2)', 'invested'), 'open-return': { expression: 'round(100.0 * sum(unrealized_pnl) / nullif(sum(qty * avg_price), 0), 2)', name: 'unrealised_percent_of_cost', column: 'round(100.0 * unrealized_pnl / nullif(qty * avg_price, 0), 2)' },
      age: { expression: 'round(avg((SELECT today FROM desk.clock) - opened_at::date), 1)', name: 'average_days_held', column: '(SELECT today FROM desk.clock) - opened_at::date' },
      value: sum('value', 'value'), unrealised: sum('unrealized_pnl', 'unrealized_pnl'), pnl: sum('realized_pnl + coalesce(unrealized_pnl, 0) - fees', 'pnl'), realised: sum('realized_pnl', 'realized_pnl'), fees: sum('fees', 'fees'), quantity: sum('qty', 'qty'),
    },
    columns: ['account', 'symbol', 'sector', 'qty', 'avg_price', 'mark', 'value', 'unrealized_pnl', 'opened_at'], order: 'value DESC NULLS LAST', standing: 'closed_at IS NULL',
    states: { open: 'closed_at IS NULL', closed: 'closed_at IS NOT NULL', winning: 'unrealized_pnl > 0', losing: 'unrealized_pnl < 0', profitable: 'unrealized_pnl > 0', long: 'qty > 0', short: 'qty < 0' }, filters: book,
  },
  {
    view: 'fills', said: 'fills', words: ['fill', 'fills', 'execution', 'executions', 'bought', 'sold', 'buys', 'sells', 'purchases', 'sales', 'turnover', 'brokerage', 'traded'], date: 'd', dimensions: { ...book, side: 'side', ...byTime('d') },
    measures: { value: sum('qty * price', 'turnover'), turnover: sum('qty * price', 'turnover'), 'charge-rate': { expression: 'round(100.0 * sum(fee) / nullif(sum(qty * price), 0), 3)', name: 'charges_percent_of_turnover' }, fees: sum('fee', 'fees'), quantity: sum('qty', 'qty'), realised: sum('realized', 'realized'), pnl: sum('realized - fee', 'realized_after_fees'), price: { expression: 'round(sum(qty * price) / nullif(sum(qty), 0), 2)', name: 'average_price', column: 'price' } },
    columns: ['filled_at', 'account', 'side', 'qty', 'symbol', 'price', 'fee', 'realized'], order: 'filled_at DESC', states: {}, filters: { ...book, side: 'side' },
  },
  {
    view: 'trades', said: 'closed trades', words: ['trade', 'trades', 'winner', 'winners', 'loser', 'losers'], date: 'closed_at::date', dimensions: { ...book, ...byTime('closed_at::date') },
    measures: {
      pnl: sum('pnl', 'pnl'), fees: sum('fees', 'fees'), realised: sum('realized', 'realized'), holding: { expression: 'round(avg(holding_days), 2)', name: 'average_holding_days', column: 'holding_days' }, confidence: { expression: 'avg(confidence)', name: 'average_confidence', column: 'confidence' },
      winrate: { expression: 'round(100.0 * count(*) FILTER (WHERE pnl > 0) / nullif(count(*), 0), 1)', name: 'win_rate_percent' },
    },
    columns: ['closed_at', 'account', 'symbol', 'strategy', 'entry_price', 'pnl', 'fees', 'holding_days'], order: 'closed_at DESC',
    states: { winning: 'pnl > 0', losing: 'pnl < 0', profitable: 'pnl > 0', won: 'pnl > 0', lost: 'pnl < 0', winner: 'pnl > 0', winners: 'pnl > 0', loser: 'pnl < 0', losers: 'pnl < 0', closed: 'closed_at IS NOT NULL' }, filters: book,
  },
  {
    view: 'orders', said: 'orders', words: ['order', 'orders', 'stops-hit', 'targets-hit'], date: 'created_at::date', dimensions: { ...book, side: 'side', status: 'status', ...byTime('created_at::date'), category: 'category', type: 'type' },
    measures: { quantity: sum('qty', 'qty'), value: sum('qty * limit_price', 'value_at_limit') }, columns: ['created_at', 'account', 'side', 'qty', 'symbol', 'category', 'limit_price', 'status', 'reject_reason'], order: 'created_at DESC',
    states: { 'stops-hit': "category IN ('STOP_LOSS', 'TRAIL') AND filled_qty > 0", 'targets-hit': "category = 'TAKE_PROFIT' AND filled_qty > 0", open: "status IN ('PENDING', 'OPEN', 'TRIGGER_PENDING', 'PARTIALLY_FILLED')", pending: "status = 'PENDING'", filled: "status = 'FILLED'", rejected: "status = 'REJECTED'", failed: "status = 'REJECTED'", cancelled: "status = 'CANCELLED'", canceled: "status = 'CANCELLED'", expired: "status = 'EXPIRED'", buy: "side = 'BUY'", sell: "side = 'SELL'", entry: "category = 'ENTRY'", exit: "category = 'EXIT'" }, filters: { ...book, side: 'side' },
  },
  {
    view: 'trade_cards', said: 'cards', words: ['card', 'cards', 'proposal', 'proposals', 'idea', 'ideas', 'suggestion', 'suggestions'], date: 'created_at::date', dimensions: { ...book, status: 'status', direction: 'direction', ...byTime('created_at::date') },
    measures: { risk: sum('max_loss', 'max_loss'), confidence: { expression: 'avg(confidence)', name: 'average_confidence', column: 'confidence' }, value: sum('value', 'value'), quantity: sum('qty', 'qty') },
    columns: ['card_id', 'created_at', 'account', 'symbol', 'strategy', 'status', 'confidence', 'max_loss', 'max_profit'], order: 'card_id DESC',
    states: { pending: "status = 'PENDING'", waiting: "status = 'PENDING'", approved: "status = 'APPROVED'", rejected: "status = 'REJECTED'", reject: "status = 'REJECTED'", declined: "status = 'REJECTED'", expired: "status = 'EXPIRED'", executed: "status = 'EXECUTED'", filled: "status = 'FILLED'", closed: "status = 'CLOSED'", blocked: "status = 'BLOCKED'", block: "status = 'BLOCKED'", blocks: "status = 'BLOCKED'", refused: "status = 'BLOCKED'", refuse: "status = 'BLOCKED'", failed: "status = 'FAILED'", long: "direction = 'LONG'", short: "direction = 'SHORT'" }, filters: book,
  },
  {
    view: 'events', said: 'events', words: ['event', 'events', 'news', 'filing', 'filings', 'headline', 'headlines', 'announcement', 'announcements'], date: 'published_at::date', dimensions: { symbol: 'symbol', source: 'source', type: 'event_type', stance: 'stance', priority: 'priority', ...byTime('published_at::date') },
    measures: { sentiment: { expression: 'avg(sentiment)', name: 'average_sentiment', column: 'sentiment' } }, columns: ['published_at', 'symbol', 'event_type', 'stance', 'title'], order: 'published_at DESC',
    states: { bullish: "stance = 'BULLISH'", bearish: "stance = 'BEARISH'", neutral: "stance = 'NEUTRAL'", positive: 'sentiment > 0', negative: 'sentiment < 0', important: "priority = 'HIGH'", buyback: "event_type = 'BUYBACK'", earnings: "event_type = 'EARNINGS'", dividend: "event_type = 'DIVIDEND'", policy: "event_type = 'POLICY'", penalty: "event_type = 'PENALTY'" }, filters: { symbol: 'symbol' },
  },
  {
    view: 'prices_daily', said: 'daily prices', words: ['closed-above-open', 'closed-below-open', 'price', 'prices', 'close', 'closes', 'closing', 'volume', 'bar', 'bars', 'session', 'sessions'], date: 'd', dimensions: { symbol: 'symbol', ...byTime('d') },
    measures: { close: { expression: 'avg(close)', name: 'average_close', column: 'close' }, volume: sum('volume', 'volume'), high: { expression: 'max(high)', name: 'highest', column: 'high' }, low: { expression: 'min(low)', name: 'lowest', column: 'low' } },
    columns: ['d', 'symbol', 'open', 'high', 'low', 'close', 'volume'], order: 'd DESC, symbol', states: { 'closed-above-open': 'close > open', 'closed-below-open': 'close < open' }, filters: { symbol: 'symbol' },
  },
  {
    view: 'instruments', said: 'symbols', words: ['instrument', 'instruments', 'stock', 'stocks', 'symbols', 'companies'], date: null, dimensions: { sector: 'sector', industry: 'industry', kind: 'kind', exchange: 'exchange' }, measures: {}, columns: ['symbol', 'name', 'kind', 'sector', 'industry'], order: 'symbol', standing: "kind = 'EQUITY'", states: {}, filters: { symbol: 'symbol', sector: 'sector' },
  },
  {
    view: 'accounts', said: 'accounts', words: ['account', 'accounts', 'cash', 'equity', 'balance', 'balances'], date: null, dimensions: { account: 'name', type: 'type', status: 'status', broker: 'broker', mode: 'mode' },
    measures: { cash: sum('cash', 'cash'), equity: sum('equity', 'equity'), deposits: sum('deposited', 'deposited'), pnl: sum('equity - deposited', 'pnl') }, columns: ['name', 'type', 'status', 'cash', 'equity', 'deposited'], order: 'name', states: { active: "status = 'ACTIVE'", paused: "status = 'PAUSED'", paper: "mode = 'paper'", live: "mode = 'live'" }, filters: { account: 'name' },
  },
  {
    view: 'pnl_daily', said: 'the days’ results', words: ['pnl', 'profit', 'result', 'results'], date: 'd', dimensions: { account: 'account', ...byTime('d') },
    measures: { pnl: sum('realized + unrealized - fees', 'pnl'), realised: sum('realized', 'realized'), unrealised: sum('unrealized', 'unrealized_change'), fees: sum('fees', 'fees') }, columns: ['d', 'account', 'realized', 'unrealized', 'fees'], order: 'd DESC, account', states: { winning: 'realized + unrealized - fees > 0', losing: 'realized + unrealized - fees < 0' }, filters: { account: 'account' },
  },
];

/** What is added up, by the word for it. */
export const measureWords: Readonly<Record<string, string>> = wordTable({
  value: 'value', worth: 'value', exposure: 'value', 'charge-rate': 'charge-rate', 'equity-share': 'equity-share', 'stop-distance': 'stop-distance', 'target-distance': 'target-distance', invested: 'invested', deployed: 'invested', 'open-return': 'open-return', age: 'age', amount: 'value', turnover: 'turnover', pnl: 'pnl', profit: 'pnl', profits: 'pnl', made: 'pnl', make: 'pnl', lose: 'pnl', lost: 'pnl', earn: 'pnl', gain: 'pnl', gains: 'pnl', earned: 'pnl', loss: 'pnl', losses: 'pnl', realised: 'realised', realized: 'realised', unrealised: 'unrealised', unrealized: 'unrealised',
  fee: 'fees', fees: 'fees', charge: 'fees', charges: 'fees', cost: 'fees', costs: 'fees', brokerage: 'fees', quantity: 'quantity', qty: 'quantity', shares: 'quantity', 'win-rate': 'winrate', winrate: 'winrate', 'holding-period': 'holding', 'holding-time': 'holding', 'days-held': 'holding',
  confidence: 'confidence', risk: 'risk', 'max-loss': 'risk', cash: 'cash', equity: 'equity', deposited: 'deposits', deposits: 'deposits', sentiment: 'sentiment', close: 'close', closing: 'close', volume: 'volume', high: 'high', low: 'low', price: 'price',
});
