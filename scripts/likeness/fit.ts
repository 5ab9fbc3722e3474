import { vectorOf } from '../../agents/grammar/likeness/guess.ts';
import { featuresOf } from '../../agents/grammar/likeness/features.ts';
import { hundredths, sixteenths, type StoredWeights } from '../../agents/grammar/likeness/weights.ts';
import type { Sentence } from '../../agents/grammar/sentence.ts';

export interface Example { label: string; sentence: Pick<Sentence, 'terms'> }

/** A feature seen in fewer sentences says nothing that would hold for others. */
const least = { word: 2, run: 3 };
/** How much a sentence on the wrong side of the margin costs beside the length of the weights. */
const cost = 0.7;
const rounds = 12;
/** Weights nearer to nothing than this are left out of the table; what is lost by it was measured to be nothing. */
const smallest = 0.05;

/**
 * One linear support vector machine (squared hinge loss) for each label against all others, by dual coordinate descent
 * (Hsieh et al., “A Dual Coordinate Descent Method for Large-scale Linear SVM”, ICML 2008). In a fixed order: the same sentences give the same table.
 */
export function fittedTo(examples: readonly Example[]): StoredWeights {
  const counts = new Map<string, number>();
  for (const { sentence } of examples) for (const feature of Object.values(featuresOf(sentence)).flat()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const kept = [...counts].filter(([feature, count]) => count >= (feature.startsWith('~') ? least.run : least.word)).map(([feature]) => feature).sort();
  const place = new Map(kept.map((feature, k) => [feature, k]));
  const rarity = Uint8Array.from(kept, (feature) => Math.min(255, Math.round(sixteenths * (Math.log((1 + examples.length) / (1 + (counts.get(feature) ?? 0))) + 1))));
  const rows = examples.map(({ sentence }) => {
    const vector = vectorOf(sentence, (feature) => { const at = place.get(feature); return at === undefined ? undefined : (rarity[at] ?? 0) / sixteenths; });
    return { at: Int32Array.from(vector, ({ feature }) => place.get(feature) ?? 0), value: Float64Array.from(vector, ({ value }) => value) };
  });
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const order = shuffled(rows.length);
  const columns = labels.map((label) => separate(rows, { isIt: examples.map((each) => each.label === label), features: kept.length, order }));

  const label: number[] = [];
  const value: number[] = [];
  const perFeature = kept.map((_, feature) => {
    const before = label.length;
    for (const [k, { weights }] of columns.entries()) {
      const weight = weights[feature] ?? 0;
      if (Math.abs(weight) < smallest) continue;
      label.push(k);
      value.push(Math.max(-127, Math.min(127, Math.round(weight * hundredths))));
    }
    return label.length - before;
  });
  const base64 = (array: Uint8Array | Uint16Array | Int8Array): string => Buffer.from(array.buffer).toString('base64');
  return {
    labels, bias: columns.map(({ bias }) => Math.round(bias * hundredths)), features: kept, rarity: base64(rarity),
    counts: base64(Uint16Array.from(perFeature)), label: base64(Uint16Array.from(label)), value: base64(Int8Array.from(value)),
  };
}

interface Row { at: Int32Array; value: Float64Array }
function separate(rows: readonly Row[], { isIt, features, order }: { isIt: readonly boolean[]; features: number; order: Int32Array }): { weights: Float64Array; bias: number } {
  const weights = new Float64Array(features);
  let bias = 0;
  const dual = new Float64Array(rows.length);
  const diagonal = 1 / (2 * cost);
  const norms = rows.map(({ value }) => value.reduce((sum, each) => sum + each * each, 1) + diagonal);
  for (let round = 0; round < rounds; round += 1) {
    for (const i of order) {
      const row = rows[i];
      if (!row) continue;
      const side = isIt[i] ? 1 : -1;
      let sum = bias;
      for (let k = 0; k < row.at.length; k += 1) sum += (weights[row.at[k] ?? 0] ?? 0) * (row.value[k] ?? 0);
      const now = dual[i] ?? 0;
      const slope = side * sum - 1 + diagonal * now;
      if (now === 0 && slope >= 0) continue;
      const next = Math.max(0, now - slope / (norms[i] ?? 1));
      const step = (next - now) * side;
      dual[i] = next;
      bias += step;
      for (let k = 0; k < row.at.length; k += 1) { const at = row.at[k] ?? 0; weights[at] = (weights[at] ?? 0) + step * (row.value[k] ?? 0); }
    }
  }
  return { weights, bias };
}

function shuffled(length: number): Int32Array {
  const order = Int32Array.from({ length }, (_, k) => k);
  let seed = 7;
  for (let i = length - 1; i > 0; i -= 1) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    const j = seed % (i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
