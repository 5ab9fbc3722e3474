import type { IntentKind } from '../intents.ts';
import { deskTopics } from './desk-topics.ts';
import type { PhraseEntry } from './entry.ts';
import { marketTopics } from './market-topics.ts';

/**
 * What a question is about, for sentences that no phrase covers; questions only. Each line of `about` is a set of conditions
 * that must all hold in any order: `a|b` one of these words in any form, `@symbol` a term of that kind, `-a|b` none of these.
 * A line that begins with `!` is decisive: it holds even where much else is said.
 */
export interface Topic {
  kind: IntentKind;
  with?: PhraseEntry['with']; takes?: PhraseEntry['takes']; fills?: PhraseEntry['fills']; ahead?: boolean; verbatim?: PhraseEntry['verbatim'];
  about: readonly string[];
}
const account = ['account'] as const;
const both = ['account', 'period'] as const;
const period = ['period'] as const;
const results = 'result|earning|quarterly';
const buying = 'buy|add|enter|take|purchase|accumulate';
const selling = 'sell|exit|trim|dump|offload';

const ownTopics: readonly Topic[] = [
  { kind: 'holdings', takes: account, about: ['portfolio|holding|book|position|bag + summary|snapshot|overview|show|see|list|look|view|what|which', 'sitting|inside|lying|stock|share + @account -buy|suggest|idea -cash|money|fund', 'own|hold + what|which|everything|all|stock -@symbol', 'stock|share|investment + own|hold|have|my|our|list -@symbol', 'portfolio|holding -@symbol|@sector'] },
  { kind: 'position', takes: account, about: ['@symbol + position|holding|stake|average|cost|quantity|sitting|invested|entry', '@symbol + own|hold|have + much|many|do -before|through|safe|result|earning|should|idea'] },
  { kind: 'cash', takes: account, about: ['cash|fund|money|balance|capital + free|available|left|idle|deploy|deployable|invest|spare|hand|uninvested|remaining|spend|put', 'buying + power', 'dry + powder', 'deploy|deployable|invest|spend + much|what|free|can', 'cash|balance', 'put + work + much'] },
  { kind: 'performance', takes: both, about: ['!net|after + charge|charges|cost|costs|fee|fees|tax|taxes|brokerage -by|per|paid|pay|trade|trades|order', 'pnl|performance|return|profit|gain -book|take', 'earning|earnings + my|our|we|i -@symbol|report|calendar|before|ahead|through|into', 'damage + what|how', 'green|red|black + we|i|did|end|ended|close|closed -market|stock|@symbol', 'doing|do|fare|perform|perform + portfolio|account|book|@account|we|trade|holding|holdings|investment|investments + how', 'made|make|lost|lose|earn|earned|gained + money|much|rupees -if|stop|hit|percent|can|could', 'up|down + we|i + month|week|year|today|overall|much', 'number|figure + @period -fii|dii|result', 'how|what + do|did|done|doing|go|going|gone + we|i|us|it + @period -learn'] },
  { kind: 'performance', with: { measure: 'sharpe' }, takes: both, about: ['!sharpe', 'risk + adjusted'] },
  { kind: 'performance', with: { measure: 'sortino' }, takes: both, about: ['!sortino'] },
  { kind: 'performance', with: { measure: 'drawdown' }, takes: both, about: ['!drawdown', 'peak + trough', '!fallen|down|declined|dropped|slipped|off + peak|highest|top|high + portfolio|book|account|my|our|we -@symbol'] },
  { kind: 'performance', with: { measure: 'winRate' }, takes: both, about: ['!win|winning|winner|hit|success|strike + rate|percent|ratio|percentage|often -by|confidence|gate', '!win + trade + many|percent', '!fraction|share|portion|part|percent|percentage + trade + green|profit|profitable|positive|work|win'] },
  { kind: 'performance', with: { measure: 'costs' }, takes: both, about: ['brokerage|charge|fee|cost|tax|commission -hedge|hedging|by|per|average|percent|last|stt|gst|stamp|gross|net|after', 'brokerage|charge|fee + paid|pay|total -stt|gst|stamp|last|gross|percent|net|after'] },
  { kind: 'performance', with: { measure: 'costs', charge: 'stt' }, takes: both, about: ['!stt -by|per|percent|rate'] },
  { kind: 'performance', with: { measure: 'costs', charge: 'gst' }, takes: both, about: ['!gst + paid|pay|total|much|charge -by|per|percent|rate'] },
  { kind: 'performance', with: { measure: 'costs', charge: 'stampDuty' }, takes: both, about: ['!stamp + duty|paid|pay -by|per|percent|rate'] },
  { kind: 'performance', with: { measure: 'moneyWeighted' }, takes: both, about: ['!xirr|irr', 'money + weighted'] },
  { kind: 'performance', with: { measure: 'expectancy' }, takes: both, about: ['!expectancy'] },
  { kind: 'performance', with: { measure: 'profitFactor' }, takes: both, about: ['!profit + factor'] },
  { kind: 'performance', with: { measure: 'streak' }, takes: both, about: ['!streak', 'row + loss|losses|losing|win|winning|loser|winner'] },
  { kind: 'performance', with: { measure: 'holding' }, takes: both, about: ['!hold|held|holding + long|day|days|period|time + winner|loser|winning|losing|usual|usually|typical|typically -@symbol|average|mean|median|more|than|over|oldest|longest'] },
  { kind: 'cash_flows', with: { direction: 'OUT' }, takes: both, about: ['!withdrawal|withdrawn|withdrew', '!money|cash|fund + took|taken|pulled + out -foreign|foreigners|fii|dii|they|investors'] },
  { kind: 'cash_flows', with: { direction: 'IN' }, takes: both, about: ['!deposited', '!deposit + any|when|how|much|many|what|which|show|list|total|last|all|history -net', '!money|cash|fund|capital + put|added|paid + in|into + when|how|much|many|last -work'] },
  { kind: 'cash_flows', takes: both, about: ['deposit + withdrawal|withdrawals|net', '!cash|money|fund + flow|flows|movement|movements -fii|dii'] },
  { kind: 'performance', with: { measure: 'alpha' }, takes: both, about: ['beat|beating|outperform|underperform|alpha|versus|vs + index|market|benchmark|@symbol', 'alpha'] },
  { kind: 'performance', with: { measure: 'best' }, takes: both, about: ['best|biggest|top + trade|winner|gain -give|find|suggest|idea|gainer'] },
  { kind: 'performance', with: { measure: 'worst' }, takes: both, about: ['worst|biggest + trade|loss -case|stop|day|days|single', 'biggest + losing'] },
  { kind: 'performance', with: { by: 'sector' }, takes: both, about: ['sector|sectoral|sectorwise + pnl|performance|return|profit|money|made'] },
  { kind: 'performance', with: { by: 'account' }, takes: period, about: ['account|compare|bucket + pnl|performance|return|best|worst|compare', '!compare + account|@account'] },
  { kind: 'performance', with: { by: 'symbol' }, takes: both, about: ['pnl|performance|return|profit + by|per|wise|each + stock|symbol|position|name|scrip'] },
  { kind: 'exposure', takes: account, about: ['sector|sectoral|industry + exposure|weight|allocation|breakdown|break|split|breakup|mix|biggest|largest|concentration|heavy|holding|tilt -pnl|performance|made|rotate', '!concentrated|concentration|diversified|diversification', 'exposure|allocation', 'sector + portfolio|book|dominate|money -pnl|made|rotate', '@sector + money|portfolio|book + much|most|how|too', '@sector + exposure|weight|overweight|underweight|heavy|much|allocation|exposed|overexposed|underexposed|tilt|share', 'exposed|overexposed + too|am|are|how|what + @sector'] },
  { kind: 'limits', takes: account, about: ['!headroom|breach|breaching', 'limit -price|order|which|block|blocked|sector|daily|day|weekly', 'risk + budget|room|limit|usage', '!loss|drawdown + limit -daily|day|weekly|week', 'far|close|near + limit -daily|day|weekly'] },
  { kind: 'risk_metrics', with: { measure: 'valueAtRisk' }, takes: account, about: ['!var|shortfall|cvar', 'value + risk'] },
  { kind: 'risk_metrics', with: { measure: 'beta' }, takes: account, about: ['!beta'] },
  { kind: 'risk_metrics', with: { measure: 'correlation' }, takes: account, about: ['!correlation|correlated|correlate'] },
  { kind: 'risk_metrics', with: { measure: 'openRisk' }, takes: account, about: ['stop + hit|stopped|trigger + lose|loss|all|every|everything|case|stake', 'stop + everything|all + stake|lose|risk|worst', 'open + risk', 'worst + case + stop', 'risk + table|stake', 'money|capital + risk'] },
  { kind: 'risk_metrics', takes: account, about: ['risk + metric|report|number|measure|overall|picture|profile'] },
  { kind: 'treasury', takes: account, about: ['!treasury', '!reserve|buffer|emergency + much|what|how|show|left|cash|money|account|@account -rbi|forex', 'cash|money|balance|fund + accounts|across|between -lumpsum', 'ledger'] },
  { kind: 'funding_plan', takes: account, about: ['!instalment|tranche', '!sip|@account|funding|investment + plan|schedule', 'next + sip|@account + date|when|due'] },
  { kind: 'orders', takes: account, about: ['order + open|pending|working|status|live|unfilled|resting|placed|book|waiting -average|many|per|by', '@symbol + order + status|still|working|open|pending|where'] },
  { kind: 'fills', takes: both, about: ['!ever + trade|traded|bought|sold|owned|buy|sell + @symbol', '!fill|filled|execution|executed|tradebook -average|many|per', 'trade + history|log|list|today|took|done|did|made -lose|lost|kind|which|average|many|win|per', 'bought|sold + what|@symbol|when|which|did|have -should|could|would|if', 'buy|sell + through|did|when + @symbol -why|should|if|can|could|would', 'bought|sold|buy|sell + did|have + what|which -should|if|why'] },
  { kind: 'rotation', takes: account, about: ['!rotate|rotation|rebalance'] },
  { kind: 'hedge', takes: account, about: ['!hedge', '!protect|protection|insure|insurance|downside + portfolio|book|position|with|cheap|my'] },
  { kind: 'movers', with: { direction: 'BOTH' }, takes: period, about: ['!mover', 'moved|moving + most|today|market|stock|@sector|what|which -why|@symbol|money|should', '!gainer + loser'] },
  { kind: 'movers', with: { direction: 'UP' }, takes: period, about: ['gainer -loser|them|these|those', 'rose|gained|jumped|rallied|flying|soaring|surging|zooming|climbing|up + most|today|which|stock -market|how|portfolio|@symbol|why|down|we|many|them|these|those'] },
  { kind: 'movers', with: { direction: 'DOWN' }, takes: period, about: ['loser -gainer|them|these|those', 'fell|tanked|dropped|crashed|slid|bleeding|sinking|falling|down + most|today|which|stock|@sector -market|how|portfolio|@symbol|why|up|we|feed|data|many|them|these|those'] },
  { kind: 'quote', with: { field: 'last' }, takes: ['date'], about: ['@symbol + price|ltp|cmp|trading|quote|level|spot|rate -close|closed|closing|settled|open|opened|high|highest|low|lowest|option|chart|graph|plot|history|strike|why|result|target|limit|idea|insider|deal|split|bonus|hour|minute|into|entered|came|about'] },
  { kind: 'quote', with: { field: 'close' }, takes: ['date'], about: ['@symbol + close|closed|closing|settle|ended -position|my|when|market|before'] },
  { kind: 'quote', with: { field: 'high' }, takes: ['date'], about: ['@symbol + high|highest -why|vol|volatility|iv|hour|minute|morning|afternoon|half'] },
  { kind: 'quote', with: { field: 'low' }, takes: ['date'], about: ['@symbol + low|lowest -why|hour|minute|morning|afternoon|half'] },
  { kind: 'quote', with: { field: 'volume' }, takes: ['date'], about: ['@symbol + volume|turnover -hour|minute|morning|afternoon|half'] },
  { kind: 'price_stat', with: { measure: 'high' }, takes: period, about: ['@symbol + high|highest|peak + @period -close|closing|hour|minute|volatility|far|below'] },
  { kind: 'price_stat', with: { measure: 'low' }, takes: period, about: ['@symbol + low|lowest + @period -close|closing|hour|minute|far|above'] },
  { kind: 'price_stat', with: { measure: 'highestClose' }, takes: period, about: ['@symbol + highest|high + close|closing + @period'] },
  { kind: 'price_stat', with: { measure: 'lowestClose' }, takes: period, about: ['@symbol + lowest|low + close|closing + @period'] },
  { kind: 'price_stat', with: { measure: 'averageVolume' }, takes: period, about: ['@symbol + average|mean|usual|typical + volume'] },
  { kind: 'price_stat', with: { measure: 'volatility' }, takes: period, about: ['@symbol + volatility|volatile + @period -implied|option'] },
  { kind: 'price_stat', with: { measure: 'drawdown' }, takes: period, about: ['@symbol + drawdown -my|our'] },
  { kind: 'price_stat', with: { measure: 'gap' }, takes: period, about: ['@symbol + gap -fill|filled|chase|if|why'] },
  { kind: 'price_stat', with: { measure: 'delivery' }, takes: period, about: ['!@symbol + delivery|deliverable'] },
  { kind: 'price_stat', with: { measure: 'beta' }, takes: period, about: ['!@symbol + beta -my|our|portfolio|book|position'] },
  { kind: 'corporate_actions', with: { what: 'SPLIT' }, takes: period, about: ['@symbol + split + when|last|ever|did|has'] },
  { kind: 'corporate_actions', with: { what: 'BONUS' }, takes: period, about: ['@symbol + bonus + when|last|ever|did|has'] },
  { kind: 'deals', with: { what: 'BULK' }, takes: period, about: ['bulk + deal'] },
  { kind: 'deals', with: { what: 'BLOCK' }, takes: period, about: ['block + deal', '!who|whom + block|blocks + buying|selling|bought|sold|buy|sell'] },
  { kind: 'deals', with: { what: 'INSIDER' }, takes: period, about: ['insider|promoter + buy|sell|trade|bought|sold|transaction|disclose'] },
  { kind: 'chart', takes: period, about: ['chart|graph|candle|candlestick|plot + @symbol', 'price + history + @symbol'] },
  { kind: 'indicator', takes: ['date'], about: ['@indicator + @symbol', 'technical|overbought|oversold|momentum|indicator|feature|dma|trend|trending|chartwise|uptrend|downtrend + @symbol'] },
  { kind: 'regime', about: ['!regime', 'volatile|volatility|choppy|vol|calm|wild|jumpy|quiet|sideways|trending + market'] },
  { kind: 'breadth', takes: period, about: ['!breadth|mood|internals', 'advance', 'sentiment -@symbol', 'market|markets + feeling|feel|healthy|strong|weak|broad|how -volatile|open|close|hours|lose|fall|regime', 'rally + broad|how'] },
  { kind: 'flows', takes: period, about: ['!fii|dii -future|option|derivative|contract|oi|call|put|sector|stake|holding|hold|shareholding', 'foreign|foreigner|institution|institutional + buy|sell|flow|money|inflow|outflow|doing'] },
  { kind: 'news', takes: period, about: ['!news|headline|filing|announcement|rumour|rumor|press|papers|coverage|article -pib|sebi|rbi|fed|per', '@symbol + latest|happened|happening|happen|cooking|going|crash|falling|fall|fell|rise|rising|jump|announce|announced|file|filed|disclose|said|declare|raise|summarise|gist|key|today + what|why|any|did|has|news|latest|summarise|gist|key|anything -option|result|position|trade|order|my|price|pnl|dividend|buy|sell|card|close|gate', 'order + win'] },
  { kind: 'calendar', with: { what: 'RESULTS' }, ahead: true, takes: period, about: [`${results} + when|date|due|calendar|upcoming|week|next|schedule|season|which|who|my -before|through|into|ahead|safe|ok|evals|eval`, 'report|reporting|declare|declaring + when|who|which|company|list -daily|monthly|eod|card|order', '@symbol + number + when|declare|date'] },
  { kind: 'calendar', with: { what: 'DIVIDEND' }, ahead: true, takes: period, about: ['dividend + when|ex|date|upcoming|due|next|coming|any', 'ex + date|dates', 'record + date'] },
  { kind: 'calendar', with: { what: 'BOARD_MEETING' }, ahead: true, takes: period, about: ['board + meeting|meet', 'agm'] },
  { kind: 'calendar', with: { what: 'HOLIDAY' }, ahead: true, takes: period, about: ['!holiday', 'day|days + shut|closed|off + market|exchange + which|what'] },
  { kind: 'calendar', ahead: true, takes: period, about: ['event + upcoming|due|coming|next|scheduled|ahead|tomorrow|week|what', 'lined|coming|scheduled + up|what|anything -card|approval'] },
  { kind: 'event_window', takes: account, about: [`!@symbol + before|ahead|through|into|around|near + ${results}|number -when`, '!@symbol + blackout', '@symbol + event + window'] },
  { kind: 'market_hours', takes: ['date', 'period'], about: ['market|exchange|nse|bse|trading + open|close|shut|closed|hour|timing -which|days|feed|price|@symbol|still|order|position'] },
  { kind: 'policy', with: { source: 'RBI' }, takes: period, about: ['!rbi|mpc|repo'] },
  { kind: 'policy', with: { source: 'SEBI' }, takes: period, about: ['!sebi'] },
  { kind: 'policy', with: { source: 'FED' }, takes: period, about: ['!fed|fomc|powell'] },
  { kind: 'policy', with: { source: 'PIB' }, takes: period, about: ['!pib|cabinet', 'government|govt + announce|announced|say|said|decide|decided|do|did'] },
  { kind: 'policy', takes: period, about: ['!hawkish|dovish', 'policy + rate|stance|monetary|central'] },
  { kind: 'option_chain', takes: ['date', 'period'], ahead: true, about: ['!@symbol + chain|strike', '@symbol + option -strategy|structure|trade|play|idea|best|which'] },
  { kind: 'option_chain', with: { measure: 'pcr' }, takes: ['date', 'period'], ahead: true, about: ['@symbol + pcr', '@symbol + put + call + ratio'] },
  { kind: 'option_chain', with: { measure: 'maxPain' }, takes: ['date', 'period'], ahead: true, about: ['!@symbol + max + pain'] },
  { kind: 'option_chain', with: { measure: 'impliedVolatility' }, takes: ['date', 'period'], ahead: true, about: ['@symbol + iv', '@symbol + implied'] },
  { kind: 'option_chain', with: { measure: 'openInterest' }, takes: ['date', 'period'], ahead: true, about: ['@symbol + oi', '@symbol + open + interest'] },
  { kind: 'option_strategy', takes: ['date', 'period'], ahead: true, about: ['!@structure + @symbol', '@symbol + option + strategy|structure|trade|play|idea|spread', '@symbol + spread + which|what|best|work'] },
  { kind: 'watchlist_show', about: ['!watchlist', 'watching + what|which'] },
  { kind: 'discovery', about: ['!picker|discovery|screener', 'suggestion|suggested + stock|new|watchlist'] },
  { kind: 'trade_check', with: { side: 'BUY' }, takes: account, about: [`allowed|sense|should|can|could|worth|may|sensible|wise|would|good|shall|ok + ${buying} + @symbol -${results}|before|hedge|sold|sell`, `max|maximum|many|much + @symbol + ${buying} -did|have|worth`, `!if + buy|bought|add|added + @symbol -sell|sold|only`] },
  { kind: 'trade_check', with: { side: 'SELL' }, takes: account, about: [`allowed|sense|should|can|could|worth|may|sensible|wise|would|good|shall|time + ${selling}|book + @symbol -${results}|before|bought|buy`, `!if + sell|sold|exit|exited + @symbol -buy|bought|only`] },
  { kind: 'scenario', takes: account, about: ['!@fall + if|what|how|lose|happen|bad|hurt|do|impact', '!stress + test|scenario|run', '!scenario', 'market|@symbol + crash|tank|fall|drop|collapse + lose|happen|bad|impact|if -why'] },
  { kind: 'find_idea', takes: account, about: ['idea|setup|opportunity|candidate -@card|vodafone|work|best|which|failed|pattern', 'worth + buying|trading|looking -@symbol', 'anything|something|any + good|nice|attractive|promising|tempting|juicy|decent|appealing + @sector -news|hold|own|happening', 'trade|stock|something + find|suggest|recommend|bring', 'stock|what + buy + should|which|today|good -did|have|@symbol|bought', 'best|good + trade + give|your'] },
  { kind: 'cards', takes: account, about: ['card|proposal|approval|approve + pending|waiting|queue|need|anything|open|any -@card|why|many', 'approval|queue -@card', 'waiting|pending + me -order'] },
  { kind: 'card', about: ['@card + show|see|open|detail|status|what|look|pull -why|audit|block|gate|reject|approve|story|happened|replay'] },
  { kind: 'why', about: ['why|thesis|justify|defend|reason|reasoning|rationale|evidence|case|convince|explain|like + @card -block|blocked|refuse|refusal|stopped|fail|failed|small|bigger|gate|verdict|pass', '!thesis|rationale|evidence|reasoning|convince + @symbol', 'behind + @card', '!judge + say|said|think|thought|reason|reasoning|opinion|view|about + @card|it|this', '!why + @symbol -block|refuse|fail|stop|reject|down|up|fall|falling|rise|rising|crash|jump|drop|dropping|red|green|gap|surge|tank|move|moving|rally|rallying|weak|strong|low|high|small|bigger|not|volatile', 'why + you|we|desk + buy|bought|sell|sold|exit|like|picked|choose|want|holding|hold + @symbol -not', 'like + why + @symbol'] },
  { kind: 'why', fills: ['card', 'symbol'], about: ['thesis|rationale|evidence|reasoning -@symbol|@card|@account'] },
  { kind: 'why_not_bigger', fills: ['card'], about: ['why + small|bigger|larger|low|few|tiny|less + quantity|size|position|so|not|this|card|trade -@symbol', 'size|quantity + tiny|small|low|little|less + why|how', 'capping|limiting|binding|constraining|limit|cap + size|quantity -sector|set', 'more|bigger + take|go|can|buy + not|why|this -@symbol|cash|risk|room'] },
  { kind: 'explain_block', fills: ['card'], about: ['!block|blocked|refuse|refused|refusal|fail|failed|rejected|declined|turned + why|which|what|reason|who|explain + card|order|trade|proposal|@card|@symbol|gate|check|it|this -often|most|many|eval|feed|list|all|i|we', 'pass|passing + make|not|why|would -rate|eval|test|gates|@symbol', 'gate + report|failed|fail|which -most|often|strict|rate|stat|many'] },
  { kind: 'limits', with: { measure: 'dailyLoss' }, takes: account, about: ['!daily|day + loss + limit|left|room|remaining|remain|used|headroom|bacha|far|close|near -switch|breaker|killswitch|weekly|set|change|allowed|max|cap|stop'] },
  { kind: 'switches', takes: account, about: ['!daily|day|weekly + loss + limit|far|close|allowed|max|cap|stop -left|room|remaining|used|headroom|bacha', 'switch|breaker|killswitch + tripped|trip|on|state|status|kill|which|any|circuit|setting|loss|armed', 'paused|halted|frozen|tripped + why|are|is|desk|trading|we'] },
  { kind: 'gate_stats', takes: period, about: ['!gate|guardrail|check + stat|statistic|rate|often|strict|strictest|refuse|blocked|block|most|many|stats -@card|@symbol|why'] },
  { kind: 'accounts', about: ['account + which|list|all|what|show -cash|balance|money|pnl|return|doing|best|risk|exposure|across'] },
  { kind: 'mandate_show', takes: account, about: ['allowed|permitted + @account|account -buy|sell', '!mandate|rule -change|sebi|rbi|write|set|new|define|draft|help|question|questions', 'max|maximum|allowed + position|sector|risk + what|how|number -change|set'] },
  { kind: 'intake', takes: account, about: ['!onboard|onboarding|interview|questionnaire|intake', '!setup|set|define|write|new|draft|build + mandate|goal|profile -show|what'] },
  { kind: 'feeds_health', about: ['feed|source|data|quote|prices + wrong|problem|issue|trouble|missing|stale|fresh|down|delay|delayed|old|late|lag|lagging|health|update|updated|live|alive|broken|working|ok|fine -order|@symbol'] },
  { kind: 'report', with: { cadence: 'DAY' }, takes: both, about: ['report|summary|wrap|recap + daily|day|eod|today|evening|@today|mail|send -risk|gate|eval|card|monthly|month'] },
  { kind: 'report', with: { cadence: 'MONTH' }, takes: both, about: ['report|summary|statement + month|monthly|@period -risk|gate|eval|card|daily|day|eod|today|@today'] },
  { kind: 'evals_show', about: ['eval|evaluation + go|went|pass|passed|result|score|last|latest|nightly|how|regress', '!nightly|regression'] },
  { kind: 'qa', with: { what: 'postman' }, about: ['!postman'] },
  { kind: 'qa', with: { what: 'contractTests' }, about: ['contract + test'] },
  { kind: 'qa', with: { what: 'figures' }, about: ['figure|number|numbers + check|verify|right|real|correct|source|get|grounded|true|made|where|accurate -@period|fii|dii|position'] },
  { kind: 'qa', with: { what: 'reviewSheet' }, about: ['review + sheet'] },
  { kind: 'patterns', takes: account, about: ['confidence + trade|trades|card|cards + better|worse|more|work|works|win|pay|well', 'warning|concern|validator + predict|predicted|loss|losses -open|gate', '!learn|learned|learnt|lesson|pattern|mistake', 'setup|strategy|kind|type + work|working|best|losing|lose|predict|which|what|make|pay -option|@symbol', 'win + rate + by', 'holding + period + best'] },
  { kind: 'reliability', about: ['!calibrated|calibration|brier', 'probability|probabilities|odds|chance|chances|confidence|trust + reliable|accurate|trustworthy|honest|true|believe|calibrated|good|right -@symbol|@card', 'reliability + table'] },
  { kind: 'audit_story', about: ['!@symbol + trade|position + came|come|began|begin + how|when|why', 'audit|trail|timeline|trace|story + @card|@symbol', 'happen|happened|story|step|walk|journey + trade|card|@card|order + @card|@symbol|how|what'] },
  { kind: 'audit_follow', about: ['audit|log + follow|tail|stream|live'] },
  { kind: 'audit_verify', about: ['audit|log|chain + verify|intact|tamper|tampered|touched|integrity|valid|changed|altered|edited|prove -@symbol'] },
  { kind: 'activity', takes: period, about: ['you + did|done|doing|been + what -learn|think|say|pick|buy|sell|like', '!miss|missed + what|anything', 'happened + overnight|away|while|gone'] },
  { kind: 'settings', about: ['setting|preference|notification', 'quiet + hours'] },
  { kind: 'help', about: ['help|command + what|which|all|need|list|me', 'ask|say + what + can|all|you'] },
  { kind: 'sql', takes: ['account', 'period', 'date'], verbatim: 'question', about: [
    '!many|count|number|average|mean|median|percentage|percent|proportion|total|sum + trade|order|card|position|fill|winner|loser|entry|exit|fee|charge|turnover|buys|sells|losing|winning -gate|guardrail|correct|right|win',
    '!trade + closed|close + @period|last|recent|list|which -why|market|how|best|worst', '!weekday + lose|lost|loss|win|won|profit|pnl|trade|best|worst|which|money', '!position|positions|holding|holdings + red|green|underwater + which|what|any|how|many|list|show -most|least|today',
    '!best|worst + month|week|quarter -@symbol|@sector|stock|stocks|share|shares|trade|trades|card|market|index|position|holding|of|day', '!trade|order|card|fill|fee|turnover|loss + per|by + month|week|day|weekday|symbol|strategy|hour|stock|quarter', '!pnl|profit + per|by + month|week|day|weekday|strategy|hour|quarter', 'most|least|longest|largest|biggest|oldest + traded|held|order|position|card|often -sector', 'sector|stock|symbol + traded|bought|sold + most|least|often', 'average|mean|median + day|held|trade|winning|losing|holding', '!expired|rejected|cancelled|blocked|failed + card|cards|order|orders|idea|proposal|proposals + which|many|list|what|show|all|any|@period|@today -@card|who|hour|gate|gates|guardrail|guardrails|check', 'trade|order|position + longer|above|below|over|under|more|larger|than -risk|why',
  ] },
];

export const topics: readonly Topic[] = [...ownTopics, ...marketTopics, ...deskTopics];

/** All words that topics use, as written: the grammar knows them. */
export const topicWords: readonly string[] = [...new Set(topics.flatMap(({ about }) => about.flatMap((line) => line.split(/[\s|+]+/).map((word) => word.replace(/^[-!]/, '')).filter((word) => /^[a-z]+$/.test(word)))))];
