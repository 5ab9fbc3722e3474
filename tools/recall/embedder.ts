import { HASHED_DIMENSION, HASHED_MODEL, hashedEmbedding } from '../../desk/recall/hashed-embedding.ts';
import type { VectorModel } from '../../db/stores/embeddings.ts';

/** Turns texts into vectors of length 1. A provider that cannot be reached rejects. */
export interface TextEmbedder extends VectorModel {
  /** Below this cosine two texts have nothing to do with one another, by this model. */
  leastSimilarity: number;
  /** `purpose`: some models want questions and texts told apart. */
  embed(texts: readonly string[], purpose: 'query' | 'text'): Promise<Float32Array[]>;
}

/** The default: needs no model, no network and no weights. */
export const hashedEmbedder: TextEmbedder = {
  provider: 'hashed', model: HASHED_MODEL, dimension: HASHED_DIMENSION, leastSimilarity: 0.25,
  embed: (texts) => Promise.resolve(texts.map(hashedEmbedding)),
};
