import stored from './weights.json' with { type: 'json' };

/**
 * A linear reader of sentences: what each feature says for and against each label. Fitted by `npm run likeness`, stored as
 * `weights.json`; nothing is learnt while the desk runs.
 */
export interface Weights {
  /** An intent's kind and the slots that the wording gives: `quote field=last`. */
  labels: readonly string[];
  /** What each label has before anything is said. */
  bias: Float32Array;
  /** Rarity of each feature (inverse document frequency), and where its weights begin in `label` and `value`. */
  features: ReadonlyMap<string, { rarity: number; from: number; to: number }>;
  label: Uint16Array;
  value: Float32Array;
}

/** Whole numbers as stored: rarities in sixteenths, weights and biases in hundredths. */
export interface StoredWeights { labels: string[]; bias: number[]; features: string[]; rarity: string; counts: string; label: string; value: string }
export const sixteenths = 16;
export const hundredths = 100;

const bytes = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));
export function readWeights(from: StoredWeights): Weights {
  const rarity = bytes(from.rarity);
  const counts = new Uint16Array(bytes(from.counts).buffer);
  let at = 0;
  const features = new Map(from.features.map((feature, k) => {
    const begins = at;
    at += counts[k] ?? 0;
    return [feature, { rarity: (rarity[k] ?? 0) / sixteenths, from: begins, to: at }] as const;
  }));
  return {
    labels: from.labels, bias: Float32Array.from(from.bias, (each) => each / hundredths), features,
    label: new Uint16Array(bytes(from.label).buffer), value: Float32Array.from(new Int8Array(bytes(from.value).buffer), (each) => each / hundredths),
  };
}

/** Digest of the sentences that the weights were fitted on. */
export const fittedOn: string = stored.of;
let shipped: Weights | undefined;
/** The weights that come with the desk, read when they are first asked for. */
export const shippedWeights = (): Weights => (shipped ??= readWeights(stored));
