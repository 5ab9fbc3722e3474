import { OpenAIEmbeddings } from '@langchain/openai';
import type { TextEmbedder } from '../../tools/recall/embedder.ts';

export interface OpenAiEmbedderInput { baseUrl: string; apiKey: string; model: string; dimension: number; timeoutMs: number }

const perRequest = 128;
/** Models whose vectors can be asked for in fewer dimensions; others answer in their own. */
const takesDimensions = /^text-embedding-3/;

/** Any provider that speaks OpenAI's `/embeddings`. Rejects when it does not answer in time or answers in another dimension. */
export function openAiEmbedder({ baseUrl, apiKey, model, dimension, timeoutMs }: OpenAiEmbedderInput): TextEmbedder {
  const client = new OpenAIEmbeddings({
    model, apiKey, batchSize: perRequest, timeout: timeoutMs, maxRetries: 2, encodingFormat: 'float', ...(takesDimensions.test(model) ? { dimensions: dimension } : {}),
    // Said in full: what is left out, the client would take from the machine's environment.
    configuration: { baseURL: baseUrl, organization: null, project: null, logLevel: 'off' },
  });
  return {
    // Vectors of another dimension are another model's: they cannot be compared.
    provider: 'openai', model: `${model}/${dimension}`, dimension, leastSimilarity: 0.25,
    async embed(texts) {
      const vectors = await client.embedDocuments([...texts]);
      return vectors.map((vector) => {
        if (vector.length !== dimension) throw new Error(`${model} answers in ${vector.length} dimensions, not ${dimension}; set EMBEDDINGS_DIMENSION`);
        return scaled(Float32Array.from(vector));
      });
    },
  };
}

/** To length 1; a vector of nothing stays nothing. */
function scaled(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
}
