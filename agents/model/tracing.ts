import type { Configuration } from '../../ops/configuration.ts';

const ofTheLibraries = /^(LANGSMITH|LANGCHAIN)_/;

/**
 * Settles what the libraries read from the process's environment, which is handed in before the first of them is used: traces go to
 * LangSmith when the desk has a key for it, and nowhere otherwise, whatever the machine has set.
 */
export function settleTracing(environment: Record<string, string | undefined>, configuration: Pick<Configuration, 'LANGSMITH_API_KEY' | 'LANGSMITH_PROJECT'>): { traced: boolean } {
  const { LANGSMITH_ENDPOINT: endpoint } = environment;
  for (const name of Object.keys(environment)) if (ofTheLibraries.test(name)) delete environment[name];
  const key = configuration.LANGSMITH_API_KEY;
  if (key === null) return { traced: false };
  Object.assign(environment, { LANGSMITH_TRACING: 'true', LANGSMITH_API_KEY: key, LANGSMITH_PROJECT: configuration.LANGSMITH_PROJECT, ...(endpoint ? { LANGSMITH_ENDPOINT: endpoint } : {}) });
  return { traced: true };
}
