import { address, choice, number, text, whole } from './reader.ts';
import { optional, secret, setting, type Setting } from './setting.ts';

const AGENTS = ['SUPERVISOR', 'RESEARCH', 'ANALYST', 'PORTFOLIO', 'RISK', 'QA', 'INTAKE', 'JUDGE'] as const;
type AgentName = (typeof AGENTS)[number];

/** The same setting for every agent. */
const perAgent = <Suffix extends string>(suffix: Suffix, row: (agent: string) => Setting<string | null>): Record<`${AgentName}_${Suffix}`, Setting<string | null>> =>
  Object.fromEntries(AGENTS.map((agent) => [`${agent}_${suffix}`, row(agent.toLowerCase())])) as Record<`${AgentName}_${Suffix}`, Setting<string | null>>;

export const modelSettings = {
  OPENAI_API_KEY: secret({ is: text, meaning: 'Key of the model provider; unset: every agent is its deterministic twin' }),
  OPENAI_BASE_URL: optional({ is: address('https', 'http'), meaning: 'Any OpenAI-compatible provider; unset: OpenAI' }),
  OPENAI_MODEL: optional({ is: text, meaning: 'Model of every agent that names none of its own' }),
  ANALYST_LLM_TEMPERATURE: setting({ is: number(0, 2), otherwise: 0.3, unit: '', meaning: "Temperature of the analyst's model" }),
  LLM_MAX_TOKENS: setting({ is: whole(64, 200_000), otherwise: 2000, unit: 'tokens', meaning: 'Longest answer of a model' }),
  LLM_TIMEOUT_SECONDS: setting({ is: number(1, 600), otherwise: 30, unit: 'seconds', meaning: 'After this the twin answers' }),
  LLM_DAILY_BUDGET: optional({ is: number(0), unit: 'US dollars a day', meaning: 'After this the twins answer until midnight UTC; unset: no limit' }),
  ...perAgent('MODEL', (agent) => optional({ is: text, meaning: `Model of the ${agent} agent` })),
  ...perAgent('BASE_URL', (agent) => optional({ is: address('https', 'http'), meaning: `Provider of the ${agent} agent` })),
  ...perAgent('API_KEY', (agent) => secret({ is: text, meaning: `Key for the ${agent} agent's own provider; the common key is never sent to it` })),
  EMBEDDINGS: setting({ is: choice('hashed', 'openai', 'local'), otherwise: 'hashed', meaning: 'How texts become vectors for search: by hashed words, by an OpenAI-compatible provider, or by BGE small from disk' }),
  EMBEDDINGS_MODEL: setting({ is: text, otherwise: 'text-embedding-3-small', meaning: 'Model of the provider; after a change run `parapet index`' }),
  EMBEDDINGS_DIMENSION: setting({ is: whole(8, 2000), otherwise: 512, unit: 'numbers a vector', meaning: 'Dimension that the model is asked for, or has' }),
  EMBEDDINGS_BASE_URL: optional({ is: address('https', 'http'), meaning: 'Provider of vectors; unset: the common one' }),
  EMBEDDINGS_API_KEY: secret({ is: text, meaning: 'Key for it; the common key is never sent to a provider of its own' }),
  EMBEDDINGS_MODEL_DIR: optional({ is: text, unit: 'directory', meaning: 'Holds Xenova/bge-small-en-v1.5 for EMBEDDINGS=local; the package @huggingface/transformers must be installed, too' }),
  LANGSMITH_API_KEY: secret({ is: text, meaning: 'Traces and evals go to LangSmith; unset: they stay here' }),
  LANGSMITH_PROJECT: setting({ is: text, otherwise: 'parapet', meaning: 'Project in LangSmith' }),
};
