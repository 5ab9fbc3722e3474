import type { Configuration } from '../../ops/configuration.ts';
import { hashedEmbedder, type TextEmbedder } from '../../tools/recall/embedder.ts';
import { type LoadPackage, localEmbedder } from './local-embedder.ts';
import { openAiEmbedder } from './openai-embedder.ts';

export interface ChosenEmbedder { embedder: TextEmbedder; /** Why it is not the one that the settings ask for. */ note: string | null }

/** The embedder that the settings name; where it cannot be had, words are hashed, and the note says why. */
export async function chooseEmbedder(c: Configuration, load?: LoadPackage): Promise<ChosenEmbedder> {
  const instead = (why: string): ChosenEmbedder => ({ embedder: hashedEmbedder, note: `EMBEDDINGS=${c.EMBEDDINGS} cannot be had: ${why}; texts are compared by their hashed words` });
  if (c.EMBEDDINGS === 'hashed') return { embedder: hashedEmbedder, note: null };
  if (c.EMBEDDINGS === 'local') {
    const local = await localEmbedder(c.EMBEDDINGS_MODEL_DIR, load);
    return 'missing' in local ? instead(local.missing) : { embedder: local, note: null };
  }
  const apiKey = c.EMBEDDINGS_API_KEY ?? (c.EMBEDDINGS_BASE_URL === null ? c.OPENAI_API_KEY : null);
  // The common key goes to the common provider alone.
  if (apiKey === null && c.EMBEDDINGS_BASE_URL === null) return instead('there is no OPENAI_API_KEY');
  const baseUrl = c.EMBEDDINGS_BASE_URL ?? c.OPENAI_BASE_URL ?? 'https://api.openai.com/v1';
  return { embedder: openAiEmbedder({ baseUrl, apiKey: apiKey ?? 'none', model: c.EMBEDDINGS_MODEL, dimension: c.EMBEDDINGS_DIMENSION, timeoutMs: c.LLM_TIMEOUT_SECONDS * 1000 }), note: null };
}
