import { entries, type PhraseEntry } from './entry.ts';

const measure = (name: string, words: string, examples: string[], more: string[] = []): Omit<PhraseEntry, 'kind'> => ({
  with: { measure: name }, takes: ['account', 'period'], phrases: [`<lead> (${words}) <tail>`, ...more], examples,
});

export const performance: PhraseEntry[] = [
  ...entries('performance', [
    {
      takes: ['account', 'period'],
      phrases: [
        'how (did|have|has|are|is|am|were) (we|i|it|things|my trades|our trades|the trades|my portfolio|the portfolio|the book|the desk|my book|{account} (account)?|the {account} (account|bucket)?|my {account}|the year|the month|the week) (do|done|doing|fare|fared|perform|performed|performing|going|gone|been doing|been|shaping up|go) (for us|for me)? <tail>',
        'how is (the)? {period} (going|looking|been|shaping up) (for us|for me|so far)?', 'how was {period} (for us|for me)?',
        '<lead> (pnl|performance|return|returns|profit|profits|gain|gains|earnings|net pnl|profit or loss|total return|total pnl|mtm|gains and losses) (numbers|figures)? <tail>', '(am i|are we|is it) (up|down|in profit|in loss|in the green|in the red|making money|losing money|profitable) (or (down|up))? <tail>', '(did|have) (i|we) (make|made|lose|lost|gain|earn) (any)? (money|profit)? <tail>', 'how much (money)? (did|have) (i|we) (make|made|lose|lost|gain|earn|earned) <tail>', 'how much (am i|are we) (up|down|making|losing) <tail>', 'how much (profit|loss|return|gain) (did|have)? (i|we)? (make|made)? <tail>', 'what did (i|we) (make|lose|earn) <tail>', '<lead> {account} (pnl|return|returns|performance)', 'performance (report)? <tail>', '((net of|after) (all)? (charges|costs|fees|taxes|brokerage|and)+)? (what|how much) (has|did|have) (i|we|the book|my portfolio|the portfolio|my book|{account} (account)?) (return|returned|make|made|earn|earned|lose|lost) ((net of|after) (all)? (charges|costs|fees|taxes|brokerage|and)+)? <tail>', '<lead> (net)? (pnl|return|returns|profit) (net of|after) (all)? (charges|costs|fees|taxes|brokerage) <tail>',
      ],
      examples: ['net of charges what did Tactical return this FY', 'how did we do this month?', 'pnl', 'P&L today', 'returns YTD', 'how am I doing', 'performance last quarter', 'are we up today?', 'how much did I make this FY', 'how did SIP do in June', 'aaj ka pnl batao', 'what did we make last week'],
    },
    { takes: ['account', 'period'], phrases: ['<lead> (pnl|return|returns|profit|loss|gain|performance) <of> {symbol} <tail>', '<lead> {symbol} (pnl|return|returns|profit|loss|mtm|performance) <tail>', 'how (is|has|did) my {symbol} (trade|position|holding)? (doing|done|do|performed|going)', 'how much (did|have|am) (i|we) (make|made|lose|lost|making|losing|up|down) (on|in|from) {symbol} <tail>'], examples: ['pnl on TCS', 'INFY P&L', 'how much have we made on Reliance', 'profit in coalindia this month'] },
    { with: { by: 'sector' }, takes: ['account', 'period'], phrases: ['<lead> (sector|sectoral) (wise)? (pnl|performance|returns|attribution) <tail>', '<lead> (pnl|performance|returns|return|profit) (by|per) (sector|sectors) <tail>', '(which|what) sector (made|lost|is making|is losing|did|is doing) (us|me)? (the)? (most|best|worst|money)* <tail>'], examples: ['P&L by sector', 'sector wise returns this month', 'which sector made the most money'] },
    { with: { by: 'account' }, takes: ['period'], phrases: ['<lead> (account wise|accountwise) (pnl|performance|returns) <tail>', '<lead> (pnl|performance|returns|return) (by|per|of each|for each|of every|across) (account|accounts) <tail>', '(which|what) account (is|did|does|has) (doing|do|done|performing|performed|made|make)* (the)? (best|worst|well|badly|most|most money) <tail>', 'compare (my|the|our)? accounts'], examples: ['returns by account', 'which account is doing best?', 'compare the accounts'] },
    { with: { by: 'symbol' }, takes: ['account', 'period'], phrases: ['<lead> (pnl|performance|returns|return|profit|profits) (by|per|of each|for each) (symbol|stock|position|name|scrip) <tail>', '(stock wise|stockwise|position wise|symbol wise) (pnl|performance|returns) <tail>'], examples: ['P&L by stock', 'pnl per position today'] },
    measure('sharpe', 'sharpe|sharpe ratio|risk adjusted return|risk adjusted returns', ['sharpe ratio', 'what is our sharpe this year']),
    measure('sortino', 'sortino|sortino ratio', ['sortino']),
    measure('drawdown', 'drawdown|max drawdown|maximum drawdown|worst drawdown|biggest drawdown|deepest drawdown|worst drop|peak to trough', ['max drawdown', 'drawdown this FY', 'worst drop last month']),
    measure('winRate', 'win rate|winrate|hit rate|hit ratio|win ratio|strike rate|success rate|win percentage|batting average', ['win rate', 'our hit rate this month'], ['how many (trades|of my trades|of our trades) (did|have) (i|we) (win|won) ..']),
    measure('costs', 'costs|charges|brokerage|fees|transaction costs|brokerage and charges|charges and brokerage|fees and charges|taxes and charges|stt', ['what did we pay in charges last month?', 'costs this month', 'brokerage paid this FY'], ['(how much|what) (did|have|do) (i|we) (pay|paid|spend|spent|lose|lost) (in|on|for|to|as) (brokerage|charges|fees|costs|taxes|and|transaction|trading)* <tail>', 'how much (brokerage|charges|fees|costs) ..', '<lead> (brokerage|charges|fees) paid']),
    measure('alpha', 'alpha|benchmark comparison', ['alpha this year', 'are we beating the index?'], ['(am i|are we|did we|did i|have we) (beating|beat|ahead of|behind|outperforming|outperform|underperforming|doing better than) (the)? (index|market|benchmark|{_:known}) <tail>', '<lead> (pnl|return|returns|performance)? (versus|vs|against|relative to|compared to) (the)? (index|benchmark|market|{_:known}) <tail>']),
    measure('best', 'best trade|best trades|biggest winner|biggest winners|top trade|largest gain|most profitable trade', ['best trade this month']),
    measure('worst', 'worst trade|worst trades|biggest loser trade|biggest losing trade|largest loss|biggest loss|most losing trade', ['worst trade this year', 'biggest loss last week']),
  ]),
];
