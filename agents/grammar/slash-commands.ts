import type { IntentKind } from './intents.ts';
import type { PhraseEntry } from './table/entry.ts';

/**
 * A command with a slash. `forms` are what may follow the name, in the language of the phrase tables ('' for nothing);
 * an account or a period in `takes` may stand anywhere behind it. `usage` and `help` are said to people.
 */
export interface SlashCommand {
  name: string; aliases?: readonly string[];
  kind: IntentKind;
  with?: PhraseEntry['with'];
  forms: readonly string[];
  takes?: PhraseEntry['takes']; fills?: PhraseEntry['fills']; ahead?: boolean;
  usage: string; help: string; example: string;
}

const account = ['account'] as const;
const both = ['account', 'period'] as const;
const period = ['period'] as const;
const order = ['{quantity:shares} <sh>? {symbol} <terms>', '{quantity:worth} (worth)? (of)? {symbol} <terms>', '{quantity:lots} {symbol} <terms>', '{symbol} {quantity:shares} <terms>', '{quantity:shares} {symbol} {limitPrice:price}'];

export const slashCommands: readonly SlashCommand[] = [
  { name: 'positions', aliases: ['holdings', 'portfolio'], kind: 'holdings', forms: [''], takes: account, usage: '/positions [ACCOUNT]', help: 'What is held', example: '/positions SIP' },
  { name: 'position', kind: 'position', forms: ['{symbol}'], takes: account, usage: '/position SYMBOL [ACCOUNT]', help: 'One position', example: '/position INFY' },
  { name: 'cash', aliases: ['funds'], kind: 'cash', forms: [''], takes: account, usage: '/cash [ACCOUNT]', help: 'Cash, and how much of it can be deployed', example: '/cash SIP' },
  { name: 'pnl', aliases: ['performance'], kind: 'performance', forms: ['', '{symbol}'], takes: both, usage: '/pnl [SYMBOL] [PERIOD] [ACCOUNT]', help: 'Profit, return and costs over a period', example: '/pnl this month' },
  { name: 'exposure', kind: 'exposure', forms: ['', '{sector}'], takes: account, usage: '/exposure [SECTOR] [ACCOUNT]', help: 'Weights by sector against their limits', example: '/exposure SIP' },
  { name: 'limits', aliases: ['headroom'], kind: 'limits', forms: [''], takes: account, usage: '/limits [ACCOUNT]', help: 'Risk limits and the room left under them', example: '/limits SIP' },
  { name: 'risk', kind: 'risk_metrics', forms: [''], takes: account, usage: '/risk [ACCOUNT]', help: 'Value at risk, beta, open risk', example: '/risk' },
  { name: 'treasury', kind: 'treasury', forms: [''], usage: '/treasury', help: 'Balances of every account', example: '/treasury' },
  { name: 'funding', aliases: ['plan'], kind: 'funding_plan', forms: [''], takes: account, usage: '/funding [ACCOUNT]', help: 'Instalments and tranches', example: '/funding LumpSum' },
  { name: 'orders', kind: 'orders', forms: ['', '{symbol}'], takes: account, usage: '/orders [SYMBOL] [ACCOUNT]', help: 'Orders and their states', example: '/orders INFY' },
  { name: 'fills', aliases: ['trades'], kind: 'fills', forms: ['', '{symbol}'], takes: both, usage: '/fills [SYMBOL] [PERIOD] [ACCOUNT]', help: 'What was filled', example: '/fills today' },
  { name: 'rotation', kind: 'rotation', forms: [''], takes: account, usage: '/rotation [ACCOUNT]', help: 'Where capital would work harder', example: '/rotation' },
  { name: 'hedge', kind: 'hedge', forms: [''], takes: account, usage: '/hedge [ACCOUNT]', help: 'Ways to hedge the book, with their cost', example: '/hedge Tactical' },
  { name: 'movers', kind: 'movers', with: { direction: 'BOTH' }, forms: ['', '{sector}'], takes: period, usage: '/movers [SECTOR]', help: 'What moved most', example: '/movers' },
  { name: 'gainers', kind: 'movers', with: { direction: 'UP' }, forms: ['', '{sector}'], takes: period, usage: '/gainers [SECTOR]', help: 'What rose most', example: '/gainers' },
  { name: 'losers', kind: 'movers', with: { direction: 'DOWN' }, forms: ['', '{sector}'], takes: period, usage: '/losers [SECTOR]', help: 'What fell most', example: '/losers' },
  { name: 'quote', aliases: ['price', 'ltp'], kind: 'quote', with: { field: 'last' }, forms: ['{symbol}'], takes: ['date'], usage: '/quote SYMBOL', help: 'Last price', example: '/quote TCS' },
  { name: 'close', kind: 'quote', with: { field: 'close' }, forms: ['{symbol}'], takes: ['date'], usage: '/close SYMBOL [DATE]', help: 'Closing price of a day (to leave a position: /exit)', example: '/close TCS yesterday' },
  { name: 'chart', kind: 'chart', forms: ['{symbol}'], takes: period, usage: '/chart SYMBOL [PERIOD]', help: 'Candles with volume and events', example: '/chart INFY last month' },
  { name: 'features', aliases: ['technicals'], kind: 'indicator', forms: ['{symbol}', '{symbol} {indicator}', '{indicator} {symbol}'], usage: '/features SYMBOL [INDICATOR]', help: 'Indicators of a symbol', example: '/features INFY rsi' },
  { name: 'regime', kind: 'regime', forms: [''], usage: '/regime', help: 'Volatility and liquidity regime', example: '/regime' },
  { name: 'breadth', aliases: ['mood'], kind: 'breadth', forms: [''], takes: period, usage: '/breadth', help: 'Advances against declines, market mood', example: '/breadth' },
  { name: 'flows', kind: 'flows', forms: [''], takes: period, usage: '/flows [PERIOD]', help: 'Foreign and domestic institutional flows', example: '/flows this week' },
  { name: 'news', kind: 'news', forms: ['', '{symbol}', '{query:text}'], takes: period, usage: '/news [SYMBOL or WORDS]', help: 'News and filings', example: '/news INFY' },
  { name: 'calendar', aliases: ['events'], kind: 'calendar', ahead: true, forms: ['', '{symbol}'], takes: period, usage: '/calendar [SYMBOL] [PERIOD]', help: 'Results and other events to come', example: '/calendar this week' },
  { name: 'results', kind: 'calendar', with: { what: 'RESULTS' }, ahead: true, forms: ['', '{symbol}'], takes: period, usage: '/results [SYMBOL]', help: 'When results are due', example: '/results TCS' },
  { name: 'window', kind: 'event_window', forms: ['{symbol}'], takes: account, usage: '/window SYMBOL', help: 'Whether an event keeps entries out', example: '/window TCS' },
  { name: 'hours', kind: 'market_hours', forms: [''], takes: ['date'], usage: '/hours [DATE]', help: 'Whether and when the market is open', example: '/hours' },
  { name: 'policy', kind: 'policy', forms: [''], takes: period, usage: '/policy', help: 'What RBI, SEBI and others said, and its stance', example: '/policy' },
  { name: 'chain', kind: 'option_chain', ahead: true, forms: ['{underlying:symbol}'], takes: ['date'], usage: '/chain SYMBOL [EXPIRY]', help: 'Option chain with greeks', example: '/chain NIFTY' },
  { name: 'strategy', kind: 'option_strategy', ahead: true, forms: ['{underlying:symbol}', '{structure} {underlying:symbol}', '{underlying:symbol} {structure}'], takes: ['date'], usage: '/strategy SYMBOL [STRUCTURE]', help: 'Option structures, priced and ranked', example: '/strategy NIFTY iron condor' },
  { name: 'watchlist', kind: 'watchlist_show', forms: [''], usage: '/watchlist', help: 'Symbols that are watched', example: '/watchlist' },
  { name: 'watch', kind: 'watchlist_edit', forms: ['{add:symbols}'], usage: '/watch SYMBOL…', help: 'Add to the watchlist', example: '/watch INFY TCS' },
  { name: 'unwatch', kind: 'watchlist_edit', forms: ['{remove:symbols}'], usage: '/unwatch SYMBOL…', help: 'Remove from the watchlist', example: '/unwatch INFY' },
  { name: 'discovery', aliases: ['pickers'], kind: 'discovery', forms: [''], usage: '/discovery', help: 'What the pickers suggest, and their record', example: '/discovery' },
  { name: 'check', kind: 'trade_check', forms: ['{symbol}', '{quantity:shares} {symbol} (at {limitPrice:price})?'], with: { side: 'BUY' }, takes: account, usage: '/check [QUANTITY] SYMBOL [@PRICE]', help: 'Would it pass the gates? Nothing is drawn up', example: '/check 100 INFY' },
  { name: 'scenario', aliases: ['stress'], kind: 'scenario', forms: ['', '{movePercent:decimal}', '{movePercent:signed}', '{symbol} {movePercent:signed}'], takes: account, usage: '/scenario [SYMBOL] [PERCENT]', help: 'What a move would do to the book', example: '/scenario NIFTY -5%' },
  { name: 'idea', aliases: ['ideas'], kind: 'find_idea', forms: ['', '{symbol}', '{sector}'], takes: account, usage: '/idea [SYMBOL] [ACCOUNT]', help: 'Find a trade', example: '/idea SIP' },
  { name: 'cards', aliases: ['queue', 'approvals'], kind: 'cards', forms: [''], takes: account, usage: '/cards [ACCOUNT]', help: 'What waits for a person', example: '/cards' },
  { name: 'card', kind: 'card', forms: ['<card>'], usage: '/card CARD', help: 'One trade card', example: '/card 12' },
  { name: 'why', kind: 'why', forms: ['', '<card>', '{symbol}'], fills: ['card', 'symbol'], usage: '/why [CARD or SYMBOL]', help: 'Thesis and evidence', example: '/why 12' },
  { name: 'bigger', kind: 'why_not_bigger', forms: ['', '<card>'], fills: ['card'], usage: '/bigger [CARD]', help: 'Which limit binds the size', example: '/bigger 12' },
  { name: 'blocked', aliases: ['gates'], kind: 'explain_block', forms: ['', '<card>', '{symbol}'], fills: ['card'], usage: '/blocked [CARD or SYMBOL]', help: 'The gate report, and what would pass', example: '/blocked 12' },
  { name: 'approve', aliases: ['confirm'], kind: 'approve', forms: ['<card>'], usage: '/approve CARD', help: 'Confirm a card', example: '/approve 12' },
  { name: 'reject', kind: 'reject', forms: ['<card>', '<card> {reason:text}'], usage: '/reject CARD [REASON]', help: 'Turn a card down', example: '/reject 12 too big' },
  { name: 'yes', kind: 'yes', forms: ['', '{confirmationId:reference}'], usage: '/yes [CONFIRMATION]', help: 'Confirm what waits', example: '/yes' },
  { name: 'no', kind: 'no', forms: ['', '{confirmationId:reference}'], usage: '/no [CONFIRMATION]', help: 'Turn down what waits', example: '/no' },
  { name: 'buy', kind: 'buy', forms: order, takes: account, usage: '/buy QUANTITY SYMBOL [@PRICE] [stop PRICE] [target PRICE] [ACCOUNT]', help: 'Propose to buy', example: '/buy 10 TCS @3900' },
  { name: 'sell', kind: 'sell', forms: [...order, '{quantity:part} (of)? {symbol} <terms>'], takes: account, usage: '/sell QUANTITY SYMBOL [@PRICE] [ACCOUNT]', help: 'Propose to sell', example: '/sell half INFY' },
  { name: 'exit', kind: 'exit', forms: ['{symbol} <exitTerms>'], takes: account, usage: '/exit SYMBOL [@PRICE] [ACCOUNT]', help: 'Propose to leave a position', example: '/exit TCS' },
  { name: 'stop', kind: 'modify_position', forms: ['{symbol} (at)? {stop:stop}'], takes: account, usage: '/stop SYMBOL PRICE', help: 'Move a position’s stop', example: '/stop INFY 1450' },
  { name: 'target', kind: 'modify_position', forms: ['{symbol} (at)? {target:price}'], takes: account, usage: '/target SYMBOL PRICE', help: 'Move a position’s target', example: '/target INFY 1620' },
  { name: 'trail', kind: 'modify_position', forms: ['{symbol} (by)? {trailDistance:price}', '{symbol} (by)? {trailPercent:percent}'], takes: account, usage: '/trail SYMBOL DISTANCE', help: 'Trail a position’s stop', example: '/trail INFY 20' },
  { name: 'cancel', kind: 'cancel_order', forms: ['{symbol}', 'order? {order:reference}'], takes: account, usage: '/cancel SYMBOL or ORDER', help: 'Cancel an open order', example: '/cancel INFY' },
  { name: 'cancelall', kind: 'cancel_order', with: { all: true }, forms: [''], takes: account, usage: '/cancelall [ACCOUNT]', help: 'Cancel every open order', example: '/cancelall' },
  { name: 'flatten', aliases: ['closeall'], kind: 'close_all', with: { haltEntries: false }, forms: [''], takes: account, usage: '/flatten [ACCOUNT]', help: 'Propose to leave every position', example: '/flatten Tactical' },
  { name: 'flattenstop', kind: 'close_all', with: { haltEntries: true }, forms: [''], takes: account, usage: '/flattenstop [ACCOUNT]', help: 'Halt entries, cancel them and leave every position', example: '/flattenstop' },
  { name: 'pause', kind: 'pause', forms: ['', '{account} {reason:text}', '{reason:text}'], takes: account, usage: '/pause [ACCOUNT] [REASON]', help: 'No new entries; exits keep working', example: '/pause SIP' },
  { name: 'resume', kind: 'resume', forms: [''], takes: account, usage: '/resume [ACCOUNT]', help: 'Allow entries again, under the recovery rules', example: '/resume SIP' },
  { name: 'kill', kind: 'kill', forms: ['{account} {reason:text}', '{reason:text}'], takes: account, usage: '/kill [ACCOUNT] REASON', help: 'Trip the manual switch', example: '/kill wrong prices' },
  { name: 'switches', kind: 'switches', forms: [''], takes: account, usage: '/switches [ACCOUNT]', help: 'Kill switches and their thresholds', example: '/switches' },
  { name: 'gatestats', kind: 'gate_stats', forms: [''], takes: period, usage: '/gatestats [PERIOD]', help: 'How often each gate blocks', example: '/gatestats this month' },
  { name: 'accounts', kind: 'accounts', forms: [''], usage: '/accounts', help: 'Accounts you may see', example: '/accounts' },
  { name: 'account', aliases: ['use'], kind: 'switch_account', forms: ['{account}'], usage: '/account NAME', help: 'Work in an account', example: '/account SIP' },
  { name: 'transfer', kind: 'transfer', forms: ['{amountMinor:money} (from {from:account})? (to {to:account})', '{amountMinor:money} {from:account} {to:account}'], usage: '/transfer AMOUNT [from ACCOUNT] to ACCOUNT', help: 'Propose to move cash between accounts', example: '/transfer 25000 from SIP to Tactical' },
  { name: 'deposit', kind: 'deposit', forms: ['{amountMinor:money}'], takes: account, usage: '/deposit AMOUNT [ACCOUNT]', help: 'Propose to record cash paid in', example: '/deposit 50000 SIP' },
  { name: 'withdraw', kind: 'withdraw', forms: ['{amountMinor:money}'], takes: account, usage: '/withdraw AMOUNT [ACCOUNT]', help: 'Propose to take cash out', example: '/withdraw 10000 SIP' },
  { name: 'mandate', kind: 'mandate_show', forms: [''], takes: account, usage: '/mandate [ACCOUNT]', help: 'The account’s rules', example: '/mandate SIP' },
  { name: 'riskpertrade', kind: 'mandate_change', with: { setting: 'riskPerTradePercent' }, forms: ['{value:percent}'], takes: account, usage: '/riskpertrade PERCENT [ACCOUNT]', help: 'Propose another risk per trade', example: '/riskpertrade 0.5% SIP' },
  { name: 'maxpositions', kind: 'mandate_change', with: { setting: 'maxPositions' }, forms: ['{value:n}'], takes: account, usage: '/maxpositions COUNT [ACCOUNT]', help: 'Propose another largest number of positions', example: '/maxpositions 8' },
  { name: 'playbooks', kind: 'playbooks', forms: [''], usage: '/playbooks', help: 'How each type of news is traded', example: '/playbooks' },
  { name: 'playbook', kind: 'playbook_change', forms: ['{playbook:word} {setting:word} {value:n}', '{playbook:word} {setting:word} {value:text}'], usage: '/playbook NAME SETTING VALUE', help: 'Propose to change a playbook', example: '/playbook earnings_beat gapChaseMaxPercent 3' },
  { name: 'intake', kind: 'intake', forms: [''], takes: account, usage: '/intake [ACCOUNT]', help: 'Write a mandate together', example: '/intake SIP' },
  { name: 'cycle', kind: 'run_cycle', forms: [''], usage: '/cycle', help: 'Run a desk cycle', example: '/cycle' },
  { name: 'feeds', kind: 'feeds_health', forms: [''], usage: '/feeds', help: 'Which sources are fresh and which are stale', example: '/feeds' },
  { name: 'report', kind: 'report', with: { cadence: 'DAY' }, forms: [''], takes: both, usage: '/report [DATE] [ACCOUNT]', help: 'The day’s report', example: '/report' },
  { name: 'monthly', kind: 'report', with: { cadence: 'MONTH' }, forms: [''], takes: both, usage: '/monthly [MONTH] [ACCOUNT]', help: 'The month’s report', example: '/monthly last month' },
  { name: 'evals', kind: 'evals_show', forms: [''], usage: '/evals', help: 'The last evals', example: '/evals' },
  { name: 'runevals', kind: 'evals_run', forms: ['', '{suite:word}'], usage: '/runevals [SUITE]', help: 'Run evals now', example: '/runevals routing' },
  { name: 'postman', kind: 'qa', with: { what: 'postman' }, forms: [''], usage: '/postman', help: 'A Postman collection of the API', example: '/postman' },
  { name: 'contracts', kind: 'qa', with: { what: 'contractTests' }, forms: [''], usage: '/contracts', help: 'Contract tests from the tools', example: '/contracts' },
  { name: 'figures', kind: 'qa', with: { what: 'figures' }, forms: [''], usage: '/figures', help: 'Check the last reply’s figures', example: '/figures' },
  { name: 'review', kind: 'qa', with: { what: 'reviewSheet' }, forms: [''], usage: '/review', help: 'A sheet of decisions to review', example: '/review' },
  { name: 'patterns', kind: 'patterns', forms: [''], usage: '/patterns', help: 'What past trades teach', example: '/patterns' },
  { name: 'audit', kind: 'audit_story', forms: ['', '<card>', '{symbol}'], fills: ['card', 'symbol'], usage: '/audit [CARD or SYMBOL]', help: 'The story of a trade, line by line', example: '/audit 12' },
  { name: 'follow', kind: 'audit_follow', forms: [''], usage: '/follow', help: 'Follow the audit as it grows', example: '/follow' },
  { name: 'verify', kind: 'audit_verify', forms: [''], usage: '/verify', help: 'Verify the audit chain', example: '/verify' },
  { name: 'replay', kind: 'replay', forms: ['<card>'], usage: '/replay CARD', help: 'Run a card’s gates again on what they saw', example: '/replay 12' },
  { name: 'activity', kind: 'activity', forms: [''], takes: period, usage: '/activity [PERIOD]', help: 'What the desk did', example: '/activity today' },
  { name: 'sql', aliases: ['query'], kind: 'sql', forms: ['{question:text}'], usage: '/sql QUESTION', help: 'A question over trades, orders, positions and prices', example: '/sql average holding period of winners' },
  { name: 'settings', kind: 'settings', forms: [''], usage: '/settings', help: 'Your settings', example: '/settings' },
  { name: 'help', aliases: ['start', 'commands'], kind: 'help', forms: ['', '{topic:text}'], usage: '/help [TOPIC]', help: 'What the desk can do', example: '/help orders' },
  { name: 'forget', kind: 'cancel_turn', forms: [''], usage: '/forget', help: 'Drop the turn under way', example: '/forget' },
];
