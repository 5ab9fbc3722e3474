import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TextEmbedder } from '../../tools/recall/embedder.ts';

/** BGE small, English: 384 dimensions; a question is told from a text by this sentence before it. */
export const LOCAL_MODEL = 'Xenova/bge-small-en-v1.5';
const dimension = 384;
const askedAs = 'Represent this sentence for searching relevant passages: ';
const packageName = '@huggingface/transformers';
const perBatch = 32;

/** What is used of transformers.js. */
interface Transformers {
  env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(task: 'feature-extraction', model: string, options: { dtype: 'q8' }): Promise<(texts: string[], options: { pooling: 'cls'; normalize: true }) => Promise<{ tolist(): number[][] }>>;
}
export type LoadPackage = (name: string) => Promise<unknown>;
const fromDisk: LoadPackage = (name) => import(name);

/**
 * BGE small on this machine, by transformers.js, when both the package and the weights are on disk: `folder` holds `Xenova/bge-small-en-v1.5` as it is
 * published. Nothing is fetched. Otherwise the sentence that says what is missing.
 */
export async function localEmbedder(folder: string | null, load: LoadPackage = fromDisk): Promise<TextEmbedder | { missing: string }> {
  if (folder === null) return { missing: 'EMBEDDINGS_MODEL_DIR names no folder with the weights' };
  const weights = join(folder, LOCAL_MODEL, 'onnx', 'model_quantized.onnx');
  if (!existsSync(weights)) return { missing: `${weights} is not there` };
  let transformers: Transformers;
  try { transformers = (await load(packageName)) as Transformers; } catch { return { missing: `the package ${packageName} is not installed` }; }
  transformers.env.allowRemoteModels = false;
  transformers.env.localModelPath = folder;
  const extract = await transformers.pipeline('feature-extraction', LOCAL_MODEL, { dtype: 'q8' });
  return {
    provider: 'local', model: LOCAL_MODEL, dimension, leastSimilarity: 0.55,
    async embed(texts, purpose) {
      const vectors: Float32Array[] = [];
      for (let at = 0; at < texts.length; at += perBatch) {
        const batch = texts.slice(at, at + perBatch).map((text) => (purpose === 'query' ? `${askedAs}${text}` : text));
        vectors.push(...(await extract(batch, { pooling: 'cls', normalize: true })).tolist().map((values) => Float32Array.from(values)));
      }
      return vectors;
    },
  };
}
