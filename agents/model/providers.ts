import type { Configuration } from '../../ops/configuration.ts';
import type { AgentName } from '../grammar/routes.ts';

/** The agents that a model can speak for. */
export type ModelAgent = 'Supervisor' | Exclude<AgentName, 'Desk'>;

export interface Provider {
  baseUrl: string; apiKey: string; model: string;
  /** Null: the model takes none but its own. */
  temperature: number | null;
  maxTokens: number;
}

const openAi = 'https://api.openai.com/v1';
/** Where nobody names a model. */
const defaultModel = 'gpt-4.1-mini';
const takesNoTemperature = /^(o\d|gpt-5)/;

/**
 * Where an agent's model is asked, in order: its own provider, then the common one with its own model, then the common one as it is.
 * None: the agent is its twin. The common key goes to the common provider alone.
 */
export function providersFor(agent: ModelAgent, c: Configuration): Provider[] {
  const prefix = agent.toUpperCase() as Uppercase<ModelAgent>;
  const [ownModel, ownBase, ownKey] = [c[`${prefix}_MODEL`], c[`${prefix}_BASE_URL`], c[`${prefix}_API_KEY`]];
  const common = { baseUrl: c.OPENAI_BASE_URL ?? openAi, model: c.OPENAI_MODEL ?? defaultModel };
  const wanted = agent === 'Analyst' ? c.ANALYST_LLM_TEMPERATURE : 0;
  const provider = (row: Pick<Provider, 'baseUrl' | 'apiKey' | 'model'>): Provider => ({ ...row, temperature: takesNoTemperature.test(row.model) ? null : wanted, maxTokens: c.LLM_MAX_TOKENS });
  const chain = [
    // A provider in one's own network often wants no key; the header must be there all the same.
    ...(ownBase || ownKey ? [provider({ baseUrl: ownBase ?? common.baseUrl, apiKey: ownKey ?? 'none', model: ownModel ?? common.model })] : []),
    ...(c.OPENAI_API_KEY && ownModel && !ownBase ? [provider({ baseUrl: common.baseUrl, apiKey: c.OPENAI_API_KEY, model: ownModel })] : []),
    ...(c.OPENAI_API_KEY ? [provider({ ...common, apiKey: c.OPENAI_API_KEY })] : []),
  ];
  const same = (a: Provider, b: Provider): boolean => a.baseUrl === b.baseUrl && a.model === b.model && a.apiKey === b.apiKey;
  return chain.filter((each, index) => chain.findIndex((other) => same(other, each)) === index);
}
