import type { OptionFact } from './intents.ts';

/** How one fact of a chain is asked for. The first that is found is meant. */
const facts: readonly [fact: OptionFact, said: RegExp][] = [
  ['impliedVolatility', /\b(?:iv|implied vol(?:atility)?|vol(?:atility)?)\s*(?:rank|percentile)\b/], ['pcr', /\bpcr\b|\bput[\s/-]*call\s+ratio\b/], ['maxPain', /\bmax(?:imum)?\s*-?pain\b/], ['skew', /\b(?:iv |vol(?:atility)? )?skew\b/],
  ['gammaFlip', /\bgamma\s+(?:flip|exposure|wall)\b|\bgex\b|\bzero gamma\b/], ['straddle', /\batm straddle\b|\bstraddle\s+(?:price|premium|cost)\b/],
  ['expectedMove', /\b(?:expected|implied|priced[\s-]in)\s+(?:move|range)\b|\bmove (?:is )?(?:expected|implied|priced in)\b/], ['expiries', /\bexpir(?:ies|y dates?)\b|\bwhen (?:is|does) (?:the )?(?:next |nearest |this |weekly |monthly |nifty |banknifty )*expir(?:y|e)\b/],
  ['buildUp', /\b(?:oi|open interest)\b.*\b(?:build(?:ing)?[\s-]?(?:up)?|buildup|built|add(?:ed|ing|itions?)?|unwind(?:ing)?|unwound|shed|lost|fell|dropped|reduced|decreased|gained|rose|increased)\b|\b(?:build(?:ing)?[\s-]?up|buildup|add(?:ed|ing|itions?)?|gained|unwinding|shed|lost|dropped|reduced|increased)\b.*\b(?:oi|open interest)\b|\b(?:fresh|new) (?:writing|oi|open interest)\b|\b(?:call|put) (?:writing|writers|unwinding)\b/],
  ['walls', /\b(?:highest|max(?:imum)?|most|biggest|largest|top|peak)\s+(?:call|put|ce|pe)?s?\s*(?:oi|open interest|open)\b|\b(?:call|put|oi)\s+walls?\b|\boi(?:[\s-](?:wise|based))?\s+(?:support|resistance)s?(?:\s+(?:and|n|or|&)\s+(?:support|resistance)s?)?\b|\b(?:support|resistance)s?\s+(?:(?:and|or|\/)\s+(?:support|resistance)s?\s+)?(?:(?:levels?\s+)?(?:by|from|as per|in|based on|using)\s+)?(?:oi|open interest|options?(?: chain)?)\b/],
  ['forward', /\b(?:implied |synthetic |parity )?forwards?(?: price)?\b|\bsynthetic futures?\b/], ['openInterest', /\b(?:oi|open interest)\b/],
  ['impliedVolatility', /\b(?:atm )?(?:ivs?|implied vol(?:atility)?)\b/], ['delta', /\bdeltas?\b/], ['gamma', /\bgammas?\b/], ['theta', /\bthetas?\b/], ['vega', /\bvegas?\b/], ['volume', /\bvolumes?\b/],
  ['price', /\b(?:price|premium|ltp|quote|rate|bid|ask|cost|trading|worth|bhav)\b/],
];
/** Of one strike "added" is how its open interest changed. */
const writtenSaid = /\b(?:added|adding|shed|written|unwound|closed out)\b/;
const contract = /\b(\d{2,6}(?:\.\d+)?)\s*-?\s*(ce|pe|calls?|puts?)\b|\b(ce|calls?|pe|puts?)\s+(?:option\s+)?(?:at|of|strike)?\s*(\d{2,6}(?:\.\d+)?)\b/;
const strikeSaid = /\b(?:at|of|on)\s+(?:the\s+)?(\d{2,6}(?:\.\d+)?)\b|\b(\d{2,6}(?:\.\d+)?)\s+strike\b|\bstrike\s+(?:of\s+)?(\d{2,6}(?:\.\d+)?)\b/;
const sideSaid = /\b(calls?|ce|puts?|pe)\b/;
/** "above 24600", "between 24000 and 25000", "24600 and up": the strikes that are added up. */
const bounds: readonly [RegExp, (first: number, second: number) => StrikeBounds][] = [
  [/\b(?:between|from)\s+(\d{2,6}(?:\.\d+)?)\s+(?:strikes?\s+)?(?:and|to|till)\s+(\d{2,6}(?:\.\d+)?)\b/, (first, second) => ({ above: Math.min(first, second), below: Math.max(first, second), inclusive: true })],
  [/\b(?:at (?:or|and) (?:above|over)|from)\s+(?:the\s+)?(\d{2,6}(?:\.\d+)?)\b(?:\s+(?:up|upwards?|onwards?))?|\b(\d{2,6}(?:\.\d+)?)\s+(?:strikes?\s+)?(?:and|or)\s+(?:above|up|upwards|higher|over|more)\b/, (first) => ({ above: first, inclusive: true })],
  [/\b(?:at (?:or|and) (?:below|under)|up to|upto)\s+(?:the\s+)?(\d{2,6}(?:\.\d+)?)\b|\b(\d{2,6}(?:\.\d+)?)\s+(?:strikes?\s+)?(?:and|or)\s+(?:below|under|lower|less)\b/, (first) => ({ below: first, inclusive: true })],
  [/\b(?:above|over|beyond|(?:higher|greater|more) than)\s+(?:the\s+|strikes?\s+)*(\d{2,6}(?:\.\d+)?)\b/, (first) => ({ above: first })],
  [/\b(?:below|under|beneath|(?:lower|less) than)\s+(?:the\s+|strikes?\s+)*(\d{2,6}(?:\.\d+)?)\b/, (first) => ({ below: first })],
];
interface StrikeBounds { above?: number; below?: number; inclusive?: boolean }
function boundsIn(rest: string): { said: string; bounds: StrikeBounds } | null {
  for (const [pattern, meant] of bounds) {
    const found = pattern.exec(rest);
    if (found) { const [first = Number.NaN, second = Number.NaN] = found.slice(1).filter((group) => group !== undefined).map(Number); return { said: found[0], bounds: meant(first, second) }; }
  }
  return null;
}
/** What can be added up over strikes. */
const summable: ReadonlySet<OptionFact> = new Set<OptionFact>(['openInterest', 'buildUp', 'volume']);
/** What may stand beside a fact without changing what is asked. */
const beside = new Set('what whats is are was were the a an of for in on at to by from and me my show give tell get please now today current latest this these that nearest near next weekly monthly week month expiry series contract option options chain strike strikes level levels value values price total sum overall where which how much many there until till expire expires it its with atm index spot s do does has have change changes changed since yesterday up down both sides call calls put puts ce pe being trading available listed there all list open building build buildup built added adding addition additions unwinding unwound writing writers fresh new saw seen aur ka ki ke ltp oi iv stand stands right most highest lost fell dropped reduced decreased gained rose increased far away distance difference between than biggest largest'.split(' '));

