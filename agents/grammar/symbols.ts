import { likeness } from './spelling.ts';

/** What a name stands for. Implemented by the linker over the symbol master; a guess is never `one`. */
export interface SymbolResolver {
  resolve(name: string):
    | { kind: 'one'; symbol: string; name: string }
    | { kind: 'ambiguous'; candidates: readonly { symbol: string; name: string }[] }
    | { kind: 'unknown'; near: readonly { symbol: string; name: string }[]; /** The whole name is a company's that is not listed here, so no part of it is meant; what became of it, in a sentence or empty. */ elsewhere?: string };
}
export type Resolution = ReturnType<SymbolResolver['resolve']>;

/** A resolver that looks each name up once a sentence: names that are unknown are costly to look up. */
export function remembered(resolver: SymbolResolver): SymbolResolver {
  const seen = new Map<string, Resolution>();
  return {
    resolve(name) {
      const found = seen.get(name) ?? resolver.resolve(name);
      seen.set(name, found);
      return found;
    },
  };
}

const legal = /\b(ltd|limited|inc|corp|corporation|co|company|plc)\b\.?/g;
const plain = (text: string): string => text.toLowerCase().replace(legal, '').replace(/[^a-z0-9&]+/g, ' ').trim();
/** Whether the words are the ticker itself or the company's whole name, so that nothing was guessed. */
export const namedExactly = (said: string, found: { symbol: string; name: string }): boolean =>
  said.toUpperCase().replace(/\s/g, '') === found.symbol.toUpperCase() || plain(said) === plain(found.name);

/**
 * Whether a name looks like a slip of the symbol or company that it was taken for. Resolvers may forgive a slip in a question;
 * an order is not sent for a name that was spelt wrong.
 */
export function looksMisspelt(said: string, found: { symbol: string; name: string }): boolean {
  if (namedExactly(said, found)) return false;
  const name = plain(said);
  const company = plain(found.name);
  const symbol = found.symbol.toLowerCase();
  if (symbol.startsWith(name) || `${company} `.startsWith(`${name} `)) return false;
  const beginning = company.split(' ').slice(0, name.split(' ').length).join(' ');
  return [symbol, company, beginning].some((form) => likeness(name, form) >= 0.7);
}

/**
 * English and desk words that tickers share or that companies' names begin with: typed in lower case they are words.
 * (`IDEA`, `TAKE`, `TOTAL`, `BETA`, `FOCUS`, `OIL`, `STAR` are all listed.) The grammar's own words are added to these.
 */
const everyday = `a about above across actually add after again ago all almost also always am amount an and another any anyone anything anyway apart are around as ask at away
back bad balance bank banks base be beat because been before behind being below best beta better between big bit bite book both bottom bring broad bull bear but buy by call came can care carry
case catch change cheap check choose clean clear close come company cost could crash crazy crore cross current cut daily day days deal deep delta did difference dip dividend do does doing dollar done dont double down draw drop due during
each earlier early earn easy either else end energy enough enter entry etc even ever every everyone exactly excel exit expect extra fact fair fall falls far fast feel few field fill fin find fine first fix flat focus follow food for forget free friend from full fund funds further future
gain gas gave get give given global globe go goes going gold good got great green gross group grow guess guy had half happen hard has have he hear hedge held hello help her here hi high him his hit hold home hope hot hour how huge
i idea ideas if in india indian industries info input insane instead interest into invest investor is issue it its job join joke just keep key kind know known lakh large last late later learn least leave left less let level life like limited line link list little live loan long look lose loss lot loud love low lower luck
made main make many mark market matter max may maybe me mean media metal might min mine minute miss moment money month more most move much music must my name near need net never new news next nice night no none normal north nor not note nothing now number
of off offer often oh oil ok old on once one only open option or order other ought our out over own owner page paid pair panic part party pass past pay people per perfect person phone pick piece place plan play please point poor position power pretty price prime profit proper push put
quality question quick quiet quite race rain raise rally random rate ratio reach read ready real really reason recent red remain rest result retail return rich ride right rise risk road room round route rule run safe said sale same save say says scale sea sec second sector see seem sell send sent set settle shall share shares she short should show side sigma since sit site size slow small so soft some something soon sorry sound south spot stand star start state stay steady steel step still stock stocks stop strategy strong stuff such sugar sun supreme sure swing system
take taken talk target tax team tech tell term test text than thank that the their them then there these they thing things think this those though thought three through thus tick till time tip tips to today together told tomorrow tone too took top total touch toward tower trade trader trades train trend tried true trust try turn two type under understand unit until up upon us use used usual value very veto via view volume wait walk want was watch water way we wealth weak weather week well went were what wheels when where which while white who whole whom why wide will win wise wish with within without word work world worry worth would write wrong year yes yesterday yet you young your zone
sone matlab acha accha theek thik hua hoga gaya raha rahi rahe wapas aur lekin agar toh se pas paas liya diya lo do de le lena dena chahiye jao nikal upar neeche niche idhar udhar kuch koi mujhe hum tum aap isko usko iska uska abhi phir kal mahina saal paanch das bees pachas
already nobody somebody hate love cheapest cheaper improving worried plate restaurant nearby minister prime cab triggers kaha ne aayenge dominates expensive angry happy tired nice worst great terrible awful thinking hoping planning president government election morning evening afternoon yesterday mumbai delhi bombay weather cricket movie song dog cat lunch dinner coffee`.split(/\s+/);
const everydayWords = new Set(everyday);
/** Those of the words above, and of the grammar's, that some exchange lists as tickers: the only ones worth a look in a symbol's place. */
const everydayTickers = new Set('ace advance bang beta campus clean crest crown cub cupid den dollar excel fact focus fusion global globe idea magnum max oil par premier race rain retail route safari sigma star supreme take tips total veto wealth wheels'.split(' '));
export const mayBeTicker = (word: string): boolean => everydayTickers.has(word);
export const isEveryday = (word: string): boolean => everydayWords.has(word);
