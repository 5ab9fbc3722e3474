import { changesSomething } from './routes.ts';
import type { Sentence } from './sentence.ts';
import { table } from './table/index.ts';
import { spellOut, splitWords } from './words.ts';

const light = new Set('a an the i me my we our us you your it is are was were be do does did of in on for to at from by with and or what which who when where how why can could should would will please show tell give list this that these those any all now today have has had get got like look much many more going feel say says said saying think turn page here there still through into also too only just new latest current full want need explain remind read hit make makes made decent good point points key whole one been being then than so some every each other about up down out off over under if will shall must let go went come came put take took run walk bring pull list check see view send open pls am if keep keeping stand stands standing compared doing yet ever yes else quite really exactly roughly overall actually fresh something somewhere bit lot most of'.split(' '));
export const isLight = (word: string): boolean => light.has(word);

const known = table.filter((entry) => !changesSomething(entry.kind)).flatMap((entry) => entry.examples.map((example) => ({
  example, words: new Set(spellOut(splitWords(example)).map((word) => word.text).filter((word) => !light.has(word))),
})));

/** Up to three things that the desk does understand and that share words with what was said; else three to start with. */
export function didYouMean({ terms }: Sentence): string[] {
  const said = terms.flatMap((term) => term.text.split(' ')).filter((word) => !light.has(word));
  const near = known.map(({ example, words }) => ({ example, shared: said.filter((word) => words.has(word)).length / (words.size + 1) }))
    .filter(({ shared }) => shared > 0).toSorted((a, b) => b.shared - a.shared).slice(0, 3).map(({ example }) => example);
  return near.length > 0 ? near : ['what do I hold?', 'find me a trade', 'help'];
}
