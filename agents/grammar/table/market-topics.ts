import type { Topic } from './topics.ts';

const period = ['period'] as const;
const rising = 'rose|rise|rising|gained|gaining|gain|up|rallied|rallying|soaring|surging|jumped|climbed|climbing|leading|lead|best|strong|strongest|winning';
const falling = 'fell|fall|falling|lost|losing|down|dropped|dropping|crashed|sank|slid|declined|decline|lagging|lag|worst|weak|weakest';
const company = 'company|companies|stock|stocks|share|shares|name|names|scrip|scrips|counter|counters';

/** What questions about the market are about, for sentences that no phrase covers. */
export const marketTopics: readonly Topic[] = [
  { kind: 'movers', with: { direction: 'UP' }, takes: period, about: [`${company}|who|what|@sector + soaring|rose|gainer|rallied|jumped -@symbol|why|sector|year|high|over|@amount`, 'advancer|riser', '@sector + gainer|riser|winner'] },
  { kind: 'movers', with: { direction: 'DOWN' }, takes: period, about: [`decliner|decline|faller|laggard + ${company}|biggest|top|worst|@sector|market -ratio|advance|sector`, `${company}|who|what|@sector + falling|fell|tanked|dropped + most -@symbol|why|sector|over|@amount`] },
  { kind: 'quote', with: { field: 'last' }, takes: ['date'], about: ['@symbol + last|now|price -why|week|month|year|quarter|split|dividend|bonus|result|session|days|my|me|deal|card|trade|idea|open|opened|close|closed|high|low|volume|average|was|were|did|high|return|filing|event|happen'] },
  { kind: 'quote', with: { field: 'open' }, takes: ['date'], about: ['!@symbol + open|opened|opening + price|morning|where|what|level|today|day -position|order|interest|gap|market|card|trade|range|my'] },
  { kind: 'quote', with: { field: 'volume' }, takes: ['date'], about: ['@symbol + share|shares|volume + traded|changed|change|hands -average|mean|per|week|month|usual'] },
  { kind: 'indicator', takes: ['date'], about: ['!@indicator + @symbol', '@symbol + above|below|over|under|cross|crossed + day|dma|average|sma|ema -my|percent|high|low'] },
  { kind: 'price_stat', with: { measure: 'change' }, takes: period, about: ['@symbol + return|returned|returns|gained|moved|performed|performance|done|grown + @period|give|gave|given|diya|year|month|week|ytd -my|our|i|we|than|versus|or|compare|portfolio|book|did'] },
  { kind: 'price_stat', with: { measure: 'fromHigh' }, takes: period, about: ['@symbol + far|off|below|away|distance + high|highs|peak|top'] },
  { kind: 'price_stat', with: { measure: 'fromLow' }, takes: period, about: ['@symbol + far|off|above|away|distance + low|lows|bottom'] },
  { kind: 'price_stat', with: { measure: 'averageVolume' }, takes: period, about: ['!@symbol + average|mean|usual|typical|daily + volume|turnover -value|rupee'] },
  { kind: 'sector_moves', takes: period, about: ['sector|sectors|industry|industries + doing|moved|did|performed|performance|heatmap|fare|fared|today -my|our|exposure|weight|portfolio|book|pnl|which|best|worst|@symbol|@sector'] },
  { kind: 'sector_moves', with: { direction: 'UP' }, takes: period, about: [`!sector|sectors|industry|industries + ${rising} -my|our|exposure|weight|portfolio|book|pnl|i|we|me|@symbol|money|earned`] },
  { kind: 'sector_moves', with: { direction: 'DOWN' }, takes: period, about: [`!sector|sectors|industry|industries + ${falling} -my|our|exposure|weight|portfolio|book|pnl|i|we|me|@symbol|money`] },
  { kind: 'sector_moves', takes: period, about: ['@sector + how|doing|performed|performing|performance|fare|chal + sector|stock|stocks|pack|names|shares|space|doing|today|going -my|our|exposure|weight|i|we|much|many|portfolio|book|idea|setup|buy|gainer|loser|heavy'] },
  { kind: 'screen', with: { condition: 'YEAR_HIGH' }, takes: ['date'], about: [`${company}|which|what + year|yearly|week|annual + high|highs -@symbol|low|far|rsi`] },
  { kind: 'screen', with: { condition: 'YEAR_LOW' }, takes: ['date'], about: [`${company}|which|what + year|yearly|week|annual + low|lows -@symbol|high|far|rsi`] },
  { kind: 'deals', with: { what: 'INSIDER' }, takes: period, about: ['boss|bosses|director|directors|management|executives|ceo|founder|founders|promoters|promoter + @symbol + buying|bought|buy|selling|sold|sell|trading|share|shares|stock'] },
  { kind: 'deals', with: { what: 'BULK' }, takes: period, about: ['!bulk + @symbol -card'] },
  { kind: 'deals', with: { what: 'SHORT' }, takes: period, about: ['short + selling|sold|interest + @symbol|most|stock|stocks|which'] },
  { kind: 'corporate_actions', with: { what: 'BONUS' }, takes: period, about: ['!@symbol + bonus'] },
  { kind: 'corporate_actions', with: { what: 'SPLIT' }, takes: period, about: ['!@symbol + split|splits|splitting -pnl|cash|sector|account'] },
  { kind: 'corporate_actions', with: { what: 'DIVIDEND' }, takes: period, about: ['@symbol + dividend|dividends + paid|pay|last|history|ever|past|previous|how|much -next|upcoming|when|ex|record|due|coming'] },
  { kind: 'filings_count', takes: period, about: ['filing|filings|announcement|announcements|disclosure|disclosures + count|number|many|total'] },
  { kind: 'symbol_facts', with: { fact: 'isin' }, about: ['!isin + @symbol'] },
  { kind: 'symbol_facts', with: { fact: 'lotSize' }, about: ['@symbol + lot|contract + size|big|much'] },
  { kind: 'symbol_facts', with: { fact: 'faceValue' }, about: ['!@symbol + face + value', '@symbol + par + value'] },
  { kind: 'symbol_facts', with: { fact: 'sector' }, about: ['@symbol + sector|industry|business|line + what|which|belong|does|of|in|kind|sort -@sector|exposure|weight|my|our|doing|how|performance|card|trade'] },
  { kind: 'symbol_facts', with: { fact: 'listedOn' }, about: ['@symbol + listed|list|listing|ipo|debut + when|date|since|first'] },
  { kind: 'index_members', about: ['!member|members|constituent|constituents|component|components + @symbol|index', '@symbol + part|belong|include|included|among + index|@symbol'] },
  { kind: 'sector_members', about: [`@sector + ${company} + count|classified|belong|which|what|list|under|all|every -buy|my|our|up|down|fell|rose|best|worst|above|below|high|low|moved|gainer|loser|rsi|idea|good|most|top|holding|own|hold|volume|turnover`] },
  { kind: 'trading_days', takes: period, about: ['day|days|session|sessions + many|number|count + market|exchange|trading|open|nse|bse + @period -@symbol|rose|fell|up|down|card|held'] },
  { kind: 'market_hours', takes: ['date', 'period'], about: ['market|exchange|nse|bse|trading + when|time|hours|timings|open|close|shut|bell|opening|closing + when|time|today|tomorrow|now|hours|does|is|still|till|until -which|days|feed|price|@symbol|order|position|pause|paused|resume'] },
  { kind: 'regime', about: ['market + good|bad|bull|bear|bullish|bearish|risky|nervous|stable|stressed|easy|tough|kind|phase|state|condition|environment + kind|is|what|or|are|now|which|we -@symbol|close|open|my|buy|@sector|breadth'] },
  { kind: 'breadth', takes: period, about: ['!ad|a/d|advance + ratio|decline', 'stock|stocks|share|shares|names + green|advancing|positive|up + red|declining|negative|down|versus|many|against -my|our|@symbol|i|we'] },
  { kind: 'flows', takes: period, about: ['foreign|overseas|institutional|institutions|institution|mutual + money|investor|investors|buyer|buyers|seller|sellers|flow|flows|fund|funds|buying|selling|net|bought|sold|put|pulled|doing -@symbol'] },
  { kind: 'news', takes: period, about: ['@symbol + headline|headlines|news|press|story|stories|paper|papers|announcement|announcements|update|updates|development|developments|buzz|newspaper -count|number|many|my', '@symbol + happening|cooking|going|new|wrong|matter + what|anything|any -my|position|price|trade|i|card|rsi|high|low'] },
  { kind: 'calendar', with: { what: 'RESULTS' }, ahead: true, takes: period, about: ['!@symbol + result|results|earnings + when|date|day|due|out|next|coming -last|profit|beat|before|through|into|ahead|safe|ok|hold', '!earnings|results + calendar|schedule|diary|dates|season', 'reporting|report|results|earnings + who|which + week|tomorrow|today|next|@period'] },
  { kind: 'calendar', with: { what: 'DIVIDEND' }, ahead: true, takes: period, about: ['!dividend|dividends + next|upcoming|due|coming|when -paid|last|history|ever'] },
  { kind: 'event_window', takes: ['account'], about: ['!@symbol + blackout|embargo|quiet -hours|market'] },
  { kind: 'policy', with: { source: 'RBI' }, takes: period, about: ['!rbi|mpc|repo', 'reserve + bank'] },
  { kind: 'option_chain', with: { measure: 'maxPain' }, takes: ['date', 'period'], ahead: true, about: ['!@symbol + pain'] },
  { kind: 'option_positions', about: ['option|options + my|mine|our|i + leg|legs|position|positions|hold|holding|book|open|contracts|structure|structures|have|own|show|running -chain|@symbol|margin|hedge|if|hypothetical'] },
  { kind: 'option_margin', takes: ['account'], about: ['!margin + option|options|blocked|used|using|locked|fno|derivative|derivatives -price|cost|structure|@structure|would|@symbol'] },
  { kind: 'option_hedge', takes: ['account'], about: ['put|puts|option|options + protect|cover|hedge|insure|protection + my|our|share|shares|book|portfolio|holding|holdings|budget -write'] },
];
