import { entries, type PhraseEntry } from './entry.ts';

const asked = '(show|give|tell|list|me|us|the|any|all|recent|latest|last|are there|were there|is there|was there|see|what are|what were|how many|number of|count of|there|have there been|which)*';
const deal = (what: string, words: string, examples: string[]): Omit<PhraseEntry, 'kind'>[] => [
  { with: { what }, takes: ['period'], phrases: [`${asked} (${words}) (are|were|was|is)? (there|done|reported|happened|took place)* (in the market|of the day|today)? <tail>`, `${asked} (${words}) (are|were|was|is)? (there|done|reported|happened)* (in|of|on|for|by) {symbol} <stock>? <tail>`, `${asked} {symbol} (${words}) <tail>`, `(did|has|have|was|were) (anyone|anybody|there|somebody)? {symbol} (see|seen|have|had)? (any|a)? (${words}) <tail>`, `(who|which (client|clients|fund|funds|investor|investors)) (bought|sold|traded|dealt) (in)? {symbol} (in|through|via|by) (a|the|any)? (${words}) <tail>`], examples },
  { with: { what, order: 'LARGEST' }, takes: ['period'], phrases: [`<lead> (largest|biggest|top|highest) (${words}) (by value)? ((in|of|on|for) {symbol})? <tail>`], examples: [] },
];
const action = (what: string, noun: string, verbs: string, examples: string[], more: string[] = []): Omit<PhraseEntry, 'kind'> => ({
  with: { what }, takes: ['period'], examples,
  phrases: [
    `(when|what date|on what date|which day) (did|has|was|is|does) (the)? {symbol} (last|ever|most recently)? (${verbs}) (its|their|a|an|the|last|any)* (${noun}) <tail>`, `(when|what) (was|is) (the)? (last|latest|most recent|previous)? (${noun}) (of|by|in|from|at) {symbol} <tail>`, `(when|what) (was|is) {symbol} (last|latest|most recent|previous)? (${noun}) <tail>`,
    `<lead> (last|latest|most recent|previous|past|all|history of)* (${noun}) (history|record|paid|details)? (of|by|in|from|for|at) {symbol} <tail>`, `<lead> {symbol} (last|latest|past|previous)? (${noun}) (history|record|paid|details)? <tail>`,
    `(did|has|have) {symbol} (ever|last)? (${verbs}) (its|their|a|an|any|the)* (${noun}) <tail>`, `how (much|many|often) (${noun}) (did|has) {symbol} (${verbs}) <tail>`, ...more,
  ],
});

