import type { FundScheme } from '../../desk/market/published-facts.ts';
import { likeness } from './resolve-name.ts';

export type FundMatch = { kind: 'one'; scheme: FundScheme } | { kind: 'several'; schemes: FundScheme[] } | { kind: 'unknown'; near: FundScheme[] };

/** Words that say nothing about which scheme it is. */
const filler: ReadonlySet<string> = new Set('fund funds scheme plan option the of mutual mf a an and open ended formerly known as erstwhile'.split(' '));
/** What tells the plans of one scheme apart. */
const planWords: ReadonlySet<string> = new Set('direct regular growth idcw dividend payout reinvestment monthly quarterly weekly daily fortnightly annual half yearly bonus institutional retail income distribution cum capital withdrawal'.split(' '));
const spellings: Readonly<Record<string, string>> = { flexicap: 'flexi cap', smallcap: 'small cap', midcap: 'mid cap', largecap: 'large cap', multicap: 'multi cap', bluechip: 'blue chip', ppfas: 'parag parikh', pru: 'prudential', dir: 'direct', reg: 'regular', gr: 'growth', div: 'dividend', absl: 'aditya birla sun life' };

const wordsOf = (name: string): string[] => name.toLowerCase().replace(/['’]/g, '').replace(/[^a-z0-9]+/g, ' ').trim().split(' ').flatMap((word) => (spellings[word] ?? word).split(' ')).filter((word) => word !== '' && !filler.has(word));

/** Each word that a scheme has and nobody said costs this much: of two that answer, the shorter name is the more likely one. */
const unsaidCost = 0.06;
/** How much better than the next one must be to be meant, of 1. */
const margin = 0.05;
/** A word this alike counts as the same with a slip. */
const alikeEnough = 0.8;
const mostShown = 8;

/** How well a word said answers one of the name's: 1 the same, less for a beginning or a slip, 0 for another. */
function alike(said: string, word: string): number {
  if (said === word) return 1;
  if (/\d/.test(said) || planWords.has(word)) return 0;
  if (said.length >= 3 && word.startsWith(said)) return 0.95;
  const close = said.length >= 5 ? likeness(said, word) : 0;
  return close >= alikeEnough ? close : 0;
}

/**
 * The scheme that words mean: by its number or ISIN, or the one whose name answers every word said, better than any other by a
 * margin. Plans of one scheme (direct or regular, growth or income) have values of their own, so a name that leaves them open is several.
 */
export function fundNamed(said: string, schemes: readonly FundScheme[]): FundMatch {
  const direct = schemes.find(({ scheme, isin }) => scheme === said.trim() || (isin !== null && isin === said.trim().toUpperCase()));
  if (direct) return { kind: 'one', scheme: direct };
  const query = wordsOf(said);
  if (query.length === 0) return { kind: 'unknown', near: [] };
  const scored = schemes.map((scheme) => {
    const words = wordsOf(scheme.name);
    const best = query.map((each) => Math.max(0, ...words.map((word) => alike(each, word))));
    const unsaid = words.filter((word) => !planWords.has(word) && !query.some((each) => alike(each, word) > 0)).length;
    return { scheme, found: best.filter((score) => score > 0).length, score: best.reduce((sum, score) => sum + score, 0) / query.length - unsaidCost * unsaid };
  }).toSorted((a, b) => b.score - a.score || (a.scheme.name < b.scheme.name ? -1 : 1));
  const whole = scored.filter(({ found }) => found === query.length);
  const [first] = whole;
  if (!first) return { kind: 'unknown', near: scored.filter(({ found }) => found * 2 > query.length).slice(0, 5).map(({ scheme }) => scheme) };
  const level = whole.filter(({ score }) => first.score - score < margin).map(({ scheme }) => scheme);
  return level.length === 1 ? { kind: 'one', scheme: first.scheme } : { kind: 'several', schemes: level.slice(0, mostShown) };
}