export interface OptionQuestion extends StrikeBounds { measure?: OptionFact; strike?: number; right?: 'call' | 'put' }

/** A question for one thing that an option chain says; null where more is said than that. `rest` is the sentence without names, dates and accounts. */
export function optionQuestion(said: string): OptionQuestion | null {
  const within = boundsIn(said);
  const rest = within ? said.replace(within.said, ' ') : said;
  const named = contract.exec(rest);
  const strike = Number(named?.[1] ?? named?.[4] ?? strikeSaid.exec(rest)?.slice(1).find((group) => group !== undefined) ?? Number.NaN);
  const hasStrike = Number.isFinite(strike);
  const fact = facts.find(([measure, said]) => said.test(rest) && !(measure === 'buildUp' && named)) ?? (sideSaid.test(rest) && writtenSaid.test(rest) ? (['openInterest', writtenSaid] as const) : undefined);
  // A bare figure is a strike only beside something that options alone have.
  if (!fact && !named) return null;
  const [measure] = fact ?? ['price' as const];
  if (within && (named || hasStrike || !summable.has(measure))) return null;
  // More than one thing asked of a contract: its quote tells them all.
  if (!named && (measure === 'price' || (measure === 'volume' && !sideSaid.test(rest)) || (hasStrike && measure === 'forward'))) return null;
  const left = rest.replace(fact?.[1] ?? /$^/, ' ').replace(named ? contract : strikeSaid, ' ').split(/[^a-z0-9]+/).filter((word) => word !== '' && !beside.has(word) && !(measure === 'pcr' && /^(?:volumes?|open|interest)$/.test(word)));
  if (left.length > 0) return null;
  const side = named?.[2] ?? named?.[3] ?? sideSaid.exec(rest)?.[1];
  const right = side === undefined || measure === 'pcr' ? undefined : /^(?:c)/.test(side) ? 'call' as const : 'put' as const;
  return { measure, ...within?.bounds, ...(hasStrike ? { strike } : {}), ...(right === undefined ? {} : { right }) };
}

/** Follow-ups on the structure that was just shown: its answer has all of these. */
export const aboutStructure = /^(?:and |so )?(?:what(?:'s| is| are| was)? |show |tell me )?(?:the |its |my )?(?:max(?:imum)? (?:loss|profit|risk|gain|reward)|break[\s-]?evens?|pop|probability(?: of profit)?|chance(?: of profit)?|odds|pay ?off|net (?:premium|credit|debit)|premium|credit|margin|legs|greeks|cost|risk(?: reward)?)(?: points?| levels?)?(?: on it| of it| here| needed| required)?$/;
