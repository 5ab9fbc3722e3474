import { address, number, text, whole } from './reader.ts';
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
  LANGSMITH_API_KEY: secret({ is: text, meaning: 'Traces and evals go to LangSmith; unset: they stay here' }),
  LANGSMITH_PROJECT: setting({ is: text, otherwise: 'parapet', meaning: 'Project in LangSmith' }),
};
