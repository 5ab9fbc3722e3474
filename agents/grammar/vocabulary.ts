import { wordTable } from '../../desk/market/word-table.ts';

/** Names that are neither symbols nor accounts: sectors, indicators, option structures, objectives. Said form → what it means. */
const sectorNames = [
  'energy', 'oil and gas', 'power', 'banks', 'banking', 'psu banks', 'private banks', 'financials', 'financial services', 'nbfc', 'nbfcs', 'insurance', 'tech', 'technology', 'software', 'pharma', 'pharmaceuticals', 'healthcare', 'hospitals',
  'auto', 'autos', 'automobile', 'automobiles', 'metals', 'metal', 'steel', 'mining', 'fmcg', 'consumer', 'consumer durables', 'consumer services', 'realty', 'real estate', 'cement', 'construction', 'infra', 'infrastructure', 'telecom', 'media', 'capital goods', 'chemicals',
  'textiles', 'tobacco', 'liquor', 'alcohol', 'sugar', 'defence', 'defense', 'railways', 'aviation', 'airlines', 'fertilisers', 'fertilizers', 'utilities', 'services', 'midcaps', 'smallcaps',
];
const sectorWords = sectorNames.map((name) => ({ name, words: name.split(' ') })).toSorted((a, b) => b.words.length - a.words.length);
export function sectorAt(words: readonly string[], at: number): { sector: string; length: number } | null {
  const found = sectorWords.find((entry) => entry.words.every((word, k) => words[at + k] === word));
  return found ? { sector: found.name, length: found.words.length } : null;
}
/** "it" is a word; `IT` is a sector when it is typed so, or when the next word says that it is one. */
export const sectorFollows: ReadonlySet<string> = new Set(['sector', 'stocks', 'shares', 'names', 'exposure', 'pack', 'space', 'companies', 'weight', 'services']);

/** Said in the singular in front of such a word: "bank stocks", "the oil sector". */
const singular: Record<string, string> = wordTable({ 'psu bank': 'psu banks', 'private bank': 'private banks', 'public sector bank': 'psu banks', 'private sector bank': 'private banks', bank: 'banks', oil: 'oil and gas', financial: 'financials', railway: 'railways', airline: 'airlines', chemical: 'chemicals', textile: 'textiles', fertiliser: 'fertilisers', midcap: 'midcaps', smallcap: 'smallcaps' });
const singularForms = Object.entries(singular).map(([form, sector]) => ({ words: form.split(' '), sector }));
export function singularSectorAt(words: readonly string[], at: number): { sector: string; length: number } | null {
  const found = singularForms.find((form) => form.words.every((word, k) => words[at + k] === word) && sectorFollows.has(words[at + form.words.length] ?? ''));
  return found ? { sector: found.sector, length: found.words.length } : null;
}

const indicatorForms: Record<string, string> = wordTable({
  rsi: 'rsi', atr: 'atr', macd: 'macd', adx: 'adx', vwap: 'vwap', sma: 'sma', ema: 'ema', dma: 'sma', roc: 'roc', bollinger: 'bbands', 'bollinger bands': 'bbands', bbands: 'bbands', 'moving average': 'sma', 'moving averages': 'sma', supertrend: 'supertrend', 'simple moving average': 'sma', 'exponential moving average': 'ema', 'exponential average': 'ema', 'rate of change': 'roc', 'relative strength index': 'rsi', 'average true range': 'atr',
});
const structureForms: Record<string, string> = Object.fromEntries([
  'iron condor', 'bull put spread', 'bear call spread', 'bull call spread', 'bear put spread', 'covered call', 'protective put', 'straddle', 'long straddle', 'short straddle', 'strangle', 'long strangle', 'short strangle', 'calendar spread', 'butterfly', 'ratio spread', 'bull put', 'bear call', 'bull call', 'bear put', 'iron butterfly', 'collar', 'put spread', 'call spread', 'condor',
].map((name) => [name, name.replace(/^(bull|bear) (put|call)$/, '$1 $2 spread').replace(/^condor$/, 'iron condor')]));
/** "Sell a straddle": a structure that is bought unless it is said to be sold. */
export const sideSaid = (structure: string, said: string): string => (['straddle', 'strangle'].includes(structure) && /\b(sell|selling|sold|short|shorting|write|writing)\b/i.test(said) ? `short ${structure}` : structure);
const objectiveForms: Record<string, string> = wordTable({
  balanced: 'BALANCED', 'max profit': 'MAX_PROFIT', 'maximum profit': 'MAX_PROFIT', aggressive: 'MAX_PROFIT', 'minimum risk': 'RISK_MINIMIZED', 'low risk': 'RISK_MINIMIZED', 'risk minimized': 'RISK_MINIMIZED', 'risk minimised': 'RISK_MINIMIZED', conservative: 'RISK_MINIMIZED', defensive: 'RISK_MINIMIZED',
});

const longestFirst = (forms: Record<string, string>): { words: string[]; meaning: string }[] =>
  Object.entries(forms).map(([form, meaning]) => ({ words: form.split(' '), meaning })).toSorted((a, b) => b.words.length - a.words.length);
const lists = { indicator: longestFirst(indicatorForms), structure: longestFirst(structureForms), objective: longestFirst(objectiveForms) };
export function listedAt(list: keyof typeof lists, words: readonly (string | null)[], at: number): { value: string; length: number }[] {
  return lists[list].filter((entry) => entry.words.every((word, k) => words[at + k] === word)).map((entry) => ({ value: entry.meaning, length: entry.words.length }));
}
export const risingWords: ReadonlySet<string> = new Set('rises rise gains gain up rallies rally jumps jump climbs climb rose higher surges surge'.split(' '));
export const fallingWords: ReadonlySet<string> = new Set('falls fall drops drop crash crashes down correction corrects dips dip loses tanks tank slides slide fell gap decline declines lower giray gire gira'.split(' '));
export const listedWords: readonly string[] = [...Object.keys(indicatorForms), ...Object.keys(structureForms), ...Object.keys(objectiveForms), ...sectorNames, ...risingWords, ...fallingWords].flatMap((form) => form.split(' '));
