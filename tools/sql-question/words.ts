import { wordTable } from '../../desk/market/word-table.ts';

/** Words that only hold a question together. What is neither here nor understood makes the question one that is not answered. */
export const courtesy = new Set(`a an the of in on at to for from with and or is are was were be been do does did done have has had i me my we our us you your please can could show list give tell get find display see what which who whose how much many number count there that this these those it its all any each every currently now so far ever across over within during made make up out by per total sum overall combined together altogether right their them they been some entries records rows data table please's kindly want know like need would just only also still break down breakdown split grouped group wise most least more less number-of value-of into got get we've i've i'm am one ones what's whats hows what're where when per-each s paid pay pays spent spend sent submitted about mention mentions mentioned mentioning regarding concerning related happened placed place went executed lasted where`.split(/\s+/));

export const averages = new Set(['average', 'avg', 'mean']);
export const highest = new Set(['top', 'best', 'largest', 'biggest', 'highest', 'most', 'max', 'maximum', 'greatest']);
export const lowest = new Set(['bottom', 'worst', 'smallest', 'lowest', 'least', 'min', 'minimum']);
/** Of these the size counts, not the success. */
export const sizes = new Set(['largest', 'biggest', 'smallest']);
export const latest = new Set(['last', 'latest', 'recent', 'newest', 'most-recent']);
export const earliest = new Set(['first', 'oldest', 'earliest']);
export const dimensionWords: Readonly<Record<string, string>> = wordTable({
  symbol: 'symbol', symbols: 'symbol', stock: 'symbol', stocks: 'symbol', scrip: 'symbol', name: 'symbol', company: 'symbol', instrument: 'symbol', sector: 'sector', sectors: 'sector', industry: 'industry', account: 'account', accounts: 'account', strategy: 'strategy', strategies: 'strategy', side: 'side', status: 'status', state: 'status', direction: 'direction', source: 'source', type: 'type', kind: 'kind', stance: 'stance', priority: 'priority', exchange: 'exchange', broker: 'broker', mode: 'mode', category: 'category',
  day: 'day', date: 'day', daily: 'day', weekday: 'weekday', week: 'week', weekly: 'week', month: 'month', monthly: 'month', quarter: 'quarter', quarterly: 'quarter', year: 'year', yearly: 'year',
});
const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
export const numberOf = (word: string): number | null => (/^\d{1,4}$/.test(word) ? Number(word) : numbers.includes(word) ? numbers.indexOf(word) : null);

/** "more than", "above": what follows is a bound. */
export const bounds: Readonly<Record<string, '>' | '<' | '>=' | '<='>> = wordTable({ above: '>', over: '>', exceeding: '>', below: '<', under: '<', 'more than': '>', 'greater than': '>', 'larger than': '>', 'bigger than': '>', 'longer than': '>', 'higher than': '>', 'less than': '<', 'smaller than': '<', 'shorter than': '<', 'lower than': '<', 'fewer than': '<', 'at least': '>=', 'at most': '<=' });
const scales: Readonly<Record<string, number>> = wordTable({ k: 1e3, thousand: 1e3, lakh: 1e5, lakhs: 1e5, lac: 1e5, l: 1e5, crore: 1e7, crores: 1e7, cr: 1e7, million: 1e6, m: 1e6 });
/** An amount at a place ("10000", "1.5 lakh", "12k") with the words that it takes. */
export function amountAt(words: readonly string[], at: number): { amount: number; length: number } | null {
  const found = /^(\d[\d,]*(?:\.\d+)?)([a-z]*)$/.exec((words[at] ?? '').replace(/^(?:rs\.?|₹)/, ''));
  if (!found) return null;
  const bare = Number((found[1] ?? '').replaceAll(',', ''));
  if (found[2]) { const scale = scales[found[2]]; return scale === undefined ? null : { amount: bare * scale, length: 1 }; }
  const scale = scales[words[at + 1] ?? ''];
  return { amount: scale === undefined ? bare : bare * scale, length: scale === undefined ? 1 : 2 };
}

