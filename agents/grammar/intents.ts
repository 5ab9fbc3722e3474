import { z } from 'zod';
import { Amount, Price, Side, SwitchType } from '../../desk/actions/types.ts';

/**
 * What a person can mean, as data. Optional slots are absent when nothing was said: the tools have the defaults, not the
 * grammar. Accounts are names as the person knows them (`*`: every account); dates `YYYY-MM-DD` in the exchange's zone;
 * prices exact decimals; money integer minor units; percentages numbers like 1.5 for 1.5 %.
 */
const account = z.string().optional();
const symbol = z.string().min(1);
const card = z.int().positive();
/** The one before or after the card that is named. */
const step = z.enum(['BEFORE', 'AFTER']).optional();
const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Both ends included. `label` is how it was said. */
const Period = z.strictObject({ from: DateText, to: DateText, label: z.string() });
export type Period = z.infer<typeof Period>;
const period = Period.optional();
/** A stretch up to now (or up to the day that is spoken of): "52 week", "over 60 sessions"; `ALL`: as far as prices are stored. */
const Span = z.strictObject({ count: z.int().min(1).max(2000), unit: z.enum(['SESSION', 'WEEK', 'MONTH', 'YEAR', 'ALL']) });
export type Span = z.infer<typeof Span>;
const PriceMeasure = z.enum([
  'change', 'high', 'low', 'range', 'highestClose', 'lowestClose', 'averageClose', 'averageVolume', 'totalVolume', 'averageTurnover', 'totalTurnover', 'volatility', 'bestDay', 'worstDay', 'upDays', 'downDays',
  'drawdown', 'fromHigh', 'fromLow', 'gap', 'beta', 'correlation', 'delivery', 'trades', 'sessions', 'closesAbove', 'closesBelow', 'movesOver', 'risesOver', 'fallsOver', 'medianVolume', 'relativeVolume', 'place', 'dayRange', 'upRun', 'downRun',
]);
export type PriceMeasure = z.infer<typeof PriceMeasure>;

/** How much: whole shares, money to spend or raise, a part of what is held, all of it, or option/futures lots. */
const QuantitySpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shares'), shares: z.int().positive() }),
  z.strictObject({ kind: z.literal('money'), amountMinor: Amount }),
  z.strictObject({ kind: z.literal('fraction'), fraction: z.number().positive().lt(1) }),
  z.strictObject({ kind: z.literal('lots'), lots: z.int().positive() }),
  z.strictObject({ kind: z.literal('all') }),
]);
export type QuantitySpec = z.infer<typeof QuantitySpec>;
const OnlyIf = z.strictObject({ comparison: z.enum(['ABOVE', 'BELOW']), price: Price });
export type OnlyIf = z.infer<typeof OnlyIf>;

const terms = { limitPrice: Price.optional(), stop: Price.optional(), target: Price.optional(), onlyIf: OnlyIf.optional() };
const order = { symbol, quantity: QuantitySpec, ...terms, account };
const intent = <K extends string, S extends z.ZodRawShape>(kind: K, slots: S) => z.strictObject({ kind: z.literal(kind), ...slots });

const MandateSetting = z.enum([
  'objective', 'riskPerTradePercent', 'maxPositions', 'maxSectorExposurePercent', 'maxPositionPercent', 'targetBeta', 'horizonMinDays',
  'horizonMaxDays', 'earningsBlackoutDays', 'slMultiplier', 'tpMultiplier', 'trailingStopEnabled', 'banSector', 'allowSector', 'banSymbol', 'allowSymbol',
]);
export type MandateSetting = z.infer<typeof MandateSetting>;

/** One thing that a chain says, of an expiry or, with a strike, of contracts. */
const OptionFact = z.enum(['pcr', 'maxPain', 'impliedVolatility', 'openInterest', 'skew', 'gammaFlip', 'expectedMove', 'forward', 'expiries', 'walls', 'buildUp', 'straddle', 'price', 'delta', 'gamma', 'theta', 'vega', 'volume']);
export type OptionFact = z.infer<typeof OptionFact>;

/** A leg of an option structure as it was said. */
const OptionLegSaid = z.strictObject({ side: z.enum(['BUY', 'SELL']), type: z.enum(['call', 'put']), strike: z.number().positive(), lots: z.int().positive().max(1000).optional() });
export type OptionLegSaid = z.infer<typeof OptionLegSaid>;

