import type { Sentence } from '../sentence.ts';
import { featuresOf } from './features.ts';
import type { Weights } from './weights.ts';

/** What a sentence is most like. `margin`: by how much more than the next; about 0.8 and more is hardly ever wrong, 0 is a toss. */
export interface Guess { label: string; next: string; margin: number }

/** Each feature by its rarity, words and runs of letters scaled to length 1 apart: the vector that the weights were fitted on. */
export function vectorOf(sentence: Pick<Sentence, 'terms'>, rarityOf: (feature: string) => number | undefined): { feature: string; value: number }[] {
  const { words, runs } = featuresOf(sentence);
  return [words, runs].flatMap((list) => {
    const known = list.flatMap((feature) => { const rarity = rarityOf(feature); return rarity === undefined ? [] : [{ feature, value: rarity }]; });
    const length = Math.hypot(...known.map(({ value }) => value));
    return known.map(({ feature, value }) => ({ feature, value: value / length }));
  });
}

export function guess(sentence: Pick<Sentence, 'terms'>, weights: Weights): Guess {
  const sums = Float64Array.from(weights.bias);
  for (const { feature, value } of vectorOf(sentence, (name) => weights.features.get(name)?.rarity)) {
    const { from, to } = weights.features.get(feature) ?? { from: 0, to: 0 };
    for (let k = from; k < to; k += 1) { const label = weights.label[k] ?? 0; sums[label] = (sums[label] ?? 0) + value * (weights.value[k] ?? 0); }
  }
  let [first, second] = [0, 1];
  if ((sums[1] ?? 0) > (sums[0] ?? 0)) [first, second] = [1, 0];
  for (let k = 2; k < sums.length; k += 1) {
    if ((sums[k] ?? 0) > (sums[first] ?? 0)) { second = first; first = k; } else if ((sums[k] ?? 0) > (sums[second] ?? 0)) second = k;
  }
  return { label: weights.labels[first] ?? '', next: weights.labels[second] ?? '', margin: (sums[first] ?? 0) - (sums[second] ?? 0) };
}
