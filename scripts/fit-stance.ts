/**
 * `node scripts/fit-stance.ts`: fits the stance lexicon (`desk/tagging/stance-weights.ts`) on the part `fit` of the labelled headlines, prints how
 * it does on `tune`, and writes the table. Multinomial logistic regression, AdaGrad with an L1 pull to zero, in a fixed order,
 * so that the same headlines give the same table. The part `test` is not looked at here; `npm run bench -- tagger` measures on it.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { headlineTerms } from '../desk/tagging/headline-words.ts';
import { headlinesAreHere, type LabelledHeadline, labelledHeadlines, STANCES } from './tagging/labelled-headlines.ts';
import { scoresOf } from './tagging/scores.ts';

const leastCount = Number(process.argv[2] ?? 3);
const pull = Number(process.argv[3] ?? 0.003);
const rounds = 12;
const step = 0.15;

/** `scale`: as `readStance` has it, by all terms, those without a weight too. */
interface Example { terms: string[]; label: number; scale: number }
/** Where one company is named, also without knowing which words are its name: at run time it may be one that nobody lists. */
const examplesOf = ({ title, entity, others, stance }: LabelledHeadline): Example[] => [entity, ...(others.length === 0 ? [null] : [])].map((subject) => {
  const terms = headlineTerms({ text: title, subject, others });
  return { terms, label: STANCES.indexOf(stance), scale: 1 / Math.sqrt(terms.length + 1) };
});

function fitted(examples: readonly Example[]): Map<string, number[]> {
  const counts = new Map<string, number>();
  for (const { terms } of examples) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const kept = examples.map(({ terms, ...rest }) => ({ ...rest, terms: ['^', ...terms.filter((term) => (counts.get(term) ?? 0) >= leastCount)] }));
  const weights = new Map<string, number[]>();
  const squares = new Map<string, number[]>();
  let seed = 7;
  const random = (): number => { seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff; return seed / 0x7fff_ffff; };
  for (let round = 0; round < rounds; round += 1) {
    const order = kept.map((_, i) => i);
    for (let i = order.length - 1; i > 0; i -= 1) { const j = Math.floor(random() * (i + 1)); [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0]; }
    for (const i of order) {
      const { terms, label, scale } = kept[i] as Example;
      const sums = STANCES.map((_, k) => terms.reduce((sum, term) => sum + (weights.get(term)?.[k] ?? 0) * scale, 0));
      const powers = sums.map((sum) => Math.exp(sum - Math.max(...sums)));
      const all = powers.reduce((a, b) => a + b, 0);
      for (const term of terms) {
        const weight = weights.get(term) ?? STANCES.map(() => 0);
        const square = squares.get(term) ?? STANCES.map(() => 0.01);
        for (const k of STANCES.keys()) {
          const slope = ((powers[k] ?? 0) / all - (label === k ? 1 : 0)) * scale;
          square[k] = (square[k] ?? 0) + slope * slope;
          const size = step / Math.sqrt(square[k] ?? 1);
          const moved = (weight[k] ?? 0) - size * slope;
          weight[k] = Math.sign(moved) * Math.max(0, Math.abs(moved) - size * pull);
        }
        weights.set(term, weight);
        squares.set(term, square);
      }
    }
  }
  return weights;
}

if (!headlinesAreHere()) { console.error('the labelled headlines are not here'); process.exit(1); }
const labelled = labelledHeadlines();
const weights = fitted(labelled.filter(({ part }) => part === 'fit').flatMap(examplesOf));
const table = [...weights].map(([term, [up = 0, down = 0, neither = 0]]) => ({ term, up: Math.round(100 * (up - neither)), down: Math.round(100 * (down - neither)) })).filter(({ up, down }) => Math.max(Math.abs(up), Math.abs(down)) >= 5).sort((a, b) => (a.term < b.term ? -1 : 1));
const rows = table.map(({ term, up, down }) => `${term}~${up}~${down}`);
const lines = Array.from({ length: Math.ceil(rows.length / 40) }, (_, i) => rows.slice(40 * i, 40 * i + 40).join('|'));
const file = fileURLToPath(new URL('../desk/tagging/stance-weights.ts', import.meta.url));
writeFileSync(file, `/** Made by \`node scripts/fit-stance.ts\`; not edited by hand. \`term~bullish~bearish\`, hundredths against neutral; \`^\` is what holds without any term. */\nexport const STANCE_WEIGHTS = \`\n${lines.join('\n')}\n\`;\n`);
const { readStance } = (await import('../desk/tagging/read-stance.ts'));
const tune = labelled.filter(({ part }) => part === 'tune');
const scores = scoresOf(STANCES, tune.map(({ title, entity, others, stance }) => ({ said: readStance({ text: title, subject: entity, others }).stance, is: stance })));
const unnamed = tune.filter(({ others }) => others.length === 0);
const without = scoresOf(STANCES, unnamed.map(({ title, stance }) => ({ said: readStance({ text: title, subject: null }).stance, is: stance })));
console.log(`${rows.length} terms; tune: ${JSON.stringify(scores)}; without the name: ${JSON.stringify(without)}`);