/** What exchanges and companies put on record: deals, corporate actions, filings by number, and facts about a share. */
export const records: PhraseEntry[] = [
  ...entries('deals', [
    ...deal('BULK', 'bulk deals|bulk deal|bulk trades', ['bulk deals in RELIANCE', 'bulk deals today', 'any bulk deals in TCS this month?']), ...deal('BLOCK', 'block deals|block deal|block trades', ['block deals today', 'block deals in INFY']),
    ...deal('SHORT', 'short selling|short sales|disclosed short selling|short selling disclosures', ['short selling in TCS']),
    ...deal('INSIDER', 'insider trades|insider trade|insider trading|insider transactions|insider disclosures|insider deals|insider activity|promoter trades|pit disclosures', ['insider trades in INFY', 'insider activity this week']),
    { with: { what: 'INSIDER' }, takes: ['period'], phrases: ['how many (insider trades|insider transactions|insider disclosures|insider deals) (did|has|have) {symbol} (disclose|disclosed|report|reported|have|had|make|made|see|file|filed) <tail>'], examples: ['how many insider trades did TCS disclose this year'] },
    ...(['BUY', 'SELL'] as const).map((side) => ({
      with: { what: 'INSIDER', side }, takes: ['period'] as const,
      phrases: [`${asked} (insider|insiders|promoter|promoters|management|director|directors) (${side === 'BUY' ? 'buying|buys|purchases|bought|buy' : 'selling|sells|sales|sold|sell'}) ((in|of|at|by|from)? {symbol})? <tail>`, `(are|did|have|has|is|were) (the|any)? (insider|insiders|promoter|promoters|directors|management) (been|net)* (${side === 'BUY' ? 'buying|buy|bought' : 'selling|sell|sold'}) ((in|of)? {symbol})? <tail>`, `{symbol} (insider|promoter) (${side === 'BUY' ? 'buying|buys' : 'selling|sells'}) <tail>`],
      examples: side === 'BUY' ? ['insider buying in HDFCBANK', 'promoter buying this month'] : ['insider selling in TCS in October 2019', 'are insiders selling INFY'],
    })),
  ]),
  ...entries('corporate_actions', [
    action('SPLIT', 'split|splits|stock split|stock splits|share split|face value split|sub division', 'do|done|have|had|announce|announced|make|made', ['when did RELIANCE split?', 'last split of TCS', 'did INFY split this year'], ['(when|what date|which day|on what date) (did|has|was) {symbol} (last|ever)? split (its|their|the)? (shares|stock|share)? <tail>', '(did|has|have|was) {symbol} (ever|last)? split (its|their|the)? (shares|stock|share)? <tail>', '(when|did|was|were) (did|was|were)? {symbol} (shares|stock)? (last)? split <tail>']),
    action('BONUS', 'bonus|bonuses|bonus issue|bonus shares|bonus issues', 'give|given|issue|issued|announce|announced|declare|declared|pay|paid|go|have|had|do', ['last bonus of RELIANCE', 'did RELIANCE give a bonus in 2024?', 'when did TCS issue a bonus']),
    action('DIVIDEND', 'last dividend|past dividends|dividend history|dividends paid|previous dividend|latest dividend', 'pay|paid|declare|declared|give|given|go', ['dividend history of TCS', 'last dividend of INFY', "what was ITC's last dividend"]),
    { with: { what: 'DIVIDEND' }, takes: ['period'], phrases: ['(when|what date) (did|has) {symbol} (last|ever)? (pay|paid|go|give|given|declare|declared|gone) (its|a|an|the|last|ex)* (dividend|ex dividend) (last)? <tail>', '(did|has) {symbol} (pay|paid|give|given|declare|declared|go|gone) (a|any|ex)* (dividend|dividends) <tail>', 'how much (dividend)? (did|has) {symbol} (pay|paid|give|given) (as|in)? (dividend|dividends)? <tail>'], examples: ['when did INFY last pay a dividend', 'did TCS pay a dividend in 2024'] },
    { takes: ['period'], phrases: ['<lead> (past|recent|last|all)* (corporate actions|corporate action) (history)? (of|in|for|by|on) {symbol} <tail>', '<lead> {symbol} (corporate actions|corporate action|corporate action history) <tail>', '<lead> (past|recent) corporate actions <tail>'], examples: ['corporate actions of INFY', 'TCS corporate actions this year'] },
  ]),
  ...entries('filings_count', [{ takes: ['period'], phrases: [
    'how many (filings|announcements|disclosures|news items|headlines|filing|announcement|news|stories) (did|has|have|were|are|was)? (there)? ((by|from|of|on|about|for)? {symbol})? (make|made|file|filed|put out|publish|published|submit|submitted|have|had|announce|announced|issue|issued|there|stored|known)* ((by|from|of|on|about|for) {symbol})? <tail>',
    '(number|count) of (filings|announcements|disclosures|headlines|news items) ((by|from|of|on|about|for)? {symbol})? <tail>', 'how many times did {symbol} (file|announce|disclose|report) (something|anything)? <tail>',
  ], examples: ['how many filings did TCS make in December 2020?', 'number of announcements by RELIANCE this month', 'how many filings were there yesterday'] }]),
  ...entries('symbol_facts', [
    { with: { fact: 'isin' }, phrases: ['<lead> isin (code|number)? <of> {symbol} <tail>', '<lead> {symbol} isin (code|number)? <tail>'], examples: ['ISIN of TCS'] },
    { with: { fact: 'faceValue' }, phrases: ['<lead> face value <of> {symbol} <stock>? <tail>', '<lead> {symbol} <stock>? face value <tail>'], examples: ['face value of INFY'] },
    { with: { fact: 'lotSize' }, phrases: ['<lead> (market|fno|futures|option|options|contract|derivative)* (lot size|lot|lotsize|market lot) <of> {symbol} (futures|options)? <tail>', '<lead> {symbol} (futures|options|fno)* (lot size|lotsize|market lot) <tail>', 'how many shares (are)? in (a|one) lot of {symbol}', 'how many shares (are)? in (a|one)? {symbol} lot'], examples: ['lot size of NIFTY', 'RELIANCE lot size'] },
    { with: { fact: 'sector' }, phrases: ['(which|what) (sector|industry) (is|does|are)? {symbol} (in|belong to|from|part of|a part of|under)* <tail>', '<lead> (sector|industry) <of> {symbol} <stock>? <tail>', '<lead> {symbol} (sector|industry) <tail>', '(is|are) {symbol} (a|an)? {_:sector} (stock|company|share|name)? <tail>'], examples: ['which sector is TCS in?', 'sector of COALINDIA'] },
    { with: { fact: 'listedOn' }, phrases: ['when (was|did|were|has been) {symbol} <stock>? (get|got|be|been)? (listed|list|ipo|start trading) (on the exchange|on nse)? <tail>', '<lead> listing (date|day) <of> {symbol} <tail>', '<lead> {symbol} listing (date|day) <tail>'], examples: ['when was TCS listed?', 'listing date of INFY'] },
    { with: { fact: 'name' }, phrases: ['<lead> (full|company|registered)* name <of> {symbol} <tail>', '(what|which) (company|stock) is {symbol}', '<lead> (symbol|ticker|nse symbol|scrip code|code) <of> {symbol} <tail>', 'what does {symbol} stand for'], examples: ['what is the full name of SBIN?', 'symbol for Coal India'] },
    { with: { fact: 'index' }, phrases: ['(is|was|are) {symbol} (in|part of|a part of|a member of|a constituent of|included in) (the)? {_:known} {_:n}? (index)? <tail>'], examples: ['is TCS in the nifty 500?'] },
    { phrases: ['<lead> (facts|company facts|basics|basic facts|master data|symbol details) <of> {symbol} <tail>'], examples: ['facts about TCS'] },
  ]),
  ...entries('sector_members', [{ phrases: ['(which|what) (stocks|shares|companies|names) (are|belong)? (there)? (in|to|part of) (the)? {sector} (sector|industry|space|pack)? <tail>', '<lead> (stocks|shares|companies|names|members|constituents) (in|of) (the)? {sector} (sector|industry|space|pack)? <tail>', '<lead> {sector} (stocks|companies|shares) (list)? <tail>', 'how many (stocks|shares|companies|names) (are)? (there)? (in|of) (the)? {sector} (sector|industry|space|pack)? <tail>'], examples: ['which stocks are in the IT sector?', 'how many companies are in the pharma sector'] }]),
  ...entries('trading_days', [{ takes: ['period'], uncut: true, phrases: ['(how many|number of|count of) (trading|working|market)? (days|sessions) (are|were|is|was|did|will)? (there|the market|have|has|be|we)* (open|trade|traded|left|remaining|remain|be|have|had)* <tail>', '<lead> (number|count) of (trading|working|market) (days|sessions) (left|remaining)? <tail>', '(how many|number of) (market|trading|exchange)* holidays (are|were)? (there|left|remaining)* <tail>', '(how many|number of) (trading|market)? (days|sessions) (until|till|to|before) (the)? (month end|end of the month|year end) <tail>'], examples: ['how many trading days in June 2024', 'how many trading days are left this month', 'how many holidays in 2024'] }]),
  ...entries('movers', (['UP', 'DOWN'] as const).map((direction) => {
    const most = direction === 'UP' ? '(rose|gained|rising|gaining|went up|jumped|rallied|are up|is up|surged|climbed|risen|performed best|did best|best)' : '(fell|lost|falling|losing|went down|dropped|crashed|are down|is down|tanked|slid|declined|fallen|performed worst|did worst|worst)';
    const nouns = direction === 'UP' ? '(gainers|gainer|risers|winners|performers|performing stocks|performing shares)' : '(losers|loser|laggards|fallers|decliners|worst performers|performing stocks)';
    return {
      with: { direction }, takes: ['period'] as const,
      phrases: [`(which|what) {index:known} {indexNumber:n}? (stocks|stock|shares|names|constituents|members) (have|has|did)? ${most} (the)? (most)? <tail>`, `<lead> (top|biggest|best|worst|{_:n})* ${nouns} (in|of|from|among|within|on) (the)? {index:known} {indexNumber:n}? (stocks|index|constituents)? <tail>`, `<lead> (top|biggest|best|worst)* {index:known} {indexNumber:n}? ${nouns} <tail>`, `(which|what) {sector} (stocks|stock|shares|names) (have|has|did)? ${most} (the)? (most)? <tail>`, `<lead> (top|biggest|best|worst)* ${nouns} (in|from|among|within|of) (the)? {sector} (stocks|shares|names|sector|space)? <tail>`],
      examples: direction === 'UP' ? ['which nifty 50 stocks gained most this month?', 'top gainers among bank stocks this month', 'which pharma stocks rose most'] : ['which nifty bank stocks fell most this week', 'top losers in nifty 500 this week'],
    };
  })),
  ...entries('flows', [
    ...(['FII', 'DII'] as const).flatMap((who) => {
      const name = who === 'FII' ? '(fii|foreigners|foreign institutions|foreign investors)' : '(dii|domestic institutions|mutual funds)';
      const verb = { BOUGHT: '(buy|bought|buying|net buy|net buyers|buyers)', SOLD: '(sell|sold|selling|net sell|net sellers|sellers)' };
      return (['BOUGHT', 'SOLD'] as const).flatMap((way) => [
        { with: { who, measure: `MOST_${way}` }, takes: ['period'] as const, phrases: [`(on)? (which|what) (day|date|session) (did|were|was|saw) (the)? ${name} ${verb[way]} (the)? (most|heaviest)? <tail>`, `(when) did (the)? ${name} ${verb[way]} (the)? most <tail>`, `<lead> (biggest|largest|heaviest|highest) ${name} (${way === 'BOUGHT' ? 'buying|inflow|buy' : 'selling|outflow|sell'}) (day)? <tail>`], examples: who === 'FII' && way === 'SOLD' ? ['on which day did FIIs sell most in May 2026?'] : [] },
        { with: { who, measure: `DAYS_${way}` }, takes: ['period'] as const, phrases: [`(on)? how many (days|sessions) (did|were|was|have) (the)? ${name} (been|be)? (net)? ${verb[way]} <tail>`], examples: who === 'FII' && way === 'BOUGHT' ? ['how many days were FIIs net buyers in May 2026'] : [] },
      ]);
    }),
    { takes: ['period'], phrases: ['<lead> (total|net|overall|cumulative|average)* (fii|dii|foreign|domestic|institutional) (net|total)? (buying|selling|buy|sell|flows|flow|investment|inflow|outflow|purchases|sales|figure|net)+ <tail>', '<lead> (total|net|overall) (flows|flow|buying|selling) (of|by|from) (the)? (fii|dii|foreigners|institutions|foreign investors) <tail>'], examples: ['total DII buying this month', 'net FII flows last week'] },
  ]),
  ...entries('breadth', [{ takes: ['period'], phrases: ['(how many|number of|count of) (stocks|names|shares|companies) (rose|fell|gained|lost|advanced|declined|went up|went down|closed up|closed down|closed higher|closed lower|moved) (and (how many)? (rose|fell|gained|lost|advanced|declined))? <tail>', '<lead> (advances|advancers|decliners|declines) (and|versus|vs|against)? (declines|decliners|advances|advancers)? <tail>'], examples: ['how many stocks rose today?', 'how many shares fell on 4 June 2024'] }]),
  ...entries('quote', [{ with: { field: 'close' }, takes: ['date'], requires: 'date', phrases: ['<lead> {symbol:known} <stock>? (was|were|value|level)? <tail>'], examples: ['TCS on 3 June 2024', 'INFY yesterday'] }, { with: { field: 'last' }, takes: ['date'], phrases: ['<lead> {symbol} <stock>? (price|quote|ltp|rate|level|trading)? at {time} (am|pm|ist|hours|hrs)? <tail>', '<lead> (price|quote|ltp|rate|level) <of> {symbol} <stock>? at {time} (am|ist|hours|hrs)? <tail>', '(where|what) was {symbol} (trading|at)? at {time} (am|ist|hours|hrs)? <tail>'], examples: ['SBIN price at 10:30', 'where was TCS at 11:15'] }]),
];
