import { entries, type PhraseEntry } from './entry.ts';

/** The pieces of saying that a parted company's shares have come. */
const creditWords = '<want> (credit|book|add|work in|take in|enter|put in) (me|us)?';
const shares = '(shares|share|stock|stocks)?';
const fromDemerger = '(from|of|after|for|out of|by|in)+ (the|my|that)* {symbol} (demerger|spin off|spinoff|hive off)';
const split = '((with|at|and|the|a)* ((cost|costs|cost of acquisition|cost basis) (is|split|splits|split is|splits at|split at|split of|splitting|ratio)* {costSplit}|{costSplit} of (the|its|their)? (cost|costs)))? <done>';

/** What is held, what is free, and how it does. */
export const portfolio: PhraseEntry[] = [
  ...entries('not_worked_in', [{
    takes: ['account'],
    phrases: ['<lead> (what|which|anything|everything|splits|bonuses|dividends|corporate actions|the)* (that)? (is|are|was|were|has|have)? not (been)? (yet)? (worked in|adjusted|applied|booked) (yet)? <tail>', '<lead> (late|missed|unapplied|unadjusted|unbooked|pending) (corporate)? (actions|splits|bonuses|dividends|adjustments|split|bonus|dividend|adjustment) (of mine|of what (i|we) hold|in my holdings)? <tail>', '(what|which|is there anything|anything) (is|are|that)? (left|waiting|still)* to (work in|be worked in|adjust|be adjusted) <tail>'],
    examples: ['show me what is not worked in', 'which splits are not adjusted yet?', 'late corporate actions', 'missed dividends in SIP', 'what is left to work in'],
  }]),
  ...entries('work_in', [
    ...([['SPLIT', '(split|stock split|share split|sub division)', 'split 5 for 1', '1:5 split'], ['BONUS', '(bonus|bonus issue)', 'bonus 1:1', '1:1 bonus'], ['MERGER', '(consolidation|reverse split|share merger)', 'consolidation 10 into 1', '10:1 reverse split']] as const).flatMap(([what, name, said, first]): Omit<PhraseEntry, 'kind'>[] => [
      { with: { what }, takes: ['account', 'date'], phrases: [`<want> (work in|apply|adjust for|adjust|take in|process) (the|my|that|late|missed)* {symbol} (of)? (for|with)? (the|its|a)* (late|missed)? ${name} <done>`, `<want> work (the|my)? {symbol} ${name} in <done>`, `<want> (work in|apply|take in|process) (the|that|late|missed)* ${name} (of|on|in|for) (my|the)? {symbol} <done>`], examples: [`work in the RELIANCE ${what === 'MERGER' ? 'consolidation' : what.toLowerCase()}`] },
      { with: { what }, takes: ['account', 'date'], phrases: [`<want> (work in|apply|adjust for|adjust|take in|process) (the|my|that)* {symbol} (for)? (the|a|its)* ${name} (of|in|at|with|in the ratio|ratio)* {ratio} <ex>`, `<want> (work in|apply|adjust for|take in|process) (the|my|that|a)* {symbol} {ratio} ${name} <ex>`, `(the)? ratio (is|was) (a)? {ratio} ${name} (on|for|of|in) (my|the)? {symbol} <ex>`, `(the)? ratio (of|for) (the|my)? {symbol} ${name} (is|was) {ratio} <ex>`, `(the|my)? {symbol} ${name} (ratio)? (is|was) (a|in|of|in the ratio)* {ratio} <ex>`], examples: [`work in RELIANCE ${said}`, `ratio is ${first} on RELIANCE`, `the RELIANCE ${what === 'MERGER' ? 'consolidation' : what.toLowerCase()} was 1:2`] },
    ]),
    { with: { what: 'DIVIDEND' }, takes: ['account', 'date'], phrases: ['<want> (work in|book|apply|take in|credit) (the|my|that|late|missed)* {symbol} dividend <done>', '<want> (work in|book|apply|take in|credit) (the|that|late|missed)* dividend (of|on|from|for) (my|the)? {symbol} <done>'], examples: ['book the RELIANCE dividend', 'work in the late dividend on RELIANCE'] },
    { takes: ['account', 'date'], phrases: ['<want> (work in|work {symbol:known} in|take in) (the|my)? {symbol:known} <done>', '<want> work (the|my)? {symbol:known} in <done>'], examples: ['work in RELIANCE', 'work RELIANCE in'] },
  ]),
  ...entries('parted_shares', [
    {
      takes: ['account', 'date'],
      phrases: [
        `${creditWords} {quantity:n} (shares of)? {into:company} ${shares} ${fromDemerger} ${split}`,
        `${creditWords} (the|my)* {into:company} ${shares} {ratio} ${fromDemerger} ${split}`,
        `${creditWords} (the|my)* {into:company} ${shares} ${fromDemerger} (at|in|of|with|the|a|ratio)* {ratio} ${split}`,
        `${creditWords} (the|my)* {into:company} ${shares} ${fromDemerger} ${split}`,
        `<want> (work in|apply|take in|process|adjust for) (the|my|that)* {symbol} demerger (at|in|of|with|the|a|ratio|into)* {ratio} (of|in|into|for|to|gives|shares of)* {into:company} ${shares} ${split}`,
        `<want> (work in|apply|take in|process|adjust for) (the|my|that)* {symbol} demerger (into|to|with|of|gives|shares of|and|credit)* {into:company} ${shares} (at|in|of|with|the|a|ratio)* {ratio} ${split}`,
        `<want> (work in|apply|take in|process|adjust for) (the|my|that)* {symbol} demerger (into|to|with|of|gives|and|credit|give me|for)* {quantity:n} (shares of)? {into:company} ${shares} ${split}`,
        `(the)? {symbol} demerger (gave|gives|brought|credited|has given) (me|us)? {quantity:n} (shares of)? {into:company} ${shares} ${split}`,
        `(i|we) (got|received|have got|have received|was given) {quantity:n} (shares of)? {into:company} ${shares} ${fromDemerger} ${split}`,
        '<want> (work in|apply|take in|process|adjust for) (the|my|that)* {symbol} demerger <done>', '<want> (work in|apply|take in|process) (the|that)* demerger (of|on|in|for) (my|the)? {symbol} <done>', '<want> credit (the|my)* (shares|resulting shares|parted shares) (of|from|after|for)+ (the)? {symbol} demerger <done>',
      ],
      examples: ['credit 10 INFY from the RELIANCE demerger', 'work in the RELIANCE demerger 1:1 INFY', 'work in the RELIANCE demerger 1:1 INFY cost split 95.32/4.68', 'I got 10 INFY from the RELIANCE demerger', 'credit INFY 1:10 from the RELIANCE demerger', 'work in the RELIANCE demerger'],
    },
    {
      with: { none: true }, takes: ['account', 'date'],
      phrases: ['(no|zero) (new|other|resulting|more)* shares (will)? (come|are coming|came|are expected|are due|follow) (any more)? (of|from|after|out of)+ (the|that|my)* {symbol} demerger <done>', '<want> (do not|stop|drop|remove|forget|clear|cancel|end) (expect|expecting)? (the|any|those|my)* (expected)? (shares|expected shares) (of|from|after)+ (the|that|my)* {symbol} demerger <done>', 'nothing (comes|came|is coming|will come|is expected) (of|from|after|out of)+ (the|that)* {symbol} demerger <done>'],
      examples: ['no shares come from the RELIANCE demerger', 'drop the expected shares of the RELIANCE demerger', 'nothing comes of the RELIANCE demerger'],
    },
  ]),
  ...entries('holdings', [{
    with: { measure: 'cost' }, takes: ['account'],
    phrases: ['<lead> (total|overall|aggregate|combined|full)* (cost basis|purchase cost|buy cost|invested value|book value|buy value|cost price|amount invested|cost of acquisition|acquisition cost|cost) (and (the)? (current|market|present|todays)* (value|worth|price))? (of|for|in|on)+ (my|our|the|all|everything|all of)* (it|that|them|these|those|holdings|positions|portfolio|stocks|shares|book|open positions|investments|what (i|we) (hold|own|have)|(i|we) (hold|own|have)|everything (i|we) (hold|own|have)) <tail>', '<lead> (total|overall|current|market|present)* (value|worth) and (the)? (cost|cost basis|invested value|book value) (of|for)+ (my|our|the|all|everything|all of)* (it|that|them|these|those|holdings|positions|portfolio|stocks|shares|book|open positions|investments|what (i|we) (hold|own|have)|(i|we) (hold|own|have)|everything (i|we) (hold|own|have)) <tail>', '(how much|what) did (i|we) (pay|spend|shell out) (for|on|in total for) (my|our|the|all|everything|all of)* (it|that|them|these|those|holdings|positions|portfolio|stocks|shares|book|open positions|investments|what (i|we) (hold|own|have)|(i|we) (hold|own|have)|everything (i|we) (hold|own|have)) <tail>', '(what|how much) did (my|our|the|all|everything|all of)* (it|that|them|these|those|holdings|positions|portfolio|stocks|shares|book|open positions|investments|what (i|we) (hold|own|have)|(i|we) (hold|own|have)|everything (i|we) (hold|own|have)) cost (me|us)? <tail>', '<lead> (rundown|list|summary|overview|run down|table|statement) (of|on)? (my|our|the|all|everything|all of)* (it|that|them|these|those|holdings|positions|portfolio|stocks|shares|book|open positions|investments|what (i|we) (hold|own|have)|(i|we) (hold|own|have)|everything (i|we) (hold|own|have)) (with|and|showing)+ (the|their|its)* (cost|costs|buy price|purchase price|cost basis|average price) (and (the)? (current|market|present)* (value|worth|price))? <tail>', '<lead> (everything|all|all that|what|positions|holdings|portfolio|stocks)+ (i|we)? (own|hold|have)? (with|and|showing) (the|their|its)* (cost|costs|buy price|purchase price|cost basis) (and (the)? (current|market|present)* (value|worth|price))? <tail>', '<lead> (unrealised|unrealized|open|paper|mark to market) (pnl|profit|profits|loss|losses|gain|gains|profit or loss|gain or loss) (in total|in all|of everything|of (my|the) book|on everything) <tail>'],
    examples: ['what did my holdings cost', 'total cost of my positions', 'cost and current value of everything I hold', 'list my holdings with cost and value'],
  }, {
    takes: ['account'],
    phrases: [
      'what (all)? (do|am|are|did) (i|we) (hold|holding|own|owning|have|got) <tail>', 'what have (i|we) got <tail>',
      '<lead> (open|live|existing|active)? (holdings|positions|portfolio|book|open positions|stocks|investments|portfolio positions) <tail>', 'everything (i|we) (own|hold|have)', 'what is in (my|the|our)? (portfolio|book|account|bucket) <tail>', 'what stocks (do|am) (i|we) (hold|holding|own|have) <tail>', 'which stocks (do|am) (i|we) (hold|holding|own|have) <tail>', 'where (am i|are we) invested', '(my|mere|at) paas what',
      'what is (there)? in (the|my|our)? {account} (account|bucket|book)?', 'what do (i|we) have on', 'what is (there)? in there', 'where is my money invested', '<lead> (biggest|largest|heaviest) (single)? (position|holding) (as|in|what)+ (percent|percentage|share)? (of (equity|portfolio|book|account|total))? <tail>', 'how much (money|cash|capital|in total|total)* (is|have|do|did)? (i|we)? (have)? (invested|deployed|put to work) (in total|in all|total|now|so far|right now)* <tail>', '(total)? how much (total|money)* (invested|deployed) <tail>', 'total invested <tail>', '(in)? total how much invested <tail>',
    ],
    examples: ['what do I hold?', 'holdings', 'show my positions', 'portfolio', 'what am I holding in SIP', 'what do we own', 'open positions in the tactical account', 'portfolio dikhao bhai'],
  }, ...(['WORST', 'BEST'] as const).map((order) => {
    const [doing, adjective, colour] = order === 'WORST'
      ? ['losing|loses|lose|bleeding|down|hurting|hurts|costing|dragging|sinking|underwater|lost|losing money|doing', 'worst|weakest|poorest|biggest losing|most losing|worst performing|worst doing|biggest losing', 'red']
      : ['making|makes|make|gaining|up|earning|made|gained|winning|making money|doing|paying', 'best|strongest|biggest winning|most profitable|best performing|top performing|best doing', 'green|profit'];
    // "Which stocks lost most" is about the market; what is held has to be said.
    const mine = '((of|in|from|among) (my|our|the) (book|portfolio|positions|holdings)|(that)? (i|we) (hold|own|have|are holding)|i am holding)';
    const subject = `(which|what) ((open|current)? (position|positions|holding|holdings|investment|investments) (of mine|of ours)? ${mine}?|of (my|our) (stock|stocks|share|shares|name|names|trades|positions|holdings|investments|open positions)|(stock|stocks|share|shares|name|one) ${mine})`;
    const losing = order === 'WORST';
    return {
      with: { order }, takes: ['account', 'date'] as const,
      phrases: [
        `${subject} (is|are|has|have|was|were|did)* (${doing}|lose|make) (me|us|on|money|pulling)* (down)? (the)? (most|${losing ? 'worst|badly|deepest|biggest' : 'best|well|biggest'}) (money|loss|profit|rupees|now)* <tail>`,
        `${subject} (is|are) (the)? (most|furthest|deepest|farthest) (in|under|${doing}) (the)? (${colour}|water)? <tail>`,
        `<lead> (${adjective}) (performing|open|current)? (position|positions|holding|holdings|(stock|share|one) (i|we) (hold|own|have)|of my (positions|holdings|stocks)|of what (i|we) hold|among what (i|we) hold|in (my|the|our) (book|portfolio)) <tail>`,
        `(where|on what|on which (position|holding|stock|one)) am i ${losing ? 'losing' : 'making'} (the)? most (money)? <tail>`,
        `<lead> (biggest|largest) (unrealised|unrealized|open|running)? ${losing ? '(loser|losers|loss|losses|drag)' : '(winner|winners|profit|gain)'} (among|in|of|on) (my|our|the|what)? (open)? (book|portfolio|positions|holdings|i hold|we hold|i own) <tail>`,
      ],
      examples: order === 'WORST' ? ['which position is losing the most?', 'my worst position', 'which of my stocks is hurting the most', 'biggest loser in my book'] : ['which position is making the most?', 'my best holding', 'biggest winner in the portfolio'],
    };
  }), ...(['SMALLEST', 'LARGEST'] as const).map((order) => ({
    with: { order }, takes: ['account'] as const,
    phrases: [`<lead> (${order === 'SMALLEST' ? 'smallest|tiniest|least' : 'biggest|largest|heaviest'}) (single|open)* (position|holding|positions|holdings|investment|stock (i|we) (hold|own|have)|of (my|our) (positions|holdings)) (by (value|size|weight))? <tail>`],
    examples: [order === 'SMALLEST' ? 'smallest holding?' : 'largest position by value'],
  })), ...(['NEAR_STOP', 'NEAR_TARGET'] as const).map((order) => {
    const at = order === 'NEAR_STOP' ? '(stop|stops)' : '(target|targets)';
    return {
      with: { order }, takes: ['account'] as const,
      phrases: [
        `(which|what) (open|of my|of our|my|our)* (stock|stocks|position|positions|holding|holdings|one|ones|share|shares) (of mine|i hold|we hold|i own)? (is|are) (the)? (closest|nearest|close|near|about to hit) (to)? (its|their|my|the|hitting)* ${at} <tail>`,
        `(is|are) (any|some|anything|one)* (of)? (my|our|the)? (positions|position|holdings|stocks|shares|i hold|open)* (close|near|nearing|about to hit|closing in on) (to)? (its|their|my|the|a|hitting)* ${at} <tail>`,
        `<lead> (position|stock|holding|positions|holdings|stocks) (closest|nearest) to (its|their|my|the)? ${at} <tail>`, `(how (far|close)|what (is|are)|<lead>) (the)? (distance|distances|room|gap|gaps|far|away)* (of|is|are|from|to|till)* (each|every|all|all of)? (my|our|the)? (position|positions|holding|holdings|stock|stocks)? (of mine|i hold)? (away)? (from|to) (its|their|the|my)? ${at} (of|for|on|in)? (each|every|all|all of)* (my|our|the)? (position|positions|holding|holdings|stock|stocks)? (in (percent|percentage|rupees|points))? <tail>`, `what is (closest|nearest) to (its|the|being)? ${at} <tail>`,
        `(show|list|give|tell|see|what are|where are)* (me)? (all|every|all of)* (my|our|the)? ${order === 'NEAR_STOP' ? '(stops|stop losses|stop levels)' : '(targets|target levels|target prices)'} (on|of|for|in)* (all|each|every)? (my|our|the)? (positions|holdings|stocks|shares)? <tail>`,
      ],
      examples: order === 'NEAR_STOP' ? ['which stock is closest to its stop', 'are any of my positions near their stops', 'show all my stops', 'list the stops on my positions'] : ['which position is nearest to its target', 'are any of my positions near their target'],
    };
  })]),
  ...entries('position', [{
    takes: ['account'],
    phrases: [
      '<lead> (total)? exposure (to|in|on) {symbol} (across (all|my|the)* accounts)? <tail>', '<lead> {symbol} exposure (across (all|my|the)* accounts)? <tail>',
      '<lead> {symbol} (position|holding|holdings|stake|positions|average|average price|entry price|buy price|cost|qty|quantity|stop|stop loss|stop and target) <tail>', '<lead> (position|holding|average|average price|average cost|entry price|buy price|cost basis|cost|stop|target|stop and target) <of> (my|our|the) {symbol} (position|holding|shares)? <tail>', '(where|what) (is|are) (the|my|our)? (stop|target|stop and target|stops|cost basis|average cost) <of> {symbol} (position|holding)? <tail>', '(how long|since when) (have|am|did) (i|we) (held|holding|owned|had|hold) {symbol} <tail>', '<lead> (position|holding|stake|average|average price|entry price|cost|quantity) <of> {symbol} <tail>',
      '(what|how much) did (i|we) pay for (the|my)? {symbol}', '<lead> (average|mean)? (buy|purchase|entry|buying|cost|acquisition|holding) (price|cost|average|rate) (in|of|for|on) (my|our|the)? {symbol:known} (position|holding|shares)? <tail>', '<lead> {symbol:known} (average|mean)? (buy|purchase|entry|buying|cost|acquisition) (price|average|rate) <tail>', '(got|have you got|have we got|have i got) (any)? {symbol}', 'do (i|we) (hold|own|have) (any)? {symbol} <stock>? <tail>', 'how (many|much) <stock>? (of)? {symbol} <stock>? (do|have|am) (i|we) (have|hold|own|got|holding) <tail>', 'how (many|much) {symbol}', 'how much {symbol} (is left|left|remaining)',
      'at? what price (did|have) (i|we) (buy|bought|get into|enter|entered|purchase) {symbol}', 'where did (i|we) (buy|enter|get into) {symbol}',
    ],
    examples: ['my INFY position', 'do I hold TCS?', 'how many Reliance do we own', 'position in COALINDIA', 'average price of infy', 'how much SBIN have I got in SIP'],
  }, {
    with: { measure: 'worstCase' }, takes: ['account'],
    phrases: ['<lead> (worst case|worst) (loss|losses|outcome|scenario|damage|risk)? (from|of|on|in|for|with) (my|our|the)? {symbol:known} (position|holding|trade|stake|shares)? <tail>', '<lead> {symbol:known} worst case (loss|outcome|scenario|damage)? <tail>', '(what|how much) (is|do|can|could|would|will) (the)? (most|i|we)* (can|could|stand to)? lose (on|in|from|with) (my|our|the)? {symbol:known} (position|holding|trade|stake|shares)? (at (worst|most|the most))? <tail>', '(what|how much) (is|are) (at stake|at risk) (in|on|with) (my|our|the)? {symbol:known} (position|holding|trade)? <tail>', '(how much|what) (would|will|do|could|can|might|is) (i|we|the)? (lose|loss|lost|damage|be down) (be)? (if|when|should) (my|our|the)? {symbol:known} (position|trade)? (stops out|stop (is|gets)? (hit|triggered)|stop hits|hits (its|the|my)? stop|falls to (its|the|my)? stop|(is|gets) stopped out|goes to (its|the)? stop) <tail>', '(if|when) (my|our|the)? {symbol:known} (position|trade)? (stops out|stop (is|gets)? (hit|triggered)|hits (its|the|my)? stop|(is|gets) stopped out) (how much|what) (would|will|do|is) (i|we|the)? (lose|loss|lost|damage) <tail>'],
    examples: ['how much would I lose if TCS stops out', 'worst case loss on INFY', 'what is the most I can lose on TCS', 'how much is at risk in infy'],
  }]),
  ...entries('position', [{
    with: { measure: 'distance' }, takes: ['account'],
    phrases: ['how (far|close|near) (is|are) (my|our|the)? {symbol:known} (position|holding|trade)? (away)? (from|to) (its|my|the|our|hitting (its|my|the))? (stop|target|stop and target|stop or target|stops|stop loss|sl) (in (percent|percentage|rupees|points|rs) (terms)?)? <tail>', 'how (far|close|near) (away)? (am i|are we|is it) (from|to) (my|the|our|its)? {symbol:known} (stop|target) <tail>', '<lead> (distance|room|gap) (from|to|till|before) (my|the|our|its)? (stop|target) (of|in|on|for) {symbol:known} (in (percent|percentage|rupees|points))? <tail>', '<lead> (stop|target|stop loss|sl|stop and target|stop and the target|target and stop|stop loss and target|sl and target|levels) (price|level|levels)? (of|in|on|for) (my|our|the)? {symbol:known} (position|holding|trade)? <tail>', '(is|are) (my|our|the)? {symbol:known} (position|holding|trade)? (near|close to|about to hit|at) (its|my|the|our)? (stop|target) <tail>'],
    examples: ['how far is INFY from its stop', 'how close is my TCS position to the target', 'is SBIN near its stop'],
  }]),
  ...entries('position', [{
    with: { measure: 'profit' }, takes: ['account'],
    phrases: ['(is|are) (my|our|the)? {symbol:known} (position|holding|trade|shares|stake|stock)? (still|currently|now)? (in (the)? (profit|loss|green|red|black|money)|making (me|us)? (money|profit|a profit|a loss)|losing (me|us)? money|profitable|underwater|above (my|our)? (cost|entry|buy price)|below (my|our)? (cost|entry|buy price)) (or (in)? (the)? (loss|profit|red|green|down|up|not|losing (money)?))? (for me|for us|yet|still)? <tail>', '(is|are) (my|our) {symbol:known} (position|holding|trade|shares|stake|stock)? (up|down) (or (up|down))? (by how much)? <tail>', '(am i|are we) (up|down|in profit|in loss|in the green|in the red|making money|losing money|ahead|behind) (or (down|up|in loss|not))? (on|in|with) (my|our|the)? {symbol:known} (position|holding|trade|shares)? <tail>'],
    examples: ['is INFY in profit', 'is my TCS position up or down', 'am I in profit on SBIN'],
  }]),
  ...entries('cash', [{ with: { measure: 'reserved' }, takes: ['account'], phrases: ['(how much|what) (cash|money|capital)? (of mine)? (is|are|was)? (cash|money)? (locked|locked up|blocked|reserved|tied up|held up|spoken for|stuck|committed|earmarked) (in|by|for|on|up)* (my|our|the)? (pending|open|working|unfilled)? (orders|order|entries|bids)? <tail>', '<lead> (reserved|locked|blocked|committed) (cash|money|funds) <tail>'], examples: ['how much cash is locked in pending orders', 'reserved cash in SIP'] }, { with: { account: '*' }, phrases: ['(all|everything|total|overall) (cash|money|balance|balances|funds) <tail>', '<lead> (cash|balance|balances) (in|of|across|for) (every|each|all) (account|accounts|bucket|buckets) <tail>'], examples: ['sabka cash batao', 'cash in every account'] }, {
    takes: ['account'],
    phrases: [
      '<lead> (free|available|deployable|idle|spare|remaining|uninvested|unused)* (cash|funds|balance|money|buying power|purchasing power|dry powder|liquidity|capital|deployable|margin|cash balance|fund balance) (available|left|free|remaining|in hand|bacha|to (trade|deploy|invest|spend|use))* <tail>',
      'how much (free|more|deployable|available|idle)* (cash|money|funds|dry powder|buying power|capital|fund|liquidity)? (is|do|can|have) (left|free|available|idle|there|i|we)* (have|deploy|invest|spend|use|got|still|left|free|available|with us)* <tail>', 'how much (cash|money) (is)? (left|free|bacha) <tail>',
      'how much can (i|we) (deploy|invest|spend) <tail>', 'what can (i|we) (still)? deploy', 'what is deployable',
    ],
    examples: ['how much cash do I have?', 'deployable cash', 'cash in SIP', 'free funds', 'how much can I deploy in Tactical', 'available balance please', 'how much money is left'],
  }]),
  ...entries('exposure', [
    {
      takes: ['account'],
      phrases: ['<lead> (net|gross|total|overall|long|short)+ exposure <tail>', '<lead> (sector|sectoral|industry) (exposure|exposures|weights|weight|allocation|breakdown|split|mix|wise exposure|wise breakup|wise allocation|wise|breakup|concentration) <tail>', '<lead> (exposure|exposures|allocation|concentration|weights) (by sector|by sectors|sector wise)? <tail>', 'how (concentrated|diversified|spread) (am i|are we|is my portfolio|is the book|is it) <tail>', '<lead> (breakdown|breakup|split) by sector', '<lead> (sector|sectoral|industry) (exposure|weights|allocation|breakup|breakdown|split|mix) (in|as) percent <tail>', '(how much|what) (more)? (headroom|room|space|limit|is left|can (i|we) add) (do (i|we) have|is there|is left|left|have (i|we) got|remains)* (before|until|till|to|under|in|against|on) (i|we)? (hit|reach|breach|touch|cross|hitting)* (the|my|our|any)? (sector) (cap|limit|limits|caps|ceiling) <tail>', '(how far) (am i|are we|is it) (from|to) (the|my|our|any)? sector (cap|limit) <tail>'],
      examples: ['how much headroom before I hit the sector cap', 'sector exposure', 'show me the allocation by sector', 'exposure in the SIP account', 'how diversified are we', 'sector weights'],
    },
    {
      takes: ['account'],
      phrases: ['<lead> {sector} (sector)? (exposure|weight|allocation|concentration) <tail>', '<lead> (exposure|weight|allocation) (to|in|of) {sector} (sector|stocks|names)? <tail>', '(how|too) (much|heavy|heavily|exposed|overweight|big) (am i|are we|is it|do i have|do we have|is my book|is the book)? (in|to|on|of)? {sector} (stocks|sector|names|exposure)? (do i|do we)? (have|hold|own)? (in (the|my) (book|portfolio))? <tail>', 'are we (too)? (heavy|overweight|concentrated) (in|on) {sector}', '(do|did) (i|we) (own|hold|have) (any|some)? {sector} (stocks|shares|names|exposure|companies)? <tail>', '(is there|do (i|we) have|have (i|we) got) (any)? (more)? room (for|in) (another|more|an|a|one more|any)* {sector} (stock|stocks|share|name|names|position|sector)? <tail>', '(what|how much) (percent|percentage|share|part|portion|fraction)? of (the|my|our)? ({account}|book|portfolio|equity|money|capital|holdings|account) (account|book)? (is|sits|lies|do (i|we) have) (in|invested in|held in|exposed to) (the)? {sector} (sector|stocks|names)? <tail>'],
      examples: ['what % of SIP is in IT stocks', 'energy exposure', 'how much pharma do we have', 'exposure to banks', 'are we too heavy in metals'],
    },
  ]),
  ...entries('rotation', [{
    takes: ['account'],
    phrases: ['<lead> (sector)? rotation (ideas|proposals|idea|proposal|suggestions|candidates)? (across sectors)? <tail>', 'should (i|we) (rotate|rebalance) .. (something|sectors|anything|it|money|capital|positions)?', '(what|where) (should|can|could) (i|we) (rotate|rebalance) ..', 'rebalance (my|the|our)? (portfolio|book)', 'where should the money (move|go) ..'],
    examples: ['rotation proposals', 'what should I rotate?', 'should we rotate capital', 'any rotation ideas'],
  }, {
    takes: ['account'],
    phrases: [
      '(rotate|rotating|swap|replace|switch) (out of|out)? (my|the|our) (weakest|worst|laggard|laggards|poorest|least promising|weaker) (holding|holdings|position|positions|stock|stocks|one|ones|names|name|performer|performers)? ((into|for|with|to) (something|anything|a|the)* (better|stronger|else|best|strongest|new|one|candidate|idea)*)? <tail>',
      '(should|shall|could|can|would) (i|we|you) (rotate|swap|switch|replace) (out of|out)? (anything|something|any|one|some) (of)? (my|the|our)? (weakest|weaker)? (holding|holdings|position|positions|stock|stocks|names)? ((for|into|with|to) (something|anything) (better|stronger|else)?)? <tail>',
      '(is|are|is there|are there) (there|it)? (something|anything|any holding|any position|a holding|any of my (holdings|positions|stocks)) (i|we)? (should|could|can)? (be)? (worth)? (rotate|rotating|swap|swapping|switch|switching|replace|replacing) (out of|out|for something better|with something better)* <tail>',
      '(is it)? worth (rotating|swapping|switching|replacing) (out of|out)? (any|anything|something|some|one) (of)? (my|the|our)? (holding|holdings|position|positions|stocks|names)? (for something better)? <tail>',
    ],
    examples: ['should I rotate anything in SIP?', 'rotate my weakest holding', 'replace my weakest stock with something better', 'worth swapping any of my holdings'],
  }]),
  ...entries('hedge', [{
    takes: ['account'],
    phrases: ['<lead> (hedge|hedging) (ideas|proposals|proposal|options|suggestion|suggestions|idea)? <tail>', '(how|what) (do|can|should|could|would) (i|we) (do to)? hedge .. (book|portfolio|positions|this|it|risk)?', '(suggest|propose|find|recommend|need|want) (me)? (a|some)? (hedge|hedges|protection) (for (the|my|our)? (book|portfolio|positions|it|us|me)?)?', 'hedge (my|the|our) (book|portfolio|positions)'],
    examples: ['hedge proposals', 'how should I hedge the portfolio?', 'suggest a hedge', 'hedging proposals'],
  }]),
  ...entries('funding_plan', [
    { with: { part: 'INSTALMENT' }, takes: ['account'], phrases: ['<lead> (next|coming|upcoming|following) {count:ordinal} ({account}|sip|monthly)? (date|dates|instalment|instalments|sips|payments|sip dates|instalment dates|due dates)+ ((and|with) (the|their)? (amount|amounts|dates|sums))? <tail>', '(when|on what dates|which days) (are|will|do) (the|my|our)? (next|coming|following) {count:ordinal} ({account}|sip)? (dates|instalments|sips|payments) (due|be|come)* <tail>'], examples: ['next three SIP dates', 'next 4 instalments', 'when are the next two SIP instalments due'] },
    ...(['INSTALMENT', 'TRANCHE'] as const).map((part): Omit<PhraseEntry, 'kind'> => {
      const noun = part === 'INSTALMENT' ? '(instalment|instalments|sips|sip payments|sip instalments|sip payment|{account} instalments|{account} instalment)' : '(tranche|tranches|lump sum tranches|{account} tranches)';
      return {
        with: { part, done: true }, takes: ['account'], examples: [part === 'INSTALMENT' ? 'SIP instalments paid so far' : 'which tranches are out'],
        phrases: [`<lead> (sip|{account})? ${noun} (that)? (were|was|have been|has been|been|are|is|got|i have|have i|did i|we have)* (already)? (paid|done|made|completed|released|out|gone|invested|credited|deposited|pay) (in|already|out)* <tail>`, `(how many|which|what|have any|has any|did any) (of (my|the|our))? (sip|{account})? ${noun} (were|was|have|has|are|is|been|did|i|we|already|got)* (paid|done|made|completed|released|out|gone|pay|complete) (in|already|out)* <tail>`, `<lead> (paid|released|past|completed|previous|past) (sip|{account})? ${noun} <tail>`, `<lead> (sip|{account})? ${noun} history <tail>`, `how much (money)? (has|have|did|was|went) ({account}|i|we|the {account} account)? (been)? (received|got|put in|paid in|paid|invested|pay|put|gone in|in) (so far)? (in|through|via|by|as|with) (sip|the|monthly)? ${noun} <tail>`],
      };
    }),
    ...(['TRANCHE', 'INSTALMENT'] as const).map((part) => ({
    with: { part }, takes: ['account'] as const,
    phrases: [`(when|what date|which day) (is|does|will|comes) (the|my|our)? (next|coming|following)? ({account}|sip)? ${part.toLowerCase()} (due|come|release|get released|go in|happen|be|coming)* <tail>`, `<lead> (next|coming|following) ({account}|sip)? ${part.toLowerCase()} (date|due|amount)? <tail>`],
    examples: [part === 'TRANCHE' ? 'when does the next tranche come' : 'when is the next instalment due'],
  })), {
    takes: ['account'],
    phrases: ['<lead> (next|upcoming|coming|future|sip|funding|remaining|pending)* (instalment|instalments|tranche|tranches|funding plan|funding plans|instalment plan|sip date|sip dates|sip plan) (due|left|remaining|schedule|status|date)? <tail>', '<lead> (next|upcoming|coming|following) ({account}|sip) <tail>', '<lead> (next|upcoming|coming|future|all)* ({account}|sip) (instalment|payment|funding)? (date|dates|schedule|calendar) <tail>', 'when (is|does|will|comes) (my|the|our)? (next)? ({account}|sip)? (instalment|tranche|sip)* (due|come|release|get released|go in|happen)?', 'how many (tranches|instalments) (are)? (left|remaining|released|done|pending) ..'],
    examples: ['upcoming sip dates', 'funding plan', 'when is the next instalment?', 'how many tranches are left', 'tranches in LumpSum'],
  }, {
    takes: ['account'],
    phrases: ['(when|on what date|which day|what date) (is|does|will|comes|was|did|do) (the|my|our)? <part> (due|come|release|released|get released|go in|happen|out|be|scheduled|planned|up|deployed|go out|open)* <tail>', '<lead> (date|day|status|amount|size) <of> (the|my|our)? <part> <tail>', '<lead> <part> (due|date|status|schedule|when|amount|due date)* <tail>', '(is|has|was|did) (the|my|our)? <part> (out|been|released|gone|go|due|done|yet|come|in|already|waiting|get|be)* <tail>', '(what|how much|how big) (is|does|will) (the|my|our)? <part> (wait for|waiting for|for|worth|be|amount to|bring|need)* <tail>'].map((phrase) => phrase.replaceAll('<part>', '((tranche|instalment) (number|no)? {number:ordinal}|{number:ordinal} (tranche|instalment))')),
    examples: ['when is tranche 2?', 'when does the second tranche come', 'date of the 3rd instalment', 'is tranche 2 out yet', 'what does tranche 3 wait for'],
  }]),
];
