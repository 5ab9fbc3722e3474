import { entries, type PhraseEntry } from './entry.ts';

const buying = '(buy|buying|bought|add|adding|added|enter|entering|go long|going long|get|take|purchase|accumulate)';
const selling = '(sell|selling|sold|exit|exiting|exited|trim|trimming|book|booking|dump|reduce|close|offload)';
const size = '({quantity:shares} <sh>? (of)?|{quantity:part} (of)? (my|the)?|{quantity:worth} (worth)? (of)?|some|more|my|the|all|all my|into|in|out of|any|a few)*';
const at = '(at|around|near)? {limitPrice:price}? (here|now|today|at this price|at this level|at these levels|at these prices|at current levels|at current price|again|at cmp|first|in there|instead)* (or not|thoughts|what do you think|then|or wait|or sell|or hold|or buy)?';

/** Questions about a trade that nobody has ordered. They are checked and explained, never drawn up. */
export const hypotheticals: PhraseEntry[] = [
  ...entries('trade_check', [
    { with: { side: 'BUY' }, takes: ['account'], fills: ['symbol'], phrases: [`why (can|could|may) not (i|we) ${buying} ${size} {symbol} <stock>? ${at}`, `why (can|could|may) (i|we) not ${buying} ${size} {symbol} <stock>? ${at}`, `why (am|was) (i|we) not (allowed|able|permitted) to ${buying} ${size} {symbol} <stock>? ${at}`, `why (can|could|may) not (i|we) ${buying} {quantity:shares} <sh>? (of (it|them))? <tail>`, `why (can|could|may) (i|we) not ${buying} {quantity:shares} <sh>? <tail>`, `(can|could|may) (i|we) (still|even)? ${buying} {quantity:shares} <sh>? <tail>`, `(can|could|may) (i|we) (put|invest|deploy) {quantity:worth} (in|into) {symbol} <tail>`, `(can|could|may) (i|we) ${buying} {quantity:worth} (worth)? of {symbol} <tail>`], examples: ["why can't I buy 100 TCS", 'can I put 2 lakh in HDFC Bank'] },
    {
      with: { side: 'BUY' }, takes: ['account'],
      phrases: [
        `(should|shall|can|could|may|do|would|must|ought) (i|we) (to)? (still|even|now|really|just)? ${buying} ${size} {symbol} <stock>? ${at}`, `(is|was|would) (it|now|this|today) (be)? (a|the)? (good|bad|right|ok|safe|wise|worth|smart|fine|too late)* (time|idea|moment|price|to|for|entry)* ${buying} ${size} {symbol} <stock>? ${at}`, `(is|are) {symbol} (a|worth)* (good|bad|buy|strong)* (buy|buying|entry|bet|to buy) ${at}`, `(what|how about|how) (if|would happen if|happens if|about)* (i|we)? (were to|had|have|would)? ${buying} ${size} {symbol} <stock>? ${at}`,
        `(i am|we are|am)? (thinking|considering|planning|tempted|wondering) (of|about|to|on|whether to|if i should)* ${buying} ${size} {symbol} <stock>? ${at}`, `how (many|much) (shares of)? {symbol} <stock>? (can|could|may|should) (i|we) ${buying} <tail>`, `how (many|much) (shares)? (can|could|may|should) (i|we) ${buying} (of|in)? {symbol} <tail>`, `(what is)? (the)? (most|max|maximum|largest) {symbol} (that)? (i|we) can ${buying} <tail>`, `(what is)? (the)? (most|max|maximum|largest|biggest) (quantity|shares|number|order)? (that)? (i|we) can ${buying} (of|in)? {symbol} <tail>`, `(would|will|does|can|is) (buying|a buy of|an entry in|entry in)? ${size} {symbol} <stock>? (pass|clear|get through|be allowed|get blocked|fit|be blocked|allowed) (the)? (gates|checks|limits|risk)? <tail>`, `(is there|do (i|we) have) room (for|to ${buying})? ${size} {symbol} <tail>`, `{symbol} (buy|lena|le|kharidna) (karna|lena)? (chahiye|should i|sahi|kya|lu|loon|karu|karun)* (what|or not)?`, `(what do you think|your view|thoughts|opinion|any view|view) (of|on|about) ${buying}? {symbol} ${at}`, `would you ${buying} ${size} {symbol} ${at}`, `(check|test|dry run|simulate) (a|the)? (buy|buying|entry) (of|in)? ${size} {symbol} ${at}`,
      ],
      examples: ['should I buy TCS?', 'can I buy 500 INFY', 'is it a good time to buy reliance', 'what if I bought 100 SBIN', 'how many TCS can I buy?', 'I am thinking of buying wipro', 'would 200 INFY pass the gates', 'is SBIN a good buy here', 'what do you think of INFY'],
    },
    {
      with: { side: 'SELL' }, takes: ['account'],
      phrases: [
        `(should|shall|can|could|may|do|would|must|ought) (i|we) (to)? (still|even|now|really|just)? ${selling} ${size} {symbol} (position)? ${at}`, `(is|was|would) (it|now|this|today) (be)? (a|the)? (good|bad|right|ok|safe|wise|worth|smart|fine|too late|too early)* (time|idea|moment|price|to|for)* ${selling} ${size} {symbol} ${at}`, `(what|how about|how) (if|would happen if|happens if|about)* (i|we)? (were to|had|have|would)? ${selling} ${size} {symbol} (position)? ${at}`, `(i am|we are|am)? (thinking|considering|planning|tempted|wondering) (of|about|to|whether to|if i should)* ${selling} ${size} {symbol} ${at}`, `{symbol} (sell) (karna|dena)? (chahiye|should i|sahi|kya|du|doon)* (what|or not)?`, `would you ${selling} ${size} {symbol} ${at}`, `is {symbol} a sell ${at}`,
        `should (i|we) (hold|keep) {symbol} ${at}`, `(check|test|dry run|simulate) (a|the)? (sell|selling|exit) (of|from)? ${size} {symbol} ${at}`,
      ],
      examples: ['should I sell INFY?', 'what if I sold half of TCS', 'is it time to exit coalindia', 'can we sell 20 reliance', 'should I hold TCS or sell'],
    },
  ]),
  ...entries('scenario', [
    {
      takes: ['account'],
      phrases: [
        '(what|how much|how|how bad) (happens|if|would|will|do|does|can|could|is|the damage|be|i|we|lose|to us|to me|my portfolio|portfolio|the book|the pnl|pnl|money|worst)* (if|when|in|on|from|of|for)? (the|a|my|all)* ({symbol}|market|markets|index|everything|{sector} (sector|stocks|shares|names|counters)?) (was|were|is|to|goes|go|gaps)* {movePercent:fall} (tomorrow|overnight|from here|for us|to us)?', '(how bad|what|how much) (would|will|is|does|could|happens|in|be|with|on|do|we|i|lose)* (a|an)? {movePercent:fall} (in (the)? (market|{symbol})|fall|crash|drop|correction|gap down|be|for us|for me|to us|do to us|do to the book|hurt|cost us|cost me|do)*', '(if)? {symbol} {movePercent:fall} (how much|what) (do|would|will)? (i|we)? (lose|make|happens|down|up)?',
      ],
      examples: ['what happens if nifty falls 5%?', 'how much do I lose if the market drops 3 percent', 'what if NIFTY rises 2%', 'how bad would a 10% fall be', 'what happens if bank stocks fall 10%'],
    },
    { takes: ['account'], phrases: ['(run|do|show)? (me)? (a|the)? (stress test|stress tests|stress|scenario|scenarios|scenario analysis|what if analysis) (on|of|for)? (the|my|our)? (portfolio|book|positions)? <tail>'], examples: ['stress test', 'run a stress test on my book', 'scenarios'] },
  ]),
];
