/**
 * `npm run likeness`: fits the reader of sentences by likeness on `scripts/likeness/sentences` and writes `agents/grammar/likeness/weights.json`.
 * `npm run likeness -- --without FILE`: fits on all others, says how it does on that one, and writes nothing.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { guess } from '../agents/grammar/likeness/guess.ts';
import { readWeights } from '../agents/grammar/likeness/weights.ts';
import { changesSomething } from '../agents/grammar/routes.ts';
import type { IntentKind } from '../agents/grammar/intents.ts';
import { fittedTo } from './likeness/fit.ts';
import { labelledSentences, sentenceOf, sentencesDigest } from './likeness/labelled-sentences.ts';

const changes = (kind: string): boolean => changesSomething(kind as IntentKind);
const without = process.argv[2] === '--without' ? process.argv[3] : undefined;
const all = labelledSentences(changes).map((each) => ({ ...each, sentence: sentenceOf(each.text) }));
const stored = fittedTo(all.filter(({ voices }) => voices !== without));
if (without === undefined) {
  const file = fileURLToPath(new URL('../agents/grammar/likeness/weights.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify({ of: sentencesDigest(), ...stored })}\n`);
  console.log(`${all.length} sentences, ${stored.labels.length} labels, ${stored.features.length} features`);
} else {
  const weights = readWeights(stored);
  const said = all.filter(({ voices }) => voices === without).map(({ label, sentence }) => { const { label: like, margin } = guess(sentence, weights); return { right: like === label, margin }; });
  const share = (list: readonly { right: boolean }[]): string => `${list.length} sentences, ${((100 * list.filter(({ right }) => right).length) / Math.max(1, list.length)).toFixed(1)} % right`;
  console.log(`${without}: ${share(said)}`);
  for (const least of [0.2, 0.4, 0.6, 0.8, 1]) console.log(`  margin of ${least} and more: ${share(said.filter(({ margin }) => margin >= least))}`);
}
