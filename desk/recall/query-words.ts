/** One thing that a query asks for: any of these phrases will do. `common`: nearly every filing says it, so it orders and does not find. */
export interface QueryGroup { phrases: string[]; common: boolean }

/** What the market says in several ways. Any phrase of a row stands for all of it. */
const sameThings: readonly string[][] = [
  ['buyback', 'buybacks', 'buy back', 'share repurchase'], ['q1', 'first quarter', 'june quarter'], ['q2', 'second quarter', 'september quarter'], ['q3', 'third quarter', 'december quarter'], ['q4', 'fourth quarter', 'march quarter'],
  ['ceo', 'chief executive', 'chief executive officer', 'managing director'], ['fraud', 'frauds', 'scam', 'defrauded'], ['cyber attack', 'cyberattack', 'cyber incident', 'ransomware', 'data breach'], ['stock split', 'share split', 'sub division', 'split'], ['cfo', 'chief financial officer'], ['resign', 'resignation', 'quit', 'steps down', 'stepped down', 'cessation'],
  ['qip', 'qualified institutional placement', 'qualified institutions placement'], ['rbi', 'reserve bank', 'reserve bank of india'], ['ipo', 'initial public offer', 'initial public offering'], ['ofs', 'offer for sale'],
  ['usfda', 'us fda', 'fda', 'us regulator'], ['joint venture', 'jv'], ['mou', 'memorandum of understanding', 'pact'], ['electric vehicle', 'electric vehicles', 'ev', 'evs', 'electric'], ['fund raising', 'fund raise', 'fund raises', 'fundraise', 'fundraising', 'raise funds', 'raises', 'raising'],
  ['ncd', 'ncds', 'non convertible debentures', 'debentures'], ['wins', 'win', 'bags', 'bagged', 'won', 'secures order', 'secures orders', 'secures contract', 'secured order', 'secures project'], ['order', 'orders', 'contract'], ['penalty', 'penalties', 'fine', 'penalises', 'fined'], ['results', 'earnings'], ['acquisition', 'acquire', 'acquires', 'buys', 'takeover'],
  ['merger', 'amalgamation', 'merge'], ['demerger', 'spin off', 'hive off'], ['stake sale', 'divest', 'disinvestment', 'sells stake'], ['layoffs', 'job cuts', 'retrenchment'], ['price hike', 'hike prices', 'increase prices', 'raise prices'], ['repo rate', 'policy rate', 'repo'], ['fed', 'federal reserve', 'fomc'], ['rate cut', 'rate cuts', 'cuts rates', 'cut rates', 'lower rates'], ['union budget', 'budget'],
  ['data centre', 'data center'], ['plant', 'factory', 'unit'], ['chip', 'semiconductor'], ['bonus', 'bonus shares', 'bonus issue'], ['upgrade', 'upgrades', 'upgraded'], ['downgrade', 'downgrades', 'downgraded'],
];
/** Said of everything, or only of the asking. */
const common = new Set('about above announce announced announcement announcements any bank board business companies company corporate crore done every exchange filing filings financial general happened happening headlines india indian inform informed informs intimation last latest limited ltd market month news new outcome pact quarter recent regarding regulation report said say says sebi services share shares stock stocks story tell today update updates week year yesterday'.split(' '));
const fillers = new Set('a an and any are as at be by did do does for from had has have how i in into is it its me of on or over s so than that the their there these they this to under up us was we were what when where which who why will with'.split(' '));
const longestPhrase = Math.max(...sameThings.flat().map((phrase) => phrase.split(' ').length));
const groupOf = new Map(sameThings.flatMap((row) => row.map((phrase): [string, string[]] => [phrase, row])));
const mostGroups = 24;

const singular = (phrase: string): string => phrase.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');

/** What a query asks for, in order, each thing once: the longest known phrase at each place, else the word. */
export function queryGroups(query: string): QueryGroup[] {
  const words = query.toLowerCase().replace(/[’']s\b/g, '').match(/[\p{L}\p{N}&]+/gu) ?? [];
  const groups = new Map<string, QueryGroup>();
  for (let at = 0; at < words.length;) {
    let taken = 1;
    let row: string[] | undefined;
    for (let length = Math.min(longestPhrase, words.length - at); length >= 1 && !row; length -= 1) {
      const phrase = words.slice(at, at + length).join(' ');
      row = groupOf.get(phrase) ?? groupOf.get(singular(phrase));
      if (row) taken = length;
    }
    const word = words[at] ?? '';
    if (row) groups.set(row[0] ?? word, { phrases: row, common: false });
    else if (!fillers.has(word)) groups.set(word, { phrases: [word], common: common.has(word) });
    at += taken;
  }
  return [...groups.values()].slice(0, mostGroups);
}
