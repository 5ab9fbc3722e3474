import { entries, type PhraseEntry } from './entry.ts';

const long = '(long term|longterm|long-term|ltcg|ltcl)';
const short = '(short term|shortterm|short-term|stcg|stcl)';
const gains = '(gain|gains|profit|profits|loss|losses|pnl|gain or loss|gains or losses|gains and losses|capital gain|capital gains|capital loss|capital losses)';
const made = '(did|have|do|am|are|has|is|was|were)? (i|we|there|been)? (made|make|book|booked|have|had|got|realised|realise|earn|earned|sitting on|taken|run up|it|total|in total)*';
const within = '((on|from|in|of) (selling|sale of|sales of|my|the)* {symbol:known} <stock>?)?';
const ofTerm = (term: 'SHORT' | 'LONG' | 'SAME_DAY', words: string, examples: string[]): Omit<PhraseEntry, 'kind'> => ({
  with: { term }, takes: ['account', 'period'], examples,
  phrases: [
    `<lead> (total|net|realised|realized|booked|taxable|capital)* ${words} (capital|realised|realized|taxable)? ${gains}? ${within} ${made} ${within} <tail>`, `how much (of)? (is|are|was|in|total|net|realised|realized|booked|taxable)* ${words} (capital|realised|realized|taxable)? ${gains}? ${within} ${made} ${within} <tail>`,
    `(how much|what part|which part) of (my|our|the) (realised|realized|booked|total)? ${gains} (is|are|was|were) ${words} <tail>`, `(did|have) (i|we) (make|made|have|book|booked|had) (any|a|some)* ${words} (capital)? ${gains} ${within} <tail>`,
  ],
});