/** Words as the tables have them, and as they were typed. */
export interface Word { text: string; typed: string }
const joined: readonly [RegExp, string | ((said: string) => string)][] = [
  [/\b(?:positions? )?stops? (?:loss(?:es)? )?(?:(?:is|are|that are|which are) )?(?:within|closer than|less than|nearer than|under) (\d+(?:\.\d+)?) ?(?:%|per ?cent)(?: away| of (?:the )?price)?/gi, 'positions stop-distance below $1'], [/\b(?:average|avg|mean|typical) (?:position|holding) (?:size|value)\b/gi, 'average value of positions'],
  [/\b(?:charges|fees|costs?|brokerage) (?:as|in) (?:a )?(?:percent(?:age)?|%|share|fraction) of (?:my |the |total )*turnover\b/gi, 'charge-rate'],
  [/\b(?:as|in|what) (?:a |the )?(?:percent(?:age)?|%|share|fraction|proportion|part) of (?:my |the |total |all |its |that )*(?:equity|capital|portfolio|net worth|account|book|money)\b|\b(?:percent(?:age)?|%|share) of (?:my |the |total )*equity\b/gi, 'equity-share'],
  [/\bp\s*(?:&|and|n)\s*l\b/gi, 'pnl'], [/\bwin[ -]rate\b/gi, 'win-rate'], [/\bhit[ -]rate\b/gi, 'win-rate'], [/\bholding[ -](period|time)s?\b/gi, 'holding-period'], [/\bdays held\b/gi, 'days-held'], [/\bmax(?:imum)? loss\b/gi, 'max-loss'], [/\bmost recent\b/gi, 'most-recent'], [/\bmoney\b/gi, 'cash'], [/\bweek day\b/gi, 'weekday'], [/\bcost (?:me|us)\b/gi, 'lost'], [/\b((?:trades?|positions?)\b.*)\bclose\b/gi, '$1closed'],
  [/\b(?:biggest|largest|worst|max(?:imum)?) (?:single|one)[ -]day (?:loss|fall|drop)\b/gi, 'worst day'], [/\b(?:biggest|largest|best|max(?:imum)?) (?:single|one)[ -]day (?:gain|profit|win)\b/gi, 'best day'],
  [/\b(?:winning|green|profitable|positive|up) days\b|\bdays (?:(?:i|we) )?(?:was|were|am|are|have|did)? ?(?:(?:i|we) )?(?:been )?(?:in (?:the )?(?:green|profit)|up|profitable|positive)\b/gi, 'winning-days'],
  [/\b(?:losing|red|negative|down|loss[- ]?making) days\b|\bdays (?:(?:i|we) )?(?:was|were|am|are|have|did)? ?(?:(?:i|we) )?(?:been )?(?:in (?:the )?(?:red|loss)|down|negative)\b/gi, 'losing-days'],
  [/\b(?:(?:every|each|all) )((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b/gi, '$1s'], [/%|\bper ?cent(?:age)?\b|\bwhat (?:share|part|proportion|fraction)\b/gi, ' percent '],
  [/\b(?:(?:trades?|positions?) (?:that |which |have |has |got )*)?(?:hit|hitting|reached|touched|(?:ended|closed|exited) at|stopped (?:out )?at) (?:the |my |their |its )*(?:stop[- ]?loss(?:es)?|stops?|sl)\b|\b(?:stop[- ]?loss(?:es)?|stops|sl) (?:orders? )?(?:that |which |were |was |got |get |have |has |been |did )*(?:hit|triggered|filled|executed)\b|\b(?:trades? (?:that |which |were |was |got |have |been )*)stopped out\b/gi, 'stops-hit'],
  [/\b(?:(?:trades?|positions?) (?:that |which |have |has |got )*)?(?:hit|hitting|reached|touched|(?:ended|closed|exited) at) (?:the |my |their |its )*targets?\b|\btargets (?:that |which |were |was |got |get |have |has |been |did )*(?:hit|reached|filled|executed)\b/gi, 'targets-hit'],
  [/\b(?:by|to|after|net of|less|minus|deducting|excluding) (?:all |the |my )*(?:costs?|charges|fees|taxes|brokerage)(?: and (?:costs?|charges|fees|taxes|brokerage))?\b/gi, (said) => (/^(?:after|net|less|minus|deducting)/i.test(said) ? ' ' : said)],
  [/\b(?:distance|how far)(?: (?:are|is|from|to|it|they|my|the|its|their|each))* stops?(?:[- ]loss(?:es)?)?(?: price)?\b/gi, 'stop-distance'], [/\b(?:distance|how far)(?: (?:are|is|from|to|it|they|my|the|its|their|each))* targets?\b/gi, 'target-distance'],
  [/\bhow (?:long|many days) (?:have|has|had|did|do|am|was|were) (?:i|we) (?:been )?(?:holding|held|hold|had|have|keep|kept|owned|own|sitting on)\b/gi, 'held-long'], [/\b(?:rejected|refused|turned down) by (?:the )?(?:broker|exchange)\b/gi, 'rejected'],
  [/[,;]?\s*\b(?:(?:in|of|for|over|across) )?(?:all|all my|all the|all of my) accounts\b(?: together| combined)?/gi, ' '],
  [/\b(profit|pnl|loss|made|earned|gain) (?:per|a|for each|for every) trade\b/gi, 'average $1 of trades'], [/\bwhen (?:did (?:i|we)|was|were) (?:last )?(?:close|exit|closed|exited)\b/gi, 'last trade closed'], [/\b(?:was|were|is|has|did) (?:anything|something) (?:else )?(?:been |get )?blocked\b/gi, 'cards blocked'],
  [/\b(?:all )?(?:my )?stops? (?:on|of|for) (?:all |each |every |of )*(?:my |the )*(?:holdings|positions)\b/gi, 'stop-distance of each position'], [/\bwhich (day|week|month|quarter) (?:was|is|has been) (?:my |the |our )*(best|worst)\b/gi, '$2 $1'],
  [/\b(?:profits?|gains?) (?:that (?:was|were) )?booked\b|\bbooked (?:profits?|gains?)\b/gi, 'realised profit'], [/\bloss(?:es)? booked\b|\bbooked loss(?:es)?\b/gi, 'realised loss'],
  [/\bmost recently\b/gi, 'most-recent'], [/\bunreali[sz]ed (?:return|percent(?:age)?|%)|\breturn on cost\b/gi, 'open-return'],
  [/\bwhich (\d{1,3}|two|three|four|five|six|seven|eight|nine|ten) (stocks|symbols|shares|companies|names) (?:had|have|has|saw|were|with)(?: the)? (highest|lowest|largest|smallest|biggest|most|least) (volumes?|close|closing price|high|low)\b/gi, '$3 $1 $4 by symbol'],
  [/\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten) (stocks|symbols|shares|companies|names) (?:with|having|by|that had|which had|that have)(?: the)? (highest|lowest|largest|smallest|biggest|most|least)\b/gi, '$3 $1 $2'], [/\b(highest|lowest|biggest|largest|smallest) (volume|close|closing|high|low) (?:day|session)\b/gi, '$1 $2'],
  [/\bclos(?:ed|es|ing) (?=(?:above|below|over|under|at (?:least|most)|(?:higher|lower|more|less) than) ?(?:rs\.? ?|₹)?\d)/gi, 'close '],
  [/\b(?:clos(?:e|ed|ing)|end(?:ed|ing)?|finish(?:ed)?) (?:higher|above|lower|below) (?:than )?(?:where |what )?(?:they |it |its |their |the )?(?:open(?:ed|ing)?)(?: price)?(?: at)?\b/gi, (said) => (/higher|above/i.test(said) ? 'closed-above-open' : 'closed-below-open')],
  [/\b(?:event|news|filing|announcement) (types?|sources?)\b/gi, (said) => said.split(' ')[1] ?? said],
  [/\b(?:turned|turn) down\b/gi, 'rejected'], [/\blongest[- ](?:held|kept)\b/gi, 'highest days-held'], [/\bshortest[- ](?:held|kept)\b/gi, 'lowest days-held'],
  [/\b(?:held|kept|open) (?:for )?(?:the )?longest\b/gi, 'highest days-held'], [/\b(?:held|kept|open) (?:for )?(?:the )?shortest\b/gi, 'lowest days-held'],
  [/\b(?:in (?:the )?(?:red|loss)|under ?water|losing money)\b/gi, 'losing'], [/\b(?:in (?:the )?(?:green|profit)|making money)\b/gi, 'winning'],
];
export function wordsOf(question: string): Word[] {
  let text = question;
  for (const [pattern, word] of joined) text = typeof word === 'string' ? text.replace(pattern, word) : text.replace(pattern, word);
  return (text.match(/[\p{L}\p{N}&'’_./-]+/gu) ?? []).map((typed) => typed.replace(/^['’.]+|['’.]+$/g, '')).filter((typed) => typed !== '' && typed !== '-').map((typed) => ({ text: typed.toLowerCase().replace(/['’]s$/, ''), typed }));
}