export const Intent = z.discriminatedUnion('kind', [
  // what is held, and how it does
  intent('holdings', { measure: z.enum(['cost']).optional(), order: z.enum(['WORST', 'BEST', 'SMALLEST', 'LARGEST', 'NEAR_STOP', 'NEAR_TARGET']).optional(), date: DateText.optional(), account }),
  intent('not_worked_in', { account }),
  intent('work_in', { symbol, what: z.enum(['SPLIT', 'BONUS', 'MERGER', 'DIVIDEND']).optional(), ratio: z.strictObject({ first: z.int().min(1).max(1000), second: z.int().min(1).max(1000) }).optional(), date: DateText.optional(), account }),
  intent('parted_shares', { symbol, into: z.string().min(1).max(60).optional(), quantity: z.int().min(1).max(1_000_000).optional(), ratio: z.strictObject({ first: z.int().min(1).max(10_000), second: z.int().min(1).max(10_000) }).optional(), costSplit: z.strictObject({ kept: z.number().positive().lt(100).optional(), parted: z.number().positive().lt(100) }).optional(), none: z.literal(true).optional(), date: DateText.optional(), account }),
  intent('position', { symbol, measure: z.enum(['worstCase', 'distance', 'profit']).optional(), account }),
  intent('cash', { measure: z.enum(['reserved']).optional(), account }),
  intent('performance', {
    period, account, symbol: symbol.optional(), by: z.enum(['account', 'sector', 'symbol']).optional(),
    measure: z.enum(['sharpe', 'sortino', 'drawdown', 'winRate', 'costs', 'alpha', 'best', 'worst', 'moneyWeighted', 'expectancy', 'averages', 'profitFactor', 'holding', 'streak']).optional(),
    charge: z.enum(['stt', 'gst', 'stampDuty', 'brokerage', 'exchange', 'sebi', 'dp', 'taxes']).optional(),
    /** Several that were named, each told. */
    charges: z.array(z.enum(['stt', 'gst', 'stampDuty', 'exchange', 'sebi', 'dp'])).min(2).max(6).optional(),
  }),
  /** What was sold, by how long it was held, and the tax on it; the lots that are held. */
  intent('capital_gains', { term: z.enum(['SHORT', 'LONG', 'SAME_DAY']).optional(), tax: z.boolean().optional(), symbol: symbol.optional(), period, account }),
  intent('tax_lots', { order: z.enum(['OLDEST', 'NEWEST']).optional(), term: z.enum(['SHORT', 'LONG']).optional(), turning: z.boolean().optional(), symbol: symbol.optional(), period, account }),
  intent('exposure', { sector: z.string().optional(), account }),
  intent('limits', { measure: z.enum(['dailyLoss', 'positions', 'perTrade']).optional(), account }),
  intent('risk_metrics', { measure: z.enum(['valueAtRisk', 'beta', 'correlation', 'openRisk', 'volatility']).optional(), account }),
  intent('treasury', { account }),
  intent('cash_flows', { direction: z.enum(['IN', 'OUT']).optional(), by: z.enum(['account']).optional(), period, account }),
  intent('funding_plan', { number: z.int().positive().max(99).optional(), part: z.enum(['TRANCHE', 'INSTALMENT']).optional(), count: z.int().positive().max(12).optional(), done: z.boolean().optional(), account }),
  intent('orders', { symbol: symbol.optional(), outcome: z.enum(['REJECTED', 'CANCELLED', 'FILLED']).optional(), period, account }),
  /** Whether stops or targets sold what was held. */
  intent('stop_hits', { symbol: symbol.optional(), which: z.enum(['STOP', 'TARGET']).optional(), order: z.enum(['WORST', 'BEST']).optional(), period, account }),
  intent('fills', { symbol: symbol.optional(), side: Side.optional(), period, account }),
  intent('rotation', { account }),
  intent('rotation_take', { number: z.int().positive().max(20), step: z.enum(['EXIT', 'ENTRY']) }),
  intent('hedge', { account }),
  // the market
  intent('movers', { direction: z.enum(['UP', 'DOWN', 'BOTH']), sector: z.string().optional(), index: symbol.optional(), indexNumber: z.int().positive().optional(), count: z.int().min(1).max(50).optional(), period }),
  intent('quote', { symbol, field: z.enum(['last', 'open', 'high', 'low', 'close', 'previousClose', 'volume']), date: DateText.optional(), time: z.string().regex(/^\d{2}:\d{2}$/).optional() }),
  intent('chart', { symbol, period }),
  intent('indicator', { symbol, indicator: z.string().optional(), length: z.int().min(1).max(400).optional(), date: DateText.optional() }),
  intent('price_stat', { symbol, measure: PriceMeasure, period, span: Span.optional(), against: symbol.optional(), level: z.number().positive().optional() }),
  intent('compare', { symbols: z.array(symbol).min(2).max(8), measure: PriceMeasure.optional(), period, span: Span.optional() }),
  intent('sector_moves', { sector: z.string().optional(), period, direction: z.enum(['UP', 'DOWN']).optional() }),
  intent('screen', { also: z.array(z.strictObject({ condition: z.enum(['ABOVE_AVERAGE', 'BELOW_AVERAGE', 'YEAR_HIGH', 'YEAR_LOW', 'RSI_ABOVE', 'RSI_BELOW', 'ROSE_OVER', 'FELL_OVER', 'GAP_UP', 'GAP_DOWN', 'VOLUME_TIMES']), length: z.int().min(1).max(400).optional(), level: z.number().min(0).max(100).optional() })).min(1).max(4).optional(), condition: z.enum(['ABOVE_AVERAGE', 'BELOW_AVERAGE', 'YEAR_HIGH', 'YEAR_LOW', 'RSI_ABOVE', 'RSI_BELOW', 'RSI_HIGHEST', 'RSI_LOWEST', 'VOLATILITY_HIGHEST', 'VOLATILITY_LOWEST', 'TURNOVER', 'VOLUME', 'ROSE_OVER', 'FELL_OVER', 'GAP_UP', 'GAP_DOWN', 'VOLUME_TIMES', 'DELIVERY']), count: z.int().min(1).max(200).optional(), length: z.int().min(1).max(400).optional(), level: z.number().min(0).max(100).optional(), sector: z.string().optional(), index: symbol.optional(), indexNumber: z.int().positive().optional(), date: DateText.optional(), period }),
  intent('average_cross', { symbol: symbol.optional(), sector: z.string().optional(), index: symbol.optional(), indexNumber: z.int().positive().optional(), short: z.int().min(1).max(399).optional(), long: z.int().min(2).max(400).optional(), way: z.enum(['UP', 'DOWN']).optional(), measure: z.enum(['DAYS']).optional(), period }),
  intent('deals', { symbol: symbol.optional(), client: z.string().min(2).max(60).optional(), what: z.enum(['BULK', 'BLOCK', 'SHORT', 'INSIDER']).optional(), side: z.enum(['BUY', 'SELL']).optional(), order: z.enum(['LARGEST']).optional(), countedBy: z.enum(['SYMBOL', 'CLIENT']).optional(), period }),
  intent('corporate_actions', { symbol: symbol.optional(), what: z.enum(['SPLIT', 'BONUS', 'DIVIDEND', 'RIGHTS']).optional(), ahead: z.boolean().optional(), period }),
  intent('filings_count', { symbol: symbol.optional(), edge: z.enum(['FIRST', 'LAST']).optional(), period }),
  intent('symbol_facts', { symbol, fact: z.enum(['isin', 'faceValue', 'lotSize', 'sector', 'listedOn', 'name']).optional() }),
  intent('index_members', { index: symbol.optional(), indexNumber: z.int().positive().optional(), name: z.string().max(60).optional(), symbol: symbol.optional() }),
  intent('sector_members', { sector: z.string() }),
  intent('trading_days', { period }),
  intent('fund_nav', { fund: z.string().min(2).max(160), measure: z.enum(['VALUE', 'CHANGE']).optional(), period }),
  intent('regime', {}),
  intent('breadth', { index: symbol.optional(), indexNumber: z.int().positive().optional(), period }),
  intent('flows', { measure: z.enum(['MOST_BOUGHT', 'MOST_SOLD', 'DAYS_BOUGHT', 'DAYS_SOLD', 'AVERAGE', 'SECTORS', 'MONTHS', 'DERIVATIVES']).optional(), who: z.enum(['FII', 'DII']).optional(), level: z.number().positive().optional(), period }),
  intent('news', { symbol: symbol.optional(), query: z.string().optional(), period }),
  intent('calendar', { symbol: symbol.optional(), what: z.enum(['RESULTS', 'DIVIDEND', 'BOARD_MEETING', 'HOLIDAY']).optional(), period }),
  intent('event_window', { symbol, account }),
  intent('market_hours', { date: DateText.optional() }),
  intent('policy', { source: z.enum(['RBI', 'SEBI', 'FED', 'PIB']).optional(), period }),
  intent('option_chain', {
    underlying: symbol, date: DateText.optional(), which: z.enum(['next', 'monthly']).optional(), measure: OptionFact.optional(), strike: z.number().positive().optional(), right: z.enum(['call', 'put']).optional(), above: z.number().positive().optional(), below: z.number().positive().optional(), inclusive: z.boolean().optional(),
  }),
  intent('option_strategy', {
    underlying: symbol, structure: z.string().optional(), date: DateText.optional(), which: z.enum(['next', 'monthly']).optional(),
    delta: z.number().gt(0).lt(1).optional(), width: z.number().positive().optional(), lots: z.int().positive().optional(), strikes: z.array(z.number().positive()).min(1).max(4).optional(), legs: z.array(OptionLegSaid).min(2).max(4).optional(), view: z.enum(['UP', 'DOWN', 'STILL', 'MOVING']).optional(), maxLoss: z.number().positive().optional(), account,
  }),
  intent('option_what_if', { movePercent: z.number(), volPoints: z.number(), date: DateText.optional() }),
  intent('option_margin', { account }),
  intent('option_hedge', { underlying: symbol.optional(), date: DateText.optional(), event: z.enum(['budget']).optional(), account }),
  intent('option_positions', { expiring: z.boolean().optional(), period, account }),
  intent('option_propose', { lots: z.int().positive().optional(), account }),
  intent('option_roll', { underlying: symbol.optional(), weeks: z.int().positive().max(12).optional(), date: DateText.optional(), shift: z.number().optional(), recentre: z.boolean().optional(), account }),
  intent('option_close', { underlying: symbol.optional(), account }),
  intent('watchlist_show', {}),
  intent('watchlist_edit', { add: z.array(z.string()), remove: z.array(z.string()) }),
  intent('discovery', { sector: z.string().optional(), record: z.boolean().optional() }),
  // hypotheticals: never an order
  intent('trade_check', { symbol, side: Side.optional(), quantity: QuantitySpec.optional(), limitPrice: Price.optional(), account }),
  intent('scenario', { symbol: symbol.optional(), sector: z.string().optional(), movePercent: z.number().optional(), account }),
  // ideas and cards
  intent('find_idea', { symbol: symbol.optional(), sector: z.string().optional(), account }),
  intent('cards', { outcome: z.enum(['APPROVED', 'REJECTED', 'BLOCKED', 'EXPIRED', 'FAILED']).optional(), decidedBy: z.string().min(2).max(60).optional(), by: z.enum(['person']).optional(), symbol: symbol.optional(), period, account }),
  intent('card', { card, step }),
  /** Who said yes or no to a card, when and why. */
  intent('decision', { card: card.optional(), step, asked: z.enum(['PROPOSER']).optional() }),
  intent('why', { card: card.optional(), symbol: symbol.optional(), step }),
  intent('why_not_bigger', { card: card.optional() }),
  intent('explain_block', { card: card.optional(), symbol: symbol.optional(), step }),
  intent('propose_again', { card }),
  intent('approve', { card }),
  intent('reject', { card, reason: z.string().optional() }),
  intent('yes', { confirmationId: z.string().optional(), card: card.optional() }),
  intent('no', { confirmationId: z.string().optional(), card: card.optional(), reason: z.string().optional() }),
  // orders and what changes them
  intent('buy', order),
  intent('sell', order),
  intent('exit', { symbol, limitPrice: Price.optional(), account }),
  intent('amend_proposal', { quantity: QuantitySpec.optional(), scale: z.number().positive().optional(), ...terms, card: card.optional() }),
  intent('modify_position', {
    symbol, stop: z.union([z.literal('ENTRY'), Price]).optional(), target: Price.optional(),
    trailDistance: Price.optional(), trailPercent: z.number().positive().optional(), account,
  }),
  intent('cancel_order', { order: z.string().optional(), symbol: symbol.optional(), all: z.boolean().optional(), account }),
  intent('close_all', { haltEntries: z.boolean(), account }),
  // safety
  intent('pause', { reason: z.string().optional(), account }),
  intent('resume', { account }),
  intent('kill', { reason: z.string().optional(), account }),
  intent('switches', { account }),
  intent('gate_stats', { period }),
  /** When trading was stopped or let in again, or rules were changed, and by whom. */
  intent('control_history', { of: z.enum(['TRADING', 'MANDATE', 'LIMITS']), change: z.enum(['STOPPED', 'RESUMED']).optional(), period, account }),
  // money and rules
  intent('accounts', {}),
  intent('switch_account', { account: z.string() }),
  intent('transfer', { amountMinor: Amount, from: z.string().optional(), to: z.string() }),
  intent('deposit', { amountMinor: Amount, account }),
  intent('withdraw', { amountMinor: Amount, account }),
  intent('mandate_show', { account }),
  intent('mandate_change', { setting: MandateSetting, value: z.union([z.number(), z.string(), z.boolean()]), account }),
  intent('intake', { restart: z.boolean().optional(), account }),
  intent('account_change', {
    change: z.enum(['open', 'rename', 'close', 'reset', 'paper', 'arm', 'disarm']), name: z.string().min(1).max(40).optional(), amountMinor: Amount.optional(), monthlyMinor: Amount.optional(), hours: z.int().positive().max(24).optional(), account,
  }),
  intent('funding_release', { part: z.enum(['TRANCHE', 'INSTALMENT']), number: z.int().positive(), account }),
  intent('limit_change', { setting: z.string(), value: z.number(), account }),
  intent('switch_change', { switchType: SwitchType, threshold: z.number().positive().optional(), thresholdType: z.enum(['ABSOLUTE', 'PERCENTAGE']).optional(), off: z.boolean().optional(), account }),
  intent('switch_reset', { switchType: SwitchType, account }),
  intent('person_change', {
    change: z.enum(['add', 'rights', 'unlink', 'revoke_key']), person: z.string().min(1).max(60), role: z.enum(['owner', 'trader', 'viewer']).optional(), canView: z.boolean().optional(), canPropose: z.boolean().optional(), canConfirm: z.boolean().optional(),
    channel: z.string().optional(), label: z.string().max(60).optional(), account,
  }),
  intent('key_change', { terms: z.string().max(400).optional(), revoke: z.boolean().optional() }),
  intent('people_show', { right: z.enum(['PROPOSE', 'CONFIRM', 'VIEW']).optional(), account }),
  // the desk itself
  intent('playbooks', { playbook: z.string().optional() }),
  intent('playbook_change', { playbook: z.string(), setting: z.string(), value: z.union([z.number(), z.string()]) }),
  intent('jobs', {}),
  intent('run_cycle', {}),
  intent('feeds_health', {}),
  intent('quarantine', {}),
  intent('report', { cadence: z.enum(['DAY', 'WEEK', 'MONTH']), period, account }),
  intent('evals_show', {}),
  intent('evals_compare', {}),
  intent('evals_run', { suite: z.string().optional() }),
  intent('qa', { what: z.enum(['contractTests', 'postman', 'figures', 'reviewSheet']) }),
  intent('patterns', { account }),
  intent('reliability', {}),
  intent('audit_story', { card: card.optional(), symbol: symbol.optional(), step }),
  intent('audit_follow', {}),
  intent('audit_verify', {}),
  intent('replay', { card }),
  intent('activity', { period }),
  intent('turn_steps', {}),
  intent('history_search', { query: z.string().min(2).max(120) }),
  intent('settings', {}),
  // about the person themself: answered by the conversation, never by a tool or a model
  intent('link', { code: z.string().optional() }),
  intent('unlink', { channel: z.string() }),
  intent('alerts', {}),
  intent('acknowledge', { alert: z.string().optional() }),
  intent('alert_test', { alert: z.string() }),
  intent('help', { topic: z.string().optional() }),
  intent('greet', {}),
  intent('brief', { account }),
  intent('thanks', {}),
  intent('cancel_turn', {}),
  intent('edit_message', { words: z.string().optional() }),
  intent('retry_message', {}),
  /** What the person thought of the last answer. */
  intent('feedback', { verdict: z.enum(['GOOD', 'BAD']), note: z.string().optional() }),
  /** An aggregate question over trades, positions, orders or prices: the question as it was asked. */
  intent('sql', { question: z.string(), before: z.array(z.string()).optional(), account }),
]);
export type Intent = z.output<typeof Intent>;
export type IntentKind = Intent['kind'];
export type IntentOf<K extends IntentKind> = Extract<Intent, { kind: K }>;