/** Taxes on gains and the lots that they are counted by. What was charged on trades (securities transaction tax) is a cost, not meant here. */
export const taxes: PhraseEntry[] = [
  ...entries('capital_gains', [
    ofTerm('SHORT', short, ['how much short term gain this FY', 'short-term capital gains', 'stcg so far this year', 'realised short term loss in Tactical']),
    ofTerm('LONG', long, ['long term gains this financial year', 'ltcg on INFY', 'how much of my profit is long term']),
    ofTerm('SAME_DAY', '(intraday|same day|speculative)', ['intraday profit this FY']),
    { takes: ['account', 'period'], phrases: [`<lead> (total|net|realised|realized|taxable)* (capital|taxable) (gain|gains|loss|losses|profit|profits) (statement|report|summary|by term|by holding period|split|(for|to) tax)* ${within} ${made} <tail>`, `how much (total|net|taxable)* (capital|taxable) (gain|gains|loss|losses|profit|profits) ${within} ${made} <tail>`, `<lead> (realised|realized|capital)* ${gains} (by term|split by term|by holding period|${short} (and|vs|versus|or) ${long}|${long} (and|vs|versus|or) ${short}) <tail>`, `<lead> ${short} (and|vs|versus|or) ${long} (capital|realised|realized)? ${gains}? ${within} ${made} <tail>`, `<lead> ${long} (and|vs|versus|or) ${short} (capital|realised|realized)? ${gains}? ${within} ${made} <tail>`], examples: ['capital gains this FY', 'short term and long term gains', 'taxable gains on INFY'] },
    { with: { tax: true }, takes: ['account', 'period'], phrases: [
      `<lead> (estimated|expected|total|approximate|advance|income|my)* (tax owed|tax liability|tax due|tax payable|taxes owed|taxes due|taxes payable|tax bill|tax outgo|tax to pay|tax to be paid|capital gains tax|capital gain tax|gains tax|${short} tax|${long} tax|tax|taxes) (on|from|for) (my|our|the|all|this|these|realised|realized|booked|capital|${short}|${long})* (gains|profits|gain|profit|trades|trading|sales|{symbol:known}) (owed|due|so far|payable)* <tail>`,
      `<lead> (estimated|expected|total|approximate|advance|income)* (tax owed|tax liability|tax due|tax payable|taxes owed|taxes due|taxes payable|tax bill|tax outgo|tax to pay|tax to be paid|capital gains tax|capital gain tax|gains tax|${short} tax|${long} tax) (owed|due|payable|so far|to pay|liability)* <tail>`,
      '(how much|what|any) (capital gains|capital gain|income|advance|short term|long term|in)? (tax|taxes) (do|will|would|am|are|is|must|should|might) (i|we)? (have|going|liable|likely)? (to|for)? (owe|owing|pay|payable|due|be due|be owed|be payable|shell out|set aside|provide for) (on|for|from)? (my|our|the|all|these)? (gains|profits|trades|trading|it|that|this|those|them|these|sales|profit|{symbol:known})? <tail>',
      '(how much|what) (do|will|would|am|are) (i|we) (owe|owing|have to pay|going to pay|going to owe) (in|as|for)? (capital gains|capital gain|income)? (tax|taxes|the taxman|tax department) (on|for|from)? (my|our|the|all)? (gains|profits|trades|it|that|this|those|them)? <tail>', '(how much|what) (should|must|do) (i|we) (need to)? (set aside|keep aside|provide) for (tax|taxes|capital gains tax) <tail>',
    ], examples: ['tax owed so far', 'how much tax do I owe', 'capital gains tax this FY', 'what tax will I have to pay on my gains', 'tax liability this year', 'how much should I set aside for tax'] },
  ]),
  ...entries('tax_lots', [
    { takes: ['account'], phrases: ['<lead> (open|remaining|unsold|individual)* (tax lot|tax lots|taxlots|purchase lots|buy lots) (still)? (open|held|left)? ((of|for|in|on) (my|our|the)? {symbol:known} <stock>?)? (i hold|i have|held)? <tail>', '<lead> {symbol:known} (open)? (tax lots|tax lot|lots|purchase lots) <tail>', '(which|what) lots (of|in) (my|our|the)? {symbol:known} (do|are|have) (i|we)? (hold|have|own|left|still|held|open)* <tail>'], examples: ['tax lots', 'tax lots of INFY', 'INFY tax lots', 'open tax lots in SIP'] },
    ...(['OLDEST', 'NEWEST'] as const).map((order): Omit<PhraseEntry, 'kind'> => ({ with: { order }, takes: ['account'], examples: [order === 'OLDEST' ? 'oldest lot I still own' : 'newest lot of INFY'], phrases: [`<lead> (${order === 'OLDEST' ? 'oldest|earliest|first' : 'newest|latest|most recent|youngest'}) (tax|purchase|open)* (lot|lots) ((of|in) (my)? {symbol:known})? (that)? (i|we)? (still|am|are)* (own|hold|have|left|open|holding|held)* <tail>`] })),
    ...([['LONG', long], ['SHORT', short]] as const).map(([term, words]): Omit<PhraseEntry, 'kind'> => ({
      with: { term }, takes: ['account'], examples: [term === 'LONG' ? 'which of my holdings are long term' : 'short term lots of TCS'],
      phrases: [`<lead> ${words} (tax)? (lots|lot|holdings|holding|positions|shares|stocks) (of (my)? {symbol:known})? <tail>`, `(which|what|how many) (of (my|our|the))? (tax)? (lots|lot|holdings|holding|positions|shares|stocks) ((of|in) (my)? {symbol:known})? (are|is|count as|qualify as|qualify for|have become|have turned|do i hold)* ${words} (by now|already|now)? <tail>`, `(is|are) (my|our|the) {symbol:known} (holding|position|shares|lot|lots|stock)? (already|now|yet)? ${words} (already|now|yet)? (for tax)? <tail>`],
    })),
    { with: { turning: true }, takes: ['account', 'period'], ahead: true, phrases: [
      `(which|what|any|how many|do any|are any|will any) (of (my|our|the))? (tax)? (lots|lot|shares|holdings|holding|positions|stocks|names|ones)? ((of|in) (my|our)? {symbol:known})? (shares|lots)? (will|do|does|are|is|that|going to|due to|about to)* (turn|turns|turning|become|becomes|becoming|go|going|qualify|qualifies|cross|move|moving|get|be)+ (into|as|for|to|a)* (${long}|a year old|one year|12 months|twelve months) <tail>`,
      `(when|on what date|which day|from when) (does|do|will|would|could|can|is|are) (my|our|the)? {symbol:known} (lot|lots|shares|share|holding|position|stock)? (going to|due to)? (turn|become|go|qualify|be|complete) (as|for|a)? (${long}|a year old|one year old|a year|one year|12 months old|12 months) <tail>`, `<lead> {symbol:known} (lots|lot|shares|holding) (turning|becoming|going) ${long} <tail>`, `<lead> (lots|holdings|shares) (turning|becoming|going) ${long} <tail>`, `(when|on what date) (does|do|will|is|are) (my|our|the)* (next)? (lot|lots|holdings|shares) (to)? (turn|become|go|qualify|turning|becoming) (as|for)? ${long} <tail>`,
    ], examples: ['which lots of INFY turn long term next month', 'which of my holdings turn long term this year', 'when does my TCS become long term', 'lots turning long term next quarter'] },
  ]),
];
